"""Decodes the properties that no field of a class holds, where they are typed."""

from __future__ import annotations

from codegen.ir import model as ir
from codegen.python.codec import containers
from codegen.python.codec.context import TOP, Codec
from codegen.python.emit import tree
from codegen.python.model.structure import ValueSchemas


def body(codec: Codec, schema: ir.Schema) -> tree.Block:
    """Statements that turn a dict of such properties into typed values; none if all are
    plain JSON."""
    found = codec.shapes.extra(schema)
    schemas = [inner for _, inner in found.patterns] + [found.rest]
    if not any(s and codec.changes(codec.shapes.use(s)) for s in schemas):
        return ()
    open_ = ValueSchemas(found.patterns, found.rest)
    written = containers.values(codec, open_, TOP, checked=False)
    return (*written, tree.Return(TOP.v)) if written else ()
