"""What contenders do with frames that are not as the specification says: measured.

Speed alone says little. Who drops what it does not know, or looks at nothing, has less
to do.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from typing import Any, Final

OUTCOMES: Final = ("drops", "changes", "refuses", "keeps and reports", "lets pass")
"""To report is to say, beside the event, that its frame was not as specified."""


def probes(frames: dict[str, list[str]]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Frames with one thing odd each, and where in them that is, by what it is."""
    delta = json.loads(frames["transcript_delta"][0])
    session = json.loads(frames["session_updated"][0])
    session["session"]["audio"]["output"]["speed"] = 99.5
    session_frame = json.dumps(session)
    without = {name: value for name, value in delta.items() if name != "item_id"}
    odd: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
        "unknown properties": ({**delta, "new": {"a": [1]}}, ("new",)),
        "unknown tags": ({**delta, "type": "brand.new"}, ("type",)),
        "wrong types": ({**delta, "content_index": "zero"}, ("content_index",)),
        "absent properties": (without, ("response_id",)),
    }
    found = {what: (json.dumps(frame), path) for what, (frame, path) in odd.items()}
    found["exceeded limits"] = (
        session_frame,
        ("session", "audio", "output", "speed"),
    )
    return found


def judged(
    decode: Callable[[Any], Any],
    plain: Callable[[Any], Any],
    frames: dict[str, list[str]],
    reported: Callable[[], object] = lambda: None,
) -> str:
    """In words, what a contender does with each probe. What `reported` gives changes
    when something is reported."""
    by_outcome: dict[str, list[str]] = {outcome: [] for outcome in OUTCOMES}
    for what, (frame, path) in probes(frames).items():
        before = reported()
        outcome = _outcome(decode, plain, frame, path)
        if outcome == "lets pass" and reported() is not before:
            outcome = "keeps and reports"
        by_outcome[outcome].append(what)
    return "; ".join(
        f"{outcome} {', '.join(found)}"
        for outcome, found in by_outcome.items()
        if found
    )


def _outcome(
    decode: Callable[[Any], Any],
    plain: Callable[[Any], Any],
    frame: str,
    path: tuple[str, ...],
) -> str:
    try:
        event = decode(frame)
    except Exception:  # noqa: BLE001 - each has errors of its own
        return "refuses"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found, expected = _at(plain(event), path), _at(json.loads(frame), path)
    if found == expected:
        return "lets pass"
    return "drops" if found is None else "changes"


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
