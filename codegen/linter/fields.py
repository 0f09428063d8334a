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
    REFERENCE: "$ref summary description",
}

_ASYNCAPI_FIELDS: Final = {
    "server variable": "enum default description examples",
    "correlation id": "description location",
    "reply address": "description location",
}

_SCHEME: Final = "type description name in scheme bearerFormat flows openIdConnectUrl"

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
    # The last of each is of version 2, and read all the same.
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
_SWAGGER: Final = {
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
    """Every object around schemas."""
    parts = context.loaded.around.parts
    fields = _fields(context) if parts else {}
    said = {item.span for item in context.report}
    for part in parts:
        known = fields.get(part.kind)
        raw = context.raw(part.location)
        if known is None or not isinstance(raw, dict):
            continue
        for key in raw:
            where = part.location.child(key)
            if key in known or key.startswith("x-"):
                continue
            if context.loaded.span(where) not in said:
                message = _message(part.kind, key, known)
                context.add("unknown-field", message, where, key=True)
        if part.kind == "operation":
            _statuses(context, part, raw)


def _statuses(context: Context, part: Part, operation: dict[str, ir.Json]) -> None:
    """The keys of answers, by which programs find them."""
    answers = operation.get("responses")
    for key in answers if isinstance(answers, dict) else ():
        if not _STATUS.match(key) and not key.startswith("x-") and key != "$ref":
            message = f"`{key}` is no status, no range as `4XX` and not `default`; "
            message += "no answer is found by it"
            where = part.location.child("responses", key)
            context.add("unknown-field", message, where, key=True)


def _fields(context: Context) -> Mapping[str, frozenset[str]]:
    root = next(iter(context.loaded.workspace.documents.values())).data
    table = _OPENAPI_FIELDS
    if "asyncapi" in root:
        old = str(root["asyncapi"]).startswith("2")
        table = _ASYNCAPI_2_FIELDS if old else _ASYNCAPI_3_FIELDS
    return {kind: frozenset(words.split()) for kind, words in table.items()}


def _message(kind: str, key: str, known: frozenset[str]) -> str:
    if kind == REFERENCE:
        return f"`{key}` beside `$ref` is not read"
    called = _CALLED.get(kind, kind)
    message = f"`{key}` is no field of the {called}"
    words, home = _SWAGGER.get(kind, ("", ""))
    if key in words.split():
        told = f"what Swagger 2.0 has there stands in {home} in OpenAPI 3"
        return f"{message}; it is not read: {told}"
    near = nearest(key, known)
    return f"{message}{nearby.asked([near] if near else [])}; it is not read"
