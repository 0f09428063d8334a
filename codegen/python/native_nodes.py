"""The nodes of `_native`: what `native_module.py` writes, decided schema by schema."""

from __future__ import annotations

from typing import Any, Final

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.codec import containers, conversion, objects, unions
from codegen.python.codec.context import Codec
from codegen.python.model import enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.event_tables import Table
from codegen.python.model.fields import Field
from codegen.python.model.package import Package
from codegen.python.model.structure import ItemSchemas
from codegen.python.model.union_dispatch import Dispatch
from codegen.python.native_scalars import (
    Node,
    NoForm,
    is_small,
    leaf,
    sizes,
    test_of_pattern,
)


class Nodes:
    """The nodes of a package, made when they are referred to."""

    def __init__(self, package: Package, codec: Codec) -> None:
        self._package = package
        self._codec = codec
        self._module = package.module
        self.classes: dict[str, dict[str, Any]] = {}
        self.named: dict[str, Node] = {}
        self._pending: list[ir.Schema] = []
        self._met: set[ir.SchemaId] = set()
        self._open: set[ir.SchemaId] = set()

    def of_events(self, table: Table) -> Node | None:
        """The node of an event table; None where Python has to decode its frames."""
        tagged = table.tagged
        if table.tried() or tagged.inside:
            return None
        try:
            return {"object": self._tagged(tagged)}
        except NoForm:
            return None

    def add_union(self, schema: ir.Schema | None) -> None:
        """Make the node of a union of events, by which its values are judged. That of
        its table only says how they are decoded."""
        if schema is None or self._is_class(schema) or schema.id in self._met:
            return
        try:
            node = self._or_python(schema)
        except NoForm:
            return
        if isinstance(node, dict) and not node.keys() & {"python", "valid"}:
            self._met.add(schema.id)
            self.named[str(self._codec.names.of(schema.id))] = node

    def finish(self) -> None:
        """Make everything that has been referred to, and what that refers to."""
        while self._pending:
            schema = self._pending.pop(0)
            name = str(self._codec.names.of(schema.id))
            if self._is_class(schema):
                self.classes[name] = self._class(schema)
            else:
                self.named[name] = self._or_python(schema)

    # --- values -----------------------------------------------------------------------

    def _value(self, schema: ir.Schema) -> Node:
        codec = self._codec
        if cond.is_true(schema, codec.checks.formats):
            return True
        if codec.leads_elsewhere(schema):
            schema = codec.target(schema)
            found = self._scalar(schema, codec.shapes.use(schema))
            return self._decoded(schema) if found is None else found
        return self._in_place(schema) or self._decoded(schema)

    def _in_place(self, schema: ir.Schema) -> Node | None:
        codec = self._codec
        found = self._scalar(schema, codec.shapes.own(schema))
        if found is not None:
            return found
        if containers.is_simple_array(schema):
            return {"array": self._array(schema)}
        if containers.is_simple_map(schema):
            return {"object": self._map(schema)}
        return None

    def _scalar(self, schema: ir.Schema, shape: sh.Shape) -> Node | None:
        """The node of a scalar that stays as it is, or of a text that becomes a value
        of a type."""
        codec = self._codec
        if not cond.is_leaf(schema) or codec.shapes.has_members(shape):
            return None
        types = conversion.text_types(codec.shapes.own(schema))
        if codec.converts(shape) and len(types) != 1:
            return None
        return leaf(schema, codec.checks.formats, types[0] if types else None)

    def _decoded(self, schema: ir.Schema) -> Node:
        """The node of a schema that has a decoder of its own: a reference if it is a
        class or has a name, otherwise written in place."""
        codec = self._codec
        schema = codec.target(schema)
        if not codec.is_held(schema):
            raise NoForm
        if self._is_class(schema) or codec.shapes.is_named(schema):
            if schema.id not in self._met:
                self._met.add(schema.id)
                self._pending.append(schema)
            name = str(codec.names.of(schema.id))
            if not self._is_class(schema):
                return {"ref": name}
            if self._takes_null(schema):
                return {"object": {"class": name}, "null": True}
            return {"class": name}
        return self._or_python(schema)

    def _or_python(self, schema: ir.Schema) -> Node:
        """What a schema without a class says or, where nodes cannot say it, the name of
        its decoder."""
        try:
            if schema.id in self._open:
                raise NoForm  # What leads to itself needs a name to be referred to by.
            self._open.add(schema.id)
            try:
                node = self._general(schema)
            finally:
                self._open.discard(schema.id)
        except NoForm:
            name = self._codec.own("decode", schema).id
            if not self._codec.writes(name):
                raise
            return {"python": name}
        return node

    def _general(self, schema: ir.Schema) -> Node:
        codec = self._codec
        only = facts.only(schema)
        if isinstance(only, ir.Ref):
            return self._value(self._module.schemas[only.target])
        members = sh.members(codec.shapes.own(schema))
        enum = sh.EnumShape(schema.id) in members
        if isinstance(only, ir.AllOf) and len(only.schemas) == 1 and not enum:
            return self._value(only.schemas[0])
        if enum and enumerations.is_exact(schema):
            null = {"null": True} if sh.Null() in members else {}
            return {**self._enum(schema), **null}
        found = self._in_place(schema)
        if found is not None:
            return found
        dispatch = unions.decided(codec, schema)
        if dispatch is not None:
            return self._dispatched(dispatch)
        tagged = unions.exact_tags(codec, schema)
        if tagged is not None:
            return {"object": self._tagged(tagged)}
        try:
            return self._tried(schema)
        except NoForm:
            return self._asked(schema)

    def _asked(self, schema: ir.Schema) -> Node:
        """The node of a schema for which the generated check is asked, and which is
        decoded by its type alone."""
        codec = self._codec
        shape = codec.shapes.own(schema)
        if schema.id in self._package.circles.circular:
            raise NoForm  # Nothing would be remembered from one level to the next.
        if not codec.writes(codec.own("decode", schema).id):
            raise NoForm
        if codec.changes(shape):
            # What else decides what becomes of it, see `conversion.statements`.
            shapes = codec.shapes
            union = shapes.alternatives(schema) or unions.converting(codec, schema)
            if union or shapes.target(schema) is not None:
                raise NoForm
            inner = {"node": self._made(schema, shape)}
        else:
            inner = {}
        return {"valid": codec.checks.require("valid", schema), **inner}

    def _made(self, schema: ir.Schema, shape: sh.Shape) -> Node:
        """The node of arrays and maps, and of null beside them."""
        found: dict[str, Any] = {}
        for member in sh.members(shape):
            match member:
                case sh.Array() | sh.Tuple():
                    found["array"] = self._array(schema)
                case sh.Map():
                    found["object"] = self._map(schema)
                case sh.Null():
                    found["null"] = True
                case _:
                    raise NoForm
        return found

    def _enum(self, schema: ir.Schema) -> dict[str, Any]:
        """The node of an enum of texts or of integers."""
        shape = sh.EnumShape(schema.id)
        own = next(m for m in sh.members(self._codec.shapes.own(schema)) if m == shape)
        if not isinstance(own, sh.EnumShape):
            raise NoForm
        name = str(self._codec.names.of(schema.id))
        if not own.integers:
            return {"string": {"enum": name}}
        if not all(map(is_small, enumerations.members(self._module, schema))):
            raise NoForm
        return {"integer": {"enum": name}}

    # --- arrays and maps --------------------------------------------------------------

    def _array(self, schema: ir.Schema) -> dict[str, Any]:
        made = self._codec.shapes.items(schema)
        if made.is_closed and not made.prefix:
            raise NoForm
        found: dict[str, Any] = {}
        if made.prefix:
            found = self._prefix(made)
        elif made.rest is not None:
            found["items"] = self._value(made.rest)
            found |= {"turns": True} if self._codec.turns(made.rest) else {}
        if walk.find(schema, ir.UniqueItems) is not None:
            found["unique"] = True
        return found | sizes(schema, ir.MinItems, ir.MaxItems)

    def _prefix(self, made: ItemSchemas) -> dict[str, Any]:
        """The node for the first items of an array, each with a schema of its own, and
        for the rest."""
        parts = (*made.prefix, made.rest)
        first = tuple(True if part is None else self._value(part) for part in parts)
        found: dict[str, Any] = {"prefix": first[:-1]}
        closed = made.is_closed or made.is_tuple
        found |= {"closed": True} if closed else {"items": first[-1]}
        found |= {"turns": True} if any(map(self._codec.turns, parts)) else {}
        return found | ({"tuple": True} if made.is_tuple else {})

    def _map(self, schema: ir.Schema) -> dict[str, Any]:
        made = self._codec.shapes.values(schema)
        found: dict[str, Any] = {}
        if made.patterns:
            found["patterns"] = tuple(
                (test_of_pattern(regex), self._value(inner))
                for regex, inner in made.patterns
            )
        if made.is_closed:
            found["closed"] = True
        elif made.rest is not None:
            found["values"] = self._value(made.rest)
        parts = (*(inner for _, inner in made.patterns), made.rest)
        found |= {"turns": True} if any(map(self._codec.turns, parts)) else {}
        return found | sizes(schema, ir.MinProperties, ir.MaxProperties)

    # --- unions -----------------------------------------------------------------------

    def _dispatched(self, found: Dispatch) -> Node:
        """The node of a union that JSON types decide and, among objects, tags."""
        node: dict[str, Any] = {"null": True} if found.nullable else {}
        for branch, types in found.branches():
            made = self._opened(self._value(branch))
            wanted = {*types, "integer"} if "number" in types else set(types)
            if {*map(cond.group, types)} - {*map(cond.group, made)}:
                raise NoForm  # Less than it says would pass for all that it says.
            for name in made.keys() & wanted:
                node[name] = made[name]
        enums = []
        for branch in found.absorbed:
            own = self._codec.shapes.own(branch)
            if isinstance(own, sh.EnumShape):
                enums.append(self._enum(branch))
            elif self._codec.converts(own):
                raise NoForm
        texts = node.get("string", {"typed": True})
        if enums and "typed" not in texts and all("string" in enum for enum in enums):
            names = tuple(enum["string"]["enum"] for enum in enums)
            node["string"] = {**node["string"], "open": names}
        elif enums:
            raise NoForm
        if found.objects is not None:
            node["object"] = self._tagged(found.objects)
        return dict(sorted(node.items()))

    def _tried(self, schema: ir.Schema) -> Node:
        """The node of a union that only trying its branches decides."""
        codec = self._codec
        alternatives = unions.converting(codec, schema)
        if alternatives is None or schema.id in self._package.circles.ambiguous:
            raise NoForm  # A codec that tries branches remembers nothing.
        union = codec.flatten(alternatives)
        if union.exclusive:
            parts = [facts.unwrap(self._module, part) for part in alternatives.schemas]
            opened = {part.id for part in parts if not facts.is_null(part)}
            opened -= {branch.id for branch in union.branches}
            # Branches of a union inside do not exclude those beside them, and what
            # stands there twice excludes itself.
            if opened or len(union.branches) + union.nullable < len(parts):
                raise NoForm
        branches = [self._value(branch) for branch in union.branches]
        if any(isinstance(node, dict) and "python" in node for node in branches):
            raise NoForm
        found: dict[str, Any] = {
            "tried": (*branches, *(("null",) if union.nullable else ()))
        }
        return found | ({"exclusive": True} if union.exclusive else {})

    def _opened(self, node: Node) -> dict[str, Any]:
        """A node as a mapping by types; a reference to a union is followed."""
        if node is True:
            return _ANYTHING
        if isinstance(node, str):
            return {node: True if node in ("null", "boolean") else {}}
        assert isinstance(node, dict)
        if "class" in node:
            return {"object": node}
        if "ref" in node or "python" in node or "tried" in node or "valid" in node:
            return dict.fromkeys(_ANYTHING, node)
        return node

    def _tagged(self, found: tags.Tagged) -> dict[str, Any]:
        """The node of a decision among objects by a text."""
        if found.inside or found.kinds != {str}:
            raise NoForm
        cases: dict[str, Any] = {}
        for value, case in found.cases.items():
            if isinstance(case, tags.Tagged):
                cases[str(value)] = {"object": self._tagged(case)}
            else:
                cases[str(value)] = self._value(facts.plain(self._module, case))
        return {"tag": found.property, "cases": cases}

    # --- classes ----------------------------------------------------------------------

    def _is_class(self, schema: ir.Schema) -> bool:
        return sh.ClassShape(schema.id) in sh.members(self._codec.shapes.own(schema))

    def _takes_null(self, schema: ir.Schema) -> bool:
        return facts.types(self._module, schema) == {"object", "null"}

    def _class(self, schema: ir.Schema) -> dict[str, Any]:
        """The node of a class. What else is asked of its objects is left to Python."""
        codec = self._codec
        fields = codec.fields(schema)
        python = {"python": codec.own("decode", schema).id}
        read = {field.wire for field in fields if field.required}
        kinds = facts.types(self._module, schema)
        exact = objects.is_exact(codec, schema)
        if (
            kinds not in ({"object"}, {"object", "null"})
            or schema.id in codec.bases
            or (exact and facts.required(self._module, schema) - read)
        ):
            return python
        try:
            found: dict[str, Any] = {
                "fields": {field.wire: self._field(field) for field in fields}
            }
            rest = walk.find(schema, ir.AdditionalProperties)
            if rest is not None:
                closed = facts.is_never(rest.schema)
                more = {"closed": True} if closed else self._others(rest.schema)
                exact = exact and more is not None
                # Where patterns of names say more, the check is asked.
                found |= more if exact and more is not None else {}
        except NoForm:
            return python
        for part in facts.conjuncts(self._module, schema):
            for name, size in sizes(part, ir.MinProperties, ir.MaxProperties).items():
                if name in found:
                    return python
                found[name] = size
        if not exact and schema.id in self._package.circles.circular:
            return python
        if not exact:
            found["valid"] = codec.checks.require("valid", schema)
        return found | ({"kept": True} if schema.id in codec.retained else {})

    def _others(self, schema: ir.Schema) -> dict[str, Any] | None:
        """What properties without a field must be; they stay JSON. None where only the
        check can say it."""
        if cond.is_true(schema, self._codec.checks.formats):
            return {}
        if not cond.is_leaf(schema):
            return None
        return {"others": leaf(schema, self._codec.checks.formats)}

    def _field(self, field: Field) -> tuple[str, str, Node]:
        if field.loose:
            raise NoForm
        schemas = {schema.id: schema for schema in field.schemas}
        if field.apart or len(schemas) > 1:
            raise NoForm
        kind = "nullable" if field.nullable else "optional"
        (schema,) = schemas.values()
        node = self._value(schema)
        return str(field.attribute), "required" if field.required else kind, node


_ANYTHING: Final[dict[str, Any]] = {
    "array": {},
    "boolean": True,
    "null": True,
    "number": {},
    "object": {},
    "string": {},
}
