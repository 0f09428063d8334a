"""What to pass instead of a value that JSON has no form for, and where it stood.

Imported when there is such a value: everything here is for people.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from typing import Any

from ._depth import with_room
from .checks import child
from .errors import spelled
from .registry import UNSET, codec_of, is_generated

_VALUE = "value without a form"
"""The attribute of an error for the value that it is about; its place may be wanted."""

_PLACE = "place"
"""The attribute of an error that names a place for the pointer, and the rest of what
it says."""

_MOMENT = "pass value.isoformat()"
_BYTES = (
    "pass base64.b64encode(value).decode() where text is base64, value.decode() where"
    " it is not"
)
_LIST = "pass list(value)"
_INSTEAD = {
    "datetime": _MOMENT,
    "date": _MOMENT,
    "time": _MOMENT,
    "timedelta": "pass value.total_seconds(), or a text such as 'PT5S'",
    "UUID": "pass str(value)",
    "Decimal": "pass str(value) where text is wanted, float(value) for a number",
    "Fraction": "pass float(value)",
    "bytes": _BYTES,
    "bytearray": _BYTES,
    "memoryview": _BYTES,
    "set": _LIST,
    "frozenset": _LIST,
    "ndarray": "pass value.tolist()",
    "generic": "pass value.item()",
    "_BaseAddress": "pass str(value)",
    "UserString": "pass str(value)",
    "float": "JSON has finite numbers only",
    "Unset": "leave the field out, or leave it to its default",
}
_OBJECT = "pass an object, not its class"
_FOREIGN = "it is of another package, and means nothing here"


def no_form(value: Any) -> TypeError:
    """The error for a value that JSON has no form for; it knows the value."""
    if isinstance(value, type):
        return _known(f"the class {value.__name__}", _OBJECT, value)
    names = [cls.__name__ for cls in type(value).__mro__]
    what = repr(value) if isinstance(value, float) else names[0]
    if isinstance(value, float):
        names = ["float"]
    instead = [_INSTEAD[name] for name in names if name in _INSTEAD]
    if names[0] == "Unset":
        what = "UNSET"
        instead = instead if value is UNSET else [_FOREIGN]
    if not instead and any("Path" in name for name in names):
        instead = ["pass str(value)"]
    if not instead and hasattr(value, "__dataclass_fields__"):
        instead = ["pass dataclasses.asdict(value)"]
    if not instead and hasattr(value, "model_dump"):
        instead = ["pass value.model_dump(mode='json')"]
    if not instead and hasattr(value, "__iter__"):
        instead = [_LIST]
    return _known(what, instead[0] if instead else "", value)


def _known(what: str, instead: str, value: Any) -> TypeError:
    why = f"{what} has no JSON form"
    error = TypeError(f"{why}: {instead}" if instead else why)
    error.__dict__[_VALUE] = value
    return error


def no_name(name: Any, value: Any) -> TypeError:
    """The error for a name of a map that is no string; it knows the map."""
    error = TypeError(f"{name!r} cannot be a property name: pass str(name)")
    error.__dict__[_VALUE] = value
    return error


def located(subject: str, whole: Any, error: TypeError) -> TypeError:
    """The error, with the place of the value in what was given for a subject."""
    if _VALUE not in error.__dict__:
        return error
    path = _path(whole, error.__dict__[_VALUE]) or ""
    where = spelled(path)
    place = f"{subject}: {where}" if where else subject
    found = TypeError(f"{place}: {error}")
    found.__dict__[_PLACE] = path, str(error)
    return found


def unplaced(error: TypeError) -> tuple[str, str]:
    """The pointer of the place that an error says, if it does, and what it says of
    that."""
    found: tuple[str, str] = error.__dict__.get(_PLACE, ("", str(error)))
    return found


def _path(whole: Any, value: Any) -> str | None:
    """A pointer to a value inside arrays, maps and objects, to the first of several;
    None if it is elsewhere."""
    pending: list[tuple[str, Any]] = [("", whole)]
    met: dict[int, Any] = {}
    while pending:
        path, item = pending.pop()
        if item is value:
            return path
        if id(item) in met:
            continue
        met[id(item)] = item
        pairs: list[tuple[Any, Any]] = []
        if is_generated(item.__class__):
            item = with_room(codec_of(item.__class__).encode, item)
        if isinstance(item, dict):
            pairs = list(item.items())
        elif isinstance(item, (list, tuple)):
            pairs = list(enumerate(item))
        pending += [(child(path, str(name)), inner) for name, inner in reversed(pairs)]
    return None
