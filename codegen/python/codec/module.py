"""The statements of the module `_codec`, in their order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from codegen.ir import model as ir
from codegen.ir import walk
from codegen.python import recursion
from codegen.python.asked import CLASS, DECODE, Placed, Written
from codegen.python.codec import copy, encode, writer
from codegen.python.codec.context import REGISTRY, Codec, EventDecoders, build
from codegen.python.codec.retained import Retained
from codegen.python.emit import search, tree
from codegen.python.emit.tree import (
    Assign,
    Call,
    Constant,
    Declare,
    Name,
    Subscript,
    call,
)
from codegen.python.model import event_tables
from codegen.python.model import shapes as sh
from codegen.python.model.annotations import ANY, TEXT, dict_of
from codegen.python.model.fields import Field
from codegen.python.model.package import Package
from codegen.python.model.pieces import Pieces

_DECODER: Final = Subscript(
    Name("Callable", "collections.abc"),
    tree.Display("()", (tree.Display("[]", (ANY,)), ANY)),
)


Group = list[tree.Statement]
"""Statements that belong together; a blank line stands between groups."""


def groups(
    package: Package,
    codec: Codec,
    retained: Retained,
    known: recursion.Calls,
    named: search.Named,
) -> Written:
    """The statements of the codec: each class with its draft, decoder and encoder, then
    the other decoders, and tables last, because they name functions. What earlier runs
    have written (`known`) is left out."""
    functions, calls, deep = _functions(package, codec, retained, known, named)
    events = event_tables.told_by(package.all_tables)
    classes = [s for s, _ in package.classes if codec.asked.writes(s.id)]
    found: list[Placed] = [(s.id, [_draft(codec, s)]) for s in classes]
    for schema in classes:
        with codec.asked.by(CLASS, schema.id):
            of = (schema, functions, events.get(schema.id))
            own = list(_of_class(package, codec, *of))
        found += ((schema.id, group) for group in own)
    others = package.pieces.in_order(functions, codec.owners)
    found += ((codec.owners.get(name), [made]) for name, made in others.items())
    enums = (schema for schema in package.enums if codec.asked.writes(schema.id))
    found += ((schema.id, [_members(codec, schema)]) for schema in enums)
    return Written([*found, *_tables(codec, package.pieces)], calls, deep)


def _of_class(
    package: Package,
    codec: Codec,
    schema: ir.Schema,
    functions: dict[str, tree.Statement],
    told_by: frozenset[str] | None,
) -> Iterator[Group]:
    """What belongs to a class. Its functions are taken out of `functions`. `told_by`
    are the properties that tell it from other events; None if it is no event."""
    symbol = package.names.of(schema.id)
    extra = codec.own("decode_extra", schema)
    typed = extra.id in functions
    kinds = ("decode_tagged", "decode", "decode_extra", "encode")
    own = (codec.own(kind, schema).id for kind in kinds)
    for name in (*codec.parts.get(schema.id, ()), *own):
        if name in functions:
            yield [functions.pop(name)]
    strings = [] if told_by is None else copy.strings(codec, schema, told_by)
    traits: list[tuple[str, tree.Expr]] = [*_told(codec.fields(schema))]
    if strings:
        yield [copy.copier(codec, schema, strings)]
        traits.append(("copying", copy.entry(symbol, strings)))
    if package.sides.apart(schema):
        traits.append(("apart", Constant(True)))
    if typed:
        traits.append(("extra", extra))
    if traits:
        made = Call(Name("Traits", REGISTRY), (), tuple(traits))
        yield [Assign(codec.own("TRAITS", schema), made)]


def _draft(codec: Codec, schema: ir.Schema) -> tree.Statement:
    """The statement that makes the draft of a class, through which its objects are
    filled."""
    return Assign(codec.own("Draft", schema), build("draft", codec.own_class(schema)))


def _functions(
    package: Package,
    codec: Codec,
    retained: Retained,
    known: recursion.Calls,
    named: search.Named,
) -> tuple[dict[str, tree.Statement], recursion.Calls, frozenset[str]]:
    """The functions of the codec, what each of them calls, and those that call
    themselves, which are decorated."""
    functions = writer.decoders(codec, [schema for schema, _ in package.classes])
    reading = frozenset(functions)
    more: dict[str, Collection[str]] = {
        table: [decoder for _, decoder in codec.entries(table)]
        for table in codec.tables
    }
    for schema, _ in package.classes:
        if not codec.asked.writes(schema.id):
            continue
        name = f"encode_{package.names.of(schema.id)}"
        with codec.asked.by(CLASS, schema.id):
            fields = codec.fields(schema)
            functions[name] = encode.encoder(codec, retained, schema, fields)
            # Some find the encoder of an object by its class.
            held = {i for f in fields for i in codec.shapes.reached(f.shape)}
        more[name] = [f"encode_{package.names.of(i)}" for i in held]
    parts = writer.parts(codec)
    calls = recursion.calls({**functions, **parts}, {**known, **more}, named)
    deep = recursion.recursive(calls)
    # What a part has begun with, the function begins again that called it.
    made = recursion.decorated(functions, deep, _decorator(package, codec, reading))
    return {**parts, **made}, calls, deep


def _decorator(
    package: Package, codec: Codec, reading: Collection[str]
) -> Callable[[str], Name]:
    """Gives the decorator of a function that calls itself, by its name; `reading` are
    the decoders."""
    leading = package.circles.leading

    def decorator(name: str) -> Name:
        if name not in reading:
            return recursion.DEEP
        owner = codec.owners.get(name)
        asked = () if owner is None else codec.asked.asks.get((DECODE, owner), ())
        if any(kind == "valid" and schema in leading for kind, schema, _ in asked):
            return recursion.REMEMBERING_DECODER
        return recursion.DEEP_DECODER

    return decorator


def _told(fields: Iterable[Field]) -> Iterator[tuple[str, tree.Expr]]:
    """The traits that follow from fields: which properties have another name than the
    field, and which fields tell null from absence, where the default does not show
    it."""
    wire: dict[str, ir.Json] = {}
    null: dict[str, ir.Json] = {}
    for field in fields:
        if field.attribute != field.wire:
            wire[str(field.attribute)] = field.wire
        told = field.required or field.nullable
        if told is field.is_none_if_absent:
            null[field.wire] = told
    yield from [("wire", Constant(wire))] if wire else []
    yield from [("null", Constant(null))] if null else []


def _members(codec: Codec, schema: ir.Schema) -> tree.Statement:
    """The statement that makes the table from values to the members of an enum."""
    m = Name("m")
    value = tree.Attribute(m, "value")
    own = codec.own_class(schema)
    members = tree.Comprehension("{}", m, m, own, key=value)
    table, shape = codec.own("MEMBERS", schema), codec.shapes.own(schema)
    enum = walk.find(schema, ir.Enum)
    values = () if enum is None else enum.values
    own_shapes = [s for s in sh.members(shape) if isinstance(s, sh.EnumShape)]
    of_integers = any(own.integers for own in own_shapes)
    if of_integers or any(type(value) in (int, float) for value in values):
        # A float is looked for as well, which checkers would not have.
        return Declare(table, dict_of(own, ANY), members)
    return Assign(table, members)


def _tables(codec: Codec, pieces: Pieces) -> list[Placed]:
    found: list[Placed] = []
    for table in pieces.in_order(codec.tables, codec.owners):
        entries = codec.entries(table)
        owner = codec.owners.get(table)
        own = pieces.piece(owner)
        pairs = tuple(
            (Constant(tag), _entry(codec, pieces, name, own)) for tag, name in entries
        )
        texts = all(isinstance(tag, str) for tag, _ in entries)
        of = dict_of(_DECODER, TEXT if texts else ANY)
        value: tree.Expr = tree.Mapping(pairs)
        if any(isinstance(entry, tree.Display) for _, entry in pairs):
            value = call("ByTag", value, home="._runtime.pieces")
        found.append((owner, [Declare(Name(table), of, value)]))
    listed = tuple(
        (
            Constant(name),
            tree.Display("()", _entries(codec, pieces, decoders)),
        )
        for name, decoders in codec.event_tables.items()
    )
    entry = Subscript(Name("tuple"), tree.Display("()", (_DECODER, ANY)))
    of = dict_of(entry if pieces.whole else ANY)
    return [*found, (None, [Declare(Name("TABLES"), of, tree.Mapping(listed))])]


def _entry(codec: Codec, pieces: Pieces, name: str, own: str) -> tree.Expr:
    """A function or table, mentioned by its name. One in another piece is mentioned as
    a pair of piece and name."""
    piece = pieces.piece(codec.owners.get(name))
    if piece == own:
        return Name(name)
    return tree.Display("()", (Name(f"{piece}_codec", "._codec"), Constant(name)))


def _entries(
    codec: Codec, pieces: Pieces, decoders: EventDecoders
) -> tuple[tree.Expr, ...]:
    """What an event table decodes with."""
    own = pieces.piece(None)
    return tuple(_entry(codec, pieces, name, own) for name in decoders)
