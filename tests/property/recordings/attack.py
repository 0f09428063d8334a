"""Checks random recordings, and holds what is said of them against the model."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from codegen import frontend, memory
from codegen import python as python_sdk
from codegen.diagnostics import Report
from codegen.flows import traffic as flow
from codegen.flows.reading import Asked
from codegen.ir.basics import Direction
from codegen.traffic import checking, recording
from codegen.traffic.judging import CONSTANTS
from codegen.traffic.report import Checked
from codegen.traffic.tally import Found
from tests.property.recordings import model
from tests.property.recordings.documents import (
    WAYS,
    Json,
    Known,
    is_event,
    specification,
)
from tests.property.recordings.frames import frame
from tests.property.recordings.model import LOOSE, Expected, Place
from tests.property.recordings.writing import Sent, Written, written


def lies(number: int, folder: Path) -> Iterator[str]:
    """What is wrong with the report on the recording of a number, which is written into
    a folder."""
    rng = random.Random(number)
    document, known = specification(rng)
    folder.mkdir(parents=True, exist_ok=True)
    spec = folder / "spec.json"
    spec.write_text(json.dumps(document))
    values = [frame(rng, known) for _ in range(rng.randint(1, 25))]
    record = written(rng, folder, known, values)
    given = rng.choice(WAYS) if rng.random() < 0.2 else None
    checked, problems = _check(spec, record, given, Asked())
    if checked is None:
        yield f"not checked: {[str(p) for p in problems]}"
        return
    told = model.expected(known, record.sent, given)
    yield from _counts(checked, told, record)
    yield from _bad(problems, record)
    yield from _places(checked.tally.found, told)
    yield from _shown(checked)
    yield from _pieces(spec, record, given, checked, rng)
    if not record.bad:
        yield from _overlay(spec, record, given, told)
    yield from _package(spec, known, record.sent)


def _check(
    spec: Path,
    record: Written,
    given: str | None,
    asked: Asked,
    out: Path | None = None,
) -> tuple[Checked | None, Report]:
    problems = Report()
    checked = flow.check(
        spec, record.path, asked, problems, direction=given, overlay_out=out
    )
    return checked, problems


def _counts(checked: Checked, told: Expected, record: Written) -> Iterator[str]:
    tally = checked.tally
    skipped = +Counter(
        told.skipped | Counter(binary=record.binary, dropped=record.dropped)
    )
    rules = Counter({Place(*one.place): one.drift.count for one in tally.rules})
    sessions = None if tally.sessions is None else len(told.sessions)
    pairs: Mapping[str, tuple[Any, Any]] = {
        "frames": (tally.frames, told.frames + record.binary),
        "judged": (tally.judged, told.frames - sum(told.skipped.values())),
        "drifting": (tally.drifting, told.drifting),
        "skipped": (+tally.skipped, skipped),
        "rules": (rules, told.rules),
        "sessions": (tally.sessions, sessions),
        "beyond": (tally.beyond, 0),
    }
    for name, (found, meant) in pairs.items():
        if found != meant:
            yield f"{name}: {found}, not {meant}"


def _bad(problems: Report, record: Written) -> Iterator[str]:
    lines = [
        (one.span.file, one.span.line)
        for one in problems
        if one.code == "recording" and "more lines cannot be read" not in one.message
    ]
    if lines != record.bad[:20]:
        yield f"lines that cannot be read: {lines}, not {record.bad}"


def _places(found: list[Found], told: Expected) -> Iterator[str]:
    """Where frames depart. Of a value that is of no branch of a union, the package says
    what the closest one has against it, so only that it departs there."""
    counts = {Place(*one.place): one.drift.count for one in found}
    loose = [place for place in told.places if place.keyword in LOOSE]
    for place in loose:
        if not any(_below(one, place) for one in counts):
            yield f"nothing at {place}"
    for place in sorted(counts.keys() | told.places.keys()):
        exact = not any(_below(place, one) for one in loose)
        if exact and counts.get(place, 0) != told.places[place]:
            yield f"{place}: {counts.get(place, 0)}, not {told.places[place]}"
    for one in found:
        place, at = Place(*one.place), (one.span.file, one.span.line)
        exact = not any(_below(place, one) for one in loose)
        if exact and at != (told.first.get(place) or at):
            yield f"{place}: first in {at}, not {told.first[place]}"


def _below(place: Place, above: Place) -> bool:
    inside = f"{place.pointer}/".startswith(f"{above.pointer}/")
    return place[:2] == above[:2] and inside


def _shown(checked: Checked) -> Iterator[str]:
    for form in ("text", "json"):
        text = flow.render(checked, form)
        if not text.replace("\n", "").isprintable():
            yield f"what is not printable: {text!r}"
        if "<b>" in text or any(line.startswith("::") for line in text.splitlines()):
            yield f"markup or a command: {text!r}"
    json.loads(flow.render(checked, "json"))


def _pieces(
    spec: Path, record: Written, given: str | None, checked: Checked, rng: random.Random
) -> Iterator[str]:
    """Wherever a recording is cut, the report is the same."""
    size = recording.PIECE
    try:
        recording.PIECE = rng.choice((1, 7, 100, 1000))  # type: ignore[misc]
        other, _ = _check(spec, record, given, Asked())
    finally:
        recording.PIECE = size  # type: ignore[misc]
    if other is None or flow.render(other, "json") != flow.render(checked, "json"):
        yield "in pieces it is another report"


def _overlay(
    spec: Path, record: Written, given: str | None, told: Expected
) -> Iterator[str]:
    """What is called mended is mended, and what is left is counted."""
    out = spec.with_name("seen.overlay.yaml")
    checked, problems = _check(spec, record, given, Asked(), out)
    if checked is None or problems.failed:
        yield f"no overlay: {[str(p) for p in problems]}"
        return
    for one in checked.tally.found:
        if (one.place in checked.mended) is (one.place in checked.unmended):
            yield f"{one.place} is neither mended nor unmended, or both"
    if not out.exists():
        if checked.left is not None:
            yield f"{checked.left} are left with no overlay"
        return
    again, problems = _check(spec, record, given, Asked(overlay=(out,)))
    out.unlink()
    if again is None:
        yield f"the overlay spoils it: {[str(p) for p in problems]}"
        return
    if again.tally.drifting != checked.left:
        yield f"with the overlay {again.tally.drifting} depart, not {checked.left}"
    if again.tally.drifting > told.drifting:
        yield f"with the overlay more depart: {again.tally.drifting}"
    for one in again.tally.found:
        if one.place in checked.mended:
            yield f"{one.place} is called mended"


# --- the package -------------------------------------------------------------------


def _package(spec: Path, known: Known, sent: list[Sent]) -> Iterator[str]:
    """What the generated package makes of the frames, as it would be written."""
    problems = Report()
    loaded = frontend.load(spec, frontend.Options(), problems)
    settings = python_sdk.Settings(package=checking.PACKAGE)
    judge = checking.judge(loaded, settings, problems)
    if judge is None:
        yield f"no package: {[str(p) for p in problems]}"
        return
    files = next(iter(judge.files.values()))
    with memory.imported(checking.PACKAGE, files) as package:
        for way, events in known.events.items():
            table = _table(package, way)
            for one in sent:
                if one.is_json and table is not None:
                    yield from _decoded(package, table, known, events, one.value)


def _table(package: ModuleType, way: str) -> Any:
    if way == "unknown":
        tables = list(package.EVENTS.values())
        return tables[0] if len(tables) == 1 else None
    return getattr(package, CONSTANTS[Direction(way)])


def _decoded(
    package: ModuleType, table: Any, known: Known, events: Any, value: Json
) -> Iterator[str]:
    text = json.dumps(value)
    if not isinstance(value, dict):
        if not _raises(table, value, strict=False):
            yield f"decodes {text}, which is no object"
        return
    tag = known.tag_of(value)
    is_known = is_event(events, tag)
    valid = is_known and not model.departures(model.schema_of(events, tag), value)
    event = table.decode(text)
    if isinstance(event, package.UnknownEvent) is is_known:
        yield f"{text} becomes {type(event).__name__}"
    for other in (text.encode(), value):
        if table.decode(other) != event:
            yield f"{text} is another event as {type(other).__name__}"
    if is_known and (not package.violations_of(event)) is not valid:
        yield f"{text} has violations {package.violations_of(event)}"
    if _raises(table, value, strict=True) is valid:
        yield f"{text} is {'valid' if valid else 'not valid'}, strictly not so"
    if not _same(json.loads(table.encode(event)), value):
        yield f"{text} becomes {table.encode(event)!r}"
    if not _same(table.peek(text), tag):
        yield f"peek finds {table.peek(text)!r} in {text}"


def _raises(table: Any, value: Json, *, strict: bool) -> bool:
    try:
        table.decode(json.dumps(value), strict=strict)
    except ValueError:
        return True
    return False


def _same(one: Json, two: Json) -> bool:
    """Whether two values are the same JSON."""
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(_same(one[k], two[k]) for k in one)
    if isinstance(one, list) and isinstance(two, list):
        pairs = zip(one, two, strict=False)
        return len(one) == len(two) and all(_same(a, b) for a, b in pairs)
    return isinstance(one, bool) is isinstance(two, bool) and bool(one == two)
