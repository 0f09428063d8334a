"""The modules with logic, `_codec` and `_checks`, as code trees.

Both are written together, because each asks for functions of the other. Of a package in
pieces, those pieces are written that an earlier run has not written from the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from codegen.artifact import Kept
from codegen.python import asked, modules, native_module, session_rules
from codegen.python.asked import Asked, Piece, Placed, Written
from codegen.python.basis import Basis, noting
from codegen.python.checks import module as checks_module
from codegen.python.checks import writer
from codegen.python.checks.context import Checks
from codegen.python.codec import module as codec_module
from codegen.python.codec import unions, values
from codegen.python.codec.context import Codec
from codegen.python.codec.retained import Retained
from codegen.python.emit import search
from codegen.python.followed import Followed, Memory, digest
from codegen.python.model.package import Package
from codegen.python.model.pieces import TABLES
from codegen.python.modules import Group

_CODEC, _CHECKS = "codec", "checks"
_TRIES = 3
"""How often writing is tried with fewer known pieces, before all pieces are written."""


class Attempt:
    """Writes a package's logic but for the known pieces.

    First everything is asked for that schemas, event tables and session rules need.
    What that needs is found while it is written. The codec asks for checks, but checks
    ask for nothing of a codec that is written as well, so they wait until they are
    wanted. `named` answers which names statements use and define.
    """

    def __init__(self, package: Package, known: Mapping[str, Piece]) -> None:
        self.known = known
        self.named = search.Named()
        self.asked = Asked(package.parts, package.pieces.piece, known)
        self._package = noting(package, self.asked.look)
        of = self._package.module, self._package.names, writer.statements
        self.checks = Checks(*of, self.asked, package.formats)
        self.codec = Codec(self._package, self.checks, values.value)
        self.of_codec = self._of_codec()

    def _of_codec(self) -> Written:
        package, codec = self._package, self.codec
        retained = Retained(codec, package.sent, package.received)
        codec.retained = retained
        known = _calls(self.known, _CODEC)
        codec.names_known = frozenset(known)
        for _, schema, _ in package.named:
            codec.require(schema)
            self.checks.require_named(schema)
        for table in package.all_tables:
            of = (table.tagged, table.schema, table.default)
            unions.event_table(codec, table.name, *of)
        return codec_module.groups(package, codec, retained, known, self.named)

    @cached_property
    def of_checks(self) -> Written:
        """The checks that were asked for. Nothing can ask for others any longer."""
        package, known = self._package, _calls(self.known, _CHECKS)
        session_rules.require_checks(package, self.checks)
        return checks_module.functions(
            package, self.checks, known, self.codec.again, self.named
        )

    def complete(self) -> Attempt:
        """The same with nothing left to be written."""
        _ = self.of_checks
        return self

    def otherwise(self) -> set[str]:
        """The known pieces that would be written differently now."""
        if not self.known:
            return set()
        deep = self.of_codec.deep | self.of_checks.deep
        if self.asked.unclear:
            return set(self.known)
        found = self.asked.otherwise()
        for piece, one in self.known.items():
            names = {name for calls in one.calls.values() for name in calls}
            if one.deep != deep & names:
                found.add(piece)
        return found


class Logic:
    """The codec and the checks of a package. Checks are written when they are first
    wanted, if no pieces are known."""

    def __init__(self, package: Package, followed: Followed | None = None) -> None:
        self._package = package
        self._followed = followed
        known: Mapping[str, Piece] = {}
        if followed is not None:
            known = _known(package, followed.basis, followed.memory)
        for _ in range(_TRIES):
            made = Attempt(package, asked.closed(known, package.pieces.piece))
            wrong = made.otherwise()
            if not wrong:
                break
            known = {p: one for p, one in made.known.items() if p not in wrong}
        else:
            made = Attempt(package, {})
        self._made = made

    @property
    def known(self) -> Mapping[str, Piece]:
        """The pieces that are not written, because an earlier run has written the
        same."""
        return self._made.known

    @property
    def named(self) -> search.Named:
        """Answers which names statements use and define."""
        return self._made.named

    @property
    def codec_groups(self) -> list[Placed]:
        """The statements of the codec."""
        return self._made.of_codec.groups

    @property
    def checks_groups(self) -> list[Placed]:
        """The statements of the checks."""
        return self._made.of_checks.groups

    @property
    def checks(self) -> Checks:
        """The checks, which are all asked for."""
        return self._made.complete().checks

    def native_groups(self) -> list[Group]:
        """The tables for the native codec."""
        return native_module.groups(self._package, self._made.complete().codec)

    @property
    def defined(self) -> dict[str, dict[str, str]]:
        """The functions and tables of known pieces: for each kind of module, the piece
        of each name."""
        return {
            home: {
                name: piece
                for piece, one in self.known.items()
                for name in one.calls.get(kind, ())
            }
            for home, kind in ((modules.CODEC, _CODEC), (modules.CHECKS, _CHECKS))
        }

    @property
    def asked_checks(self) -> dict[str, str]:
        """The piece of each check that was asked for by now."""
        owners, piece = self._made.checks.owners, self._package.pieces.piece
        return {name: piece(schema_id) for name, schema_id in owners.items()}

    @property
    def homes(self) -> frozenset[str]:
        """The modules from which any piece imports something."""
        written = (group for _, group in (*self.codec_groups, *self.checks_groups))
        known = (one.homes for one in self.known.values())
        return frozenset().union(self._homes(written), *known)

    def _homes(self, groups: Iterable[Group]) -> frozenset[str]:
        statements = (statement for group in groups for statement in group)
        used = (self.named.of(statement).used for statement in statements)
        return frozenset(home for some in used for home, _ in some if home is not None)

    # --- what is known of it ----------------------------------------------------------

    @property
    def keys(self) -> Mapping[str, str]:
        """The key of what each piece's text follows from, as far as it is known."""
        return {piece: key for piece, (key, _) in self._noted.items()}

    @property
    def kept(self) -> list[Kept]:
        """What later runs should know about each piece."""
        return [kept for _, kept in self._noted.values()]

    @cached_property
    def _noted(self) -> dict[str, tuple[str, Kept]]:
        found: dict[str, tuple[str, Kept]] = {}
        # What is asked for is clear only where all of it has been asked for.
        if self._followed is None or self._made.complete().asked.unclear:
            return found
        basis = self._followed.basis
        written = self._pieces(basis)
        for piece, own in basis.code.items():
            one = self.known.get(piece) or written.get(piece)
            if one is None or piece == TABLES:
                continue
            known = None if piece in self.known else one.data()
            flags = [(key, sorted(how)) for key, how in sorted(one.flags.items())]
            more = repr((own, one.seen, flags, sorted(one.tagged), sorted(one.deep)))
            found[piece] = digest(more), Kept(piece, own, known)
        return found

    def _pieces(self, basis: Basis) -> dict[str, Piece]:
        """What is to be known about each piece that was written."""
        asked = self._made.asked
        of_kinds = {_CODEC: self._made.of_codec, _CHECKS: self._made.of_checks}
        groups = {k: _by_piece(self._package, made) for k, made in of_kinds.items()}
        deep = frozenset().union(*(made.deep for made in of_kinds.values()))
        keys = asked.of_pieces()
        found = {}
        for piece in {**groups[_CODEC], **groups[_CHECKS], **keys}:
            own = {kind: of.get(piece, []) for kind, of in groups.items()}
            asks = {key: tuple(asked.asks.get(key, ())) for key in keys.get(piece, [])}
            calls = {
                kind: {
                    name: tuple(sorted(made.calls.get(name, ())))
                    for name in _defined(own[kind])
                }
                for kind, made in of_kinds.items()
            }
            names = {name for called in calls.values() for name in called}
            looks = basis.units(asked.looks.get(piece, ()))
            found[piece] = Piece(
                {key: frozenset(asked.flags[key]) for key in asks},
                asks,
                asked.tagged(asks),
                looks,
                basis.of_code(looks),
                calls,
                deep & names,
                self._homes(itertools.chain(*own.values())),
            )
        return found


def followed(package: Package, memory: Memory | None) -> Followed | None:
    """What can be seen in a package in pieces. None where nothing is stored and nothing
    can be."""
    if memory is None or not memory.active or package.pieces.whole:
        return None
    return Followed(_basis(package), memory)


def _basis(package: Package) -> Basis:
    """The digests of what can be seen. Which classes retain their JSON object is found
    with a codec that writes nothing."""
    aside = Asked(package.parts, package.pieces.piece)
    checks = Checks(package.module, package.names, writer.statements, aside)
    given = package.sent, package.received
    retained = Retained(Codec(package, checks, values.value), *given)
    return Basis(package, retained)


def _known(package: Package, basis: Basis, memory: Memory) -> dict[str, Piece]:
    """The pieces that an earlier run has written from the same."""
    every = package.parts.keys() & package.pieces.of.keys()
    found = {}
    for piece, own in basis.code.items():
        one = Piece.of(memory.get(piece, own))
        if one and one.schemas <= every and basis.of_code(one.looks) == one.seen:
            found[piece] = one
    return found


def _calls(known: Mapping[str, Piece], kind: str) -> Mapping[str, Collection[str]]:
    """Which functions each function of the known pieces calls."""
    found: dict[str, Collection[str]] = {}
    for one in known.values():
        found |= one.calls.get(kind, {})
    return found


def _by_piece(package: Package, written: Written) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = {}
    for schema_id, group in written.groups:
        found.setdefault(package.pieces.piece(schema_id), []).append(group)
    return found


def _defined(groups: Iterable[Group]) -> list[str]:
    return [name for group in groups for one in group for name in modules.defined(one)]
