"""A few damaged documents through both commands; `python -m tests.fuzz` takes many."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import documents, outcomes, seeds
from tests.fuzz.documents import Fuzzed
from tests.sweeps import many

SEED = 7
PARTS = seeds.of_repository()


@pytest.mark.parametrize(
    ("command", "count"), [("generate", many(12, 25)), ("lint", many(30, 60))]
)
def test_no_fault_comes_to_light(command: str, count: int, tmp_path: Path) -> None:
    found = {}
    for number in range(count):
        document = documents.make(number, SEED, PARTS)
        found[number] = outcomes.run(command, document, tmp_path, alarm=20)
    faults = {n: item for n, item in found.items() if item.kind in outcomes.FAULTS}
    assert faults == {}
    ended = {item.kind for item in found.values()}
    assert {outcomes.OK, outcomes.REFUSED} <= ended


def test_a_document_is_a_function_of_its_number() -> None:
    first = [documents.make(number, SEED, PARTS) for number in range(50)]
    again = [
        documents.make(n, SEED, seeds.of_repository()) for n in reversed(range(50))
    ]
    assert first == again[::-1]
    assert len({document.text for document in first}) == 50


def test_every_change_is_made() -> None:
    made = {c for n in range(400) for c in documents.make(n, SEED, PARTS).changes}
    assert made == {change.__name__ for change in documents.CHANGES} | {"text"}


def plain(text: str) -> Fuzzed:
    return Fuzzed("here", (), ".json", text)


def test_outcomes_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(
        command: str, text: str, *, alarm: float = 20, golden: bool = False
    ) -> outcomes.Outcome:
        document = plain(text)
        return outcomes.run(command, document, tmp_path, alarm=alarm, golden=golden)

    good = (
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string"}'
    )
    assert ended("generate", good, golden=True).kind == outcomes.OK
    assert ended("lint", good[:-1] + ', "default": 5}').kind == outcomes.FINDINGS
    assert ended("lint", "{").kind == outcomes.REFUSED
    assert ended("generate", good, alarm=1e-4).kind == outcomes.TIMEOUT
    for error, kind in (
        (KeyError("a"), outcomes.INTERNAL),
        (MemoryError(), outcomes.MEMORY),
    ):

        def fails(*_args: object, error: Exception = error, **_options: object) -> None:
            raise error

        monkeypatch.setattr("codegen.flows.lint.lint", fails)
        assert ended("lint", good).kind == kind
