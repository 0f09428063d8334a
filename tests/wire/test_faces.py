"""What Python's own tools see in a package: help, inspection, dataclasses."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import inspect
import pickle
import pydoc
import subprocess
import sys
import typing
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.wire.packages import Built


def test_help_and_inspection_of_every_public_name(realtime: Built) -> None:
    package = realtime.sdk
    assert len(package.__all__) > 90
    assert package.__name__ in pydoc.render_doc(package)
    for name in package.__all__:
        value = getattr(package, name)
        assert len(pydoc.render_doc(value)) > 100, name
        inspect.getmembers(value)
        if isinstance(value, type):
            assert inspect.classify_class_attrs(value)
            assert pickle.loads(pickle.dumps(value)) is value
            assert copy.deepcopy(value) is value
            assert weakref.ref(value)() is value


def test_hints_of_every_public_method_resolve(realtime: Built) -> None:
    """What frameworks ask that call by annotations, of a class that has written an
    object and has methods of its own since as well."""
    assert realtime.sdk.SERVER_EVENTS.decode({"type": "error"}, strict=False).to_json()
    for name in realtime.sdk.__all__:
        value = getattr(realtime.sdk, name)
        members = inspect.getmembers(value) if isinstance(value, type) else []
        methods = [one for own, one in members if not own.startswith("_")]
        for method in [value, *methods]:
            said = getattr(method, "__annotations__", None)
            if inspect.isroutine(method) and said:
                assert typing.get_type_hints(method).keys() == said.keys()


def test_tables_are_keys(realtime: Built) -> None:
    table, other = realtime.sdk.SERVER_EVENTS, realtime.sdk.CLIENT_EVENTS
    assert {table: 1, other: 2}[table] == 1
    tag, cls = next(iter(table.items()))
    alike = table.with_classes([type(f"Own{cls.__name__}", (cls,), {})])
    assert alike != table
    assert len({table, alike, alike.with_classes([])}) == 2
    assert hash(alike) == hash(table)
    assert tag in alike


def test_modules_are_there_when_the_package_is(realtime: Built) -> None:
    """Checkers see `sdk.models` after `import sdk`, and so does a program."""
    name = realtime.sdk.__name__
    asked = "sdk.models.Voice, sdk.schemas.SCHEMAS, sdk.events.SERVER_EVENTS"
    done = subprocess.run(
        [sys.executable, "-c", f"import {name} as sdk; print({asked})"],
        cwd=Path(realtime.sdk.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "enum 'Voice'" in done.stdout


def test_constructors_are_documented_with_their_fields(realtime: Built) -> None:
    """What pdoc and Sphinx show of each class: they ask its `__init__`."""
    for cls in realtime.classes():
        if cls is not realtime.model:
            made = inspect.signature(cls.__init__).parameters
            assert [*made] == ["self", *cls.__slots__]
            assert "ValidationError" in (inspect.getdoc(cls.__init__) or "")


def test_every_class_is_a_dataclass_and_the_base_is_none(realtime: Built) -> None:
    base: Any = realtime.model
    classes = realtime.classes()
    assert len(classes) > 60
    for cls in classes:
        assert cls.__dataclass_params__.frozen
        assert list(inspect.signature(cls).parameters) == [
            field.name for field in dataclasses.fields(cls)
        ]
        assert dataclasses.is_dataclass(cls)
        # Some tools look at the class, others at the function.
        made = inspect.signature(cls.__init__)
        assert list(made.parameters.values())[1:] == list(
            inspect.signature(cls).parameters.values()
        )
        assert inspect.getmodule(cls.__init__).__name__ == cls.__module__

    class Apart(base):  # type: ignore[misc]
        """Derived from the base alone."""

        number: int = 1

    for cls in (base, Apart):
        assert not dataclasses.is_dataclass(cls)
        assert not hasattr(cls, "__dataclass_params__")
        assert pydoc.render_doc(cls)
        assert dict(inspect.getmembers(cls))["to_dict"]
        assert list(inspect.signature(cls).parameters) == ["given", "_extra", "fields"]
        with pytest.raises(TypeError, match=f"{cls.__name__} is not a generated class"):
            cls()
        with pytest.raises(TypeError, match="must be called with a dataclass"):
            dataclasses.fields(cls)


def test_mappings_say_how_much_they_hold(realtime: Built) -> None:
    package = realtime.sdk
    count = len(package.SCHEMAS)
    assert repr(package.SCHEMAS) == f"<Schemas: {count} schemas>"


class Printer:
    """Stands in for that of IPython, on lines that are too short for anything."""

    def __init__(self) -> None:
        self.told, self.inner = "", ""

    @contextlib.contextmanager
    def group(self, indent: int, begin: str, end: str) -> Iterator[None]:
        self.told, outer = self.told + begin, self.inner
        self.inner += " " * indent
        yield
        self.told, self.inner = self.told + end, outer

    def text(self, text: str) -> None:
        self.told += text

    def breakable(self, _instead: str) -> None:
        self.told += f"\n{self.inner}"

    def pretty(self, value: Any) -> None:
        lay_out = getattr(value, "_repr_pretty_", None)
        if lay_out is None:
            self.text(repr(value))
        else:
            lay_out(self, False)


def test_tools_lay_objects_out_as_they_show_themselves(realtime: Built) -> None:
    """Rich and IPython, which ask objects for their parts."""
    package = realtime.sdk

    class Noted(package.RealtimeSession):  # type: ignore[misc, name-defined]
        """A user's own."""

        note: str = ""

    detection = package.RealtimeSessionTurnDetection(threshold=0.5)
    made = Noted(voice=package.Voice.SAGE, turn_detection=detection, note="n")
    more = package.with_extra(made, {"mood": 3})
    parts = list(more.__rich_repr__())
    assert dict(parts)["turn_detection"] is detection
    assert dict(parts)["_extra"] == {"mood": 3}
    shown = ", ".join(f"{name}={value!r}" for name, value in parts)
    assert repr(more) == f"{Noted.__qualname__}({shown})"
    assert not list(package.RealtimeSession().__rich_repr__())
    lacking = package.SERVER_EVENTS.decode({"type": "error"})
    assert package.violations_of(lacking)
    assert "_extra" not in repr(lacking)
    printer = Printer()
    printer.pretty(more)
    assert printer.told == f"""\
{Noted.__qualname__}(
    voice=<Voice.SAGE: 'sage'>,
    turn_detection=RealtimeSessionTurnDetection(
        threshold=0.5),
    note='n',
    _extra={{'mood': 3}})"""


def test_subclasses_with_the_decorator_of_dataclasses(realtime: Built) -> None:
    package = realtime.sdk

    @dataclasses.dataclass(frozen=True)
    class Mine(package.RealtimeSession):  # type: ignore[misc, name-defined]
        """A user's own."""

        def loud(self) -> str:
            return str(self.voice.upper())

    mine = Mine(voice=package.Voice.SAGE)
    assert mine.loud() == "SAGE"
    assert pydoc.render_doc(Mine)
    assert mine.to_dict() == {"voice": "sage"}
    assert mine == Mine.from_dict({"voice": "sage"}) != Mine(voice=package.Voice.ASH)
    assert len({mine, copy.deepcopy(mine), dataclasses.replace(mine)}) == 1
    more = Mine.from_dict({"voice": "ash", "more": 1}, strict=False)
    replaced = dataclasses.replace(more, temperature=0.7)
    assert replaced.to_dict() == {"voice": "ash", "more": 1, "temperature": 0.7}
    with pytest.raises(package.ValidationError, match="voice"):
        Mine(voice="nobody")
    with pytest.raises(dataclasses.FrozenInstanceError):
        mine.voice = package.Voice.ASH

    class Open(package.RealtimeSession):  # type: ignore[misc, name-defined]
        """To be decorated as what it cannot be."""

    with pytest.raises(TypeError, match="frozen"):
        dataclasses.dataclass(Open)


def test_objects_are_copied_and_pickled(realtime: Built) -> None:
    package = realtime.sdk
    session = package.RealtimeSession(
        voice=package.Voice.SAGE,
        turn_detection=None,
        tools=[{"type": "function", "name": "f"}],
    )
    for other in (copy.copy(session), copy.deepcopy(session)):
        assert other == session
        assert type(other) is type(session)
        assert other.to_json() == session.to_json()
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(session, protocol))
        assert again == session
        assert again.to_json() == session.to_json()
    assert pydoc.render_doc(session)
