"""What the writers of the codec share: which functions and tables there are."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeAlias

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.python import asked
from codegen.python import conditions as cond
from codegen.python.checks import context as checks_context
from codegen.python.checks import subschemas
from codegen.python.checks.context import Checks
from codegen.python.codec import wide_integers
from codegen.python.codec.wide_integers import DRIFT
from codegen.python.emit import tree
from codegen.python.emit.tree import Name
from codegen.python.model import shapes as sh
from codegen.python.model.package import Package

MOST_IN_PLACE: Final = 6
"""Fields of a class that is decoded and encoded inside another one's functions."""

BUILD: Final = "._runtime.build"
REGISTRY: Final = "._runtime.registry"
ANY: Final = Name("Any", "typing")
UNSET: Final = Name("UNSET", REGISTRY)
LIST: Final = tree.Subscript(Name("list"), ANY)
DICT: Final = tree.Subscript(Name("dict"), tree.Display("()", (Name("str"), ANY)))


Entry: TypeAlias = str | tuple[ir.Schema, tags.Path]
"""What a table has for a tag: the name of a decoder, or a class and the tags that lead
to it."""


@dataclass(frozen=True, slots=True)
class At:
    """A value in a decoder: its variable and how deep below the function's own value
    it lies, in how many loops and inner objects, and in which unions. What is `valid`
    has been found so by its check, and needs only to be converted."""

    v: Name
    depth: int = 0
    nested: int = 0
    unions: frozenset[ir.SchemaId] = frozenset()
    valid: bool = False

    def local(self, letter: str) -> Name:
        """A variable for something about this value, named by its depth."""
        return Name(f"{letter}{self.depth + 1}" if self.depth else letter)

    def inside(self, v: Name, *, nested: bool = False) -> At:
        """A value inside this one."""
        return replace(self, v=v, depth=self.depth + 1, nested=self.nested + nested)

    def within(self, union: ir.Schema) -> At:
        """The same value, while a union is decided in place."""
        return replace(self, unions=self.unions | {union.id})

    def found_valid(self) -> At:
        """The same value, where its check has accepted it."""
        return replace(self, valid=True)


TOP: Final = At(Name("v"))
"""The value that a decoder is called with."""


class ValueWriter(Protocol):
    """Writes the statements that decode a value in place. The recursion over types
    goes through it."""

    def __call__(
        self,
        codec: Codec,
        schema: ir.Schema,
        at: At,
        *,
        known_type: str = "",
    ) -> tree.Block:
        """Statements for a value of a schema; `known_type` is the JSON type that the
        value is known to have."""


class Codec:
    """Which functions and tables a codec has, decided as they are asked for."""

    def __init__(
        self,
        package: Package,
        checks: Checks,
        value: ValueWriter,
    ) -> None:
        self.module = package.module
        self.by_id = package.parts
        self.shapes = package.shapes
        self.names = package.names
        self.fields = package.fields
        self.bases = package.bases
        self.converts = package.shapes.converts
        self._in_place = package.pieces.whole
        self._held = {schema.id for schema, _ in package.classes}
        self.checks = checks
        self.asked = checks.asked
        self.tables: dict[str, list[tuple[facts.Tag, Entry]]] = {}
        self.tagged: dict[ir.SchemaId, tags.Path] = {}
        self.told: dict[str, str] = {}
        """What each table was written from."""
        self.event_tables: dict[str, tuple[str, str]] = {}
        self.functions: dict[str, tree.Block] = {}
        """The bodies of all functions that are written, in the order in which they
        were asked for; empty until they are."""
        self.parts: dict[ir.SchemaId, dict[str, tuple[tuple[Name, ...], tree.Block]]]
        self.parts = {}
        """The parts of long functions: what they are given, and what they do."""
        self.names_known: frozenset[str] = frozenset()
        """The functions and tables that an earlier run has written."""
        self.owners: dict[str, ir.SchemaId] = {}
        """The schema that each function and table is of, if any."""
        self.untagged: dict[str, tree.Expr] = {}
        """What the decoders are that only see to it that an object has its tags."""
        self.called: set[str] = set()
        """The decoders that are called with any value."""
        self.retained: Container[ir.SchemaId] = frozenset()
        """The classes whose objects keep the JSON object that they were made from."""
        self.pending: list[ir.Schema] = []
        self._value = value

    # --- which functions there are ---------------------------------------------------

    def require(self, schema: ir.Schema) -> str:
        """The name of the decoder of a schema, which will be written to be called
        with any value."""
        name = self._require(schema, "called")
        self.called.add(name)
        return name

    def require_class(self, schema: ir.Schema) -> None:
        """See to it that a class is written, which objects are made of."""
        self._require(schema)

    def _require(self, schema: ir.Schema, how: str = "") -> str:
        schema = self.target(schema)
        name = self.own("decode", schema).id
        self.owners[name] = schema.id
        if self.asked.ask(asked.DECODE, schema, how) and name not in self.functions:
            self.functions[name] = ()
            self.pending.append(schema)
        return name

    def require_tagged(
        self, schema: ir.Schema, path: tags.Path, *, plain: bool
    ) -> Entry:
        """The decoder of a branch, which will be called with objects that have the tags
        of `path`. Where the class is `plain` and has no others they are not read, for
        one path to it: another takes it for any object."""
        schema = self.target(schema)
        if not plain:
            return self.require(schema)
        name = self._require(schema, asked.path(path))
        before = self.tagged.get(schema.id, path)
        self.tagged[schema.id] = min(path, before, key=asked.place)
        if name in self.functions and self.tagged[schema.id] is path:
            self.pending.append(schema)
        self.owners[self.own("decode_tagged", schema).id] = schema.id
        return schema, path

    def entries(self, table: str) -> list[tuple[facts.Tag, str]]:
        """The entries of a table, once all is asked for: tags with decoders."""
        return [(tag, self._decoder(entry)) for tag, entry in self.tables[table]]

    def _decoder(self, entry: Entry) -> str:
        if isinstance(entry, str):
            return entry
        schema, path = entry
        exact = self.tagged[schema.id] == path
        return self.own("decode_tagged" if exact else "decode", schema).id

    def writes(self, name: str) -> bool:
        """Whether there is a function of that name."""
        return name in self.functions or name in self.names_known

    def part(
        self, schema: ir.Schema, given: tuple[Name, ...], body: tree.Block
    ) -> tree.Expr:
        """The call of a part of the decoder or encoder of a class."""
        parts = self.parts.setdefault(schema.id, {})
        name = self.own(f"{checks_context.PART}{len(parts) + 1}", schema)
        parts[name.id] = given, body
        self.owners[name.id] = schema.id
        return tree.Call(name, given)

    def again(self) -> None:
        """Ask for all that functions ask for that are not written."""
        while self.asked.pending:
            self.ask_again(*self.asked.pending.pop())

    def ask_again(self, family: str, schema_id: ir.SchemaId, how: str) -> None:
        """Ask for what a function asks for that is not written."""
        schema = self.by_id[schema_id]
        if family == asked.TABLE:
            self.asked.ask(family, schema, how)  # It is known, too (`asked.closed`).
        elif family != asked.DECODE:
            self.checks.ask_again(family, schema)
        elif how == "called":
            self.require(schema)
        elif how:
            self.require_tagged(schema, asked.path_of(how), plain=True)
        else:
            self.require_class(schema)

    def require_classes(self, shape: sh.Shape, schema: ir.Schema) -> None:
        """See to it that every class that an annotation mentions is written."""
        for schema_id in sh.classes_in(shape):
            if schema_id != schema.id:
                self.require_class(self.by_id[schema_id])

    def target(self, schema: ir.Schema) -> ir.Schema:
        """The schema whose decoder serves this one."""
        if self.shapes.is_named(schema):
            return schema
        return facts.unwrap(self.module, schema)

    # --- what is known of schemas ----------------------------------------------------

    def is_small(self, schema: ir.Schema) -> bool:
        """Whether a class is worth writing in the place of a call: it has few fields,
        and no name of its own in the specification, so a single place. In a large
        package no class is, which takes a sixth of the codec."""
        few = len(self.fields(schema)) <= MOST_IN_PLACE
        return self._in_place and few and not self.shapes.is_named(schema)

    def flatten(self, union: ir.AnyOf | ir.OneOf) -> tags.Union:
        """The branches of a union, unions inside it opened unless they are enums."""
        return tags.flatten(self.module, union, self.shapes.is_enum)

    def changes(self, shape: sh.Shape) -> bool:
        """Whether a typed value of this shape can be another than its JSON value."""
        return self.shapes.converts(shape) or self.shapes.counts(shape)

    def turns(self, schema: ir.Schema | None) -> bool:
        """Whether values of a schema are turned into something that is no JSON."""
        return schema is not None and self.converts(self.shapes.use(schema))

    def is_held(self, schema: ir.Schema) -> bool:
        """Whether an annotation speaks of the class of a schema, if it is one: a class
        that other constraints exclude wherever it stands is not written."""
        target = self.target(schema)
        is_class = sh.ClassShape(target.id) in sh.members(self.shapes.own(target))
        return not is_class or target.id in self._held

    # --- what several writers say ----------------------------------------------------

    def value(self, schema: ir.Schema, at: At, *, known_type: str = "") -> tree.Block:
        """Statements that decode a value in place, see `ValueWriter`."""
        return self._value(self, schema, at, known_type=known_type)

    def decoded(self, schema: ir.Schema, at: At) -> tree.Block:
        """The statement that calls the decoder of a schema; of a class that nothing
        holds only the check."""
        if not self.is_held(schema):
            return self.ask(schema, at)
        return (tree.Assign(at.v, tree.call(self.require(schema), at.v)),)

    def ask(self, schema: ir.Schema, at: At, known_type: str = "") -> tree.Block:
        """Let the generated check say whether a value is valid."""
        name = self.checks.require("valid", schema)
        valid = tree.call(name, at.v, home=checks_context.MODULE)
        return (
            tree.If(tree.Not(valid), (DRIFT,)),
            *wide_integers.statements(self.module, schema, at.v, known_type),
        )

    def answer(self, schema: ir.Schema, v: Name) -> tree.Expr:
        """An expression that is true exactly if a value is valid."""
        return subschemas.answer(self.checks, schema, v, checks_context.MODULE)

    def own_class(self, schema: ir.Schema) -> Name:
        """The class of a schema as the codec uses it."""
        return Name(self.names.of(schema.id), tree.MODELS)

    def own(self, kind: str, schema: ir.Schema) -> Name:
        """Something that the codec has of a schema: `decode`, `Draft`, `MEMBERS`."""
        symbol: str = self.names.of(schema.id)
        word = kind.removeprefix("decode_")
        while word != kind and self.names.has(f"{word}_{symbol}"):
            # Or it would be the decoder of a schema of that name.
            symbol = f"_{symbol}"
        return Name(f"{kind}_{symbol}")


def build(name: str, *arguments: tree.Expr) -> tree.Expr:
    """A call of a function of the runtime that builds objects."""
    return tree.call(name, *arguments, home=BUILD)


def of_type(name: str, at: At, body: tree.Block, known_type: str) -> tree.Block:
    """Statements for values of one JSON type; others drift. None is looked at where
    that is the `known_type`, or a valid value has no other."""
    if known_type == name or at.valid:
        return body
    if not body:
        return (tree.If(cond.not_type((name,), at.v), (DRIFT,)),)
    return (tree.If(cond.is_type((name,), at.v), body, (DRIFT,)),)


def known_tag(table: Name, v: tree.Expr, tagged: tags.Tagged) -> tree.Expr:
    """The entry of a table for the tag of a value."""
    for name in tagged.path:
        v = tree.Subscript(v, tree.Constant(name))
    if bool in tagged.kinds:
        v = build("no_number", v)
    elif int in tagged.kinds:
        v = build("no_boolean", v)
    return tree.Subscript(table, v)


MISSING_TAG: Final = tree.Display("()", (Name("KeyError"), Name("TypeError")))
"""What reading the tag of a value and its entry in a table can raise."""
