"""Which functions of a package ask for which others.

Functions are written where something asks for them, and what an earlier run has written
of a piece need not be written again, as long as the same is asked of it. So it is noted
who asks for what; where a function is not written, what it asked for when it was is
asked for in its place. What is asked for in the end does not depend on the order; where
it would (`unclear`), nothing is taken from an earlier run, or left for a later one.
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
"""What is written at once: of a schema its decoder, a table, a check, or what every
class has."""

Ask: TypeAlias = tuple[str, ir.SchemaId, str]
"""What is asked for: a key, and how."""

DECODE: Final = "decode"
TABLE: Final = "table"
CLASS: Final = "class"

_PATH: Final = "tagged "
"""How a decoder is asked for to which tags lead."""

BAD: Final = (TypeError, ValueError, KeyError, AttributeError, IndexError)
"""What reading data raises that is not of our making."""


def path(tags_: tags.Path) -> str:
    """The tags that lead to a class, as how its decoder is asked for."""
    return f"{_PATH}{json.dumps(tags_)}"


def path_of(how: str) -> tags.Path:
    """The tags that are how a decoder is asked for. Raises ValueError."""
    return tuple(
        (tuple(names), value) for names, value in json.loads(how.removeprefix(_PATH))
    )


def place(tags_: tags.Path) -> tuple[int, str]:
    """Of several tags that lead to a class, those come first that are not read
    again."""
    return len(tags_), path(tags_)


Placed: TypeAlias = tuple[ir.SchemaId | None, list[tree.Statement]]
"""Statements with the schema that they are of, if any."""


@dataclass(frozen=True, slots=True)
class Written:
    """The statements of one kind of module, in groups; what each function calls; and
    which functions call themselves, be it through others."""

    groups: list[Placed]
    calls: Mapping[str, Collection[str]]
    deep: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is known of the code of a piece that is not written.

    `flags` say how each key was asked for, `asks` what it asks for, `tagged` of which
    classes it has the tags not read again. `looks` are the schemas at which it was
    looked meanwhile, `seen` is the digest of what was to be seen there. `calls` has the
    functions and tables of each kind of module with what they call, `deep` those that
    call themselves, and `homes` the modules that something is imported from.
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
        """The schemas that are asked for, and asked of."""
        asked = itertools.chain(*self.asks.values())
        return {*(i for _, i in self.flags), *(i for _, i, _ in asked)}

    def data(self) -> list[Any]:
        """It as plain data."""
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
        """What was made plain data; None for what is none of ours."""
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
            found = flags, asks, exact, ids, str(seen), named
            return cls(*found, frozenset(deep), frozenset(homes))
        return None


@dataclass(slots=True)
class Asked:
    """What has been asked for. `known` are the pieces that are not written, `piece_of`
    has the piece of each schema, and `parts` the schemas by their identities."""

    parts: Mapping[ir.SchemaId, ir.Schema]
    piece_of: Callable[[ir.SchemaId], str]
    known: Mapping[str, Piece] = field(default_factory=dict)
    flags: dict[Key, set[str]] = field(default_factory=dict)
    asks: dict[Key, dict[Ask, None]] = field(default_factory=dict)
    looks: dict[str, set[ir.SchemaId]] = field(default_factory=dict)
    """The schemas at which is looked for each piece."""
    pending: list[Ask] = field(default_factory=list)
    """What functions ask for that are not written."""
    unclear: bool = False
    """Whether what is asked for may follow from who asks first."""
    _by: Key | None = None
    _looks: set[ir.SchemaId] = field(default_factory=set)

    def look(self, schema_ids: Iterable[ir.SchemaId]) -> None:
        """Note looks at schemas."""
        self._looks.update(schema_ids)

    def ask(self, family: str, schema: ir.Schema, how: str = "") -> bool:
        """Ask for something; whether it has to be written."""
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
        """While something is written, it is what asks."""
        before = self._by, self._looks
        self._by = family, schema_id
        self._looks = self.looks.setdefault(self.piece_of(schema_id), set())
        self.asks.setdefault(self._by, {})
        try:
            yield
        finally:
            self._by, self._looks = before

    def otherwise(self) -> set[str]:
        """The known pieces of which something else is asked than was when they were
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
        """The classes of which some asks have it that their tags are not read, with the
        tags; for each class those of one path to it are."""
        found = set()
        for family, schema_id, how in itertools.chain(*asks.values()):
            if family == DECODE and how.startswith(_PATH):
                every = self.flags.get((family, schema_id), ())
                paths = [path_of(one) for one in every if one.startswith(_PATH)]
                if paths and path(min(paths, key=place)) == how:
                    found.add((schema_id, how))
        return frozenset(found)

    def of_pieces(self) -> Mapping[str, list[Key]]:
        """What was asked of each piece that is written."""
        found: dict[str, list[Key]] = {}
        for key in self.flags:
            piece = self.piece_of(key[1])
            if piece not in self.known:
                found.setdefault(piece, []).append(key)
        return found


def closed(
    known: Mapping[str, Piece], piece_of: Callable[[ir.SchemaId], str]
) -> dict[str, Piece]:
    """Of some pieces those that ask for no table of another piece than these: a table
    is written while something asks for it."""
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
