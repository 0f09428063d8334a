"""What `check-traffic` says of recordings is held against a model.

`python -m tests.property.recordings` checks as many as one likes.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.property.recordings.attack import lies
from tests.property.recordings.documents import specification
from tests.property.recordings.frames import frame
from tests.property.recordings.model import expected
from tests.property.recordings.writing import written
from tests.sweeps import many

NUMBERS = range(many(4, 300))


@pytest.mark.parametrize("number", NUMBERS)
def test_the_report_says_what_the_model_says(number: int, tmp_path: Path) -> None:
    assert not list(lies(number, tmp_path))


def test_the_model_has_something_to_say(tmp_path: Path) -> None:
    frames, drifting, said = 0, 0, set()
    for number in range(60):
        rng = random.Random(number)
        _, known = specification(rng)
        folder = tmp_path / str(number)
        folder.mkdir()
        values = [frame(rng, known) for _ in range(10)]
        record = written(rng, folder, known, values)
        told = expected(known, record.sent, None)
        frames, drifting = frames + told.frames, drifting + told.drifting
        said |= {f"{name.partition(' ')[0]} skipped" for name in told.skipped}
        said |= {place.keyword for place in [*told.places, *told.rules]}
        said |= {word for word in ("bad", "binary", "dropped") if getattr(record, word)}
    assert 0.2 * frames < drifting < 0.8 * frames
    assert said >= {"no skipped", "bad", "binary", "dropped", "one", "json", "event"}
    assert said >= {"type", "required", "anyOf", "additionalProperties"}
