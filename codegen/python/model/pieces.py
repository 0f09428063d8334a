"""Which piece of a package each schema is written to.

A large package is written in pieces: modules that are loaded when something of them is
first asked for. The piece of a schema follows from its name, and from how many schemas
have names that begin with the same words. Names that begin alike stand together; where
these are too many, they are divided by the next word, or by the next letter. So adding
a schema changes only the piece that it joins. If that piece grows too large it is
divided, and no other is.

Enums and aliases have pieces of their own. While a class is made it needs only enums
(its annotations are text), and an alias needs what it stands for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from keyword import iskeyword
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar

from codegen.ir import model as ir
from codegen.ir import walk
from codegen.python.model import shapes as sh
from codegen.python.model.aliases import Alias
from codegen.python.model.identifiers import words
from codegen.python.model.joints import Joints
from codegen.python.model.names import Names

T = TypeVar("T")

WHOLE: Final = 1_500
"""A package with at most so many schemas, inner ones included, is written in one piece:
it loads in the time that finding pieces would take."""

MOST: Final = 150
"""How many schemas a piece has at most; it compiles in some hundredths of a second."""

FEW: Final = 15
"""Fewer schemas than this get no piece of their own, but stand with others of the same
letter."""

TABLES: Final = "event_tables"
"""The piece for everything that belongs to an event table and to no schema."""

_RESERVED: Final = frozenset(
    {"aux", "con", "nul", "prn", "match", "case", "type", "load", "open_models"}
)
"""Names that some system reserves for itself, that a type checker misreads, or that a
folder of pieces has itself."""

_OTHERS: Final = "others"
_CLASSES, _ENUMS, _ALIASES = "", "enums", "aliases"
"""What the names of pieces end in, by what is in them."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The piece of every schema, by id. Empty for a package that is written whole."""

    of: Mapping[ir.SchemaId, str]

    @property
    def whole(self) -> bool:
        """Whether the package is written in one piece."""
        return not self.of

    def piece(self, schema_id: ir.SchemaId | None) -> str:
        """The piece of a schema; without a schema, that of event tables. Empty if the
        package is whole."""
        if self.whole:
            return ""
        return TABLES if schema_id is None else self.of[schema_id]

    def in_order(
        self, found: Mapping[str, T], owners: Mapping[str, ir.SchemaId]
    ) -> dict[str, T]:
        """Functions or tables by name, in the order of the schemas that own them. They
        are found in an order that depends on other pieces, which must not show in this
        one. A package that is whole keeps the order in which they were found."""
        if self.whole:
            return dict(found)
        order = {schema_id: number for number, schema_id in enumerate(self.of)}
        last = len(order)

        def place(name: str) -> tuple[int, str]:
            owner = owners.get(name)
            return last if owner is None else order[owner], name

        return {name: found[name] for name in sorted(found, key=place)}


@dataclass(frozen=True, slots=True)
class _Unit:
    """A schema of the module with everything inside it, which stands in the same
    piece."""

    schema: ir.Schema
    words: tuple[str, ...]
    size: int

    def word(self, place: int) -> str:
        """A word of its name; empty beyond the last."""
        return self.words[place] if len(self.words) > place else ""


def decide(
    module: ir.Module,
    names: Names,
    joints: Joints,
    enums: Iterable[ir.Schema],
    aliases: tuple[Alias, ...],
) -> Pieces:
    """The piece of every schema of a module, and of every joint."""
    inside = {schema.id: list(walk.walk(schema)) for schema in module.schemas.values()}
    if sum(map(len, inside.values())) <= WHOLE:
        return Pieces(MappingProxyType({}))
    kinds = dict.fromkeys((schema.id for schema in enums), _ENUMS)
    kinds |= dict.fromkeys((alias.schema.id for alias in aliases), _ALIASES)
    units: dict[str, list[_Unit]] = {_CLASSES: [], _ENUMS: [], _ALIASES: []}
    for schema in _outermost(module, inside):
        said = _said(str(names.of(schema.id)))
        unit = _Unit(schema, said, len(inside[schema.id]))
        units[kinds.get(schema.id, _CLASSES)].append(unit)
    found: dict[ir.SchemaId, str] = {}
    for piece, group in _named(units, names):
        for schema in (s for unit in group for s in inside[unit.schema.id]):
            found.setdefault(schema.id, piece)
    _together(found, aliases)
    for joint in joints.found.values():
        for schema in walk.walk(joint.schema):
            found.setdefault(schema.id, found[_root(joint.outer, joints)])
    return Pieces(MappingProxyType(found))


def _outermost(
    module: ir.Module, inside: Mapping[ir.SchemaId, list[ir.Schema]]
) -> list[ir.Schema]:
    """The schemas of a module that are named or do not stand inside another one."""
    inner = {
        schema.id for parts in inside.values() for schema in parts[1:]
    } & module.schemas.keys()
    named = set(module.names.values())
    return [s for s in module.schemas.values() if s.id in named or s.id not in inner]


def _said(name: str) -> tuple[str, ...]:
    """The words of a name, for file names, which are ASCII. What is not ASCII becomes a
    word of hexadecimal digits."""
    found = words(name)
    said = [word.lower() for word in found if word.isascii()]
    strange = "".join(word for word in found if not word.isascii())
    digits = [strange.encode("utf-8", "surrogatepass").hex()] if strange else []
    return (*(said or [_OTHERS]), *digits)


def _root(outer: ir.SchemaId, joints: Joints) -> ir.SchemaId:
    while outer in joints.found:
        outer = joints.found[outer].outer
    return outer


_Group: TypeAlias = tuple[str, list[_Unit]]
"""The schemas of a piece, with the name that it should have. Two may wish for the same
name."""


def _named(units: Mapping[str, list[_Unit]], names: Names) -> Iterator[_Group]:
    """The pieces of schemas of each kind, each with a name that nothing else has."""
    taken: set[str] = {TABLES, *names.taken}
    types = frozenset(map(str, names.symbols.values()))
    for kind, of_kind in units.items():
        for name, group in _grouped(of_kind):
            piece = _free("_".join(filter(None, (name, kind))), taken, types)
            taken.add(piece)
            yield piece, group


def _grouped(units: list[_Unit]) -> list[_Group]:
    """Divide schemas into pieces: by their first word, and those of words with few
    schemas by the first letter."""
    if _size(units) <= MOST:
        return [("", units)] if units else []
    found: list[_Group] = []
    others: dict[str, list[_Unit]] = {}
    for word, group in _by_word(units, 0):
        if _size(group) < FEW and len(units) > len(group):
            others.setdefault(word[0], []).extend(group)
        else:
            found += _divided(word, group, 1)
    for letter, group in others.items():
        found += _spelled(_OTHERS, letter, group, 0)
    return found


def _divided(name: str, units: list[_Unit], depth: int) -> list[_Group]:
    """Divide schemas that have their first `depth` words in common."""
    if _size(units) <= MOST or len(units) == 1:
        return [(name, units)]
    found: list[_Group] = []
    rest: list[_Unit] = []
    for word, group in _by_word(units, depth):
        if word and _size(group) >= FEW:
            found += _divided(f"{name}_{word}", group, depth + 1)
        else:
            rest += group
    return [*_spelled(name, "", rest, depth), *found] if rest else found


def _spelled(name: str, start: str, units: list[_Unit], depth: int) -> list[_Group]:
    """Divide schemas that have few words in common by letters: they share `start`, the
    beginning of the word at `depth`, and those that go on with the same letter stand
    together."""
    own = f"{name}_{start}" if start else name
    by_start: dict[str, list[_Unit]] = {}
    for unit in units:
        by_start.setdefault(unit.word(depth)[: len(start) + 1], []).append(unit)
    if _size(units) <= MOST or by_start.keys() == {start}:
        return [(own, units)]
    found: list[_Group] = []
    rest: list[_Unit] = []
    for longer, group in sorted(by_start.items()):
        if longer != start and _size(group) >= FEW:
            found += _spelled(name, longer, group, depth)
        else:
            rest += group
    return [(own, rest), *found] if rest else found


def _by_word(units: list[_Unit], depth: int) -> Iterator[tuple[str, list[_Unit]]]:
    found: dict[str, list[_Unit]] = {}
    for unit in units:
        found.setdefault(unit.word(depth), []).append(unit)
    yield from sorted(found.items())


def _size(units: Iterable[_Unit]) -> int:
    return sum(unit.size for unit in units)


def _free(name: str, taken: Collection[str], types: Collection[str]) -> str:
    """A name for a module that nothing else in the package has: no type, and no
    function of one, as `decode_voice` is of `voice`."""
    name = name or "classes"
    if not name.isidentifier():
        name = f"of_{name}"
    while (
        name in taken
        or name in _RESERVED
        or iskeyword(name)
        or name.partition("_")[2] in types
    ):
        name += "_"
    return name


def _together(found: dict[ir.SchemaId, str], aliases: tuple[Alias, ...]) -> None:
    """Put aliases that need each other into one piece, also if they do so through
    others."""
    uses: dict[str, set[str]] = {found[alias.schema.id]: set() for alias in aliases}
    for alias in aliases:
        own = found[alias.schema.id]
        used = {found[i] for i in sh.named_in(alias.shape) if i in found}
        uses[own] |= used & (uses.keys() - {own})
    reached = {piece: _reached(piece, uses) for piece in uses}
    first = {
        piece: min(
            other
            for other in (piece, *near)
            if piece in reached[other] or other == piece
        )
        for piece, near in reached.items()
    }
    for schema_id, piece in found.items():
        found[schema_id] = first.get(piece, piece)


def _reached(start: str, uses: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    pending = [start]
    while pending:
        for used in uses[pending.pop()]:
            if used not in found:
                found.add(used)
                pending.append(used)
    return found
