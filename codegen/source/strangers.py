"""Files that are taken for specifications and are none: what their text is, and what
can be done."""

from __future__ import annotations

import re
from typing import Final

_CONVERTED: Final = "; `api-spec-converter --from={} --to=openapi_3 SPEC` converts it"
_OTHER: Final = "; a specification is OpenAPI, AsyncAPI or JSON Schema"

_BEGINNINGS: Final = (
    (
        re.compile(r"<(!doctype\s+html|html)\b", re.IGNORECASE),
        "this is a web page, not the file that it shows; save the raw file",
    ),
    (re.compile(r"<(\?xml\b|[\w:]+[\s/>])"), f"this is XML{_OTHER}, in YAML or JSON"),
    (re.compile(r"#%RAML\b"), "this is RAML" + _CONVERTED.format("raml")),
    (
        re.compile(r"FORMAT:\s*1A\b"),
        "this is API Blueprint" + _CONVERTED.format("api_blueprint"),
    ),
    (
        re.compile(r"""(//.*\n\s*)*(syntax\s*=\s*["']proto|package\s+[\w.]+;)"""),
        "this is Protocol Buffers; the plugin `protoc-gen-openapi` of gnostic makes "
        "OpenAPI of it",
    ),
    (
        re.compile(
            r"(type|input|interface|schema|scalar|enum|union)\b[^:\n]*\{\s*$", re.M
        ),
        f"this is GraphQL{_OTHER}",
    ),
)
"""How a text begins, white space aside, and what is said of it."""

_CONFLICT: Final = re.compile(r"^<{7} ", re.MULTILINE)
_LOOKED_AT: Final = 4096


def told(text: str) -> str:
    """What a text is that is no specification, and what to do about it; empty where
    nothing is known of it."""
    start = text[:_LOOKED_AT].lstrip("\ufeff \t\r\n")
    return next((said for sign, said in _BEGINNINGS if sign.match(start)), "")


def conflict(text: str) -> int | None:
    """The line, counted from 0, at which a merge was left to be resolved."""
    found = _CONFLICT.search(text)
    return None if found is None else text.count("\n", 0, found.start())
