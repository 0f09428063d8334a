"""Imports run one way: the table of ARCHITECTURE.md, enforced."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from codegen import copies
from tests.architecture import import_graph
from tests.corpus_paths import ROOT

EVERYTHING: Final = "*"

TABLE: Final[dict[str, str]] = {
    "": "compat config diagnostics flows frontend ir output versions",
    "__main__": "cli ending mentioned shortcut sightings source",
    "addresses": "",
    "artifact": "",
    "cache": "digests sightings",
    "cli": EVERYTHING,
    "commands": EVERYTHING,
    "compat": "ir diagnostics escaping oracle samples render ecma sarif source"
    " suppressions",
    "config": "addresses diagnostics import_roots layouts release sightings styles"
    " toml_file toml_places versions",
    "console": "artifact diagnostics display escaping text",
    "copies": "artifact layouts render templating text",
    "depfile": "",
    "diagnostics": "escaping",
    "distribution": "artifact config escaping ir layouts python render samples text",
    "digests": "",
    "display": "diagnostics escaping text",
    "ecma": "runtime",
    "ending": "",
    "escaping": "text",
    "exits": "",
    "extraction": "frontend ir source",
    "flavours": "artifact copies golden ir layouts memory oracle python render runtime"
    " samples text",
    "flows": EVERYTHING,
    "frontend": "addresses source ir diagnostics ecma nearby",
    "golden": "artifact cache copies digests ir layouts diagnostics ecma memory oracle"
    " python render runtime samples templating text workers",
    "guard": "artifact copies diagnostics guard_kinds guard_sources",
    "guard_kinds": "",
    "guard_sources": "copies render text",
    "import_roots": "",
    "ir": "ecma",
    "layouts": "artifact",
    "linter": "source frontend ir diagnostics nearby oracle samples ecma python runtime"
    " compat escaping sarif styles suppressions",
    "manifest": "cache digests layouts versions",
    "mentioned": "sightings",
    "memory": "artifact",
    "native": "",
    "nearby": "",
    "options": "console flows suppressions",
    "oracle": "ir ecma",
    "output": "artifact diagnostics manifest plans",
    "package_names": "diagnostics",
    "plans": "artifact diagnostics digests layouts manifest",
    "python": "artifact copies ir diagnostics ecma nearby render runtime styles"
    " templating text",
    "reference": "ir python render samples text",
    "release": "diagnostics escaping sightings styles toml_file toml_places",
    "render": "escaping templating text",
    "runtime": "",
    "samples": "ir ecma python",
    "sarif": "diagnostics escaping",
    "sdk_changes": "compat ir python styles",
    "shortcut": "cache console diagnostics exits",
    "sightings": "digests",
    "source": "addresses diagnostics digests sightings workers",
    "styles": "diagnostics",
    "suppressions": "config diagnostics nearby source",
    "template_views": "python text",
    "templating": "diagnostics nearby sightings text",
    "text": "",
    "toml_file": "diagnostics nearby toml_places",
    "toml_places": "diagnostics",
    "traffic": "artifact diagnostics escaping frontend guard ir memory python runtime"
    " source workers",
    "versions": "",
    "workers": "",
}
"""What each part may import of the others, beside itself. Text enters on one side and
leaves on the other: nothing that is imported by `frontend` knows of Python output, and
nothing behind the IR knows of dialects."""

THIRD_PARTY: Final[dict[str, str]] = {
    "cli": "click",
    "commands": "click",
    "console": "click",
    "flavours": "black datamodel_code_generator msgspec pydantic pytest",
    "flows": "black jinja2 yaml",
    "frontend": "jsonschema jsonschema_rs jsonschema_specifications referencing",
    "golden": "pytest",
    "linter": "referencing",
    "native": "setuptools",
    "options": "click",
    "oracle": "jsonschema_rs",
    "render": "jinja2 markupsafe",
    "runtime": "orjson typing_extensions",
    "templating": "jinja2",
    "toml_file": "jsonschema jsonschema_rs",
    "traffic": "yaml",
    "source": "jsonpath jsonschema_rs jsonschema_specifications referencing yaml",
}
"""What each part may import from elsewhere. Generated code, and so `runtime`, uses
orjson where it is installed and never needs it; `typing_extensions` checkers have.
Generated tests use pytest."""


def part_of(path: Path) -> str:
    """The row of the table that a module belongs to."""
    first, *_rest = path.relative_to(ROOT / "codegen").with_suffix("").parts
    return "" if first == "__init__" else first


MODULES = sorted((ROOT / "codegen").rglob("*.py"))


@pytest.fixture(scope="module", autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    import_graph.nodes.cache_clear()


def nodes(path: Path) -> list[ast.AST]:
    """All that a file says."""
    return import_graph.nodes(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, with the line."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = path.relative_to(ROOT).parts[: -node.level]
                base = ".".join([*package, *([base] if base else [])])
            if base == "codegen":
                yield from ((node.lineno, f"codegen.{a.name}") for a in node.names)
            else:
                yield node.lineno, base


def forbidden(part: str, module: str) -> bool:
    """Whether a part has no business with a module."""
    top, _, inner = module.partition(".")
    if top in sys.stdlib_module_names:
        return False
    if top != "codegen":
        return top not in THIRD_PARTY.get(part, "").split()
    allowed = TABLE[part]
    if allowed == EVERYTHING:
        return inner.split(".")[0] == "cli"
    return not any(
        inner == name or inner.startswith(f"{name}.")
        for name in [*allowed.split(), part]
    )


def test_imports_run_one_way() -> None:
    unknown = [str(path) for path in MODULES if part_of(path) not in TABLE]
    assert unknown == [], "parts that the table does not know"
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in MODULES
        for line, name in imports(path)
        if forbidden(part_of(path), name)
    ]
    assert wrong == []


COPIES: Final = [*sorted(copies.MACHINERY.glob("*.py")), copies.KIT]


@pytest.mark.parametrize("path", COPIES, ids=lambda path: path.name)
def test_what_is_copied_into_tests_stands_by_itself(path: Path) -> None:
    wrong = [
        f"line {line}: {name}"
        for line, name in imports(path)
        if name.split(".")[0] not in {*sys.stdlib_module_names, "pytest"}
        and (path.parent != copies.MACHINERY or name.split(".")[:3] != _MACHINERY)
    ]
    assert wrong == []


_MACHINERY: Final = ["codegen", "golden", "machinery"]


def test_the_generator_needs_no_pytest() -> None:
    """It is for those who run the tests; of their machinery, only part is imported."""
    script = "import sys; sys.modules['pytest'] = None; import codegen.cli"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_imports_make_no_circle() -> None:
    """No module can be understood only together with one that imports it."""
    graph = import_graph.graph(import_graph.sources())
    assert import_graph.circles(graph) == []


def test_the_table_names_only_what_there_is() -> None:
    assert set(TABLE) == {part_of(path) for path in MODULES}


def test_only_the_command_line_prints_and_exits() -> None:
    wrong = []
    for path in MODULES:
        if part_of(path) in {"cli", "commands", "console", "__main__"}:
            continue
        for node in nodes(path):
            match node:
                case ast.Call(func=ast.Name(id="print" | "exit" | "quit")):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
                case ast.Attribute(
                    value=ast.Name(id="sys"), attr="exit" | "stdout" | "stderr"
                ):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
                case _:
                    pass
    assert wrong == []


def test_one_function_prints_and_one_makes_coloured_text() -> None:
    """What is printed passes `say`, which escapes, or is painted by `escaping`."""
    ways = ("echo", "secho", "Text", "assemble", "print", "show", "update", "write")
    found = {
        (name, function.name)
        for path in MODULES
        if part_of(path) in {"cli", "commands", "console", "shortcut"}
        for function in ast.parse(path.read_text()).body
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        for owner, _, name in [ast.unparse(node.func).rpartition(".")]
        if name in {*ways, "print_exc"}
        and (owner != "console" or part_of(path) == "console")
    }
    assert found == {
        ("echo", "say"),
        ("write", "say"),
        ("show", "_run"),  # Into a text, which goes to `say`.
    }


def test_only_output_and_the_cache_write_files() -> None:
    writing = {
        "write_text",
        "write_bytes",
        "mkdir",
        "unlink",
        "rmdir",
        "rename",
        "replace",
    }
    wrong = []
    for path in MODULES:
        # What is copied into tests rewrites golden files where the tests are run.
        if part_of(path) in {"output", "cache"} or path in COPIES:
            continue
        for node in nodes(path):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="os" | "shutil"), attr=name)
                ):
                    bad = name in writing
                case ast.Call(func=ast.Attribute(attr=name)):
                    bad = name in writing - {"replace"}
                case _:
                    bad = False
            if bad:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: {name}")
    assert wrong == []
