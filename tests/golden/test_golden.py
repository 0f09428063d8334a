"""Every case is judged twice: by a validator of others and by the generated package."""

from __future__ import annotations

import functools
import importlib
import itertools
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.golden.expected import Expectations
from codegen.golden.machinery.failures import Failures
from codegen.golden.machinery.violations import pairs
from codegen.ir import model as ir
from codegen.oracle import Oracle
from tests.golden.cases import Folder, RuleCase, ValueCase, rule_cases, value_cases
from tests.golden.session import ReferenceSession

VALUES = {
    name: list(cases)
    for name, cases in itertools.groupby(value_cases(), lambda case: case.file)
}
RULES = list(rule_cases())


@functools.cache
def module_of(folder: Folder) -> ir.Module:
    """The specification of a folder; it must be read without a complaint."""
    report = Report()
    module = load(folder.spec, Options(perspective=folder.perspective), report).module
    assert list(report) == []
    return module


@functools.cache
def oracle_of(folder: Folder) -> Oracle:
    """The independent validator for a folder's specification."""
    return Oracle(module_of(folder))


def package_of(folder: Folder) -> ModuleType:
    """The generated package of a folder; a folder without one skips the test."""
    if not folder.package:
        pytest.skip("the folder names no generated package")
    return importlib.import_module(folder.package)


def by_id(case: RuleCase) -> str:
    """What a failing case is called."""
    return case.id


def each(file: str, check: Callable[[ValueCase], None]) -> None:
    """Ask every case of a file; the message names all that fail."""
    failures = Failures()
    for case in VALUES[file]:
        with failures.of(case.id):
            check(case)
    failures.tell()


@pytest.mark.parametrize("file", VALUES)
def test_independent_validator(file: str) -> None:
    """The specification means what the case says, by an opinion that is not ours."""
    each(file, judged_by_others)


def judged_by_others(case: ValueCase) -> None:
    expectations = Expectations(module_of(case.folder), oracle_of(case.folder))
    schema = module_of(case.folder).named(case.schema)
    errors = set(expectations.of(schema, case.value))
    assert errors == case.violations
    assert case.accept is not bool(errors)


@pytest.mark.parametrize("file", VALUES)
def test_generated_package(file: str) -> None:
    """The generated checks find exactly these violations, and decoding agrees."""
    each(file, judged_by_the_package)


def judged_by_the_package(case: ValueCase) -> None:
    package = package_of(case.folder)
    schema = package.SCHEMAS[case.schema]
    found = set(pairs(schema.violations(case.value)))
    assert found == case.violations
    if case.accept:
        decoded = schema.decode(case.value)
        assert same_json(schema.encode(decoded), case.value)
    else:
        with pytest.raises(package.ValidationError) as caught:
            schema.decode(case.value)
        raised = set(pairs(caught.value.violations))
        assert raised == case.violations
    if isinstance(case.value, dict):
        tolerant = schema.decode(case.value, strict=False)
        assert same_json(schema.encode(tolerant), case.value)


@pytest.mark.parametrize("case", RULES, ids=by_id)
def test_rules_by_their_definition(case: RuleCase) -> None:
    """The rules, read plainly from the specification, find these violations."""
    session = ReferenceSession(module_of(case.folder), oracle_of(case.folder))
    found = [
        (index, rule, path)
        for index, event in enumerate(case.events)
        for rule, path in session.observe(event)
    ]
    assert found == case.violations


@pytest.mark.parametrize("as_object", [False, True], ids=["dict", "object"])
@pytest.mark.parametrize("case", RULES, ids=by_id)
def test_rules_of_the_generated_package(case: RuleCase, as_object: bool) -> None:
    """The generated check of a session finds the same."""
    package = package_of(case.folder)
    session = package.SessionRules()
    tables = [package.EVENTS[name] for name in case.tables] or [
        package.CLIENT_EVENTS,
        package.SERVER_EVENTS,
    ]
    found = []
    for index, event in enumerate(case.events):
        given: Any = event
        if as_object:
            table = next(table for table in tables if event["type"] in table)
            given = table.decode(event)
        found += [(index, v.path, v.message) for v in session.observe(given)]
    expected = [(index, path) for index, _, path in case.violations]
    assert [(index, path) for index, path, _ in found] == expected
    for (_, _, message), (_, rule, _) in zip(found, case.violations, strict=True):
        assert rule in message


@pytest.mark.parametrize("case", RULES, ids=by_id)
def test_events_of_rules_are_valid(case: RuleCase) -> None:
    """What the rules complain of is valid event by event: no schema could tell."""
    module, oracle = module_of(case.folder), oracle_of(case.folder)
    unions = [module.names[name] for name in case.tables]
    for event in case.events:
        payloads = unions or [
            m.payload
            for m in module.messages
            if m.name == event["type"] and m.payload is not None
        ]
        assert any(oracle.errors(payload, event) == [] for payload in payloads)


def same_json(left: Any, right: Any) -> bool:
    """Equality of JSON: 1 equals 1.0, but true is not 1; the order of keys is free."""
    match left, right:
        case dict(), dict():
            return left.keys() == right.keys() and all(
                same_json(left[key], right[key]) for key in left
            )
        case list(), list():
            return len(left) == len(right) and all(map(same_json, left, right))
        case _:
            return isinstance(left, bool) == isinstance(right, bool) and bool(
                left == right
            )
