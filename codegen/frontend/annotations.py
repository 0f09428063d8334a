"""What a schema says without asserting anything."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from codegen.diagnostics import Severity
from codegen.frontend import enum_members, for_editors
from codegen.frontend.resources import Unresolved
from codegen.frontend.scope import ANNOTATIONS, Scope
from codegen.ir import model as ir
from codegen.source.node import Json

_NOTHING = ir.Annotations()
_DOCUMENTATION: Final = frozenset(("title", "description", "examples"))
"""What no comparison has to know."""
_DESCRIPTION: Final = frozenset(("description",))
_DISCRIMINATOR: Final = frozenset(("propertyName", "mapping", "defaultMapping"))
_KEEPING: Final = frozenset(("$defs", "definitions"))

_TAGS: Final = ("x-ms-discriminator-value", "x-discriminator-value")
"""The keywords by which a schema claims its tag (AutoRest, OpenAPI Generator). The
first that it has counts."""

_UNREAD: Final = frozenset(("contentSchema",))
"""What texts hold; nothing is made of it."""

BESIDE: Final = "beside $ref"
"""Where everything is kept that a dialect ignores beside a reference."""


def of(scope: Scope) -> ir.Annotations:
    """The annotations of a schema object."""
    data = scope.data
    extensions = {key: data[key] for key in data if key.startswith("x-")}
    others = unknown(scope)
    if isinstance(told := scope.get("discriminator"), dict):
        for key in sorted(told.keys() - _DISCRIMINATOR):
            kind = extensions if key.startswith("x-") else others
            kind[f"discriminator/{key}"] = told[key]
    if not extensions and not others and ANNOTATIONS.isdisjoint(data):
        return _NOTHING
    if not extensions and not others and ANNOTATIONS & data.keys() == _DESCRIPTION:
        return ir.Annotations(description=_text(scope, "description"))  # As most do.
    return ir.Annotations(
        title=_text(scope, "title"),
        description=for_editors.description(scope, _text(scope, "description")),
        default=data["default"] if scope.has("default") else ir.MISSING,
        examples=_examples(scope),
        deprecated=scope.flag("deprecated") or for_editors.is_deprecated(scope),
        read_only=scope.flag("readOnly"),
        write_only=scope.flag("writeOnly"),
        content_encoding=_text(scope, "contentEncoding"),
        content_media_type=_text(scope, "contentMediaType"),
        discriminator=_discriminator(scope),
        tag=_tag(scope),
        enum_metadata=enum_members.metadata(scope, extensions),
        enum_members=enum_members.of(scope),
        extensions=extensions,
        others=others,
    )


def with_remarks(
    notes: ir.Annotations, remarks: Iterable[ir.Annotations]
) -> ir.Annotations:
    """Annotations with what parts of the schema say besides; what it says itself goes
    before."""
    for more in remarks:
        notes = replace(
            notes,
            title=notes.title or more.title,
            description=notes.description or more.description,
            default=more.default if notes.default is ir.MISSING else notes.default,
            examples=notes.examples or more.examples,
            deprecated=notes.deprecated or more.deprecated,
            read_only=notes.read_only or more.read_only,
            write_only=notes.write_only or more.write_only,
            extensions={**more.extensions, **notes.extensions},
            others={**more.others, **notes.others},
        )
    return notes


def unknown(scope: Scope) -> dict[str, Json]:
    """The keywords that the dialect gives no meaning, or none that is read, extensions
    aside, and what other dialects keep schemas in, which mean something where they are
    referred to."""
    return {
        key: (
            scope.lowering.whole(scope.lowering.child(scope.place, key))
            if key in _UNREAD
            else value
        )
        for key, value in scope.data.items()
        if (not scope.dialect.reads(key) or key in _UNREAD)
        and key not in _KEEPING
        and not key.startswith("x-")
    }


def beside_reference(scope: Scope) -> ir.Annotations:
    """What stands beside a reference where the dialect ignores it."""
    beside = {key: value for key, value in scope.data.items() if key != "$ref"}
    return ir.Annotations(others={BESIDE: beside}) if beside else _NOTHING


def _text(scope: Scope, keyword: str) -> str:
    value = scope.get(keyword)
    if value is None or isinstance(value, str):
        return value or ""
    _left_out(scope, keyword, "a string")
    scope.depart(f"Left out: a `{keyword}` that is no text.")
    return ""


def _left_out(scope: Scope, keyword: str, expected: str) -> None:
    where = scope.location.child(keyword)
    message = f"`{keyword}` takes {expected}; this is left out"
    scope.lowering.problem(
        "invalid-keyword",
        message,
        where,
        severity=Severity.WARNING,
        read=keyword in _DOCUMENTATION,
    )


def _examples(scope: Scope) -> tuple[Json, ...]:
    """`examples`, OpenAPI's `example`, and the JSON text that OpenAI keeps in
    `x-oaiMeta.example`, in this order."""
    found: list[Json] = []
    many = scope.get("examples")
    if isinstance(many, list):
        found.extend(many)
    elif many is not None:
        _left_out(scope, "examples", "a list of values")
        scope.depart("Left out: `examples` that are no list.")
    if scope.has("example"):
        found.append(scope.data["example"])
    meta = scope.data.get("x-oaiMeta")
    if isinstance(meta, dict) and isinstance(meta.get("example"), str):
        # Some are prose or a fragment.
        with contextlib.suppress(ValueError, RecursionError):
            found.append(json.loads(meta["example"]))
    return tuple(found)


def _discriminator(scope: Scope) -> ir.Discriminator | None:
    value = scope.get("discriminator")
    if value is None:
        return None
    if not (scope.has("oneOf") or scope.has("anyOf")):
        scope.lowering.require_children(scope.place)
    if isinstance(value, str):
        if scope.dialect.name != "asyncapi":
            expected = "a mapping with `propertyName`"
            scope.meant("discriminator", expected, "that, as in Swagger 2.0")
        return ir.Discriminator(value)
    name = value.get("propertyName") if isinstance(value, dict) else None
    if not isinstance(name, str):
        scope.invalid("discriminator", "a mapping with `propertyName`")
        return None
    if scope.dialect.name == "asyncapi":
        scope.meant("discriminator", "the name of a property", "that, as in OpenAPI")
    mapping = value.get("mapping", {})
    if not isinstance(mapping, dict):
        scope.invalid("discriminator", "a mapping of values", "mapping")
        mapping = {}
    targets: dict[str, ir.SchemaId] = {}
    for tag, reference in mapping.items():
        target = _target(scope, reference, "mapping", tag)
        if target is not None:
            targets[tag] = target
    default = None
    if "defaultMapping" in value:
        default = _target(scope, value["defaultMapping"], "defaultMapping")
    return ir.Discriminator(name, targets, default=default)


def _tag(scope: Scope) -> str | None:
    """The tag that a schema claims. As in a mapping it is a text, whatever the property
    takes; numbers and booleans are spelled like those of JSON."""
    for keyword in _TAGS:
        value = scope.data.get(keyword)
        if isinstance(value, str):
            return value
        if isinstance(value, int | float):
            return json.dumps(value)
        if keyword in scope.data:
            _left_out(scope, keyword, "a string")
    return None


def _target(scope: Scope, reference: Json, *at: str) -> ir.SchemaId | None:
    """A mapping gives the name of a component or a URI reference. One that leads
    nowhere is left out: no branch has the tag."""
    where = scope.location.child("discriminator", *at)
    lowering = scope.lowering
    if not isinstance(reference, str):
        message = "a mapping takes names to schemas"
        scope.dropped("invalid-keyword", message, "discriminator", *at)
        return None
    components = lowering.components
    if components is not None and reference in components.data:
        named = lowering.child(components, reference)
        return lowering.require(lowering.named_by(named))
    try:
        target = lowering.resolve(reference, scope.place.resource, where)
    except Unresolved as error:
        message = f"{reference!r} is neither a component nor a reference: {error}"
        scope.dropped(error.code, message, "discriminator", *at)
        return None
    return lowering.require(lowering.named_by(target), scope.environment)
