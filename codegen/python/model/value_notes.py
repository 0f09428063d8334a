"""What docstrings say of values that are listed in place.

The values of an enumeration with a name are members, each with a docstring. Where a
list has no name, what the specification says of its values stands in the docstring of
the field, class or alias that holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codegen.ir import model as ir
from codegen.ir import walk
from codegen.ir.facts import is_null
from codegen.python.model import enumerations
from codegen.python.model.members import follows
from codegen.text import as_read, json_text


def values_told(schemas: Iterable[ir.Schema]) -> str:
    """A list of the values of which something is said, each once; empty where there are
    none."""
    found = (line for schema in schemas for line in _within(schema))
    return "\n".join(dict.fromkeys(found))


def _within(schema: ir.Schema) -> Iterator[str]:
    """The lines of a schema and of what is inside it. What has properties has a
    docstring of its own, and so has what is referred to; what is denied or is a
    condition is no value of the schema."""
    yield from _lines(schema)
    for assertion in schema.assertions:
        if not isinstance(assertion, ir.Properties | ir.Not | ir.IfThenElse):
            for inner in walk.subschemas(assertion):
                if not any(isinstance(a, ir.Properties) for a in inner.assertions):
                    yield from _within(inner)


def _lines(schema: ir.Schema) -> Iterator[str]:
    """What a schema says of each value that it lists itself; values of which it says
    the same stand together."""
    found: dict[str, list[str]] = {}
    for head, said in _said(schema):
        found.setdefault(said, []).append(head)
    for said, heads in found.items():
        yield f"- {', '.join(heads)}{': ' if said else ''}{said}"


def _said(schema: ir.Schema) -> Iterator[tuple[str, str]]:
    """Each value with its name, and what is said of it."""
    annotations = schema.annotations
    members = {_key(member.value): member for member in annotations.enum_members}
    texts = enumerations.described(schema) if _has_branches(schema) else {}
    told = {_key(value): text for value, text in texts.items()}
    own = walk.find(schema, ir.Enum)
    for value in (*(own.values if own is not None else ()), *texts):
        key = _key(value)
        member = members.get(key, ir.EnumMember(value, "", ""))
        named = member.name and not follows(member.name, value)
        shown = json_text(value) or "…"
        head = f"{shown} ({' '.join(member.name.split())})" if named else shown
        known = annotations.enum_metadata.get(str(value), {})
        facts = ", ".join(
            f"{name}: {json_text(fact) or '…'}" for name, fact in known.items()
        )
        said = as_read(member.description or told.get(key, "")).split()
        said += [f"{facts}."] if facts else []
        if said or named:
            yield head, " ".join(said)


def _key(value: ir.Json) -> tuple[type, str]:
    """A key under which true and 1 are different values."""
    return type(value), repr(value)


def _has_branches(schema: ir.Schema) -> bool:
    """Whether a schema is a union; what one branch says beside null is said of all."""
    unions = (a for a in schema.assertions if isinstance(a, ir.AnyOf | ir.OneOf))
    return any(len([s for s in a.schemas if not is_null(s)]) > 1 for a in unions)
