"""The modules with logic, `_codec` and `_checks`, as code trees.

Both are written together, because each asks for functions of the other. Of a package in
pieces, those pieces are written that an earlier run has not written from the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from codegen.artifact import Kept
from codegen.python import asked, modules, native_module, session_rules
from codegen.python.asked import Asked, Piece, Written
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


class Logic:
    """The codec and the checks of a package.

    First everything is asked for that schemas, event tables and session rules need.
    What that needs is found while it is written. `known` are the pieces that are not
    written, because an earlier run has written the same. `keys` has the key of what
    each piece's text follows from, as far as it is known, and `kept` what later runs
    should know. `named` answers which names statements use and define.
    """

    def __init__(self, package: Package, followed: Followed | None = None) -> None:
        self._package = package
        known: Mapping[str, Piece] = {}
        if followed is not None:
            known = _known(package, followed.basis, followed.memory)
        for _ in range(_TRIES):
            self._write(asked.closed(known, package.pieces.piece))
            wrong = self._otherwise()
            if not wrong:
                break
            known = {p: one for p, one in self.known.items() if p not in wrong}
        else:
            self._write({})
        self.keys: dict[str, str] = {}
        self.kept: list[Kept] = []
        if followed is not None and not self._asked.unclear:
            self._keep(followed.basis)

    def native_groups(self) -> list[Group]:
        """The tables for the native codec."""
        return native_module.groups(self._package, self._codec)

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
    def homes(self) -> frozenset[str]:
        """The modules from which any piece imports something."""
        written = (group for _, group in (*self.codec_groups, *self.checks_groups))
        known = (one.homes for one in self.known.values())
        return frozenset().union(self._homes(written), *known)

    def _homes(self, groups: Iterable[Group]) -> frozenset[str]:
        statements = (statement for group in groups for statement in group)
        used = (self.named.of(statement).used for statement in statements)
        return frozenset(home for some in used for home, _ in some if home is not None)

    # --- what is written --------------------------------------------------------------

    def _write(self, known: Mapping[str, Piece]) -> None:
        """Write everything except the known pieces."""
        self.known = known
        self.named = search.Named()
        self._asked = Asked(self._package.parts, self._package.pieces.piece, known)
        package = noting(self._package, self._asked.look)
        self.checks = Checks(
            package.module,
            package.names,
            writer.statements,
            self._asked,
            package.formats,
        )
        codec = Codec(package, self.checks, values.value)
        retained = Retained(codec, package.sent, package.received)
        codec.retained = retained
        self._codec = codec
        codec.names_known = frozenset(_calls(known, _CODEC))
        for _, schema, _ in package.named:
            codec.require(schema)
            self.checks.require_named(schema)
        for table in package.all_tables:
            of = (table.tagged, table.schema, table.default)
            unions.event_table(codec, table.name, *of)
        self._of_codec = codec_module.groups(
            package, codec, retained, _calls(known, _CODEC), self.named
        )
        session_rules.require_checks(package, self.checks)
        self._of_checks = checks_module.functions(
            package, self.checks, _calls(known, _CHECKS), codec.again, self.named
        )
        self.codec_groups = self._of_codec.groups
        self.checks_groups = self._of_checks.groups

    def _otherwise(self) -> set[str]:
        """The known pieces that would be written differently now."""
        if self._asked.unclear:
            return set(self.known)
        found = self._asked.otherwise()
        deep = self._of_codec.deep | self._of_checks.deep
        for piece, one in self.known.items():
            names = {name for calls in one.calls.values() for name in calls}
            if one.deep != deep & names:
                found.add(piece)
        return found

    # --- what is known of it ----------------------------------------------------------

    def _keep(self, basis: Basis) -> None:
        """Note what later runs should know about each piece, and the key of what its
        text follows from."""
        written = self._pieces(basis)
        for piece, own in basis.code.items():
            one = self.known.get(piece) or written.get(piece)
            if one is None or piece == TABLES:
                continue
            known = None if piece in self.known else one.data()
            self.kept.append(Kept(piece, own, known))
            flags = [(key, sorted(how)) for key, how in sorted(one.flags.items())]
            more = repr((own, one.seen, flags, sorted(one.tagged), sorted(one.deep)))
            self.keys[piece] = digest(more)

    def _pieces(self, basis: Basis) -> dict[str, Piece]:
        """What is to be known about each piece that was written."""
        of_codec = _by_piece(self._package, self._of_codec)
        of_checks = _by_piece(self._package, self._of_checks)
        keys = self._asked.of_pieces()
        found = {}
        for piece in {**of_codec, **of_checks, **keys}:
            groups = {
                _CODEC: of_codec.get(piece, []),
                _CHECKS: of_checks.get(piece, []),
            }
            own = keys.get(piece, [])
            asks = {key: tuple(self._asked.asks.get(key, ())) for key in own}
            calls = {
                kind: {
                    name: tuple(sorted(made.calls.get(name, ())))
                    for name in _defined(groups[kind])
                }
                for kind, made in ((_CODEC, self._of_codec), (_CHECKS, self._of_checks))
            }
            names = {name for called in calls.values() for name in called}
            looks = basis.units(self._asked.looks.get(piece, ()))
            found[piece] = Piece(
                {key: frozenset(self._asked.flags[key]) for key in own},
                asks,
                self._asked.tagged(asks),
                looks,
                basis.of_code(looks),
                calls,
                (self._of_codec.deep | self._of_checks.deep) & names,
                self._homes([*groups[_CODEC], *groups[_CHECKS]]),
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
