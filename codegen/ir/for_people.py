"""Schemas as their authors might write them in 2020-12, with their annotations."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import assert_never

from codegen.ir import model as ir
from codegen.ir.exporter import Exporter


def written(
    schema: ir.Schema,
    reference: Callable[[ir.SchemaId], str],
    known: Container[ir.SchemaId],
    without_null: Container[ir.SchemaId] = (),
) -> ir.Json:
    """One schema as its author might write it in 2020-12: with titles, descriptions and
    every format, and patterns as the source has them.

    `reference` gives what is written in `$ref` for the id of a schema. The mapping of a
    discriminator leaves out tags of schemas that are not `known`. Where a reference
    leads to a schema that is written `without_null`, null is said beside it. Raises
    `NotExportable`.
    """
    return _Writer(reference, known, without_null).schema(schema)


class _Writer(Exporter):
    """Writes schemas with their annotations."""

    def __init__(
        self,
        reference: Callable[[ir.SchemaId], str],
        known: Container[ir.SchemaId],
        without_null: Container[ir.SchemaId],
    ) -> None:
        super().__init__((), hide=False, marked=False)
        self._target = reference
        self._known = known
        self._without_null = without_null

    def schema(self, schema: ir.Schema) -> ir.Json:
        """One schema. A branch that lowering has confined to its tags is written
        without them, because the discriminator stands beside it."""
        notes = schema.annotations
        if notes.branch_of is not None:
            return {"$ref": self._target(notes.branch_of)}
        written = super().schema(schema)
        if written is False:
            return written
        before: dict[str, ir.Json] = {
            "title": notes.title,
            "description": notes.description,
        }
        asserted = written if isinstance(written, dict) else {}
        behind: dict[str, ir.Json] = {
            "contentEncoding": notes.content_encoding,
            "contentMediaType": notes.content_media_type,
            "deprecated": notes.deprecated,
            "readOnly": notes.read_only,
            "writeOnly": notes.write_only,
            "examples": list(notes.examples),
            "discriminator": self._discriminator(schema),
        }
        said = {k: v for k, v in before.items() if v} | asserted
        if notes.default is not ir.MISSING:
            said["default"] = notes.default
        return said | {k: v for k, v in behind.items() if v} or True

    def _discriminator(self, schema: ir.Schema) -> dict[str, ir.Json]:
        hint = schema.annotations.discriminator
        if hint is None:
            return {}
        mapping = {
            tag: self._target(target)
            for tag, target in hint.mapping.items()
            if target in self._known
        }
        written: dict[str, ir.Json] = {"propertyName": hint.property}
        return written | ({"mapping": mapping} if mapping else {})

    def _referring(self, target: ir.SchemaId) -> dict[str, ir.Json]:
        written = super()._referring(target)
        if target not in self._without_null:
            return written
        return {"anyOf": [written, {"type": "null"}]}

    def _reference(self, target: ir.SchemaId) -> str:
        return self._target(target)

    def _pattern(self, regex: str) -> str:
        return regex

    def _string(self, assertion: ir.StringAssertion) -> dict[str, ir.Json]:
        match assertion:
            case ir.Pattern(regex):
                return {"pattern": regex}
            case ir.Format(name):
                return {"format": name}
            case ir.MinLength() | ir.MaxLength():
                return super()._string(assertion)
            case _:
                assert_never(assertion)
