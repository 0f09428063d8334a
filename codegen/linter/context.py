"""What every check of `lint` needs: the schemas, their text, and a way to complain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from codegen import nearby
from codegen.diagnostics import Report, Severity
from codegen.frontend import Loaded
from codegen.frontend.dialects import Dialect
from codegen.ir import model as ir
from codegen.ir.walk import walk
from codegen.linter.codes import ERROR, RULES
from codegen.python.model import event_tables, renames
from codegen.python.model.shaping import Shaping
from codegen.source import pointer
from codegen.styles import PLAIN, Style


class Context:
    """A loaded specification under examination."""

    def __init__(self, loaded: Loaded, report: Report, style: Style = PLAIN) -> None:
        self.loaded = loaded
        self.report = report
        self.style = style
        self.module = loaded.module
        self.questions = nearby.Questions()
        self.as_meant = {i.span for i in report if i.code == "read-as-meant"}
        """The places of values that are not read by the letter."""

    @cached_property
    def schemas(self) -> list[ir.Schema]:
        """Every schema of the module, inner ones included, each once."""
        found: dict[ir.SchemaId, ir.Schema] = {}
        for schema in self.module.schemas.values():
            for inner in walk(schema):
                found.setdefault(inner.id, inner)
        return list(found.values())

    @cached_property
    def renames(self) -> renames.Renames:
        """What is called otherwise than it is by itself."""
        return renames.decide(self.module, self.style)

    @cached_property
    def _shaping(self) -> Shaping:
        return Shaping(self.module, self.style)

    def is_event(self, schema: ir.Schema) -> bool:
        """Whether what a message carries becomes a class, as that of every event in a
        table does."""
        return event_tables.holds_class(self.module, self._shaping, schema)

    @cached_property
    def meanings(self) -> dict[ir.SchemaId, str]:
        """What each schema asserts, as a text to be compared; filled on demand."""
        return {}

    @cached_property
    def _names(self) -> dict[ir.SchemaId, str]:
        return self.module.names_by_id()

    def name_of(self, schema: ir.Schema) -> str | None:
        """The specification's name of a schema; None of an inline one."""
        return self._names.get(schema.id)

    @cached_property
    def _values(self) -> dict[ir.Location, ir.Json]:
        return {}

    def raw(self, location: ir.Location) -> ir.Json:
        """What the source says at a location; None where there is nothing."""
        if location not in self._values:
            value = self.loaded.workspace.named(location.document).data
            try:
                for token in pointer.tokens(location.pointer):
                    value = pointer.step(value, token)
            except pointer.Missing:
                value = None
            self._values[location] = value
        return self._values[location]

    def dialect_of(self, schema: ir.Schema) -> Dialect:
        """The dialect that a schema was read in."""
        return self.loaded.dialect(schema.location)

    def payload(self, message: ir.Message) -> ir.Schema | None:
        """The schema of what a message carries; None if it is not in the module."""
        if message.payload is None:
            return None
        return self.module.schemas.get(message.payload)

    def objects(self) -> Iterator[tuple[ir.Schema, dict[str, ir.Json]]]:
        """Every schema that the source writes as a mapping, with that mapping."""
        for schema in self.schemas:
            raw = self.raw(schema.location)
            if isinstance(raw, dict):
                yield schema, raw

    def add(
        self,
        code: str,
        message: str,
        location: ir.Location,
        *,
        key: bool = False,
        severity: Severity | None = None,
    ) -> None:
        """Report a problem; `key` points at the key of the location, not its value."""
        span = self.loaded.span(location, key=key)
        self.report.add(
            code,
            message,
            span,
            severity=severity or (RULES[code].severity if code in RULES else ERROR),
            source=self.loaded.line(span),
        )
