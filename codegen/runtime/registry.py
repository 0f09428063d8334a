"""What all parts of a package share: absence, drift, and the codecs of its classes."""

from __future__ import annotations

from enum import Enum, EnumMeta

from ._depth import with_room
from .errors import Violation

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, Final, Literal

    from ._frames import Copying


class _NoValue(EnumMeta):
    """Of an enumeration whose members orjson does not take for their values, as it does
    of any other: nothing absent is ever sent."""


class Unset(Enum, metaclass=_NoValue):
    """The type of `UNSET`; false in a condition."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""Stands in a field that could have been null, but was absent."""


class Drift:
    """Notes that a frame broke its schema while it was being decoded.

    Decoding never stops at trouble, it replaces `mark` by a new object. Whoever
    wants to know compares the mark before and after; only then are violations
    collected. A new object, not a counter: another thread can hide a count by
    writing an old one back, but never an object that existed before.

    `doubt` is the mark of what may be due to reading fast: an event table reads the
    frame again exactly. A null is never in doubt.
    """

    __slots__ = ("doubt", "mark")

    def __init__(self) -> None:
        self.mark = self.doubt = object()

    def __call__(self) -> None:
        self.mark = self.doubt = object()

    def null(self) -> None:
        """Note a null where none is allowed."""
        self.mark = object()


drift = Drift()


def drifted(value: Any) -> Any:
    """A value that is not what it should be, as it came. Notes drift."""
    drift()
    return value


def in_piece(part: Any) -> Any:
    """A part of the codec. One that is in another piece is given as that and its name,
    which loads the piece."""
    if part.__class__ is not tuple:
        return part
    piece, name = part
    return getattr(piece, name)


class Traits:
    """What of a class does not follow from its fields.

    `wire` takes attributes to the names of their properties, where these differ.
    `null` takes properties to whether their fields tell a null from absence, where the
    default does not say it. `copying` copies an event with two other strings, see
    `_frames.Templates`. `apart` says whether what is sent must meet something else than
    what comes. `extra` decodes properties that no field holds, where they are typed.
    """

    __slots__ = ("apart", "copying", "extra", "null", "wire")

    def __init__(
        self,
        *,
        wire: dict[str, str] | None = None,
        null: dict[str, bool] | None = None,
        copying: Copying | None = None,
        apart: bool = False,
        extra: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
    ) -> None:
        self.wire = wire or {}
        self.null = null or {}
        self.copying = copying
        self.apart = apart
        self.extra = extra


_NONE = Traits()
_NOTHING: dict[str, Any] = {}


class Codec:
    """How the objects of one class travel.

    `known` takes the property names, in the order of the fields, to whether the
    field tells a null from absence: if it may be null, or may not be absent.
    """

    __slots__ = (
        "_required",
        "apart",
        "cls",
        "copying",
        "decode",
        "encode",
        "extra",
        "known",
        "made",
        "own",
        "traits",
        "turn",
    )
    known: dict[str, bool]

    def __init__(
        self,
        cls: Any,
        decode: Callable[[Any], Any],
        encode: Callable[[Any], Any],
        traits: Traits = _NONE,
    ) -> None:
        """A class that a user derived has attributes of its `own`, what may `turn` an
        object of the generated class into one of it, and what becomes of each that was
        `made`: its `__post_init__`."""
        self._required: tuple[str, ...] | None = None
        self.own: Mapping[str, Any] = _NOTHING
        self.turn: Callable[[Any], Any] | None = None
        self.made: Callable[[Any], None] | None = None
        self.extra = traits.extra
        self.cls = cls
        self.decode = decode
        self.encode = encode
        self.traits = traits
        self.copying = traits.copying
        self.apart = traits.apart
        defaults = cls._defaults
        self.known = {}
        names: dict[str, str] = {name: name for name in cls.__slots__}
        names.update(traits.wire)
        for name, wire in names.items():
            # What is None where it is absent, cannot be null.
            tells = defaults.get(name, UNSET) is not None
            self.known[wire] = traits.null.get(wire, tells)

    def check(self, value: Any) -> list[Violation]:
        """Every violation in a JSON value; what finds them is imported on first use."""
        rules, judge = self._judged_by()
        found: list[Violation] = judge.violations(rules, self.cls.__name__, value)
        return found

    def check_sent(self, value: Any) -> list[Violation]:
        """Every violation in a JSON value that is to be sent."""
        rules, judge = self._judged_by()
        found: list[Violation] = judge.sent_violations(rules, self.cls.__name__, value)
        return found

    def _judged_by(self) -> tuple[Any, Any]:
        """The module of the package's constraints, and the one that checks by them."""
        module = self.cls.__module__
        found = _CONSTRAINTS.get(module)
        if found is None:
            from importlib import import_module

            from . import constraints

            name = f"{module.rpartition('.')[0]}._constraints"
            rules = with_room(import_module, name)
            found = _CONSTRAINTS[module] = (rules, constraints)
        return found

    def wire(self) -> Iterator[tuple[str, str]]:
        """Each field's attribute and property name."""
        return zip(self.cls.__slots__, self.known, strict=True)

    def turned(self) -> Callable[[Any], Any] | None:
        """What makes an object of a user's class of one that has been decoded."""
        turn, made = self.turn, self.made
        if turn is None or made is None:
            return turn

        def turned(decoded: Any) -> Any:
            found = turn(decoded)
            made(found)
            return found

        return turned

    def required(self) -> tuple[str, ...]:
        """The properties that every valid object has."""
        found = self._required
        if found is None:
            defaults = self.cls._defaults
            optional = (None, UNSET)
            found = self._required = tuple(
                wire
                for name, wire in self.wire()
                if self.known[wire] and defaults.get(name, ...) not in optional
            )
        return found


_CONSTRAINTS: dict[str, tuple[Any, Any]] = {}
"""What `Codec._judged_by` gives for the classes of a module, once it was imported."""

CODECS: dict[type, Codec] = {}
"""The codec of every class that has been asked for one."""


DERIVED: dict[type, Callable[[Codec], Codec]] = {}
"""For each class that a user derived what makes its codec of that of the generated one;
`derived` adds them."""


MODELS = f"{__name__.rpartition('._runtime.')[0]}.models"
"""The module that all generated classes of this package stand in."""


def is_own(cls: type) -> bool:
    """Whether a class is one of the package's own, and no user's."""
    return cls.__module__ == MODELS and hasattr(cls, "_defaults")


def is_generated(cls: type) -> bool:
    """Whether a class is one of the package's own, or derived from one."""
    return hasattr(cls, "_defaults") and any(map(is_own, cls.__mro__))


def is_of_another_package(cls: type) -> bool:
    """Whether a class is one of another generated package, or derived from one."""
    own = f"{__package__}.model"
    meta: Any = type(cls)
    return any(m.__name__ == "ModelMeta" and m.__module__ != own for m in meta.__mro__)


def refuse_foreign(cls: type) -> None:
    """Raise `TypeError` for a class of another generated package."""
    if is_of_another_package(cls):
        raise TypeError(f"{cls.__name__} is of another package: {cls.__module__}")


def find_codec(cls: type) -> Codec | None:
    """The codec of a generated class or of a subclass; imports it on first use. None
    for the base of all, and for a class that derives from it alone."""
    codec = CODECS.get(cls)
    if codec is not None:
        return codec
    # Users derive classes from generated ones, never the reverse, so the generated
    # one comes last.
    for base in reversed(cls.__mro__):
        if is_own(base):
            if base not in CODECS:
                CODECS[base] = with_room(_made, base)
            if cls not in CODECS and cls in DERIVED:
                CODECS[cls] = DERIVED[cls](CODECS[base])
            return CODECS.get(cls, CODECS[base])
    return None


def _made(cls: Any) -> Codec:
    """The codec of a generated class, by what its module of the codec defines."""
    from importlib import import_module

    module: Any = import_module(f"{MODELS.rpartition('.')[0]}._codec")
    name = cls.__name__
    decode = getattr(module, f"decode_{name}")
    encode = getattr(module, f"encode_{name}")
    traits = getattr(module, f"TRAITS_{name}", _NONE)
    # Or it is a class of the specification that is called so.
    traits = traits if isinstance(traits, Traits) else _NONE
    return Codec(cls, decode, encode, traits)


def codec_of(cls: type) -> Codec:
    """The codec of a generated class or of a subclass."""
    codec = CODECS.get(cls) or find_codec(cls)
    if codec is None:
        refuse_foreign(cls)
        raise TypeError(f"{cls.__name__} is not a generated class")
    return codec


def slots_of(cls: type, what: str) -> Iterator[str]:
    """The names of all fields in their order, then of a user's own that are `shown`,
    `compared` or `hashed`, then `_extra`."""
    codec = codec_of(cls)
    yield from codec.cls.__slots__
    for name, own in codec.own.items():
        if getattr(own, what):
            yield name
    yield "_extra"
