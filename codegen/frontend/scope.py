"""A schema object while it is lowered: access to its keywords, and what is reported
about them."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias, TypeVar

from codegen.diagnostics import Severity
from codegen.frontend import values
from codegen.frontend.dialects import Dialect
from codegen.frontend.environments import Environment
from codegen.frontend.resources import Place, Resource, Resources
from codegen.frontend.values import Kind, shown
from codegen.ir import model as ir
from codegen.source.node import Json

T = TypeVar("T")


ANNOTATIONS: Final = frozenset(
    (
        *("title", "description", "default", "examples", "example", "deprecated"),
        *("readOnly", "writeOnly", "contentEncoding", "contentMediaType"),
        "discriminator",
    )
)
"""Keywords that assert nothing: a schema without them accepts the same values."""


class Cut(enum.Enum):
    """What is done with a reference that closes a circle of references about one value:
    it is left out, or it leads to a copy of its target without branches."""

    LEFT_OUT = "left out"
    BARE = "bare"


class Lowerer(Protocol):
    """What the lowering of one schema object needs from the lowering of the whole
    module.

    Keywords contain schemas, and schemas contain keywords. This protocol closes the
    circle, so that no module imports another that imports it.
    """

    resources: Resources
    components: Place | None

    def location(self, place: Place) -> ir.Location:
        """The location of a place."""

    def problem(
        self,
        code: str,
        message: str,
        where: ir.Location,
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
        read: bool = False,
    ) -> None:
        """Report something at a location."""

    def refuse(self, code: str, message: str, where: ir.Location, instead: str) -> None:
        """Report something that has no safe meaning. It is an error that says what can
        be done or, where leniency was asked for, a warning that says what stands
        `instead`."""

    def child(self, place: Place, *tokens: str) -> Place:
        """The place of a member."""

    def whole(self, place: Place) -> Json:
        """The value at a place, with the contents of other files in place of references
        to them."""

    def require(
        self, place: Place, environment: Environment = (), *, bare: bool = False
    ) -> ir.SchemaId:
        """The id of the schema at a place, which will be in the module. With `bare`, it
        is that of a copy without branches."""

    def named_by(self, place: Place) -> Place:
        """The schema to which a place gives its name; the place itself if it gives its
        name to none."""

    def require_children(self, base: Place) -> None:
        """Put into the module every component that extends `base` by `allOf`."""

    def lower(
        self, place: Place, environment: Environment, *, is_property: bool = False
    ) -> ir.Schema:
        """The schema at a place."""

    def resolve(self, text: str, base: Resource, where: ir.Location) -> Place:
        """The place to which a reference leads. Raises `Unresolved`."""

    def reference(
        self,
        place: Place,
        environment: Environment,
        keyword: str,
        *,
        bare: bool = False,
    ) -> ir.Ref:
        """The `Ref` for a reference keyword of the schema at a place. With `bare`, it
        leads to a copy of the target without branches. Raises `Unresolved`."""

    @property
    def is_lenient(self) -> bool:
        """Whether leniency was asked for."""

    def cut(self, where: ir.Location) -> Cut | None:
        """What is done with the reference at a location, if it closes a circle; None
        otherwise."""


@dataclass(slots=True)
class Scope:
    """A schema object that is being lowered."""

    lowering: Lowerer
    place: Place
    environment: Environment
    location: ir.Location
    is_property: bool = False
    """Whether it is the schema of a property, which may say `required: true` in draft
    3."""
    departures: list[ir.Departure] = field(default_factory=list)
    remarks: list[ir.Annotations] = field(default_factory=list)
    """What parts of an `allOf` say that assert nothing."""

    @property
    def data(self) -> dict[str, Json]:
        """The schema object itself."""
        data: dict[str, Json] = self.place.data
        return data

    @property
    def dialect(self) -> Dialect:
        """The dialect that the schema is written in."""
        return self.place.resource.dialect

    def get(self, keyword: str) -> Json:
        """The value of a keyword; None where it is absent or unknown to the dialect."""
        return self.data.get(keyword) if self.dialect.reads(keyword) else None

    def has(self, keyword: str) -> bool:
        """Whether a keyword is there and the dialect knows it."""
        return keyword in self.data and self.dialect.reads(keyword)

    # --- values and what is said of them -------------------------------------------

    def read(self, keyword: str, kind: Kind[T], *tokens: str) -> T | None:
        """What the value of a keyword means; with `tokens`, a value inside it. None,
        with a warning, where it means nothing."""
        value = self.data[keyword]
        for token in tokens:
            value = value[token]
        reading = kind.read(value)
        if reading.value is None:
            self.invalid(keyword, kind.expected, *tokens)
        elif reading.meant:
            self.meant(keyword, kind.expected, reading.meant, *tokens)
        return reading.value

    def names(self, keyword: str, *tokens: str) -> tuple[str, ...] | None:
        """The names of properties that a keyword lists. What is none is left out, with
        a warning; None where nothing is left."""
        value = self.data[keyword]
        for token in tokens:
            value = value[token]
        wrong: list[int] = []
        if isinstance(value, list):
            wrong = [i for i, name in enumerate(value) if not values.is_name(name)]
        if not wrong or len(wrong) == len(value):
            return self.read(keyword, values.NAMES, *tokens)
        for index in wrong:
            self.invalid(keyword, values.NAMES.expected, *tokens, index)
        return values.NAMES.read([name for name in value if values.is_name(name)]).value

    def flag(self, keyword: str) -> bool:
        """Whether a keyword that takes true or false is true. It may be absent."""
        if self.get(keyword) is None:
            return False
        return self.read(keyword, values.BOOLEAN) is True

    def depart(self, text: str, *, weaker: bool = False) -> None:
        """Note for the docstring that something is not enforced, or not read
        literally."""
        self.departures.append(ir.Departure(text, weaker))

    def unread(self, keyword: str) -> None:
        """Note for the docstring that the dialect does not have a keyword."""
        why = f"which has no meaning in {self.dialect.title}"
        self.depart(f"Not enforced: {self._said(keyword)}, {why}.")

    def invalid(
        self, keyword: str, expected: str, *tokens: str | int, code: str = ""
    ) -> None:
        """Warn that the value of a keyword means nothing, so that it is not
        enforced."""
        message = f"`{keyword}` takes {expected}"
        self.dropped(code or "invalid-keyword", message, keyword, *tokens)

    def dropped(
        self, code: str, message: str, keyword: str, *tokens: str | int
    ) -> None:
        """Warn of something that keeps a keyword from being enforced."""
        where = self.location.child(keyword, *tokens)
        said = self._said(keyword, *tokens)
        self.depart(f"Not enforced: {said}.", weaker=keyword not in ANNOTATIONS)
        text = f"{message}; {said} is not enforced"
        self.lowering.problem(code, text, where, severity=Severity.WARNING)

    def meant(
        self, keyword: str, expected: str, reading: str, *tokens: str | int
    ) -> None:
        """Warn that a value is not what its keyword takes, and is read as the only
        thing it can mean."""
        message = f"`{keyword}` takes {expected}"
        self.remark("read-as-meant", message, keyword, reading, *tokens)

    def foreign(self, keyword: str, expected: str, other: str) -> None:
        """Warn that a value is written as in another dialect."""
        self.meant(keyword, expected, f"in {other}")

    def remark(
        self, code: str, message: str, keyword: str, reading: str, *tokens: str | int
    ) -> None:
        """Warn of something about a keyword that is read all the same. `reading` says
        as what."""
        where = self.location.child(keyword, *tokens)
        said = self._said(keyword, *tokens)
        self.depart(f"Read as meant: {said} as {reading}.")
        text = f"{message}; {said} is read as {reading}"
        self.lowering.problem(code, text, where, severity=Severity.WARNING, read=True)

    def refused(self, code: str, message: str, keyword: str, *tokens: str) -> None:
        """Report that a keyword has no safe meaning."""
        where = self.location.child(keyword, *tokens)
        self.depart(f"Not enforced: {self._said(keyword, *tokens)}.", weaker=True)
        self.lowering.refuse(code, message, where, "anything is accepted here")

    def _said(self, keyword: str, *tokens: str | int) -> str:
        """A keyword in backticks, with its value if that is short."""
        value: Json = self.data.get(keyword)
        words = [keyword]
        for token in tokens:
            words.append(str(token))
            if isinstance(value, dict):
                value = value[token]
            elif isinstance(value, list):
                value = value[int(token)]
        name = ".".join(words)
        return (
            f"`{name}`"
            if value and isinstance(value, list | dict)
            else (f"`{name}: {shown(value)}`")
        )

    # --- schemas inside ------------------------------------------------------------

    def schema(self, *tokens: str) -> ir.Schema:
        """The subschema at these tokens below this schema."""
        place = self.lowering.child(self.place, *tokens)
        is_property = len(tokens) == 2 and tokens[0] == "properties"
        return self.lowering.lower(place, self.environment, is_property=is_property)

    def schemas(self, keyword: str) -> tuple[ir.Schema, ...] | None:
        """The subschemas of a keyword that takes a list. None, with a warning, where it
        has none."""
        value = self.data[keyword]
        expected = "a list of schemas that is not empty"
        if isinstance(value, dict) and value and keyword != "prefixItems":
            self.meant(keyword, expected, "a list of this one")
            return (self.schema(keyword),)
        if not isinstance(value, list) or not value:
            self.invalid(keyword, expected)
            return None
        return tuple(self.schema(keyword, str(i)) for i in range(len(value)))

    def schema_map(self, keyword: str) -> dict[str, ir.Schema] | None:
        """The subschemas of a keyword that takes a mapping. None, with a warning, where
        it has none."""
        entries = self.read(keyword, values.SCHEMA_MAP)
        if entries is None:
            return None
        found: dict[str, ir.Schema] = {}
        for name, value in entries.items():
            if name == "$ref" and isinstance(value, str):
                self._stray_reference(keyword)
            else:
                found[name] = self.schema(keyword, name)
        return found

    def _stray_reference(self, keyword: str) -> None:
        message = (
            f"`{keyword}` holds schemas by name and no reference: this is one that is "
            f"named `$ref`, and {shown(self.data[keyword]['$ref'])} is no schema"
        )
        self.depart(f"Left out: {self._said(keyword, '$ref')}.", weaker=True)
        where = self.location.child(keyword, "$ref")
        self.lowering.refuse("invalid-keyword", message, where, "it is left out")


Handler: TypeAlias = Callable[[Scope, str], "ir.Assertion | None"]
"""A function that reads one keyword of a schema object, and returns what it asserts."""
