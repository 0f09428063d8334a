"""Golden files say what cannot be taken for granted, and nothing twice.

* a document's `json` is left out where it is the text of its `value`;
* a case without `in` changes the document `full`;
* a violation that is a keyword only is at the place that is changed;
* a field is called as its property where it has no `name`;
* a class refuses `[]` because of its type, and `{}` for what stands under `refused`.

`opened` says all of it, `shortened` leaves it out.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import json
from typing import Any, TypeAlias

_Record: TypeAlias = dict[str, Any]

_FULL = "full"
_LIST: _Record = {"value": [], "violations": [["", "type"]]}


def written(value: Any) -> str:
    """The JSON text that a value is encoded to."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def shortened(record: _Record) -> _Record:
    """A golden file's record without what goes without saying."""
    found = dict(record)
    if "documents" in record:
        found["documents"] = [_short_document(entry) for entry in record["documents"]]
    if "cases" in record:
        found["cases"] = [_short_case(case) for case in record["cases"]]
    if "fields" in record:
        found["fields"] = {
            name: {key: _without_name(key, field) for key, field in fields.items()}
            for name, fields in record["fields"].items()
        }
        found["refused"] = {
            name: _short_refusal(entries) for name, entries in record["refused"].items()
        }
    return found


def opened(record: _Record) -> _Record:
    """The record of a golden file with all that goes without saying."""
    found = dict(record)
    if "documents" in record:
        found["documents"] = [_open_document(entry) for entry in record["documents"]]
    if "cases" in record:
        whole = any(entry["name"] == _FULL for entry in record.get("documents", ()))
        base = {"in": _FULL} if whole else {}
        found["cases"] = [
            {**base, **case, "violations": _pairs(case["violations"], case["at"])}
            for case in record["cases"]
        ]
    if "fields" in record:
        found["fields"] = {
            name: {key: {"name": key, **field} for key, field in fields.items()}
            for name, fields in record["fields"].items()
        }
        found["refused"] = {
            name: _open_refusal(short) for name, short in record["refused"].items()
        }
    return found


def _short_document(entry: _Record) -> _Record:
    implied = "json" in entry and entry["json"] == written(entry["value"])
    return {key: entry[key] for key in entry if key != "json" or not implied}


def _open_document(entry: _Record) -> _Record:
    known = "json" in entry or "repr" not in entry
    return entry if known else {**entry, "json": written(entry["value"])}


def _short_case(case: _Record) -> _Record:
    short = {key: case[key] for key in case if key != "in" or case[key] != _FULL}
    return {**short, "violations": _keywords(case["violations"], case["at"])}


def _keywords(violations: list[Any], at: str) -> list[Any]:
    return [pair[1] if pair[0] == at else pair for pair in violations]


def _pairs(violations: list[Any], at: str) -> list[Any]:
    return [[at, one] if isinstance(one, str) else one for one in violations]


def _without_name(key: str, field: _Record) -> _Record:
    named = field.get("name") == key
    return {k: value for k, value in field.items() if k != "name" or not named}


def _short_refusal(entries: list[_Record]) -> Any:
    if not entries or entries[-1] != _LIST:
        return {"whole": entries}
    match entries[:-1]:
        case []:
            return []
        case [{"value": {**rest}, "violations": violations}] if not rest:
            return _keywords(violations, "")
        case _:
            return {"whole": entries}


def _open_refusal(short: Any) -> list[_Record]:
    if isinstance(short, dict):
        whole: list[_Record] = short["whole"]
        return whole
    own = [{"value": {}, "violations": _pairs(short, "")}] if short else []
    return [*own, _LIST]
