"""Which schemas would keep whoever judges by them busy for ever."""

from __future__ import annotations

import json
from typing import Any

import pytest

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from codegen.ir.weights import Weights
from codegen.oracle import Judge, Undecided
from tests.memory import MemoryReader
from tests.unit.samples.specs import module_of


def chain(links: int, width: int) -> dict[str, Any]:
    """Schemas of which each applies the next so many times."""
    definitions: dict[str, Any] = {
        f"L{n}": {"allOf": [{"$ref": f"#/$defs/L{n + 1}"}] * width}
        for n in range(links)
    }
    definitions[f"L{links}"] = {"type": "string"}
    return {"$ref": "#/$defs/L0", "$defs": definitions}


def refused(schema: dict[str, Any]) -> ir.Module:
    """The module of a schema that is refused, for what is built without reading."""
    report = Report()
    reader = MemoryReader({"schema.json": json.dumps(schema)})
    module = load("schema.json", Options(), report, reader=reader).module
    assert [problem.code for problem in report] == ["too-large"]
    return module


def root(module: ir.Module) -> ir.Schema:
    return module.schemas[module.names["#"]]


def test_references_that_fan_out_are_not_asked() -> None:
    module = refused(chain(30, 2))
    assert Weights(module).too_heavy(root(module))
    with pytest.raises(Undecided, match="too many schemas"):
        Judge(module).valid_under(root(module), "a")


def test_what_leads_to_one_that_fans_out_is_not_asked_either() -> None:
    schema = chain(30, 2)
    schema["$defs"]["Box"] = {"items": {"$ref": "#/$defs/L0"}}
    schema["$defs"]["Tag"] = {"const": "a"}
    module = refused(schema)
    weights = Weights(module)
    assert weights.too_heavy(module.named("Box"))
    assert not weights.too_heavy(module.named("Tag"))


def test_a_long_chain_is_judged() -> None:
    module = module_of(chain(60, 1))
    assert not Weights(module).wary
    judge = Judge(module)
    assert judge.valid_under(root(module), "a")
    assert not judge.valid_under(root(module), 1)


def test_what_leads_to_itself_adds_nothing_there() -> None:
    """No specification can say so, but a module can hold it."""
    place, name = ir.Location("", ""), ir.SchemaId("loop")
    again = ir.Schema(ir.SchemaId("again"), place, (ir.Ref(name),))
    loop = ir.Schema(name, place, (ir.AnyOf((again,) * 9),))
    module = ir.Module("", "", "", (), {name: loop}, {})
    assert not Weights(module).wary


def test_deep_schemas_are_weighed() -> None:
    place = ir.Location("", "")
    schema = ir.Schema(ir.SchemaId("deep"), place)
    for depth in range(3000):
        assertions = (ir.Not(schema),)
        schema = ir.Schema(ir.SchemaId(f"deep{depth}"), place, assertions)
    module = ir.Module("", "", "", (), {schema.id: schema}, {})
    assert not Weights(module).wary
