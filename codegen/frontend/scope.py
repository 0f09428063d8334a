"""A schema object while it is lowered: its keywords, its place, its complaints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from codegen.diagnostics import Severity
from codegen.frontend.dialects import Dialect
from codegen.frontend.environments import Environment
from codegen.frontend.resources import Place, Resources
from codegen.ir import model as ir
from codegen.source.node import Json


class Lowerer(Protocol):
    """What lowering one schema object asks of the lowering of its whole module.

    Keywords contain schemas and schemas contain keywords; this is where the circle
    is closed, so that no module has to import what imports it.
    """

    resources: Resources
    components: Place | None

    def location(self, place: Place) -> ir.Location:
        """Where a place is."""

    def problem(
        self,
        code: str,
        message: str,
        where: ir.Location,
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Report something at a location."""

    def child(self, place: Place, *tokens: str) -> Place:
        """The place of a member."""

    def require(self, place: Place, environment: Environment = ()) -> ir.SchemaId:
        """The id of the schema at a place, which will be in the module."""

    def require_children(self, base: Place) -> None:
        """Have the components in the module that extend another by `allOf`."""

    def lower(self, place: Place, environment: Environment) -> ir.Schema:
        """The schema at a place."""

    def reference(
        self, place: Place, environment: Environment, keyword: str
    ) -> ir.Ref | None:
        """The `Ref` that a reference keyword at a place stands for."""


@dataclass(slots=True)
class Scope:
    """A schema object that is being lowered."""

    lowering: Lowerer
    place: Place
    environment: Environment
    location: ir.Location

    @property
    def data(self) -> dict[str, Json]:
        """The schema object itself."""
        data: dict[str, Json] = self.place.data
        return data

    @property
    def dialect(self) -> Dialect:
        """The dialect it is written in."""
        return self.place.resource.dialect

    def get(self, keyword: str) -> Json:
        """The value of a keyword that the dialect knows; None otherwise."""
        if keyword in self.dialect.keywords:
            return self.data.get(keyword)
        return None

    def has(self, keyword: str) -> bool:
        """Whether a keyword is there and known to the dialect."""
        return keyword in self.data and keyword in self.dialect.keywords

    def invalid(
        self, keyword: str, expected: str, *tokens: str | int, code: str = ""
    ) -> None:
        """Report that a keyword's value is not what it takes."""
        where = self.location.child(keyword, *tokens)
        message = f"`{keyword}` takes {expected}"
        self.lowering.problem(code or "invalid-keyword", message, where)

    def foreign(self, keyword: str, expected: str, other: str) -> None:
        """Warn of a value that another dialect has.

        Published specifications mix dialects. Where a value can mean one thing only
        it is read so: refusing it would help nobody, ignoring it would drop a
        constraint.
        """
        where = self.location.child(keyword)
        message = f"`{keyword}` takes {expected}; this is read as in {other}"
        severity = Severity.WARNING
        self.lowering.problem("invalid-keyword", message, where, severity=severity)

    def schema(self, *tokens: str) -> ir.Schema:
        """The subschema at the given tokens below this schema."""
        place = self.lowering.child(self.place, *tokens)
        return self.lowering.lower(place, self.environment)

    def schemas(self, keyword: str) -> tuple[ir.Schema, ...] | None:
        """A list of subschemas; None and a diagnostic where it is none."""
        value = self.data[keyword]
        if not isinstance(value, list) or not value:
            self.invalid(keyword, "a list of schemas that is not empty")
            return None
        return tuple(self.schema(keyword, str(i)) for i in range(len(value)))

    def schema_map(self, keyword: str) -> dict[str, ir.Schema] | None:
        """A mapping of subschemas; None and a diagnostic where it is none."""
        value = self.data[keyword]
        if not isinstance(value, dict):
            self.invalid(keyword, "a mapping of schemas")
            return None
        return {name: self.schema(keyword, name) for name in value}
