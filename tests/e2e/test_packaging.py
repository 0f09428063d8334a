"""A wheel works where the checkout is not."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from codegen import __version__
from tests.corpus_paths import ROOT
from tests.e2e.conftest import SPEC


def call(*command: object, cwd: Path, **changes: str) -> str:
    """What a program prints; it must succeed."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**environment, **changes},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir")
    call(*build, folder, ROOT, cwd=folder)
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def codegen(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """The console script in a fresh environment. The dependencies are borrowed from
    the environment of the tests, so that nothing is downloaded."""
    folder = tmp_path_factory.mktemp("fresh")
    call(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    bin_ = folder / "env" / "bin"
    install = ("install", "--quiet", "--no-deps", "--no-index", wheel)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    call(*pip, "--python", bin_ / "python", *install, cwd=folder)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(call(bin_ / "python", "-c", code, cwd=folder).strip())
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return bin_ / "codegen"


def test_the_wheel_holds_what_generation_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {
        f"codegen/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    assert templates
    assert templates <= names
    assert "codegen/config.schema.json" in names
    assert "codegen/runtime/model.py" in names
    assert not any(name.startswith(("tests/", "generated/")) for name in names)


def test_the_wheel_says_what_it_is_and_under_which_terms(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        (path,) = [name for name in files.namelist() if name.endswith("/METADATA")]
        metadata = email.message_from_bytes(files.read(path))
        terms = files.read(path.replace("METADATA", "licenses/LICENSE")).decode()
    assert (metadata["Name"], metadata["Version"]) == ("wirewright", __version__)
    assert metadata["License-Expression"] == "MIT AND 0BSD"
    assert metadata.get_all("License-File") == ["LICENSE"]
    assert terms == (ROOT / "LICENSE").read_text("utf-8")
    # What developing it needs is no part of it.
    assert metadata.get_all("Provides-Extra") is None
    assert not any("pytest" in line for line in metadata.get_all("Requires-Dist", []))


def test_an_installed_wheel_generates(codegen: Path, tmp_path: Path) -> None:
    where = call(
        codegen.with_name("python"),
        "-c",
        "import codegen; print(codegen.__file__)",
        cwd=tmp_path,
    )
    assert str(codegen.parent.parent) in where
    spec = tmp_path / "talk.yaml"
    spec.write_text(SPEC)
    command = (codegen, "generate", spec, "--package", "talk", "--output", "out")
    call(*command, cwd=tmp_path)
    # The generated package needs nothing of what generated it.
    bare = (sys.executable, "-S", "-c", "import talk as sdk; print(len(sdk.SCHEMAS))")
    found = call(*bare, cwd=tmp_path / "out", PYTHONPATH=str(tmp_path / "out"))
    assert int(found) == 5


def test_the_installed_command_has_its_help(codegen: Path, tmp_path: Path) -> None:
    assert "generate" in call(codegen, "--help", cwd=tmp_path)
    version = call(codegen, "--version", cwd=tmp_path)
    assert version == f"codegen, version {__version__}\n"
    assert call(codegen.with_name("wirewright"), "--version", cwd=tmp_path) == version
