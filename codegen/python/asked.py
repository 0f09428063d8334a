"""Which functions of a package ask for which others.

A function is written because something asks for it. Where an earlier run has written a
piece of a package, and the same is asked of it now, the piece need not be written
again. So it is noted who asks for what. For a function that is not written again,
whatever it asked for when it was written is asked for in its place.

What is asked for in the end must not depend on who asks first. Where it might
(`unclear`), nothing is taken from earlier runs, or stored for later ones.
"""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from codegen.ir import model as ir
from codegen.ir import tags
from codegen.python.emit import tree

Key: TypeAlias = tuple[str, ir.SchemaId]
"""Something that is written as a whole: the decoder of a schema, a table, a check, or
what every class has. The first part says which (`DECODE`, `TABLE`, `CLASS`, or the kind
of a check)."""

Ask: TypeAlias = tuple[str, ir.SchemaId, str]
"""A key, and how it is asked for."""

DECODE: Final = "decode"
TABLE: Final = "table"
CLASS: Final = "class"

_PATH: Final = "tagged "
"""The beginning of how a decoder is asked for by a table: tags follow, which it may
skip."""

BAD: Final = (TypeError, ValueError, KeyError, AttributeError, IndexError)
"""What reading data may raise that we have not written."""


def path(tags_: tags.Path) -> str:
    """How the decoder of a class is asked for by a table that has read these tags."""
    return f"{_PATH}{json.dumps(tags_)}"


def path_of(how: str) -> tags.Path:
    """The tags in such a text. Raises ValueError."""
    return tuple(
        (tuple(names), value) for names, value in json.loads(how.removeprefix(_PATH))
    )


def place(tags_: tags.Path) -> tuple[int, str]:
    """A sort key for paths of tags that lead to the same class: the first one is that
    whose tags are not read again."""
    return len(tags_), path(tags_)


Placed: TypeAlias = tuple[ir.SchemaId | None, list[tree.Statement]]
"""Statements, with the schema that they belong to, if any."""


@dataclass(frozen=True, slots=True)
class Written:
    """The statements of one kind of module, in groups; which functions each function
    calls; and the functions that call themselves, directly or through others."""

    groups: list[Placed]
    calls: Mapping[str, Collection[str]]
    deep: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is known of the code of a piece that an earlier run has written.

    `flags` says how each key was asked for, `asks` what it asks for itself, and
    `tagged` for which classes it skips tags. `looks` are the schemas at which its
    writers looked, and `seen` is the digest of what they saw. `calls` has its functions
    and tables for each kind of module, with what they call; `deep` are those that call
    themselves. `homes` are the modules from which it imports.
    """

    flags: Mapping[Key, frozenset[str]]
    asks: Mapping[Key, tuple[Ask, ...]]
    tagged: frozenset[tuple[ir.SchemaId, str]]
    looks: tuple[ir.SchemaId, ...]
    seen: str
    calls: Mapping[str, Mapping[str, tuple[str, ...]]]
    deep: frozenset[str]
    homes: frozenset[str]

    @property
    def schemas(self) -> set[ir.SchemaId]:
        """The schemas that this piece is asked for, or asks for."""
        asked = itertools.chain(*self.asks.values())
        return {*(i for _, i in self.flags), *(i for _, i, _ in asked)}

    def data(self) -> list[Any]:
        """The piece as plain data."""
        return [
            [
                [*key, sorted(flags), [list(ask) for ask in self.asks[key]]]
                for key, flags in sorted(self.flags.items())
            ],
            [list(one) for one in sorted(self.tagged)],
            [list(self.looks), self.seen],
            {
                kind: {name: list(called) for name, called in found.items()}
                for kind, found in self.calls.items()
            },
            sorted(self.deep),
            sorted(self.homes),
        ]

    @classmethod
    def of(cls, data: Any) -> Piece | None:
        """The piece from its data; None if the data are not ours."""
        with contextlib.suppress(*BAD):
            keys, tagged, (looks, seen), calls, deep, homes = data
            flags: dict[Key, frozenset[str]] = {}
            asks: dict[Key, tuple[Ask, ...]] = {}
            for family, schema_id, how, asked in keys:
                key = str(family), ir.SchemaId(schema_id)
                flags[key] = frozenset(map(str, how))
                for _, _, one in asked:
                    if one.startswith(_PATH):
                        path_of(one)
                asks[key] = tuple((str(f), ir.SchemaId(i), str(h)) for f, i, h in asked)
            named = {
                str(kind): {str(name): tuple(map(str, c)) for name, c in found.items()}
                for kind, found in calls.items()
            }
            exact = frozenset((ir.SchemaId(i), str(how)) for i, how in tagged)
            ids = tuple(map(ir.SchemaId, looks))
            return cls(
                flags=flags,
                asks=asks,
                tagged=exact,
                looks=ids,
                seen=str(seen),
                calls=named,
                deep=frozenset(deep),
                homes=frozenset(homes),
            )
        return None


@dataclass(slots=True)
class Asked:
    """What has been asked for. `known` are the pieces that are not written again,
    `piece_of` gives the piece of a schema, and `parts` are the schemas by id."""

    parts: Mapping[ir.SchemaId, ir.Schema]
    piece_of: Callable[[ir.SchemaId], str]
    known: Mapping[str, Piece] = field(default_factory=dict)
    flags: dict[Key, set[str]] = field(default_factory=dict)
    asks: dict[Key, dict[Ask, None]] = field(default_factory=dict)
    looks: dict[str, set[ir.SchemaId]] = field(default_factory=dict)
    """For each piece, the schemas at which its writers have looked."""
    pending: list[Ask] = field(default_factory=list)
    """What functions need that are not written again."""
    unclear: bool = False
    """Whether what is asked for may depend on who asks first."""
    _by: Key | None = None
    _looks: set[ir.SchemaId] = field(default_factory=set)

    def look(self, schema_ids: Iterable[ir.SchemaId]) -> None:
        """Note that a writer looks at schemas."""
        self._looks.update(schema_ids)

    def ask(self, family: str, schema: ir.Schema, how: str = "") -> bool:
        """Ask for something. Returns whether it has to be written."""
        key = family, schema.id
        if self.parts.get(schema.id) is not schema:
            # Of one identity there may be several.
            self.unclear |= self.parts.get(schema.id) != schema
        if self._by is not None:
            self.asks.setdefault(self._by, {})[family, schema.id, how] = None
            self._looks.add(schema.id)
        known = self.known.get(self.piece_of(schema.id))
        if known is not None and key not in self.flags:
            self.pending += known.asks.get(key, ())
        flags = self.flags.setdefault(key, set())
        flags.add(how)
        self.unclear |= family == TABLE and len(flags) > 1
        return known is None

    def writes(self, schema_id: ir.SchemaId) -> bool:
        """Whether the code of a schema has to be written."""
        return self.piece_of(schema_id) not in self.known

    @contextlib.contextmanager
    def by(self, family: str, schema_id: ir.SchemaId) -> Iterator[None]:
        """A context in which something is written: it asks for whatever is asked for
        inside."""
        before = self._by, self._looks
        self._by = family, schema_id
        self._looks = self.looks.setdefault(self.piece_of(schema_id), set())
        self.asks.setdefault(self._by, {})
        try:
            yield
        finally:
            self._by, self._looks = before

    def otherwise(self) -> set[str]:
        """The known pieces of which something else is asked than when they were
        written."""
        found: dict[str, dict[Key, set[str]]] = {piece: {} for piece in self.known}
        for key, flags in self.flags.items():
            piece = self.piece_of(key[1])
            if piece in found:
                found[piece][key] = flags
        return {
            piece
            for piece, one in self.known.items()
            if found[piece] != one.flags or self.tagged(one.asks) != one.tagged
        }

    def tagged(
        self, asks: Mapping[Key, Iterable[Ask]]
    ) -> frozenset[tuple[ir.SchemaId, str]]:
        """The classes whose tags some asks may skip, with the tags. Several paths may
        lead to a class, and only those of the first one (`place`) are skipped."""
        found = set()
        for family, schema_id, how in itertools.chain(*asks.values()):
            if family == DECODE and how.startswith(_PATH):
                every = self.flags.get((family, schema_id), ())
                paths = [path_of(one) for one in every if one.startswith(_PATH)]
                if paths and path(min(paths, key=place)) == how:
                    found.add((schema_id, how))
        return frozenset(found)

    def of_pieces(self) -> Mapping[str, list[Key]]:
        """What was asked of each piece that is written now."""
        found: dict[str, list[Key]] = {}
        for key in self.flags:
            piece = self.piece_of(key[1])
            if piece not in self.known:
                found.setdefault(piece, []).append(key)
        return found


def closed(
    known: Mapping[str, Piece], piece_of: Callable[[ir.SchemaId], str]
) -> dict[str, Piece]:
    """The known pieces without those that ask for a table of a piece that is not known.
    A table is written while something asks for it, so it needs its piece to be
    written."""
    found = dict(known)
    while True:
        open_ = [
            piece for piece, one in found.items() if _leads_out(one, found, piece_of)
        ]
        if not open_:
            return found
        for piece in open_:
            del found[piece]


def _leads_out(
    one: Piece, known: Mapping[str, Piece], piece_of: Callable[[ir.SchemaId], str]
) -> bool:
    asked: Iterable[Ask] = (ask for asks in one.asks.values() for ask in asks)
    return any(family == TABLE and piece_of(i) not in known for family, i, _ in asked)
