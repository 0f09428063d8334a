"""What kind of document a file is, and in which dialect its schemas are written."""

from __future__ import annotations

from typing import Final

from codegen.diagnostics import CodegenError, Report, Severity, Span
from codegen.frontend import dialects
from codegen.frontend.dialects import Dialect
from codegen.frontend.options import Options
from codegen.frontend.values import quoted
from codegen.ir import model as ir
from codegen.source import strangers
from codegen.source.document import Document
from codegen.source.node import Json

SCHEMA: Final = ""
"""The kind of a document that is a JSON Schema."""

_VERSIONS: Final[dict[str, tuple[tuple[str, Dialect], ...]]] = {
    "openapi": (
        ("3.0.", dialects.OPENAPI_3_0),
        ("3.1.", dialects.OPENAPI_3_1),
        ("3.2.", dialects.OPENAPI_3_2),
    ),
    "asyncapi": (("2.", dialects.ASYNCAPI), ("3.", dialects.ASYNCAPI)),
    "swagger": (),
}
"""By the key that tells the kind of document: its versions, each with the dialect."""

_CONVERT: Final = {
    "asyncapi 1": "; `asyncapi convert SPEC -t 3.0.0` of the AsyncAPI CLI makes "
    "version 3 of version 1",
    "swagger 2": "; `swagger2openapi SPEC -o openapi.yaml` makes OpenAPI 3 of it, and "
    "so does the menu of editor.swagger.io",
}
"""What to do about a version that is not read, by its first digit."""


def stated(data: Json) -> Dialect | None:
    """The dialect of a document that says by its version what it is; None of any other,
    which has that of whoever refers to it."""
    for key, versions in _VERSIONS.items():
        if isinstance(data, dict) and key in data:
            return _of_version(versions, _version_text(data[key]))
    return None


def _version_text(version: Json) -> str:
    """A version as text; to YAML one without quotes and with one dot is a number."""
    number = isinstance(version, int | float) and not isinstance(version, bool)
    return str(version) if number or isinstance(version, str) else ""


def _of_version(versions: tuple[tuple[str, Dialect], ...], text: str) -> Dialect | None:
    whole = f"{text}."
    return next((d for prefix, d in versions if whole.startswith(prefix)), None)


def recognised(
    document: Document, options: Options, report: Report, *, alone: bool = True
) -> tuple[str, Dialect]:
    """The kind of a document and its dialect. One that is not `alone` stands among
    others, for which it may be what accepts anything. Raises `CodegenError`."""
    data = document.data
    if isinstance(data, dict):
        for key in _VERSIONS:
            if key in data:
                return key, _dialect_of(document, key, report)
    elif not isinstance(data, bool):
        message = strangers.told(document.text)
        if not message:
            message = "the file is empty; a" if data is None else "a"
            message += " specification is a mapping: OpenAPI, AsyncAPI or JSON Schema"
        where = Span(document.path, 1, 1)
        report.add("dialect", message, where, source=document.line(1))
        raise CodegenError(report)
    if isinstance(data, dict) and data and options.dialect is None:
        _check_keywords(document, data, report, alone)
    return SCHEMA, options.dialect or dialects.DRAFT_2020_12


def _dialect_of(document: Document, key: str, report: Report) -> Dialect:
    """The dialect of a document that has its version under a key. Raises
    `CodegenError` for a version that is not read."""
    version, versions = document.data[key], _VERSIONS[key]
    text, span = _version_text(version), document.span("/" + key)
    source = document.source(span)
    dialect = _of_version(versions, text)
    if dialect is None:
        known = ", ".join(prefix.rstrip(".") for prefix, _ in versions)
        message = f"{key} {quoted(version)} is not understood"
        message += f"; its versions {known} are" if known else "; OpenAPI 3 is"
        message += _CONVERT.get(f"{key} {text[:1]}", "")
        report.add("dialect", message, span, source=source)
        raise CodegenError(report)
    if not isinstance(version, str):
        message = f"`{key}` takes text; {text} is read as {text!r}"
        warning = Severity.WARNING
        report.add("read-as-meant", message, span, severity=warning, source=source)
    return dialect


_TYPES: Final = frozenset((*ir.JSON_TYPES, "integer", "any"))

_NOTES: Final = frozenset(
    (
        "title", "description", "default", "example", "examples", "id", "$comment",
        "deprecated", "readOnly", "writeOnly", "format",
    )
)  # fmt: skip
"""Words of JSON Schema that data of all kinds have, too, and that assert nothing."""


def _says_something(key: str, value: Json) -> bool:
    """Whether a member is one that only schemas have."""
    if key == "type":
        named = value if isinstance(value, list) else [value]
        return any(str(name).lower() in _TYPES for name in named)
    if key == "dependencies":
        parts = value.values() if isinstance(value, dict) else ()
        return any(isinstance(part, list | dict | bool) for part in parts)
    if key == "$schema":  # Data may name the schema that it is of.
        return isinstance(value, str) and bool(dialects.of_schema_uri(value))
    return key in dialects.KEYWORDS and key not in _NOTES


_STRANGERS: Final = {
    "swaggerVersion": "Swagger 1; `api-spec-converter --from=swagger_1 --to=openapi_3 "
    "SPEC` converts it",
    "overlay": "an overlay; `--overlay FILE` applies it to a specification",
    "arazzo": "Arazzo, which describes workflows; its `sourceDescriptions` name the "
    "specifications",
    "openrpc": "OpenRPC; a specification is OpenAPI, AsyncAPI or JSON Schema",
    "smithy": "a Smithy model; the plugin `openapi` of `smithy build` makes OpenAPI of "
    "it",
}
"""What a document is that is no specification, by a key of its root, and what to do."""

_POSTMAN: Final = "a Postman collection; `p2o SPEC -f openapi.yaml` makes OpenAPI of it"
_RECORDING: Final = (
    "a recording of traffic; `codegen check-traffic SPEC RECORDING` holds it against a "
    "specification"
)


def _stranger(data: dict[str, Json]) -> str:
    """What a document is that is no specification, where that is known."""
    info, log = data.get("info"), data.get("log")
    if isinstance(info, dict) and "getpostman.com" in str(info.get("schema")):
        return f"this is {_POSTMAN}"
    if isinstance(log, dict) and "entries" in log:
        return f"this is {_RECORDING}"
    return next((f"this is {_STRANGERS[key]}" for key in data if key in _STRANGERS), "")


def strange_keys(data: dict[str, Json]) -> list[str]:
    """The members of a document that are no keywords of any dialect."""
    return [
        key
        for key in data
        if key not in dialects.KEYWORDS and not key.startswith(("x-", "$"))
    ]


def _check_keywords(
    document: Document, data: dict[str, Json], report: Report, alone: bool
) -> None:
    """Refuse a document in which no word of JSON Schema means anything: it is data of
    some kind, and as a schema it would accept everything."""
    others = strange_keys(data)
    if alone and all(key in _NOTES or key.startswith("x-") for key in data):
        others = list(data)
    if others and not any(_says_something(key, data[key]) for key in data):
        message = strangers.told(document.text) or _stranger(data)
        if not message:
            listed = ", ".join(f"`{key:.40}`" for key in others[:3])
            message = f"this is no schema: it has {listed} and no keyword that asserts"
            message += "; a specification is OpenAPI, AsyncAPI or JSON Schema"
        where = Span(document.path, 1, 1)
        report.add("dialect", message, where, source=document.line(1))
        raise CodegenError(report)
