"""Writes the `codec` module: how values of each schema travel.

`decode_X(v)` turns a JSON value into a typed one. It never raises on a value that
breaks its schema: it calls `drift()`, keeps what came, and goes on; strict callers
look at the mark and collect violations. `encode_X(o)` is the way back.

A schema is decoded *exactly* where its own statements notice every violation.
Where constraints go beyond that (`if`, `not`, overlapping unions, …) the decoder
asks the generated check first, and its own statements only convert.
"""

from __future__ import annotations

from collections.abc import Mapping

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python import shapes as sh
from codegen.python.checks import Checks
from codegen.python.dispatch import Dispatch, dispatch_of
from codegen.python.fields import Field, fields_of
from codegen.python.lines import Lines, block, literal
from codegen.python.names import Names

_OBJECT_KINDS = (
    ir.Type,
    ir.Properties,
    ir.Required,
    ir.AdditionalProperties,
    ir.MinProperties,
    ir.MaxProperties,
    ir.Format,
)
_ARRAY_KINDS = (ir.Type, ir.Items, ir.MinItems, ir.MaxItems, ir.UniqueItems, ir.Format)


class Codec:
    """All functions of the codec module. `functions` holds their source by name."""

    def __init__(
        self,
        module: ir.Module,
        shapes: sh.Shapes,
        names: Names,
        checks: Checks,
        by_id: Mapping[ir.SchemaId, ir.Schema],
    ) -> None:
        self.module = module
        self.by_id = by_id
        self.shapes = shapes
        self.names = names
        self.checks = checks
        self.functions: dict[str, Lines] = {}
        self.classes: dict[ir.SchemaId, list[Field]] = {}
        self.tables: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        self.event_tables: dict[str, tuple[str, str]] = {}
        self.valid: set[str] = set()
        self._wanted: list[ir.Schema] = []
        self._count = 0
        self._converting: set[ir.SchemaId] = set()

    def want(self, schema: ir.Schema) -> str:
        """The name of the decoder of a schema, which will be written."""
        schema = self._target(schema)
        name = f"decode_{self.names.of(schema.id)}"
        if name not in self.functions:
            self.functions[name] = []
            self._wanted.append(schema)
        return name

    def _target(self, schema: ir.Schema) -> ir.Schema:
        if self.shapes.is_named(schema):
            return schema
        return facts.unwrap(self.module, schema)

    def write(self) -> None:
        """Write every decoder that was wanted, and what those want in turn."""
        while self._wanted:
            schema = self._wanted.pop()
            name = f"decode_{self.names.of(schema.id)}"
            self._count = 0
            shape = self.shapes.own(schema)
            self._want_classes(shape, schema)
            if sh.ClassShape(schema.id) in sh.members(shape):
                self.functions[name] = self._class(name, schema)
            else:
                body = [*self._general(schema, "v"), "return v"]
                self.functions[name] = block(f"def {name}(v: Any) -> Any:", body)

    def _want_classes(self, shape: sh.Shape, schema: ir.Schema) -> None:
        """See to it that every class that an annotation mentions is written."""
        for schema_id in sh.classes_in(shape):
            if schema_id != schema.id:
                self.want(self.by_id[schema_id])

    def _fresh(self) -> str:
        self._count += 1
        return f"x{self._count}"

    # --- classes ---------------------------------------------------------------------

    def fields(self, schema: ir.Schema) -> list[Field]:
        """The fields of a schema that becomes a class."""
        found = self.classes.get(schema.id)
        if found is None:
            found = fields_of(self.module, self.shapes, self.names, schema)
            self.classes[schema.id] = found
        return found

    def _class(self, name: str, schema: ir.Schema) -> Lines:
        fields = self.fields(schema)
        for field in fields:
            self._want_classes(field.shape, schema)
        symbol = self.names.of(schema.id)
        exact = self._exact_object(schema)
        body = self._not_an_object(schema)
        if not exact:
            body += self._ask(schema, "v")
        required = [f for f in fields if f.required]
        optional = [f for f in fields if not f.required]
        body.append(f"o = New_{symbol}()")
        body += self._required(symbol, required)
        body += self._optional(optional, len(fields))
        body += ["o._extra = None", f"o.__class__ = {symbol}"]
        count = "n" if optional else f"{len(required)}"
        tail = [f"keep(o, v, KNOWN_{symbol})"]
        if exact and self._closed(schema):
            tail = ["drift()", *tail]
        elif exact and walk.find(schema, ir.AdditionalProperties) is not None:
            tail = [*self._ask(schema, "v"), *tail]
        body += block(f"if len(v) != {count}:", tail)
        body += self._limits(schema) if exact else []
        body.append("return o")
        return block(f"def {name}(v: Any) -> Any:", body)

    def _ask(self, schema: ir.Schema, v: str) -> Lines:
        """Let the generated check say whether a value is valid."""
        answer = self.checks.want("valid", schema)
        self.valid.add(answer)
        return block(f"if not {answer}({v}):", ["drift()"])

    def _not_an_object(self, schema: ir.Schema) -> Lines:
        """What becomes of a value that is no object: decoded as the other shapes
        of the schema are, or kept as it is."""
        types = facts.types(self.module, schema)
        body: Lines = []
        if types == {"object"}:
            body = ["drift()"]
        elif types == {"object", "null"}:
            body = ["if v is not None:", "    drift()"]
        else:
            body = self._ask(schema, "v")
        return block("if v.__class__ is not dict:", [*body, "return v"])

    def _exact_object(self, schema: ir.Schema) -> bool:
        return all(isinstance(a, _OBJECT_KINDS) for a in schema.assertions)

    def _closed(self, schema: ir.Schema) -> bool:
        rest = walk.find(schema, ir.AdditionalProperties)
        return rest is not None and walk.find(rest.schema, ir.Never) is not None

    def _limits(self, schema: ir.Schema) -> Lines:
        lines: Lines = []
        declared = {field.wire for field in self.fields(schema)}
        for name in sorted(facts.required(self.module, schema) - declared):
            lines += block(f"if {literal(name)} not in v:", ["drift()"])
        for a in schema.assertions:
            if isinstance(a, ir.MinProperties) and a.limit > 0:
                lines += block(f"if len(v) < {a.limit}:", ["drift()"])
            elif isinstance(a, ir.MaxProperties):
                lines += block(f"if len(v) > {a.limit}:", ["drift()"])
        return lines

    def _required(self, symbol: str, required: list[Field]) -> Lines:
        """Read, check and store the fields that must be there.

        One `try` around them costs nothing while nothing is missing; decoders
        that are called inside it never let a KeyError out.
        """
        lines: Lines = []
        for field in required:
            lines.append(f"x = v[{literal(field.wire)}]")
            lines += self._field(field, "x")
            lines.append(f"o.{field.attribute} = x")
        if not lines:
            return []
        missing = block("except KeyError:", [f"return mend({symbol}, v)"])
        return [*block("try:", lines), *missing]

    def _optional(self, optional: list[Field], total: int) -> Lines:
        """Read, check and store the fields that may be absent, counting those that
        are: most are there on the wire."""
        if not optional:
            return []
        lines = ["get = v.get", f"n = {total}"]
        for field in optional:
            body = self._field(field, "x")
            absent = "UNSET" if field.nullable else "None"
            default = ", UNSET" if field.nullable else ""
            lines.append(f"x = get({literal(field.wire)}{default})")
            lines += block(f"if x is {absent}:", ["n -= 1"])
            if field.nullable and body and _skips_null(body):
                lines += [f"el{body[0]}", *body[1:]]
            elif body:
                lines += _chained(body)
            lines.append(f"o.{field.attribute} = x")
        return lines

    def _field(self, field: Field, x: str) -> Lines:
        """Statements that check and convert the value of a field, in place."""
        if len(field.schemas) == 1:
            return self._value(field.schemas[0], x)
        # Several schemas on one property: the first that converts does. Such a
        # class is not decoded exactly, so nothing needs to be checked here.
        convert = [s for s in field.schemas if self._converts(self.shapes.use(s))]
        return self._value(convert[0], x, checked=False) if convert else []

    # --- values ----------------------------------------------------------------------

    def converts(self, shape: sh.Shape) -> bool:
        """Whether a typed value of this shape differs from its JSON value."""
        return self._converts(shape)

    def _converts(self, shape: sh.Shape) -> bool:
        match shape:
            case sh.EnumShape() | sh.ClassShape():
                return True
            case sh.AliasShape(schema_id):
                if schema_id in self._converting:
                    return False
                self._converting.add(schema_id)
                own = self.shapes.own(self.module.schemas[schema_id])
                answer = self._converts(own)
                self._converting.discard(schema_id)
                return answer
            case sh.Array(item):
                return self._converts(item)
            case sh.Map(value):
                return self._converts(value)
            case sh.Union(members):
                return any(map(self._converts, members))
            case _:
                return False

    def _value(self, schema: ir.Schema, v: str, *, checked: bool = True) -> Lines:
        """Statements for a value in place: small ones here, others by their decoder."""
        formats = self.checks.formats
        if cond.is_true(schema, formats):
            return []
        if self.shapes.is_named(schema) or facts.only(schema) is not None and isinstance(
            facts.only(schema), (ir.Ref, ir.AllOf)
        ):
            target = self._target(schema)
            if cond.is_leaf(target) and not self._converts(self.shapes.use(target)):
                return self._leaf(target, v) if checked else []
            small = self._small_union(target, v)
            return small or [f"{v} = {self.want(target)}({v})"]
        if cond.is_leaf(schema) and not self._converts(self.shapes.own(schema)):
            return self._leaf(schema, v) if checked else []
        if self._simple_array(schema):
            return self._array(schema, v, checked)
        small = self._small_union(schema, v)
        return small or [f"{v} = {self.want(schema)}({v})"]

    def _small_union(self, schema: ir.Schema, v: str) -> Lines:
        """A union decided by type or tag, in place: it saves a call on hot paths.
        Empty if the union is not of that kind."""
        found = self._decided(schema)
        if found is None:
            return []
        if found.objects is None:
            if len(found.by_type) > 2 or found.absorbed:
                return []
            return self._by_type(found, v)
        if found.by_type or found.nullable:
            return []
        self.want(schema)
        table = self._table(self.names.of(schema.id), found.objects)
        key = f"{table}[{v}[{literal(found.objects.property)}]]"
        return [
            *block("try:", [f"decode = {key}"]),
            *block(
                "except (KeyError, TypeError):", [f"{v} = {self.want(schema)}({v})"]
            ),
            *block("else:", [f"{v} = decode({v})"]),
        ]

    def _decided(self, schema: ir.Schema) -> Dispatch | None:
        alternatives = tags.alternatives(self.module, schema)
        if alternatives is None:
            return None
        hint = schema.annotations.discriminator
        return dispatch_of(self.module, alternatives, hint)

    def _leaf(self, schema: ir.Schema, v: str) -> Lines:
        tests = cond.leaf_conditions(schema, v, self.checks.formats)
        if not tests:
            return []
        joined = " or ".join(_guarded(test.failing) for test in tests)
        if len(tests) == 1:
            joined = tests[0].failing
        return block(f"if {joined}:", ["drift()"])

    def _simple_array(self, schema: ir.Schema) -> bool:
        items = walk.find(schema, ir.Items)
        if items is not None and items.start != 0:
            return False
        kinds = all(isinstance(a, _ARRAY_KINDS) for a in schema.assertions)
        return kinds and cond.only_type(schema) == "array"

    def _array(self, schema: ir.Schema, v: str, checked: bool) -> Lines:
        items = walk.find(schema, ir.Items)
        body: Lines = []
        if checked:
            for a in schema.assertions:
                match a:
                    case ir.MinItems(limit) if limit > 0:
                        body += block(f"if len({v}) < {limit}:", ["drift()"])
                    case ir.MaxItems(limit):
                        body += block(f"if len({v}) > {limit}:", ["drift()"])
                    case ir.UniqueItems():
                        body += block(f"if not unique({v}):", ["drift()"])
                    case _:
                        pass
        if items is not None:
            body += self._items(items.schema, v)
        if not body:
            return block(f"if {v}.__class__ is not list:", ["drift()"])
        return [
            *block(f"if {v}.__class__ is list:", body),
            *block("else:", ["drift()"]),
        ]

    def _items(self, inner: ir.Schema, v: str) -> Lines:
        i = self._fresh()
        body = self._value(inner, i)
        if not body:
            return []
        if not any(line.lstrip().startswith(f"{i} = ") for line in body):
            return block(f"for {i} in {v}:", body)
        out = self._fresh()
        stored = [*body, f"{out}.append({i})"]
        if len(body) == 1 and body[0].startswith(f"{i} = "):
            stored = [f"{out}.append({body[0].removeprefix(f'{i} = ')})"]
        return [
            f"{out} = []",
            *block(f"for {i} in {v}:", stored),
            f"{v} = {out}",
        ]

    # --- schemas that are no class -----------------------------------------------------

    def _general(self, schema: ir.Schema, v: str) -> Lines:
        """The body of a decoder: check, then convert in place."""
        shape = self.shapes.own(schema)
        members = sh.members(shape)
        match facts.only(schema):
            case ir.Ref(target=target):
                return self._value(self.module.schemas[target], v)
            case ir.AllOf(schemas=(inner,)):
                return self._value(inner, v)
            case _:
                pass
        if any(isinstance(member, sh.EnumShape) for member in members) and isinstance(
            walk.find(schema, ir.Enum), ir.Enum
        ):
            return self._enum(schema, v)
        if cond.is_leaf(schema):
            return self._leaf(schema, v)
        if self._simple_array(schema):
            return self._array(schema, v, checked=True)
        alternatives = tags.alternatives(self.module, schema)
        if alternatives is not None:
            found = self._decided(schema)
            if found is not None:
                return self._dispatched(schema, found, v)
            return self._tried(schema, alternatives, v)
        lines = self._ask(schema, v)
        return lines + self._convert(schema, shape, v)

    def _enum(self, schema: ir.Schema, v: str) -> Lines:
        symbol = self.names.of(schema.id)
        lines = [
            f"member = MEMBERS_{symbol}.get(v) if v.__class__ is str else None",
            *block("if member is not None:", ["return member"]),
        ]
        enum = walk.find(schema, ir.Enum)
        if enum is not None and None in enum.values:
            return lines + block("if v is not None:", ["drift()"])
        return [*lines, "drift()"]

    def _dispatched(self, schema: ir.Schema, found: Dispatch, v: str) -> Lines:
        """The body for a union that the value itself decides."""
        lines = self._known_members(found, v)
        if found.objects is None:
            return lines + self._by_type(found, v)
        table = self._table(self.names.of(schema.id), found.objects)
        key = f"{table}[{v}[{literal(found.objects.property)}]]"
        body = [
            *block("try:", [f"decode = {key}"]),
            *block("except (KeyError, TypeError):", ["drift()", f"return {v}"]),
            f"return decode({v})",
        ]
        return [
            *lines,
            *block(f"if {v}.__class__ is dict:", body),
            *self._by_type(found, v),
        ]

    def _known_members(self, found: Dispatch, v: str) -> Lines:
        """The members of an enum that stands beside `string`."""
        lines: Lines = []
        for branch in found.absorbed:
            if isinstance(self.shapes.own(branch), sh.EnumShape):
                symbol = self.names.of(branch.id)
                self.want(branch)
                lines += block(
                    f"if {v}.__class__ is str and {v} in MEMBERS_{symbol}:",
                    [f"return MEMBERS_{symbol}[{v}]"],
                )
        return lines

    def _by_type(self, found: Dispatch, v: str) -> Lines:
        """An `if` for each branch that a JSON type decides."""
        lines: Lines = []
        word = "if"
        by_branch: dict[ir.SchemaId, tuple[ir.Schema, list[str]]] = {}
        for name, branch in found.by_type.items():
            by_branch.setdefault(branch.id, (branch, []))[1].append(name)
        for branch, types in by_branch.values():
            body = self._value(branch, v)
            lines += block(f"{word} {cond.is_type(tuple(types), v)}:", body)
            word = "elif"
        if found.nullable:
            return lines + block(f"{word} {v} is not None:", ["drift()"])
        return lines + block("else:", ["drift()"]) if lines else ["drift()"]

    def table(
        self, name: str, tagged: tags.Tagged, schema: ir.Schema | None
    ) -> None:
        """Write what an event table decodes with; `schema` is its union if named."""
        if schema is None:
            decode = self._second(name, tagged)
            self.event_tables[name] = (decode, f"BY_TAG_{name}")
        else:
            symbol = self.names.of(schema.id)
            table = self._table(symbol, tagged)
            self.event_tables[name] = (self.want(schema), table)

    def _table(self, symbol: str, tagged: tags.Tagged) -> str:
        """The name of a table from tag to decoder; tables of tables get functions."""
        entries: list[tuple[str, str]] = []
        for number, (value, case) in enumerate(tagged.cases.items()):
            if isinstance(case, tags.Tagged):
                inner = f"{symbol}_{number}"
                entries.append((value, self._second(inner, case)))
            else:
                entries.append((value, self.want(case)))
        self.tables[f"BY_TAG_{symbol}"] = (tagged.property, entries)
        return f"BY_TAG_{symbol}"

    def _second(self, symbol: str, tagged: tags.Tagged) -> str:
        name = f"decode_{symbol}"
        table = self._table(symbol, tagged)
        body = [
            *block("try:", [f"decode = {table}[v[{literal(tagged.property)}]]"]),
            *block("except (KeyError, TypeError):", ["drift()", "return v"]),
            "return decode(v)",
        ]
        self.functions[name] = block(f"def {name}(v: Any) -> Any:", body)
        return name

    def _tried(
        self, schema: ir.Schema, alternatives: ir.AnyOf | ir.OneOf, v: str
    ) -> Lines:
        """A union that only trying decides: the first branch that accepts the value;
        where none does, the tag's, else the first whose required properties are
        all there, else the value as it is."""
        union = tags.flatten(self.module, alternatives)
        lines: Lines = []
        hint = schema.annotations.discriminator
        objects = tuple(
            b for b in union.branches if facts.types(self.module, b) == {"object"}
        )
        tagged = None
        if len(objects) > 1:
            tagged = tags.decide(self.module, objects, hint)
        if tagged is not None and tagged.exact and len(objects) == len(union.branches):
            table = self._table(self.names.of(schema.id), tagged)
            tag = self._fresh()
            lines += block(
                f"if {v}.__class__ is dict:",
                [
                    f"{tag} = {v}.get({literal(tagged.property)})",
                    *block(
                        f"if {tag}.__class__ is str and {tag} in {table}:",
                        [f"return {table}[{tag}]({v})"],
                    ),
                ],
            )
        if union.exclusive:
            lines += self._ask(schema, v)
        lines += self._first_valid(union, v)
        if not union.exclusive:
            null = [f"if {v} is None:", f"    return {v}"] if union.nullable else []
            lines += [*null, "drift()"]
        for branch in objects:
            needed = sorted(facts.required(self.module, branch))
            if needed and self._converts(self.shapes.use(branch)):
                tests = [f"{v}.__class__ is dict"]
                tests += [f"{literal(name)} in {v}" for name in needed]
                body = [*self._value(branch, v), f"return {v}"]
                lines += block(f"if {' and '.join(tests)}:", body)
        return lines

    def _first_valid(self, union: tags.Union, v: str) -> Lines:
        """Decode by the first branch that accepts the value."""
        lines: Lines = []
        for branch in union.branches:
            answer = self.checks.answer(branch, v)
            self._note(answer)
            body = [*self._value(branch, v), f"return {v}"]
            lines += block(f"if {answer}:", body)
        return lines

    def _note(self, answer: str) -> None:
        if answer.startswith("valid_"):
            self.valid.add(answer.partition("(")[0])

    def _convert(self, schema: ir.Schema, shape: sh.Shape, v: str) -> Lines:
        """Statements that convert a value whose validity was asked already."""
        if not self._converts(shape):
            return []
        target = self.shapes.target(schema)
        if target is not None:
            return [f"{v} = {self.want(target)}({v})"]
        alternatives = self.shapes.alternatives(schema)
        if alternatives is not None:
            return self._first_valid(tags.flatten(self.module, alternatives), v)
        lines: Lines = []
        rest = walk.find(schema, ir.AdditionalProperties)
        if rest is not None and self._converts(self.shapes.use(rest.schema)):
            k, x = self._fresh(), self._fresh()
            out = self._fresh()
            body = [*self._value(rest.schema, x), f"{out}[{k}] = {x}"]
            lines += block(
                f"if {v}.__class__ is dict:",
                [
                    f"{out} = {{}}",
                    *block(f"for {k}, {x} in {v}.items():", body),
                    f"{v} = {out}",
                ],
            )
        items = walk.find(schema, ir.Items)
        if items is not None and items.start == 0:
            body = self._items(items.schema, v)
            if body:
                lines += block(f"if {v}.__class__ is list:", body)
        return lines


def _skips_null(body: Lines) -> bool:
    """Whether statements are one `if` that null does not enter."""
    return body[0] == "if x is not None:" and all(
        line.startswith("    ") for line in body[1:]
    )


def _chained(body: Lines) -> Lines:
    """Statements as the other branch of an `if`."""
    heads = [line for line in body if not line.startswith(" ")]
    if heads[0].startswith("if ") and not any(
        not line.startswith(("elif ", "else:")) for line in heads[1:]
    ):
        return [f"el{body[0]}", *body[1:]]
    return block("else:", body)


def _guarded(test: str) -> str:
    return f"({test})" if " or " in test else test
