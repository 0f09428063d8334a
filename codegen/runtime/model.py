"""The base of every generated class, and the errors that validation raises.

A generated class reads like a dataclass and behaves as one, but is not made by
`dataclasses`: importing that module and running its decorator costs more than all
of a package's own code. `ModelMeta` makes the slots; the rest of a dataclass's
face (`fields`, `replace`, `asdict`, …) is built on first use by `dataclass_face`.

An object never holds a value that its schema rejects, unless it was decoded
tolerantly. Three slots' states matter on the wire: a field that may be absent but
not null is None when absent; one that may be both is UNSET when absent; and what
no field can carry (unknown properties, a null where the type has none) is kept in
`_extra`, so that encoding gives back what was decoded.
"""

from __future__ import annotations

from enum import Enum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from dataclasses import Field
    from typing import Any, ClassVar, Final, Self, dataclass_transform
else:

    def dataclass_transform(**_options):
        """Stand in for `typing.dataclass_transform`, which only checkers read."""
        return lambda decorated: decorated


class Unset(Enum):
    """The type of `UNSET`; false in a condition."""

    UNSET = "UNSET"

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""Stands in a field that could have been null, but was absent."""


class Violation:
    """One way in which a JSON value breaks its schema.

    `path` is a JSON Pointer into the value, `keyword` the schema keyword that
    failed, `message` a sentence for people.
    """

    __slots__ = ("keyword", "message", "path")
    path: str
    keyword: str
    message: str

    def __init__(self, path: str, keyword: str, message: str) -> None:
        self.path = path
        self.keyword = keyword
        self.message = message

    def __repr__(self) -> str:
        return f"Violation({self.path!r}, {self.keyword!r}, {self.message!r})"

    def __str__(self) -> str:
        return self.message

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Violation):
            return NotImplemented
        mine = (self.path, self.keyword, self.message)
        return mine == (other.path, other.keyword, other.message)

    def __hash__(self) -> int:
        return hash((self.path, self.keyword, self.message))


class ValidationError(ValueError):
    """A value breaks its schema. `violations` lists every way in which it does."""

    violations: tuple[Violation, ...]

    def __init__(self, subject: str, violations: list[Violation]) -> None:
        self.subject = subject
        self.violations = tuple(violations)
        super().__init__(subject, violations)

    def __str__(self) -> str:
        lines = [f"{len(self.violations)} violation(s) in {self.subject}"]
        lines.extend(f"  {violation.message}" for violation in self.violations)
        return "\n".join(lines)


class Drift:
    """Notes that a frame broke its schema while it was being decoded.

    Decoding never stops at trouble, it replaces `mark` by a new object. Whoever
    wants to know compares the mark before and after; only then are violations
    collected. A new object, not a counter: another thread can hide a count by
    writing an old one back, but never an object that existed before.
    """

    __slots__ = ("mark",)

    def __init__(self) -> None:
        self.mark = object()

    def __call__(self) -> None:
        self.mark = object()


drift = Drift()


class Codec:
    """How the objects of one class travel; made by the generated `codec` module.

    `known` takes the property names, in the order of the fields, to whether the
    field can hold null.
    """

    __slots__ = ("cls", "decode", "encode", "known")

    def __init__(
        self,
        cls: Any,
        decode: Callable[[Any], Any],
        encode: Callable[[Any], Any],
        known: dict[str, bool],
    ) -> None:
        self.cls = cls
        self.decode = decode
        self.encode = encode
        self.known = known
        ENCODERS[cls] = encode

    def check(self, value: Any) -> list[Violation]:
        """Every violation in a JSON value; the checks are imported on first use."""
        from importlib import import_module

        package = self.cls.__module__.rpartition(".")[0]
        checks = import_module(f"{package}.checks")
        found: list[Violation] = checks.violations(self.cls.__name__, value)
        return found

    def wire(self) -> Iterator[tuple[str, str]]:
        """Each field's attribute and property name."""
        return zip(self.cls.__slots__, self.known, strict=True)

    def required(self) -> list[str]:
        """The properties that every valid object has."""
        defaults = self.cls._defaults
        optional = (None, UNSET)
        return [
            wire
            for name, wire in self.wire()
            if name not in defaults or defaults[name] not in optional
        ]


CODECS: dict[type, Codec] = {}
"""The codec of every class whose generated `codec` module has been imported."""


def codec_of(cls: type) -> Codec:
    """The codec of a generated class or of a subclass; imports it on first use."""
    codec = CODECS.get(cls)
    if codec is not None:
        return codec
    for base in cls.__mro__:
        if isinstance(base, ModelMeta) and base is not Model:
            if base not in CODECS:
                from importlib import import_module

                import_module(base.__module__.rpartition(".")[0] + ".codec")
            if base in CODECS:
                return CODECS[base]
    raise TypeError(f"{cls.__name__} is not a generated class")


class _Face:
    """Builds a dunder of the dataclass protocol when it is first asked for."""

    __slots__ = ("name",)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type) -> Any:
        from .dataclass_face import face_of

        return getattr(face_of(owner), self.name)


class ModelMeta(type):
    """Turns the annotations of a class into slots and keeps the defaults aside."""

    _defaults: Mapping[str, Any]

    def __new__(
        mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]
    ) -> ModelMeta:
        if bases:
            fields = namespace.get("__annotations__", ())
            namespace["__slots__"] = tuple(fields)
            namespace["_defaults"] = {
                field: namespace.pop(field) for field in fields if field in namespace
            }
        return super().__new__(mcls, name, bases, namespace)

    @property
    def __signature__(cls) -> Any:
        from .dataclass_face import signature_of

        return signature_of(cls)


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Model(metaclass=ModelMeta):
    """A frozen, validated object of the API. Construct it with keywords only.

    Raises `ValidationError` with every violation if the fields break the schema.
    """

    __slots__ = ("_extra",)
    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
        __match_args__: ClassVar[tuple[()]]
        _defaults: ClassVar[Mapping[str, Any]]
    else:
        __dataclass_fields__ = _Face()
        __dataclass_params__ = _Face()
        __match_args__ = ()
        _defaults = {}

        def __init__(self, /, *, _extra=None, **fields):
            build(self, fields, _extra)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, strict: bool = True) -> Self:
        """Decode a JSON object.

        Raises `ValidationError` with every violation; with `strict=False` only
        if `data` is no JSON object at all.
        """
        value: Any = data if data.__class__ is dict else plain(data)
        decoded: Self = decode(codec_of(cls), cls.__name__, value, strict)
        return decoded

    @classmethod
    def from_json(cls, text: str | bytes, *, strict: bool = True) -> Self:
        """Decode JSON text; as `from_dict`, and `ValueError` for what is not JSON."""
        from ._json import loads

        decoded: Self = decode(codec_of(cls), cls.__name__, loads(text), strict)
        return decoded

    def to_dict(self) -> dict[str, Any]:
        """The JSON object this stands for; absent fields are left out."""
        encoded: dict[str, Any] = plain(codec_of(self.__class__).encode(self))
        return encoded

    def to_json(self) -> bytes:
        """The JSON text of `to_dict`, compact, in UTF-8."""
        from ._json import dumps_trusted

        return dumps_trusted(codec_of(self.__class__).encode(self))

    def __setattr__(self, name: str, value: object) -> None:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __setstate__(self, state: tuple[None, dict[str, Any]]) -> None:
        for name, value in state[1].items():
            object.__setattr__(self, name, value)

    def __replace__(self, /, **changes: Any) -> Self:
        from dataclasses import replace

        return replace(self, **changes)

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(
            getattr(self, name) == getattr(other, name) for name in slots_of(self)
        )

    def __hash__(self) -> int:
        values = (getattr(self, name) for name in slots_of(self) if name != "_extra")
        return hash((self.__class__, *values))

    def __repr__(self) -> str:
        defaults = self.__class__._defaults
        shown = [
            f"{name}={value!r}"
            for name, value in ((n, getattr(self, n)) for n in slots_of(self))
            if value is not UNSET
            and not (value is None and defaults.get(name, UNSET) is None)
            and not (value is None and name == "_extra")
        ]
        return f"{self.__class__.__qualname__}({', '.join(shown)})"


def slots_of(instance: Model) -> Iterator[str]:
    """The names of all fields in their order, then `_extra`."""
    yield from codec_of(instance.__class__).cls.__slots__
    yield "_extra"


def twin(cls: type) -> Any:
    """An unfrozen class with the layout of `cls`, through which decoding makes objects.

    Attributes are stored plainly into an instance of the twin, then its
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
    return type.__new__(ModelMeta, cls.__name__, (cls,), namespace)


def keep(instance: Any, data: dict[str, Any], nullable: Mapping[str, bool]) -> None:
    """Keep what no field of a just decoded object carries.

    `nullable` holds each known property and whether its field can hold null; a
    null where it cannot is drift.
    """
    extra = {}
    for name, value in data.items():
        if name not in nullable:
            extra[name] = value
        elif value is None and not nullable[name]:
            drift()
            extra[name] = value
    if extra:
        object.__setattr__(instance, "_extra", extra)


def mend(cls: type, data: dict[str, Any]) -> Any:
    """Decode an object that lacks required properties; their fields hold UNSET."""
    drift()
    codec = CODECS[cls]
    missing: dict[str, Any] = dict.fromkeys(codec.required(), UNSET)
    instance = codec.decode({**missing, **data})
    if instance._extra is None:
        object.__setattr__(instance, "_extra", {})
    return instance


def restore(encoded: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    """Put back what `keep` kept and take out what `mend` filled in."""
    for name in [name for name, value in encoded.items() if value is UNSET]:
        del encoded[name]
    for name, value in extra.items():
        encoded.setdefault(name, value)
    return encoded


def decode(codec: Codec, subject: str, value: Any, strict: bool) -> Any:
    """Decode one object; collect violations only where decoding noticed trouble."""
    if value.__class__ is not dict:
        raise ValidationError(subject, codec.check(value))
    before = drift.mark
    instance = codec.decode(value)
    if strict and drift.mark is not before:
        violations = codec.check(value)
        if violations:
            raise ValidationError(subject, violations)
    return instance


def build(self: Model, fields: dict[str, Any], extra: dict[str, Any] | None) -> None:
    """Fill a new object from keywords: what decoding the same JSON would give.

    Going through the wire form keeps one meaning for both ways of making an
    object; objects that were passed in stay the same objects.
    """
    cls = self.__class__
    codec = codec_of(cls)
    unknown = fields.keys() - set(codec.cls.__slots__)
    if unknown:
        names = ", ".join(sorted(map(repr, unknown)))
        raise TypeError(f"{cls.__name__}() got unexpected keyword argument(s) {names}")
    data: dict[str, Any] = {}
    for name, wire in codec.wire():
        default = cls._defaults.get(name, UNSET)
        value = fields.get(name, default)
        if value is not UNSET and not (value is None and default is None):
            data[wire] = plain(value)
    for wire, value in (extra or {}).items():
        data.setdefault(wire, plain(value))
    instance = decode(codec, cls.__name__, data, strict=True)
    for name in codec.cls.__slots__:
        value = fields.get(name)
        if not isinstance(value, Model):
            value = getattr(instance, name)
        object.__setattr__(self, name, value)
    object.__setattr__(self, "_extra", instance._extra)


def wire(value: Any) -> Any:
    """The JSON form of a value that a field holds.

    Unlike `plain` it trusts what it is given, and may share free-form objects
    with it: enough for writing text.
    """
    return ENCODERS[value.__class__](value)


class Encoders(dict[type, "Callable[[Any], Any]"]):
    """From the class of a value to what gives its JSON form; any other is `plain`."""

    def __missing__(self, cls: type) -> Callable[[Any], Any]:
        # UNSET stands for a missing required property; `restore` takes it out.
        return _same if cls is Unset else plain


def _same(value: Any) -> Any:
    return value


def _wire_list(value: list[Any]) -> list[Any]:
    encoders = ENCODERS
    return [encoders[item.__class__](item) for item in value]


def _wire_dict(value: dict[str, Any]) -> dict[str, Any]:
    encoders = ENCODERS
    return {name: encoders[item.__class__](item) for name, item in value.items()}


ENCODERS = Encoders(
    {
        str: _same,
        int: _same,
        float: _same,
        bool: _same,
        type(None): _same,
        list: _wire_list,
        dict: _wire_dict,
    }
)
"""Generated `codec` modules add their classes."""

_SCALARS = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """A fresh JSON value for any mix of JSON values, generated objects and enums.

    Raises `TypeError` for what JSON cannot say: NaN, sets, bytes, keys that are
    not strings.
    """
    cls = value.__class__
    if cls in _SCALARS:
        if cls is float and value - value != 0:
            raise TypeError(f"{value} has no JSON form")
        return value
    if cls is list or cls is tuple:
        return [plain(item) for item in value]
    if cls is dict:
        return {_key(name): plain(item) for name, item in value.items()}
    codec = CODECS.get(cls)
    return _plain_other(value) if codec is None else plain(codec.encode(value))


def _key(name: Any) -> str:
    if not isinstance(name, str):
        raise TypeError(f"{name!r} cannot be a property name")
    return str.__str__(name)


def _plain_other(value: Any) -> Any:
    """The JSON form of subclasses and of generated objects."""
    if isinstance(value, Model):
        return plain(codec_of(value.__class__).encode(value))
    if isinstance(value, str):
        return str.__str__(value)
    if value is UNSET:
        raise TypeError("UNSET has no JSON form")
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        return plain(float.__float__(value))
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if hasattr(value, "items"):
        return {_key(name): plain(item) for name, item in value.items()}
    if hasattr(value, "to_dict"):
        return plain(value.to_dict())
    raise TypeError(f"{type(value).__name__} has no JSON form")


def violations_of(instance: Any) -> list[Violation]:
    """What tolerant decoding let through in this object; empty when it is valid."""
    if not isinstance(instance, Model):
        return []
    codec = codec_of(instance.__class__)
    return codec.check(codec.encode(instance))
