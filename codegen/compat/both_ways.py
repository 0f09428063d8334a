"""The traffic of both directions, with all that judges it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache

from codegen.compat.direction import Traffic
from codegen.compat.findings import Policy
from codegen.compat.normal.emission import Emission
from codegen.compat.normal.normalise import Side
from codegen.compat.proof.containment import Prover
from codegen.compat.proof.context import Assumption, Budget, Party, Share
from codegen.compat.tableau.search import Tableau
from codegen.compat.versions.version import COMPILED, DIRECTIONS, Versions
from codegen.compat.witness.merged_module import merged
from codegen.compat.witness.sampler import Sampler
from codegen.compat.witness.search import WitnessSearch
from codegen.ir import model as ir
from codegen.oracle import Judge


def both_ways(versions: Versions, policy: Policy) -> dict[ir.Direction, Traffic]:
    """The traffic of each direction, in which the reader says what is required."""
    return {way: _traffic(way, versions.reading(way), policy) for way in DIRECTIONS}


def _traffic(way: ir.Direction, versions: Versions, policy: Policy) -> Traffic:
    forward = way is not ir.Direction.SERVER_TO_CLIENT
    first, second = (0, 1) if forward else (1, 0)
    one, other = versions.writer(forward), versions.reader(forward)
    writer = Party(first, one.side, one.judge)
    reader = Party(second, other.side, other.judge)
    emission = Emission(writer.side, policy.assume_open, way)
    budget = Budget(policy.budget)
    known = versions.partner if forward else versions.back

    def assume(left: ir.SchemaId, right: ir.SchemaId) -> bool | None:
        return True if known.get(left) == right else None

    classes = versions.asserted

    def prove(emission: Emission, budget: Budget, assume: Assumption) -> Prover:
        def alike(left: ir.SchemaId, right: ir.SchemaId) -> bool | None:
            return True if left == right else None

        own = Prover(writer, writer, emission, classes, alike, budget)
        return Prover(writer, reader, emission, classes, assume, budget, own)

    module, copies = merged(one.module, other.module)
    wide = Side(module, formats=policy.formats)
    wary = one.judge.weights.wary or other.judge.weights.wary
    judge = Judge(module, formats=policy.formats, wary=wary, most=COMPILED)
    mine = Sampler(wide, judge, Emission(wide, policy.assume_open, way))
    listening = Emission(reader.side, policy.assume_open)
    theirs = Sampler(reader.side, reader.judge, listening)
    prover = prove(emission, budget, assume)
    witnesses = WitnessSearch(reader, mine, theirs, assume, copies)
    found = Traffic(
        direction=way,
        forward=forward,
        writer=writer,
        reader=reader,
        emission=emission,
        mine=mine,
        prover=prover,
        tableau=Tableau(prover, policy.assume_open),
        witnesses=witnesses,
        budget=budget,
        share=Share(policy.budget),
    )
    _vary(found, prove, policy, assume)
    return found


def _vary(
    found: Traffic,
    prove: Callable[[Emission, Budget, Assumption], Prover],
    policy: Policy,
    assume: Assumption,
) -> None:
    """Let there be variants of a traffic; few comparisons ask for one."""

    def literal() -> Traffic:
        emission = Emission(found.writer.side, assume_open=True)
        return _with(found, prove(emission, Budget(policy.budget), assume), policy)

    def doubting(schemas: Collection[ir.SchemaId]) -> Traffic:
        def doubt(left: ir.SchemaId, right: ir.SchemaId) -> bool | None:
            return None if left in schemas else assume(left, right)

        prover = prove(found.emission, Budget(policy.budget), doubt)
        prover.names = assume
        return _with(found, prover, policy)

    found.doubting = doubting
    if not policy.assume_open:
        found.literal = cache(literal)


def _with(found: Traffic, prover: Prover, policy: Policy) -> Traffic:
    """The same traffic with another prover."""
    return replace(
        found,
        emission=prover.emission,
        prover=prover,
        tableau=Tableau(prover, prover.emission.assume_open),
        budget=prover.budget,
        share=Share(policy.budget),
        literal=None,
        doubting=None,
        _looks={},
        _known_tags={},
    )
