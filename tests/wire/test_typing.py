"""What type checkers say of programs that use a package, and of the package.

The programs in `typing/` are checked in strict mode. A line that must be an error
is marked `# wrong`, or `# wrong: mypy` where the checkers differ; every other line
must be fine. Each checker runs once over everything. Only with `CODEGEN_LONG=1` does
pyright look through the package of the Realtime API and the runtime, too: `make check`
does so each time, in `generated`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from codegen.styles import OldName
from tests import shared_runtime
from tests.corpus_paths import MYPY_CACHE
from tests.sweeps import LONG
from tests.wire.conftest import SPEC
from tests.wire.packages import build
from tests.wire.test_extra import SPEC as EXTRA

PROGRAMS = sorted(Path(__file__).with_name("typing").glob("*.py"))
PACKAGES = ("typed_realtime", "typed_extra", "typed_odd")
GENERATED = tuple(f"{name}/" for name in (*PACKAGES, "runtime"))
OLD = (
    OldName("Branches", "Branch", "2.0.0"),
    OldName("Nulls", "Nullable", "2.0.0"),
    OldName("Nulls.breadth", "Nullable.wide", "2.0.0"),
    OldName("Style.ONE", "Style.VALUE_1", "2.0.0"),
)
LIMIT = 90
Lines = set[tuple[str, int]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the programs and the packages that they use."""
    made, folder = (tmp_path_factory.mktemp(name) for name in ("made", "typing"))
    # Under another name than the one in `generated`, which is imported already.
    build(SPEC, "typed_realtime", made, perspective="client")
    (made / "extra.yaml").write_text(EXTRA, encoding="utf-8")
    build(made / "extra.yaml", "typed_extra", made)
    odd = Path(__file__).parent / "typing" / "odd.yaml"
    build(odd, "typed_odd", made, old_names=OLD)
    shared_runtime.with_one((made / name for name in PACKAGES), folder)
    for program in PROGRAMS:
        text = program.read_text("utf-8")
        text = text.replace("import openai_realtime as", "import typed_realtime as")
        (folder / program.name).write_text(text, encoding="utf-8")
    return folder


def expected(checker: str) -> Lines:
    """The lines that a checker must reject."""
    found = set()
    for program in PROGRAMS:
        for number, line in enumerate(program.read_text("utf-8").splitlines(), 1):
            mark = re.search(r"# wrong(?:: (\w+))?$", line)
            if mark and mark[1] in (None, checker):
                found.add((program.name, number))
    return found


def run(command: list[str], folder: Path) -> str:
    """What a checker prints; it exits with 0 or 1."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def test_the_marks() -> None:
    """Something is expected of both, and little of one alone."""
    mypy, pyright = expected("mypy"), expected("pyright")
    assert len(mypy & pyright) > 18
    assert len(mypy ^ pyright) <= 4
    assert all(name == "rejected.py" for name, _ in mypy | pyright)


def test_mypy(project: Path) -> None:
    pytest.importorskip("mypy", reason="MYPY ABSENT")
    options = ["--strict", "--no-error-summary", "--cache-dir", MYPY_CACHE]
    names = [*(program.name for program in PROGRAMS), "typed_odd"]
    output = run([sys.executable, "-m", "mypy", *options, *names], project)
    found = {
        (match[1], int(match[2])): match[0]
        for match in re.finditer(r"^([\w./]+):(\d+): error: .*$", output, re.MULTILINE)
    }
    assert found.keys() == expected("mypy"), output


@pytest.fixture(scope="module")
def pyright(project: Path) -> dict[str, dict[int, str]]:
    """What pyright complains about: messages by file and line."""
    pytest.importorskip("pyright", reason="PYRIGHT ABSENT: install `pyright`")
    if shutil.which("node") is None:
        pytest.skip("NODE ABSENT: pyright would download it")
    looked_at = ["*.py", "typed_extra", "typed_odd"]
    options: dict[str, object] = {"typeCheckingMode": "strict"}
    options["pythonVersion"] = "3.11"
    options["include"] = ["."] if LONG else looked_at
    (project / "pyrightconfig.json").write_text(json.dumps(options), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "-p", ".", "--outputjson"]
    try:
        output = json.loads(run(command, project))
    except (AssertionError, ValueError) as error:
        pytest.skip(f"PYRIGHT DOES NOT RUN: {error}")
    assert output["summary"]["filesAnalyzed"] > len(PROGRAMS)
    found: dict[str, dict[int, str]] = {}
    for entry in output["generalDiagnostics"]:
        path = Path(entry["file"]).relative_to(project.resolve()).as_posix()
        line = entry["range"]["start"]["line"] + 1
        text = f"{entry['message']} ({entry.get('rule')})"
        found.setdefault(path, {}).setdefault(line, text)
    return found


def test_pyright(pyright: dict[str, dict[int, str]]) -> None:
    found = {
        (path, line): text
        for path, lines in pyright.items()
        if not path.startswith(GENERATED)
        for line, text in lines.items()
    }
    assert found.keys() == expected("pyright"), found


def test_the_package_under_pyright(pyright: dict[str, dict[int, str]]) -> None:
    found = {p: lines for p, lines in pyright.items() if p.startswith(GENERATED)}
    assert found == {}
