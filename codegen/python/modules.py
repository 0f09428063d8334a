"""Puts statements into modules: one for each kind of code or, in a package in pieces,
one for each kind and piece."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from codegen.artifact import Kept
from codegen.python.asked import Placed
from codegen.python.emit import module as emit
from codegen.python.emit import printer, search, tree
from codegen.python.emit.tokens import Renames
from codegen.python.model.package import Package
from codegen.python.model.pieces import TABLES

Group: TypeAlias = list[tree.Statement]
"""Statements that belong together."""

CODEC: Final = "._codec"
CHECKS: Final = "._checks"

_SUFFIXES: Final = {CODEC: "_codec", CHECKS: "_checks", tree.MODELS: "_models"}
"""What is appended to the name of a piece where it is imported, by kind."""


def stand_in(piece: str, kind: str = CODEC) -> tree.Name:
    """The name under which a module imports another piece."""
    return tree.Name(f"{piece}{_SUFFIXES[kind]}", kind)


def text(groups: list[Group], *, once: bool = False) -> str:
    """A module that stands alone: its imports and these statements. With `once`,
    functions that do the same are written once."""
    found = search.mentions(statement for group in groups for statement in group)
    renamed = emit.renames(found)
    imports = emit.imports(found, emit.aliases(renamed))
    return imports + _body(groups, renamed, once=once)


@dataclass(frozen=True, slots=True)
class Module:
    """A module of a piece whose text has not been made yet, see `Unprinted`."""

    piece: str
    made_of: tuple[object, ...]
    text: Callable[[], Iterable[str]]
    about: tuple[tuple[type, Callable[[Any], object]], ...] = ()
    follows_from: str = ""
    kept: Kept | None = None
    late: bool = False

    @classmethod
    def inner(cls, piece: str, groups: list[Group]) -> Module:
        """A module that mentions no other piece."""
        return cls(piece, (groups,), lambda: [_inner_text(groups)])


def _inner_text(groups: list[Group]) -> str:
    """The text of such a module."""
    nodes = [statement for group in groups for statement in group]
    found = {
        f".{home}" if home.startswith(".") else home: names
        for home, names in search.mentions(nodes).imported.items()
    }
    return emit.imports_of(found) + _body(groups, {})


def _body(groups: list[Group], renamed: Renames, *, once: bool = False) -> str:
    first = next((statement for group in groups for statement in group), None)
    gap = "\n\n" if isinstance(first, tree.Function) else "\n"
    return gap + printer.statements(groups, renamed, once=once)


@dataclass(frozen=True, slots=True)
class _Homes:
    """Where a module finds what other pieces define: for each home of names in a code
    tree, the piece of each name. `own` is the home of the module's own kind."""

    own: str
    by_home: Mapping[str, Mapping[str, str]]

    def of(self, home: str | None, name: str) -> tuple[str, str | None]:
        """The home of a name, and the piece that it is in, if it is in one."""
        home = self.own if home is None else home
        return home, self.by_home.get(home, {}).get(name)


@dataclass(frozen=True, slots=True)
class Known:
    """The pieces that need not be written: the names that they define, by home; the
    keys of what the texts of all pieces follow from; and `anew`, which writes all
    pieces, for when a text has disappeared."""

    pieces: Collection[str]
    defined: Mapping[str, Mapping[str, str]]
    keys: Mapping[str, str]
    anew: Callable[[], Pieces]


class Pieces:
    """The modules of a package in pieces. `of_codec` and `of_checks` are the names of
    those pieces."""

    def __init__(
        self,
        package: Package,
        codec: Iterable[Placed],
        checks: Iterable[Placed],
        known: Known,
        named: search.Named,
    ) -> None:
        self._named = named
        self._of = package.pieces.of
        self._known = known
        self._codec = self._sorted(codec)
        self._checks = self._sorted(checks)
        of_codec = known.defined.get(CODEC, {})
        of_checks = known.defined.get(CHECKS, {})
        self.of_codec = sorted({*self._codec, *of_codec.values()})
        self.of_checks = sorted({*self._checks, *of_checks.values()})
        shown = [*package.enums, *(schema for schema, _ in package.classes)]
        self._homes: dict[str, dict[str, str]] = {
            CODEC: {**of_codec, **_defined(self._codec)},
            CHECKS: {**of_checks, **_defined(self._checks)},
            tree.MODELS: {str(package.names.of(s.id)): self._of[s.id] for s in shown},
        }

    def _sorted(self, placed: Iterable[Placed]) -> dict[str, list[Group]]:
        """Statements by piece."""
        found: dict[str, list[Group]] = {}
        for schema_id, group in placed:
            piece = TABLES if schema_id is None else self._of[schema_id]
            found.setdefault(piece, []).append(group)
        return found

    def codec(self, piece: str) -> Module:
        """The module of a piece in `_codec`."""
        homes = _Homes(CODEC, self._homes)
        return self._module(piece, homes, lambda of: of._codec[piece])

    def checks(self, piece: str) -> Module:
        """The module of a piece in `_checks`."""
        homes = _Homes(CHECKS, self._homes)
        return self._module(piece, homes, lambda of: of._checks[piece])

    def _module(
        self, piece: str, homes: _Homes, groups_of: Callable[[Pieces], list[Group]]
    ) -> Module:
        """A module of a piece. If it is known, its statements are only written if its
        text has disappeared."""
        key = self._known.keys.get(piece, "")
        if piece not in self._known.pieces:
            return Module(
                piece,
                (piece, groups_of(self)),
                lambda: [piece_text(piece, groups_of(self), homes.of, self._named)],
                ((tree.Name, lambda one: homes.of(one.home, one.id)),),
                key,
            )

        def text() -> list[str]:
            pieces = self._known.anew()
            return [piece_text(piece, groups_of(pieces), homes.of, pieces._named)]

        return Module(piece, (piece, key), text, (), key)


def _defined(pieces: Mapping[str, list[Group]]) -> dict[str, str]:
    """The piece of each function and table."""
    return {
        name: piece
        for piece, groups in pieces.items()
        for group in groups
        for statement in group
        for name in defined(statement)
    }


def defined(statement: tree.Statement) -> tuple[str, ...]:
    """The name that a statement of a module defines."""
    match statement:
        case tree.Function(name):
            return (name,)
        case tree.Assign(tree.Name(name)) | tree.Declare(tree.Name(name)):
            return (name,)
        case _:
            return ()


def piece_text(
    piece: str,
    groups: list[Group],
    home_of: Callable[[str | None, str], tuple[str, str | None]],
    named: search.Named,
) -> str:
    """The text of a piece's module. Names in other pieces are written behind the name
    of the piece. Functions that do the same are written once."""
    imported: dict[str, set[str]] = {}
    renamed: dict[str, str] = {}
    used = named.together(statement for group in groups for statement in group)
    taken = used.defined
    for given, name in used.used:
        if given != tree.MODELS:
            taken.add(name)
        home, other = home_of(given, name)
        if given is None and other in (None, piece):
            continue
        if other == piece and home == tree.MODELS:
            imported.setdefault(f"..models.{piece}", set()).add(name)
        elif other is not None:
            called = f"{other}{_SUFFIXES[home]}"
            key = name if given is None else f"{home}:{name}"
            renamed[key] = f"{called}.{name}"
            folder = "." if given is None else f".{home}"
            imported.setdefault(folder, set()).add(f"{other} as {called}")
        elif home == CODEC:
            own = name.removesuffix(_SUFFIXES[CODEC])
            imported.setdefault(".", set()).add(f"{own} as {name}")
        else:
            module = f".{home}" if home.startswith(".") else home
            imported.setdefault(module, set()).add(name)
    own_models = f"..models.{piece}"
    apart = emit.renames_of(taken, imported.get(own_models, ()))
    imports = emit.imports_of(imported, emit.aliases(apart, own_models))
    return imports + _body(groups, renamed | dict(apart), once=True)
