"""Classes that users derive from generated ones.

They are classes like any other: with methods, mixins, `cached_property`, and annotated
attributes of their own, which the constructor takes and which are never sent. What
cannot work is refused when the class is made. Imported when the first one is.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Callable, Mapping
from functools import partial, wraps
from importlib import import_module
from types import MemberDescriptorType
from typing import Any, NamedTuple, NoReturn

from .registry import DERIVED, Codec, codec_of, is_generated, is_own

_KEPT = ("_bytes", "_extra", "_wire")
"""What an object keeps beside its fields."""

_PRIVATE = re.compile(r"_(?!_)\w*(?<!_)")
"""The names by which generated classes call what is their own. The other names between
underscores are those of protocols."""

_CLASS_VARIABLE = re.compile(r"(?:\w+\.)*ClassVar\b")
_INIT_VARIABLE = re.compile(r"(?:\w+\.)*InitVar\b")
_KEYWORDS_FOLLOW = re.compile(r"(?:\w+\.)*KW_ONLY\b|<dataclasses\._KW_ONLY_TYPE")
_NONE = object()
_HEAP = 1 << 9
"""Whether a class was made by a class statement, as CPython notes it."""


class Own(NamedTuple):
    """An attribute that a user's class has beside the fields of its specification."""

    annotation: Any
    default: Any
    make: Callable[[], Any]
    """Gives the value of an object that was given none."""

    given: bool = True
    """Whether the constructor takes it."""
    shown: bool = True
    compared: bool = True
    hashed: bool = True


_DECLARED: dict[type, dict[str, Own]] = {}
"""What each of the users' classes declares itself."""

_FACE = (
    "__dataclass_fields__",
    "__dataclass_params__",
    "__eq__",
    "__hash__",
    "__init__",
    "__repr__",
)
"""What `dataclass` gives a class, and what knows nothing of classes derived from it."""

_PREPARED: set[Callable[..., None]] = set()
"""What users' classes that have a `__post_init__` of their own are given for it."""


def accept_bases(name: str, bases: tuple[type, ...]) -> None:
    """Raise `TypeError` if no class can have these bases."""
    parts = dict.fromkeys(part for base in bases for part in base.__mro__)
    found = [part for part in parts if is_own(part)]
    if len(found) > 1:
        names = " and ".join(base.__name__ for base in found)
        why = "an object has the fields of one schema only"
        raise TypeError(f"{name} derives from {names}, but {why}")
    for part in parts:
        if found and not _is_above_or_below(part, found[0]) and _lays_out(part):
            raise TypeError(
                f"{name} derives from {part.__name__} and {found[0].__name__}, which"
                " both say how objects are laid out (by `__slots__`, or as builtin"
                " types do), and an object has one layout only"
            )


def _is_above_or_below(part: type, own: type) -> bool:
    """Whether a class derives from a generated one, or the reverse."""
    return issubclass(part, own) or issubclass(own, part)


def _lays_out(cls: type) -> bool:
    """Whether a class leaves no other a say in how objects are laid out."""
    if not cls.__flags__ & _HEAP:
        return cls.__basicsize__ > object.__basicsize__ or cls.__itemsize__ > 0
    slots = cls.__dict__.get("__slots__", ())
    names = {slots} if isinstance(slots, str) else set(slots)
    return not names <= {"__dict__", "__weakref__"}


def accept(cls: type) -> None:
    """Register a new class of a user's. Raises `TypeError` if it cannot work."""
    bases: list[Any] = [base for base in cls.__mro__ if is_own(base)]
    if not bases:
        return
    (base,) = bases
    for part in cls.__mro__[: cls.__mro__.index(base)]:
        _accept_part(cls, part, base)
    if "__dataclass_fields__" in cls.__dict__ and "__slots__" in cls.__dict__:
        raise TypeError(
            f"{cls.__name__}: leave out `slots=True`, with which `dataclass` makes a"
            " class that is not copied and pickled with all it holds"
        )
    _DECLARED[cls] = _declared(cls, base)
    DERIVED[cls] = partial(_derive, cls)
    _prepare(cls, base)
    _restore(cls, base)


def _restore(cls: type, base: Any) -> None:
    """Give a class that derives from a decorated one what others have."""
    above = cls.__mro__.index(base)
    for name in _FACE:
        found = [part for part in cls.__mro__ if name in part.__dict__]
        is_user = found[0] in cls.__mro__[1:above]
        if is_user and "__dataclass_fields__" in found[0].__dict__:
            own = next(part for part in found if issubclass(base, part))
            restored = own.__dict__[name]
            if name == "__init__":
                restored = type(restored)()
                restored.__set_name__(cls, name)
            setattr(cls, name, restored)


def _prepare(cls: Any, base: Any) -> None:
    """Let a user's `__post_init__` be called for objects that are valid and complete,
    also where `dataclass` makes the constructor, which stores what it is given."""
    complete, written = base.__post_init__, cls.__post_init__
    if written is complete or written in _PREPARED:
        return

    @wraps(written)
    def prepared(self: Any, *extra: Any) -> None:
        complete(self, *extra)
        written(self)

    cls.__post_init__ = prepared
    _PREPARED.add(prepared)


def _accept_part(cls: type, part: type, base: Any) -> None:
    """Raise `TypeError` if a new class or one of its bases, `part`, is in the way of
    the generated one."""
    for name in part.__dict__:
        if _PRIVATE.fullmatch(name) and hasattr(base, name):
            _refuse(cls, name, "generated classes keep something under this name")
    for name in base.__slots__:
        if name in part.__dict__ and name not in _annotations(part):
            hides = f"that of {part.__name__} would hide the field of {base.__name__}"
            _refuse(cls, name, hides)
    if "__dataclass_fields__" in part.__dict__ and not issubclass(part, base):
        raise TypeError(
            f"{cls.__name__}: {part.__name__} is a dataclass, and its constructor knows"
            f" no field of {base.__name__}; declare its attributes in {cls.__name__},"
            f" or name {part.__name__} behind {base.__name__}"
        )


def _refuse(cls: type, name: str, why: str) -> NoReturn:
    raise TypeError(f"{cls.__name__}.{name}: {why}")


def _annotations(cls: type) -> Mapping[str, Any]:
    """What a class itself annotates, in whichever way its Python keeps that."""
    if sys.version_info >= (3, 14):
        # What is not written as text yet is asked for as text.
        lib = import_module("annotationlib")
        text: Mapping[str, Any] = lib.get_annotations(cls, format=lib.Format.STRING)
        return text
    found: Mapping[str, Any] = vars(cls).get("__annotations__", {})
    return found


def _declared(cls: type, base: Any) -> dict[str, Own]:
    """The attributes that a class itself declares."""
    found: dict[str, Own] = {}
    for name, annotation in _annotations(cls).items():
        text = annotation if isinstance(annotation, str) else repr(annotation)
        if _CLASS_VARIABLE.match(text) or _KEYWORDS_FOLLOW.match(text):
            continue
        if name in base.__slots__:
            _refuse(cls, name, f"is a field of {base.__name__}, which declares it")
        if _INIT_VARIABLE.match(text):
            _refuse(cls, name, "an InitVar has no meaning here")
        if callable(getattr(base, name, None)):
            _refuse(cls, name, f"would hide the method of {base.__name__}")
        found[name] = _own(cls, name, annotation)
    return found


def _own(cls: type, name: str, annotation: Any) -> Own:
    said: Any = getattr(cls, name, _NONE)
    if said is _NONE:  # The decorator takes away what is no plain default.
        said = vars(cls).get("__dataclass_fields__", {}).get(name, _NONE)
    if type(said).__module__ == "dataclasses":
        return _own_field(cls, name, annotation, said)
    return _own_default(cls, name, annotation, said)


def _own_default(cls: type, name: str, annotation: Any, said: Any) -> Own:
    why = "what is decoded brings no value for an attribute of your own"
    if isinstance(said, MemberDescriptorType):
        slot = "a slot has none: leave it out of `__slots__`"
        _refuse(cls, name, f"needs a default, for {why}, and {slot}")
    if said is _NONE:
        _refuse(cls, name, f"needs a default, for {why}")
    kind: Any = said.__class__
    if hasattr(kind, "__set__") or hasattr(kind, "__set_name__"):
        instead = "leave out the annotation"
        _refuse(cls, name, f"a {kind.__name__} is no default: {instead}")
    if said.__class__ in (list, dict, set):
        take = "`dataclasses.field(default_factory=...)`"
        _refuse(cls, name, f"all objects would share this default; take {take}")
    return Own(annotation, said, lambda: said)


def _own_field(cls: type, name: str, annotation: Any, field: Any) -> Own:
    """An attribute with what `dataclasses.field` says of it."""
    from dataclasses import MISSING

    make = field.default_factory
    if make is MISSING:
        default = _NONE if field.default is MISSING else field.default
        make = _own_default(cls, name, annotation, default).make
    hashed = field.compare if field.hash is None else field.hash
    return Own(annotation, field, make, field.init, field.repr, field.compare, hashed)


def _all_own(cls: type) -> dict[str, Own]:
    """The own attributes of a class and of those that it derives from."""
    found: dict[str, Own] = {}
    for part in reversed(cls.__mro__):
        found |= _DECLARED.get(part, {})
    return found


def _look_again(cls: Any, base: Any) -> None:
    """Note what a class has got since it was made: one that was pickled by value, as
    those of notebooks are for other processes, is made first and filled then."""
    for part in cls.__mro__:
        if part in _DECLARED and not _DECLARED[part]:
            _DECLARED[part] = _declared(part, base)
    _prepare(cls, base)


def _derive(cls: Any, codec: Codec) -> Codec:
    """The codec of a class that a user derived: the same fields, the user's type."""
    _look_again(cls, codec.cls)
    derived = Codec(codec.cls, codec.decode, codec.encode, codec.traits)
    # What copies events makes objects of the generated class.
    derived.own, derived.copying = _all_own(cls), None
    derived.turn = _turning(cls, codec, derived.own)
    if cls.__post_init__ in _PREPARED:
        derived.made = cls.__post_init__
    turned: Any = derived.turned()

    def decode(value: Any) -> Any:
        decoded = codec.decode(value)
        return turned(decoded) if decoded.__class__ is codec.cls else decoded

    derived.decode = decode
    return derived


def _turning(cls: Any, codec: Codec, own: Mapping[str, Own]) -> Callable[[Any], Any]:
    """What makes an object of a user's class of one of the generated class, which
    nobody else holds."""
    store = object.__setattr__
    names = (*codec.cls.__slots__, *_KEPT)

    def assign(decoded: Any) -> Any:
        store(decoded, "__class__", cls)
        return decoded

    def move(decoded: Any) -> Any:
        made = object.__new__(cls)
        for name in names:
            if hasattr(decoded, name):
                store(made, name, getattr(decoded, name))
        for name, attribute in own.items():
            store(made, name, attribute.make())
        return made

    try:
        store(object.__new__(codec.cls), "__class__", cls)
    except TypeError:  # It has slots of its own, or a dict.
        return move
    return move if own else assign


def replaced(
    name: str, classes: Mapping[Any, type], pairs: list[tuple[list[type], Any]]
) -> dict[Any, type]:
    """The classes of a table with users' own in their places, each for some of those
    that were there."""
    chosen: dict[type, type] = {}
    for known, cls in pairs:
        is_class = isinstance(cls, type)
        places = [k for k in known if is_class and issubclass(cls, codec_of(k).cls)]
        if not places:
            names = sorted({other.__name__ for other in known})
            which = "a class" if len(names) > 3 else ", ".join(names)
            what = cls.__name__ if is_class else repr(cls)[:60]
            raise TypeError(f"{what} is not derived from {which} of {name}")
        (place,) = places
        if chosen.setdefault(place, cls) is not cls:
            both = f"{chosen[place].__name__} and {cls.__name__}"
            raise TypeError(f"{both}: {name} makes one class of {place.__name__}")
    return {tag: chosen.get(cls, cls) for tag, cls in classes.items()}


def hold(
    instance: Any, own: Mapping[str, Own], fields: dict[str, Any]
) -> dict[str, Any]:
    """Store the own attributes of a new object; what is left are its fields."""
    left = dict(fields)
    for name, attribute in own.items():
        is_given = attribute.given and name in left
        value = left.pop(name) if is_given else attribute.make()
        object.__setattr__(instance, name, value)
    return left


def as_copied(value: Any, decoded: Any, memo: Any) -> Any:
    """The deep copy of an object, of what was decoded from its JSON: with the classes
    of users, and what these have beside the fields, at every depth."""
    found = _turned(value, decoded, memo)
    pending = [(value, found)]
    while pending:
        holder, other = pending.pop()
        parts = _parts(holder)
        if not parts or _kind(holder) is not _kind(other):
            continue  # Nothing is inside, or nothing of the kind was decoded.
        for (key, inner), (_, copied) in zip(parts, _parts(other), strict=True):
            if inner.__class__ in DERIVED:
                copied = _turned(inner, copied, memo)
                _put(other, key, copied)
            pending.append((inner, copied))
    return found


def _kind(value: Any) -> Any:
    """What says which parts a value has: its class, a user's taken for what that was
    derived from."""
    cls = value.__class__
    if cls is tuple:
        return list
    return codec_of(cls).cls if is_generated(cls) else cls


def _parts(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, (list, tuple)):
        return list(enumerate(value))
    if isinstance(value, dict):
        return list(value.items())
    if not is_generated(value.__class__):
        return []
    names = codec_of(value.__class__).cls.__slots__
    return [(name, getattr(value, name)) for name in names]


def _put(holder: Any, key: Any, value: Any) -> None:
    if is_generated(holder.__class__):
        object.__setattr__(holder, key, value)
    else:
        holder[key] = value


def _turned(value: Any, decoded: Any, memo: Any) -> Any:
    """The copy of one object, of what was decoded from its JSON. Where an object of a
    user's class has no place by the specification, only JSON was decoded of it."""
    codec = codec_of(value.__class__)
    if codec.turn is None:
        return decoded
    if decoded.__class__ is not codec.cls:
        return copy.deepcopy(value, memo)
    found = codec.turn(decoded)
    _carry(value, found, memo)
    return found


def _carry(instance: Any, other: Any, memo: Any) -> None:
    """Give a copy deep copies of what its class has beside the fields."""
    kept = {*codec_of(instance.__class__).cls.__slots__, *_KEPT}
    for part in reversed(instance.__class__.__mro__):
        slots = part.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in kept and name[:2] != "__" and hasattr(instance, name):
                _copy(instance, other, name, memo)
    for name in getattr(instance, "__dict__", ()):
        _copy(instance, other, name, memo)


def _copy(instance: Any, other: Any, name: str, memo: Any) -> None:
    value = copy.deepcopy(getattr(instance, name), memo)
    object.__setattr__(other, name, value)
