"""What two versions say without constraining anything: documentation and defaults.

What the branches of `allOf` say of a value counts as said of it, so that a branch that
only holds words is no other schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, TypeVar, assert_never

from codegen.compat import promises, rules
from codegen.compat.changes import discriminators, texts
from codegen.compat.changes.conjuncts import conjuncts, level
from codegen.compat.changes.constraints import apart, show
from codegen.compat.changes.discriminators import Equal, Same
from codegen.compat.changes.texts import PROSE
from codegen.compat.findings import Finding, Verdict
from codegen.compat.normal import forms
from codegen.compat.rules.rule import Rule
from codegen.ir import model as ir
from codegen.ir import walk
from codegen.ir.equality import freeze
from codegen.source.pointer import escape

A = TypeVar("A")

_DEPTH: Final = 60

_OPEN: Final = "x-extensible-enum"
"""The values that are known of an enumeration that takes others, too."""

_ELSEWHERE: Final = frozenset(
    (
        "nullable", "const", "if", "then", "else", "contains", "propertyNames",
        "patternProperties", "prefixItems", "dependentRequired", "dependentSchemas",
        "dependencies", "unevaluatedItems", "unevaluatedProperties",
        "additionalItems", "minContains", "maxContains", "contentEncoding",
        "contentMediaType", "readOnly", "writeOnly", "discriminator", "type",
    )
)  # fmt: skip
"""Keywords of some dialects. Where two versions are in different ones, the keyword of
the one is nothing to the other, and what that does to values has been judged."""


@dataclass(frozen=True, slots=True)
class Said:
    """A pair of schemas whose words are compared: the `modules` of both, what people
    call it, who carries it in which directions, whether it is an `event`, what is the
    same in both versions, and what accepts the same. `judged` tells whether the schemas
    differ in what they accept, which others tell of, `translated` whether the versions
    are in different dialects; `formats` are those that are asserted, and `silent`
    keywords that say nothing of what travels."""

    modules: tuple[ir.Module, ir.Module]
    name: str
    affected: tuple[str, ...]
    directions: tuple[ir.Direction, ...]
    event: bool
    same: Same
    equal: Equal
    judged: bool
    translated: bool
    formats: frozenset[str]
    silent: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Note:
    """One thing that is said otherwise."""

    rule: Rule
    message: str
    verdict: Verdict = Verdict.COMPATIBLE
    reason: str = ""
    keyword: str = ""
    direction: ir.Direction = ir.Direction.UNKNOWN


def notes(said: Said, old: ir.Schema, new: ir.Schema) -> Iterator[Finding]:
    """Findings about annotations; plain documentation gives one for a schema."""
    documented: list[Finding] = []
    for pointer, a, b in _aligned(said, old, new, "", 0):
        for note in _differing(said, a, b):
            if note.rule is rules.DEPRECATED and not pointer and said.event:
                note = replace(note, rule=rules.EVENT_DEPRECATED)
            finding = _finding(said, pointer, note, a, b)
            if note.rule is rules.DOCUMENTATION_CHANGED:
                documented.append(finding)
            else:
                yield finding
    if documented:
        first, more = documented[0], len(documented) - 1
        if more:
            message = f"{first.message} and {more} more place{'s' * (more > 1)}"
            first = replace(first, message=message)
        yield first


def _finding(
    said: Said, pointer: str, note: _Note, a: ir.Schema, b: ir.Schema
) -> Finding:
    return Finding(
        note.rule,
        note.verdict,
        note.direction,
        said.name,
        pointer,
        note.message,
        a.location.child(note.keyword) if note.keyword else a.location,
        b.location.child(note.keyword) if note.keyword else b.location,
        affected=said.affected,
        hint=note.rule.hint if note.verdict is Verdict.RISKY else "",
        reason=note.reason,
        words=note.rule in _FORMATS,
    )


# --- one schema --------------------------------------------------------------------


def _differing(said: Said, old: ir.Schema, new: ir.Schema) -> Iterator[_Note]:
    a, b = _effective(old), _effective(new)
    if _key(a.default) != _key(b.default):
        message = f"the default {_became(a.default, b.default)}"
        yield _Note(rules.DEFAULT_CHANGED, message)
    if a.deprecated != b.deprecated:
        if b.deprecated:
            message = f"deprecated{promises.until(b.extensions)}"
            yield _Note(rules.DEPRECATED, message)
        else:
            yield _Note(rules.UNDEPRECATED, "no longer deprecated")
    yield from _promises(said, a, b)
    for rule, keyword, before, after in (
        (rules.READ_ONLY_CHANGED, "readOnly", a.read_only, b.read_only),
        (rules.WRITE_ONLY_CHANGED, "writeOnly", a.write_only, b.write_only),
    ):
        if before != after:
            yield _Note(rule, f"{keyword} became {str(after).lower()}")
    yield from _known_values(said, a.extensions.get(_OPEN), b.extensions.get(_OPEN))
    words = list(_words(a, b, PROSE | said.silent))
    hints = a.discriminator, b.discriminator
    if not (said.judged or discriminators.same(said.same, *hints)):
        branches = conjuncts(old), conjuncts(new)
        if discriminators.alike(said.same, said.equal, hints, branches):
            words.append("discriminator")
        else:
            yield _DISCRIMINATOR
    yield from _others(said, a.others, b.others)
    yield from _formats(said, old, new)
    if words:
        yield _Note(rules.DOCUMENTATION_CHANGED, f"{', '.join(words)} changed")


_FORMATS: Final = (rules.FORMAT_ADDED, rules.FORMAT_REMOVED, rules.FORMAT_CHANGED)


def _formats(said: Said, a: ir.Schema, b: ir.Schema) -> Iterator[_Note]:
    """Formats that nobody asserts; what the others do has been judged."""
    before, after = (
        {
            assertion.name: None
            for one in conjuncts(schema)
            for assertion in one.assertions
            if isinstance(assertion, ir.Format)
        }
        for schema in (a, b)
    )
    if before == after or said.formats & {*before, *after}:
        return
    was, now = (", ".join(one) or "none" for one in (before, after))
    rule = rules.FORMAT_CHANGED
    if not before or not after:
        rule = rules.FORMAT_REMOVED if before else rules.FORMAT_ADDED
    yield _Note(rule, f"the format {was} became {now}", keyword="format")


def _words(
    a: ir.Annotations, b: ir.Annotations, prose: frozenset[str]
) -> Iterator[str]:
    """The keywords for people that differ, `prose` among those of no known meaning."""
    for word, before, after in (
        ("title", a.title, b.title),
        ("description", a.description, b.description),
        ("contentEncoding", a.content_encoding, b.content_encoding),
        ("contentMediaType", a.content_media_type, b.content_media_type),
    ):
        if before != after:
            yield word
    if tuple(map(freeze, a.examples)) != tuple(map(freeze, b.examples)):
        yield "examples"
    if freeze(dict(a.enum_metadata)) != freeze(dict(b.enum_metadata)):
        yield "x-enum-metadata"
    for key in _unequal(a.extensions, b.extensions):
        if key in promises.SPELLED:
            if promises.told(a.extensions) == promises.told(b.extensions):
                yield key
        elif key != _OPEN or not _is_known(a.extensions, b.extensions):
            yield key
    for key in _unequal(a.others, b.others):
        if key in prose or (key == texts.KEYWORD and texts.same(a.others, b.others)):
            yield key


def _promises(said: Said, a: ir.Annotations, b: ir.Annotations) -> Iterator[_Note]:
    """How long it stays, and how stable it is."""
    before, after = promises.told(a.extensions), promises.told(b.extensions)
    way = said.directions[0] if len(said.directions) == 1 else ir.Direction.UNKNOWN
    for one in promises.changed(before, after, a.deprecated != b.deprecated):
        verdict = Verdict.RISKY if one.reason else Verdict.COMPATIBLE
        yield _Note(one.rule, one.message, verdict, one.reason, direction=way)


def _unequal(a: Mapping[str, ir.Json], b: Mapping[str, ir.Json]) -> Iterator[str]:
    for key in dict.fromkeys((*a, *b)):
        if (key in a) is not (key in b) or freeze(a[key]) != freeze(b[key]):
            yield key


def _is_known(a: Mapping[str, ir.Json], b: Mapping[str, ir.Json]) -> bool:
    """Whether the known values of both versions can be compared."""
    return all(isinstance(side.get(_OPEN, []), list) for side in (a, b))


def _known_values(said: Said, old: ir.Json, new: ir.Json) -> Iterator[_Note]:
    """Values that came to or went from an enumeration that is open."""
    if not all(one is None or isinstance(one, list) for one in (old, new)):
        return
    before = {freeze(value): value for value in old or ()}
    after = {freeze(value): value for value in new or ()}
    gone = [show(value) for key, value in before.items() if key not in after]
    come = [show(value) for key, value in after.items() if key not in before]
    if gone and new is not None:
        sent = ir.Direction.CLIENT_TO_SERVER in said.directions
        yield _Note(
            rules.KNOWN_VALUE_REMOVED,
            f"known values removed: {', '.join(gone)}",
            Verdict.RISKY if sent else Verdict.COMPATIBLE,
            "the server takes the value, but may not know it any more" if sent else "",
            _OPEN,
            ir.Direction.CLIENT_TO_SERVER if sent else ir.Direction.UNKNOWN,
        )
    elif gone:
        message = "no values are said to be known any more"
        yield _Note(rules.KNOWN_VALUE_REMOVED, message)
    if come:
        message = f"known values added: {', '.join(come)}"
        yield _Note(rules.KNOWN_VALUE_ADDED, message, keyword=_OPEN)


_DISCRIMINATOR: Final = _Note(
    rules.NOT_COMPARED,
    "the discriminator changed",
    Verdict.UNKNOWN,
    "the schemas accept the same as before; what else the discriminator says is not"
    " judged",
)
"""What is left of it where schemas accept something else because of it, which is told
of already."""


def _others(
    said: Said, a: Mapping[str, ir.Json], b: Mapping[str, ir.Json]
) -> Iterator[_Note]:
    """Keywords that have no meaning that the comparison knows."""
    for key in _unequal(a, b):
        judged = said.translated and key in _ELSEWHERE and not (key in a and key in b)
        judged |= key == texts.KEYWORD and texts.same(a, b)
        if key not in PROSE | said.silent and not judged:
            reason = f"the comparison does not know what `{key}` means here"
            if key == texts.KEYWORD:
                reason = texts.REASON
            message = f"{key} changed"
            yield _Note(rules.NOT_COMPARED, message, Verdict.UNKNOWN, reason, key)


def _key(value: ir.Json) -> object:
    return value if value is ir.MISSING else freeze(value)


def _became(old: ir.Json, new: ir.Json) -> str:
    if old is not ir.MISSING and new is not ir.MISSING:
        return " became ".join(apart(old, new))
    before, after = ("none" if v is ir.MISSING else show(v) for v in (old, new))
    return f"{before} became {after}"


# --- what belongs together ---------------------------------------------------------


def _effective(schema: ir.Schema) -> ir.Annotations:
    """Everything that is said of the values of a schema, each text once."""
    many = [one.annotations for one in conjuncts(schema)]
    many = [one for one in many if one != _NOTHING] or [_NOTHING]
    if len(many) == 1:
        return many[0]
    examples = {freeze(e): e for one in many for e in one.examples}
    defaults = [one.default for one in many if one.default is not ir.MISSING]
    return ir.Annotations(
        title=_texts(one.title for one in many),
        description=_texts(one.description for one in many),
        default=defaults[-1] if defaults else ir.MISSING,
        examples=tuple(examples.values()),
        deprecated=any(one.deprecated for one in many),
        read_only=any(one.read_only for one in many),
        write_only=any(one.write_only for one in many),
        content_encoding=_texts(one.content_encoding for one in many),
        content_media_type=_texts(one.content_media_type for one in many),
        discriminator=next((o.discriminator for o in many if o.discriminator), None),
        enum_metadata=_merged(one.enum_metadata for one in many),
        extensions=_merged(one.extensions for one in many),
        others=_merged(one.others for one in many),
    )


_NOTHING: Final = ir.Annotations()


def _texts(many: Iterable[str]) -> str:
    return "\n".join(filter(None, dict.fromkeys(many)))


def _merged(many: Iterable[Mapping[str, A]]) -> dict[str, A]:
    found: dict[str, A] = {}
    for one in many:
        found.update(one)
    return found


def _aligned(
    said: Said, old: ir.Schema, new: ir.Schema, pointer: str, depth: int
) -> Iterator[tuple[str, ir.Schema, ir.Schema]]:
    """Pairs of schemas that stand at the same place, as far as both have it, with what
    one of them refers to where the other one says that itself."""
    old, new = level(said.modules, said.same, old, new)
    yield pointer, old, new
    if depth > _DEPTH:
        return
    theirs = _members(new)
    for key, (token, inner) in _members(old).items():
        if key in theirs:
            place = pointer + token
            yield from _aligned(said, inner, theirs[key][1], place, depth + 1)


_Member: TypeAlias = tuple[str, ir.Schema]
"""A schema inside another one, with its place there."""


def _members(schema: ir.Schema) -> dict[tuple[str, int, int], _Member]:
    """The schemas inside one, by their place, those that stand at one place in their
    order. Branches belong together where there are as many; what is about the same
    value is not inside."""
    found: dict[tuple[str, int, int], _Member] = {}
    seen: dict[tuple[str, int], int] = {}
    for one in conjuncts(schema):
        for assertion in one.assertions:
            if forms.wrapped(assertion) is not None:
                continue
            for token, count, inner in _inside(assertion):
                nth = seen[token, count] = seen.get((token, count), -1) + 1
                found[token, count, nth] = (token, inner)
    return found


def _inside(assertion: ir.Assertion) -> Iterator[tuple[str, int, ir.Schema]]:
    """The schemas inside an assertion, each with its place and their number."""
    name = type(assertion).__name__
    keyword = f"/{name[0].lower()}{name[1:]}"
    match assertion:
        case (
            ir.Properties(schemas=by_name)
            | ir.PatternProperties(schemas=by_name)
            | ir.DependentSchemas(schemas=by_name)
        ):
            for key, inner in by_name.items():
                yield f"{keyword}/{escape(key)}", 1, inner
        case ir.PrefixItems() | ir.AnyOf() | ir.OneOf() | ir.IfThenElse():
            many = list(walk.subschemas(assertion))
            for index, inner in enumerate(many):
                yield f"{keyword}/{index}", len(many), inner
        case (
            ir.Items(schema=one)
            | ir.Contains(schema=one)
            | ir.UnevaluatedItems(schema=one)
            | ir.AdditionalProperties(schema=one)
            | ir.PropertyNames(schema=one)
            | ir.UnevaluatedProperties(schema=one)
            | ir.Not(schema=one)
        ):
            yield keyword, 1, one
        case ir.AllOf() | ir.Ref() | ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            return  # The branches of `allOf` are conjuncts, of which this is asked.
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
            return
        case (
            ir.Required()
            | ir.MinProperties()
            | ir.MaxProperties()
            | ir.DependentRequired()
        ):
            return
        case _:
            assert_never(assertion)
