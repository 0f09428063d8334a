"""Projects as people lay them out: built, installed from, tested and checked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from codegen.cli import main
from tests.corpus_paths import MYPY_CACHE
from tests.e2e.test_packaging import call
from tests.sweeps import LONG

MONEY = """\
$schema: https://json-schema.org/draft/2020-12/schema
$defs:
  Money:
    type: object
    required: [amount, currency]
    properties:
      amount: {type: integer, minimum: 0}
      currency: {enum: [EUR, USD]}
"""

ORDERS = """\
openapi: 3.1.0
info: {title: Orders, version: "1"}
paths: {}
components:
  schemas:
    Order:
      type: object
      required: [total]
      properties:
        id: {type: string, minLength: 1}
        total: {$ref: 'MONEY#/$defs/Money'}
"""

BACKENDS: Final = {
    "setuptools": ("setuptools>=77", "setuptools.build_meta", ""),
    "hatchling": (
        "hatchling",
        "hatchling.build",
        '[tool.hatch.build.targets.wheel]\npackages = ["src/ours"]\n',
    ),
    "uv_build": (
        "uv_build",
        "uv_build",
        '[tool.uv.build-backend]\nmodule-name = "ours"\nnamespace = true\n',
    ),
}
"""Build back ends by their module: what to require, what to call, what to say."""


def project(folder: Path, backend: str, *sdks: str, name: str = "ours") -> None:
    """A project in src layout with its configuration, without its own code."""
    required, called, said = BACKENDS[backend]
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(
        f'[build-system]\nrequires = ["{required}"]\nbuild-backend = "{called}"\n\n'
        f'[project]\nname = "{name}"\nversion = "1.0.0"\n'
        f'requires-python = ">=3.11"\n\n{said}\n' + "\n".join(sdks)
    )


def sdk(package: str, spec: str, tests: str, more: str = "") -> str:
    return (
        f'[[tool.codegen.sdk]]\nspec = "{spec}"\npackage = "{package}"\n'
        f'output = "src"\ntests_output = "{tests}"\n{more}'
    )


def built(folder: Path, backend: str) -> list[str]:
    """The modules of the wheel of a project, which works by itself."""
    if find_spec(backend) is None:
        pytest.skip(f"{backend.upper()} ABSENT: no wheel is built with it")
    build: tuple[object, ...] = (
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
    )
    # uv's is a program that is looked for where programs are.
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    build += ("--skip-dependency-check", "--outdir", folder / "dist")
    call(*build, cwd=folder, PATH=programs)
    [wheel] = (folder / "dist").glob("*.whl")
    installed = folder / "installed"
    with zipfile.ZipFile(wheel) as files:
        names = [name for name in files.namelist() if not name.endswith("/")]
        files.extractall(installed)
    code = "import ours.orders as o; print(o.Order.__module__, *o.SCHEMAS)"
    bare = (sys.executable, "-S", "-c", code)
    found = call(*bare, cwd=folder / "dist", PYTHONPATH=str(installed))
    assert found == "ours.orders.models Order Money\n"
    return [name for name in names if ".dist-info/" not in name]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("inside", [True, False], ids=["package", "namespace"])
def test_a_wheel_holds_the_package_alone(
    backend: str, inside: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the package around is the user's own or is not there at all."""
    sdks = sdk("ours.orders", "specs/orders.yaml", "tests/orders")
    project(tmp_path, backend, sdks)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/money.yaml").write_text(MONEY)
    orders = ORDERS.replace("MONEY", "money.yaml")
    (tmp_path / "specs/orders.yaml").write_text(orders)
    if inside:
        (tmp_path / "src/ours").mkdir()
        (tmp_path / "src/ours/__init__.py").touch()
        if backend == "uv_build":
            text = (tmp_path / "pyproject.toml").read_text()
            plain = text.replace("namespace = true\n", "")
            (tmp_path / "pyproject.toml").write_text(plain)
    monkeypatch.chdir(tmp_path)
    assert main(["generate"]) == 0
    assert main(["lint"]) == 0
    names = built(tmp_path, backend)
    assert "ours/orders/py.typed" in names
    outside = [name for name in names if not name.startswith("ours/orders/")]
    assert outside == (["ours/__init__.py"] if inside else [])


CONFTEST = """\
import sys

def pytest_sessionfinish():
    for name, module in sorted(sys.modules.items()):
        if name.endswith((".models", ".fleet", ".orders")) and "ours" in str(module):
            print("\\nLOADED", name)
"""


def test_two_sdks_of_a_monorepo_share_a_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each is a project with a configuration of its own below one repository, both in
    one namespace; pytest and type checkers see one copy of each."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/money.yaml").write_text(MONEY)
    for name, backend in (("orders", "setuptools"), ("fleet", "hatchling")):
        folder = tmp_path / "libs" / name
        made = sdk(f"ours.{name}", "api.yaml", "tests/wire", 'root = "../.."\n')
        project(folder, backend, made, name=f"ours-{name}")
        spec = ORDERS.replace("MONEY", "../../shared/money.yaml")
        (folder / "api.yaml").write_text(spec)
        monkeypatch.chdir(folder)
        assert main(["generate"]) == 0
        assert main(["generate", "--check"]) == 0
    names = built(tmp_path / "libs/orders", "setuptools")
    assert all(name.startswith("ours/orders/") for name in names)

    (tmp_path / "conftest.py").write_text(CONFTEST)
    for mode in ("prepend", "importlib"):
        tests = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode", mode)
        found = call(sys.executable, *tests, "libs", cwd=tmp_path)
        loaded = [line for line in found.splitlines() if "LOADED" in line]
        assert loaded == [
            *("LOADED ours.fleet", "LOADED ours.fleet.models"),
            *("LOADED ours.orders", "LOADED ours.orders.models"),
        ]

    module = "libs/orders/tests/wire/test_golden_ours__orders.py"
    (tmp_path / "uses.py").write_text(
        "from ours.fleet import Order\nfrom ours.orders import strategies\n"
        "reveal_type(Order.from_json)\nreveal_type(strategies.valid)\n"
    )
    paths = ["libs/orders/src", "libs/fleet/src", "libs/orders/tests/wire"]
    (tmp_path / "mypy.ini").write_text(
        f"[mypy]\nstrict = true\nmypy_path = {':'.join(paths)}\n"
        "explicit_package_bases = true\nnamespace_packages = true\n"
    )
    mypy = (sys.executable, "-m", "mypy", "--cache-dir", MYPY_CACHE, "uses.py")
    assert "ours.fleet.models.Order" in call(*mypy, cwd=tmp_path)
    if not LONG:  # `make check` has it look at packages; it starts in seconds.
        return
    if find_spec("basedpyright") is None:
        pytest.skip("BASEDPYRIGHT ABSENT: mypy alone has looked at the layout")
    settings = {"include": ["uses.py", module], "extraPaths": paths}
    settings |= {"typeCheckingMode": "strict", "reportUnusedImport": "none"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    found = call(
        sys.executable,
        "-m",
        "basedpyright",
        "--pythonpath",
        sys.executable,
        cwd=tmp_path,
    )
    assert "0 errors" in found


def test_tests_that_are_not_wanted_any_more_go_with_their_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "money.yaml").write_text(MONEY)
    (tmp_path / "orders.yaml").write_text(ORDERS.replace("MONEY", "money.yaml"))
    kept = sdk("ours.orders", "orders.yaml", "checks/orders", "strategies = true\n")

    def files(*wanted: str) -> list[str]:
        (tmp_path / "pyproject.toml").write_text("\n".join(wanted))
        assert main(["generate"]) == 0
        assert main(["generate", "--check"]) == 0
        return [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.py")]

    beside = files(kept.replace('tests_output = "checks/orders"\n', ""))
    assert "src/tests/ours/orders/conftest.py" in beside
    moved = files(kept)
    assert "checks/orders/conftest.py" in moved
    assert not (tmp_path / "src/tests").exists()
    (tmp_path / "checks/mine.py").touch()
    gone = files(kept + "tests = false\n")
    assert [path for path in gone if path.startswith("checks")] == ["checks/mine.py"]
    assert not (tmp_path / "checks/orders").exists()
    assert "src/ours/orders/strategies.py" in gone
    assert "src/ours/orders/_runtime/kit.py" in gone
    bare = files(kept.replace("strategies = true", "strategies = false"))
    assert "checks/orders/conftest.py" in bare
    assert "src/ours/orders/strategies.py" not in bare


BAD_FOLDERS: Final = [".", "..", "../..", "checks/..", "/", "a\\\\b"]
"""Names of folders as TOML has them; no system may take one for two."""


@pytest.mark.parametrize("folder", BAD_FOLDERS)
def test_a_folder_without_a_name_has_no_tests(
    folder: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "codegen.toml").write_text(
        f'[[sdk]]\nspec = "a.json"\npackage = "a"\ntests_output = "{folder}"\n'
    )
    (tmp_path / "a.json").write_text('{"type": "object"}')
    assert main(["generate"]) == 2
    place = folder.replace("\\\\", "\\")
    said = f"codegen.toml:1:1: error[output]: {place} names no folder that tests"
    assert said in capsys.readouterr().err


def golden_tests(folder: Path, *options: str) -> str:
    """What pytest says in an environment that knows nothing of the folder."""
    tests = ("-m", "pytest", "-q", "-p", "no:cacheprovider", *options)
    command = [sys.executable, *tests]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    ).stdout


@pytest.mark.parametrize(
    ("mode", "sdks"),
    [
        ("prepend", [("ours.a", "", ""), ("ours_a", "", "")]),
        ("importlib", [("orders", "orders", "")]),
        ("importlib", [("ours.orders", "ours/src", "ours/tests/wire")]),
    ],
    ids=["one-name-when-flat", "project-of-that-name", "enclosing-project"],
)
def test_folders_and_packages_of_one_name(
    mode: str,
    sdks: list[tuple[str, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """pytest makes modules of folders above tests, in import mode `importlib`: they do
    not hide packages. Nor do the tests of one package those of another."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text('{"type": "object", "properties": {"b": {}}}')
    text = ""
    for package, output, tests in sdks:
        text += f'[[sdk]]\nspec = "a.json"\npackage = "{package}"\n'
        text += f'output = "{output}"\n' if output else ""
        text += f'tests_output = "{tests}"\n' if tests else ""
    (tmp_path / "codegen.toml").write_text(text)
    if "ours/src" in text:
        (tmp_path / "ours/src/ours").mkdir(parents=True)
        (tmp_path / "ours/src/ours/__init__.py").touch()
    assert main(["generate"]) == 0
    said = golden_tests(tmp_path, "--import-mode", mode)
    assert "passed" in said
    assert "error" not in said


def test_tests_say_which_module_is_in_the_place_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders of tests that are packages, and called as the package is, hide it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text('{"type": "object", "properties": {"b": {}}}')
    (tmp_path / "codegen.toml").write_text(
        '[[sdk]]\nspec = "a.json"\npackage = "a.b"\ntests_output = "tests/a/b"\n'
    )
    assert main(["generate"]) == 0
    for folder in ("tests/a", "tests/a/b"):
        (tmp_path / folder / "__init__.py").touch()
    said = golden_tests(tmp_path, "--tb=line")
    assert f"but {tmp_path}/tests/a/b/__init__.py is imported by that name" in said
