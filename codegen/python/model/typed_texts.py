"""Texts of a format as values of a Python type: which formats, and which types.

For a format with a type, what is enforced is what the type can hold, which may be less
than the format allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import Final

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.styles import TYPES


@dataclass(frozen=True, slots=True)
class TextType:
    """A Python type of the standard library whose values stand for texts of a format.

    `form` is the object of the runtime that reads and judges such texts. `beyond` says
    in words what the format allows and the type cannot hold.
    """

    format: str
    name: str
    module: str
    form: str
    beyond: str

    @property
    def home(self) -> str:
        """The module from which generated code imports the form."""
        return f"._runtime.{self.runtime}"

    @property
    def runtime(self) -> str:
        """The module of the runtime that holds the form."""
        return f"_typed_{self.name.lower()}"


def _known(*rows: tuple[str, str, str, str]) -> Mapping[str, TextType]:
    found = {
        format_: TextType(format_, TYPES[format_], module, form, beyond)
        for format_, module, form, beyond in rows
    }
    return MappingProxyType(found)


_CLOCK: Final = "no leap seconds and no more digits than microseconds"

TEXT_TYPES: Final = _known(
    ("date-time", "datetime", "DATETIMES", f"no year 0, {_CLOCK}"),
    ("date", "datetime", "DATES", "no year 0"),
    ("time", "datetime", "TIMES", _CLOCK),
    ("duration", "datetime", "TIMEDELTAS", "no years and no months"),
    ("uuid", "uuid", "UUIDS", ""),
    ("decimal", "decimal", "DECIMALS", ""),
    ("byte", "builtins", "BYTES", "no base64 with bits behind its end"),
)
"""The formats that may have a type."""


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats that a package enforces: those that are `judged` as the standard
    defines them, and those with a type."""

    judged: frozenset[str] = frozenset()
    typed: Mapping[str, TextType] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, judged: Iterable[str], types: Iterable[str]) -> Formats:
        """The enforced formats: `judged` as the standard has them, and those in `types`
        by their types."""
        typed = {name: TEXT_TYPES[name] for name in TEXT_TYPES if name in {*types}}
        others = frozenset(name for name in judged if name not in typed)
        return cls(others, MappingProxyType(typed))

    @classmethod
    def enforced(cls, asserted: bool, types: Iterable[str]) -> Formats:
        """All that the standard defines if formats are `asserted`, and those in
        `types`."""
        judged: Iterable[str] = ()
        if asserted:
            from codegen.runtime._formats import FORMATS  # It takes long to import.

            judged = FORMATS
        return cls.of(judged, types)

    def __contains__(self, name: object) -> bool:
        return name in self.judged or name in self.typed

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*self.judged, *self.typed}))

    def without(self, types: Iterable[TextType]) -> Formats:
        """These formats without those of some types."""
        gone = {type_.format for type_ in types}
        left = {name: t for name, t in self.typed.items() if name not in gone}
        return Formats(self.judged, MappingProxyType(left))

    def holding(self) -> dict[str, Callable[[str], bool]]:
        """For each format with a type, a function that tells whether the type holds a
        text."""
        found = {}
        for name, type_ in self.typed.items():
            module = import_module(f"codegen.runtime.{type_.runtime}")
            found[name] = getattr(module, type_.form).holds
        return found

    def type_of(self, module: ir.Module, schema: ir.Schema) -> TextType | None:
        """The Python type for strings of a schema; None if none of its formats has
        one."""
        for part in facts.conjuncts(module, schema) if self.typed else ():
            for assertion in part.assertions:
                if isinstance(assertion, ir.Format) and assertion.name in self.typed:
                    return self.typed[assertion.name]
        return None


NONE: Final = Formats()
"""No format is asserted."""
