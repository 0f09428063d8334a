"""Infers a schema from what was seen: as precise as the values agree on, and open."""

from __future__ import annotations

from codegen.frontend.dialects import Dialect
from codegen.traffic.evidence import Evidence, Json

_ORDER = ("string", "integer", "number", "boolean", "array", "object")


def schema_of(evidence: Evidence, dialect: Dialect) -> dict[str, Json]:
    """A schema that accepts all values of a place."""
    types = [name for name in _ORDER if evidence.types[name]]
    if "number" in types and "integer" in types:
        types.remove("integer")
    found = typed(types, bool(evidence.types["null"]), dialect)
    if "array" in types and (items := evidence.inside.get("*")) is not None:
        found["items"] = schema_of(items, dialect)
    members = {name: e for name, e in evidence.inside.items() if name != "*"}
    if "object" in types and members:
        found["properties"] = {
            name: schema_of(inner, dialect) for name, inner in members.items()
        }
        if required := always(evidence):
            found["required"] = required
    return found


def typed(types: list[str], null: bool, dialect: Dialect) -> dict[str, Json]:
    """A schema for these types, with null if `null`, in the spelling of a dialect."""
    if dialect.name == "openapi-3.0":
        if not types:
            return null_alone(dialect) if null else {}
        if len(types) > 1:
            branches = [{"type": name} for name in types]
            return {"anyOf": [*branches, *([null_alone(dialect)] if null else [])]}
        return {"type": types[0]} | ({"nullable": True} if null else {})
    all_ = [*types, *(["null"] if null else [])]
    if not all_:
        return {}
    return {"type": all_[0] if len(all_) == 1 else all_}


def null_alone(dialect: Dialect) -> dict[str, Json]:
    """The schema of null, in the spelling of a dialect."""
    if dialect.name == "openapi-3.0":
        return {"type": "string", "nullable": True, "enum": [None]}
    return {"type": "null"}


def one_value(value: Json, dialect: Dialect) -> dict[str, Json]:
    """The schema of one value, with its type."""
    match value:
        case bool():
            kind = "boolean"
        case int():
            kind = "integer"
        case _:
            kind = "string"
    if "const" in dialect.keywords:
        return {"type": kind, "const": value}
    return {"type": kind, "enum": [value]}


def always(evidence: Evidence) -> list[str]:
    """The properties that every object at a place had."""
    if evidence.many or not evidence.names or "object" not in evidence.types:
        return []
    first, *others = evidence.names
    return [name for name in first if all(name in names for names in others)]
