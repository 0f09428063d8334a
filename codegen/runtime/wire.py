"""From what fields hold to JSON values."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from enum import Enum
from operator import attrgetter

from ._depth import MAX_DEPTH, TooDeep, apart, with_room
from ._remembering import is_remembering, while_remembering
from .registry import CODECS, UNSET, Unset, codec_of, is_generated

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any


retained = attrgetter("_wire")
"""Encodes objects whose class keeps the JSON object that they were made from."""


def wire(value: Any) -> Any:
    """The JSON form of a value that a field holds.

    Unlike `plain` it trusts what it is given, and may share free-form objects
    with it: enough for writing text.
    """
    return ENCODERS[value.__class__](value)


class Encoders(dict[type, "Callable[[Any], Any]"]):
    """From the class of a value to what gives its JSON form; any other is `plain`."""

    def __missing__(self, cls: type) -> Callable[[Any], Any]:
        if is_generated(cls):
            self[cls] = encode = codec_of(cls).encode
            return encode
        if cls is Unset:
            # It stands for a missing required property; `restore` takes it out.
            return _same
        spell = SPELLED.get(cls)
        if spell is not None:
            self[cls] = spell
            return spell
        if issubclass(cls, Enum) and all(
            member._value_.__class__ in _SCALARS for member in cls
        ):
            self[cls] = value_of = attrgetter("_value_")
            return value_of
        return plain


SPELLED: dict[type, Callable[[Any], str]] = {}
"""What gives the text of values of the types that stand for texts; a package without
such types has none."""


def _same(value: Any) -> Any:
    return value


def _wire_list(value: Iterable[Any]) -> list[Any]:
    encoders = ENCODERS
    try:
        return [encoders[item.__class__](item) for item in value]
    except RecursionError:
        return apart(_wire_list, value)


def _wire_dict(value: dict[str, Any]) -> dict[str, Any]:
    encoders = ENCODERS
    try:
        return {name: encoders[item.__class__](item) for name, item in value.items()}
    except RecursionError:
        return apart(_wire_dict, value)


_SAFE: frozenset[type] = frozenset({str, int, bool, type(None)})
_SCALARS: frozenset[type] = _SAFE | {float}

SHALLOW = Encoders({**dict.fromkeys((*_SCALARS, list, dict), _same), tuple: list})
"""For places where arrays and maps hold plain JSON: they go out as they are. Classes
are added when one of their objects is first met."""

ENCODERS = Encoders({**SHALLOW, list: _wire_list, tuple: _wire_list, dict: _wire_dict})
"""For places where anything can be inside arrays and maps."""


def plain(value: Any, levels: int = MAX_DEPTH) -> Any:
    """A fresh JSON value for any mix of JSON values, generated objects and enums.

    Raises `TypeError` for what JSON cannot say: NaN, sets, bytes, keys that are
    not strings. `TooDeep` for more `levels` of arrays and objects.
    """
    cls = value.__class__
    try:
        if cls is dict:
            if not levels:
                raise TooDeep
            # Most of what there is stays, and is copied in one go.
            copy = value.copy()
            for name in value:
                if name.__class__ is not str:
                    return plain(named(value), levels)
                item = value[name]
                if item.__class__ not in _SAFE:
                    copy[name] = plain(item, levels - 1)
            return copy
        if cls is list or cls is tuple:
            if not levels:
                raise TooDeep
            below = levels - 1
            return [i if i.__class__ in _SAFE else plain(i, below) for i in value]
        if cls in _SCALARS:
            if cls is float and value - value != 0:
                raise _no_form(value)
            return value
        codec = CODECS.get(cls)
        if codec is None:
            return _plain_other(value, levels)
        return plain(codec.encode(value), levels)
    except RecursionError:
        return apart(plain, value, levels)


def as_json(value: Any) -> Any:
    """A value as JSON again, of which a decoder has put typed lists and maps back into
    dicts. A dict stays the same one, and what stands in it for a missing property."""
    if value.__class__ is list:
        return plain(value)
    if value.__class__ is dict:
        for name, item in value.items():
            if item is not UNSET:
                value[name] = plain(item)
    return value


def as_it_came(data: dict[str, Any]) -> Any:
    """The JSON object that became one which holds typed lists and maps, without what
    stands in it for missing properties."""
    return plain({name: item for name, item in data.items() if item is not UNSET})


def decode_with_room(decode: Callable[[Any], Any], value: Any) -> Any:
    """What a decoder makes of a JSON value, wherever the caller's stack ends."""
    try:
        return decode(value)
    except RecursionError:
        return apart(anew, decode, value)


def deep_decoder(decode: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A decorator for decoders that call themselves."""

    def wrapper(value: Any) -> Any:
        try:
            return decode(value)
        except RecursionError:
            return apart(anew, decode, value)

    return wrapper


def remembering_decoder(decode: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A decorator for decoders that call themselves and ask checks that do. What these
    answer is remembered until the outermost one ends."""

    def wrapper(value: Any) -> Any:
        try:
            if not is_remembering() and value.__class__ in (dict, list):
                return while_remembering(wrapper, value)
            return decode(value)
        except RecursionError:
            return apart(anew, wrapper, value)

    return wrapper


def anew(decode: Callable[[Any], Any], value: Any) -> Any:
    """Decode a value again, where the stack ended before all of it was decoded: in what
    has become objects no branch of a union would know its own."""
    return decode(as_json(value))


def named(value: Mapping[Any, Any]) -> dict[str, Any]:
    """A map with plain strings as names. Raises `TypeError` for what is no name."""
    for name in value:
        if not isinstance(name, str):
            from ._advice import no_name

            raise no_name(name, value)
    return {str.__str__(name): item for name, item in value.items()}


def _plain_other(value: Any, levels: int) -> Any:
    """The JSON form of subclasses, of generated objects, of values that carry texts."""
    spell = SPELLED.get(value.__class__)
    if spell is not None:
        return spell(value)
    if is_generated(value.__class__):
        return plain(codec_of(value.__class__).encode(value), levels)
    if isinstance(value, str):
        return str.__str__(value)
    if value.__class__.__name__ == "Unset":  # Of whichever package.
        raise _no_form(value)
    if isinstance(value, Enum):
        return plain(value.value, levels)
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        number = float.__float__(value)
        if number - number != 0:
            raise _no_form(value)
        return number
    if isinstance(value, (list, tuple)):
        return plain(list(value), levels)
    if hasattr(value, "items") and not isinstance(value, type):
        return plain(dict(value.items()), levels)
    if hasattr(value, "to_dict") and not isinstance(value, type):
        return plain(value.to_dict(), levels)
    spell = _speller_of(value.__class__)
    if spell is None:
        raise _no_form(value)
    return spell(value)


def _speller_of(cls: type) -> Callable[[Any], str] | None:
    """What spells values of a class that has not been met."""
    if not _FINDERS:
        from importlib import import_module

        try:
            typed: Any = with_room(import_module, f"{__package__}._typed")
            _FINDERS.append(typed.speller_of)
        except ModuleNotFoundError:
            _FINDERS.append(_no_speller)
    return _FINDERS[0](cls)


_FINDERS: list[Callable[[type], Callable[[Any], str] | None]] = []
"""What finds the speller of a class, once it has been looked for."""


def _no_speller(_: type) -> None:
    """What finds it in a package none of whose types stands for texts."""


def located(subject: str, whole: Any, error: TypeError) -> TypeError:
    """The error, with the place of the value in what was given for a subject."""
    from ._advice import located

    return located(subject, whole, error)


def _no_form(value: Any) -> TypeError:
    from ._advice import no_form

    return no_form(value)
