"""Events by a native codec, where one is installed that reads the package's tables.

`wirewright_native` is one codec for all packages. It is given the tables in `_native`
when an event table or `is_valid` is first used, and decodes, encodes and judges what
it can vouch for; all else it hands to the Python codec, so both give the same. It is
never required: without it, with one of another version, or where its import fails,
Python decodes. `status` says which codec it is; a package shows that as `__codec__`.

If the environment variable `WIREWRIGHT_NATIVE` is `0`, it is not looked for.
"""

# What is inside of the tables, and of a module that may not be there, has no type.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from ._depth import roomy
from .registry import MODELS, UNSET, drift, is_own

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Final, TypeVar

    F = TypeVar("F", bound=Callable[..., Any])

TABLES: Final = 4
"""The version of the tables. Whatever changes what they mean changes it."""

_PACKAGE = MODELS.rpartition(".")[0]


class _State:
    """What became of looking for a native codec: nothing yet, a codec, or why not."""

    __slots__ = ("codec", "why")

    def __init__(self) -> None:
        self.codec: Any = None
        self.why = ""


_STATE = _State()


class _Accelerated:
    """A method of event tables that a native codec can take the place of. Which it is
    is settled when a table is first asked for it, and the table keeps that."""

    __slots__ = ("_function", "_name")

    def __init__(self, function: Any) -> None:
        self._function = function

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, table: Any, owner: type) -> Any:
        if table is None:
            return self._function
        closed = getattr(table, f"_closed_{self._name}", None)
        python = self._function.__get__(table) if closed is None else closed()
        own = all(map(_is_generated, table._made))
        found = _native(table.name, self._name, python) if own else python
        if getattr(owner, self._name) is self._function:  # And not a user's own.
            table.__dict__[self._name] = found
        return found


def _is_generated(cls: Any) -> bool:
    """Whether an event is of a class of the package, and none that a user derived."""
    return isinstance(cls, str) or is_own(cls)


def accelerated(function: F) -> F:
    """A decorator for a method that a native codec can take the place of."""
    made: Any = _Accelerated(function)
    method: F = made  # What it gives.
    return method


_MAKERS: Final = {"decode": "decoder", "encode": "encoder", "judge": "validator"}


def _native(name: str, method: str, python: Callable[..., Any]) -> Callable[..., Any]:
    """What decodes or encodes for an event table, or judges for a schema: native code,
    which hands to `python` what it has no answer for; or `python`, if there is none."""
    _look()
    codec: Any = _STATE.codec
    if codec is None:
        return python
    try:
        make = getattr(codec, _MAKERS[method])
        found: Callable[..., Any] | None = make(name, python)
    except Exception as error:  # noqa: BLE001 - Python can do all that it does
        _STATE.codec = None
        _STATE.why = f"{type(error).__name__}: {error}"
        return python
    return found or python


def native_check(symbol: str, python: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """What says whether values meet a schema, natively as above where there is a codec
    that can."""
    _look()
    if not hasattr(_STATE.codec, "validator"):
        return python
    return _native(symbol, "judge", python)


def native_writer(cls: type, python: Callable[..., Any]) -> Callable[..., Any] | None:
    """What writes the events of a class natively, as its event table does; None where
    there is no native codec, or no table has the class. `python` is as above."""
    _look()
    if _STATE.codec is None or not is_own(cls):
        return None
    from importlib import import_module

    tables: Any = import_module(f"{_PACKAGE}.events").EVENTS
    for table in tables.values():
        if any(own is cls or own == cls.__name__ for own in table._classes.values()):
            found = _native(table.name, "encode", python)
            return None if found is python else found
    return None


def status() -> str:
    """Which codec decodes the events of this package, and why if it is not native."""
    _look()
    if _STATE.codec is None:
        return f"python ({_STATE.why})"
    from importlib import import_module

    tables = import_module(f"{_PACKAGE}._native")
    found = map(read_table, (tables.CLASSES, tables.NODES))
    return f"native ({_STATE.why}{left_to_python(*found)})"


def read_table(table: Mapping[str, str]) -> dict[str, Any]:
    """A table of nodes, which are texts of JSON, as data; lists are tuples in it."""
    from json import loads

    return {name: _with_tuples(loads(node)) for name, node in table.items()}


def _with_tuples(node: Any) -> Any:
    # There are thousands of parts, and most are texts.
    if isinstance(node, dict):
        for name, part in node.items():
            if not isinstance(part, str):
                node[name] = _with_tuples(part)
        return node
    return tuple(map(_with_tuples, node)) if isinstance(node, list) else node


def left_to_python(*tables: Any) -> str:
    """What the tables leave to Python, in words; empty if they leave nothing."""
    names: dict[str, None] = {}
    pending = [*tables]
    while pending:
        part = pending.pop(0)
        if isinstance(part, dict):
            name = part.get("python")
            if isinstance(name, str):
                names[name.removeprefix("decode_")] = None
            pending += part.values()
        elif isinstance(part, tuple):
            pending += part
    if not names:
        return ""
    few = ", ".join(sorted(names)[:5])
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"; Python decodes {few}{more}"


def _look() -> None:
    if not _STATE.why:
        try:
            _STATE.codec, _STATE.why = roomy(_find_codec)
        except Exception as error:  # noqa: BLE001 - Python can do all that it does
            _STATE.why = f"{type(error).__name__}: {error}"


def _find_codec() -> tuple[Any, str]:
    """A native codec with the tables of this package, or None; what to say of it."""
    from importlib import import_module
    from os import environ

    if environ.get("WIREWRIGHT_NATIVE") == "0":
        return None, "WIREWRIGHT_NATIVE is 0"
    try:
        native = import_module("wirewright_native")
    except ModuleNotFoundError as error:
        if error.name != "wirewright_native":
            raise  # It is there, and something of it is not.
        return None, "wirewright-native is not installed"
    version = native.__version__
    if TABLES not in native.TABLES:
        return None, f"wirewright-native {version} reads no tables of version {TABLES}"
    tables = import_module(f"{_PACKAGE}._native")
    if tables.VERSION != TABLES:
        return None, f"the tables are of version {tables.VERSION}"
    given = tuple(map(read_table, (tables.EVENTS, tables.CLASSES, tables.NODES)))
    sending = import_module(f"{_PACKAGE}._runtime._sending")
    frames = (sending.KEPT, sending.FRAME)
    made = native.Codec(given, _class, _function, _test, UNSET, drift, *frames)
    model: Any = import_module(f"{_PACKAGE}._runtime.model").Model
    kept = made.keeping(model)
    if kept is not None:
        model._wire = kept
    model.to_json = made.writing(model.to_json)
    return made, f"wirewright-native {version}"


def _class(name: str) -> Any:
    """A class or enum of the package."""
    from importlib import import_module

    return getattr(import_module(MODELS), name)


def _function(name: str) -> Callable[[Any], Any]:
    """A decoder of the Python codec, or what says whether a value is valid."""
    from importlib import import_module

    module = "_checks" if name.startswith("valid_") else "_codec"
    found: Callable[[Any], Any] = getattr(import_module(f"{_PACKAGE}.{module}"), name)
    return found


def _test(kind: str, name: str) -> Callable[[str], Any]:
    """What says whether a text has a format, or matches a pattern somewhere; or what
    makes the value of a type that a text stands for."""
    from importlib import import_module

    # A package has the first two only where it needs them.
    runtime = f"{_PACKAGE}._runtime"
    if kind == "format":
        found: Callable[[str], Any] = import_module(f"{runtime}._formats").FORMATS[name]
        return found
    if kind == "typed":
        module, _, form = name.partition(".")
        found = getattr(import_module(f"{runtime}.{module}"), form).value_of
        return found
    if kind == "linear":
        from functools import partial

        return partial(import_module(f"{runtime}._linear").matches_linear, name)
    import re

    return re.compile(name).search
