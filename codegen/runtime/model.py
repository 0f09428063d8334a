"""`Model`, the base of every generated class.

A generated class reads like a dataclass and behaves as one, but is not made by
`dataclasses`: importing that module and running its decorator costs more than all
of a package's own code. `ModelMeta` makes the slots; the rest of a dataclass's
face (`fields`, `replace`, `asdict`, …) is built on first use by `dataclass_face`.

An object never holds a value that its schema rejects, unless it was decoded
tolerantly. A field that may be absent but not null is None when absent; one that may
be both is UNSET when absent. What no field can carry (unknown properties, a null where
the type has none) is kept in `_extra`, so that encoding gives back what was decoded.

Objects that clients send also keep, in `_wire`, the JSON object that they were made
from, and so do those of received events that hold others. It has the same lists, maps
and free-form values as the fields, so it is JSON but for the objects and members of
enums in these, and it is never handed out.
"""

from __future__ import annotations

import sys
from abc import ABCMeta
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import attrgetter, eq
from typing import Any, ClassVar, Self, SupportsIndex, TypeAlias, dataclass_transform

from ._depth import apart, same, shown, with_room
from ._sending import FRAME, KEPT, SENDERS, written
from .build import MADE, build, copied, decode, unheld
from .errors import Violation
from .registry import (
    DERIVED,
    MODELS,
    UNSET,
    codec_of,
    find_codec,
    refuse_foreign,
    slots_of,
)
from .wire import decode_with_room, located, plain

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from dataclasses import Field

Bytes: TypeAlias = bytes
accessor = property
"""What the bodies of generated classes use beside the types of their fields. They
import both by names that begin with an underscore, which no field has: a field called
`bytes` or `property` would hide the builtin from whatever stands in the same class."""


class _Face:
    """Builds a dunder of the dataclass protocol when it is first asked for.

    The base of all is no dataclass: it has none of them, as it says itself to `help`,
    `hasattr` and whoever else looks at all bases of a class.
    """

    __slots__ = ("name",)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type) -> Any:
        if find_codec(owner) is None:
            raise AttributeError(f"{owner.__name__} has no {self.name}")
        from .dataclass_face import face_of

        return getattr(face_of(owner), self.name)


class _Constructor:
    """The constructor of one class, for tools that read the signature or the types of
    `__init__`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.owner = owner
        self.__name__ = name
        self.__qualname__ = f"{owner.__qualname__}.{name}"
        # In it annotations have their meaning.
        self.__module__ = owner.__module__
        # Tools show it beside the signature.
        self.__doc__ = "Raises `ValidationError` with every violation."

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is not None:
            return _construct.__get__(instance)
        if owner not in DERIVED or not codec_of(owner).own:
            return self
        told = _Constructor()  # A user's class has more to tell of.
        told.__set_name__(owner, self.__name__)
        return told

    def __call__(self, instance: Any, /, **fields: Any) -> None:
        _construct(instance, **fields)

    @property
    def __signature__(self) -> Any:
        from .dataclass_face import constructor_of

        return constructor_of(self.owner)

    @property
    def __annotations__(self) -> dict[str, Any]:  # type: ignore[override]  # read only
        from .dataclass_face import types_of

        return types_of(self.owner)

    @property
    def __globals__(self) -> dict[str, Any]:
        from .dataclass_face import names_of

        return names_of(self.owner)


def _construct(self: Any, /, *given: Any, _extra: Any = None, **fields: Any) -> None:
    if given:
        name = self.__class__.__name__
        raise TypeError(f"{name}() takes no positional arguments: {name}(name=value)")
    build(self, fields, _extra)


class PydanticSerializer:
    """What writes an object where pydantic meets it under no type, as in a field of
    `Any`. Only pydantic asks, and so it is there already."""

    def __get__(self, instance: object, owner: type) -> Any:
        is_base = issubclass(owner, Model) and find_codec(owner) is None
        if "pydantic_core" not in sys.modules or is_base:
            raise AttributeError(f"{owner.__name__} has no __pydantic_serializer__")
        from .pydantic_face import any_serializer

        return any_serializer()


class ModelMeta(ABCMeta):
    """Turns the annotations of a class into slots and keeps the defaults aside.

    It is that of abstract classes as well, so that users' classes may derive from both.
    Generated ones are made and looked at as if it were not, in less time.
    """

    _defaults: Mapping[str, Any]
    __instancecheck__ = type.__instancecheck__
    __subclasscheck__ = type.__subclasscheck__

    def __new__(
        mcls,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        **options: Any,
    ) -> ModelMeta:
        if bases and namespace.get("__module__") != MODELS:
            # A user's own class, which Python makes as it makes any other.
            from .derived import accept, accept_bases

            accept_bases(name, bases)
            derived = super().__new__(mcls, name, bases, namespace, **options)
            accept(derived)
            return derived
        if bases:
            fields = namespace.get("__annotations__", ())
            namespace["__slots__"] = tuple(fields)
            namespace["__init__"] = _Constructor()
            namespace["_defaults"] = {
                field: namespace.pop(field) for field in fields if field in namespace
            }
        return type.__new__(mcls, name, bases, namespace)

    @property
    def __signature__(cls) -> Any:
        if find_codec(cls) is None or not _is_built_by_fields(cls):
            raise AttributeError(f"{cls.__name__} has a constructor of its own")
        from .dataclass_face import signature_of

        return signature_of(cls)


def _is_built_by_fields(cls: type) -> bool:
    """Whether a constructor takes the fields, and is none that a user wrote."""
    for part in cls.__mro__:
        made = part.__dict__.get("__init__")
        if made is not None:
            decorated = "__dataclass_fields__" in part.__dict__
            return decorated or isinstance(made, _Constructor)
    return False


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Model(metaclass=ModelMeta):
    """A frozen, validated object of the API. Construct it with keywords only.

    Raises `ValidationError` with every violation if the fields break the schema.
    """

    __slots__ = ("__weakref__", "_bytes", "_extra", "_wire")
    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
        __match_args__: ClassVar[tuple[()]]
        _defaults: ClassVar[Mapping[str, Any]]
        _bytes: ClassVar[Any]
        _extra: ClassVar[Any]
        _wire: ClassVar[Any]
    else:
        __dataclass_fields__ = _Face()
        __dataclass_params__ = _Face()
        __pydantic_serializer__ = PydanticSerializer()
        __match_args__ = ()
        _defaults = {}

        __init__ = _construct

        def __post_init__(self, _extra=None):
            """What `__init__` does, where a subclass has that of `@dataclass`."""
            if hasattr(self, "_extra"):
                return  # It is complete, and this the call of a subclass.
            slots = codec_of(self.__class__).cls.__slots__
            fields = {name: getattr(self, name) for name in slots}
            build(self, fields, _extra, held=True)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, strict: bool = True) -> Self:
        """Decode a JSON object; the result shares nothing with it.

        Raises `ValidationError` with every violation; with `strict=False` only if
        `data` is not a JSON object or nests more than 1,024 levels of arrays and
        objects. Raises `TypeError` for what JSON cannot express.
        """
        value = copied(cls.__name__, data)
        decoded: Self = decode(codec_of(cls), cls.__name__, value, strict)
        return decoded

    @classmethod
    def from_json(cls, text: str | bytes, *, strict: bool = True) -> Self:
        """Decode JSON text, like `from_dict`. Raises `ValueError` if it is not JSON."""
        from ._json import loads

        decoded: Self = decode(
            codec_of(cls), cls.__name__, with_room(loads, text), strict
        )
        return decoded

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON; absent fields are left out."""
        encoded = with_room(codec_of(self.__class__).encode, self)
        try:
            found: dict[str, Any] = plain(encoded)
        except TypeError as error:
            raise located(self.__class__.__name__, self, error) from None
        return found

    def to_json(self) -> bytes:
        """The JSON text of `to_dict`, compact, in UTF-8."""
        cls = self.__class__
        if KEPT and cls in KEPT:
            try:
                frame: bytes = self._bytes[FRAME]
                return frame
            except (AttributeError, KeyError):
                pass  # Another of its class was kept.
        try:
            return SENDERS[cls](self)
        except (KeyError, RecursionError, TypeError):
            return written(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from .pydantic_face import core_schema_of

        return core_schema_of(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        from .pydantic_face import json_schema_of

        return json_schema_of(cls, schema, handler)

    def _extras(self) -> dict[str, Any]:
        """What `extra_of` gives; of a narrower type where the specification has one."""
        return self._unheld()

    def _unheld(self) -> dict[str, Any]:
        return unheld(self)

    def _decoded(self, name: str, url: bool = False) -> bytes:
        """The bytes of a base64 or base64url field; decoded once and kept beside the
        fields.

        Raises `ValueError` if the text is none.
        """
        kept = self._kept()
        if name not in kept:
            from ._base64 import decode, decode_url

            kept[name] = (decode_url if url else decode)(getattr(self, name))
        found: bytes = kept[name]
        return found

    def _decoded_items(self, name: str, url: bool = False) -> list[bytes]:
        """The bytes of each item of a list; decoded once. Raises `ValueError`."""
        kept = self._kept()
        if name not in kept:
            from ._base64 import decode_all

            kept[name] = decode_all(getattr(self, name), url)
        return list(kept[name])

    def _kept(self) -> dict[str, Any]:
        try:
            kept: dict[str, Any] = self._bytes
        except AttributeError:
            kept = {}
            object.__setattr__(self, "_bytes", kept)
        return kept

    def __setattr__(self, name: str, value: object) -> None:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        # The oldest protocols know nothing of slots, but can name what does.
        return object.__reduce_ex__(self, max(int(protocol), 2))

    def __setstate__(self, state: tuple[dict[str, Any] | None, dict[str, Any]]) -> None:
        for part in state:
            for name, value in (part or {}).items():
                object.__setattr__(self, name, value)

    def __deepcopy__(self, memo: object) -> Self:
        """A copy that shares nothing, as if decoded from the same JSON."""
        codec = codec_of(self.__class__)
        copy: Self = decode_with_room(
            codec_of(codec.cls).decode, plain(with_room(codec.encode, self))
        )
        if codec.apart and MADE in getattr(self, "_bytes", ()):
            object.__setattr__(copy, "_bytes", {MADE: True})
        if DERIVED:
            from .derived import as_copied

            copy = as_copied(self, copy, memo)
        return copy

    def __replace__(self, /, **changes: Any) -> Self:
        from dataclasses import replace

        return replace(self, **changes)

    def __eq__(self, other: object) -> bool:
        cls = self.__class__
        if other.__class__ is not cls:
            return NotImplemented
        try:
            return other is self or _compared(cls)(self) == _compared(cls)(other)
        except RecursionError:
            return apart(_equal, self, other)

    def __hash__(self) -> int:
        names = slots_of(self.__class__, "hashed")
        values = (getattr(self, name) for name in names if name != "_extra")
        try:
            return hash((self.__class__, *values))
        except RecursionError:
            return apart(hash, self)

    def __repr__(self) -> str:
        try:
            return self._show(repr)
        except RecursionError:
            return apart(self._show, shown)

    def _show(self, show: Callable[[Any], str]) -> str:
        fields = [f"{name}={show(value)}" for name, value in self._said()]
        return f"{self.__class__.__qualname__}({', '.join(fields)})"

    def _said(self) -> Iterator[tuple[str, Any]]:
        """The fields that are shown, by their names: those that hold something."""
        defaults = codec_of(self.__class__).cls._defaults
        for name in slots_of(self.__class__, "shown"):
            value = getattr(self, name)
            default = defaults.get(name, UNSET)
            if name == "_extra":  # It is empty where a required property is missing.
                value, default = value or None, None
            if value is not UNSET and not (value is None and default is None):
                yield name, value

    __rich_repr__ = _said  # By it Rich lays out what is long, IPython by the next.

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        with printer.group(4, f"{self.__class__.__qualname__}(", ")"):
            for number, (name, value) in enumerate(self._said()):
                printer.text("," if number else "")
                printer.breakable(" " if number else "")
                printer.text(f"{name}=")
                printer.pretty(value)


@cache
def _compared(cls: type) -> Callable[[Any], Any]:
    """What gives all that is compared of the objects of a class."""
    return attrgetter(*slots_of(cls, "compared"))


def _equal(left: Model, right: Model) -> bool:
    """`left == right`, whatever lists and maps in their fields nest."""
    names = slots_of(left.__class__, "compared")
    pairs = ((getattr(left, name), getattr(right, name)) for name in names)
    return all(same(a, b, eq) for a, b in pairs)


def violations_of(instance: Any) -> list[Violation]:
    """The violations that tolerant decoding accepted in an object; empty if none.

    Raises `TypeError` for an object of another generated package.
    """
    if not isinstance(instance, Model):
        refuse_foreign(instance.__class__)
        return []
    codec = codec_of(instance.__class__)
    try:
        made = codec.apart and MADE in getattr(instance, "_bytes", ())
        value = plain(codec.encode(instance))
        return codec.check_sent(value) if made else codec.check(value)
    except RecursionError:
        return apart(violations_of, instance)
    except TypeError as error:
        raise located(instance.__class__.__name__, instance, error) from None
