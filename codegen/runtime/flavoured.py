"""Schemas and event tables in front of classes that are pydantic's, msgspec's or
`TypedDict`: what is decoded and what is sent meets the specification, whatever the
classes themselves enforce.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from importlib import import_module
from typing import Any, Literal, NamedTuple, TypeAlias

from ._asked import violations_for
from ._depth import with_room
from ._json import dumps, loads
from ._peeking import Frame, Peeking
from ._reading import read
from .errors import ValidationError, Violation, counted, unknown_tag
from .wire import plain

Path: TypeAlias = tuple[tuple[tuple[str, ...], str | int | bool], ...]
"""The tags that lead to a class, each behind the properties that lead to the tag."""

Side: TypeAlias = Literal["client", "server"] | None
"""Who reads a value; without it the user of the package does."""

Given: TypeAlias = tuple[Path, str, str, bool]
"""What a key of a table stands for: the tags that lead there, the class, the rule that
its objects meet, and whether they are tried because no tag tells them apart."""


class Schema:
    """Between the JSON values of one schema and typed values.

    `name` is the schema's name in the specification. Where it is told apart by tags
    which class an object is of, `table` is the name of the table that knows them.
    """

    __slots__ = (
        "__weakref__",
        "_flavour",
        "_package",
        "_reader",
        "_rule",
        "_table",
        "_type",
        "_writer",
        "name",
    )

    def __init__(
        self, flavour: str, name: str, of: str, rule: str, package: str, table: str = ""
    ) -> None:
        self.name = name
        self._flavour = flavour
        self._type, self._rule, self._package = of, rule, package
        self._table = table
        self._reader: Callable[[Any], Any] | None = None
        self._writer: Callable[[Any], Any] | None = None

    def __repr__(self) -> str:
        return f"<Schema {self.name}>"

    def __reduce__(self) -> tuple[type, tuple[str, ...]]:
        made = (self._flavour, self.name, self._type, self._rule, self._package)
        return Schema, (*made, self._table)

    def violations(self, value: Any, *, side: Side = None) -> list[Violation]:
        """Every way in which a JSON value breaks the schema; empty when valid.

        `side` says who reads it, where properties that only one side writes are not
        required of the other; without it the user of this package does.
        """
        return violations_for(side, self.name, self._rule, value, self._rules)

    def is_valid(self, value: Any, *, side: Side = None) -> bool:
        """Whether a JSON value meets the schema. `side` says who reads, as for
        `violations`."""
        return not self.violations(value, side=side)

    @property
    def sent_to(self) -> Side:
        """Who reads what the package sends, where that has to meet anything else than
        what comes."""
        found: Side = self._rules().SENT_TO
        return found

    def _rules(self) -> Any:
        return with_room(import_module, f"{self._package}._constraints")

    def decode(self, value: Any, *, strict: Literal[True] = True) -> Any:
        """The typed value of a JSON value. Raises `ValidationError` with every
        violation, and what the class raises where it is narrower than the schema;
        classes of a flavour hold nothing that breaks it, so there is no other way."""
        if not strict:
            raise TypeError(f"{self.name}: classes of {self._flavour} decode strictly")
        found = self.violations(value)
        if found:
            raise ValidationError(self.name, found)
        of = _type_named(self._package, self._type)
        if value is None or (_is_class(of) and not isinstance(value, dict)):
            return value  # The schema takes it, and it is no object.
        if self._table:
            tables = with_room(import_module, f"{self._package}.events").EVENTS
            return tables[self._table].decode(value)
        read = self._reader
        if read is None:
            adapter = _adapter(self._package, self._flavour)
            read = self._reader = adapter.reader(of, self.sent_to is not None)
        try:
            return with_room(read, plain(value))
        except RecursionError:
            raise ValueError(f"{self.name}: nested too deep for its classes") from None

    def _written(self) -> Any:
        """The type by which values are written: an event's own, whichever it is."""
        return Any if self._table else _type_named(self._package, self._type)

    def encode(self, obj: Any) -> Any:
        """The JSON value of a typed value. Raises `ValidationError` if that breaks
        the schema as whoever it is sent to reads it; what has come and holds nothing
        that a program built goes out as it came."""
        of = self._written()
        adapter = _adapter(self._package, self._flavour)
        if obj is None or (_is_class(of) and not isinstance(obj, (dict, of))):
            value = plain(obj)
        else:
            write = self._writer
            if write is None:
                write = self._writer = adapter.writer(of)
            value = plain(with_room(write, obj))
        found = self.violations(value, side=self.sent_to)
        if found and (adapter.is_built(obj) or self.violations(value)):
            raise ValidationError(self.name, found)
        return value

    def from_json(self, text: str | bytes, *, strict: Literal[True] = True) -> Any:
        """Decode JSON text; as `decode`, and `ValueError` for what is not JSON."""
        return self.decode(with_room(loads, text), strict=strict)

    def to_json(self, obj: Any) -> bytes:
        """The JSON text of a typed value, compact, in UTF-8; as `encode`."""
        return with_room(dumps, self.encode(obj))


def _is_class(of: Any) -> bool:
    """Whether a type is a class of objects."""
    if of is Any or not isinstance(of, type):
        return False
    return not issubclass(of, (Enum, dict, list, str, int, float))


def _adapter(package: str, flavour: str) -> Any:
    return with_room(import_module, f"{package}._runtime.{flavour}_adapter")


def _type_named(package: str, name: str) -> Any:
    return getattr(with_room(import_module, f"{package}.models"), name)


class Schemas(Mapping[str, Schema]):
    """Every named schema by its name in the specification; made on first use."""

    def __init__(
        self, flavour: str, types: Mapping[str, tuple[str, ...]], package: str
    ) -> None:
        self._flavour = flavour
        self._types = types
        self._package = package
        self._made: dict[str, Schema] = {}

    def __getitem__(self, name: str) -> Schema:
        if name not in self._made:
            of, rule, *table = self._types[name]
            schema = Schema(self._flavour, name, of, rule, self._package, *table)
            self._made[name] = schema
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)

    def __repr__(self) -> str:
        return f"<Schemas: {counted(len(self), 'schema', 'schemas')}>"


class UnknownEvent:
    """An event whose tag the table does not hold: `type` is the tag, `raw` the JSON
    object as it came."""

    __slots__ = ("__weakref__", "raw", "type")
    __match_args__ = ("type", "raw")

    def __init__(self, type: Any, raw: dict[str, Any]) -> None:
        self.type = type
        self.raw = raw

    def __repr__(self) -> str:
        return f"UnknownEvent(type={self.type!r}, raw={self.raw!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UnknownEvent) and self.raw == other.raw

    def __reduce__(self) -> tuple[type, tuple[Any, dict[str, Any]]]:
        return UnknownEvent, (self.type, self.raw)

    __hash__ = None  # type: ignore[assignment]  # Its object can change.

    def to_dict(self) -> dict[str, Any]:
        """The JSON object as it was received."""
        found: dict[str, Any] = with_room(plain, self.raw)
        return found

    def to_json(self) -> bytes:
        """The JSON text of `to_dict`, compact, in UTF-8."""
        return with_room(dumps, self.to_dict())


class _Route(NamedTuple):
    """The way to a class of a table: the tags that are asked for, the schema of its
    objects, its name, and whether they are tried because no tag tells them apart."""

    path: Path
    schema: Schema
    type: str
    tried: bool


class EventTable(Peeking, Mapping[Any, Any]):
    """The events of one union or direction, by their tags."""

    def __init__(
        self,
        flavour: str,
        name: str,
        routes: Mapping[Any, Given],
        package: str,
        union: str = "",
        default: str = "",
    ) -> None:
        """`union` is the rule for objects whose class no tag tells, and `default` the
        key for objects with a tag of no other key."""
        self.name = name
        self._package = package
        self._union = Schema(flavour, name, "", union, package) if union else None
        self._routes = {
            _key(key): _Route(
                path, Schema(flavour, str(key), of, rule, package), of, tried
            )
            for key, (path, of, rule, tried) in routes.items()
        }
        self._default = self._routes[_key(default)].schema if default else None
        # Behind the first tag, which all routes have in the same place.
        self._tagged: dict[Any, list[_Route]] = {}
        self._untagged: list[_Route] = []
        self._way: tuple[str, ...] = ()
        for route in self._routes.values():
            if not route.path:
                self._untagged.append(route)
                continue
            (way, tag), *further = route.path
            self._way = self._way or way
            behind = route._replace(path=tuple(further))
            self._tagged.setdefault(_key(tag), []).append(behind)
        name = self._way[0] if len(self._way) == 1 else ""
        self._look_for(name, self._way, [tag for _, tag in self._tagged])

    def __getitem__(self, tag: Any) -> Any:
        return _type_named(self._package, self._routes[_key(tag)].type)

    def __iter__(self) -> Iterator[Any]:
        return (key[1] for key in self._routes)

    def __hash__(self) -> int:
        # Equal mappings have the same keys; to compare classes would load them all.
        return hash(frozenset(self))

    def __len__(self) -> int:
        return len(self._routes)

    def __repr__(self) -> str:
        return f"<EventTable {self.name}>"

    def decode(self, frame: Frame, *, strict: bool = False) -> Any:
        """The event of a frame: of bytes, text, or a JSON object.

        An unknown tag gives `UnknownEvent`. Raises `ValidationError` where an event
        breaks its schema, with `strict` for unknown tags as well, and `ValueError` for
        what is no JSON object.
        """
        value = read(frame, strict=strict)
        if type(value) is not dict:
            why = f"an event is a JSON object, not {type(value).__name__}"
            raise ValidationError(self.name, [Violation("", "type", why)])
        schema = self._schema_of(value)
        if schema is not None:
            return schema.decode(value)
        event = UnknownEvent(_at(value, self._way), value)
        if strict:
            found = self._union.violations(value) if self._union else []
            unknown = unknown_tag(event.type, self._way, self.name)
            raise ValidationError(self.name, found or [unknown])
        return event

    def encode(self, event: Any) -> bytes:
        """The frame of an event. Raises `TypeError` for what is none of this table."""
        if isinstance(event, UnknownEvent):
            return event.to_json()
        if isinstance(event, dict):
            schema = self._schema_of(event, sent=True)
            if schema is None:
                raise TypeError(f"no event of {self.name}")
            return schema.to_json(event)
        for route in self._routes.values():
            cls = _type_named(self._package, route.type)
            if _is_class(cls) and isinstance(event, cls):
                return route.schema.to_json(event)
        raise TypeError(f"{type(event).__name__} is no event of {self.name}")

    def _schema_of(self, value: dict[str, Any], sent: bool = False) -> Schema | None:
        """The schema of an event; None if the table has none for it."""
        tag = _key(_at(value, self._way))
        for route in self._tagged.get(tag, self._untagged):
            met = all(_key(_at(value, way)) == _key(tag) for way, tag in route.path)
            if met and (not route.tried or self._is_meant(route.schema, value, sent)):
                return route.schema
        for route in () if self._default else self._routes.values():
            found = [(_at(value, way), tag) for way, tag in route.path]
            met = all(of is None or _key(of) == _key(tag) for of, tag in found)
            if met and self._is_meant(route.schema, value, sent):
                return route.schema  # It can do without the tags that are absent.
        return self._default

    def _is_meant(self, schema: Schema, value: dict[str, Any], sent: bool) -> bool:
        """Whether an object is of a schema that no tag tells from others."""
        every = (schema,) if self._union is None else (self._union, schema)
        readers = (None, schema.sent_to) if sent else (None,)
        return any(all(s.is_valid(value, side=side) for s in every) for side in readers)


def _key(tag: Any) -> tuple[bool, Any]:
    """1 and true are different tags, and 1.0 is 1."""
    if isinstance(tag, (str, int, float)):
        return isinstance(tag, bool), tag
    return False, None


def _at(value: Any, way: tuple[str, ...]) -> Any:
    for name in way:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def status() -> str:
    """Which codec decodes the events of this package, and why."""
    return "python (the package has no tables for another)"
