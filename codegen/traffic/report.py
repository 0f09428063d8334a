"""Reports about a recording, for people and programs.

Frames come from strangers, just as specifications do. What is shown of them goes
through the doors of `codegen.escaping`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from codegen.diagnostics import Span
from codegen.escaping import json_text, quoted
from codegen.runtime.errors import counted
from codegen.traffic.evidence import Evidence
from codegen.traffic.judging import Place
from codegen.traffic.tally import Found, Tally

SHOWN: Final = 100
"""How many places of drift the text shows; the JSON has all of them."""

_SKIPPED: Final = {
    "binary": "bytes, which no schema describes",
    "no object": "no objects, as some messages here are, of which no class is made",
    "dropped": "dropped by the recorder, which was too slow",
    "no events client_to_server": "client to server, of which there are no events",
    "no events server_to_client": "server to client, of which there are no events",
    "sessions let go": "sessions that were too many to watch at once",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a recording: where it departs from the specification, where that is
    stated, and what an overlay does about it. `left` is how many frames still depart
    with the overlay, if one was written."""

    tally: Tally
    stated: Mapping[Place, Span] = field(default_factory=dict)
    mended: Mapping[Place, str] = field(default_factory=dict)
    unmended: Mapping[Place, str] = field(default_factory=dict)
    redact: bool = False
    left: int | None = None


def text(checked: Checked) -> str:
    """The report for people."""
    tally = checked.tally
    lines = [_summary(tally), *_skipped(tally)]
    shown = sorted([*tally.found, *tally.rules], key=_order)
    last = ("", "")
    for found in shown[:SHOWN]:
        place = found.place
        if (place.direction, place.event) != last:
            last = (place.direction, place.event)
            lines += ["", quoted(f"{place.direction} {place.event}")]
        lines += [f"  {quoted(line)}" for line in _drift(found, checked)]
    if len(shown) > SHOWN:
        more = counted(len(shown) - SHOWN, "more way", "more ways")
        lines += ["", f"and {more}: --format json has all"]
    if tally.beyond:
        lines += ["", f"and {tally.beyond} times at places that are too many to tell"]
    if checked.left is not None:
        verb = "departs" if checked.left == 1 else "depart"
        lines += ["", f"with the overlay {_times(checked.left)} still {verb}"]
    return "\n".join(lines) + "\n"


def _order(found: Found) -> tuple[str, str, int]:
    return found.place.direction, found.place.event, -found.drift.count


def _summary(tally: Tally) -> str:
    frames = counted(tally.frames, "frame", "frames")
    sessions = ""
    if tally.sessions is not None:
        sessions = f" in {counted(tally.sessions, 'session', 'sessions')}"
    if tally.clean:
        return f"{frames}{sessions}, no drift"
    places = counted(len(tally.found) + len(tally.rules), "way", "ways")
    verb = "departs" if tally.drifting == 1 else "depart"
    depart = f"{tally.drifting} {verb}" if tally.drifting else "none departs"
    return f"{frames}{sessions}: {depart}; {places} in all"


def _skipped(tally: Tally) -> Iterable[str]:
    for why, count in tally.skipped.items():
        yield f"not judged: {count}, {_SKIPPED.get(why, why)}"


def _drift(found: Found, checked: Checked) -> Iterable[str]:
    drift = found.drift
    pointer = found.place.pointer or "(the whole frame)"
    yield f"{pointer} {found.place.keyword}: {_times(drift.count)}"
    if checked.redact:
        shape = _shape(drift.evidence)
        yield f"  first in {_at(found.span)}{f': {shape}' if shape else ''}"
    else:
        yield f"  first in {_at(found.span)}: {drift.message}"
    if (stated := checked.stated.get(found.place)) is not None:
        yield f"  stated in {stated}"
    if (mend := checked.mended.get(found.place)) is not None:
        yield f"  the overlay {mend}"
    if (reason := checked.unmended.get(found.place)) is not None:
        yield f"  not mended: {reason}"


def _times(count: int) -> str:
    return counted(count, "frame", "frames")


def _at(span: Span) -> str:
    return f"{span.file}:{span.line}"


def _shape(evidence: Evidence) -> str:
    """What may be said of values that are not to be shown: their types."""
    return ", ".join(sorted(evidence.types))


def json(checked: Checked) -> str:
    """The report for programs."""
    tally = checked.tally
    data = {
        "frames": tally.frames,
        "judged": tally.judged,
        "drifting": tally.drifting,
        "sessions": tally.sessions,
        "skipped": dict(tally.skipped),
        "drift": [_plain(found, checked) for found in tally.found],
        "rules": [_plain(found, checked) for found in tally.rules],
        "beyond": tally.beyond,
        "unreadable": tally.bad_count,
        "left": checked.left,
    }
    return json_text(data, indent=2) + "\n"


def _plain(found: Found, checked: Checked) -> dict[str, Any]:
    drift, stated = found.drift, checked.stated.get(found.place)
    example: dict[str, Any] = {"file": found.span.file, "line": found.span.line}
    if not checked.redact:
        example |= {"value": drift.example, "message": drift.message}
    return {
        **found.place._asdict(),
        "count": drift.count,
        "types": dict(drift.evidence.types),
        "example": example,
        "stated": (
            None
            if stated is None
            else {"file": stated.file, "line": stated.line, "column": stated.column}
        ),
        "mend": checked.mended.get(found.place),
        "not_mended": checked.unmended.get(found.place),
    }
