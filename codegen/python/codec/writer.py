"""Writes the functions of `_codec`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from codegen.ir import model as ir
from codegen.python.asked import CLASS, DECODE
from codegen.python.checks.tidy import tidied
from codegen.python.codec import extra, objects, storing, values
from codegen.python.codec.context import DICT, TOP, Codec
from codegen.python.declarations import declared, letters
from codegen.python.emit import search, tree
from codegen.python.emit.tree import Name, Parameter
from codegen.python.model import shapes as sh
from codegen.python.model.annotations import ANY

VALUE = (Parameter(TOP.v.id, ANY),)


def decoders(codec: Codec, classes: Sequence[ir.Schema]) -> dict[str, tree.Statement]:
    """Every decoder that was asked for, those that these ask for, and those of some
    classes, by name."""
    guards = _write(codec)
    for schema in classes:
        codec.require_class(schema)
    guards |= _write(codec)
    extras: dict[str, tree.Block] = {}
    for schema in classes:
        if codec.asked.ask(CLASS, schema):
            with codec.asked.by(CLASS, schema.id):
                name = codec.own("decode_extra", schema).id
                extras[name] = extra.body(codec, schema)
    guards |= _write(codec)
    found: dict[str, tree.Statement] = {
        n: function(n, VALUE, body) for n, body in extras.items() if body
    }
    for name, body in codec.functions.items():
        if name in codec.untagged:
            found[name] = tree.Assign(Name(name), codec.untagged[name])
            continue
        # Where nothing else calls it, `from_dict` has seen that it is an object.
        guard = guards.get(name, ()) if name in codec.called else ()
        found[name] = function(name, VALUE, guard + body)
    return found


_IN_PARTS: Final[Mapping[str, tree.Expr]] = {**values.LOCALS, "d": DICT, "o": ANY}
"""The variables that parts of decoders and encoders share."""


def parts(codec: Codec) -> dict[str, tree.Statement]:
    """The functions that are parts of long ones."""
    found: dict[str, tree.Statement] = {}
    for of_class in codec.parts.values():
        for name, part in of_class.items():
            parameters = tuple(Parameter(variable.id, ANY) for variable in part.given)
            found[name] = function(name, parameters, part.body, _IN_PARTS)
    return found


def _write(codec: Codec) -> dict[str, tree.Block]:
    """Write the bodies of what was asked for. Returns, for each class, what stands
    before its body for values that are no object."""
    guards: dict[str, tree.Block] = {}
    codec.again()
    while codec.pending:
        schema = codec.pending.pop()
        with codec.asked.by(DECODE, schema.id):
            _write_one(codec, schema, guards)
        codec.again()
    return guards


def _write_one(codec: Codec, schema: ir.Schema, guards: dict[str, tree.Block]) -> None:
    """Write the body of one decoder, and what stands before it."""
    name = codec.own("decode", schema).id
    shape = codec.shapes.own(schema)
    codec.require_classes(shape, schema)
    if schema.id in codec.tagged:
        path = codec.tagged[schema.id]
        tagged = codec.own("decode_tagged", schema).id
        _, codec.functions[tagged] = objects.function(codec, schema, path)
        codec.untagged[name] = objects.untagged(codec, schema, path)
        return
    if sh.ClassShape(schema.id) in sh.members(shape):
        guards[name], body = objects.function(codec, schema)
    else:
        body = (*values.general(codec, schema), tree.Return(TOP.v))
    codec.functions[name] = body


def function(
    name: str,
    parameters: tuple[Parameter, ...],
    body: tree.Block,
    types: Mapping[str, tree.Expr] = values.LOCALS,
) -> tree.Function:
    """A function that begins with the declarations that type checkers need. `types` has
    the types of variables, by the letters with which they begin."""
    body = storing.returned(tidied(body), TOP.v)
    locals_ = declared(body, parameters, lambda x: types.get(letters(x)))
    returns = any(isinstance(one, tree.Return) for one in search.statements(body))
    result = ANY if returns else tree.Constant(None)
    return tree.Function(name, parameters, result, (*locals_, *body))
