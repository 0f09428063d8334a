"""Names that are given: by the configuration, for places of the specification, and by
keywords of vendors, where the configuration accepts these.

A place is a JSON Pointer. The place of a property means its field, that of a message
the class of its payload. That of an enum value ends in the value or its index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.python.model import identifiers
from codegen.styles import Style

TITLE: Final = "title"
FIELD: Final = "field"
CLASS: Final = "class"

_Named = Mapping[ir.Location, str]


def _nothing() -> _Named:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Renames:
    """Given names, each by its place: of classes, enums and aliases, of fields, and of
    enum members."""

    classes: _Named = field(default_factory=_nothing)
    fields: _Named = field(default_factory=_nothing)
    members: _Named = field(default_factory=_nothing)

    def of_field(self, schemas: Iterable[ir.Schema]) -> str | None:
        """The name given to the field of a property that these schemas describe."""
        if not self.fields:
            return None
        given = (self.fields.get(schema.location) for schema in schemas)
        return next((name for name in given if name), None)

    def of_values(self, module: ir.Module, schema: ir.Schema) -> dict[ir.Json, str]:
        """The names given to members of the schema's enum, by value."""
        if not self.members:
            return {}
        places = value_places(module, schema)
        return {v: self.members[at] for at, v in places.items() if at in self.members}


NONE: Final = Renames()
"""No names are given."""


def decide(module: ir.Module, style: Style) -> Renames:
    """The names that a style gives to places of a module. A place that does not exist
    is ignored here and reported by `misplaced`."""
    if not style.renames and not style.naming_keywords:
        return NONE
    classes, fields = _of_keywords(module, style)
    members: dict[ir.Location, str] = {}
    carried = payloads(module)
    for rename in style.renames:
        at = location(module, rename.place)
        of = rename.of or (FIELD if is_property(at) else CLASS)
        if of == FIELD:
            fields[at] = str(identifiers.attribute(rename.name))
        else:
            classes[carried.get(at, at)] = str(identifiers.class_name(rename.name))
            members[at] = rename.name
    return Renames(
        MappingProxyType(classes), MappingProxyType(fields), MappingProxyType(members)
    )


def location(module: ir.Module, place: str) -> ir.Location:
    """The location that a place means: `#/…` is in the document itself, `FILE#/…` in
    another. Where the document only refers to a named schema or message elsewhere, the
    location is there."""
    document, _, pointer = place.partition("#")
    own = module.files[0].path
    tokens = pointer.split("/", 4)
    if document in ("", own) and tokens[1:3] == ["components", "schemas"]:
        name = "".join(tokens[3:4]).replace("~1", "/").replace("~0", "~")
        if name in module.names:
            home = module.named(name).location
            rest = "/".join([home.pointer, *tokens[4:]])
            return ir.Location(home.document, rest)
    return ir.Location(document or own, pointer)


def shown(module: ir.Module, at: ir.Location) -> str:
    """A location as the configuration writes it."""
    own = at.document == module.files[0].path
    return "#".join(("" if own else at.document, at.pointer))


def is_property(at: ir.Location) -> bool:
    """Whether a place is that of a property of an object."""
    tokens = at.pointer.split("/")
    return len(tokens) > 2 and tokens[-2] == "properties"


def payloads(module: ir.Module) -> dict[ir.Location, ir.Location]:
    """The locations of the schemas of payloads, by the locations of their messages."""
    found: dict[ir.Location, ir.Location] = {}
    components = ir.Location(module.files[0].path, "/components/messages")
    for message in module.messages:
        if message.payload is not None and message.payload in module.schemas:
            home = module.schemas[message.payload].location
            found[message.location] = home
            found.setdefault(components.child(message.name), home)
    return found


def value_places(module: ir.Module, schema: ir.Schema) -> dict[ir.Location, ir.Json]:
    """The values that a schema lists, by location. Where the text of one value is the
    index of another, the location means the former."""
    by_value: dict[ir.Location, ir.Json] = {}
    by_index: dict[ir.Location, ir.Json] = {}
    for part in facts.conjuncts(module, schema):
        for lister in (part, *_branches(part)):
            at, enum = lister.location, walk.find(lister, ir.Enum)
            values = () if enum is None else enum.values
            for index, value in enumerate(values):
                by_value[at.child("enum", str(value))] = value
                by_index[at.child("enum", index)] = value
            if len(values) == 1:
                by_index[at.child("const")] = values[0]
                if lister is not part:
                    by_index[at] = values[0]
    return by_index | by_value


def _branches(schema: ir.Schema) -> list[ir.Schema]:
    """The branches of the unions that stand directly in a schema."""
    return [
        branch
        for assertion in schema.assertions
        if isinstance(assertion, (ir.AnyOf, ir.OneOf))
        for branch in assertion.schemas
    ]


def _of_keywords(
    module: ir.Module, style: Style
) -> tuple[dict[ir.Location, str], dict[ir.Location, str]]:
    """The names of classes and fields that keywords of the specification give."""
    classes: dict[ir.Location, str] = {}
    fields: dict[ir.Location, str] = {}
    if not style.naming_keywords:
        return classes, fields
    for schema in _schemas(module):
        at = schema.location
        for keyword in style.naming_keywords:
            given = schema.annotations.extensions.get(keyword)
            if keyword == TITLE:
                given = schema.annotations.title
            if not isinstance(given, str) or not given.strip():
                continue
            if keyword != TITLE and is_property(at):
                fields.setdefault(at, str(identifiers.attribute(given)))
            else:
                classes.setdefault(at, str(identifiers.class_name(given)))
    return classes, fields


def _schemas(module: ir.Module) -> Iterator[ir.Schema]:
    for outer in module.schemas.values():
        yield from walk.walk(outer)
