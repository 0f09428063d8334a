"""Documents judged by a validator that others wrote, one for each version."""

from __future__ import annotations

from typing import Final

import jsonschema_rs

from codegen.ir import export, walk
from codegen.ir import model as ir

_BACKTRACKS: Final = 200_000
_MOST: Final = 1_000_000
"""Schemas that may apply to one value at once; references that fan out at every step
would keep the validator busy for ever."""


_IN_PLACE: Final = (
    ir.AllOf,
    ir.AnyOf,
    ir.OneOf,
    ir.Not,
    ir.IfThenElse,
    ir.DependentSchemas,
)


class Undecided(Exception):
    """The validator cannot judge this schema or this value."""


class Judge:
    """Judges values by the schemas of one module; compiles each when first asked."""

    def __init__(
        self,
        module: ir.Module,
        *,
        formats: frozenset[str] = frozenset(),
        wary: bool | None = None,
    ) -> None:
        """`wary` says whether some schema may keep the validator busy for ever;
        without it, that is found out."""
        self._wary = wary
        self._module = module
        self._formats = formats
        self._compiled: dict[
            ir.SchemaId, jsonschema_rs.Draft202012Validator | Undecided
        ] = {}
        self._weights: dict[ir.SchemaId, int] = {}

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

    def _weight(self, schema: ir.Schema) -> int:
        """How many schemas apply to one value, each as often as something leads to
        it; not exact beyond `_MOST`."""
        known = self._weights.get(schema.id)
        if known is not None:
            return known
        self._weights[schema.id] = 0
        weight = 1
        for assertion in schema.assertions:
            if isinstance(assertion, ir.Ref):
                weight += self._weight(self._module.schemas[assertion.target])
            elif isinstance(assertion, _IN_PLACE):
                weight += sum(self._weight(s) for s in walk.subschemas(assertion))
        self._weights[schema.id] = min(weight, _MOST + 1)
        return self._weights[schema.id]

    @property
    def wary(self) -> bool:
        """Whether any schema of the module fans out too far."""
        if self._wary is None:
            try:
                self._wary = any(
                    self._weight(inner) > _MOST
                    for schema in self._module.schemas.values()
                    for inner in walk.walk(schema)
                )
            except RecursionError:
                self._wary = True
        return self._wary

    def _too_heavy(self, schema: ir.Schema) -> bool:
        """Whether a schema, or one that it leads to, fans out too far."""
        if not self.wary:
            return False
        targets = walk.closure(self._module, list(walk.references(schema)))
        try:
            return any(
                self._weight(inner) > _MOST
                for start in (schema, *(self._module.schemas[t] for t in targets))
                for inner in walk.walk(start)
            )
        except RecursionError:
            return True

    def _compile(
        self, schema: ir.Schema
    ) -> jsonschema_rs.Draft202012Validator | Undecided:
        if self._too_heavy(schema):
            return Undecided("too many schemas apply to one value")
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
