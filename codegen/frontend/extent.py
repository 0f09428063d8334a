"""Which files a specification consists of, whoever reads it.

A package needs little of what surrounds schemas. Yet what it was made from is all that
its specification says, in whichever file; so files that nobody has read belong to it,
too.
"""

from __future__ import annotations

from collections.abc import Iterator

from codegen.frontend.context import Context
from codegen.frontend.resources import Place, Unresolved
from codegen.frontend.whole import is_alone
from codegen.ir import model as ir


def read(context: Context) -> None:
    """Read the files that nothing has led to yet but references in what is not read.
    What cannot be had is left out."""
    if is_alone(context.root.document):
        return
    context.lowering.resources.workspace.read_on()
    seen: set[ir.Location] = set()
    stack = [Place(context.root, "", context.data)]
    while stack:
        for target in _targets(context, stack.pop()):
            where = context.lowering.location(target)
            if where not in seen:
                seen.add(where)
                stack.append(target)


def files(context: Context) -> tuple[ir.SourceFile, ...]:
    """All files that have been read, the root document first and overlays last."""
    workspace = context.lowering.resources.workspace
    documents = list(workspace.documents.values())
    ordered = documents[:1] + sorted(documents[1:], key=lambda d: d.name)
    found = [ir.SourceFile(d.name, d.digest) for d in ordered]
    found += [ir.SourceFile(d.name, d.digest, True) for d in workspace.overlays]
    return tuple(found)


def _targets(context: Context, start: Place) -> Iterator[Place]:
    """Where the references within a value lead, those within the root document aside:
    that is looked through as a whole."""
    stack = [start]
    while stack:
        place = stack.pop()
        if isinstance(place.data, dict):
            text = place.data.get("$ref")
            if isinstance(text, str):
                target = _target(context, text, place)
                if target is not None:
                    yield target
            keys = list(place.data)
        elif isinstance(place.data, list):
            keys = [str(index) for index in range(len(place.data))]
        else:
            continue
        stack += [context.lowering.child(place, key) for key in keys]


def _target(context: Context, text: str, place: Place) -> Place | None:
    root, resources = context.root.document, context.lowering.resources
    inside = text.startswith("#") and place.resource.document is root
    # Nothing is fetched that nobody reads.
    if inside or not resources.is_local(text, place.resource):
        return None
    try:
        target = resources.resolve(text, place.resource)
    except Unresolved:
        return None
    return None if target.resource.document is root else target
