"""The schemas inside a schema, each with the word by which its place is part of its
name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.python.model import identifiers
from codegen.python.model.wishes import Role


def places(module: ir.Module, schema: ir.Schema) -> Iterator[tuple[str, ir.Schema]]:
    """The schemas directly inside a schema, each with a word or two for its place."""
    for assertion in schema.assertions:
        match assertion:
            case ir.OnArrays():
                yield from _array_places(assertion)
            case ir.OnObjects():
                yield from _object_places(assertion)
            case ir.InPlace():
                yield from _same_places(module, assertion)
            case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                pass
            case _:
                assert_never(assertion)


def roles(schema: ir.Schema) -> dict[ir.SchemaId, Role]:
    """The parts of its `allOf` and the branches of its unions that stand inside a
    schema."""
    found: dict[ir.SchemaId, Role] = {}
    for assertion in schema.assertions:
        if isinstance(assertion, ir.AllOf):
            found |= dict.fromkeys((part.id for part in assertion.schemas), "part")
        elif isinstance(assertion, ir.AnyOf | ir.OneOf):
            found |= dict.fromkeys((part.id for part in assertion.schemas), "branch")
    return found


def longer(module: ir.Module, schema: ir.Schema) -> dict[ir.SchemaId, str]:
    """Longer words for what stands under a condition: with the word for what meets the
    condition."""
    found: dict[ir.SchemaId, str] = {}
    for assertion in schema.assertions:
        if isinstance(assertion, ir.IfThenElse):
            told = _word(module, assertion.condition)
            for word, part in _same_places(module, assertion):
                if told and part is not assertion.condition:
                    found[part.id] = f"{word}{told}"
    return found


def aside(module: ir.Module) -> Iterator[ir.SchemaId]:
    """The ids of inner schemas that values are only judged by: no object is made of
    their class."""
    for outer in module.schemas.values():
        for schema in walk.walk(outer):
            for assertion in schema.assertions:
                yield from (part.id for part in _only_judging(assertion))


def _only_judging(assertion: ir.Assertion) -> Iterator[ir.Schema]:
    match assertion:
        case ir.AllOf(parts) if len(parts) > 1:
            yield from parts  # The class is that of the schema around them.
        case ir.IfThenElse(condition, then, otherwise):
            yield from walk.walk(condition)
            yield from (part for part in (then, otherwise) if part is not None)
        case ir.DependentSchemas(by_name):
            yield from by_name.values()
        case ir.Not(part) | ir.Contains(part) | ir.PropertyNames(part):
            yield from walk.walk(part)
        case ir.Ref() | ir.AllOf() | ir.AnyOf() | ir.OneOf():
            return
        case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
            return
        case ir.OnArrays() | ir.OnObjects():
            return
        case _:
            assert_never(assertion)


def _array_places(assertion: ir.ArrayAssertion) -> Iterator[tuple[str, ir.Schema]]:
    match assertion:
        case ir.Items(schema=part):
            yield "Item", part
        case ir.PrefixItems(schemas=parts):
            for index, part in enumerate(parts):
                yield f"Item{index}", part
        case ir.Contains(schema=part):
            yield "Contained", part
        case ir.UnevaluatedItems(schema=part):
            yield "Rest", part
        case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            pass
        case _:
            assert_never(assertion)


def _object_places(assertion: ir.ObjectAssertion) -> Iterator[tuple[str, ir.Schema]]:
    match assertion:
        case ir.Properties(schemas=by_name):
            for name, part in by_name.items():
                yield identifiers.pascal(name) or "Property", part
        case ir.PatternProperties(schemas=by_name):
            for part in by_name.values():
                yield "Value", part
        case ir.DependentSchemas(schemas=by_name):
            for name, part in by_name.items():
                yield f"With{identifiers.pascal(name)}", part
        case ir.AdditionalProperties(schema=part):
            yield "Value", part
        case ir.PropertyNames(schema=part):
            yield "Name", part
        case ir.UnevaluatedProperties(schema=part):
            yield "Rest", part
        case ir.Required() | ir.DependentRequired():
            pass
        case ir.MinProperties() | ir.MaxProperties():
            pass
        case _:
            assert_never(assertion)


def _same_places(
    module: ir.Module, assertion: ir.InPlaceApplicator
) -> Iterator[tuple[str, ir.Schema]]:
    match assertion:
        case ir.AnyOf(schemas=parts) | ir.OneOf(schemas=parts):
            yield from _branch_places(module, parts)
        case ir.AllOf(schemas=parts):
            for part in parts:
                yield "Part", part
        case ir.Not(schema=part):
            yield "Excluded", part
        case ir.IfThenElse(condition, then, otherwise):
            yield "If", condition
            if then is not None:
                yield "Then", then
            if otherwise is not None:
                yield "Else", otherwise
        case ir.Ref():
            pass
        case _:
            assert_never(assertion)


def _branch_places(
    module: ir.Module, parts: tuple[ir.Schema, ...]
) -> Iterator[tuple[str, ir.Schema]]:
    """The branches of a union. One that stands beside null takes the name of the whole
    place, unless it has a word of its own; so a branch that is added later does not
    change its name."""
    nulls = [facts.is_null(part) for part in parts]
    plain = any(nulls) or len(parts) == 1
    for part, null in zip(parts, nulls, strict=True):
        word = _word(module, part)
        own = word and facts.properties(module, part)
        if plain and not own and not null:
            plain = False
            yield "", part
        else:
            yield word or _kind(module, part), part


_TAGS: Final = ("type", "event", "kind", "role", "object", "status")


def _word(module: ir.Module, branch: ir.Schema) -> str:
    """The word that a branch has for itself: a tag of a usual name, its title, or else
    any tag, which may be the same in all branches, as the version of a protocol is."""
    tags = _tags(module, branch)
    title = identifiers.pascal(branch.annotations.title)
    words = (
        *(tags.get(name, "") for name in _TAGS),
        *(title if len(title) < 40 else "", *tags.values()),
    )
    return next(filter(None, words), "")


def _tags(module: ir.Module, branch: ir.Schema) -> dict[str, str]:
    """The properties that have only one value in a branch, each with it as a word."""
    found = {}
    for name, schemas in facts.properties(module, branch).items():
        values = facts.tag_values(module, schemas)
        if values is not None and len(values) == 1:
            found[name] = identifiers.pascal(str(values[0]))
    return found


def by_property(module: ir.Module, branch: ir.Schema) -> str:
    """A word for a branch that has no other of its own: the first property that it
    requires, or else declares. What the branches have in common, a tag that gives all
    of them the same word, tells none of them."""
    word, tags = _word(module, branch), _tags(module, branch)
    declared = [
        name
        for name in facts.properties(module, branch)
        if not word or tags.get(name) != word
    ]
    required = facts.required(module, branch)
    asked = [name for name in declared if name in required] or declared
    told = identifiers.pascal(asked[0]) if asked else ""
    return f"{word}With{told}" if 0 < len(told) < 40 else ""


def _kind(module: ir.Module, branch: ir.Schema) -> str:
    """A word for a branch by its JSON type."""
    types = sorted(facts.types(module, branch))
    if len(types) == 1:
        return types[0].capitalize()
    return "Variant"
