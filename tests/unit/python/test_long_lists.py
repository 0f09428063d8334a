"""What is long is written once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codegen import python
from codegen.diagnostics import Report
from codegen.frontend import Options, load

DRAFT = "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(("count", "times"), [(12, 3), (100, 1)])
def test_a_long_enumeration_is_listed_once(
    count: int, times: int, tmp_path: Path
) -> None:
    values = [v for n in range(count // 4) for v in (n, str(n), [n], {"mark": n})]
    fields = {name: {"$ref": "#/$defs/Listed"} for name in ("first", "second")}
    definitions = {
        "Listed": {"enum": values},
        "Holder": {"type": "object", "properties": fields},
    }
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps({"$schema": DRAFT, "$defs": definitions}))
    module = load(spec, Options(), Report()).module
    package = python.decide(module, python.Settings(package="p"))
    texts = {file.path: file.text for file in python.package_files(package)}
    assert texts["p/_codec.py"].count('{"mark": 0}') == times


@pytest.mark.parametrize(("count", "drafts"), [(8, 8), (40, 0)])
def test_many_branches_that_are_tried_are_decoded_by_functions_of_their_own(
    count: int, drafts: int, tmp_path: Path
) -> None:
    """Of all in one place pyright says that it is too complex."""
    branches = [
        {
            "type": "object",
            "required": [f"a{n}"],
            "properties": {f"a{n}": {"type": "string"}, "z": {"type": "integer"}},
        }
        for n in range(count)
    ]
    spec = tmp_path / "spec.json"
    definitions = {"Any": {"anyOf": branches}}
    spec.write_text(json.dumps({"$schema": DRAFT, "$defs": definitions}))
    module = load(spec, Options(), Report()).module
    package = python.decide(module, python.Settings(package="p"))
    texts = {file.path: file.text for file in python.package_files(package)}
    _, _, decoder = texts["p/_codec.py"].partition("def decode_Any_(v: Any)")
    decoder, _, _ = decoder.partition("\ndef ")
    assert decoder.count("return") > count
    assert decoder.count("= Draft_") == 2 * drafts
