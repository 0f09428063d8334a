"""Which facets differ between two alternatives for the same JSON type.

Each difference is isolated: an alternative that says nothing but the one thing, for
either version, so that it can be judged and shown apart from all others.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sized
from typing import Final, TypeAlias

from codegen.compat import rules
from codegen.compat.changes.change import Facet, isolated
from codegen.compat.changes.shapes import only_patterns
from codegen.compat.normal import forms
from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.forms import Form
from codegen.compat.proof import scalars
from codegen.compat.rules.rule import Rule
from codegen.ir import model as ir
from codegen.ir.equality import freeze

Difference: TypeAlias = tuple[Rule, str, Facet, str]
"""Rule, message, what to judge, and the keyword under the place."""


def differing(
    old: Form, new: Form, classes: Classes, tag: bool = False
) -> Iterator[Difference]:
    """Every facet that differs, members and items aside. `tag` says that the values
    tell what a value around them is."""
    if old.values is not None or new.values is not None:
        yield from _values(old, new, tag)
    elif isinstance(old.facets, forms.Number) and isinstance(new.facets, forms.Number):
        yield from _numbers(old.facets, new.facets)
    elif isinstance(old.facets, forms.String) and isinstance(new.facets, forms.String):
        yield from _strings(old.facets, new.facets)
    if isinstance(old.facets, forms.Array) and isinstance(new.facets, forms.Array):
        yield from _arrays(old.facets, new.facets, classes)
    if isinstance(old.facets, forms.Object) and isinstance(new.facets, forms.Object):
        yield from _objects(old.facets, new.facets, classes)
    yield from _residues(old, new, classes)


_SHOWN: Final = 60
"""Characters of a value that are shown."""


def show(value: ir.Json) -> str:
    """A value in a message; of a long one its beginning and its end."""
    text, half = scalars.show(value), _SHOWN // 2
    return text if len(text) <= _SHOWN else f"{text[:half]}…{text[-half:]}"


def apart(old: ir.Json, new: ir.Json) -> tuple[str, str]:
    """Two values in a message, of long ones the part in which they differ."""
    if show(old) != show(new):
        return show(old), show(new)
    texts = scalars.show(old), scalars.show(new)
    same = itertools.takewhile(
        lambda pair: pair[0] == pair[1], zip(*texts, strict=False)
    )
    start = sum(1 for _ in same) - _SHOWN // 3
    before, after = (_from(text, start) for text in texts)
    return before, after


def _from(text: str, start: int) -> str:
    rest = text[start:]
    return f"…{rest}" if len(rest) <= _SHOWN else f"…{rest[:_SHOWN]}…"


def _listing(values: list[ir.Json]) -> str:
    shown = ", ".join(show(value) for value in values[:8])
    return shown + (f" and {len(values) - 8} more" if len(values) > 8 else "")


# --- values ------------------------------------------------------------------------


def _values(old: Form, new: Form, tag: bool) -> Iterator[Difference]:
    kind = old.kind
    before = Form(kind, forms.top(kind).facets, old.values)
    after = Form(kind, forms.top(kind).facets, new.values)
    full = scalars.listed(Form(kind, forms.top(kind).facets))
    mine = old.values if old.values is not None else full
    other = new.values if new.values is not None else full
    if mine is None:
        message = f"values were confined to {_listing(list(other or ()))}"
        yield rules.ENUM_CLOSED, message, Facet(None, after), "/enum"
        return
    if other is None:
        message = f"values are no longer confined to {_listing(list(mine))}"
        yield rules.ENUM_OPENED, message, Facet(before, None), "/enum"
        return
    known = {freeze(v) for v in other}
    gone = [v for v in mine if freeze(v) not in known]
    known = {freeze(v) for v in mine}
    come = [v for v in other if freeze(v) not in known]
    single = len(mine) == len(other) == 1
    if len(gone) == len(come) == 1 and (single or tag):
        message = " became ".join(apart(gone[0], come[0]))
        keyword = "/const" if single else "/enum"
        yield rules.CONST_CHANGED, message, Facet(before, after), keyword
        return
    if gone:
        message = f"{_listing(gone)} {_is(gone)} no longer allowed"
        yield rules.ENUM_VALUE_REMOVED, message, Facet(None, after), "/enum"
    if come:
        message = f"{_listing(come)} {_is(come)} allowed"
        yield rules.ENUM_VALUE_ADDED, message, Facet(before, None), "/enum"


def _is(values: list[ir.Json]) -> str:
    return "is" if len(values) == 1 else "are"


# --- numbers -----------------------------------------------------------------------


def _numbers(a: forms.Number, b: forms.Number) -> Iterator[Difference]:
    if a.integer != b.integer:
        facet = isolated(
            "number", forms.Number(integer=a.integer), forms.Number(integer=b.integer)
        )
        if b.integer:
            yield rules.TYPE_NARROWED, "number became integer", facet, "/type"
        else:
            yield rules.TYPE_WIDENED, "integer became number", facet, "/type"
    integer = a.integer and b.integer
    if a.lower != b.lower:
        up = a.lower is None or (b.lower is not None and b.lower > a.lower)
        facet = isolated(
            "number",
            forms.Number(integer, lower=a.lower),
            forms.Number(integer, lower=b.lower),
        )
        message = f"the lower bound {_bound(a.lower)} became {_bound(b.lower)}"
        rule = rules.MINIMUM_INCREASED if up else rules.MINIMUM_DECREASED
        yield rule, message, facet, "/minimum"
    if a.upper != b.upper:
        down = a.upper is None or (b.upper is not None and _tighter(b.upper, a.upper))
        facet = isolated(
            "number",
            forms.Number(integer, upper=a.upper),
            forms.Number(integer, upper=b.upper),
        )
        message = f"the upper bound {_bound(a.upper)} became {_bound(b.upper)}"
        rule = rules.MAXIMUM_DECREASED if down else rules.MAXIMUM_INCREASED
        yield rule, message, facet, "/maximum"
    if a.divisors != b.divisors:
        rule = _changed(
            a.divisors,
            b.divisors,
            rules.MULTIPLE_OF_ADDED,
            rules.MULTIPLE_OF_REMOVED,
            rules.MULTIPLE_OF_CHANGED,
        )
        facet = isolated(
            "number",
            forms.Number(a.integer, divisors=a.divisors),
            forms.Number(b.integer, divisors=b.divisors),
        )
        message = f"multiples of {_numbers_of(a)} became multiples of {_numbers_of(b)}"
        yield rule, message, facet, "/multipleOf"


def _tighter(a: forms.Bound, b: forms.Bound) -> bool:
    return (a.limit, not a.exclusive) < (b.limit, not b.exclusive)


def _bound(bound: forms.Bound | None) -> str:
    if bound is None:
        return "none"
    return f"{scalars.decimal(bound.limit)}{' (excluded)' if bound.exclusive else ''}"


def _numbers_of(facets: forms.Number) -> str:
    every = [scalars.decimal(divisor) for divisor in facets.divisors]
    return " and ".join(every) or ("1" if facets.integer else "anything")


def _changed(
    before: Sized, after: Sized, added: Rule, removed: Rule, changed: Rule
) -> Rule:
    """The rule for what was said before, is said now, or both."""
    if before and after:
        return changed
    return added if after else removed


# --- strings -----------------------------------------------------------------------


def _strings(a: forms.String, b: forms.String) -> Iterator[Difference]:
    if a.minimum != b.minimum:
        up, down = rules.MIN_LENGTH_INCREASED, rules.MIN_LENGTH_DECREASED
        rule = up if b.minimum > a.minimum else down
        facet = isolated("string", forms.String(a.minimum), forms.String(b.minimum))
        yield rule, f"minLength {a.minimum} became {b.minimum}", facet, "/minLength"
    if a.maximum != b.maximum:
        facet = isolated(
            "string", forms.String(maximum=a.maximum), forms.String(maximum=b.maximum)
        )
        down, up = rules.MAX_LENGTH_DECREASED, rules.MAX_LENGTH_INCREASED
        rule = down if _less(a.maximum, b.maximum) else up
        message = _limits("maxLength", a.maximum, b.maximum)
        yield rule, message, facet, "/maxLength"
    if set(a.patterns) != set(b.patterns):
        gone = tuple(p for p in a.patterns if p not in b.patterns)
        come = tuple(p for p in b.patterns if p not in a.patterns)
        facet = isolated(
            "string", forms.String(patterns=gone), forms.String(patterns=come)
        )
        if not _equivalent(gone, come):
            message = _replaced("pattern", " and ".join(gone), " and ".join(come))
            rule = _changed(
                gone,
                come,
                rules.PATTERN_ADDED,
                rules.PATTERN_REMOVED,
                rules.PATTERN_CHANGED,
            )
            yield rule, message, facet, "/pattern"
    if set(a.formats) != set(b.formats):
        facet = isolated(
            "string", forms.String(formats=a.formats), forms.String(formats=b.formats)
        )
        message = _replaced("format", " and ".join(a.formats), " and ".join(b.formats))
        rule = _changed(
            a.formats,
            b.formats,
            rules.FORMAT_ADDED,
            rules.FORMAT_REMOVED,
            rules.FORMAT_CHANGED,
        )
        yield rule, message, facet, "/format"


def _equivalent(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return all(scalars.follows(a, p) for p in b) and all(
        scalars.follows(b, p) for p in a
    )


def _less(a: int | None, b: int | None) -> bool:
    """Whether an upper limit went down; none is higher than any."""
    return a is None or (b is not None and b < a)


def _limits(word: str, a: int | None, b: int | None) -> str:
    return f"{word} {'none' if a is None else a} became {'none' if b is None else b}"


def _replaced(word: str, a: str, b: str) -> str:
    if not a:
        return f"{word} {b} was added"
    return f"{word} {a} was removed" if not b else f"{word} {a} became {b}"


# --- arrays ------------------------------------------------------------------------


def _arrays(a: forms.Array, b: forms.Array, classes: Classes) -> Iterator[Difference]:
    if a.minimum != b.minimum:
        facet = isolated(
            "array", forms.Array(minimum=a.minimum), forms.Array(minimum=b.minimum)
        )
        up, down = rules.MIN_ITEMS_INCREASED, rules.MIN_ITEMS_DECREASED
        rule = up if b.minimum > a.minimum else down
        yield rule, f"minItems {a.minimum} became {b.minimum}", facet, "/minItems"
    if a.maximum != b.maximum:
        facet = isolated(
            "array", forms.Array(maximum=a.maximum), forms.Array(maximum=b.maximum)
        )
        down, up = rules.MAX_ITEMS_DECREASED, rules.MAX_ITEMS_INCREASED
        rule = down if _less(a.maximum, b.maximum) else up
        message = _limits("maxItems", a.maximum, b.maximum)
        yield rule, message, facet, "/maxItems"
    if a.unique != b.unique:
        facet = isolated(
            "array", forms.Array(unique=a.unique), forms.Array(unique=b.unique)
        )
        rule = rules.UNIQUE_ITEMS_ADDED if b.unique else rules.UNIQUE_ITEMS_REMOVED
        message = f"items {'may not' if b.unique else 'may'} repeat"
        yield rule, message, facet, "/uniqueItems"
    mine = {classes.of_assertion(0, rule) for rule in a.contains}
    other = {classes.of_assertion(1, rule) for rule in b.contains}
    if mine != other:
        facet = isolated(
            "array", forms.Array(contains=a.contains), forms.Array(contains=b.contains)
        )
        message = "what the array must contain changed"
        yield rules.CONTAINS_CHANGED, message, facet, "/contains"


# --- objects -----------------------------------------------------------------------


def _objects(
    a: forms.Object, b: forms.Object, classes: Classes
) -> Iterator[Difference]:
    if a.minimum != b.minimum:
        facet = isolated(
            "object", forms.Object(minimum=a.minimum), forms.Object(minimum=b.minimum)
        )
        up, down = rules.MIN_PROPERTIES_INCREASED, rules.MIN_PROPERTIES_DECREASED
        rule = up if b.minimum > a.minimum else down
        message = f"minProperties {a.minimum} became {b.minimum}"
        yield rule, message, facet, "/minProperties"
    if a.maximum != b.maximum:
        facet = isolated(
            "object", forms.Object(maximum=a.maximum), forms.Object(maximum=b.maximum)
        )
        down, up = rules.MAX_PROPERTIES_DECREASED, rules.MAX_PROPERTIES_INCREASED
        rule = down if _less(a.maximum, b.maximum) else up
        message = _limits("maxProperties", a.maximum, b.maximum)
        yield rule, message, facet, "/maxProperties"
    if _set(classes, 0, a.names) != _set(classes, 1, b.names):
        facet = isolated(
            "object", forms.Object(names=a.names), forms.Object(names=b.names)
        )
        message = "names of properties are judged otherwise"
        yield rules.PROPERTY_NAMES_CHANGED, message, facet, "/propertyNames"
    if _by_name(classes, 0, a.patterns) != _by_name(classes, 1, b.patterns):
        facet = isolated("object", only_patterns(a, b), only_patterns(b, a))
        message = _told_by_pattern(a, b)
        yield rules.PATTERN_PROPERTIES_CHANGED, message, facet, "/patternProperties"
    yield from _dependents(a, b, classes)


def _dependents(
    a: forms.Object, b: forms.Object, classes: Classes
) -> Iterator[Difference]:
    if _needs(a) != _needs(b):
        facet = isolated(
            "object",
            forms.Object(dependent_required=a.dependent_required),
            forms.Object(dependent_required=b.dependent_required),
        )
        message = "what a property asks for changed"
        yield rules.DEPENDENT_REQUIRED_CHANGED, message, facet, "/dependentRequired"
    mine = _by_name(classes, 0, a.dependent_schemas)
    if mine != _by_name(classes, 1, b.dependent_schemas):
        facet = isolated(
            "object",
            forms.Object(dependent_schemas=a.dependent_schemas),
            forms.Object(dependent_schemas=b.dependent_schemas),
        )
        message = "the shape that a property asks for changed"
        yield rules.DEPENDENT_SCHEMAS_CHANGED, message, facet, "/dependentSchemas"


def _needs(facets: forms.Object) -> set[tuple[str, str]]:
    return {(n, other) for n, many in facets.dependent_required for other in many}


def _set(classes: Classes, side: int, node: forms.Node) -> set[int]:
    return {classes.of(side, schema) for schema in node if schema.assertions}


def _told_by_pattern(a: forms.Object, b: forms.Object) -> str:
    """Which patterns of names came or went, or else that what they tell of changed."""
    gone = [one for one in dict.fromkeys(a.regexes) if one not in b.regexes]
    come = [one for one in dict.fromkeys(b.regexes) if one not in a.regexes]
    if len(gone) == len(come) == 1:
        told = f"{gone[0]} became {come[0]}"
    else:
        both = ((gone, "removed"), (come, "added"))
        told = "; ".join(f"{', '.join(m)} was {word}" for m, word in both if m)
    return f"properties by pattern: {told or 'what they hold changed'}"


def _by_name(
    classes: Classes, side: int, entries: tuple[tuple[str, ir.Schema], ...]
) -> set[tuple[str, int]]:
    return {(name, classes.of(side, schema)) for name, schema in entries}


# --- residues ----------------------------------------------------------------------


def _residues(old: Form, new: Form, classes: Classes) -> Iterator[Difference]:
    kind = old.kind
    mine = {_class(classes, 0, r): r for r in old.residues}
    other = {_class(classes, 1, r): r for r in new.residues}
    gone = tuple(r for key, r in mine.items() if key not in other)
    come = tuple(r for key, r in other.items() if key not in mine)
    top = forms.top(kind).facets
    for type_, named, token, message in (
        (forms.Outside, _NOT, "/not", "what is excluded changed"),
        (forms.Condition, _CONDITION, "/if", "a condition changed"),
        (forms.Unevaluated, _UNEVALUATED, "", "what stays unevaluated changed"),
    ):
        before = tuple(r for r in gone if isinstance(r, type_))
        after = tuple(r for r in come if isinstance(r, type_))
        if not before and not after:
            continue
        facet = Facet(
            Form(kind, top, residues=before) if before else None,
            Form(kind, top, residues=after) if after else None,
        )
        yield _changed(before, after, *named), message, facet, token


_NOT: Final = (rules.NOT_ADDED, rules.NOT_REMOVED, rules.NOT_CHANGED)
_CONDITION: Final = (rules.CONDITION_CHANGED,) * 3
_UNEVALUATED: Final = (rules.UNEVALUATED_CHANGED,) * 3


def _class(classes: Classes, side: int, residue: forms.Residue) -> int:
    match residue:
        case forms.Exclusive(union):
            return classes.of_assertion(side, union)
        case forms.Outside(schema):
            return classes.of_assertion(side, ir.Not(schema))
        case forms.Condition(rule):
            return classes.of_assertion(side, rule)
        case forms.Unevaluated(_, owner):
            return classes.of(side, owner)
