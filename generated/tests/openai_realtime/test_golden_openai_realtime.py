"""Golden tests of `openai_realtime`: what goes over the wire, and what may not.

Each file in `golden/` holds documents of one schema with what they are decoded and
encoded to, and changes of these documents with the violations that each causes: JSON
Pointer and keyword. Whether a document is valid, and why not, was decided by an
independent JSON Schema validator when this package was generated. Run with
`--update-golden` after a change that is meant.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
import pickle
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

import openai_realtime as sdk
from openai_realtime._runtime.registry import drift

FOLDER = Path(__file__).parent / "golden"
FILES = {
    path.name: json.loads(path.read_text("utf-8"))
    for path in sorted(FOLDER.glob("*.json"))
}
SCHEMAS = {name: record for name, record in FILES.items() if "schema" in record}
SESSIONS = {name: record for name, record in FILES.items() if "session" in record}
TABLES = {name: record for name, record in FILES.items() if "table" in record}
Pairs = list[tuple[str, str]]
LONG = 123456789012345678901
DEEP = 3000
INNERMOST: list[Any] = []
NESTED = functools.reduce(lambda inner, _: [inner], range(DEEP), INNERMOST)
NO_OBJECTS: tuple[Any, ...] = (None, True, 1, "x", [])


def documents() -> Iterator[Any]:
    """Every document, with ids that name schema and document."""
    for file, record in SCHEMAS.items():
        for entry in record["documents"]:
            yield pytest.param(file, entry, id=f"{record['schema']}: {entry['name']}")


def cases() -> Iterator[Any]:
    """Every change of a document, with ids that name schema, place and outcome."""
    for file, record in SCHEMAS.items():
        for case in record["cases"]:
            keywords = dict.fromkeys(keyword for _, keyword in case["violations"])
            outcome = ", ".join(keywords) or "valid"
            if case.get("removed"):
                outcome += ", removed"
            place = f"{case.get('in', '')} {case['at']}".strip()
            yield pytest.param(file, case, id=f"{record['schema']}: {place} {outcome}")


def events() -> Iterator[Any]:
    """Every event of every table, with ids that name table and tag."""
    for file, record in TABLES.items():
        for entry in record["events"]:
            if "frame" not in entry:
                continue  # No frame of this event is known.
            yield pytest.param(file, entry, id=f"{record['table']}: {entry['name']}")


def scripts() -> Iterator[Any]:
    """Every script of events, with ids that name the rule and what it comes to."""
    for file, record in SESSIONS.items():
        for number, script in enumerate(record["scripts"]):
            outcome = "broken" if any(script["broken"]) else "kept"
            yield pytest.param(file, script, id=f"{script['rule']}: {number} {outcome}")


def table(name: str) -> Any:
    """An event table by its name in the golden file."""
    return sdk.EVENTS[name] if name in sdk.EVENTS else getattr(sdk, name)


def text(value: Any) -> str:
    """JSON text in which different values look different, also true and 1."""
    return json.dumps(value, sort_keys=True)


def pairs(violations: Any) -> Pairs:
    """The places and keywords of violations."""
    return sorted((violation.path, violation.keyword) for violation in violations)


def agree(found: Pairs, expected: list[list[str | None]]) -> bool:
    """Whether violations are those expected; a place that is null may be any."""
    if all(path is not None for path, _ in expected):
        return found == sorted((str(path), str(key)) for path, key in expected)
    return bool(found)


def edited(document: Any, pointer: str, value: Any, remove: bool) -> Any:
    """A copy of a document with the value at a pointer replaced or removed."""
    if not pointer:
        return value
    copy = json.loads(json.dumps(document))
    *parents, last = (
        token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]
    )
    place = copy
    for token in parents:
        place = place[int(token)] if isinstance(place, list) else place[token]
    if isinstance(place, list):
        place[int(last) : int(last) + 1] = [] if remove else [value]
    elif remove:
        place.pop(last, None)
    else:
        place[last] = value
    return copy


def changes(record: dict[str, Any], case: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every changed document of a case, with a few words on the change."""
    bases = {entry["name"]: entry["value"] for entry in record["documents"]}
    base, place = bases.get(case.get("in")), case["at"] or "value"
    behind = f" in {case['in']}" if case["at"] else ""
    if case.get("removed"):
        yield f"{place} removed{behind}", edited(base, case["at"], None, True)
    for value in case.get("values", ()):
        shown = f"{place} = {text(value)[:300]}{behind}"
        yield shown, edited(base, case["at"], value, False)
    for part, count in case.get("repeated", ()):
        shown = f"{place} = {text(part)} * {count}{behind}"
        yield shown, edited(base, case["at"], part * count, False)


def assert_refuses(cls: Any) -> None:
    """A class takes no JSON value but an object, and no keyword but its fields."""
    for value in NO_OBJECTS:
        with pytest.raises(sdk.ValidationError):
            cls.from_dict(value)
    with pytest.raises(TypeError):
        cls(**{"no such field": 1})


def default(field: Any) -> dict[str, str]:
    """What a constructor takes where a field is not given, unless that is None."""
    missing = field.default is dataclasses.MISSING or field.default is None
    return {} if missing else {"initial": repr(field.default)}


def instances(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """The generated objects in a decoded value with their places, outside in."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from instances(item, f"{place}/{index}")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from instances(item, member(place, name))
    elif is_object(value):
        yield place, value
        for field in dataclasses.fields(value):
            inner = member(place, field.metadata["name"])
            yield from instances(getattr(value, field.name), inner)


def gathered(value: Any) -> Any:
    """The JSON value of what fields hold, whatever their object remembers besides."""
    if isinstance(value, list):
        return [gathered(item) for item in value]
    if isinstance(value, dict):
        return {name: gathered(item) for name, item in value.items()}
    if not is_object(value):
        return value.value if isinstance(value, Enum) else value
    found = dict(value._extra or {})
    for field in dataclasses.fields(value):
        held = getattr(value, field.name)
        if held is not sdk.UNSET and not (held is None and field.default is None):
            found[field.metadata["name"]] = gathered(held)
    return found


def containers(value: Any) -> Iterator[Any]:
    """Every list and map in a decoded value: what a program can change in place."""
    if isinstance(value, (list, dict)):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from containers(item)
    elif is_object(value):
        for field in dataclasses.fields(value):
            yield from containers(getattr(value, field.name))


def member(place: str, name: str) -> str:
    """The JSON Pointer of a property."""
    return f"{place}/{name.replace('~', '~0').replace('/', '~1')}"


def played(record: dict[str, Any], steps: list[dict[str, Any]]) -> Iterator[list[Any]]:
    """Every run of a script: one for each value of the step that has several."""
    known = {entry["name"]: entry["value"] for entry in record["documents"]}
    choices = [
        (
            [value for _, value in changes(record, step)]
            if "at" in step
            else [known[step["in"]]]
        )
        for step in steps
    ]
    for number in range(max(map(len, choices))):
        yield [choice[min(number, len(choice) - 1)] for choice in choices]


def accepted(
    schema: Any, value: Any, about: str, direct: bool, at: str | None = None
) -> None:
    """A valid value decodes and encodes to itself, and so do the objects in it: those
    on the way to what was changed, if it says where.

    `direct` is false where a union is tried branch by branch.
    """
    found = pairs(schema.violations(value))
    assert not found, f"{about}: valid, but found {found}"
    before = drift.mark
    decoded = schema.decode(value)
    doubted = direct and drift.mark is not before
    assert not doubted, f"{about}: is taken for invalid while it is decoded"
    assert text(schema.encode(decoded)) == text(value), f"{about}: encodes otherwise"
    assert text(gathered(decoded)) == text(value), f"{about}: fields hold otherwise"
    for place, instance in instances(decoded) if direct else ():
        if place and (at is None or f"{at}/".startswith(f"{place}/")):
            cls: Any = type(instance)
            before = drift.mark
            assert cls.from_dict(instance.to_dict()) == instance
            doubted = drift.mark is not before
            assert not doubted, f"{about}: {cls.__name__} is taken for invalid"
    if is_object(decoded):
        assert not sdk.violations_of(decoded), f"{about}: drifts though valid"
        same = dataclasses.replace(decoded)
        assert same == decoded, f"{about}: differs when it is constructed"
        assert text(same.to_dict()) == text(value), f"{about}: constructed, it differs"
        for field in dataclasses.fields(decoded):
            held = getattr(decoded, field.name)
            kept = not is_object(held) or getattr(same, field.name) is held
            assert kept, f"{about}: {field.name} is copied when it is constructed"
    else:
        assert sdk.violations_of(decoded) == []


def survives(schema: Any, value: Any, about: str) -> None:
    """A valid value stays the same through text, copies and its class."""
    decoded = schema.decode(value)
    written = json.loads(schema.to_json(decoded))
    assert text(written) == text(value), f"{about}: is written otherwise"
    again = schema.from_json(json.dumps(value))
    assert again == decoded, f"{about}: reads otherwise from text"
    assert pickle.loads(pickle.dumps(decoded)) == decoded, f"{about}: pickles otherwise"
    if is_object(decoded):
        cls: Any = type(decoded)
        assert cls.from_dict(value) == cls.from_json(json.dumps(value)) == decoded
        assert text(decoded.to_dict()) == text(value), f"{about}: to_dict differs"
        written = json.loads(decoded.to_json())
        assert text(written) == text(value), f"{about}: to_json differs"
    for place in list(containers(decoded)):
        if isinstance(place, list):
            place.extend(place[:1])
        else:
            place["no such name"] = next(iter(place.values()), None)
    written = text(schema.encode(decoded))
    assert written == text(gathered(decoded)), f"{about}: what is put in is not sent"


def rejected(
    schema: Any, value: Any, expected: list[list[str | None]], about: str
) -> None:
    """An invalid value is refused with all violations, and survives tolerantly."""
    found = pairs(schema.violations(value))
    assert agree(found, expected), f"{about}: expected {expected}, found {found}"
    with pytest.raises(sdk.ValidationError) as caught:
        schema.decode(value)
    raised = pairs(caught.value.violations)
    assert raised == found, f"{about}: raises {raised}, but violations are {found}"
    decoded = schema.decode(value, strict=False)
    again = schema.encode(decoded)
    assert text(again) == text(value), f"{about}: is lost in tolerant decoding"
    assert text(gathered(decoded)) == text(value), f"{about}: fields hold otherwise"


def owned(schema: Any, value: Any, case: dict[str, Any], about: str) -> None:
    """The objects on the way to what was changed say by themselves what is wrong.

    That is what is wrong with the whole, below their place, unless recorded otherwise.
    """
    at, expected = case["at"], case["violations"]
    if any(path is None for path, _ in expected):
        return
    for place, instance in instances(schema.decode(value, strict=False)):
        if not (at + "/").startswith(place + "/") and not place.startswith(at + "/"):
            continue
        told = [
            [path[len(place) :], keyword]
            for path, keyword in expected
            if (path + "/").startswith(place + "/")
        ]
        own = case.get("objects", {}).get(place, told)
        kept = pairs(sdk.violations_of(instance))
        name = type(instance).__name__
        same = agree(kept, own)
        assert same, f"{about}: {name} at {place!r} expected {own}, found {kept}"
        if own:
            with pytest.raises(sdk.ValidationError):
                type(instance).from_dict(instance.to_dict())


def drifts(schema: Any, value: Any, about: str) -> None:
    """Each object in a tolerantly decoded value refuses by itself what it drifted by."""
    for _, instance in instances(schema.decode(value, strict=False)):
        cls: Any = type(instance)
        data = instance.to_dict()
        assert text(json.loads(instance.to_json())) == text(data), about
        same = cls.from_dict(data, strict=False)
        assert same == instance, f"{about}: {cls.__name__}.from_dict differs"
        names = {field.metadata["name"] for field in dataclasses.fields(instance)}
        known = {name: value for name, value in data.items() if name in names}
        unknown = {name: value for name, value in data.items() if name not in names}
        alone = cls.from_dict(known, strict=False)._extra or {}
        kept = text(instance._extra or {})
        assert kept == text({**alone, **unknown}), f"{about}: keeps {kept} as unknown"
        if sdk.violations_of(instance):
            with pytest.raises(sdk.ValidationError):
                cls.from_dict(data)
        else:
            assert cls.from_dict(data) == instance, f"{about}: {cls.__name__} refuses"


def is_object(value: Any) -> bool:
    """Whether a decoded value is an object of a generated class."""
    return dataclasses.is_dataclass(value) and not isinstance(value, type)


@pytest.mark.parametrize(("file", "entry"), list(documents()))
def test_document(file: str, entry: dict[str, Any], golden: Any) -> None:
    """A document is decoded and encoded as recorded."""
    name = SCHEMAS[file]["schema"]
    schema, about = sdk.SCHEMAS[name], f"{name}: {entry['name']}"
    if violations := entry.get("violations"):
        rejected(schema, entry["value"], violations, about)
        drifts(schema, entry["value"], about)
    else:
        accepted(schema, entry["value"], about, SCHEMAS[file].get("direct", True))
        survives(schema, entry["value"], about)
    decoded = schema.decode(entry["value"], strict=False)
    for key, found in (
        ("repr", repr(decoded)),
        ("json", schema.to_json(decoded).decode()),
    ):
        same = golden.same(file, entry, key, found)
        assert same, f"{about}: {key} is\n{found}\nrecorded is\n{entry[key]}"


@pytest.mark.parametrize(("file", "case"), list(cases()))
def test_case(file: str, case: dict[str, Any]) -> None:
    """A change of a document is accepted, or refused for the reasons recorded."""
    record = SCHEMAS[file]
    schema = sdk.SCHEMAS[record["schema"]]
    for number, (shown, value) in enumerate(changes(record, case)):
        about = f"{record['schema']}: {shown}"
        if case["violations"]:
            rejected(schema, value, case["violations"], about)
            owned(schema, value, case, about)
            if not number:
                drifts(schema, value, about)
        else:
            accepted(schema, value, about, record.get("direct", True), case["at"])


@pytest.mark.parametrize("file", [f for f in SCHEMAS if "fields" in SCHEMAS[f]])
def test_fields(file: str) -> None:
    """Fields have the names and the metadata of the specification; each class refuses
    what is no object, and an empty one if it must."""
    record = SCHEMAS[file]
    schema, found = sdk.SCHEMAS[record["schema"]], {}
    for entry in record["documents"]:
        if not entry.get("violations"):
            for _, instance in instances(schema.decode(entry["value"])):
                found[type(instance).__name__] = type(instance)
    for name, fields in record["fields"].items():
        about, cls = f"{record['schema']}: {name}", found[name]
        shown = {
            field.name: {**field.metadata, **default(field)}
            for field in dataclasses.fields(cls)
        }
        assert text(shown) == text(fields), about
        assert_refuses(cls)
        for case in record["refused"][name]:
            with pytest.raises(sdk.ValidationError) as caught:
                cls.from_dict(case["value"])
            raised = pairs(caught.value.violations)
            expected = case["violations"]
            same = agree(raised, expected)
            assert same, f"{about}: {case['value']} expected {expected}, found {raised}"


@pytest.mark.parametrize("file", SCHEMAS)
def test_depth(file: str) -> None:
    """What is nested too deeply for the interpreter is a violation, never a crash."""
    record = SCHEMAS[file]
    schema = sdk.SCHEMAS[record["schema"]]
    assert schema.violations(NESTED)
    bases = {entry["name"]: entry["value"] for entry in record["documents"]}
    for name, pointer in record.get("nests", {}).items():
        value = bases[name]
        for _ in range(DEEP):
            value = edited(bases[name], pointer, value, False)
        assert_too_deep(lambda value=value: schema.decode(value))
        assert_too_deep(lambda value=value: schema.decode(value, strict=False))
        if is_object(decoded := schema.decode(bases[name])):
            cls: Any = type(decoded)
            assert_too_deep(lambda cls=cls, value=value: cls.from_dict(value))


def assert_too_deep(decode: Any) -> None:
    """The one violation is that of the depth."""
    with pytest.raises(sdk.ValidationError) as caught:
        decode()
    assert pairs(caught.value.violations) == [("", "depth")]


@pytest.mark.parametrize("file", [f for f in SCHEMAS if "facts" in SCHEMAS[f]])
def test_facts(file: str) -> None:
    """Members of an enumeration know what the specification tells of them."""
    record = SCHEMAS[file]
    for member, facts in record["facts"].items():
        decoded = sdk.SCHEMAS[record["schema"]].decode(member)
        for key, fact in facts.items():
            about = f"{record['schema']}: {member}.{key}"
            assert text(getattr(decoded, key)) == text(fact), about


@pytest.mark.parametrize("file", TABLES)
def test_tags(file: str) -> None:
    """A table holds exactly the tags of the specification, in its order."""
    record = TABLES[file]
    tags = [entry["name"] for entry in record["events"]]
    assert list(table(record["table"])) == tags
    assert table(record["table"]).tag == record["tag"]


def assert_repeats(events: Any, frame: dict[str, Any], about: str) -> None:
    """Frames that differ in a string from the one before, as in a stream; also with
    an unknown property, and with a wrong value, which is noticed every time."""
    for base in (frame, {**frame, "no such property": 1}):
        for key, value in frame.items():
            for more in ("", "x", "xy", "\u00e9\n") if isinstance(value, str) else ():
                other = base if key == events.tag else {**base, key: value + more}
                event = events.decode(json.dumps(other).encode())
                assert event == events.decode(other), f"{about}: {key} in a stream"
                assert text(json.loads(events.encode(event))) == text(other)
    assert_learns(events, frame, about)
    for key in frame.keys() - {events.tag}:
        wrong = json.dumps({**frame, key: True}).encode()
        if sdk.violations_of(events.decode(wrong)):
            noted = drifting(events, [wrong] * 4)
            assert len(noted) == 4, f"{about}: {key} is wrong, and noticed {noted}"
            break


def assert_learns(events: Any, frame: dict[str, Any], about: str) -> None:
    """A flat frame that differs in its last string is not parsed every time."""
    first, last, *_ = events._again.get(frame.get(events.tag), ("", ""))
    scalars = (str, int, type(None))
    flat = all(isinstance(value, scalars) for value in frame.values())
    flat = flat and events.decode(frame)._extra is None
    if flat and [name for name in frame if name in (first, last)] == [first, last]:
        events._templates = type(events._templates)(events._again)
        frames = [
            json.dumps({**frame, last: frame[last] + more})
            for more in ("", "x", "xy", "z")
        ]
        for other in frames[:3]:
            events.decode(other)
        assert events._templates._recent, f"{about}: every frame is parsed"
        parse, events._parse = events._parse, asks_too_much
        try:
            events.decode(frames[3])
            events.decode(frames[3].encode())
        finally:
            events._parse = parse


def asks_too_much(frame: Any) -> Any:
    """A parser for frames that need none."""
    raise AssertionError(f"parsed: {frame}")


def assert_keeps_numbers(events: Any, frame: dict[str, Any], about: str) -> None:
    """A number keeps all its digits wherever it stands, right or wrong."""
    pointers = (*places(frame), "/no such property")
    for place, number in itertools.product(pointers, (LONG, {"a": [LONG]})):
        other = edited(frame, place, number, False)
        event = events.decode(json.dumps(other).encode())
        assert event == events.decode(other), f"{about}: {place} is read otherwise"
        written = json.loads(events.encode(event))
        assert text(written) == text(other), f"{about}: {place} is written otherwise"


def places(value: Any, place: str = "") -> Iterator[str]:
    """The pointers of everything inside a JSON value."""
    pairs: Any = enumerate(value) if isinstance(value, list) else ()
    pairs = value.items() if isinstance(value, dict) else pairs
    for name, item in pairs:
        yield (inner := member(place, str(name)))
        yield from places(item, inner)


def drifting(events: Any, frames: list[bytes]) -> list[Any]:
    """The events that a dispatcher finds drifting."""
    noted: list[Any] = []
    dispatcher = events.dispatcher()
    dispatcher.on_drift(lambda event, violations: noted.append(event))
    for frame in frames:
        dispatcher.dispatch(frame)
    return noted


@pytest.mark.parametrize(("file", "entry"), list(events()))
def test_event(file: str, entry: dict[str, Any], golden: Any) -> None:
    """A frame becomes an object of the right class, and goes out as it came."""
    record = TABLES[file]
    events = table(record["table"])
    frame, about = entry["frame"], f"{record['table']}: {entry['name']}"
    event = events.decode(json.dumps(frame).encode())
    found = type(event).__name__
    same = golden.same(file, entry, "class", found)
    assert same, f"{about}: is a {found}, recorded is {entry['class']}"
    assert events[entry["name"]] is type(event), f"{about}: the table says otherwise"
    assert events.decode(json.dumps(frame)) == event == events.decode(frame)
    assert events.decode(frame, strict=True) == event
    written = json.loads(events.encode(event))
    assert text(written) == text(frame), f"{about}: is written otherwise"
    assert_repeats(events, frame, about)
    assert_keeps_numbers(events, frame, about)
    derived: Any = type("Derived", (type(event),), {})
    written = json.loads(events.encode(derived.from_dict(frame)))
    assert text(written) == text(
        frame
    ), f"{about}: a derived class is written otherwise"
    for key in frame.keys() - {record["tag"]}:
        part = {name: value for name, value in frame.items() if name != key}
        if sdk.violations_of(events.decode(part)):
            with pytest.raises(sdk.ValidationError):
                events.decode(part, strict=True)
    called: list[Any] = []
    dispatcher = events.dispatcher()
    dispatcher.on(type(event))(called.append)
    dispatcher.on(entry["name"].partition("/")[0])(called.append)
    dispatcher.on_any(called.append)
    for other in set(events.values()) - {type(event)}:
        dispatcher.on(other)(lambda event: called.append(None))
    dispatcher.on_unknown(lambda event: called.append(None))
    dispatcher.on_drift(lambda event, violations: called.append(None))
    dispatcher.dispatch(json.dumps(frame))
    assert called == [event] * 3, f"{about}: handlers got {called}"


@pytest.mark.parametrize("file", [name for name in TABLES if TABLES[name]["tag"]])
@pytest.mark.parametrize("tag", ["no.such.event", "", None, 1])
def test_unknown_event(file: str, tag: object) -> None:
    """An event that the table does not hold is kept as it came."""
    record = TABLES[file]
    frame = {record["tag"]: tag, "more": [1, None, LONG]}
    event = table(record["table"]).decode(json.dumps(frame))
    assert isinstance(event, sdk.UnknownEvent)
    assert event.type == tag
    assert json.loads(table(record["table"]).encode(event)) == frame
    for other in ("[]", "1", "null", "{", b"\xff"):
        with pytest.raises(ValueError):
            table(record["table"]).decode(other)
    called: list[Any] = []
    dispatcher = table(record["table"]).dispatcher()
    dispatcher.on_unknown(called.append)
    dispatcher.on_any(called.append)
    dispatcher.dispatch(frame)
    assert called == [event, event]
    with pytest.raises(sdk.ValidationError) as caught:
        table(record["table"]).decode(frame, strict=True)
    if record["table"] in sdk.SCHEMAS:
        found = sdk.SCHEMAS[record["table"]].violations(frame)
        assert pairs(caught.value.violations) == pairs(found)


@pytest.mark.parametrize(("file", "script"), list(scripts()))
def test_session(file: str, script: dict[str, Any]) -> None:
    """Events break a rule of the session exactly where they are said to."""
    for events in played(SESSIONS[file], script["events"]):
        observer = getattr(sdk, SESSIONS[file]["session"])()
        found = []
        for event in events:
            broken = {violation.keyword for violation in observer.observe(event)}
            found.append(script["rule"] in broken)
        about = f"{script['rule']}: {text(events)[:1000]}"
        assert found == script["broken"], about
