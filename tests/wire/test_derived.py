"""Classes that users derive from generated ones: like any other, or refused at once."""

from __future__ import annotations

import copy
import dataclasses
import functools
import gc
import inspect
import json
import pickle
import sys
import types
import weakref
from abc import ABCMeta, abstractmethod
from collections.abc import Iterable
from importlib import import_module
from typing import Any, ClassVar, get_type_hints

import pytest

from tests.wire.packages import Built

FRAME = {"type": "session.updated", "event_id": "e", "session": {"voice": "sage"}}


@pytest.fixture(scope="module")
def sdk(realtime: Built) -> Any:
    return realtime.sdk


def picklable(cls: type) -> type:
    """The class, to be found where its objects are unpickled."""
    cls.__qualname__ = cls.__name__
    setattr(sys.modules[__name__], cls.__name__, cls)
    return cls


@pytest.fixture(scope="module")
def derived(sdk: Any) -> list[tuple[type, dict[str, Any]]]:
    """Classes of every kind that works, with what their constructors take beside the
    fields."""

    class Plain:
        """A mixin like any other."""

        def loud(self) -> str:
            return str(self.voice.upper())  # type: ignore[attr-defined]

    class Before(Plain, sdk.RealtimeSession):  # type: ignore[misc, name-defined]
        """The mixin stands before."""

    class Behind(sdk.RealtimeSession, Plain):  # type: ignore[misc, name-defined]
        """The mixin stands behind."""

    class Slotted(sdk.RealtimeSession):  # type: ignore[misc, name-defined]
        """No dict, and so the layout of what it derives from."""

        __slots__ = ()
        loud = Plain.loud

    class Noted(sdk.RealtimeSession):  # type: ignore[misc, name-defined]
        """Attributes of its own."""

        KNOWN: ClassVar[int] = 3
        note: str = ""
        seen: list[str] = dataclasses.field(default_factory=list)

        @functools.cached_property
        def shouted(self) -> str:
            return str(self.voice.upper())

        def loud(self) -> str:
            return self.shouted

    class Further(Noted):
        """One more attribute."""

        count: int = 0

    @dataclasses.dataclass(frozen=True)
    class Decorated(sdk.RealtimeSession):  # type: ignore[misc, name-defined]
        """What `dataclass` makes of it."""

        note: str = ""
        seen: list[str] = dataclasses.field(default_factory=list)
        loud = Plain.loud

    own = {"note": "n", "seen": ["a"]}
    found: list[tuple[type, dict[str, Any]]] = [
        (Before, {}),
        (Behind, {}),
        (Slotted, {}),
        (Noted, own),
        (Further, {**own, "count": 2}),
        (Decorated, own),
    ]
    return [(picklable(cls), given) for cls, given in found]


def test_they_are_made_decoded_and_encoded(sdk: Any, derived: Any) -> None:
    for cls, own in derived:
        made = cls(voice="sage", **own)
        assert (made.loud(), made.voice) == ("SAGE", sdk.Voice.SAGE)
        assert made.to_dict() == {"voice": "sage"}, "what is a user's own is not sent"
        came = cls.from_dict({"voice": "ash", "more": [1]})
        assert type(came) is cls
        assert came.to_dict() == {"voice": "ash", "more": [1]}
        assert came.loud() == "ASH"
        for name, value in own.items():
            assert getattr(made, name) == value
            assert getattr(came, name) == type(value)(), "its default"
        with pytest.raises(sdk.ValidationError, match="voice"):
            cls(voice="nobody", **own)
        with pytest.raises(TypeError, match="unexpected keyword"):
            cls(voice="sage", nope=1)
        with pytest.raises(dataclasses.FrozenInstanceError):
            made.voice = None
        event = sdk.RealtimeServerEventSessionUpdated(event_id="e", session=made)
        assert json.loads(sdk.SERVER_EVENTS.encode(event)) == FRAME
        assert event.session is made


def test_they_are_copied_compared_and_pickled(derived: Any) -> None:
    for cls, own in derived:
        made = cls(voice="sage", **own)
        made.loud()
        again = [copy.copy(made), copy.deepcopy(made), dataclasses.replace(made)]
        protocols = range(pickle.HIGHEST_PROTOCOL + 1)
        again += [pickle.loads(pickle.dumps(made, number)) for number in protocols]
        for other in again:
            assert type(other) is cls
            assert other == made
            assert repr(other) == repr(made)
            assert other.to_json() == made.to_json()
        if own:
            assert again[1].seen is not made.seen
            assert cls(voice="sage") != made
            assert dataclasses.replace(made, note="m").note == "m"
            assert dataclasses.asdict(made)["note"] == "n"
        assert list(inspect.signature(cls).parameters)[-len(own) or None :] == [
            *(own or inspect.signature(cls).parameters)
        ]


def test_deep_copies_keep_them_inside_others(sdk: Any, derived: Any) -> None:
    class Event(sdk.RealtimeServerEventSessionUpdated):  # type: ignore[misc, name-defined]
        marks: list[str] = dataclasses.field(default_factory=list)

    class Tool(sdk.FunctionTool):  # type: ignore[misc, name-defined]
        note: str = ""

    tool = Tool(name="f", note="n")
    for cls, own in derived:
        session = cls(voice="sage", tools=[], **own)
        session.tools.append(tool)
        event = Event(event_id="e", session=session, marks=["m"])
        again = copy.deepcopy(event)
        assert (again, repr(again)) == (event, repr(event))
        assert type(again.session) is cls
        assert type(again.session.tools[0]) is Tool
        assert again.session.tools[0] is not tool
        again.session.tools.append(Tool(name="g"))
        again.marks.append("k")
        sent = again.to_dict()["session"]["tools"]
        assert [each["name"] for each in sent] == ["f", "g"]
        assert (len(event.session.tools), event.marks) == (1, ["m"])
        for name in own:
            assert getattr(again.session, name) == getattr(session, name)
    free = sdk.FunctionTool(name="h", parameters={})
    free.parameters["a"] = [tool]
    again = copy.deepcopy(free)
    assert again == free, "where the specification knows no class"
    assert again.parameters["a"][0] is not tool


def test_a_class_that_is_made_first_and_filled_then(sdk: Any) -> None:
    """As pickles by value make it, in which classes of notebooks travel."""
    written = sdk.RealtimeSession

    class Noted(written):  # type: ignore[misc, valid-type]
        note: str = ""

        def __post_init__(self) -> None:
            object.__setattr__(self, "note", self.note or "none")

    @dataclasses.dataclass(frozen=True)
    class Decorated(written):  # type: ignore[misc, valid-type]
        note: str = "none"
        seen: list[str] = dataclasses.field(default_factory=list)

    for cls in (Noted, Decorated):
        made = types.new_class(cls.__name__, (written,))
        for name, value in vars(cls).items():
            if name not in ("__dict__", "__weakref__", "_abc_impl"):
                setattr(made, name, value)
        assert made(voice="sage", note="n") != made(voice="sage", note="m")
        assert repr(made.from_dict({"voice": "ash"})).count("note='none'") == 1
        assert copy.deepcopy(made(note="n")).note == "n"


def test_what_is_said_of_an_attribute_with_field(sdk: Any) -> None:
    field = dataclasses.field

    class Said(sdk.RealtimeSession):  # type: ignore[misc, name-defined]
        """Each option of `field` that has a meaning here."""

        _: dataclasses.KW_ONLY
        secret: str = field(default="s", repr=False)
        seen: int = field(default=0, compare=False, metadata={"why": "a count"})
        many: list[int] = field(default_factory=list, hash=False)
        own: str = field(default="kept", init=False)

    picklable(Said)
    made = Said(voice="sage", secret="t", seen=2)
    assert repr(made) == f"Said(voice={sdk.Voice.SAGE!r}, seen=2, many=[], own='kept')"
    assert (
        dataclasses.replace(made, seen=3)
        == made
        != dataclasses.replace(made, secret="u")
    )
    assert hash(dataclasses.replace(made, seen=3)) == hash(made)
    assert dataclasses.fields(Said)[-3].metadata == {"why": "a count"}
    *_, secret, seen, many = inspect.signature(Said).parameters.values()
    assert (secret.default, seen.default, many.default) == ("s", 0, ...)
    assert pickle.loads(pickle.dumps(made)).secret == "t"
    with pytest.raises(TypeError, match="unexpected keyword argument 'own'"):
        Said(own="given")


def test_what_is_done_after_an_object_is_made(sdk: Any) -> None:
    base, done = sdk.RealtimeSession, []

    class Mixin:
        """It is called wherever it stands before the generated class."""

        def __post_init__(self) -> None:
            done.append(self.voice.upper())  # type: ignore[attr-defined]

    class Plain(Mixin, base):  # type: ignore[misc, valid-type]
        __slots__ = ()

    class Further(base):  # type: ignore[misc, valid-type]
        loud: str = dataclasses.field(default="", init=False)

        def __post_init__(self) -> None:
            super().__post_init__()
            object.__setattr__(self, "loud", self.voice.upper())
            done.append(self.loud)

    class Below(Further):
        """It has that of the other."""

    @dataclasses.dataclass(frozen=True)
    class Decorated(base):  # type: ignore[misc, valid-type]
        note: str = ""

        def __post_init__(self) -> None:
            done.append(self.voice.upper())

    for cls in (Plain, Further, Below, Decorated):
        done.clear()
        made = cls(voice="sage")
        came = cls.from_dict({"voice": "ash", "more": 1})
        assert came.to_dict() == {"voice": "ash", "more": 1}
        dataclasses.replace(came, voice="echo")
        sdk.with_extra(made, {"a": 1})
        assert done[:4] == ["SAGE", "ASH", "ECHO", "SAGE"], cls
        done.clear()
        assert copy.copy(made) == copy.deepcopy(made) == made
        assert done == [], "a copy is as complete as what it was made of"
        with pytest.raises(sdk.ValidationError, match="voice"):
            cls(voice="nobody")
        assert done == []

    class Event(Mixin, sdk.RealtimeServerEventSessionUpdated):  # type: ignore[misc, name-defined]
        voice = "of an event"

    table = sdk.SERVER_EVENTS.with_classes([Event])
    assert [table.decode(json.dumps(FRAME)) for _ in range(2)]
    assert done == ["OF AN EVENT"] * 2


def test_a_class_below_a_decorated_one(sdk: Any) -> None:
    @dataclasses.dataclass(frozen=True)
    class Decorated(sdk.RealtimeSession):  # type: ignore[misc, name-defined]
        note: str = ""

    class Below(Decorated):
        more: int = 0

    made = Below(voice="sage", note="n", more=1)
    assert (made.note, made.more, made.to_dict()) == ("n", 1, {"voice": "sage"})
    assert dataclasses.replace(made, more=2) != made == dataclasses.replace(made)
    assert repr(made).endswith("note='n', more=1)")
    names = [field.name for field in dataclasses.fields(Below)]
    assert [*inspect.signature(Below).parameters] == names
    assert names[-2:] == ["note", "more"]


def test_weak_references(sdk: Any, derived: Any) -> None:
    for cls in [sdk.RealtimeSession, *(cls for cls, _ in derived)]:
        made = cls(voice="sage")
        there = weakref.ref(made)
        assert there() is made
        del made
        gc.collect(0)
        assert there() is None
    event = sdk.SERVER_EVENTS.decode({"type": "no.such"})
    table, schema = sdk.SERVER_EVENTS, sdk.SCHEMAS["RealtimeSession"]
    for made in (event, table, table.dispatcher(), schema):
        assert weakref.ref(made)() is made


def test_everything_else_is_pickled_by_every_protocol(sdk: Any) -> None:
    with pytest.raises(sdk.ValidationError) as caught:
        sdk.RealtimeSession(voice="nobody", temperature=3)
    values = [
        *caught.value.violations,
        sdk.SERVER_EVENTS.decode({"type": "no.such", "x": [1]}),
        sdk.SERVER_EVENTS.decode(FRAME),
        sdk.Voice.SAGE,
        sdk.UNSET,
    ]
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        for value in values:
            again = pickle.loads(pickle.dumps(value, protocol))
            assert (again, type(again)) == (value, type(value))
        error = pickle.loads(pickle.dumps(caught.value, protocol))
        assert (str(error), error.violations) == (
            str(caught.value),
            caught.value.violations,
        )


def test_schemas_and_tables_are_copied_and_pickled(sdk: Any) -> None:
    class Mine(sdk.RealtimeServerEventSessionUpdated):  # type: ignore[misc, name-defined]
        """A user's own."""

    mine = sdk.SERVER_EVENTS.with_classes([picklable(Mine)])
    schema = sdk.SCHEMAS["RealtimeServerEventSessionUpdated"]
    for table in (sdk.SERVER_EVENTS, mine):
        for again in (copy.copy(table), pickle.loads(pickle.dumps(table))):
            assert dict(again) == dict(table)
            assert again.decode(FRAME) == table.decode(FRAME)
    for again in (copy.deepcopy(schema), pickle.loads(pickle.dumps(schema))):
        assert again.decode(FRAME) == schema.decode(FRAME)
        assert (again.name, again.is_valid(FRAME)) == (schema.name, True)
    schemas = pickle.loads(pickle.dumps(sdk.SCHEMAS))
    assert list(schemas) == list(sdk.SCHEMAS)
    assert schemas[schema.name].is_valid(FRAME)


def test_what_cannot_work_is_refused_when_the_class_is_made(sdk: Any) -> None:
    base, other = sdk.RealtimeSession, sdk.RealtimeResponse
    plain = dataclasses.make_dataclass("Point", [("x", int, 0)])
    namespaces: list[tuple[tuple[type, ...], dict[str, Any], str]] = [
        ((base,), {"__annotations__": {"note": "str"}}, "note: needs a default"),
        ((base,), {"__annotations__": {"a": "InitVar[int]"}, "a": 1}, "InitVar"),
        ((base,), {"__annotations__": {"a": "list[int]"}, "a": []}, "default_factory"),
        ((base,), {"__annotations__": {"a": "str"}, "a": property(str)}, "no default"),
        (
            (base,),
            {"__annotations__": {"a": "str"}, "a": functools.cached_property(str)},
            "a: a cached_property is no default: leave out the annotation",
        ),
        ((base,), {"__annotations__": {"voice": "str"}}, "voice: is a field of Real"),
        ((base,), {"voice": "sage"}, "voice: that of Made would hide the field"),
        ((base,), {"_extra": 1}, "_extra: generated classes keep something"),
        ((base,), {"_show": repr}, "_show: generated classes keep something"),
        ((type("P", (), {"_kept": 1}), base), {}, "_kept: generated classes keep"),
        (
            (base,),
            {"__annotations__": {"to_dict": "int"}, "to_dict": 1},
            "to_dict: would hide the method of RealtimeSession",
        ),
        ((base, other), {}, "RealtimeSession and RealtimeResponse, but an object has"),
        ((plain, base), {}, "Point is a dataclass, and its constructor knows no field"),
        ((type("P", (), {"__slots__": "p"}), base), {}, "P and RealtimeSession, which"),
        ((base, dict), {}, "from dict and RealtimeSession, which both say how"),
        (
            (base,),
            {"__slots__": ("at",), "__annotations__": {"at": "int"}},
            "a slot has none: leave it out of `__slots__`",
        ),
    ]
    for bases, namespace, message in namespaces:
        with pytest.raises(TypeError, match=message):
            types.new_class("Made", bases, {}, lambda body, n=namespace: body.update(n))  # type: ignore[misc]
    with pytest.raises(TypeError, match="leave out `slots=True`"):

        @dataclasses.dataclass(frozen=True, slots=True)
        class Slots(base):  # type: ignore[misc, valid-type]
            note: str = ""


def test_an_abstract_mixin(sdk: Any) -> None:
    class Meta(type(sdk.RealtimeSession)):  # type: ignore[misc]
        """A user's own metaclass."""

    class Abstract(metaclass=ABCMeta):
        """An abstract mixin."""

        @abstractmethod
        def to_json(self) -> bytes:
            """What the other base has."""

        @abstractmethod
        def loud(self) -> str:
            """What it has not."""

    class Both(Abstract, sdk.RealtimeSession):  # type: ignore[misc, name-defined]
        """It is abstract still."""

        to_json = sdk.RealtimeSession.to_json

    class Whole(Both, Iterable[str], metaclass=Meta):
        """It has everything."""

        def loud(self) -> str:
            return str(self.voice).upper()

        def __iter__(self) -> Any:
            return iter([self.loud()])

    with pytest.raises(TypeError, match=r"abstract .*loud"):
        Both(voice="sage")
    made = Whole(voice="sage")
    assert ([*made], made.to_dict()) == (["SAGE"], {"voice": "sage"})
    assert isinstance(made, Abstract)
    assert not isinstance(sdk.RealtimeSession(), Abstract)
    assert type(Whole.from_dict({"voice": "ash"})) is Whole


def test_options_of_a_class_statement_reach_the_mixin(sdk: Any) -> None:
    class Named:
        """A mixin with an option."""

        def __init_subclass__(cls, *, label: str, **options: Any) -> None:
            super().__init_subclass__(**options)
            cls.label = label  # type: ignore[attr-defined]

    class Labelled(Named, sdk.RealtimeSession, label="l"):  # type: ignore[misc, name-defined]
        """With it."""

    assert Labelled().label == "l"  # type: ignore[attr-defined]


def test_annotations_that_are_not_evaluated_yet(
    sdk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.14 keeps them in a function and gives them as text on request."""
    module = import_module(f"{sdk.__name__}._runtime.derived")
    lib: Any = types.ModuleType("annotationlib")
    lib.Format = types.SimpleNamespace(STRING="as text")
    lib.get_annotations = lambda cls, *, format: cls.__dict__.get("later", {})
    monkeypatch.setitem(sys.modules, "annotationlib", lib)
    fake = types.SimpleNamespace(version_info=(3, 14))
    monkeypatch.setattr(module, "sys", fake)

    class Late(sdk.RealtimeSession):  # type: ignore[misc, name-defined]
        """As if made without the future import."""

        later: ClassVar = {"note": "NotDefinedYet", "KIND": "ClassVar[int]"}
        note = "n"
        KIND = 1

    assert Late(note="m").note == "m"
    with pytest.raises(TypeError, match="unexpected keyword"):
        Late(KIND=2)


def test_constructors_tell_of_own_attributes(sdk: Any) -> None:
    class Session(sdk.RealtimeSession):  # type: ignore[misc, name-defined]
        """With an attribute, whose annotation means something here."""

        seen: Iterable[str] = ()

    class Below(Session):
        """Without one of its own."""

    for cls in (Session, Below):
        _, *made = inspect.signature(cls.__init__).parameters
        assert made == [*sdk.RealtimeSession.__slots__, "seen"]
        types = get_type_hints(cls.__init__)
        assert [*types] == [*made, "return"]
        assert types["seen"] == Iterable[str]
        assert types["voice"] == sdk.Voice | None
    assert "seen" not in get_type_hints(sdk.RealtimeSession.__init__)


def test_a_constructor_of_the_users_own_is_shown(sdk: Any) -> None:
    class Quick(sdk.RealtimeSession):  # type: ignore[misc, name-defined]
        """Positional, for once."""

        def __init__(self, voice: str) -> None:
            super().__init__(voice=voice)

    assert Quick("sage").to_dict() == {"voice": "sage"}
    assert list(inspect.signature(Quick).parameters) == ["voice"]
    assert type(Quick.from_dict({"voice": "ash"})) is Quick


def test_tables_make_classes_of_a_users_own(sdk: Any) -> None:
    class Updated(sdk.RealtimeServerEventSessionUpdated):  # type: ignore[misc, name-defined]
        """With a method and an attribute."""

        seen: bool = False

        def voice(self) -> Any:
            return self.session.voice

    class Delta(sdk.RealtimeServerEventResponseTextDelta):  # type: ignore[misc, name-defined]
        """Of the same layout."""

        __slots__ = ()

    updated = sdk.RealtimeServerEventSessionUpdated
    given: list[Any] = [
        {updated: Updated, "response.text.delta": Delta},
        {Updated, Delta},
        [Delta, Updated],
    ]
    delta = {
        "type": "response.text.delta",
        "event_id": "e",
        "response_id": "r",
        "item_id": "i",
        "output_index": 0,
        "content_index": 0,
        "delta": "d",
    }
    for classes in given:
        table = sdk.SERVER_EVENTS.with_classes(classes)
        assert table["session.updated"] is Updated
        for strict in (False, True):
            event = table.decode(json.dumps(FRAME), strict=strict)
            assert (type(event), event.voice()) == (Updated, sdk.Voice.SAGE)
            assert json.loads(table.encode(event)) == FRAME
        for number in range(4):  # Frames that repeat are copied, elsewhere.
            frame = json.dumps({**delta, "delta": f"d{number}"})
            event = table.decode(frame)
            assert (type(event), event.delta) == (Delta, f"d{number}")
        assert isinstance(table.decode({"type": "no.such"}), sdk.UnknownEvent)
        assert type(table.decode({"type": "error"})) is sdk.RealtimeServerEventError
    assert type(sdk.SERVER_EVENTS.decode(FRAME)) is updated
    again = table.with_classes({updated: updated})
    assert type(again.decode(FRAME)) is updated


def test_classes_that_a_table_has_no_place_for(sdk: Any) -> None:
    updated = sdk.RealtimeServerEventSessionUpdated

    class First(updated):  # type: ignore[misc, valid-type]
        """One."""

    class Second(updated):  # type: ignore[misc, valid-type]
        """Another."""

    for classes, error, message in [
        ({sdk.RealtimeSession: First}, KeyError, "RealtimeSession is no event of"),
        ({"no.such": First}, KeyError, "no event of SERVER_EVENTS"),
        ({"error": First}, TypeError, "First is not derived from RealtimeServer"),
        ([First, 3], TypeError, "3 is not derived from a class of "),
        ([First, Second], TypeError, "First and Second: SERVER_EVENTS makes one"),
    ]:
        with pytest.raises(error, match=message):
            sdk.SERVER_EVENTS.with_classes(classes)


def test_only_events_of_a_table_are_encoded(sdk: Any) -> None:
    cancel = sdk.RealtimeClientEventResponseCancel()
    with pytest.raises(TypeError, match="Cancel is no event of SERVER_EVENTS"):
        sdk.SERVER_EVENTS.encode(cancel)
    with pytest.raises(TypeError, match="RealtimeSession is no event of CLIENT"):
        sdk.CLIENT_EVENTS.encode(sdk.RealtimeSession())
    assert json.loads(sdk.CLIENT_EVENTS.encode(cancel)) == {"type": "response.cancel"}


def test_objects_of_a_users_own_in_a_list_are_sent_by_their_properties(
    sdk: Any,
) -> None:
    """Also those that `dataclasses` has made, which orjson would write by itself."""

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Noted(sdk.FunctionTool):  # type: ignore[misc, name-defined]
        note: str = "kept here"

    @dataclasses.dataclass
    class Foreign:
        name: str = "f"

    update = sdk.RealtimeClientEventSessionUpdate(session=sdk.RealtimeSession(tools=[]))
    update.session.tools.append(Noted(name="f"))
    (sent,) = update.to_dict()["session"]["tools"]
    assert sent == {"type": "function", "name": "f"}
    for frame in (update.to_json(), sdk.CLIENT_EVENTS.encode(update)):
        assert json.loads(frame) == update.to_dict()
    update.session.tools.append(Foreign())
    for send in (update.to_dict, update.to_json):
        with pytest.raises(TypeError, match="Foreign has no JSON form"):
            send()
