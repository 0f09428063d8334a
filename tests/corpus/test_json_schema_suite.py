"""The JSON Schema Test Suite for 2020-12, through the front end, and then through
`accepts` and a generated package: violations, strict and tolerant decoding, encoding.

`known_gaps.txt` lists what does not hold, each line with its reason; a line that
holds after all fails the run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.golden.machinery.values import text
from codegen.ir.accepts import accepts
from tests.constraints import violations as constrained
from tests.corpus_paths import JSON_SCHEMA_SUITE as SUITE
from tests.differential.packages import compile_package
from tests.memory import MemoryReader

if not SUITE.exists():
    pytest.skip(f"CORPUS ABSENT: {SUITE}", allow_module_level=True)

TESTS = SUITE / "tests" / "draft2020-12"
MOUNTS = {"http://localhost:1234/": SUITE / "remotes"}
OPTIONAL = (
    "anchor",
    "bignum",
    "cross-draft",
    "dynamicRef",
    "ecmascript-regex",
    "float-overflow",
    "id",
    "no-schema",
    "non-bmp-regex",
    "refOfUnknownKeyword",
    "unknownKeyword",
    "dependencies-compatibility",
)
GAPS = {
    line.partition("#")[0].strip(): line.partition("#")[2].strip()
    for line in (Path(__file__).parent / "known_gaps.txt").read_text().splitlines()
    if line.partition("#")[0].strip()
}


def groups() -> Iterator[Any]:
    files = [
        *TESTS.glob("*.json"),
        *(TESTS / "optional" / f"{n}.json" for n in OPTIONAL),
    ]
    for file in sorted(files):
        for group in json.loads(file.read_text(encoding="utf-8")):
            name = f"{file.relative_to(TESTS).with_suffix('').as_posix()}: "
            yield pytest.param(group, id=name + group["description"])


def wrong(group: dict[str, Any]) -> list[str]:
    """What goes wrong in a group: problems of the schema, then wrong verdicts."""
    report = Report()
    reader = MemoryReader({"schema.json": json.dumps(group["schema"])})
    loaded = load("schema.json", Options(mounts=MOUNTS), report, reader=reader)
    if report.failed:
        return [str(problem) for problem in report]
    schema = loaded.module.named("#")
    with compile_package(loaded.module) as package:
        generated = package.SCHEMAS["#"]
        return [
            f"{test['description']}: {reading}"
            for test in group["tests"]
            for reading, verdict in {
                "accepts": accepts(loaded.module, schema, test["data"]),
                "violations": not constrained(package, generated, test["data"]),
                "decode": decodes(generated, test["data"]),
            }.items()
            if verdict is not test["valid"]
        ]


def decodes(schema: Any, value: Any) -> bool:
    """Whether strict decoding takes a value; tolerant decoding must not lose it."""
    tolerant = schema.decode(value, strict=False)
    assert text(schema.encode(tolerant)) == text(value)
    if hasattr(tolerant, "to_json"):
        assert text(json.loads(tolerant.to_json())) == text(value)
    try:
        assert text(schema.encode(schema.decode(value))) == text(value)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("group", list(groups()))
def test_group(group: dict[str, Any], request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.id
    found = wrong(group)
    if name in GAPS:
        assert found, f"known_gaps.txt is stale: {name} holds"
        pytest.xfail(GAPS[name])
    assert found == []


def test_gaps_name_groups_and_give_reasons() -> None:
    known = {param.id for param in groups()}
    assert set(GAPS) <= known
    assert all(GAPS.values())
