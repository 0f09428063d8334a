"""Edits of real schemas whose effect is known beforehand."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from codegen.compat import Verdict, compare
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from tests.corpus_paths import OPENAI, require
from tests.property.mutations import edited, mistake
from tests.sweeps import many

EDITS = many(100, 200)


@pytest.fixture(scope="module")
def corpus() -> list[ir.Module]:
    names = ("openapi-2024-10-17.yaml", "openapi-2025-03-22.yaml")
    paths = [require(OPENAI / name) for name in names]
    return [load(path, Options(), Report()).module for path in paths]


def test_edits_are_judged_right(corpus: list[ir.Module]) -> None:
    rng = random.Random(20260815)
    names = [(module, name) for module in corpus for name in module.names]
    wrong: list[str] = []
    done = 0
    while done < EDITS:
        module, name = rng.choice(names)
        found = edited(module, name, rng)
        if found is None:
            continue
        old, new, edit = found
        done += 1
        problem = mistake(compare(old, new), edit)
        if problem:
            wrong.append(f"{name} {edit.kind}: {problem}")
    assert not [line for line in wrong if not line.endswith("unknown")]
    assert len(wrong) <= EDITS // 100


def test_edits_of_a_whole_specification_are_found(corpus: list[ir.Module]) -> None:
    module = corpus[1]
    rng = random.Random(7)
    for _ in range(5):
        name = rng.choice(list(module.names))
        found = edited(module, name, rng)
        if found is None or found[2].effect == ("=", "="):
            continue
        target = module.names[name]
        changed = found[1].schemas[target]
        whole = replace(module, schemas={**module.schemas, target: changed})
        comparison = compare(module, whole)
        assert {finding.schema for finding in comparison.findings} == {name}
        assert comparison.verdict is not Verdict.IDENTICAL
