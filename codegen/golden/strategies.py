"""Writes the optional module `strategies`: Hypothesis strategies for every schema.

The kit builds most values as the rules of the package say (`by_rule`). Any other named
schema becomes a function from a kit of strategies to one strategy; what refers to
another named schema asks the kit for it, and so does what recurs without a name. The
construction follows the same leaves as the samples do; the generated module lets the
schema itself have the last word, because `oneOf` and its kin also want something to
fail.
"""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Final, TypeAlias, assert_never

from codegen import copies, ecma, render
from codegen.artifact import Made, Unprinted
from codegen.golden.by_rule import readable
from codegen.golden.headed import HEAD, headed
from codegen.golden.kit import LONGEST, MOST
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.numbers import sides
from codegen.python.emit import printer, search, tree
from codegen.python.emit.tree import Attribute, Call, Constant, Name
from codegen.samples import Builder, NoSample
from codegen.samples.build import atom_of
from codegen.samples.facets import Facets, Goal
from codegen.samples.formats import SAMPLES, TYPED
from codegen.samples.numbers import exact, plain
from codegen.samples.sizes import shortest
from codegen.templating.folder import OwnTemplates
from codegen.text import dotted, literal

_LEAVES: Final = 3
_DEPTH: Final = 16
_SMALL: Final = 24
"""Nodes of an expression that is worth a function of its own where it is met again."""

_PART: Final = "_part_"
"""How functions of what recurs without a name are called. The kit knows each by
itself."""

_Key: TypeAlias = tuple[ir.SchemaId, ...]


def strategies_files(
    module: ir.Module,
    package: str,
    builder: Builder,
    own: OwnTemplates | None = None,
    follows_from: str = "",
) -> list[Made]:
    """The module `strategies` of a package, and the kit on which it rests. No strategy
    is made before its text is asked for."""
    example = literal(next(iter(module.names), ""))
    head = render.python(
        "golden/strategies.py.jinja", own, package=dotted(package), example=example
    )

    def text() -> str:
        return headed(f"{head.rstrip()}\n\n\n{_body(module, builder)}", own)

    path, made_of = f"{package}/strategies.py", (str(head), follows_from)
    made = Unprinted(path, HEAD, made_of, text, follows_from=follows_from)
    return [copies.kit(package, own), made]


def _body(module: ir.Module, builder: Builder) -> str:
    """A function for each schema that wants one, and their tables."""
    writer = _Writer(module, builder)
    functions: list[tree.Function] = []
    pairs: list[tuple[tree.Expr, tree.Expr]] = []
    known: list[tuple[tree.Expr, tree.Expr]] = []
    by_rule = readable(module, builder.typed)
    for number, name in enumerate(module.names):
        if name in by_rule:
            continue
        plain = name.isidentifier() and name.isascii()
        function = f"_make_{name if plain else number}"
        made = writer.own(module.named(name), 0)
        functions += [*writer.finished(), _function(function, made)]
        pairs.append((Constant(name), Name(function)))
        document = _document(writer.known((module.named(name),)))
        known += [(Constant(name), document)] if document else []
    tables = [_table_of("_MADE", "Made", pairs), _table_of("_KNOWN", "Known", known)]
    return _written(functions, tables)


def _document(known: list[ir.Json]) -> tree.Expr | None:
    """A value as a text of JSON, if there is one: the kit reads it where it is needed.
    None for integers that nobody could read back."""
    shown = None
    if known:
        with contextlib.suppress(ValueError):
            shown = shortest(known[0])
    return None if shown is None else Constant(shown)


def _table_of(
    name: str, kind: str, pairs: list[tuple[tree.Expr, tree.Expr]]
) -> tree.Statement:
    of = tree.Subscript(Name("Final"), Name(kind))
    return tree.Declare(Name(name), of, tree.Mapping(tuple(pairs), exploded=True))


def _written(functions: list[tree.Function], tables: list[tree.Statement]) -> str:
    """All of it. Of functions of names that make the same the first is written, which
    then stands in the table of others, too."""
    first: dict[str, str] = {}
    others: dict[str, str] = {}
    texts: list[str] = []
    for function in functions:
        shown = printer.statements([[function]])
        _, _, body = shown.partition("\n")
        key = function.name if function.name.startswith(_PART) else body
        found = first.setdefault(key, function.name)
        if found == function.name:
            texts.append(shown)
        else:
            others[function.name] = found
    return "\n\n".join([*texts, printer.statements([[t] for t in tables], others)])


_K: Final = Name("k")


def _function(name: str, made: tree.Expr) -> tree.Function:
    given = (tree.Parameter(_K.id, Name("Kit")),)
    return tree.Function(name, given, Name("Any"), (tree.Return(made),))


def _kit(method: str, *arguments: tree.Expr, **keywords: tree.Expr | None) -> tree.Expr:
    """A call of a method of the kit; keywords that are None are left out."""
    given = tuple((name, value) for name, value in keywords.items() if value)
    return Call(Attribute(_K, method), arguments, given)


def _json(value: object) -> Constant:
    """A JSON value as the kit takes it: arrays are lists."""
    return Constant(_listed(value))


def _listed(value: object) -> object:
    match value:
        case list() | tuple():
            return [_listed(item) for item in value]
        case dict():
            return {key: _listed(item) for key, item in value.items()}
        case _:
            return value


class _Writer:
    """Writes expressions over a kit `k`.

    What is large and met again, be it inside itself, becomes a function of its own, so
    each place is written out twice at the most.
    """

    def __init__(self, module: ir.Module, builder: Builder) -> None:
        self.module = module
        self.builder = builder
        self.names = {schema_id: name for name, schema_id in module.names.items()}
        self._open: set[_Key] = set()
        self._made: dict[_Key, tree.Expr] = {}
        self._parts: dict[_Key, Name] = {}
        self._finished: list[tree.Function] = []

    def known(self, goal: Goal) -> list[ir.Json]:
        """A valid value to fall back on; nothing for schemas that have none."""
        found = (
            self.builder.smallest(goal[0])
            if len(goal) == 1
            else self.builder.part(goal)
        )
        return [] if isinstance(found, NoSample) else [found]

    def finished(self) -> list[tree.Function]:
        """The functions of parts that were written since this was asked."""
        found, self._finished = self._finished, []
        return found

    def use(self, goal: Goal, depth: int) -> tree.Expr:
        """The strategy for a place: that of a named schema where it is one."""
        if not goal:
            return _kit("anything")
        if len(goal) == 1 and (name := self._named(goal[0])) is not None:
            return _kit("schema", Constant(name))
        key = tuple(schema.id for schema in goal)
        if key in self._parts:
            return self._part(key, goal)
        if key in self._open:
            self._parts[key] = Name(f"{_PART}{len(self._parts) + 1}")
            return self._part(key, goal)
        if key not in self._made:
            self._open.add(key)
            alone = len(goal) == 1
            made = self.own(goal[0], depth) if alone else self.leaves(goal, depth)
            self._open.discard(key)
            self._made[key] = made
            if key not in self._parts:
                return made
        elif _is_small(self._made[key]):
            return self._made[key]
        else:
            self._parts[key] = Name(f"{_PART}{len(self._parts) + 1}")
        self._finished.append(_function(self._parts[key].id, self._made[key]))
        return self._part(key, goal)

    def _part(self, key: _Key, goal: Goal) -> tree.Expr:
        return _kit("part", self._parts[key], _json(self.known(goal)))

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

    def own(self, schema: ir.Schema, depth: int) -> tree.Expr:
        """The strategy for a schema by what it asserts itself."""
        match facts.only(schema):
            case ir.AnyOf(schemas) | ir.OneOf(schemas):
                return _one_of([self.use((s,), depth + 1) for s in schemas])
            case (
                None
                | ir.OnAnyValue()
                | ir.OnNumbers()
                | ir.OnStrings()
                | ir.OnArrays()
                | ir.OnObjects()
                | ir.Ref()
                | ir.AllOf()
                | ir.Not()
                | ir.IfThenElse()
            ):
                return self.leaves((schema,), depth)
            case other:
                assert_never(other)

    def leaves(self, goal: Goal, depth: int) -> tree.Expr:
        """The strategy for a conjunction, by the ways in which it can be met."""
        if depth > _DEPTH:
            found = self.builder.part(goal)
            return _values([] if isinstance(found, NoSample) else [found])
        ways = self.builder.space.leaves(goal, complete=True)
        parts = []
        for facets in itertools.islice(ways, _LEAVES):
            parts += list(self._leaf(facets, depth))
        return _one_of(parts)

    def _leaf(self, facets: Facets, depth: int) -> Iterator[tree.Expr]:
        atoms = facets.atoms
        if facets.enums:
            yield _values([v for v in facets.enums[0] if atom_of(v) in atoms])
            return
        if "null" in atoms:
            yield _values([None])
        if "boolean" in atoms:
            yield _kit("boolean")
        yield from _numbers(facets)
        if "string" in atoms:
            yield _text(facets, self.builder.typed)
        if "array" in atoms:
            yield self._array(facets, depth)
        if "object" in atoms:
            yield self._object(facets, depth)

    def _array(self, facets: Facets, depth: int) -> tree.Expr:
        width = facets.prefix_size
        behind = facets.item(width)
        closed = any(map(facts.is_never, behind))
        item = Constant(None) if closed else self.use(behind, depth + 1)
        prefix = [self.use(facets.item(i), depth + 1) for i in range(width)]
        contained: list[tree.Expr] = [
            tree.Display(
                "()",
                (
                    self.use((*behind, c.schema), depth + 1),
                    Constant(min(c.minimum, 20)),
                ),
            )
            for c in facets.contains
        ]
        most = facets.max_items
        return _kit(
            "array",
            item,
            least=_count(min(facets.min_items, MOST)),
            most=None if most is None else Constant(min(most, MOST)),
            prefix=_list(prefix),
            contains=_list(contained),
            unique=Constant(True) if facets.unique else None,
        )

    def _object(self, facets: Facets, depth: int) -> tree.Expr:
        required = {n: self.use(facets.at(n), depth + 1) for n in facets.required}
        optional = {
            name: self.use(facets.at(name), depth + 1)
            for name in facets.properties
            if name not in facets.required and not _forbidden(facets.at(name))
        }
        tables = (_table(required), _table(optional))
        extra = facets.at("no such property")
        if not extra or _forbidden(extra):
            return _kit("object", *tables)
        patterns = _patterns(self._name_patterns(facets))
        return _kit(
            "object",
            *tables,
            names=_kit("text", Constant(1), Constant(12), *patterns),
            extra=self.use(extra, depth + 1),
            least=_count(min(facets.min_properties, 20)),
        )

    def _name_patterns(self, facets: Facets) -> list[str]:
        return [
            assertion.regex
            for schema in facets.names
            for assertion in schema.assertions
            if isinstance(assertion, ir.Pattern)
        ]


def _forbidden(goal: Goal) -> bool:
    return any(map(facts.is_never, goal))


def _is_small(made: tree.Expr) -> bool:
    return len(list(itertools.islice(search.walk([made]), _SMALL))) < _SMALL


def _values(values: list[ir.Json]) -> tree.Expr:
    return _kit("values", _json(values))


def _count(count: int) -> tree.Expr | None:
    return Constant(count) if count else None


def _list(items: list[tree.Expr]) -> tree.Expr | None:
    return tree.Display("[]", tuple(items)) if items else None


def _table(entries: dict[str, tree.Expr]) -> tree.Expr:
    pairs = tuple((Constant(name), made) for name, made in entries.items())
    return tree.Mapping(pairs)


def _one_of(parts: list[tree.Expr]) -> tree.Expr:
    if len(parts) == 1:
        return parts[0]
    distinct: list[tree.Expr] = []
    alike: dict[int | str, list[tree.Expr]] = {}
    for part in parts:
        # A union may have thousands.
        known = alike.setdefault(_told_by(part), [])
        if part not in known:
            known.append(part)
            distinct.append(part)
    if not distinct:
        return _values([])
    return distinct[0] if len(distinct) == 1 else _kit("one_of", *distinct)


def _told_by(part: tree.Expr) -> int | str:
    """What equal expressions have in common, and others hardly ever."""
    try:
        return hash(part)
    except TypeError:  # It holds an array or an object.
        return repr(part)


def _numbers(facets: Facets) -> Iterator[tree.Expr]:
    lows = [sides(minimum.limit) for minimum in facets.minima]
    highs = [sides(maximum.limit) for maximum in facets.maxima]
    least = max((low.integer for low in lows), default=None)
    most = min((high.integer for high in highs), default=None)
    whole = [d for d in facets.multiples if isinstance(d, int)]
    if "integer" in facets.atoms:
        step = (Constant(max(whole)),) if whole else ()
        yield _kit("integer", Constant(least), Constant(most), *step)
    if "fraction" in facets.atoms and not facets.multiples:
        low = max((low.real for low in lows), default=None)
        high = min((high.real for high in highs), default=None)
        yield _kit("number", Constant(low), Constant(high))
    elif "fraction" in facets.atoms and not whole:
        yield _values(_multiples(max(facets.multiples), least))


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


def _text(facets: Facets, typed: Collection[str]) -> tree.Expr:
    known = [text for name in facets.formats for text in _of_format(name, typed)]
    if known:
        return _values(list(known))
    arguments = [Constant(min(facets.min_length, LONGEST))]
    if facets.max_length is not None:
        arguments.append(Constant(min(facets.max_length, LONGEST)))
    elif facets.patterns:
        arguments.append(Constant(None))
    return _kit("text", *arguments, *_patterns(facets.patterns))


def _of_format(name: str, typed: Collection[str]) -> tuple[str, ...]:
    if name in typed:
        return TYPED[name].held
    return (SAMPLES[name],) if name in SAMPLES else ()


def _patterns(patterns: list[str]) -> tuple[Constant, ...]:
    """The patterns as Python's `re` understands them; those it cannot are left out."""
    found = []
    for regex in patterns:
        with contextlib.suppress(ecma.ECMASyntaxError):
            found.append(ecma.translate(regex))
    return (Constant(found),) if found else ()
