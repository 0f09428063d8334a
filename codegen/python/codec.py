"""Writes the `codec` module: how values of each schema travel.

`decode_X(v)` turns a JSON value into a typed one. It never raises on a value that
breaks its schema: it calls `drift()`, keeps what came, and goes on; strict callers
look at the mark and collect violations. `encode_X(o)` is the way back. A class that
unions find by its tags has `tagged_X(v)` beside, for objects that have them.

A schema is decoded *exactly* where its own statements notice every violation.
Where constraints go beyond that (`if`, `not`, overlapping unions, …) the decoder
asks the generated check first, and its own statements only convert.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.python import decode_objects, decode_unions, decode_values, wide
from codegen.python import shapes as sh
from codegen.python.checks import Checks
from codegen.python.fields import Field, fields_of
from codegen.python.kept import Kept
from codegen.python.lines import Lines, block
from codegen.python.names import Names

MOST_IN_PLACE: Final = 6
"""Fields of a class that is decoded and encoded inside another one's functions."""


class Codec:
    """All functions of the codec module. `functions` holds their source by name."""

    def __init__(
        self,
        module: ir.Module,
        shapes: sh.Shapes,
        names: Names,
        checks: Checks,
        by_id: Mapping[ir.SchemaId, ir.Schema],
        sent: Iterable[ir.Schema] = (),
    ) -> None:
        """`sent` are the objects that keep their JSON, see `kept`."""
        self.module = module
        self.by_id = by_id
        self.shapes = shapes
        self.names = names
        self.checks = checks
        self.functions: dict[str, Lines] = {}
        self.classes: dict[ir.SchemaId, list[Field]] = {}
        self.tables: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        self.tagged: dict[ir.SchemaId, tags.Path] = {}
        self.event_tables: dict[str, tuple[str, str]] = {}
        self.valid: set[str] = set()
        self._wanted: list[ir.Schema] = []
        self._called: set[str] = set()
        self.loops = 0
        self._count = 0
        self._converting: set[ir.SchemaId] = set()
        self.inlining: set[ir.SchemaId] = set()
        self.kept = Kept(self, sent)

    def want(self, schema: ir.Schema) -> str:
        """The name of the decoder of a schema, which will be written to be called
        with any value."""
        name = self._want(schema)
        self._called.add(name)
        return name

    def _want(self, schema: ir.Schema) -> str:
        schema = self.target(schema)
        name = f"decode_{self.names.of(schema.id)}"
        if name not in self.functions:
            self.functions[name] = []
            self._wanted.append(schema)
        return name

    def want_tagged(self, schema: ir.Schema, path: tags.Path) -> str:
        """The name of the decoder of a branch, which will be called with objects that
        have the tags of `path`: where a class has no others they are not read."""
        schema = self.target(schema)
        if schema.id not in self.tagged:
            if not decode_objects.can_be_told(self, schema, path):
                return self.want(schema)
            self._want(schema)
            self.tagged[schema.id] = path
            self._wanted.append(schema)
        if self.tagged[schema.id] != path:
            return self.want(schema)
        return f"tagged_{self.names.of(schema.id)}"

    def target(self, schema: ir.Schema) -> ir.Schema:
        """The schema whose decoder serves this one."""
        if self.shapes.is_named(schema):
            return schema
        return facts.unwrap(self.module, schema)

    def write(self) -> None:
        """Write every decoder that was wanted, and what those want in turn."""
        guards: dict[str, Lines] = {}
        while self._wanted:
            schema = self._wanted.pop()
            name = f"decode_{self.names.of(schema.id)}"
            self._count = 0
            shape = self.shapes.own(schema)
            self.want_classes(shape, schema)
            if schema.id in self.tagged:
                path = self.tagged[schema.id]
                tagged = f"tagged_{self.names.of(schema.id)}"
                _, self.functions[tagged] = decode_objects.function(self, schema, path)
                guards[name], body = [], decode_objects.untold(self, schema, path)
            elif sh.ClassShape(schema.id) in sh.members(shape):
                guards[name], body = decode_objects.function(self, schema)
            else:
                body = [*decode_values.general(self, schema, "v"), "return v"]
            self.functions[name] = body
        for name, body in self.functions.items():
            # Where nothing else calls it, `from_dict` has seen that it is an object.
            guard = guards.get(name, []) if name in self._called else []
            self.functions[name] = block(f"def {name}(v: Any) -> Any:", guard + body)

    def want_classes(self, shape: sh.Shape, schema: ir.Schema) -> None:
        """See to it that every class that an annotation mentions is written."""
        for schema_id in sh.classes_in(shape):
            if schema_id != schema.id:
                self.want_class(self.by_id[schema_id])

    def want_class(self, schema: ir.Schema) -> None:
        """See to it that a class is written, which objects are made of."""
        self._want(schema)

    def fresh(self) -> str:
        """A variable name that the function at hand has not used."""
        self._count += 1
        return f"x{self._count}"

    def fields(self, schema: ir.Schema) -> list[Field]:
        """The fields of a schema that becomes a class."""
        found = self.classes.get(schema.id)
        if found is None:
            found = fields_of(self.module, self.shapes, self.names, schema)
            self.classes[schema.id] = found
        return found

    def is_small(self, schema: ir.Schema) -> bool:
        """Whether a class is worth writing in the place of a call: it has few fields,
        and no name of its own in the specification, so a single place."""
        few = len(self.fields(schema)) <= MOST_IN_PLACE
        return few and not self.shapes.is_named(schema)

    def ask(self, schema: ir.Schema, v: str) -> Lines:
        """Let the generated check say whether a value is valid."""
        answer = self.checks.want("valid", schema)
        self.valid.add(answer)
        return [
            *block(f"if not {answer}({v}):", ["drift()"]),
            *wide.statements(self.module, schema, v),
        ]

    def converts(self, shape: sh.Shape) -> bool:
        """Whether a typed value of this shape differs from its JSON value."""
        match shape:
            case sh.EnumShape() | sh.ClassShape():
                return True
            case sh.AliasShape(schema_id):
                if schema_id in self._converting:
                    return False
                self._converting.add(schema_id)
                own = self.shapes.own(self.module.schemas[schema_id])
                answer = self.converts(own)
                self._converting.discard(schema_id)
                return answer
            case sh.Array(item):
                return self.converts(item)
            case sh.Map(value):
                return self.converts(value)
            case sh.Union(members):
                return any(map(self.converts, members))
            case _:
                return False

    def table(self, name: str, tagged: tags.Tagged, schema: ir.Schema | None) -> None:
        """Write what an event table decodes with; `schema` is its union if named."""
        if schema is None:
            decode = decode_unions.second(self, name, tagged)
            self.event_tables[name] = (decode, f"BY_TAG_{name}")
        else:
            symbol = self.names.of(schema.id)
            table = decode_unions.tag_table(self, symbol, tagged)
            self.event_tables[name] = (self.want(schema), table)

    def note(self, answer: str) -> None:
        """Remember a check that the codec calls: it must be imported."""
        if answer.startswith("valid_"):
            self.valid.add(answer.partition("(")[0])
