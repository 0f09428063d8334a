"""Old names: what was renamed is found under its former name for a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from codegen.ir import model as ir
from codegen.python.model import enumerations
from codegen.python.model.aliases import Alias
from codegen.python.model.fields import Field, accessors
from codegen.python.model.names import (
    ANNOTATIONS,
    METHODS,
    RESERVED,
    Names,
    fact_names,
)
from codegen.python.model.reserved import OF_MEMBERS
from codegen.python.model.shapes import named_in
from codegen.styles import TYPES, OldName
from codegen.text import Name, name


@dataclass(frozen=True, slots=True)
class Old:
    """An old name, and the name that replaces it. `message` is the warning for whoever
    uses the old one."""

    name: Name
    new: Name
    message: str


@dataclass(frozen=True, slots=True)
class OldNames:
    """The old names of a package: those of types, and those of attributes and enum
    members by the name of their owner. `unfit` are those that were asked for and cannot
    be had, each with the reason."""

    types: tuple[Old, ...]
    inside: Mapping[str, tuple[Old, ...]]
    unfit: tuple[tuple[OldName, str], ...]

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self.types or self.inside)


NONE: Final = OldNames((), MappingProxyType({}), ())
"""A package without old names."""

_TYPED: Final = frozenset(type_.rpartition(".")[2] for type_ in TYPES.values())
"""Types of the standard library that annotations may use."""

Classes: TypeAlias = Iterable[tuple[ir.Schema, tuple[Field, ...]]]


@dataclass(frozen=True, slots=True)
class _Owner:
    """The names that a class or enum has today (`has`), and all that an old name of it
    must not be (`taken`)."""

    has: frozenset[str]
    taken: frozenset[str]


class Known:
    """Everything that a package defines, to judge whether old names are possible."""

    def __init__(
        self,
        names: Names,
        classes: Classes,
        enums: Iterable[ir.Schema],
        aliases: Iterable[Alias],
    ) -> None:
        self._owners: dict[str, _Owner] = {}
        for schema, fields in classes:
            self._owners[str(names.of(schema.id))] = _class(names, fields)
        for schema in enums:
            self._owners[str(names.of(schema.id))] = _enum(names, schema)
        plain = {str(names.of(alias.schema.id)) for alias in aliases}
        self._types = plain.union(self._owners)
        self._reserved = RESERVED.union(self._types, _TYPED, [names.base])

    def problem(self, given: OldName) -> str:
        """Why an old name is not possible; empty if it is."""
        old_owner, _, old = given.old.rpartition(".")
        owner, _, new = given.new.rpartition(".")
        if bool(old_owner) != bool(owner):
            return f"{given.old} and {given.new} are not of one kind"
        if not _is_name(old):
            return f"{old!r} is no name for it"
        if not owner:
            if new not in self._types:
                return f"nothing is called {new}"
            return f"{old} is called so today" if old in self._reserved else ""
        found = self._owners.get(owner)
        if found is None or new not in found.has:
            return f"nothing is called {given.new}"
        return f"{old} is something else in {owner}" if old in found.taken else ""


def _is_name(text: str) -> bool:
    """Whether a text can be an old name. Names that begin with `_` are the package's
    own."""
    try:
        return not name(text).startswith("_")
    except ValueError:
        return False


def _class(names: Names, fields: tuple[Field, ...]) -> _Owner:
    has = frozenset(map(str, [*(f.attribute for f in fields), *accessors(fields)]))
    types = {str(names.of(i)) for field in fields for i in named_in(field.shape)}
    return _Owner(has, has.union(METHODS, ANNOTATIONS, _TYPED, types))


def _enum(names: Names, schema: ir.Schema) -> _Owner:
    values = enumerations.members(names.module, schema)
    has = frozenset(str(member.name) for member in names.members(schema, values))
    facts = fact_names(schema.annotations.enum_metadata).values()
    return _Owner(has, has.union(OF_MEMBERS, map(str, facts)))


def decide(asked: Iterable[OldName], known: Known) -> OldNames:
    """The old names of a package: those of `asked` that are possible, and the others
    with their reasons."""
    seen: set[str] = set()
    types: list[Old] = []
    inside: dict[str, list[Old]] = {}
    unfit: list[tuple[OldName, str]] = []
    for given in asked:
        owner, _, new = given.new.rpartition(".")
        old = given.old.rpartition(".")[2]
        place = f"{owner}.{old}"
        problem = known.problem(given)
        if problem or place in seen:
            unfit.append((given, problem or f"{old} is listed twice"))
            continue
        seen.add(place)
        message = (
            f"{given.old} is {given.new} now; the old name goes with {given.until}"
        )
        found = Old(name(old), name(new), message)
        (inside.setdefault(owner, []) if owner else types).append(found)
    frozen = {owner: tuple(olds) for owner, olds in inside.items()}
    return OldNames(tuple(types), MappingProxyType(frozen), tuple(unfit))
