"""Fields of objects that are no schemas: those that the language does not have.

A field that nobody takes drops what its author meant by it, as an unknown keyword does.
Many are what is left of an earlier version of the language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from codegen import nearby
from codegen.frontend.context import Part
from codegen.frontend.everywhere import REFERENCE
from codegen.ir import model as ir
from codegen.linter.context import Context
from codegen.linter.keywords import nearest
from codegen.source import pointer

_METHODS: Final = "get put post delete options head patch trace query"
_SHOWN: Final = "schema example examples content"
_PARTS: Final = "encoding prefixEncoding itemEncoding"
_WORDS: Final = "title summary description tags externalDocs bindings"
_TRAITS: Final = "operationTraits messageTraits"
_BINDINGS: Final = "serverBindings channelBindings operationBindings messageBindings"
_SHARED: Final = (
    f"schemas servers serverVariables channels messages securitySchemes parameters "
    f"correlationIds {_TRAITS} {_BINDINGS}"
)
_ASYNCAPI: Final = "asyncapi id info servers defaultContentType channels components"

_SCHEME: Final = "type description name in scheme bearerFormat flows openIdConnectUrl"

_OPENAPI_FIELDS: Final = {
    "document": "openapi $self info jsonSchemaDialect servers paths webhooks "
    "components security tags externalDocs",
    "components": "schemas responses parameters examples requestBodies headers "
    "securitySchemes links callbacks pathItems mediaTypes",
    "path item": f"$ref summary description servers parameters {_METHODS} "
    "additionalOperations",
    "operation": "tags summary description externalDocs operationId parameters "
    "requestBody responses callbacks deprecated security servers",
    "parameter": f"name in description required deprecated allowEmptyValue style "
    f"explode allowReserved {_SHOWN}",
    "header": f"description required deprecated style explode {_SHOWN}",
    "body": "description content required",
    "response": "summary description headers content links",
    "media": f"schema itemSchema example examples {_PARTS}",
    "encoding": f"contentType headers style explode allowReserved {_PARTS}",
    "security scheme": f"{_SCHEME} deprecated oauth2MetadataUrl",
    "discriminator": "propertyName mapping defaultMapping",
    REFERENCE: "$ref summary description",
}

_SINCE: Final = {
    "3.1": {"document": "jsonSchemaDialect webhooks", "components": "pathItems"},
    "3.2": {
        "document": "$self",
        "components": "mediaTypes",
        "path item": "query additionalOperations",
        "response": "summary",
        "media": "itemSchema prefixEncoding itemEncoding",
        "encoding": _PARTS,
        "security scheme": "deprecated oauth2MetadataUrl",
        "discriminator": "defaultMapping",
    },
}
"""What a version of OpenAPI added, by kind. It is read in documents of all versions."""

_OF_ASYNCAPI_2: Final = {"message": "schemaFormat", "parameter": "schema"}
"""What AsyncAPI 2 has, by kind, and is read in documents of version 3, too."""

_ASYNCAPI_FIELDS: Final = {
    "server variable": "enum default description examples",
    "correlation id": "description location",
    "reply address": "description location",
}

_ASYNCAPI_2_FIELDS: Final = {
    **_ASYNCAPI_FIELDS,
    "server": "url protocol protocolVersion description variables security tags "
    "bindings",
    "security scheme": _SCHEME,
    "document": f"{_ASYNCAPI} tags externalDocs",
    "components": _SHARED,
    "channel": "description servers subscribe publish parameters bindings",
    "operation": f"operationId security traits message {_WORDS}",
    "message": f"oneOf messageId headers payload correlationId schemaFormat "
    f"contentType name examples traits {_WORDS}",
    "operation trait": f"operationId security {_WORDS}",
    "message trait": f"messageId headers correlationId schemaFormat contentType name "
    f"examples {_WORDS}",
    "parameter": "description schema location",
    REFERENCE: "$ref",
}

_ASYNCAPI_3_FIELDS: Final = {
    **_ASYNCAPI_FIELDS,
    "server": f"host protocol protocolVersion pathname variables security {_WORDS}",
    "security scheme": f"{_SCHEME} scopes",
    "document": f"{_ASYNCAPI} operations",
    "components": f"{_SHARED} operations replies replyAddresses externalDocs tags",
    "channel": f"address messages servers parameters {_WORDS}",
    "operation": f"action channel security traits messages reply {_WORDS}",
    "message": f"headers payload correlationId contentType name examples traits "
    f"{_WORDS} schemaFormat",
    "parameter": "enum default description examples location schema",
    "operation trait": f"security {_WORDS}",
    "message trait": f"headers correlationId contentType name examples {_WORDS}",
    "reply": "address channel messages",
    REFERENCE: "$ref",
}

_CALLED: Final = {"body": "request body", "media": "media type"}
"""What people call a kind, where that is another word."""

_TYPED: Final = """type format items collectionFormat default maximum exclusiveMaximum
    minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems
    enum multipleOf"""
_SWAGGER: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(("parameter", "header"), (_TYPED, "`schema`")),
    "response": ("schema", "`content`"),
    "document": (
        "definitions parameters responses securityDefinitions",
        "`components`",
    ),
    "operation": ("consumes produces", "`content` of bodies"),
}
"""By kind, what Swagger 2.0 has there, and where that stands in OpenAPI 3."""

_STATUS: Final = re.compile(r"[1-5]([0-9][0-9]|XX|xx)\Z|default\Z")


def check(context: Context) -> None:
    """Every object around schemas, and the discriminators in them."""
    root = next(iter(context.loaded.workspace.documents.values())).data
    fields, foreign = _fields(root), _foreign(root)
    swagger: Mapping[str, tuple[str, str]] = {} if _asyncapi(root) else _SWAGGER
    said = {item.span for item in context.report}

    def judge(kind: str, location: ir.Location, raw: dict[str, ir.Json]) -> None:
        known = fields.get(kind)
        for key in raw if known is not None else ():
            where = location.child(key)
            if home := foreign.get((kind, key)):
                called = _CALLED.get(kind, kind)
                message = f"`{key}` of the {called} is of {home}; it is read as there"
                context.add("foreign-keyword", message, where, key=True)
            if known is None or key in known or key.startswith("x-"):
                continue
            if context.loaded.span(where) not in said:
                message = _message(kind, key, known, swagger)
                if kind == "security scheme" and isinstance(raw[key], list):
                    message = f"`{key}` names a scheme as AsyncAPI 2 does; it is not "
                    message += "read: AsyncAPI 3 has "
                    place = f"#/components/securitySchemes/{pointer.escape(key)}"
                    message += f"`$ref: '{place}'`"
                context.add("unknown-field", message, where, key=True)

    for part in context.loaded.around.parts:
        raw = context.raw(part.location)
        if not isinstance(raw, dict):
            continue
        judge(part.kind, part.location, raw)
        if part.kind == "operation":
            _statuses(context, part, raw)
        if part.kind in ("parameter", "header") and raw.keys() >= {"schema", "content"}:
            message = "`schema` beside `content` is not read"
            where = part.location.child("schema")
            context.add("unknown-field", message, where, key=True)
    for schema, raw in context.objects():
        told = raw.get("discriminator")
        if isinstance(told, dict):
            judge("discriminator", schema.location.child("discriminator"), told)


def _statuses(context: Context, part: Part, operation: dict[str, ir.Json]) -> None:
    """The keys of answers, by which programs find them."""
    answers = operation.get("responses")
    for key in answers if isinstance(answers, dict) else ():
        if not _STATUS.match(key) and not key.startswith("x-") and key != "$ref":
            message = f"`{key}` is no status, no range as `4XX` and not `default`; "
            message += "no answer is found by it"
            where = part.location.child("responses", key)
            context.add("unknown-field", message, where, key=True)


def _fields(root: ir.Json) -> Mapping[str, frozenset[str]]:
    """The fields that a document can have, by kind."""
    table = _OPENAPI_FIELDS
    if version := _asyncapi(root):
        table = _ASYNCAPI_2_FIELDS if version == "2" else _ASYNCAPI_3_FIELDS
    return {kind: frozenset(words.split()) for kind, words in table.items()}


def _foreign(root: ir.Json) -> Mapping[tuple[str, str], str]:
    """What other versions of the language have and is read all the same: where that is
    at home, by kind and field."""
    if version := _asyncapi(root):
        homes = [("AsyncAPI 2", _OF_ASYNCAPI_2)] if version != "2" else []
    else:
        own = str(root.get("openapi")) if isinstance(root, dict) else ""
        homes = [(f"OpenAPI {v}", kinds) for v, kinds in _SINCE.items() if own[:3] < v]
    return {
        (kind, key): home
        for home, kinds in homes
        for kind, words in kinds.items()
        for key in words.split()
    }


def _asyncapi(root: ir.Json) -> str:
    """The first digit of the version of AsyncAPI; empty for OpenAPI."""
    version = root.get("asyncapi") if isinstance(root, dict) else None
    return "" if version is None else str(version)[:1]


def _message(
    kind: str,
    key: str,
    known: frozenset[str],
    swagger: Mapping[str, tuple[str, str]],
) -> str:
    if kind == REFERENCE:
        return f"`{key}` beside `$ref` is not read"
    called = _CALLED.get(kind, kind)
    message = f"`{key}` is no field of the {called}"
    words, home = swagger.get(kind, ("", ""))
    if key in words.split():
        told = f"what Swagger 2.0 has there stands in {home} in OpenAPI 3"
        return f"{message}; it is not read: {told}"
    near = nearest(key, known)
    return f"{message}{nearby.asked([near] if near else [])}; it is not read"
