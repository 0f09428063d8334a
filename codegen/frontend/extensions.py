"""The extension keywords and the JSON Schema that says what they take."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from codegen.diagnostics import Severity
from codegen.frontend.resources import Place
from codegen.frontend.scope import Lowerer


@cache
def _validator(keyword: str) -> Any:
    import jsonschema  # Few documents have such keywords.

    text = resources.files("codegen.frontend").joinpath("extensions.schema.json")
    schema = json.loads(text.read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(
        {"$defs": schema["$defs"], "$ref": f"#/$defs/{keyword}"}
    )


def check(
    lowering: Lowerer,
    place: Place,
    keyword: str,
    severity: Severity = Severity.ERROR,
) -> bool:
    """Whether a value is what an extension keyword takes. Reports what is wrong with
    it."""
    where = lowering.location(place)
    valid = True
    for error in _validator(keyword).iter_errors(place.data):
        valid = False
        inner = where.child(*error.absolute_path)
        message = f"`{keyword}`: {error.message}"
        if severity is Severity.WARNING:
            message += "; this is left out"
        lowering.problem("invalid-keyword", message, inner, severity=severity)
    return valid
