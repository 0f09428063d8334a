"""How objects are made and taken apart: by decoding, and by their constructor."""

from __future__ import annotations

from ._depth import MAX_DEPTH, TooDeep, with_room
from ._json import WIDE, note_rounded
from .errors import ValidationError, Violation, show, too_deep
from .registry import UNSET, Codec, codec_of, drift, drifted, is_generated
from .wire import as_json, decode_with_room, located, named, plain, retained

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    Extra: TypeAlias = dict[str, Any]
else:
    Extra = dict

MADE = ""
"""Stands among the bytes that an object keeps beside its fields, if it was made to be
sent and what is sent must meet something else than what comes. It names no field."""

get: Callable[..., Any] = Extra.get
"""What decoders read optional properties with: a call of a function that need not be
looked up on the dict takes one instruction less."""


def draft(cls: type) -> Any:
    """An unfrozen class with the layout of `cls`, through which decoding makes objects.

    Attributes are stored plainly into an instance of the draft, then its
    `__class__` becomes `cls`: three times as fast as going past `__setattr__`
    for each field.
    """
    namespace = {
        "__slots__": (),
        "__init__": object.__init__,
        "__new__": object.__new__,
        # Both, or Python stores through a slower slot.
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,
        "__module__": cls.__module__,
    }
    return type.__new__(type(cls), cls.__name__, (cls,), namespace)


def whole(value: Any) -> Any:
    """The integer that a value stands for: 5 for 5.0. What is none drifts, and so does
    what may have been rounded."""
    if value.__class__ is int:
        return value
    if value.__class__ is not float or not value.is_integer():
        drift()
        return value
    if not -WIDE < value < WIDE:
        drift()
    return int(value)


def no_boolean(tag: Any) -> Any:
    """A tag that numbers are among. Raises `KeyError` for true, which is not 1."""
    if tag.__class__ is bool:
        raise KeyError(tag)
    return tag


def no_number(tag: Any) -> Any:
    """A tag that true and false are among. Raises `KeyError` for 1, which is none."""
    if tag.__class__ is int or tag.__class__ is float:
        raise KeyError(tag)
    return tag


def unknown_of(unfinished: Any, data: dict[str, Any]) -> Extra | None:
    """What of its properties no field of an object carries that is still a draft."""
    return _unknown(codec_of(unfinished.__class__.__base__), data, {}) or None


def collect_unknown(instance: Any, data: dict[str, Any]) -> None:
    """Keep what no field of a just decoded object carries."""
    extra: Extra = {} if instance._extra is None else instance._extra
    if _unknown(codec_of(instance.__class__), data, extra):
        object.__setattr__(instance, "_extra", extra)


def _unknown(codec: Codec, data: dict[str, Any], extra: Extra) -> Extra:
    """Add to `extra` what no field of a class carries. A null where the field does not
    tell it from absence is drift."""
    known = codec.known
    for name, value in data.items():
        if name not in known:
            note_rounded(value)
            extra[name] = value
        elif value is None and not known[name]:
            drift.null()
            extra[name] = value
    return extra


def collect_unheld(instance: Any, data: dict[str, Any]) -> None:
    """`collect_unknown`, and keep what has a field that is no place for it: a property
    that only some branches of a union declare may be anything in the others."""
    collect_unknown(instance, data)
    extra: Extra = {} if instance._extra is None else instance._extra
    for name, wire in codec_of(instance.__class__).wire():
        held, came = getattr(instance, name), data.get(wire, UNSET)
        # What is UNSET has been filled in, and stands for a property that is missing.
        if held in (None, UNSET) and came is not held and came is not UNSET:
            extra[wire] = came
    if extra:
        object.__setattr__(instance, "_extra", extra)


class FilledIn(Extra):
    """The extra properties of an object that `fill_missing` has completed."""


def fill_missing(cls: type, data: dict[str, Any]) -> Any:
    """Decode an object that lacks required properties; their fields hold UNSET."""
    drift()
    codec = codec_of(cls)
    filled: dict[str, Any] = {**dict.fromkeys(codec.required(), UNSET), **data}
    # What an object keeps holds typed lists and maps already, as far as it was decoded.
    again = as_json(filled) if codec.encode is retained else filled
    instance = codec.decode(again)
    object.__setattr__(instance, "_extra", FilledIn(instance._extra or ()))
    _keep(instance, data)
    return instance


def _keep(instance: Any, data: dict[str, Any]) -> None:
    """Let an object of a class that keeps its JSON keep this, of which it was decoded
    with other properties."""
    if hasattr(instance, "_wire"):
        for name, wire in codec_of(instance.__class__).wire():
            held = getattr(instance, name)
            if held.__class__ in (list, dict, tuple):
                data[wire] = held
        object.__setattr__(instance, "_wire", data)


def untagged(
    tagged: Callable[[dict[str, Any]], Any], tags: Mapping[str, str]
) -> Callable[[Any], Any]:
    """The decoder of a class for any value, by its tagged decoder and its tags."""

    def decode(data: Any) -> Any:
        if data.__class__ is not dict:
            return drifted(data)
        for name in tags:
            if get(data, name) != tags[name]:
                return _untagged(tagged, tags, data)
        return tagged(data)

    return decode


def _untagged(
    tagged: Callable[[dict[str, Any]], Any],
    tags: Mapping[str, str],
    data: dict[str, Any],
) -> Any:
    """Decode an object that was not found by the tags of its class, which `tagged`
    takes for granted: as if it had them, but with what it has in their fields."""
    instance = tagged({**data, **tags})
    codec = codec_of(instance.__class__)
    if any(name in tags and name not in data for name in codec.required()):
        return fill_missing(codec.cls, data)
    collect_unknown(instance, {name: data[name] for name in tags if name in data})
    for name, wire in codec.wire():
        if wire in tags:
            absent = UNSET if codec.known[wire] else None
            value = data.get(wire, absent)
            object.__setattr__(instance, name, value)
            if value is not absent and value != tags[wire]:
                drift()
    _keep(instance, data)
    return instance


def restore(encoded: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    """Put back what `collect_unknown` kept, take out what `fill_missing` filled in."""
    if extra.__class__ is FilledIn:
        for name in [name for name, value in encoded.items() if value is UNSET]:
            del encoded[name]
    for name, value in extra.items():
        if name not in encoded:
            encoded[name] = value
    return encoded


def copied(subject: str, value: Any) -> Any:
    """A JSON value of its own for a new object, whatever becomes of `value`.

    Raises `TypeError` for what JSON cannot say, such as NaN, and `ValidationError` for
    what nests too deeply.
    """
    try:
        return plain(value)
    except TooDeep:
        raise ValidationError(subject, [too_deep()]) from None
    except TypeError as error:
        raise located(subject, value, error) from None


def decode(codec: Codec, subject: str, value: Any, strict: bool) -> Any:
    """Decode one object; collect violations only where decoding noticed trouble."""
    if value.__class__ is not dict:
        no_object = Violation("", "type", f"value: {show(value)} is not an object")
        raise ValidationError(subject, codec.check(value) or [no_object])
    before = drift.mark
    try:
        instance = decode_with_room(codec.decode, value)
    except TooDeep:
        raise ValidationError(subject, [too_deep()]) from None
    if strict and drift.mark is not before:
        # Some of it has become objects.
        violations = codec.check(plain(value))
        if violations:
            raise ValidationError(subject, violations)
    return instance


def build(
    self: Any,
    fields: dict[str, Any],
    extra: dict[str, Any] | None,
    *,
    held: bool = False,
) -> None:
    """Fill a new object from keywords: what decoding the same JSON would give.

    Going through the wire form keeps one meaning for both ways of making an
    object; objects that were passed in stay the same objects. `held` says that the
    attributes of a user's own have been stored already.
    """
    cls = self.__class__
    codec = codec_of(cls)
    made = None
    if codec.turn is not None:
        if not held:
            from .derived import hold

            fields, made = hold(self, codec.own, fields), codec.made
        codec = codec_of(codec.cls)
    unknown = fields.keys() - set(codec.cls.__slots__)
    if unknown:
        raise _unexpected(cls, unknown)
    try:
        data = with_room(_data, codec, cls._defaults, fields, extra or {})
    except (TooDeep, TypeError) as error:
        raise _refused(cls, {**fields, **(extra or {})}, error) from None
    instance = decode(codec, cls.__name__, data, strict=not codec.apart)
    if codec.apart and (violations := codec.check_sent(plain(data))):
        raise ValidationError(cls.__name__, violations)
    if codec.apart:
        object.__setattr__(self, "_bytes", {MADE: True})
    keeps = hasattr(instance, "_wire")
    for name, wire in codec.wire():
        value = fields.get(name)
        passed = is_generated(value.__class__)
        if not passed:
            value = getattr(instance, name)
            if codec.apart:
                _mark_made(value)
        if passed and keeps:
            data[wire] = with_room(codec_of(value.__class__).encode, value)
        object.__setattr__(self, name, value)
    object.__setattr__(self, "_extra", instance._extra)
    if keeps:
        object.__setattr__(self, "_wire", data)
    if made is not None:
        made(self)


def _unexpected(cls: type, names: set[str]) -> TypeError:
    """What Python says of keywords that a function does not have."""
    found = sorted(map(repr, names))
    one = "an unexpected keyword argument"
    what = one if len(found) == 1 else "unexpected keyword arguments"
    return TypeError(f"{cls.__name__}() got {what} {', '.join(found)}")


def _refused(cls: type, given: dict[str, Any], error: TooDeep | TypeError) -> Exception:
    """What is wrong with keywords of which no JSON can be made."""
    if isinstance(error, TooDeep):
        return ValidationError(cls.__name__, [too_deep()])
    return located(cls.__name__, given, error)


def _mark_made(value: Any) -> None:
    """Mark the objects in a list or map as made to be sent: they are copies, and have
    been checked as what is sent."""
    pending = [value]
    while pending:
        inner = pending.pop()
        if inner.__class__ is list:
            pending.extend(inner)
        elif inner.__class__ is dict:
            pending.extend(inner.values())
        elif is_generated(inner.__class__):
            codec = codec_of(inner.__class__)
            if codec.apart:
                object.__setattr__(inner, "_bytes", {MADE: True})
            pending.extend(getattr(inner, name) for name, _ in codec.wire())


def _data(
    codec: Codec,
    defaults: Mapping[str, Any],
    fields: dict[str, Any],
    extra: Mapping[str, Any],
) -> dict[str, Any]:
    """The JSON object that keywords stand for: what is absent is left out, and so is a
    tag that may be absent, where None is given for it."""
    inside = MAX_DEPTH - 1
    data: dict[str, Any] = {}
    for name, wire in codec.wire():
        default = defaults.get(name, UNSET)
        value = fields.get(name, default)
        optional = default is None or (name in defaults and not codec.known[wire])
        absent = value is None and optional
        if value is not UNSET and not absent:
            data[wire] = plain(value, inside)
    if extra:
        for wire, value in named(extra).items():
            data.setdefault(wire, plain(value, inside))
    return data


def unheld(obj: Any) -> dict[str, Any]:
    """The properties of an object that no field holds, see `extra_of`."""
    codec = codec_of(obj.__class__)
    found: dict[str, Any] = plain(obj._extra or {})
    if codec.extra is None:
        return found
    # A property with a field can be among them, where it does not fit into that.
    unknown = {name: value for name, value in found.items() if name not in codec.known}
    return {**found, **codec.extra(unknown)}
