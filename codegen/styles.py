"""What people choose about the face of a package, as the configuration says it.

A choice is part of what is decided about a package (`codegen.python.model`), so what is
printed, what `lint` says of names and what `diff` says of programs all follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codegen.diagnostics import Span

NAMING_KEYWORDS: Final = ("x-speakeasy-name-override", "x-ms-client-name", "title")
"""Keywords by which specifications name classes and fields themselves."""


TYPES: Final = {
    "date-time": "datetime",
    "date": "date",
    "time": "time",
    "duration": "timedelta",
    "uuid": "UUID",
    "decimal": "Decimal",
    "byte": "bytes",
}
"""Formats of strings with the Python type whose values may stand for them."""

NOWHERE: Final = Span("")


@dataclass(frozen=True, slots=True)
class Rename:
    """A name for a place of the specification; `of` says of what it is, `class` or
    `field`, where the place alone does not. `span` is where that is said, and
    `source` the line."""

    place: str
    name: str
    of: str = ""
    span: Span = NOWHERE
    source: str = ""


@dataclass(frozen=True, slots=True)
class OldName:
    """A name that programs may still use for what is called otherwise now: of a class,
    an enum or an alias, or, behind that of its owner and a dot, of an attribute or a
    member. `until` is the version of the package that has it no longer."""

    old: str
    new: str
    until: str
    span: Span = NOWHERE
    source: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How names are spelled, and what stands for a schema.

    naming   `wire`: attributes as in the specification, or `snake_case`: by PEP 8
    renames  names for places of the specification
    naming_keywords  keywords of the specification that give names, the first that is
             there counts
    enums    what a named set of values is: `enum`, a class, or `literal`, an alias
    types    formats whose texts are values of the Python type that `TYPES` has
    """

    naming: str = "wire"
    renames: tuple[Rename, ...] = ()
    naming_keywords: tuple[str, ...] = ()
    enums: str = "enum"
    types: frozenset[str] = frozenset()

    @property
    def literals(self) -> bool:
        """Whether named sets of values are aliases of literals."""
        return self.enums == "literal"

    @property
    def snake_case(self) -> bool:
        """Whether attributes are spelled by PEP 8."""
        return self.naming == "snake_case"


PLAIN: Final = Style()
"""What holds where nothing is chosen."""
