"""Each folder holds two versions of a specification and what their comparison finds.

`expect.json` is rewritten with `UPDATE_EXPECTATIONS=1` (`tests/expectations.py`);
`policy.json` in a folder changes how it is judged.
"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

import jsonschema
import pytest

from codegen.compat import Comparison, Policy, Verdict, compare, rules
from codegen.compat.report.places import Sides
from codegen.compat.report.render import FORMATS, render
from codegen.compat.rules import RULES
from codegen.diagnostics import Report
from codegen.frontend import Loaded, Options, load
from codegen.ir import export, sides
from codegen.ir import model as ir
from tests import sarif_log
from tests.expectations import expect

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/old.yaml"))


@functools.cache
def both(case: str) -> tuple[Loaded, Loaded]:
    """Both versions, named as they are from among the cases."""
    found = []
    for version in ("old", "new"):
        report = Report()
        found.append(
            load(Path(case) / f"{version}.yaml", Options(interface=True), report)
        )
        assert not report.failed, [str(item) for item in report]
    return found[0], found[1]


def policy(case: str) -> Policy:
    path = HERE / case / "policy.json"
    data = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return Policy(
        assume_open=data.get("assume_open", False),
        formats=frozenset(data.get("formats", ())),
    )


@pytest.fixture(autouse=True)
def among_the_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)


@functools.cache
def judged(case: str) -> Comparison:
    old, new = both(case)
    return compare(old.module, new.module, policy(case))


def abridged(value: ir.Json) -> ir.Json:
    """A document whose enormous texts are named by their length."""
    if isinstance(value, str) and len(value) > 1000:
        return f"{len(value)} characters"
    if isinstance(value, list):
        return [abridged(item) for item in value]
    if isinstance(value, dict):
        return {name: abridged(item) for name, item in value.items()}
    return value


def summary(comparison: Comparison) -> ir.Json:
    """What a folder expects: everything but positions and prose."""
    return {
        "verdict": comparison.verdict.value,
        "bump": comparison.bump,
        "directions": {d: v.value for d, v in comparison.directions.items()},
        "findings": [
            {
                "rule": f.rule,
                "verdict": f.verdict.value,
                "direction": f.direction and f.direction.value,
                "schema": f.schema,
                "pointer": f.pointer,
                "witness": abridged(f.witness.value) if f.witness else None,
            }
            for f in comparison.findings
        ],
    }


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    comparison = judged(case)
    assert not comparison.contradictions
    for finding in comparison.findings:  # They are for people.
        assert not re.search(r"\bNone\b", f"{finding.message} {finding.reason}")
    found = json.dumps(summary(comparison), indent=2, ensure_ascii=False) + "\n"
    expect(found, HERE / case / "expect.json")


AROUND = frozenset(
    rule.family
    for rule in (
        rules.OPERATION_ADDED,
        rules.PARAMETER_ADDED,
        rules.MEDIA_TYPE_ADDED,
        rules.SERVER_ADDED,
        rules.ACTION_CHANGED,
        rules.KNOWN_VALUE_ADDED,
    )
)
"""What stands around schemas, and what is said beside them."""


MESSAGES = (rules.MESSAGE_ADDED, rules.MESSAGE_REMOVED)
"""These may be of bytes."""


def accepts(module: ir.Module, name: str, value: ir.Json, formats: list[str]) -> bool:
    """What a second independent validator says; a schema that is gone accepts
    nothing."""
    if name not in module.names:
        return False
    document = export.schema_document(module, module.named(name), formats=formats)
    checker = jsonschema.FormatChecker(formats) if formats else None
    validator = jsonschema.Draft202012Validator(document, format_checker=checker)
    return bool(validator.is_valid(value))


@pytest.mark.parametrize("case", CASES)
def test_witnesses(case: str) -> None:
    old, new = both(case)
    formats = sorted(policy(case).formats)
    comparison = judged(case)
    for finding in comparison.findings:
        harmful = finding.verdict in (Verdict.BREAKING, Verdict.RISKY)
        if finding.witness is None:
            # What no document shows is said in words.
            known = finding.about.family in AROUND or finding.about in MESSAGES
            assert not harmful or (finding.reason and known)
            continue
        assert harmful
        forward = finding.direction is ir.Direction.CLIENT_TO_SERVER
        reader = sides.Side.SERVER if forward else sides.Side.CLIENT
        before = sides.read_by(old.module, reader)
        after = sides.read_by(new.module, reader)
        for witness in filter(None, (finding.witness, finding.carried)):
            assert witness.old_accepts is not witness.new_accepts
            assert witness.old_accepts is forward
            name, value = witness.schema, witness.value
            names = [name in side.module.names for side in (old, new)]
            # A body is called after its operation unless it is a named schema.
            around = finding.operation or witness is finding.carried
            if all(names) if around else any(names):
                assert accepts(before, name, value, formats) is witness.old_accepts
                assert accepts(after, name, value, formats) is witness.new_accepts


UNDIRECTED = [
    case
    for case in CASES
    if "paths: {}" in (HERE / case / "old.yaml").read_text("utf-8")
    and "Event" not in (HERE / case / "new.yaml").read_text("utf-8")
    and not case.startswith("channel")
]
"""Cases in which nothing says who writes and who reads."""


@pytest.mark.parametrize("case", UNDIRECTED)
def test_swapping_the_versions_swaps_the_directions(case: str) -> None:
    old, new = both(case)
    there = judged(case)
    back = compare(new.module, old.module, policy(case))
    names = ("client_to_server", "server_to_client")
    for name, other in zip(names, reversed(names), strict=True):
        assert harm(there.directions[name]) == harm(back.directions[other])


def harm(verdict: Verdict) -> str:
    """Risky and breaking are the same harm, seen from one side and the other."""
    match verdict:
        case Verdict.BREAKING | Verdict.RISKY:
            return "harm"
        case Verdict.UNKNOWN:
            return "unknown"
        case _:
            return "none"


@pytest.mark.parametrize("case", CASES)
def test_reports(case: str) -> None:
    old, new = both(case)
    comparison = judged(case)
    for form in FORMATS:
        text = render(comparison, form, Sides(old.workspace, new.workspace))
        assert text.endswith("\n") or (form == "github" and not text)
        assert str(HERE) not in text
        if form == "json":
            check_json(json.loads(text), comparison)
        if form == "sarif":
            sarif_log.check(json.loads(text))


def check_json(data: ir.Json, comparison: Comparison) -> None:
    assert data["verdict"] == comparison.verdict.value
    assert len(data["findings"]) == len(comparison.findings)
    for finding in data["findings"]:
        for side in ("old", "new"):
            place = finding[side]
            assert place is None or (place["line"] > 0 and place["column"] > 0)


def test_every_rule_has_a_case() -> None:
    shown = {
        finding["rule"]
        for case in CASES
        for finding in json.loads((HERE / case / "expect.json").read_text("utf-8"))[
            "findings"
        ]
    }
    assert set(RULES) - shown == set()
