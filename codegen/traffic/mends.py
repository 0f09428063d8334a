"""The smallest change of a specification that makes true what was seen.

For each kind of assertion there is one way to widen it, so that everything that was
accepted before still is. Where there is none, `CannotMend` says why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, assert_never

from codegen.frontend import Loaded
from codegen.frontend.dialects import Dialect
from codegen.ir import model as ir
from codegen.ir.basics import Location
from codegen.ir.values import among, has_type
from codegen.source import pointer as pointers
from codegen.traffic import branches
from codegen.traffic.actions import Action, CannotMend, Json
from codegen.traffic.blame import Fault
from codegen.traffic.evidence import Evidence
from codegen.traffic.inferring import null_alone, schema_of

_BESIDE: Final = frozenset(
    {"title", "description", "default", "example", "examples", "deprecated"}
    | {"readOnly", "writeOnly", "externalDocs", "xml", "$comment"}
)
"""Keywords of a schema that assert nothing and are left alone."""


@dataclass(frozen=True, slots=True)
class Mender:
    """Mends the faults of one specification."""

    loaded: Loaded

    def actions(self, fault: Fault, seen: Evidence) -> list[Action]:
        """The actions that mend a fault. Raises `CannotMend`."""
        at = At(self.loaded, fault, seen)
        return list(_any_value(fault.assertion, at))


@dataclass(frozen=True, slots=True)
class At:
    """A fault, with what was seen there, and the source of the schema that states
    it."""

    loaded: Loaded
    fault: Fault
    seen: Evidence

    @property
    def place(self) -> Location:
        """The place of the schema that states the assertion."""
        return self.fault.schema.location

    @property
    def dialect(self) -> Dialect:
        """The dialect of that schema."""
        return self.loaded.dialect(self.place)

    def stated(self, keyword: str) -> Json:
        """The value of a keyword. Raises `CannotMend` if it is not there, because the
        assertion follows from something else."""
        raw = self.raw(self.place)
        if not isinstance(raw, dict) or keyword not in raw:
            raise CannotMend(f"no `{keyword}` stands at its place in the document")
        return raw[keyword]

    def raw(self, place: Location) -> Json:
        """The value at a place. Raises `CannotMend` where there is none."""
        try:
            value = self.loaded.workspace.named(place.document).data
            for token in pointers.tokens(place.pointer):
                value = pointers.step(value, token)
        except (KeyError, pointers.Missing):
            raise CannotMend("it stands nowhere in the document") from None
        return value

    def removed(self, keyword: str, why: str, *, aside: bool = False) -> Action:
        """The action that removes a keyword."""
        self.stated(keyword)
        return Action(self.place.child(keyword), why, remove=True, aside=aside)


def _any_value(assertion: ir.Assertion, at: At) -> Iterator[Action]:
    match assertion:
        case ir.Never():
            raise CannotMend("a schema that is false accepts nothing")
        case ir.Type():
            yield from _type(assertion, at)
        case ir.Enum():
            yield from _enum(assertion, at)
        case ir.OnNumbers():
            yield from _number(assertion, at)
        case ir.OnStrings():
            yield from _string(assertion, at)
        case ir.OnArrays():
            yield from _array(assertion, at)
        case ir.OnObjects():
            yield from _object(assertion, at)
        case ir.InPlace():
            yield from _in_place(assertion, at)
        case _:
            assert_never(assertion)


# --- types and values --------------------------------------------------------------


def _type(assertion: ir.Type, at: At) -> Iterator[Action]:
    values: dict[str, Json] = {"null": None, "boolean": True, "integer": 1}
    values |= {"number": 1.5, "string": "", "array": [], "object": {}}
    new = [
        name
        for name in at.seen.types
        if not any(has_type(values[name], known) for known in assertion.types)
    ]
    if not new:
        raise CannotMend("what came is of a type that is allowed")
    own = at.fault.entry.location == at.place
    if "null" in new and (len(new) == 1 or not own or _nullable(at)):
        yield from _null(at)
        new.remove("null")
    if new:
        yield from _widened(at, sorted(new))


def _nullable(at: At) -> bool:
    """Whether the dialect has a keyword for null, instead of a type like others."""
    return at.dialect.name == "openapi-3.0"


def _widened(at: At, new: list[str]) -> Iterator[Action]:
    """The actions that allow more types."""
    old = at.stated("type")
    does = f"allows {_listed(new)} beside {_listed([old])}"
    if _nullable(at):
        if "anyOf" in at.raw(at.place):
            raise CannotMend("`anyOf` stands beside the type already")
        any_of = [{"type": name} for name in [old, *new]]
        yield Action(at.place, does, update={"anyOf": any_of})
        yield at.removed("type", f"{does}, which `anyOf` says", aside=True)
    elif isinstance(old, list):
        # What is merged into a list joins it.
        yield Action(at.place, does, update={"type": new})
    else:
        yield Action(at.place, does, update={"type": [old, *new]})


def _null(at: At) -> Iterator[Action]:
    """The actions that allow null where the value is reached first, so that a named
    schema stays as it is for its other users."""
    entry, dialect = at.fault.entry.location, at.dialect
    raw = at.raw(entry)
    if not isinstance(raw, dict):
        raise CannotMend("a schema that is true or false stands there")
    does = "allows null"
    own = isinstance(raw.get("type"), str | list)
    if own and dialect.name == "openapi-3.0":
        yield Action(entry, does, update={"nullable": True})
    elif own and isinstance(raw["type"], list):
        yield Action(entry, does, update={"type": ["null"]})
    elif own and not any(key in raw for key in ("anyOf", "oneOf", "allOf", "$ref")):
        yield Action(entry, does, update={"type": [raw["type"], "null"]})
    else:
        yield from _beside_null(entry, raw, dialect)
        return
    if isinstance(raw.get("enum"), list) and None not in raw["enum"]:
        does = "adds null to the values"
        yield Action(entry.child("enum"), does, update=None, aside=True)


def _beside_null(
    entry: Location, raw: dict[str, Json], dialect: Dialect
) -> Iterator[Action]:
    """The actions that allow null as another branch of a union."""
    does = "allows null"
    union = next((key for key in ("anyOf", "oneOf") if key in raw), None)
    asserting = [key for key in raw if key not in _BESIDE and key[:2] != "x-"]
    if union is not None and set(asserting) <= {union, "discriminator"}:
        yield Action(entry.child(union), does, update=null_alone(dialect))
        return
    if union == "anyOf":
        raise CannotMend("`anyOf` stands beside other keywords already")
    inner = {key: raw[key] for key in asserting}
    for key in asserting:
        moves = f"moves `{key}` into a union"
        yield Action(entry.child(key), moves, remove=True, aside=True)
    yield Action(entry, does, update={"anyOf": [inner, null_alone(dialect)]})


def _enum(assertion: ir.Enum, at: At) -> Iterator[Action]:
    new = [
        value
        for value in [*at.seen.values, at.fault.value]
        if not among(value, assertion.values)
    ]
    unique: list[Json] = []
    for value in new:
        if not among(value, unique):
            unique.append(value)
    keyword = assertion.keyword
    old = at.stated(keyword)
    if any(isinstance(value, dict | list) for value in unique):
        yield at.removed(keyword, f"takes out `{keyword}`, as arrays or objects came")
    elif at.seen.many and keyword == "enum":
        yield at.removed("enum", "takes out `enum`, as too many other values came")
    elif keyword == "const":
        does = f"allows {_listed(unique)} beside {_listed([old])}"
        unseen = f"allows other values beside {_listed([old])}"
        enum = {"enum": [old, *unique]}
        yield Action(at.place, does, update=enum, unseen=unseen)
        yield at.removed("const", f"{does}, which `enum` says", aside=True)
    else:
        if None in unique and at.fault.entry.location != at.place:
            yield from _null(at)
            unique.remove(None)
        for value in unique:
            does, unseen = f"adds {_listed([value])} to the values", "adds what came"
            where = at.place.child("enum")
            yield Action(where, does, update=value, unseen=unseen)


def _listed(values: list[Json]) -> str:
    plain = (value if isinstance(value, str) else "" for value in values)
    texts = [text or json.dumps(v) for text, v in zip(plain, values, strict=True)]
    return ", ".join(text if len(text) <= 60 else text[:57] + "..." for text in texts)


# --- limits ------------------------------------------------------------------------


def _limit(at: At, keyword: str, what: str, value: float, side: int) -> Action:
    """The action that moves a limit to the outermost value that was seen. `side` is -1
    for a lower limit and 1 for an upper one; `what` was measured (`Evidence.ranges`).
    """
    seen = (*at.seen.ranges.get(what, ()), value)
    limit = min(seen) if side < 0 else max(seen)
    word = "lowers" if side < 0 else "raises"
    unseen = f"{word} `{keyword}` from {at.stated(keyword)}"
    does = f"{unseen} to {limit}"
    return Action(at.place, does, update={keyword: limit}, unseen=unseen)


def _number(assertion: ir.NumberAssertion, at: At) -> Iterator[Action]:
    match assertion:
        case ir.Minimum(_, exclusive):
            yield from _bound(at, "minimum", exclusive, -1)
        case ir.Maximum(_, exclusive):
            yield from _bound(at, "maximum", exclusive, 1)
        case ir.MultipleOf():
            yield at.removed("multipleOf", "takes out `multipleOf`, which not all keep")
        case _:
            assert_never(assertion)


def _bound(at: At, keyword: str, exclusive: bool, side: int) -> Iterator[Action]:
    other = f"exclusive{keyword.capitalize()}"
    raw = at.raw(at.place)
    seen = (*at.seen.ranges.get("number", ()), at.fault.value)
    limit = min(seen) if side < 0 else max(seen)
    if not (exclusive and isinstance(raw, dict)):
        yield _limit(at, keyword, "number", at.fault.value, side)
        return
    yield at.removed(other, f"takes out `{other}`, as what it excludes came")
    # Up to draft 4 it is true or false, and the limit stands beside it.
    stated = raw[keyword] if raw[other] is True else None
    if stated is None or (limit - stated) * side > 0:
        unseen = f"limits to what came, by `{keyword}`"
        does = f"{unseen} {limit}"
        yield Action(at.place, does, update={keyword: limit}, unseen=unseen)


def _string(assertion: ir.StringAssertion, at: At) -> Iterator[Action]:
    match assertion:
        case ir.MinLength():
            yield _limit(at, "minLength", "length", len(at.fault.value), -1)
        case ir.MaxLength():
            yield _limit(at, "maxLength", "length", len(at.fault.value), 1)
        case ir.Pattern():
            yield at.removed("pattern", "takes out `pattern`, which not all match")
        case ir.Format():
            yield at.removed("format", "takes out `format`, which not all have")
        case _:
            assert_never(assertion)


def _array(assertion: ir.ArrayAssertion, at: At) -> Iterator[Action]:
    count = len(at.fault.value)
    match assertion:
        case ir.MinItems():
            yield _limit(at, "minItems", "items", count, -1)
        case ir.MaxItems():
            yield _limit(at, "maxItems", "items", count, 1)
        case ir.UniqueItems():
            yield at.removed("uniqueItems", "takes out `uniqueItems`")
        case ir.Items():
            keyword = "additionalItems" if "additionalItems" in at.raw(at.place) else ""
            keyword = keyword or "items"
            yield at.removed(keyword, f"takes out `{keyword}`, as more items came")
        case ir.UnevaluatedItems():
            yield at.removed("unevaluatedItems", "takes out `unevaluatedItems`")
        case ir.Contains():
            raise CannotMend("`contains` has no smaller form that is true")
        case ir.PrefixItems():
            raise CannotMend("the items of a tuple have no place of their own")
        case _:
            assert_never(assertion)


# --- objects -----------------------------------------------------------------------


def _object(assertion: ir.ObjectAssertion, at: At) -> Iterator[Action]:
    count = len(at.fault.value)
    match assertion:
        case ir.Required(names):
            yield from _optional(names, at)
        case ir.MinProperties():
            yield _limit(at, "minProperties", "properties", count, -1)
        case ir.MaxProperties():
            yield _limit(at, "maxProperties", "properties", count, 1)
        case ir.AdditionalProperties() | ir.UnevaluatedProperties():
            yield _property(at)
        case ir.DependentRequired(names):
            yield from _independent(names, at)
        case ir.PropertyNames():
            raise CannotMend("`propertyNames` has no smaller form that is true")
        case ir.Properties() | ir.PatternProperties() | ir.DependentSchemas():
            raise CannotMend("what is inside is to be mended")
        case _:
            assert_never(assertion)


def _optional(names: tuple[str, ...], at: At) -> Iterator[Action]:
    """The actions that remove names of missing properties from `required`."""
    stated = at.stated("required")
    objects = [frozenset(at.fault.value), *map(frozenset, at.seen.names)]
    missing = [name for name in names if any(name not in found for found in objects)]
    absent = [name for name in missing if name in stated]
    if not absent:
        raise CannotMend("no `required` of this schema names it")
    if len(absent) == len(stated):
        yield at.removed("required", f"makes {_listed(absent)} optional")
        return
    for name in absent:
        does = f"makes {_listed([name])} optional"
        yield Action(at.place.child("required"), does, remove=True, chosen=name)


def _property(at: At) -> Action:
    """The action that declares a property in a closed object."""
    name = at.fault.name
    if name is None:
        raise CannotMend("no single property is one too many")
    inside = at.seen.inside.get(name) or Evidence()
    if not inside.types:
        inside.add(at.fault.value[name])
    schema = schema_of(inside, at.dialect)
    does = f"declares the property {_listed([name])}"
    return Action(at.place, does, update={"properties": {name: schema}})


def _independent(names: Mapping[str, tuple[str, ...]], at: At) -> Iterator[Action]:
    value = at.fault.value
    raw = at.raw(at.place)
    keyword = next(
        k for k in ("dependentRequired", "dependencies", "") if k in raw or not k
    )
    if not keyword:
        raise CannotMend("no `dependentRequired` stands at its place")
    for name, needed in names.items():
        for other in needed:
            if name in value and other not in value:
                does = f"lets {_listed([name])} come without {_listed([other])}"
                place = at.place.child(keyword, name)
                yield Action(place, does, remove=True, chosen=other)


# --- unions ------------------------------------------------------------------------


def _in_place(assertion: ir.InPlaceApplicator, at: At) -> Iterator[Action]:
    match assertion:
        case ir.OneOf() | ir.AnyOf():
            yield from _union(assertion, at)
        case ir.Not():
            raise CannotMend("`not` has no smaller form that is true")
        case ir.Ref() | ir.AllOf() | ir.IfThenElse():
            raise CannotMend("what it leads to is to be mended")
        case _:
            assert_never(assertion)


def _union(assertion: ir.AnyOf | ir.OneOf, at: At) -> Iterator[Action]:
    keyword = "oneOf" if isinstance(assertion, ir.OneOf) else "anyOf"
    stated = at.stated(keyword)
    if at.fault.name == branches.SEVERAL:
        if "anyOf" in at.raw(at.place):
            raise CannotMend("`anyOf` stands beside `oneOf` already")
        does = "lets several branches accept a value: `oneOf` becomes `anyOf`"
        yield Action(at.place, does, update={"anyOf": stated})
        yield at.removed("oneOf", does, aside=True)
    elif at.fault.value is None:
        yield from _null(at)
    else:
        yield from branches.added(at.loaded, at.fault, keyword, at.seen)
