"""What is said of AsyncAPI documents is held against deliveries.

`python -m tests.property.deliveries` compares as many pairs as one likes.
"""

from __future__ import annotations

import random

import pytest

from codegen.compat import Verdict
from codegen.ir import model as ir
from tests.property.deliveries.attack import WAYS, judged, pair
from tests.property.deliveries.facts import Facts, facts
from tests.property.deliveries.model import lost, rejected
from tests.property.deliveries.writing import written
from tests.property.document_edits import module
from tests.sweeps import LONG

PAIRS = 2_000 if LONG else 12


def test_nothing_that_goes_wrong_is_called_harmless() -> None:
    found = [one for number in range(PAIRS) for one in judged(number)]
    assert not [str(one) for one in found if one.is_lie or one.is_false_alarm]
    assert {one.verdict for one in found} >= {Verdict.BREAKING, Verdict.COMPATIBLE}
    assert any(one.fault for one in found)


@pytest.mark.parametrize("version", [2, 3])
def test_messages_go_the_way_that_the_document_says(version: int) -> None:
    for number in range(PAIRS // 2):
        rng = random.Random(number)
        known = facts(rng)
        assert _read(module(written(known, rng, version))) == _told(known)


def _read(found: ir.Module) -> set[tuple[str, ...]]:
    """What is done with messages, by what was read."""
    return {
        (one.channel, one.direction.value, one.content_type, *_tags(found, one))
        for one in found.messages
        if one.direction is not ir.Direction.UNKNOWN
    }


def _tags(found: ir.Module, message: ir.Message) -> list[str]:
    """The values of the property that tells messages apart."""
    assert message.payload is not None
    inner = found.schemas[message.payload].assertions
    known = next(one for one in inner if isinstance(one, ir.Properties)).schemas["type"]
    values = (one.values for one in known.assertions if isinstance(one, ir.Enum))
    return [str(value) for many in values for value in many]


def _told(known: Facts) -> set[tuple[str, ...]]:
    """What is done with messages, by the facts."""
    found: set[tuple[str, ...]] = set()
    for action in known["actions"].values():
        channel = known["channels"][action["channel"]]
        for kind in action["messages"]:
            media = channel["messages"][kind]["media"] or known["default"]
            way = WAYS[action["verb"]].value
            found.add((channel["address"], way, media, kind))
    return found


def test_the_model_knows_what_goes_wrong() -> None:
    faults = []
    for number in range(12):
        old, new, _ = pair(number)
        for verb, way in WAYS.items():
            faults += [lost(old, new, verb), rejected(old, new, way)]
            assert not lost(old, old, verb)
            assert not rejected(old, old, way)
    assert any(faults)
    assert not all(faults)
