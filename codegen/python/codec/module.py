"""The statements of the `codec` module, in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from codegen.ir import model as ir
from codegen.python import recursion
from codegen.python.codec import copy, encode
from codegen.python.codec.context import ANY, REGISTRY, Codec, build
from codegen.python.codec.retained import Retained
from codegen.python.codec.writer import decoders
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Constant, Declare, Name, Subscript, call
from codegen.python.model.package import Package

_DECODER: Final = Subscript(
    Name("Callable", "collections.abc"),
    tree.Display("()", (tree.Display("[]", (ANY,)), ANY)),
)


def _dict_of(value: tree.Expr, key: tree.Expr | None = None) -> tree.Expr:
    return Subscript(Name("dict"), tree.Display("()", (key or Name("str"), value)))


Group = list[tree.Statement]
"""Statements that belong together; a blank line stands between groups."""


def groups(package: Package, codec: Codec, retained: Retained) -> list[Group]:
    """The codec: each class with its draft, decoder and encoder; then what is no
    class; tables last, because they name the functions."""
    functions = _functions(package, codec, retained)
    events = {
        branch.id for table in package.all_tables for _, branch in table.entries()
    }
    found: list[Group] = []
    for schema, fields in package.classes:
        symbol = package.names.of(schema.id)
        known = tree.Mapping(
            tuple(
                (Constant(f.wire), Constant(f.required or f.nullable)) for f in fields
            )
        )
        draft = build("draft", codec.own_class(schema))
        found.append(
            [
                Assign(codec.own("Draft", schema), draft),
                Assign(codec.own("PROPERTIES", schema), known),
            ]
        )
        extra = codec.own("decode_extra", schema)
        typed = extra if extra.id in functions else None
        for kind in ("decode", "decode_tagged", "decode_extra", "encode"):
            name = codec.own(kind, schema).id
            found += [[functions.pop(name)]] if name in functions else []
        strings = copy.strings(codec, schema) if schema.id in events else []
        copied: tuple[tree.Expr, ...] = ()
        if strings:
            found.append([copy.copier(codec, schema, strings)])
            copied = (copy.entry(symbol, strings),)
        apart = package.sides.apart(schema)
        found.append([_registered(codec, schema, *copied, apart=apart, extra=typed)])
    found += ([function] for function in functions.values())
    found += ([_members(codec, schema)] for schema in package.enums)
    return [*found, *_tables(codec)]


def _functions(
    package: Package, codec: Codec, retained: Retained
) -> dict[str, tree.Statement]:
    """The functions of the codec, with those prepared that call themselves."""
    functions: dict[str, tree.Statement] = dict(
        decoders(codec, [schema for schema, _ in package.classes])
    )
    calls: dict[str, list[str]] = {
        table: [decoder for _, decoder in entries]
        for table, entries in codec.tables.items()
    }
    for schema, fields in package.classes:
        name = f"encode_{package.names.of(schema.id)}"
        functions[name] = encode.encoder(codec, retained, schema, fields)
        # Some find the encoder of an object by its class.
        held = {i for f in fields for i in package.shapes.reached(f.shape)}
        calls[name] = [f"encode_{package.names.of(i)}" for i in held]
    return recursion.prepared(functions, calls, lambda name: "deep")


def _registered(
    codec: Codec,
    schema: ir.Schema,
    *copied: tree.Expr,
    apart: bool,
    extra: Name | None,
) -> tree.Statement:
    """The statement that registers what is known of a class; `apart` says whether its
    objects are made by other rules than they are read, `extra` is what decodes the
    properties that have no field."""
    own = codec.own_class(schema)
    functions = (codec.own(kind, schema) for kind in ("decode", "encode", "PROPERTIES"))
    made = call("Codec", own, *functions, *copied, home=REGISTRY)
    keywords: tuple[tuple[str, tree.Expr], ...] = ()
    keywords += (("apart", Constant(True)),) if apart else ()
    keywords += (("extra", extra),) if extra is not None else ()
    made = replace(made, keywords=keywords)
    return Assign(Subscript(Name("CODECS", REGISTRY), own), made)


def _members(codec: Codec, schema: ir.Schema) -> tree.Statement:
    """The table from value to member of an enum."""
    m = Name("m")
    value = tree.Attribute(m, "value")
    members = tree.Comprehension("{}", m, m, codec.own_class(schema), key=value)
    return Assign(codec.own("MEMBERS", schema), members)


def _tables(codec: Codec) -> list[Group]:
    found: list[Group] = []
    for table, entries in codec.tables.items():
        pairs = tuple((Constant(tag), Name(name)) for tag, name in entries)
        texts = all(isinstance(tag, str) for tag, _ in entries)
        of = _dict_of(_DECODER, Name("str") if texts else ANY)
        found.append([Declare(Name(table), of, tree.Mapping(pairs))])
    listed = tuple(
        (Constant(name), tree.Display("()", (Name(decoder), Name(table))))
        for name, (decoder, table) in codec.event_tables.items()
    )
    entry = Subscript(Name("tuple"), tree.Display("()", (_DECODER, ANY)))
    return [*found, [Declare(Name("TABLES"), _dict_of(entry), tree.Mapping(listed))]]
