"""Writes the optional module `strategies`: Hypothesis strategies for every schema.

Each named schema becomes a function from a kit of strategies to one strategy; what
refers to another named schema asks the kit for it. The construction follows the same
leaves as the samples do; the generated module lets the schema itself have the last
word, because `oneOf` and its kin also want something to fail.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, assert_never

from codegen import copies, ecma, render
from codegen.artifact import Artifact, PythonFile
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.numbers import sides
from codegen.samples import Builder, NoSample
from codegen.samples.build import atoms_of
from codegen.samples.formats import SAMPLES
from codegen.samples.numbers import exact, plain
from codegen.samples.requirements import Facets, Goal
from codegen.text import literal
from codegen.text import name as checked

_LEAVES: Final = 3
_DEPTH: Final = 8
_SHORT: Final = 400


def strategies_files(
    module: ir.Module, package: str, builder: Builder
) -> list[Artifact]:
    """The module `strategies` of a package, and the kit on which it rests."""
    emitter = _Emitter(module, builder)
    example = literal(next(iter(module.names), ""))
    text = render.python(
        "golden/strategies.py.jinja", package=checked(package), example=example
    )
    header, _, body = text.partition("\nfrom __future__")
    pieces = ["from __future__" + body]
    entries = []
    for number, name in enumerate(module.names):
        plain = name.isidentifier() and name.isascii()
        function = f"_make_{name if plain else number}"
        pieces.append(emitter.function(function, name))
        known = literal(emitter.known(name))
        entries.append(f"{literal(name)}: ({function}, {known})")
    pieces.append(f"_MADE: Final[Made] = {{{', '.join(entries)}}}\n")
    strategies = PythonFile(f"{package}/strategies.py", header, tuple(pieces))
    return [copies.kit(package), strategies]


class _Emitter:
    """Writes expressions over a kit `k`."""

    def __init__(self, module: ir.Module, builder: Builder) -> None:
        self.module = module
        self.builder = builder
        self.names = {schema_id: name for name, schema_id in module.names.items()}

    def known(self, name: str) -> list[ir.Json]:
        """A valid value to fall back on; nothing for schemas that have none."""
        found = self.builder.smallest(self.module.named(name))
        return [] if isinstance(found, NoSample) else [found]

    def function(self, function: str, name: str) -> str:
        """The function of a named schema."""
        schema = self.module.named(name)
        body = self.own(schema, 0)
        return f"def {function}(k: Kit) -> Any:\n    return {body}\n"

    def use(self, goal: Goal, depth: int) -> str:
        """The strategy for a place: that of a named schema where it is one."""
        if not goal:
            return "k.anything()"
        if len(goal) == 1:
            name = self._named(goal[0])
            if name is not None:
                return f"k.schema({literal(name)})"
            return self.own(goal[0], depth)
        return self.leaves(goal, depth)

    def _named(self, schema: ir.Schema) -> str | None:
        """The name of what a schema is or only refers to."""
        seen: set[ir.SchemaId] = set()
        while schema.id not in seen:
            seen.add(schema.id)
            if schema.id in self.names:
                return self.names[schema.id]
            only = facts.only(schema)
            if not isinstance(only, ir.Ref):
                return None
            schema = self.module.schemas[only.target]
        return None

    def own(self, schema: ir.Schema, depth: int) -> str:
        """The strategy for a schema by what it asserts itself."""
        match facts.only(schema):
            case ir.AnyOf(schemas) | ir.OneOf(schemas):
                return _one_of([self.use((s,), depth + 1) for s in schemas])
            case None | ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                return self.leaves((schema,), depth)
            case ir.OnArrays() | ir.OnObjects():
                return self.leaves((schema,), depth)
            case ir.Ref() | ir.AllOf() | ir.Not() | ir.IfThenElse():
                return self.leaves((schema,), depth)
            case other:
                assert_never(other)

    def leaves(self, goal: Goal, depth: int) -> str:
        """The strategy for a conjunction, by the ways in which it can be met."""
        if depth > _DEPTH:
            found = self.builder.part(goal)
            return (
                f"k.values({literal([] if isinstance(found, NoSample) else [found])})"
            )
        ways = self.builder.space.leaves(goal, complete=True)
        parts = []
        for facets in itertools.islice(ways, _LEAVES):
            parts += list(self._leaf(facets, depth))
        return _one_of(parts)

    def _leaf(self, facets: Facets, depth: int) -> Iterator[str]:
        atoms = facets.atoms
        if facets.enums:
            values = [v for v in facets.enums[0] if set(atoms_of(v)) & atoms]
            yield f"k.values({literal(values)})"
            return
        if "null" in atoms:
            yield "k.values([None])"
        if "boolean" in atoms:
            yield "k.boolean()"
        yield from _numbers(facets)
        if "string" in atoms:
            yield _text(facets)
        if "array" in atoms:
            yield self._array(facets, depth)
        if "object" in atoms:
            yield self._object(facets, depth)

    def _array(self, facets: Facets, depth: int) -> str:
        width = max((len(prefix) for prefix in facets.prefixes), default=0)
        behind = facets.item(width)
        closed = any(isinstance(a, ir.Never) for s in behind for a in s.assertions)
        arguments = ["None" if closed else self.use(behind, depth + 1)]
        if facets.min_items:
            arguments.append(f"least={min(facets.min_items, _SHORT)}")
        if facets.max_items is not None:
            arguments.append(f"most={min(facets.max_items, _SHORT)}")
        if width:
            prefix = [self.use(facets.item(i), depth + 1) for i in range(width)]
            arguments.append(f"prefix=[{', '.join(prefix)}]")
        if facets.contains:
            wanted = [
                f"({self.use((*behind, c.schema), depth + 1)}, {min(c.minimum, 20)})"
                for c in facets.contains
            ]
            arguments.append(f"contains=[{', '.join(wanted)}]")
        return f"k.array({', '.join(arguments)})"

    def _object(self, facets: Facets, depth: int) -> str:
        required = {n: self.use(facets.at(n), depth + 1) for n in facets.required}
        optional = {
            name: self.use(facets.at(name), depth + 1)
            for name in facets.properties
            if name not in facets.required and not _forbidden(facets.at(name))
        }
        arguments = [_table(required), _table(optional)]
        extra = facets.at("no such property")
        if extra and not _forbidden(extra):
            names = f"k.text(1, 12{_patterns(self._name_patterns(facets))})"
            arguments += [f"names={names}", f"extra={self.use(extra, depth + 1)}"]
            if facets.min_properties:
                arguments.append(f"least={min(facets.min_properties, 20)}")
        return f"k.object({', '.join(arguments)})"

    def _name_patterns(self, facets: Facets) -> list[str]:
        return [
            assertion.regex
            for schema in facets.names
            for assertion in schema.assertions
            if isinstance(assertion, ir.Pattern)
        ]


def _forbidden(goal: Goal) -> bool:
    return any(isinstance(a, ir.Never) for s in goal for a in s.assertions)


def _table(entries: dict[str, str]) -> str:
    inner = ", ".join(f"{literal(name)}: {made}" for name, made in entries.items())
    return f"{{{inner}}}"


def _one_of(parts: list[str]) -> str:
    distinct = list(dict.fromkeys(parts))
    if not distinct:
        return "k.values([])"
    return distinct[0] if len(distinct) == 1 else f"k.one_of({', '.join(distinct)})"


def _numbers(facets: Facets) -> Iterator[str]:
    lows = [sides(minimum.limit) for minimum in facets.minima]
    highs = [sides(maximum.limit) for maximum in facets.maxima]
    least = max((low.integer for low in lows), default=None)
    most = min((high.integer for high in highs), default=None)
    whole = [d for d in facets.multiples if isinstance(d, int)]
    if "integer" in facets.atoms:
        step = f", {max(whole)}" if whole else ""
        yield f"k.integer({least!r}, {most!r}{step})"
    if "fraction" in facets.atoms and not facets.multiples:
        low = max((low.real for low in lows), default=None)
        high = min((high.real for high in highs), default=None)
        yield f"k.number({low!r}, {high!r})"
    elif "fraction" in facets.atoms and not whole:
        yield f"k.values({literal(_multiples(max(facets.multiples), least))})"


def _multiples(divisor: float, low: float | None) -> list[ir.Json]:
    """The first multiples of a fraction above a limit: few floats are multiples, so
    those that are shown are enough. Beyond the floats only integers are shown."""
    step = exact(divisor) or Fraction(1)
    for unit in (step, Fraction(step.numerator)):
        above = None if low is None else exact(low)
        start = 0 if above is None else math.floor(above / unit) + 1
        found = [plain((start + count) * unit) for count in range(8)]
        known = [number for number in found if number is not None]
        if len(known) == len(found):
            return list(known)
    return []


def _text(facets: Facets) -> str:
    known = [SAMPLES[name] for name in facets.formats if name in SAMPLES]
    if known:
        return f"k.values({literal(known)})"
    arguments = [str(min(facets.min_length, 10_000))]
    if facets.max_length is not None:
        arguments.append(str(min(facets.max_length, 10_000)))
    elif facets.patterns:
        arguments.append("None")
    return f"k.text({', '.join(arguments)}{_patterns(facets.patterns)})"


def _patterns(patterns: list[str]) -> str:
    """The patterns as Python's `re` understands them; those it cannot are left out."""
    found = []
    for regex in patterns:
        try:
            found.append(ecma.translate(regex))
        except ecma.ECMASyntaxError:
            continue
    return f", {literal(found)}" if found else ""
