"""Our package beside the models that datamodel-code-generator writes from the same
schemas: whatever is valid passes both, and nothing that the peer rejects passes ours.

The peer enforces fewer keywords, so the other direction is only counted.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from datamodel_code_generator import DataModelType, InputFileType, generate

from codegen import frontend
from codegen.diagnostics import Report
from codegen.ir import model as ir
from codegen.ir.export import export
from codegen.ir.exporter import key_of
from codegen.samples import Builder, near_misses
from tests.constraints import violations as constrained
from tests.corpus_paths import ROOT

SPEC = ROOT / "specs" / "realtime" / "2024-12-17" / "asyncapi.yaml"


@pytest.fixture(scope="module")
def module() -> ir.Module:
    options = frontend.Options(perspective="client")
    return frontend.load(SPEC, options, Report()).module


@pytest.fixture(scope="module")
def peer(module: ir.Module, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The peer's pydantic models of the same schemas, imported."""
    path = tmp_path_factory.mktemp("peer") / "peer_models.py"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        generate(
            json.dumps(_readable(module)),
            input_file_type=InputFileType.JsonSchema,
            output=path,
            output_model_type=DataModelType.PydanticV2BaseModel,
            disable_timestamp=True,
        )
    return _imported(path)


def _readable(module: ir.Module) -> dict[str, Any]:
    """The exported schemas under names that the peer turns into class names."""
    document = export(module)
    named = {key_of(schema_id): name for name, schema_id in module.names.items()}
    keys = {key: named.get(key, re.sub(r"\W", "_", key)) for key in document["$defs"]}

    def renamed(node: Any) -> Any:
        if isinstance(node, list):
            return [renamed(item) for item in node]
        if not isinstance(node, dict):
            return node
        found = {name: renamed(item) for name, item in node.items()}
        target = found.get("$ref")
        if isinstance(target, str):
            found["$ref"] = "#/$defs/" + keys[target.removeprefix("#/$defs/")]
        return found

    schemas = {keys[key]: renamed(schema) for key, schema in document["$defs"].items()}
    return {"$schema": document.get("$schema", ""), "$defs": schemas}


def _imported(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = made
    spec.loader.exec_module(made)
    return made


def _accepts(model: Any, value: ir.Json) -> bool:
    try:
        model.model_validate(value)
    except ValueError:
        return False
    return True


def test_what_is_valid_passes_both(module: ir.Module, peer: ModuleType) -> None:
    import openai_realtime

    builder = Builder(module)
    judged, let_through = 0, 0
    for name in module.names:
        schema, ours = module.named(name), openai_realtime.SCHEMAS[name]
        model = getattr(peer, name, None)
        if not hasattr(model, "model_validate"):
            continue
        base = builder.smallest(schema)
        documents = [base, builder.fullest(schema)]
        documents += [miss.value for miss in near_misses(builder, schema, base)]
        for document in documents:
            valid = constrained(openai_realtime, ours, document) == []
            accepted = _accepts(model, document)
            assert accepted or not valid, f"{name}: the peer rejects {document}"
            judged += not valid
            let_through += accepted and not valid
    print(f"{judged} invalid documents, the peer lets {let_through} through")
    assert judged > 500
    assert let_through < judged, "the peer would enforce nothing at all"
