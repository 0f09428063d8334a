"""What docstrings say besides the description: limits, defaults, and what is not
checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, assert_never

from codegen import ecma
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir.walk import subschemas
from codegen.python.model import identifiers
from codegen.python.model.typed_texts import Formats, TextType
from codegen.python.model.units import characters, items, properties
from codegen.python.model.value_notes import values_told
from codegen.text import as_read, json_text, literal

_KINDS: Final[Mapping[tuple[str, ...], str]] = {
    ("boolean",): "A boolean",
    ("integer",): "An integer",
    ("number",): "A number",
    ("string",): "A text",
    ("array",): "A list",
    ("object",): "An object",
}
_COUNTS: Final = (
    (ir.MinLength, ir.MaxLength, characters),
    (ir.MinItems, ir.MaxItems, items),
    (ir.MinProperties, ir.MaxProperties, properties),
)


def described(
    schemas: tuple[ir.Schema, ...],
    formats: Formats,
    *,
    own: bool = True,
    types: Iterable[TextType] = (),
    members: bool = False,
    called: str = "",
) -> str:
    """The text of a docstring for something that all these schemas describe.

    `own` says whether the limits of the schemas themselves are told. `types` are the
    types that the annotation beside the docstring mentions for strings. `members` says
    whether values that are listed are members, each with a docstring. `called` is what
    it is called; a title that says nothing else is left out.
    """
    parts = descriptions(schemas, members=members, called=called)
    if found := notes(schemas, formats, own=own, types=types):
        parts.append(" ".join(found))
    return "\n\n".join(parts)


def descriptions(
    schemas: tuple[ir.Schema, ...], *, members: bool = False, called: str = ""
) -> list[str]:
    """What the specification says of these schemas, each text once, and of the values
    that they list. `members` and `called` are as for `described`."""
    parts: list[str] = []
    for schema in _all_told(schemas):
        text = as_read(schema.annotations.description).strip()
        if not text and not _repeats(schema.annotations.title, called):
            text = schema.annotations.title
        if text.strip() and text not in parts:
            parts.append(text.strip())
    if not members and (values := values_told(schemas)):
        parts.append(values)
    return parts


def _repeats(title: str, name: str) -> bool:
    """Whether a title has no other words than a name ends in, as titles have that are
    made of names."""
    said = [word.lower() for word in identifiers.words(title)]
    known = [word.lower() for word in identifiers.words(name)]
    return "".join(said) == "".join(known) or said == known[-len(said) :]


def notes(
    schemas: tuple[ir.Schema, ...],
    formats: Formats,
    *,
    own: bool = True,
    types: Iterable[TextType] = (),
) -> list[str]:
    """Sentences on limits, defaults and what is not checked, each once. Limits of the
    schemas themselves are told only with `own`. `types` is as for `described`."""
    told = _all_told(schemas)
    found = [note for schema in told for note in _notes(schema, formats, own)]
    found += [note for type_ in types for note in _narrower(type_)]
    found += [note for schema in schemas for note in _departures(schema)]
    return list(dict.fromkeys(found))


def _all_told(schemas: Iterable[ir.Schema]) -> Iterator[ir.Schema]:
    """The schemas, each followed by the schema that it describes beside null, if that
    has no name, because it has no docstring elsewhere."""
    for schema in schemas:
        yield schema
        for some in _branches(schema):
            if len(some) == 1:
                yield from _all_told(some)


def _branches(schema: ir.Schema) -> Iterator[list[ir.Schema]]:
    """The branches of each union of a schema, without null. A union of one branch and
    null has none."""
    for assertion in schema.assertions:
        if isinstance(assertion, ir.AnyOf | ir.OneOf) and len(assertion.schemas) > 1:
            yield [branch for branch in assertion.schemas if not _is_null(branch)]


def _is_null(schema: ir.Schema) -> bool:
    only = facts.only(schema)
    listed = isinstance(only, ir.Enum) and only.values == (None,)
    return listed or facts.is_null(schema)


def _notes(schema: ir.Schema, formats: Formats, own: bool) -> list[str]:
    notes = [*_limits(schema, formats), *_of_kinds(schema, formats)] if own else []
    annotations = schema.annotations
    if annotations.default is not ir.MISSING:
        shown = json_text(annotations.default)
        if shown and len(shown) <= 60:
            notes.append(f"Default of the API: {shown}.")
    if annotations.deprecated:
        notes.append("Deprecated.")
    if annotations.read_only:
        notes.append("Only the server writes this.")
    if annotations.write_only:
        notes.append("Only the client writes this.")
    return notes


def _departures(schema: ir.Schema) -> Iterator[str]:
    """Where a schema is not enforced or not read literally. What is inside it counts as
    well, except for properties: these are fields with docstrings of their own."""
    yield from (departure.text for departure in schema.annotations.departures)
    for assertion in schema.assertions:
        if not isinstance(assertion, ir.Properties):
            for inner in subschemas(assertion):
                yield from _departures(inner)


def _of_kinds(schema: ir.Schema, formats: Formats) -> Iterator[str]:
    """The limits that unnamed branches of a union set, by the kind of value."""
    for branches in _branches(schema):
        for branch in branches if len(branches) > 1 else ():
            types = [a.types for a in branch.assertions if isinstance(a, ir.Type)]
            kind = _KINDS.get(types[0]) if len(types) == 1 else None
            found = _limits(branch, formats)
            if found and kind is not None:
                said = ", ".join(f"{n[0].lower()}{n[1:-1]}" for n in found)
                yield f"{kind}: {said}."


def _limits(schema: ir.Schema, formats: Formats) -> list[str]:
    """The limits of a schema that the annotation of its field does not show."""
    asserted = list(schema.assertions)
    found: list[str] = []
    for least, most, unit in _COUNTS:
        both = [a for a in asserted if isinstance(a, least | most)]
        if len(both) == 2 and both[0].limit == both[1].limit:
            found.append(f"Exactly {unit(both[0].limit)}.")
            asserted = [a for a in asserted if a not in both]
    return found + [note for a in asserted for note in _limit(a, formats)]


def _limit(assertion: ir.Assertion, formats: Formats) -> list[str]:
    """Sentences on an assertion that the annotation of a field does not show."""
    match assertion:
        case ir.OnNumbers():
            return [_number_limit(assertion)]
        case ir.OnStrings():
            return _string_limit(assertion, formats)
        case ir.MinItems(limit):
            return [f"At least {items(limit)}."] if limit else []
        case ir.MaxItems(limit):
            return [f"At most {items(limit)}."]
        case ir.UniqueItems():
            return ["No item twice."]
        case ir.MinProperties(limit):
            return [f"At least {properties(limit)}."] if limit else []
        case ir.MaxProperties(limit):
            return [f"At most {properties(limit)}."]
        case ir.PrefixItems() | ir.Items() | ir.Contains() | ir.UnevaluatedItems():
            return []
        case ir.Properties() | ir.PatternProperties() | ir.AdditionalProperties():
            return []
        case ir.PropertyNames() | ir.UnevaluatedProperties():
            return []
        case ir.Required() | ir.DependentRequired() | ir.DependentSchemas():
            return []
        case ir.OnAnyValue() | ir.InPlace():
            return []
        case _:
            assert_never(assertion)


def _number_limit(assertion: ir.NumberAssertion) -> str:
    match assertion:
        case ir.Minimum(limit, exclusive):
            return f"{'Above' if exclusive else 'At least'} {limit!r}."
        case ir.Maximum(limit, exclusive):
            return f"{'Below' if exclusive else 'At most'} {limit!r}."
        case ir.MultipleOf(divisor):
            return f"A multiple of {divisor!r}."
        case _:
            assert_never(assertion)


def _string_limit(assertion: ir.StringAssertion, formats: Formats) -> list[str]:
    match assertion:
        case ir.MinLength(limit):
            return [f"At least {characters(limit)}."] if limit else []
        case ir.MaxLength(limit):
            return [f"At most {characters(limit)}."]
        case ir.Pattern(regex):
            said = [f"Matches the pattern {literal(regex)}."]
            if ecma.way(regex) is ecma.Way.SHORT:
                longer = f"Text of more than {characters(ecma.bearable(regex))}"
                said.append(f"{longer} is not held against the pattern.")
            return said if len(regex) <= 60 else said[1:]
        case ir.Format(name):
            if name in formats.typed:
                return _narrower(formats.typed[name])
            shown = f"Format {literal(name)}, which is not checked."
            return [] if name in formats else [shown]
        case _:
            assert_never(assertion)


def _narrower(type_: TextType) -> list[str]:
    """A sentence on the values of a format that its Python type cannot hold; none if it
    holds all."""
    if not type_.beyond:
        return []
    than = f"The type is narrower than the format {literal(type_.format)}"
    return [f"{than}: it has {type_.beyond}."]
