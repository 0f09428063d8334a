"""What is known of schemas from earlier runs: used where it holds, and to no effect on
what is written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from codegen import cli
from codegen.cache import folder
from codegen.golden.documents import Author

SPEC: Final = """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Name: {type: string, minLength: 1}
    Kind: {type: string, enum: [cat, dog]}
    Cat:
      type: object
      required: [kind, name]
      properties:
        kind: {type: string, const: cat}
        name: {$ref: '#/components/schemas/Name'}
        lives: {type: number, maximum: 9}
    Dog:
      type: object
      required: [kind, id]
      properties:
        kind: {type: string, const: dog}
        id: {type: integer, readOnly: true}
        owner: {type: object, properties: {age: {type: integer, minimum: 0}}}
    Pet:
      oneOf:
        - {$ref: '#/components/schemas/Cat'}
        - {$ref: '#/components/schemas/Dog'}
      discriminator: {propertyName: kind}
    Box:
      type: object
      properties:
        held: {type: array, items: {$ref: '#/components/schemas/Pet'}, maxItems: 3}
        size: {type: integer, multipleOf: 2}
"""
ALL: Final = {"Name", "Kind", "Cat", "Dog", "Pet", "Box"}


@pytest.fixture
def authored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], set[str]]:
    """Generates from a text, and gives the names of the schemas that were not known;
    what is written is held against a run that knows nothing."""
    monkeypatch.delenv(folder.OFF)
    monkeypatch.setenv(folder.PLACE, str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    asked: set[str] = set()
    expected: dict[str, dict[str, str]] = {}
    of = Author.of

    def noted(author: Author, name: str) -> Any:
        asked.add(name)
        return of(author, name)

    monkeypatch.setattr(Author, "of", noted)

    def run(text: str) -> set[str]:
        (tmp_path / "pets.yaml").write_text(text, "utf-8")
        command = ["generate", "pets.yaml", "--package", "pets", "--output"]
        asked.clear()
        assert cli.main([*command, "out"]) == 0
        found = set(asked)
        if text not in expected:
            shutil.rmtree(tmp_path / "other", ignore_errors=True)
            assert cli.main([*command, "other", "--no-cache"]) == 0
            expected[text] = tree(tmp_path / "other")
        assert tree(tmp_path / "out") == expected[text]
        return found

    return run


def tree(top: Path) -> dict[str, str]:
    return {
        path.relative_to(top).as_posix(): path.read_text("utf-8")
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }


CHANGES: Final[dict[str, tuple[str, str, set[str]]]] = {
    "a limit": ("maximum: 9", "maximum: 7", {"Cat", "Pet", "Box"}),
    "a limit that others refer to": (
        "minLength: 1",
        "minLength: 2",
        {"Name", "Cat", "Pet", "Box"},
    ),
    "what nobody refers to": ("multipleOf: 2", "multipleOf: 3", {"Box"}),
    "the words of a schema": (
        "Kind: {type",
        "Kind: {description: A kind., type",
        set(),
    ),
    "the title": ("title: Pets", "title: Animals", set()),
    "a schema more": ("    Name:", "    Zoo: {type: integer}\n    Name:", {"Zoo"}),
    "a class of the same name": (
        "    Name:",
        "    DogOwner: {type: object, properties: {a: {type: string}}}\n    Name:",
        {"DogOwner"},
    ),
    "another tag for a class": (
        "    Name:",
        "    Beast:\n"
        "      oneOf:\n"
        "        - {$ref: '#/components/schemas/Cat'}\n"
        "        - {$ref: '#/components/schemas/Dog'}\n"
        "      discriminator:\n"
        "        propertyName: kind\n"
        "        mapping: {cat: '#/components/schemas/Cat',"
        " dog: '#/components/schemas/Dog'}\n"
        "    Name:",
        set(),  # It is like Pet.
    ),
}


def test_only_what_a_change_reaches_is_found_out_again(
    authored: Callable[[str], set[str]],
) -> None:
    assert authored(SPEC) == ALL
    for change, (old, new, reached) in CHANGES.items():
        assert old in SPEC, change
        assert authored(SPEC.replace(old, new, 1)) == reached, change
        assert authored(SPEC) <= reached, change


def test_what_one_run_does_not_use_the_next_may(
    authored: Callable[[str], set[str]],
) -> None:
    without = SPEC.replace("    Kind: {type: string, enum: [cat, dog]}\n", "")
    assert authored(without) == ALL - {"Kind"}
    assert authored(SPEC) == {"Kind"}
    assert authored(without + "# again\n") == set()


def _entries(cache: Path, change: Callable[[Any], Any]) -> None:
    """Change what is known of schemas, and forget what is known of files."""
    for path in cache.glob("memo-*.json"):
        table = json.loads(path.read_bytes().partition(b"\n")[2])
        if all(isinstance(value, str) for _, value in table.values()):
            known = {
                name: [key, json.loads(text)] for name, (key, text) in table.items()
            }
            text = json.dumps(_as_texts(change(known))).encode()
            path.write_bytes(folder._seal(path.name, text) + text)
        else:
            path.unlink()


def _as_texts(table: Any) -> Any:
    """A table as it is kept, as far as it is one."""
    for entry in table.values() if isinstance(table, dict) else ():
        if isinstance(entry, list) and isinstance(entry[1], dict):
            entry[1] = json.dumps(entry[1])
    return table


def _without_an_opinion(table: dict[str, Any]) -> dict[str, Any]:
    for _, value in table.values():
        if value["opinions"]:
            value["opinions"].popitem()
    return table


def _with_an_opinion(table: dict[str, Any]) -> dict[str, Any]:
    for _, value in table.values():
        value["opinions"]["0"] = []
    return table


def _without_words(table: dict[str, Any]) -> dict[str, Any]:
    return {name: [key, {"tests": {}}] for name, (key, _) in table.items()}


def _with_another_effort(table: dict[str, Any]) -> dict[str, Any]:
    for _, value in table.values():
        value["effort"] = [{}, "1"]
    return table


DAMAGE: Final[tuple[Callable[[Any], Any], ...]] = (
    lambda table: [],
    lambda table: dict.fromkeys(table, 1),
    lambda table: {name: [1, 2] for name in table},
    lambda table: {name: [key, 3] for name, (key, _) in table.items()},
    lambda table: {name: ["0", value] for name, (_, value) in table.items()},
    _without_words,
    _with_an_opinion,
    _with_another_effort,
)


def test_what_does_not_fit_is_found_out_again(
    authored: Callable[[str], set[str]], tmp_path: Path
) -> None:
    authored(SPEC)
    for number, damage in enumerate(DAMAGE):
        _entries(tmp_path / "cache", damage)
        again = SPEC + ("# again\n", "# and again\n")[number % 2]
        assert authored(again) == ALL, number


def test_what_was_altered_counts_as_absent(
    authored: Callable[[str], set[str]], tmp_path: Path
) -> None:
    authored(SPEC)
    for path in (tmp_path / "cache").glob("memo-*.json"):
        path.write_bytes(path.read_bytes().replace(b"tests", b"texts"))
    shutil.rmtree(tmp_path / "out")
    assert authored(SPEC) == ALL


def test_a_question_that_was_not_asked_before_is_asked(
    authored: Callable[[str], set[str]], tmp_path: Path
) -> None:
    authored(SPEC)
    _entries(tmp_path / "cache", _without_an_opinion)
    assert authored(SPEC + "# again\n")


def test_the_memory_can_be_deleted(
    authored: Callable[[str], set[str]], tmp_path: Path
) -> None:
    authored(SPEC)
    for path in list((tmp_path / "cache").glob("memo-*.json"))[::2]:
        path.unlink()
    assert authored(SPEC + "# again\n") < ALL
    assert authored(SPEC + "# and again\n") == set()
