"""Edits of real documents: each is noticed, with the direction that it has."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from codegen.compat import compare
from tests.corpus_paths import require
from tests.property.document_edits import (
    CHANNELS,
    HTTP,
    MESSAGES,
    OPENAPI,
    Editor,
    Spec,
    applied,
    mistake,
    module,
    read,
    unheard_of_anywhere,
)
from tests.sweeps import LONG

SMALL = ("spotify-fixed.yml", "twilio-messaging.json", "adyen-checkout.yaml")
"""Documents that are read quickly; `python -m tests.property.document_edits` takes all
of the corpus."""

READ = [
    path
    for path in (*OPENAPI, *MESSAGES[:-1])
    if path.name in SMALL or path in MESSAGES
]

TRIES = 12
"""Places that are tried until one is found where an edit can be made."""


@pytest.fixture(scope="module")
def known() -> dict[Path, Spec]:
    return {}


def spec(known: dict[Path, Spec], path: Path) -> Spec:
    if path not in known:
        known[path] = read(require(path))
    return known[path]


@pytest.mark.parametrize("editor", [*HTTP, *CHANNELS], ids=lambda e: e.__name__)
def test_an_edit_is_seen_and_judged_right(
    editor: Editor, known: dict[Path, Spec]
) -> None:
    rng = random.Random(editor.__name__)
    paths = [path for path in OPENAPI if path.name in SMALL]
    paths = list(MESSAGES[:-1]) if editor in CHANNELS else paths
    done = 0
    for _ in range(TRIES):
        found = applied(editor, spec(known, rng.choice(paths)), rng)
        if found is None:
            continue
        done += 1
        comparison = compare(module(found.old), module(found.new))
        assert not mistake(comparison, found.effect), found.kind
        if done == (2 if LONG else 1):
            break
    assert done or editor.__name__ in RARE, "no place was found for this edit"


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_nothing_is_passed_over(path: Path, known: dict[Path, Spec]) -> None:
    rng = random.Random(path.name)
    for _ in range(8 if LONG else 2):
        found = applied(unheard_of_anywhere, spec(known, path), rng)
        assert found is not None
        comparison = compare(module(found.old), module(found.new))
        assert not mistake(comparison, found.effect)


RARE = frozenset(
    [
        "answer_media_type_removed",
        "header_removed",
        "media_type_removed",
        "parameter_loosened",
        "parameter_made_optional",
        "parameter_value_added",
        "parameter_value_removed",
    ]
)
"""Edits for which the small documents need not have a place among those tried."""
