"""The IR as plain JSON Schema 2020-12, for validators that others wrote.

The document holds assertions only. Every schema of the module stands under `$defs` with
a key made from its id, and every reference is `#/$defs/<key>`, so a validator needs no
network, no base URI and no knowledge of the source dialect. Patterns are spelled so
that regular expression engines of other languages match the same texts.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from codegen.ir import model as ir
from codegen.ir.exporter import Exporter, key_of
from codegen.ir.walk import references, walk

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def export(module: ir.Module, *, formats: Collection[str] = ()) -> dict[str, ir.Json]:
    """One document with every schema of the module under `$defs`, and no root.

    `formats` names the formats that are asserted; all others are left out.
    Raises `NotExportable`.
    """
    definitions = Written().definitions_of(module, module.schemas, formats)
    return {"$schema": DIALECT, "$defs": definitions}


def schema_document(
    module: ir.Module,
    schema: ir.Schema,
    *,
    formats: Collection[str] = (),
    marked: bool = False,
    written: Written | None = None,
) -> dict[str, ir.Json]:
    """A document whose root is one schema, with only what that schema refers to. It
    need not be one of `module.schemas`.

    If `marked`, each schema but `true` and `false` has its id as `$comment`. `written`
    is shared by the documents of one module that have the same formats and marks: what
    one of them writes of the module's schemas the next one takes from there. Without it
    a chain of schemas would be written anew for each of its members. Raises
    `NotExportable`.
    """
    written = Written() if written is None else written
    reachable = written.reachable(module, schema)
    # No key made by `key_of` holds a bare underscore.
    definitions = written.definitions_of(
        module, reachable, formats, marked, others={"_": schema}
    )
    return {"$schema": DIALECT, "$ref": "#/$defs/_", "$defs": definitions}


def shared_document(
    module: ir.Module,
    ids: Collection[ir.SchemaId],
    *,
    formats: Collection[str] = (),
    marked: bool = False,
    written: Written | None = None,
) -> dict[str, ir.Json]:
    """A document by which several schemas can be asked about at once: its root is an
    object schema with a property for each of these ids, named by its key (`key_of`)."""
    written = Written() if written is None else written
    roots = [module.schemas[id_] for id_ in ids]
    reachable = dict.fromkeys([*ids, *written.reachable(module, *roots)])
    definitions = written.definitions_of(module, reachable, formats, marked)
    keys = [written.keys[id_] for id_ in ids]
    references = {key: {"$ref": f"#/$defs/{key}"} for key in keys}
    return {"$schema": DIALECT, "properties": references, "$defs": definitions}


@dataclass(slots=True)
class Written:
    """What the documents of one module have in common, found out once.

    `definitions` holds schemas of the module as they were written, by two things:
    whether evaluation by `contains` is hidden in them, and the key of the schema.
    `keys` has the key of each id, `asking` whether a schema asks for unevaluated items.
    """

    definitions: dict[tuple[bool, str], ir.Json] = field(default_factory=dict)
    keys: dict[ir.SchemaId, str] = field(default_factory=dict)
    asking: dict[ir.SchemaId, bool] = field(default_factory=dict)
    _leading: dict[ir.SchemaId, list[ir.SchemaId]] = field(default_factory=dict)

    def reachable(self, module: ir.Module, *schemas: ir.Schema) -> list[ir.SchemaId]:
        """The schemas that these refer to, directly or not, in order of discovery."""
        return list(self._reached(module, *schemas))

    def reaches(self, module: ir.Module, schema: ir.Schema, count: int) -> bool:
        """Whether a schema refers to at least `count` others, directly or not."""
        found = itertools.islice(self._reached(module, schema), count)
        return sum(1 for _ in found) == count

    def _reached(self, module: ir.Module, *schemas: ir.Schema) -> Iterator[ir.SchemaId]:
        found = dict.fromkeys(target for s in schemas for target in references(s))
        queue = list(found)
        for target in queue:
            yield target
            self._read(module, target)
            more = [i for i in self._leading[target] if i not in found]
            found |= dict.fromkeys(more)
            queue += more

    def _read(self, module: ir.Module, target: ir.SchemaId) -> None:
        if target not in self.keys:
            inner = module.schemas[target]
            self._leading[target] = list(dict.fromkeys(references(inner)))
            self.asking[target] = _asks_for_unevaluated_items(inner)
            self.keys[target] = key_of(target)

    def definitions_of(
        self,
        module: ir.Module,
        ids: Collection[ir.SchemaId],
        formats: Collection[str],
        marked: bool = False,
        others: Mapping[str, ir.Schema] = MappingProxyType({}),
    ) -> dict[str, ir.Json]:
        """What stands under `$defs`: the schemas of the module with these ids, and
        `others` under the keys that are given for them."""
        for target in ids:
            self._read(module, target)
        asking = map(_asks_for_unevaluated_items, others.values())
        hide = any(self.asking[i] for i in ids) or any(asking)
        exporter = Exporter(formats, hide=hide, marked=marked)
        found: dict[str, ir.Json] = {}
        for target in ids:
            key = self.keys[target]
            if (hide, key) not in self.definitions:
                self.definitions[hide, key] = exporter.schema(module.schemas[target])
            found[key] = self.definitions[hide, key]
        return found | {key: exporter.schema(s) for key, s in others.items()}


def _asks_for_unevaluated_items(schema: ir.Schema) -> bool:
    return any(
        isinstance(assertion, ir.UnevaluatedItems)
        for inner in walk(schema)
        for assertion in inner.assertions
    )
