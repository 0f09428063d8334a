"""The module `_native`: what decoders do, as data for a codec that is no Python.

It is decided by the same questions that the writers of `_codec` ask (`codec/values.py`
is the pattern), of the same package. A *node* says what values of a schema are and what
becomes of them, by their JSON type:

- `True`: any JSON, which stays what it is;
- `"string"`, `"number"`, `"integer"`, `"boolean"`, `"null"`: any value of that type;
- `{"string": {…}, "null": True, …}`: values of these types, under conditions;
- `"integer"` and `"string"` may be members of enums, and values of an `"object"` have
  the node of the first of its `"patterns"` that matches their name;
- `{"class": name}`: an object of that class in `CLASSES`;
- `{"ref": name}`: the node of that name in `NODES`;
- `{"tried": [node, …]}`: what the first of these nodes makes of it that accepts it, or
  with `"exclusive"` the only one;
- `{"valid": name, "node": node}`: what that node makes of it, any JSON where none is
  given, if a function of `_checks` says that it is valid;
- `{"python": name}`: what a function of `_codec` makes of it. Whatever has no form here
  is left to it, so there is no schema that a package could not have a table for.

Each node of a table is a text of JSON, on one line: a native codec asks for all of them
once, and where there is none nobody does. Its lists are handed to the codec as tuples.

A codec that reads this accepts only what it can vouch for. A frame with anything odd is
decoded by `_codec`, so a node may be narrower than its schema, and is never wider.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from codegen.python.codec.context import Codec
from codegen.python.emit import tree
from codegen.python.emit.tree import Constant, Declare, Name
from codegen.python.model.annotations import TEXT, mapping_of
from codegen.python.model.package import Package
from codegen.python.native_nodes import Nodes
from codegen.python.native_scalars import Node
from codegen.runtime._accelerator import TABLES


def groups(package: Package, codec: Codec) -> list[list[tree.Statement]]:
    """The tables: of event tables, of classes, and of what is referred to besides."""
    nodes = Nodes(package, codec)
    events = {}
    for table in package.all_tables:
        node = nodes.of_events(table)
        if node is not None:
            events[table.name] = node
            nodes.add_union(table.schema)
    nodes.finish()
    of = mapping_of(TEXT)
    tables: dict[str, Mapping[str, Node]] = {
        "EVENTS": events,
        "CLASSES": nodes.classes,
        "NODES": nodes.named,
    }
    statements = [Declare(Name("VERSION"), Name("int"), Constant(TABLES))]
    statements += [
        Declare(Name(name), of, _mapping(found)) for name, found in tables.items()
    ]
    return [[statement] for statement in statements]


def _mapping(table: Mapping[str, Node]) -> tree.Expr:
    """A table of texts: nothing is faster to write and to import, and nothing
    smaller."""
    pairs = tuple((Constant(key), Constant(_text(node))) for key, node in table.items())
    return tree.Mapping(pairs, exploded=bool(pairs))


def _text(node: Node) -> str:
    return json.dumps(node, separators=(",", ":"))
