"""Names and descriptions for the values of an `enum`, by the keywords of many tools.

JSON Schema has no names for values. These keywords are in use: `x-enum-varnames` and
`x-enum-descriptions` (OpenAPI Generator), `x-enumNames` and `x-enumDescriptions`
(NSwag), `x-speakeasy-enums` and `x-speakeasy-enum-descriptions`, `x-ms-enum`
(AutoRest), and those of editors (`ir.editors`). The first that a schema has counts.
Facts about values are a keyword of our own, `x-enum-metadata`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from codegen.diagnostics import Severity
from codegen.frontend.extensions import check
from codegen.frontend.scope import Scope
from codegen.ir import model as ir
from codegen.ir.editors import ENUM_DESCRIPTIONS
from codegen.source.node import Json

_NAMES: Final = ("x-enum-varnames", "x-enumNames", "x-speakeasy-enums")
_DESCRIPTIONS: Final = (
    "x-enum-descriptions",
    "x-enumDescriptions",
    "x-speakeasy-enum-descriptions",
    *ENUM_DESCRIPTIONS,
)
_MICROSOFT: Final = "x-ms-enum"
_FACTS: Final = "x-enum-metadata"
_FACT: Final = re.compile(r"[a-z][a-z0-9_]*")


def of(scope: Scope) -> tuple[ir.EnumMember, ...]:
    """The values that a schema lists and that have a name or a description."""
    every = (*_NAMES, *_DESCRIPTIONS, _MICROSOFT)
    used = [keyword for keyword in every if keyword in scope.data]
    values = _values(scope) if used else []
    if not values:
        _of_nothing(scope, used)
        return ()
    names = _first(scope, values, _NAMES)
    descriptions = _first(scope, values, _DESCRIPTIONS)
    microsoft = _microsoft(scope, values)
    found = []
    for index, value in enumerate(values):
        name, description = microsoft.get(index, ("", ""))
        name = names.get(index, name)
        description = descriptions.get(index, description)
        if (name or description) and not isinstance(value, dict | list):
            found.append(ir.EnumMember(value, name, description))
    return tuple(found)


def _of_nothing(scope: Scope, used: Iterable[str]) -> None:
    """Report names and descriptions of values where no value is listed."""
    if "enum" in scope.data:
        return  # What is wrong with it has been said.
    for keyword in used:
        given = scope.data[keyword]
        if keyword != _MICROSOFT or (isinstance(given, dict) and given.get("values")):
            message = f"`{keyword}` is about values, and no `enum` stands beside it"
            _ignored(scope, message, keyword, lost=True)


def _first(scope: Scope, values: list[Json], keywords: Iterable[str]) -> dict[int, str]:
    """The texts of the first keyword that is there, by the index of the value."""
    for keyword in keywords:
        if keyword in scope.data:
            return _texts(scope, values, keyword)
    return {}


def _texts(scope: Scope, values: list[Json], keyword: str) -> dict[int, str]:
    """The texts of a keyword, by the index of the value. It takes a list in the order
    of `enum`, which may leave out null, or a mapping from values."""
    given = scope.data[keyword]
    if isinstance(given, dict):
        keys = {_key(value): index for index, value in enumerate(values)}
        texts = {keys.get(key): text for key, text in given.items()}
        if None not in texts and all(isinstance(t, str) for t in texts.values()):
            return {index: text for index, text in texts.items() if index is not None}
    if isinstance(given, list) and all(isinstance(text, str) for text in given):
        indices = [index for index, value in enumerate(values) if value is not None]
        for places in (range(len(values)), indices):
            if len(places) == len(given):
                return dict(zip(places, given, strict=True))
    _ignored(scope, f"`{keyword}` takes a text for each value of `enum`", keyword)
    return {}


_SHOWN: Final = 6
"""How many values a message names."""


def _microsoft(scope: Scope, values: list[Json]) -> dict[int, tuple[str, str]]:
    """The names and descriptions of `x-ms-enum`, by the index of the value."""
    given = scope.data.get(_MICROSOFT)
    listed = given.get("values", []) if isinstance(given, dict) else None
    if given is None or listed == []:
        return {}
    every = list(map(_told, listed if isinstance(listed, list) else [None]))
    told = dict(filter(None, every))
    found = {
        index: told[_key(value)]
        for index, value in enumerate(values)
        if _key(value) in told
    }
    if not found or not all(every):
        message = f"`{_MICROSOFT}` takes the values of `enum`, each with a `name`"
        _ignored(scope, message, _MICROSOFT)
        return {}
    if strange := list(told.keys() - {_key(value) for value in values}):
        shown = ", ".join(map(repr, sorted(strange)[:_SHOWN]))
        shown += ", …" if len(strange) > _SHOWN else ""
        message = f"`{_MICROSOFT}` has values that are not in `enum`: {shown}"
        _ignored(scope, message, _MICROSOFT, lost=True)
    return found


def _told(entry: Json) -> tuple[str, tuple[str, str]] | None:
    """What an entry of `x-ms-enum` says: the value as a key, its name and description.
    None where it is no such entry."""
    if not isinstance(entry, dict):
        return None
    texts = entry.get("name", ""), entry.get("description", "")
    if not all(isinstance(text, str) for text in texts):
        return None
    return _key(entry.get("value")), texts


def metadata(scope: Scope, extensions: dict[str, Json]) -> dict[str, dict[str, Json]]:
    """The facts about values, by the value as a key. What is none is left out."""
    if _FACTS not in extensions:
        return {}
    given = extensions.pop(_FACTS)
    place = scope.lowering.child(scope.place, _FACTS)
    if not check(scope.lowering, place, _FACTS, Severity.WARNING):
        scope.depart(f"Left out: parts of `{_FACTS}` that are no facts.")
    found = {}
    for member, told in given.items() if isinstance(given, dict) else ():
        facts = told.items() if isinstance(told, dict) else ()
        own = {name: fact for name, fact in facts if _is_fact(name, fact)}
        if own and _is_listed(scope, member):
            found[member] = own
    return found


def _is_fact(name: str, fact: Json) -> bool:
    return not isinstance(fact, dict | list) and bool(_FACT.fullmatch(name))


def _is_listed(scope: Scope, member: str) -> bool:
    """Whether facts are about a value that is listed beside them, as a member of an
    enumeration. Reports others."""
    values = [value for value in _values(scope) if value is not None]
    alike = {type(value) for value in values} in ({str}, {int})
    if alike and member in map(_key, values):
        return True
    where = scope.location.child(_FACTS, member)
    message = f"`{_FACTS}`: {member!r} is no member of an enumeration; this is left out"
    scope.lowering.problem(
        "invalid-keyword", message, where, key=True, severity=Severity.WARNING
    )
    return False


def _values(scope: Scope) -> list[Json]:
    """The values of an `enum`, a constant, or those of a union of constants."""
    if isinstance(values := scope.data.get("enum"), list):
        return values
    if "const" in scope.data:
        return [scope.data["const"]]
    branches = scope.data.get("oneOf", scope.data.get("anyOf"))
    found = branches if isinstance(branches, list) else []
    return [one["const"] for one in found if isinstance(one, dict) and "const" in one]


def _key(value: Json) -> str:
    """A value as the key of a mapping: 1 is "1"."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return str(value)


def _ignored(scope: Scope, message: str, keyword: str, lost: bool = False) -> None:
    where, prose = scope.location.child(keyword), keyword in _DESCRIPTIONS
    kept = "the values keep the names that follow from themselves"
    lost = lost or prose
    scope.lowering.problem(
        "invalid-keyword",
        f"{message}; {'this is left out' if lost else kept}",
        where,
        severity=Severity.WARNING,
        read=prose,
    )
