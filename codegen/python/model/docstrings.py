"""What a docstring says beside the description: limits, defaults, what is unchecked."""

from __future__ import annotations

from codegen.ir import model as ir
from codegen.text import literal

_UNITS = {
    ir.MinLength: "At least {} characters.",
    ir.MaxLength: "At most {} characters.",
    ir.MinItems: "At least {} items.",
    ir.MaxItems: "At most {} items.",
    ir.MinProperties: "At least {} properties.",
    ir.MaxProperties: "At most {} properties.",
}


def described(
    schemas: tuple[ir.Schema, ...], formats: frozenset[str], *, own: bool = True
) -> str:
    """The text of a docstring for what these schemas describe together."""
    parts: list[str] = []
    for schema in schemas:
        text = schema.annotations.description or schema.annotations.title
        if text.strip() and text not in parts:
            parts.append(text.strip())
    notes = [note for schema in schemas for note in _notes(schema, formats, own)]
    if notes:
        parts.append(" ".join(dict.fromkeys(notes)))
    return "\n\n".join(parts)


def _notes(schema: ir.Schema, formats: frozenset[str], own: bool) -> list[str]:
    notes: list[str] = []
    if own:
        for assertion in schema.assertions:
            notes += _limit(assertion, formats)
    annotations = schema.annotations
    if annotations.default is not ir.MISSING:
        shown = literal(annotations.default)
        if len(shown) <= 60:
            notes.append(f"Default of the API: {shown}.")
    if annotations.deprecated:
        notes.append("Deprecated.")
    if annotations.read_only:
        notes.append("Only the server writes this.")
    if annotations.write_only:
        notes.append("Only the client writes this.")
    return notes


def _limit(assertion: ir.Assertion, formats: frozenset[str]) -> list[str]:
    match assertion:
        case ir.Minimum(limit, exclusive):
            return [f"{'Above' if exclusive else 'At least'} {limit!r}."]
        case ir.Maximum(limit, exclusive):
            return [f"{'Below' if exclusive else 'At most'} {limit!r}."]
        case ir.MultipleOf(divisor):
            return [f"A multiple of {divisor!r}."]
        case ir.Pattern(regex) if len(regex) <= 60:
            return [f"Matches the pattern {literal(regex)}."]
        case ir.UniqueItems():
            return ["No item twice."]
        case ir.Format(name) if name not in formats:
            return [f"Format {literal(name)}, which is not checked."]
        case _:
            template = _UNITS.get(type(assertion))
            return [template.format(assertion.limit)] if template else []  # type: ignore[union-attr]  # all in _UNITS have it
