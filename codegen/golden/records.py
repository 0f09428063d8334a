"""What golden files hold of documents, cases and scripts, as JSON values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from codegen.golden.documents import Case, SchemaTests
from codegen.golden.expected import Expected
from codegen.golden.sessions import Script, SessionTests, Step
from codegen.ir import model as ir
from codegen.samples import REMOVED
from codegen.samples.sizes import shortest

_LONG: Final = 100


def schema_record(
    tests: SchemaTests,
    recorded: dict[str, tuple[str, str]],
    fields: dict[str, Any],
    refused: dict[str, list[tuple[ir.Json, tuple[Expected, ...]]]],
    direct: bool,
) -> dict[str, Any]:
    """The golden file of a schema; `recorded` has each document's repr and JSON,
    `fields` the metadata of fields by class and field, `refused` what violations no
    object and an empty one have by class. `direct` tells whether valid
    values are decoded without a doubt."""
    documents = []
    for document in tests.documents:
        shown, written = recorded[document.name]
        entry = {
            "name": document.name,
            "value": _in_order(document.value, written),
            "repr": shown,
            "json": written,
        }
        if document.violations:
            entry["violations"] = _pairs(document.violations)
        documents.append(entry)
    record: dict[str, Any] = {"schema": tests.name}
    if not direct:
        record["direct"] = False
    if tests.nests:
        record["nests"] = tests.nests
    if tests.notes:
        record["notes"] = tests.notes
    if tests.facts:
        record["facts"] = tests.facts
    if fields:
        record["fields"] = fields
        record["refused"] = {
            name: [
                {"value": value, "violations": _pairs(violations)}
                for value, violations in entries
            ]
            for name, entries in refused.items()
        }
    record["documents"] = documents
    record["cases"] = [_case(case) for case in tests.cases]
    return record


def _in_order(value: ir.Json, written: str) -> ir.Json:
    """A document with its properties in the order in which they are encoded, so that
    its text need not be told as well."""
    if shortest(value) == written:
        return value
    encoded: ir.Json = json.loads(written)
    same = json.dumps(encoded, sort_keys=True) == json.dumps(value, sort_keys=True)
    return encoded if same else value


_MOST_SENT: Final = 100


def sent_record(tests: SchemaTests) -> list[dict[str, Any]]:
    """Whole documents with their violations: those of the schema, and those that lack
    something or are complete again."""
    found = [(d.value, d.violations) for d in tests.documents]
    for case in tests.cases:
        lacks = all(keyword == "required" for _, keyword in case.violations)
        if lacks and REMOVED in case.values:
            found += (
                (whole, case.violations)
                for whole in map(tests.whole(case), case.values)
            )
    return [
        {"value": value} | ({"violations": _pairs(v)} if v else {})
        for value, v in found[:_MOST_SENT]
    ]


def _case(case: Case) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if case.base:
        entry["in"] = case.base
    entry["at"] = case.pointer
    entry |= _values(case.values)
    entry["violations"] = _pairs(case.violations)
    if case.objects:
        entry["objects"] = {place: _pairs(own) for place, own in case.objects}
    return entry


def _values(values: Iterable[ir.Json]) -> dict[str, Any]:
    """Values as they are; long runs of one character as the character and a count."""
    plain: list[Any] = []
    repeated: list[Any] = []
    removed = False
    for value in values:
        if value is REMOVED:
            removed = True
        elif isinstance(value, str) and len(value) > _LONG and len(set(value)) == 1:
            repeated.append([value[0], len(value)])
        else:
            plain.append(value)
    entry: dict[str, Any] = {}
    if removed:
        entry["removed"] = True
    if plain:
        entry["values"] = plain
    if repeated:
        entry["repeated"] = repeated
    return entry


def _pairs(violations: Iterable[Expected]) -> list[list[str | None]]:
    return [[path, keyword] for path, keyword in violations]


def session_record(tests: SessionTests) -> dict[str, Any]:
    """The golden file of the session rules: documents, then scripts of events."""
    documents = [{"name": n, "value": v} for n, v in tests.documents.items()]
    return {
        "session": "SessionRules",
        "documents": documents,
        "scripts": [_script(script) for script in tests.scripts],
    }


def _script(script: Script) -> dict[str, Any]:
    return {
        "rule": script.rule,
        "events": [_step(step, script.values) for step in script.steps],
        "broken": list(script.broken),
    }


def _step(step: Step, values: tuple[ir.Json, ...]) -> dict[str, Any]:
    entry: dict[str, Any] = {"in": step.document}
    if step.edit is not None:
        entry["at"] = step.edit.pointer
        entry |= _values((step.edit.value, *values))
    return entry
