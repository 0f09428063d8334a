"""Events: what becomes of frames, alone and in a stream, and who hears of them."""

# What a decoded value holds has no type that a checker knows.
# pyright: reportUnknownArgumentType=false, reportUnknownLambdaType=false
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest

from .failures import Failures
from .files import Record, changes
from .plugin import Recorded
from .sdk import Sdk
from .values import UNKNOWN, edited, member, places, same, text, without
from .violations import pairs

LONG = 123456789012345678901
"""An integer that no float holds."""

_NO_TAGS: tuple[object, ...] = ("no.such.event", "", None, 1)

_NO_EVENTS: tuple[str | bytes, ...] = ("[]", "1", "null", "{", b"\xff")


def check_tags(sdk: Sdk, record: Record) -> None:
    """A table holds exactly the tags of the specification, in its order."""
    table = sdk.table(record["table"])
    assert list(table) == [entry["name"] for entry in record["events"]]
    assert table.tag == record["tag"]


def check_event(sdk: Sdk, record: Record, entry: Record, recorded: Recorded) -> None:
    """A frame becomes an object of the right class, and goes out as it came."""
    table, frame = sdk.table(record["table"]), entry["frame"]
    about = f"{record['table']}: {entry['name']}"
    event = table.decode(json.dumps(frame).encode())
    found = type(event).__name__
    known = recorded.same(entry, "class", found)
    assert known, f"{about}: is a {found}, recorded is {entry['class']}"
    assert table[entry["name"]] is type(event), f"{about}: the table says otherwise"
    assert table.decode(json.dumps(frame)) == event == table.decode(frame)
    assert table.decode(frame, strict=True) == event
    written = json.loads(table.encode(event))
    assert same(written, frame), f"{about}: is written otherwise"
    repeats(sdk, table, frame, about)
    learns(table, frame, about)
    notices(sdk, table, frame, about)
    keeps_numbers(table, frame, about)
    goes_without_tag(sdk, record["table"], entry, recorded, about)
    is_derived(sdk, table, frame, event, about)
    keeps_frames(table, frame, about)
    lacks_properties(sdk, record, frame)
    is_heard(table, entry["name"], frame, event, about)


def goes_without_tag(
    sdk: Sdk, name: str, entry: Record, recorded: Recorded, about: str
) -> None:
    """Without its tag a frame is of no class, unless recorded otherwise, and of the one
    by which the union of the events accepts it. Nothing of it is lost."""
    table = sdk.table(name)
    bare = without(entry["frame"], table.tag)
    event = table.decode(json.dumps(bare))
    if bare != entry["frame"]:
        found = type(event).__name__
        known = recorded.same({"untagged": UNKNOWN, **entry}, "untagged", found)
        assert known, f"{about}: is a {found} without its tag"
    written = json.loads(table.encode(event))
    assert same(written, bare), f"{about}: is lost without its tag"
    if sdk.has_schema(name):
        union = sdk.schema(name)
        if not union.violations(bare):
            assert event == union.decode(bare), f"{about}: is another without its tag"
            if type(event) is table[entry["name"]] and _has_one_key(table, type(event)):
                is_heard(table, entry["name"], bare, event, f"{about} without its tag")


def _has_one_key(table: Any, cls: type) -> bool:
    """Whether an object of a class of a table can have come by one key only."""
    return list(table.values()).count(cls) == 1


def is_derived(sdk: Sdk, table: Any, frame: Record, event: Any, about: str) -> None:
    """An object of a class that a user derives goes out as any other, and so does one
    with an attribute more, which stays behind."""
    derived: Any = type("Derived", (type(event),), {})
    noted = {"__annotations__": {"no_such_field": "int"}, "no_such_field": 1}
    noting: Any = type("Noting", (type(event),), noted)
    given = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
    made = [derived.from_dict(frame), noting.from_dict(frame)]
    # Who constructs an object gives it fields alone, and all that is sent has to have.
    if not event._extra and not sdk.refusal_of(dataclasses.replace, event):
        made += [derived(**given), noting(**given, no_such_field=2)]
        assert made[-1].no_such_field == 2, f"{about}: forgets what it was given"
    for other in made:
        written = json.loads(table.encode(other))
        assert same(written, frame), f"{about}: derived, is written otherwise"


def keeps_frames(table: Any, frame: Record, about: str) -> None:
    """An event that keeps its frame is sent on as it came."""
    for kept in (json.dumps(frame, indent=1), json.dumps(frame).encode()):
        event = table.decode(kept, keep_frame=True)
        assert event == table.decode(kept), f"{about}: kept, is another"
        sent = kept if isinstance(kept, bytes) else kept.encode()
        assert table.encode(event) == event.to_json() == sent, f"{about}: is not kept"


def check_strictly(sdk: Sdk, record: Record, union: Record) -> None:
    """A strict reader of a table takes what the union of its events accepts, and
    refuses everything else with the same violations."""
    table, schema = sdk.table(record["table"]), sdk.schema(record["table"])
    whole = [entry["value"] for entry in union["documents"]]
    edited = (value for case in union["cases"] for _, value in changes(union, case))
    for value in (*whole, *edited):
        if not isinstance(value, dict):
            continue
        about = f"{record['table']}: {text(value)}"
        if expected := pairs(schema.violations(value)):
            found = sdk.refuses(table.decode, value, strict=True)
            assert found == expected, f"{about}: expected {expected}, found {found}"
        else:
            event = table.decode(value, strict=True)
            # Of several that take it a table prefers the one that declares most of it.
            known = event == schema.decode(value) or not sdk.violations(event)
            assert known, f"{about}: is another event"


def lacks_properties(sdk: Sdk, record: Record, frame: Record) -> None:
    """An event that lacks a property of its class is refused by a strict reader, unless
    the union has a branch, other than the closest, that takes it."""
    name = record["table"]
    table, union = sdk.table(name), sdk.schema(name) if sdk.has_schema(name) else None
    for key in frame.keys() - {record["tag"]}:
        part = {other: value for other, value in frame.items() if other != key}
        if sdk.violations(table.decode(part)):
            if union is None or union.violations(part):
                sdk.refuses(table.decode, part, strict=True)
            else:
                assert table.decode(part, strict=True) == table.decode(part)


def repeats(sdk: Sdk, table: Any, frame: Record, about: str) -> None:
    """Frames that differ in a string from the one before, as in a stream; also with an
    unknown property."""
    for base in (frame, {**frame, "no such property": 1}):
        for key, value in frame.items():
            for more in ("", "x", "xy", "\u00e9\n") if isinstance(value, str) else ():
                other = base if key == table.tag else {**base, key: value + more}
                event = table.decode(json.dumps(other).encode())
                assert event == table.decode(other), f"{about}: {key} in a stream"
                assert same(json.loads(table.encode(event)), other)


def _kept(event: Any) -> Any:
    """The JSON object that an event keeps in order to be sent on, if it does."""
    return getattr(event, "_wire", None)


def learns(table: Any, frame: Record, about: str) -> None:
    """A flat frame that differs in its last string is not parsed every time."""
    copying = table._copying.get(frame.get(table.tag))
    if copying is None:
        return
    first, last, *_ = copying
    # Either may be absent, and any string.
    frame = {**({} if first in frame else {first: ""}), **frame}
    frame.setdefault(last, "")
    scalars = (str, int, type(None))
    flat = all(isinstance(value, scalars) for value in frame.values())
    flat = flat and table.decode(frame)._extra is None
    if flat and [name for name in frame if name in (first, last)] == [first, last]:
        table._templates = type(table._templates)(table._copying)
        # Where a native codec has taken its place, this is still Python's.
        decode = type(table).decode.__get__(table)
        frames = [
            json.dumps({**frame, last: frame[last] + more})
            for more in ("", "x", "xy", "z")
        ]
        for other in frames[:3]:
            decode(other)
        assert table._templates._recent, f"{about}: every frame is parsed"
        alone = decode(json.loads(frames[3]))
        parse, table._parse = table._parse, _asks_too_much
        try:
            text = frames[3]
            for copied in (decode(text), decode(text.encode())):
                assert _kept(copied) == _kept(alone), f"{about}: a copy is not sent on"
        finally:
            table._parse = parse


def _asks_too_much(frame: Any) -> Any:
    """A parser for frames that need none."""
    raise AssertionError(f"parsed: {frame}")


def notices(sdk: Sdk, table: Any, frame: Record, about: str) -> None:
    """A value that is wrong in a stream is noticed every time."""
    for key in frame.keys() - {table.tag}:
        wrong = json.dumps({**frame, key: True}).encode()
        if sdk.violations(table.decode(wrong)):
            noted: list[Any] = []
            dispatcher = table.dispatcher()
            dispatcher.on_drift(lambda event, _, noted=noted: noted.append(event))
            for _ in range(4):
                dispatcher.dispatch(wrong)
            assert len(noted) == 4, f"{about}: {key} is wrong, and noticed {noted}"
            break


def keeps_numbers(table: Any, frame: Record, about: str) -> None:
    """A number keeps all its digits wherever it stands, right or wrong."""
    known = (
        field.metadata["name"] for field in dataclasses.fields(table.decode(frame))
    )
    absent = [member("", name) for name in known if name not in frame]
    pointers = (*places(frame), *absent, "/no such property")
    for place, number in itertools.product(pointers, (LONG, [LONG], {"a": [LONG]})):
        other = edited(frame, place, number)
        event = table.decode(json.dumps(other).encode())
        assert event == table.decode(other), f"{about}: {place} is read otherwise"
        written = json.loads(table.encode(event))
        assert same(written, other), f"{about}: {place} is written otherwise"


def is_heard(table: Any, name: Any, frame: Record, event: Any, about: str) -> None:
    """A frame reaches the handlers of its class, its tag and all events, no others."""
    listener = _listener(table)
    heard = listener.heard(frame)
    expected = [type(event), *listener.tags_of(name), "any event"]
    found = [of for of, _ in heard]
    assert sorted(found, key=repr) == sorted(expected, key=repr), f"{about}: {found}"
    assert all(got == event for _, got in heard), f"{about}: handlers got {heard}"


def _carried(table: Any, name: Any) -> tuple[Any, Any]:
    """What an event of a table carries. Nothing tells events apart that carry the
    same."""
    return table[name], table._paths.get(name)


def _tag_of(table: Any, name: Any) -> Any:
    """The tag of an event of a table, without what tells it from others of that tag."""
    tag = name.partition("/")[0] if isinstance(name, str) else name
    return name if tag in table else tag


class Listener:
    """A dispatcher of a table with a handler for each class and each tag that it has,
    and for everything else: made once, as it takes a look at the whole table."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self._dispatcher = table.dispatcher()
        self._called: list[tuple[Any, Any]] = []
        self._tags: dict[tuple[Any, Any], dict[Any, None]] = {}
        for name in table:
            tags = self._tags.setdefault(_carried(table, name), {})
            tags[_tag_of(table, name)] = None
        for cls in dict.fromkeys(table.values()):
            self._dispatcher.on(cls)(self._handler(cls))
        for tag in dict.fromkeys(_tag_of(table, name) for name in table):
            self._dispatcher.on(tag)(self._handler(tag))
        self._dispatcher.on_any(self._handler("any event"))
        self._dispatcher.on_unknown(self._handler("unknown events"))
        self._dispatcher.on_drift(self._handler("drift"))

    def _handler(self, of: Any) -> Callable[..., None]:
        return lambda event, *_: self._called.append((of, event))

    def tags_of(self, name: Any) -> list[Any]:
        """The tags whose handlers an event of the table reaches."""
        return list(self._tags[_carried(self._table, name)])

    def heard(self, frame: Record) -> list[tuple[Any, Any]]:
        """What the handlers that a frame reaches are for, each with the event that it
        is given."""
        self._called.clear()
        self._dispatcher.dispatch(json.dumps(frame))
        return self._called


_LISTENERS: dict[int, tuple[Any, Listener]] = {}
"""The listener of each table, with the table."""


def _listener(table: Any) -> Listener:
    if id(table) not in _LISTENERS:
        _LISTENERS[id(table)] = (table, Listener(table))
    return _LISTENERS[id(table)][1]


def check_unknown_events(sdk: Sdk, record: Record) -> None:
    """Events that the table does not hold, whatever their tag, stay as they came."""
    failures = Failures()
    for tag in _NO_TAGS:
        with failures.of(f"tag {text(tag)}"):
            check_unknown_event(sdk, record, tag)
    failures.tell()


def check_unknown_event(sdk: Sdk, record: Record, tag: object) -> None:
    """An event that the table does not hold is kept as it came; where the events of a
    table are all children of one, or one is for all other tags, it is that one."""
    table = sdk.table(record["table"])
    if tag in table:
        tag = True  # Which is not 1.
    frame = _frame(record, tag)
    event = table.decode(json.dumps(frame))
    assert json.loads(table.encode(event)) == frame
    if "default" in record:
        assert type(event).__name__ == record["default"]
        return
    if "base" in record:
        assert type(event).__name__ == record["base"]
        sdk.refuses(table.decode, frame, strict=True)
        return
    assert isinstance(event, sdk.unknown_event)
    assert event.type == tag
    for other, strict in itertools.product(_NO_EVENTS, (False, True)):
        with pytest.raises(ValueError, match=r"."):
            table.decode(other, strict=strict)
    called: list[Any] = []
    dispatcher = table.dispatcher()
    dispatcher.on_unknown(called.append)
    dispatcher.on_any(called.append)
    dispatcher.dispatch(frame)
    assert called == [event, event]
    raised = sdk.refuses(table.decode, frame, strict=True)
    if sdk.has_schema(record["table"]):
        assert raised == pairs(sdk.schema(record["table"]).violations(frame))


def _frame(record: Record, tag: object) -> Record:
    """A frame with a tag that no event of a table has."""
    *inside, name = record.get("path", [record["tag"]])
    frame: Record = {name: tag}
    for outer in reversed(inside):
        frame = {outer: frame}
    return {**frame, "more": [1, None, LONG]}
