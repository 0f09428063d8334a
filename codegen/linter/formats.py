"""What generated code keeps as documentation: formats, directions, encodings."""

from __future__ import annotations

from codegen.ir import model as ir
from codegen.linter.context import Context

_ANNOTATIONS = {
    "readOnly": "who may send the property is not checked",
    "writeOnly": "who may send the property is not checked",
    "contentEncoding": "the text is not decoded to be checked",
    "contentMediaType": "the text is not parsed to be checked",
    "contentSchema": "the text is not parsed to be checked",
}


def check(context: Context, *, asserted: bool) -> None:
    """One line for each format and each keyword, at its first place; `asserted` tells
    whether the formats are enforced that can be. Those with a type are in any case."""
    formats: dict[str, list[ir.Location]] = {}
    keywords: dict[str, list[ir.Location]] = {}
    for schema, raw in context.objects():
        dialect = context.dialect_of(schema)
        if dialect.ref_hides_siblings and "$ref" in raw:
            continue
        for assertion in schema.assertions:
            if isinstance(assertion, ir.Format):
                where = schema.location.child("format")
                formats.setdefault(assertion.name, []).append(where)
        for key in _ANNOTATIONS:
            if key in dialect.keywords and raw.get(key) not in (None, False):
                where = schema.location.child(key)
                keywords.setdefault(key, []).append(where)
    if formats:
        _formats(context, formats, asserted)
    for key, places in keywords.items():
        message = f"`{key}` is not enforced: {_ANNOTATIONS[key]}{_times(places)}"
        context.add("not-enforced", message, places[0], key=True)


def _times(places: list[ir.Location]) -> str:
    return f" ({len(places)} places)" if len(places) > 1 else ""


def _formats(
    context: Context, formats: dict[str, list[ir.Location]], asserted: bool
) -> None:
    # It takes long to import, and many specifications have no formats.
    from codegen.runtime._formats import FORMATS, NOT_ASSERTED

    for name, places in formats.items():
        if (asserted and name in FORMATS) or name in context.style.types:
            continue
        if name in FORMATS:
            reason = "is an annotation unless `--assert-formats` is given"
        elif name in NOT_ASSERTED:
            reason = f"is an annotation: {NOT_ASSERTED[name]}"
        else:
            message = f"no standard defines the format {name!r:.60}{_times(places)}"
            context.add("unknown-format", message, places[0])
            continue
        message = f"the format {name!r} {reason}{_times(places)}"
        context.add("format-not-asserted", message, places[0])
