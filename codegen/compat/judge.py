"""Documents judged by a validator that others wrote, one for each version."""

from __future__ import annotations

import jsonschema_rs

from codegen.ir import export
from codegen.ir import model as ir

_BACKTRACKS = 200_000


class Undecided(Exception):
    """The validator cannot judge this schema or this value."""


class Judge:
    """Judges values by the schemas of one module; compiles each when first asked."""

    def __init__(
        self, module: ir.Module, *, formats: frozenset[str] = frozenset()
    ) -> None:
        self._module = module
        self._formats = formats
        self._compiled: dict[
            ir.SchemaId, jsonschema_rs.Draft202012Validator | Undecided
        ] = {}

    def accepts(self, schema: ir.Schema, value: ir.Json) -> bool:
        """Whether a schema accepts a value. Raises `Undecided`."""
        found = self._compiled.get(schema.id)
        if found is None:
            found = self._compiled[schema.id] = self._compile(schema)
        if isinstance(found, Undecided):
            raise found
        try:
            return found.is_valid(value)
        except (ValueError, UnicodeError, OverflowError) as error:
            raise Undecided(str(error)) from None

    def accepts_all(self, node: tuple[ir.Schema, ...], value: ir.Json) -> bool:
        """Whether every schema of a conjunction accepts a value."""
        return all(self.accepts(schema, value) for schema in node)

    def _compile(
        self, schema: ir.Schema
    ) -> jsonschema_rs.Draft202012Validator | Undecided:
        try:
            return jsonschema_rs.Draft202012Validator(
                export.schema_document(self._module, schema, formats=self._formats),
                validate_formats=bool(self._formats),
                pattern_options=jsonschema_rs.FancyRegexOptions(
                    backtrack_limit=_BACKTRACKS
                ),
                offline=True,
            )
        except (
            jsonschema_rs.ValidationError,
            export.NotExportable,
            ValueError,
            UnicodeError,
        ) as error:
            reason = str(error).split("\n")[0]
            return Undecided(f"the schema does not compile: {reason}")
