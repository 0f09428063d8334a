"""What a package's `strategies` draw, held against the independent validator.

A few draws each of every schema of the Realtime part of a real specification with
`CODEGEN_LONG=1`, of every third in each run; `CODEGEN_DIFFERENTIAL` multiplies them.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from codegen import python
from codegen.artifact import OutputFile, printed
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.golden.by_rule import readable
from codegen.golden.strategies import strategies_files
from codegen.ir import model as ir
from codegen.memory import imported
from codegen.oracle import Oracle
from codegen.samples import Builder
from tests.corpus_paths import OPENAI, ROOT, require
from tests.sweeps import many

FACTOR = int(os.environ.get("CODEGEN_DIFFERENTIAL", "1"))
DRAWS = settings(
    max_examples=3 * FACTOR,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def module_of(path: Any, *include: str) -> ir.Module:
    report = Report()
    return load(path, Options(include=include), report).module


def draws(strategy: Any) -> list[Any]:
    """Some values of a strategy; none if nothing can be drawn from it."""
    found: list[Any] = []

    @DRAWS
    @given(strategy)
    def draw(value: Any) -> None:
        found.append(value)

    try:
        draw()
    except Unsatisfiable:
        assert not found
    return found


def package_files(module: ir.Module) -> list[OutputFile]:
    """The files of a package of a module."""
    return list(python.package_files(python.decide(module, python.Settings("sdk"))))


def drawn(
    module: ir.Module, names: Sequence[str] = ()
) -> Iterator[tuple[str, str, Any, bool]]:
    """Schema, kind, value and verdict of everything that is drawn, of all schemas or of
    some; a strategy from which nothing can be drawn gives nothing."""
    files = package_files(module)
    files += printed(strategies_files(module, "sdk", Builder(module)))
    oracle = Oracle(module)
    with imported("sdk", files) as package:
        strategies = importlib.import_module(f"{package.__name__}.strategies")
        for name in names or module.names:
            schema_id = module.names[name]
            for kind in ("valid", "invalid"):
                found = draws(getattr(strategies, kind)(name))
                for value in found:
                    yield name, kind, value, oracle.valid(schema_id, value)


def test_on_a_corpus_file() -> None:
    spec = require(OPENAI / "openapi-2025-02-10.yaml")
    module = module_of(spec, "Realtime*")
    names = [*module.names][:: many(3, 1)]
    seen = set()
    for name, kind, value, verdict in drawn(module, names):
        assert verdict is (kind == "valid"), f"{name}: {kind}: {value!r}"
        seen.add((name, kind))
    assert seen == {(n, k) for n in names for k in ("valid", "invalid")}


def test_on_every_keyword() -> None:
    module = module_of(ROOT / "benchmarks" / "every-keyword.yaml", "[!A]*")
    seen = set()
    for name, kind, value, verdict in drawn(module):
        assert verdict is (kind == "valid"), f"{name}: {kind}: {value!r}"
        seen.add((name, kind))
    wanted = {(n, k) for n in module.names for k in ("valid", "invalid")}
    assert wanted - seen == {("Nothing", "valid")}


def built(path: Path, *include: str) -> Iterator[tuple[str, Any, bool]]:
    """Schema, value and verdict of what is built by rules, if no schema has a word."""
    module = module_of(path, *include)
    files = package_files(module)
    files += printed(strategies_files(module, "sdk", Builder(module)))
    oracle = Oracle(module)
    by_rule = readable(module, ())
    with imported("sdk", files) as package:
        kit = importlib.import_module(f"{package.__name__}._runtime.kit")
        strategies = importlib.import_module(f"{package.__name__}.strategies")
        schemas = dict(package.SCHEMAS)
        for name in by_rule:
            symbol = schemas[name].symbol
            schemas[name] = SimpleNamespace(symbol=symbol, violations=lambda _: [])
        made = kit.Kit(
            schemas, strategies._constraints, strategies._MADE, strategies._KNOWN
        )
        for name in sorted(by_rule):
            for value in draws(made.schema(name)):
                yield name, value, oracle.valid(module.names[name], value)


def test_what_is_built_by_a_rule_is_valid() -> None:
    """The schema has the last word, but hardly ever says no."""
    places = [
        (ROOT / "benchmarks" / "every-keyword.yaml", "[!A]*"),
        (require(OPENAI / "openapi-2025-02-10.yaml"), "Realtime*"),
    ]
    for path, include in places:
        found = list(built(path, include))
        assert found
        assert [(name, value) for name, value, valid in found if not valid] == []


def test_limits_beyond_all_floats(tmp_path: Path) -> None:
    far = 10**400
    limits: dict[str, dict[str, object]] = {
        "Multiple": {"minimum": far, "multipleOf": 0.5},
        "Above": {"minimum": far},
        "Below": {"type": "number", "maximum": -far},
        "Between": {"minimum": -far, "maximum": far},
        "Whole": {"type": "integer", "minimum": 0.5, "multipleOf": far},
        "None": {"type": "integer", "minimum": 1, "maximum": 2, "multipleOf": 7},
    }
    schemas = {name: {"type": "number", **limit} for name, limit in limits.items()}
    spec = tmp_path / "spec.json"
    information = {"title": "t", "version": "1"}
    components = {"schemas": schemas}
    document = {"openapi": "3.1.0", "info": information, "paths": {}}
    spec.write_text(json.dumps(document | {"components": components}))
    seen = set()
    for name, kind, value, verdict in drawn(module_of(spec)):
        assert verdict is (kind == "valid"), f"{name}: {kind}: {value!r}"
        seen.add((name, kind))
    wanted = {(name, kind) for name in limits for kind in ("valid", "invalid")}
    assert wanted - seen == {("None", "valid")}


def test_hypothesis_is_imported_when_a_strategy_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = module_of(ROOT / "benchmarks" / "every-keyword.yaml")
    files = package_files(module)
    files += printed(strategies_files(module, "sdk", Builder(module)))
    monkeypatch.setitem(sys.modules, "hypothesis.strategies", None)
    with imported("sdk", files) as package:
        strategies = importlib.import_module(f"{package.__name__}.strategies")
        with pytest.raises(ImportError):
            strategies.valid("Strings")
        monkeypatch.undo()
        with pytest.raises(KeyError):
            strategies.valid("no such")
