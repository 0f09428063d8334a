"""What the writers of the codec share: which functions and tables there will be."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Protocol, TypeAlias

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
from codegen.python.model.annotations import ANY, dict_of
from codegen.python.model.package import Package

MOST_IN_PLACE: Final = 6
"""A class with at most so many fields may be decoded and encoded inside another class's
functions."""

BUILD: Final = "._runtime.build"
REGISTRY: Final = "._runtime.registry"
LIST: Final = tree.Subscript(Name("list"), ANY)
DICT: Final = dict_of(ANY)


Entry: TypeAlias = str | tuple[ir.Schema, tags.Path]
"""What a table holds for a tag: the name of a decoder, or a class with the tags that
lead to it. The latter becomes a name when it is known which tags all tables have
read."""


class Part(NamedTuple):
    """A part of a long function: its parameters and its statements."""

    given: tuple[Name, ...]
    body: tree.Block


class EventDecoders(NamedTuple):
    """What an event table decodes with: the decoder of any event, and the table of
    decoders by tag."""

    decoder: str
    table: str


@dataclass(frozen=True, slots=True)
class At:
    """A value in a decoder.

    `v` is its variable and `depth` how deep it lies below the value that the function
    is called with. `nested` counts the loops and inner objects around it, and `unions`
    are those that are being decided around it. It is `valid` if its check has accepted
    it, so that it only needs to be converted.
    """

    v: Name
    depth: int = 0
    nested: int = 0
    unions: frozenset[ir.SchemaId] = frozenset()
    valid: bool = False

    def local(self, letter: str) -> Name:
        """A variable for something about this value; the depth is part of its name."""
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
    """Writes the statements that decode a value in place. All recursion over schemas
    goes through it, so that no writer has to import another."""

    def __call__(
        self,
        codec: Codec,
        schema: ir.Schema,
        at: At,
        *,
        known_type: str = "",
    ) -> tree.Block:
        """Statements that decode a value of this schema. `known_type` is the JSON type
        that the value is known to have, if it is known."""


class Codec:
    """Which functions and tables a codec has. They are decided by asking for them."""

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
        """What each table was written from, as text, to notice that two would have the
        same name."""
        self.event_tables: dict[str, EventDecoders] = {}
        self.functions: dict[str, tree.Block] = {}
        """The bodies of all functions, in the order in which they were asked for. A
        body is empty until it is written."""
        self.parts: dict[ir.SchemaId, dict[str, Part]] = {}
        """Parts of long functions, by class and name."""
        self.names_known: frozenset[str] = frozenset()
        """Functions and tables that an earlier run has written, and that are not
        written again."""
        self.owners: dict[str, ir.SchemaId] = {}
        """The schema to which each function or table belongs."""
        self.untagged: dict[str, tree.Expr] = {}
        """Decoders that are made by the runtime from the tagged decoder of their class:
        the call that makes each."""
        self.called: set[str] = set()
        """Decoders that may be called with any value."""
        self.retained: Container[ir.SchemaId] = frozenset()
        """Classes whose objects keep the JSON object that they were made from."""
        self.pending: list[ir.Schema] = []
        self._value = value

    # --- which functions there are ---------------------------------------------------

    def require(self, schema: ir.Schema) -> str:
        """The name of a schema's decoder, which will be written, for calls with any
        value."""
        name = self._require(schema, "called")
        self.called.add(name)
        return name

    def require_class(self, schema: ir.Schema) -> None:
        """Have a class written, of which objects are made."""
        self._require(schema)

    def _require(self, schema: ir.Schema, how: str = "") -> str:
        schema = self.target(schema)
        name = self.own("decode", schema).id
        self.owners[name] = schema.id
        if self.asked.ask(asked.DECODE, schema, how) and name not in self.functions:
            self.functions[name] = ()
            self.pending.append(schema)
        return name

    def require_tagged(self, schema: ir.Schema, path: tags.Path) -> Entry:
        """The decoder of a branch, for objects that have the tags of `path` and are
        read without them (`objects.can_be_tagged`).

        If several paths lead to the class, its tagged decoder skips the tags of one of
        them; tables with another path get the decoder for any value.
        """
        schema = self.target(schema)
        name = self._require(schema, asked.path(path))
        before = self.tagged.get(schema.id, path)
        self.tagged[schema.id] = min(path, before, key=asked.place)
        if name in self.functions and self.tagged[schema.id] is path:
            self.pending.append(schema)
        self.owners[self.own("decode_tagged", schema).id] = schema.id
        return schema, path

    def entries(self, table: str) -> list[tuple[facts.Tag, str]]:
        """The entries of a table: tags with the names of decoders. To be called when
        everything has been asked for."""
        return [(tag, self._decoder(entry)) for tag, entry in self.tables[table]]

    def _decoder(self, entry: Entry) -> str:
        if isinstance(entry, str):
            return entry
        schema, path = entry
        exact = self.tagged[schema.id] == path
        return self.own("decode_tagged" if exact else "decode", schema).id

    def writes(self, name: str) -> bool:
        """Whether there is, or will be, a function of this name."""
        return name in self.functions or name in self.names_known

    def part(
        self, schema: ir.Schema, given: tuple[Name, ...], body: tree.Block
    ) -> tree.Expr:
        """Make these statements a part of a class's decoder or encoder. Returns the
        call of it, with the variables that are `given`."""
        parts = self.parts.setdefault(schema.id, {})
        name = self.own(f"{checks_context.PART}{len(parts) + 1}", schema)
        parts[name.id] = Part(given, body)
        self.owners[name.id] = schema.id
        return tree.Call(name, given)

    def again(self) -> None:
        """Ask for everything that functions of earlier runs, which are not written
        again, need."""
        while self.asked.pending:
            self.ask_again(*self.asked.pending.pop())

    def ask_again(self, family: str, schema_id: ir.SchemaId, how: str) -> None:
        """Ask for one such thing; `how` says in which way the function asked for it."""
        schema = self.by_id[schema_id]
        if family == asked.TABLE:
            self.asked.ask(family, schema, how)  # It is known, too (`asked.closed`).
        elif family != asked.DECODE:
            self.checks.ask_again(family, schema)
        elif how == "called":
            self.require(schema)
        elif how:
            self.require_tagged(schema, asked.path_of(how))
        else:
            self.require_class(schema)

    def require_classes(self, shape: sh.Shape, schema: ir.Schema) -> None:
        """Have every class written of which values of a shape are. One that annotations
        do not mention stands where other constraints let no value be."""
        for schema_id in sh.classes_in(shape):
            if schema_id != schema.id and schema_id in self._held:
                self.require_class(self.by_id[schema_id])

    def leads_elsewhere(self, schema: ir.Schema) -> bool:
        """Whether a schema may have the decoder of another one, or one by its name."""
        only = facts.only(schema)
        return self.shapes.is_named(schema) or isinstance(only, (ir.Ref, ir.AllOf))

    def target(self, schema: ir.Schema) -> ir.Schema:
        """The schema whose decoder is used for this one. An enum may be a union of one
        member."""
        if self.shapes.is_named(schema):
            return schema
        return facts.unwrap(self.module, schema, self.shapes.is_enum)

    # --- what is known of schemas ----------------------------------------------------

    def is_small(self, schema: ir.Schema) -> bool:
        """Whether a class is decoded inside other functions instead of by a call: it
        has few fields, and it is unnamed, so there is only one place. This is not done
        in packages in pieces, where it would add a sixth to the codec."""
        few = len(self.fields(schema)) <= MOST_IN_PLACE
        return self._in_place and few and not self.shapes.is_named(schema)

    def flatten(self, union: ir.AnyOf | ir.OneOf) -> tags.Union:
        """The branches of a union. Unions inside it are opened, except those that are
        enums."""
        return tags.flatten(self.module, union, self.shapes.is_enum)

    def changes(self, shape: sh.Shape) -> bool:
        """Whether a typed value of this shape can differ from its JSON value."""
        return self.shapes.converts(shape) or self.shapes.counts(shape)

    def turns(self, schema: ir.Schema | None) -> bool:
        """Whether values of a schema are turned into something that is no JSON."""
        return schema is not None and self.converts(self.shapes.use(schema))

    def is_held(self, schema: ir.Schema) -> bool:
        """Whether the class of a schema is written, if the schema is one. It is not
        where other constraints exclude it everywhere, so that no annotation mentions
        it."""
        target = self.target(schema)
        is_class = sh.ClassShape(target.id) in sh.members(self.shapes.own(target))
        return not is_class or target.id in self._held

    # --- what several writers say ----------------------------------------------------

    def value(self, schema: ir.Schema, at: At, *, known_type: str = "") -> tree.Block:
        """Statements that decode a value in place, see `ValueWriter`."""
        return self._value(self, schema, at, known_type=known_type)

    def decoded(self, schema: ir.Schema, at: At) -> tree.Block:
        """The statement that calls the decoder of a schema. For a class that is not
        written, only its check is asked."""
        if not self.is_held(schema):
            return self.ask(schema, at)
        return (tree.Assign(at.v, tree.call(self.require(schema), at.v)),)

    def ask(self, schema: ir.Schema, at: At, known_type: str = "") -> tree.Block:
        """Statements that ask the generated check whether a value is valid, and note
        drift if not."""
        name = self.checks.require("valid", schema)
        valid = tree.call(name, at.v, home=checks_context.MODULE)
        return (
            tree.If(tree.Not(valid), (DRIFT,)),
            *wide_integers.statements(self.module, schema, at.v, known_type),
        )

    def answer(self, schema: ir.Schema, v: Name) -> tree.Expr:
        """An expression that is true if and only if a value is valid."""
        return subschemas.answer(self.checks, schema, v, checks_context.MODULE)

    def own_class(self, schema: ir.Schema) -> Name:
        """The class of a schema, as the codec mentions it."""
        return Name(self.names.of(schema.id), tree.MODELS)

    def own(self, kind: str, schema: ir.Schema) -> Name:
        """The name of something that the codec has for a schema; `kind` is `decode`,
        `Draft`, `MEMBERS` and the like."""
        symbol: str = self.names.of(schema.id)
        word = kind.removeprefix("decode_")
        while word != kind and self.names.has(f"{word}_{symbol}"):
            # Or it would be the decoder of a schema of that name.
            symbol = f"_{symbol}"
        return Name(f"{kind}_{symbol}")


def build(name: str, *arguments: tree.Expr) -> tree.Expr:
    """A call of a function in the runtime's module `build`."""
    return tree.call(name, *arguments, home=BUILD)


def drift_if(conditions: Iterable[cond.Condition]) -> tree.Block:
    """Statements that note drift where one of the conditions holds."""
    return tuple(tree.If(test.failing, (DRIFT,)) for test in conditions)


def of_type(name: str, at: At, body: tree.Block, known_type: str) -> tree.Block:
    """Statements for a value of one JSON type; a value of another type drifts. The type
    is not asked for if it is known, or if the value is valid, because then it can have
    no other."""
    if known_type == name or at.valid:
        return body
    if not body:
        return (tree.If(cond.not_type((name,), at.v), (DRIFT,)),)
    return (tree.If(cond.is_type((name,), at.v), body, (DRIFT,)),)


def known_tag(table: Name, v: tree.Expr, tagged: tags.Tagged) -> tree.Expr:
    """An expression for the entry that a table has for the tag of a value."""
    for name in tagged.path:
        v = tree.Subscript(v, tree.Constant(name))
    if bool in tagged.kinds:
        v = build("no_number", v)
    elif int in tagged.kinds:
        v = build("no_boolean", v)
    return tree.Subscript(table, v)


MISSING_TAG: Final = tree.Display("()", (Name("KeyError"), Name("TypeError")))
"""The exceptions that reading the tag of a value, and its entry in a table, can
raise."""
