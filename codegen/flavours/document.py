"""The document that datamodel-code-generator is handed: what was decided about a
package, as a JSON Schema in which nothing is left for it to decide.

Each class, enum and alias stands under `$defs` by the name that it has in Python, and
is referred to from wherever its shape is. A property says its shape, and of its
constraints those that all flavours understand alike: no pattern, no limit that is no
plain number, nothing inside of lists and unions. All constraints are enforced beside
the classes, so what is left out here is left out of what a class does by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias, assert_never

from codegen.flavours.flavour import Flavour, tag_of, tags_of
from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.python.model import enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.annotations import merged
from codegen.python.model.docstrings import described
from codegen.python.model.fields import Field
from codegen.python.model.package import Package
from codegen.text import without_prompts

Json: TypeAlias = dict[str, ir.Json]

_TYPES: Final = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
}


LABEL: Final = "Wirewright"


class Document:
    """Writes the document of one package."""

    def __init__(self, package: Package, flavour: Flavour, label: str = LABEL) -> None:
        self._package = package
        self._flavour = flavour
        self._module = package.module
        self._defaults = {table.default for table in package.all_tables}
        schemas = [
            *package.enums,
            *(schema for schema, _ in package.classes),
            *(schema for schema, _, _ in package.aliases),
        ]
        self.labels = {s.id: f"{label}{n:05}" for n, s in enumerate(schemas)}
        """What each of the names is called in the document: words that stay as they
        are, in the order of the specification, and are the names again afterwards."""
        self.tagged: dict[str, tuple[str, str]] = {}
        """The property by which objects of a class are told from others in unions, and
        what it is in them."""

    def whole(self) -> Json:
        """The document."""
        return {"$defs": dict(self._definitions())}

    def _definitions(self) -> Iterator[tuple[str, ir.Json]]:
        package, names = self._package, self.labels
        for schema in package.enums:
            yield names[schema.id], self._enum(schema)
        for schema, fields in package.classes:
            yield names[schema.id], self._class(schema, fields)
        for schema, shape, _ in package.aliases:
            recursive = not self._flavour.bears_recursion and self._returns(schema)
            made = {} if recursive else self._shape(shape, schema)
            yield names[schema.id], self._said(made, schema, (schema,))

    def _returns(self, schema: ir.Schema) -> bool:
        """Whether an alias leads back to itself without a class in between."""
        shapes = {alias.id: shape for alias, shape, _ in self._package.aliases}
        seen: set[ir.SchemaId] = set()
        pending = [schema.id]
        while pending:
            for part in sh.walk(shapes[pending.pop()]):
                if isinstance(part, sh.AliasShape) and part.id in shapes:
                    if part.id == schema.id:
                        return True
                    if part.id not in seen:
                        seen.add(part.id)
                        pending.append(part.id)
        return False

    def _said(
        self, made: Json, schema: ir.Schema, schemas: tuple[ir.Schema, ...]
    ) -> Json:
        called = self._package.names.of(schema.id)
        doc = described(schemas, self._package.formats, own=False, called=called)
        return {"description": without_prompts(doc), **made} if doc else made

    def _enum(self, schema: ir.Schema) -> Json:
        values = enumerations.members(self._module, schema)
        members = self._package.names.members(schema, values)
        kind = "integer" if isinstance(members[0].value, int) else "string"
        made: Json = {
            "type": kind,
            "enum": [member.value for member in members],
            "x-enum-varnames": [str(member.name) for member in members],
        }
        return self._said(made, schema, self._package.describing(schema))

    def _class(self, schema: ir.Schema, fields: tuple[Field, ...]) -> Json:
        made: Json = {
            "type": "object",
            "properties": {
                field.wire: self._field(field, open_=schema.id in self._defaults)
                for field in fields
            },
            "required": [field.wire for field in fields if field.required],
        }
        if self._closed(schema):
            made["additionalProperties"] = False
        return self._said(made, schema, self._package.describing(schema))

    def _closed(self, schema: ir.Schema) -> bool:
        """Whether objects of a schema have declared properties only."""
        for part in facts.conjuncts(self._module, schema):
            others = (
                walk.find(part, ir.AdditionalProperties),
                walk.find(part, ir.UnevaluatedProperties),
            )
            for found in others:
                if found is not None and facts.only(found.schema) == ir.Never():
                    return True
        return False

    def _field(self, field: Field, *, open_: bool) -> Json:
        """A property; the tag of a class that is `open_` to any has a default only."""
        made: Json
        # An optional field with a default can only be absent if it may be None.
        defaulted = field.constant is not None and not field.required
        nullable = field.nullable or (defaulted and self._flavour.absent_is_none)
        if field.constant is not None and not open_:
            # Beside null a `const` would become an enum of a name of its own.
            of = field.constant
            made = self._shape(sh.Literals((of,)), None)
            made = made if nullable or not made else _constant(of)
        else:
            made = self._shape(field.shape, field.schema)
        if nullable and made and not _takes_null(field.shape):
            made = {"anyOf": [made, {"type": "null"}]}
        if field.constant is not None:
            made["default"] = field.constant
        doc = described(field.schemas, self._package.formats, called=field.wire)
        return {**made, "description": without_prompts(doc)} if doc else made

    # --- shapes --------------------------------------------------------------------

    def _reference(self, schema_id: ir.SchemaId) -> Json:
        return {"$ref": f"#/$defs/{self.labels[schema_id]}"}

    def _shape(self, shape: sh.Shape, schema: ir.Schema | None) -> Json:
        match shape:
            case sh.Anything() | sh.Nothing():
                return {}
            case sh.Null():
                return {"type": "null"}
            case sh.Scalar(word):
                return {"type": _TYPES[word], **self._facets(schema, _TYPES[word])}
            case sh.Literals(values):
                alone = self._flavour.bears(sh.Union((shape,)), self._package)
                return _literals(values) if alone else {}
            case sh.Typed():
                return {"type": "string"}  # Nobody asks for both; see the flow.
            case sh.EnumShape(target) | sh.ClassShape(target) | sh.AliasShape(target):
                return self._reference(target)
            case sh.Array(item):
                made: Json = {"type": "array", "items": self._shape(item, None)}
                return made | self._facets(schema, "array")
            case sh.Tuple(items):
                return {
                    "type": "array",
                    "prefixItems": [self._shape(item, None) for item in items],
                    "minItems": len(items),
                    "maxItems": len(items),
                    "items": False,
                }
            case sh.Map(value):
                return {
                    "type": "object",
                    "additionalProperties": self._shape(value, None) or True,
                }
            case sh.Union(members):
                return self._union(shape, members, schema)
            case _:
                assert_never(shape)

    def _union(
        self, shape: sh.Union, members: tuple[sh.Shape, ...], schema: ir.Schema | None
    ) -> Json:
        if sh.Anything() in members or not self._flavour.bears(shape, self._package):
            return {}
        # Constraints inside of a union would become classes of a name of their own.
        made: Json = {
            "anyOf": [self._shape(member, None) for member in merged(members)]
        }
        if told := tags_of(shape, self._package):
            self._discriminate(made, *told)
        return made

    def _discriminate(
        self, made: Json, name: str, values: Mapping[ir.SchemaId, str]
    ) -> None:
        """Have the members of a union told apart by their tags."""
        tags = {self.labels[i]: (name, tag) for i, tag in values.items()}
        self.tagged |= tags
        found = [tag_of(schema_id, self._package) for schema_id in values]
        # An attribute of another name is none to pydantic.
        if not self._flavour.tagged and all(
            f and str(f.attribute) == name for f in found
        ):
            mapping: Json = {t: self._reference(i)["$ref"] for i, t in values.items()}
            made["discriminator"] = {"propertyName": name, "mapping": mapping}

    def _conjuncts(self, schema: ir.Schema | None) -> Iterator[ir.Assertion]:
        if schema is not None:
            for part in facts.conjuncts(self._module, schema):
                yield from part.assertions

    def _facets(self, schema: ir.Schema | None, kind: str) -> Json:
        """The constraints that a type can bear."""
        found: Json = {}
        for assertion in self._conjuncts(schema):
            facet = _facet(assertion)
            if facet is not None and facet[0] == kind.replace("integer", "number"):
                _, key, limit = facet
                if abs(limit) < _SAFE:
                    found.setdefault(key, limit)
        return found


def _facet(assertion: ir.Assertion) -> tuple[str, str, int | float] | None:
    """A constraint that a type can bear: on what type, the keyword, its limit."""
    match assertion:
        case ir.Minimum(limit, exclusive):
            return "number", "exclusiveMinimum" if exclusive else "minimum", limit
        case ir.Maximum(limit, exclusive):
            return "number", "exclusiveMaximum" if exclusive else "maximum", limit
        case ir.MinLength(limit):
            return "string", "minLength", limit
        case ir.MaxLength(limit):
            return "string", "maxLength", limit
        case ir.MinItems(limit):
            return "array", "minItems", limit
        case ir.MaxItems(limit):
            return "array", "maxItems", limit
        case ir.MultipleOf() | ir.Pattern() | ir.Format() | ir.UniqueItems():
            return None
        case ir.PrefixItems() | ir.Items() | ir.Contains() | ir.UnevaluatedItems():
            return None
        case ir.OnAnyValue() | ir.OnObjects() | ir.InPlace():
            return None
        case _:
            assert_never(assertion)


_SAFE: Final = 2**53
"""Numbers below which integers and floats agree everywhere."""


def _literals(values: Sequence[facts.Tag]) -> Json:
    return {"enum": list(values), "x-enum-field-as-literal": True}


def _constant(value: facts.Tag) -> Json:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return {"const": value, "type": "integer" if whole else facts.json_type(value)}


def _takes_null(shape: sh.Shape) -> bool:
    return sh.Null() in sh.members(shape) or sh.Anything() in sh.members(shape)
