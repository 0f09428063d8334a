"""Files that an earlier run has printed from the same: left where that is right, and to
no effect on what is written."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from codegen import cli, guard
from codegen.cache import folder
from codegen.python.model import pieces
from tests.corpus_paths import ROOT
from tests.e2e.test_memo import SPEC, tree
from tests.property.edits import differing, in_pieces
from tests.sweeps import many

EVERY_KEYWORD: Final = ROOT / "benchmarks" / "every-keyword.yaml"

EDITS: Final = many(1, 30)

Generate = Callable[[str], set[str]]


@pytest.fixture(params=[False, True], ids=["whole", "in pieces"])
def printed(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Generate:
    """Generates from a text, and gives the modules that were looked at by the guard
    because they were printed; what is written is held against a run that knows
    nothing."""
    monkeypatch.delenv(folder.OFF)
    monkeypatch.setenv(folder.PLACE, str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    if request.param:
        monkeypatch.setattr(pieces, "WHOLE", 0)
        monkeypatch.setattr(pieces, "MOST", 3)
        monkeypatch.setattr(pieces, "FEW", 1)
    looked: set[str] = set()
    expected: dict[str, Any] = {}
    check = guard.check

    def noted(file: Any, *given: Any, **options: Any) -> Any:
        looked.add(file.path.removeprefix("pets/"))
        return check(file, *given, **options)

    monkeypatch.setattr(guard, "check", noted)

    def run(text: str) -> set[str]:
        Path("pets.yaml").write_text(text, "utf-8")
        command = ["generate", "pets.yaml", "--package", "pets", "--output"]
        looked.clear()
        assert cli.main([*command, "out"]) == 0
        found = set(looked)
        if text not in expected:
            shutil.rmtree("other", ignore_errors=True)
            assert cli.main([*command, "other", "--no-cache"]) == 0
            expected[text] = tree(Path("other"))
        assert tree(Path("out")) == expected[text]
        return found

    return run


MODULES: Final = frozenset(("models", "_codec", "_checks", "_constraints"))


def modules(paths: set[str]) -> set[str]:
    """Those with what schemas become in them, be it one for all or one a piece."""
    return {
        path.removesuffix(".py")
        for path in paths
        if path.partition("/")[0].removesuffix(".py") in MODULES
        and not path.endswith("__init__.py")
    }


def test_what_a_change_does_not_reach_is_left(printed: Generate) -> None:
    every = modules(printed(SPEC))
    limit = SPEC.replace("maximum: 9", "maximum: 7")
    reached = modules(printed(limit))
    said = modules(printed(limit.replace("Box:", "Box:\n      description: Full.")))
    if "models" in every:
        assert reached == MODULES
        assert said == {"models"}
    else:
        assert reached == {f"{kind}/cat" for kind in MODULES}
        assert said == {"models/box"}


def test_what_was_edited_is_printed_again(printed: Generate) -> None:
    printed(SPEC)
    for path in Path("out").rglob("[!.]*.*"):
        if path.suffix in (".py", ".json") and "_runtime" not in path.parts:
            path.write_text(path.read_text() + "\n# mine\n")
    Path("out/pets/schemas.py").unlink()
    printed(SPEC + "# again\n")


def test_newlines_do_not_count(printed: Generate) -> None:
    printed(SPEC)
    for path in Path("out").rglob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not modules(printed(SPEC + "# again\n"))


def _swapped(table: dict[str, Any]) -> dict[str, Any]:
    """Each entry under the name of another."""
    return dict(zip(table, [*list(table.values())[1:], *table.values()], strict=False))


DAMAGE: Final[tuple[Callable[[Any], Any], ...]] = (
    lambda table: [],
    lambda table: dict.fromkeys(table, 1),
    lambda table: {name: [key, value[:1]] for name, (key, value) in table.items()},
    lambda table: {name: ["", value] for name, (_, value) in table.items()},
    lambda table: {name: [key, ["", None]] for name, (key, _) in table.items()},
    lambda table: {
        name: [key, [*value[:-1], {"no": "such"}] if value[1:] else 1]
        for name, (key, value) in table.items()
    },
    lambda table: {name: [key, value[::-1]] for name, (key, value) in table.items()},
    _swapped,
)


def test_what_does_not_fit_is_printed_again(
    printed: Generate, request: pytest.FixtureRequest
) -> None:
    """Each damage to a package as a whole or in pieces, or to both."""
    printed(SPEC)
    first = int(request.node.callspec.params["printed"])
    for number, damage in enumerate(DAMAGE[first * many(1, 0) :: many(2, 1)]):
        damaged = 0
        for path in Path("cache").glob("memo-*.json"):
            table = json.loads(folder._said(path.name, path.read_bytes()))
            if not any(isinstance(value, dict) for _, value in table.values()):
                text = json.dumps(damage(table)).encode()
                path.write_bytes(folder._seal(path.name, text) + text)
                damaged += 1
        assert damaged, f"nothing is left for the damage with number {number}"
        printed(SPEC + ("# again\n", "# and again\n")[number % 2])


@pytest.mark.parametrize("way", [contextlib.nullcontext, in_pieces])
def test_edits_come_to_the_same(
    way: Callable[[], contextlib.AbstractContextManager[None]],
) -> None:
    with way():
        assert [found for _, found in differing(EVERY_KEYWORD, 7, EDITS) if found] == []
