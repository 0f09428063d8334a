"""A wheel works where the checkout is not."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from codegen import __version__
from tests.corpus_paths import ROOT
from tests.e2e.talk import SPEC


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


PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--retries=0")
INSTALL = ("install", "--quiet", "--no-compile", "--timeout=5")


@dataclass(frozen=True)
class Environment:
    """A fresh environment with the wheel."""

    codegen: Path
    alone: bool
    """Whether nothing is in it but what the wheel asks for."""

    @property
    def python(self) -> Path:
        return self.codegen.with_name("python")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Environment:
    """With what the wheel asks for, from an index; where there is none, that is
    borrowed from the environment of the tests."""
    folder = tmp_path_factory.mktemp("fresh")
    call(sys.executable, "-m", "venv", "--without-pip", folder / "env", cwd=folder)
    python = folder / "env" / "bin" / "python"
    pip = (*PIP, "--python", python, *INSTALL)
    try:
        call(*pip, wheel, cwd=folder)
    except AssertionError as error:
        if "No matching distribution" not in str(error) and "Connection" not in str(
            error
        ):
            raise
        call(*pip, "--no-deps", "--no-index", wheel, cwd=folder)
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        site = Path(call(python, "-c", code, cwd=folder).strip())
        (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
        return Environment(python.with_name("codegen"), alone=False)
    return Environment(python.with_name("codegen"), alone=True)


@pytest.fixture(scope="module")
def codegen(environment: Environment) -> Path:
    """The console script of the wheel."""
    return environment.codegen


def test_the_wheel_holds_what_generation_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {
        f"codegen/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    assert templates
    assert templates <= names
    assert not any("native/" in name for name in names), "a distribution of its own"
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
    assert metadata.get_all("Provides-Extra") == ["fast", "models", "templates"]
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


def test_a_source_distribution_has_what_people_read(tmp_path: Path) -> None:
    build = (sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir")
    call(*build, tmp_path, ROOT, cwd=tmp_path)
    [path] = tmp_path.glob("*.tar.gz")
    with tarfile.open(path) as files:
        names = {name.partition("/")[2] for name in files.getnames()}
    assert names >= {"LICENSE", "CHANGELOG.md", "README.md", "SECURITY.md"}
    assert names >= {"docs/install.md", "docs/upgrading.md", "codegen/cli.py"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_is_told_what_may_follow(
    codegen: Path, tmp_path: Path, shell: str
) -> None:
    said = call(codegen, cwd=tmp_path, _CODEGEN_COMPLETE=f"{shell}_source")
    assert f"_CODEGEN_COMPLETE={shell}_complete" in said
    asked = {"COMP_WORDS": "codegen ge", "COMP_CWORD": "1" if shell != "fish" else "ge"}
    found = call(codegen, cwd=tmp_path, _CODEGEN_COMPLETE=f"{shell}_complete", **asked)
    assert "generate" in found


def test_the_wheel_alone_in_an_empty_folder(
    environment: Environment, tmp_path: Path
) -> None:
    """With nothing but what it asks for, which an index has to have."""
    if not environment.alone:
        pytest.skip("NO INDEX to install the dependencies of the wheel from")
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "talk.yaml").write_text(SPEC)
    (folder / "then.yaml").write_text(SPEC.replace("minimum: 0.6", "minimum: 0.5"))
    commands = (
        ("init", "talk.yaml", "--package", "talk"),
        ("generate",),
        ("generate", "--check"),
        ("lint",),
        ("diff", "talk.yaml", "then.yaml", "--fail-on", "never"),
        ("check-traffic", "talk", "frames.jsonl"),
    )
    (folder / "frames.jsonl").write_text("")
    # One process imports once what each of them would.
    told = "assert cli.main(list(arguments)) == 0, arguments"
    code = f"from codegen import cli\nfor arguments in {commands}:\n    {told}"
    call(environment.python, "-c", code, cwd=folder)
    code = "import talk; print(talk.Session(voice=talk.Voice.SAGE).to_json())"
    assert "sage" in call(environment.python, "-c", code, cwd=folder / "generated")
    pip = (*PIP, "--python", environment.python)
    listed = call(*pip, "list", "--format=freeze", cwd=folder).lower().split()
    names = {line.partition("==")[0] for line in listed}
    assert len(names - {"pip", "setuptools", "wirewright"}) <= 12, listed
