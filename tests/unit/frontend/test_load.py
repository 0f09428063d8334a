"""The way from a file to a module, whatever the file holds."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, get_args

import pytest

from codegen.diagnostics import CodegenError, Report
from codegen.frontend import Options, load
from codegen.frontend.dialects import DRAFT_4, DRAFT_7, DRAFT_2020_12
from codegen.ir import model as ir
from codegen.ir import walk
from codegen.ir.accepts import accepts
from codegen.source import yaml_text
from codegen.source.limits import MAX_DEPTH
from tests.memory import MemoryReader

HERE = Path(__file__).parent


def named(files: dict[str, str]) -> dict[str, str]:
    """The places of the schemas of `api.yaml` by their names; nothing is reported."""
    report = Report()
    module = load("api.yaml", Options(), report, reader=MemoryReader(files)).module
    assert len(report) == 0
    return dict(module.names)


def test_files_that_are_a_schema_are_named_after_themselves() -> None:
    files = {
        "api.yaml": """\
openapi: 3.1.0
components: { schemas: { Pet: { $ref: schemas/Pet.yaml } } }
""",
        "schemas/Pet.yaml": "properties: { owner: { $ref: Owner.yaml } }",
        "schemas/Owner.yaml": "properties: { pets: { items: { $ref: Pet.yaml } } }",
    }
    assert named(files) == {
        "Pet": "schemas/Pet.yaml#",
        "Owner": "schemas/Owner.yaml#",
    }


def test_names_that_files_share_are_told_apart_by_the_file() -> None:
    kept = "components: { schemas: { Error: {}, Problem: {} } }"
    files = {
        "api.yaml": """\
openapi: 3.1.0
components:
  schemas:
    Error:
      anyOf:
        - $ref: a/common.yaml#/components/schemas/Problem
        - $ref: a/common.yaml#/components/schemas/Error
        - $ref: b/common.yaml#/components/schemas/Error
        - $ref: b/Error.yaml
""",
        "a/common.yaml": kept,
        "b/common.yaml": kept,
        "b/Error.yaml": "title: Alone",
    }
    assert named(files) == {
        "Error": "api.yaml#/components/schemas/Error",
        "Problem": "a/common.yaml#/components/schemas/Problem",
        "common.Error": "a/common.yaml#/components/schemas/Error",
        "b.common.Error": "b/common.yaml#/components/schemas/Error",
        "b.Error": "b/Error.yaml#",
    }


def test_words_of_editors_are_read() -> None:
    schema = """\
$schema: http://json-schema.org/draft-07/schema#
title: Settings
properties:
  level: { markdownDescription: "*How much.*" }
  name: { description: Its name., markdownDescription: "Its *name*." }
  old: { deprecationMessage: Use `name`. }
"""
    reader = MemoryReader({"s.yaml": schema})
    module = load("s.yaml", Options(), Report(), reader=reader).module
    found = walk.find(module.named(next(iter(module.names))), ir.Properties)
    assert found is not None
    told = {name: part.annotations for name, part in found.schemas.items()}
    assert [(a.description, a.deprecated) for a in told.values()] == [
        ("*How much.*", False),
        ("Its name.", False),
        ("Use `name`.", True),
    ]


EVERY_KEYWORD = """\
type: [string, object]
enum: [x]
minimum: 1
maximum: 2
multipleOf: 1
minLength: 1
maxLength: 2
pattern: x
format: email
prefixItems: [true]
items: true
contains: true
minItems: 1
maxItems: 2
uniqueItems: true
unevaluatedItems: true
properties: { a: true }
patternProperties: { b: true }
additionalProperties: false
propertyNames: true
required: [a]
minProperties: 1
maxProperties: 2
dependentRequired: { a: [b] }
dependentSchemas: { a: true }
unevaluatedProperties: true
$ref: "#/$defs/a"
$defs: { a: true }
allOf: [{maxLength: 9}]
anyOf: [true]
oneOf: [true]
not: true
if: true
"""


def test_every_assertion_comes_of_a_keyword_and_stands_in_its_order() -> None:
    report = Report()
    reader = MemoryReader({"a.yaml": EVERY_KEYWORD})
    options = Options(dialect=DRAFT_2020_12)
    root = load("a.yaml", options, report, reader=reader).module.named("#")
    assert len(report) == 0
    closed = walk.find(root, ir.AdditionalProperties)
    assert closed is not None
    assert closed.schema.assertions == (ir.Never(),)
    made = [ir.Never, *(type(assertion) for assertion in root.assertions)]
    assert made == list(get_args(ir.Assertion))


def test_a_schema_whose_identifier_is_on_the_web_beside_its_files() -> None:
    files = {
        "a.json": json.dumps(
            {
                "$id": "https://example.com/s/a.json",
                "items": {"$ref": "b.json#/$defs/x"},
            }
        ),
        "b.json": '{"$defs": {"x": {"const": 1}}}',
    }
    report = Report()
    module = load("a.json", Options(), report, reader=MemoryReader(files)).module
    assert len(report) == 0
    assert accepts(module, module.named("#"), [1, 1.0])
    assert not accepts(module, module.named("#"), [2])
    assert [file.path for file in module.files] == ["a.json", "b.json"]


def test_dialects_of_places() -> None:
    spec = """\
$defs:
  old: { $id: old.json, $schema: "http://json-schema.org/draft-07/schema#", not: {} }
"""
    reader = MemoryReader({"a.yaml": spec})
    loaded = load("a.yaml", Options(), Report(), reader=reader)
    assert loaded.dialect(ir.Location("a.yaml", "/$defs/old/not")) is DRAFT_7
    assert loaded.dialect(ir.Location("a.yaml", "/$defs")) is DRAFT_2020_12
    loaded = load("a.yaml", Options(dialect=DRAFT_4), Report(), reader=reader)
    assert loaded.dialect(ir.Location("a.yaml", "")) is DRAFT_4


def test_the_dialect_that_an_openapi_document_names() -> None:
    spec = """\
openapi: 3.1.0
jsonSchemaDialect: {uri}
components: {{ schemas: {{ A: {{ items: [{{ type: string }}] }} }} }}
"""
    uris = {"http://json-schema.org/draft-07/schema#": 0, "https://example.com/x": 2}
    for uri, problems in uris.items():
        reader = MemoryReader({"a.yaml": spec.format(uri=uri)})
        report = Report()
        module = load("a.yaml", Options(), report, reader=reader).module
        assert len(report) == problems
        assert not accepts(module, module.named("A"), [1])  # Read as in draft 7.


def test_identifiers_in_payloads() -> None:
    spec = """\
asyncapi: 3.0.0
channels:
  main:
    messages:
      one: { payload: { $id: "http://example.com/one", const: 1 } }
      two: { payload: { not: { $ref: "http://example.com/one" } } }
"""
    report = Report()
    reader = MemoryReader({"a.yaml": spec})
    module = load("a.yaml", Options(), report, reader=reader).module
    assert len(report) == 0
    assert not accepts(module, module.named("twoPayload"), 1)


def test_overlays_are_applied_and_listed(tmp_path: Path) -> None:
    overlay = tmp_path / "fix.yaml"
    overlay.write_text(
        "overlay: 1.0.0\nactions: [{target: $.properties.a, update: {const: 1}}]"
    )
    reader = MemoryReader({"a.json": '{"properties": {"a": {}}}'})
    options = Options(overlays=(overlay, tmp_path / "missing.yaml"))
    report = Report()
    module = load("a.json", options, report, reader=reader).module
    assert [problem.code for problem in report] == ["read"]
    assert not accepts(module, module.named("#"), {"a": 2})
    assert [file.path for file in module.files] == ["a.json", "fix.yaml"]


def test_what_cannot_be_read_raises_with_its_report(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.yaml", tmp_path, Path("a\0b")):
        report = Report()
        with pytest.raises(CodegenError) as caught:
            load(path, Options(), report)
        assert caught.value.report is report
        assert [problem.code for problem in report] == ["read"]


@pytest.mark.parametrize("keyword", ["not", "items", "allOf", "properties"])
def test_the_deepest_schema_is_no_trouble(keyword: str) -> None:
    wrap = {
        "not": lambda inner: {"not": inner},
        "items": lambda inner: {"items": inner},
        "allOf": lambda inner: {"allOf": [inner]},
        "properties": lambda inner: {"properties": {"a": inner}},
    }[keyword]
    schema: Any = {}
    levels = MAX_DEPTH - 1 if keyword in ("not", "items") else MAX_DEPTH // 2 - 1
    for _ in range(levels):
        schema = wrap(schema)
    report = Report()
    reader = MemoryReader({"a.json": json.dumps(schema)})
    module = load("a.json", Options(), report, reader=reader).module
    assert len(report) == 0
    assert accepts(module, module.named("#"), 1) in (True, False)


@pytest.mark.parametrize(
    "end", [{"const": 1}, {"$ref": "#/nowhere"}, {"$ref": "#/components/schemas/s0"}]
)
def test_a_long_chain_of_references_is_refused_at_once(end: Any) -> None:
    # Where it ends is worked out once, and not anew from each of its places.
    chain = {f"s{i}": {"$ref": f"#/components/schemas/s{i + 1}"} for i in range(3000)}
    schemas = {**dict(reversed(chain.items())), "s3000": end}
    document = {"openapi": "3.1.0", "components": {"schemas": schemas}, "paths": {}}
    document["info"] = {"title": "", "version": ""}
    report = Report()
    reader = MemoryReader({"a.json": json.dumps(document)})
    module = load("a.json", Options(), report, reader=reader).module
    assert len(module.names) == 3001
    assert report.failed
    assert len(report) <= 2


def test_dynamic_references_cannot_multiply_a_schema_without_end() -> None:
    levels = 24
    defs: dict[str, Any] = {"end": {"$id": "end"}}
    for level in range(levels):
        onward = [{"$ref": f"{side}{level + 1}"} for side in "ab"]
        for side in "ab":
            defs[f"{side}{level}"] = {
                "$id": f"{side}{level}",
                "items": {"anyOf": onward if level + 1 < levels else [{"$ref": "end"}]},
                "$defs": {"x": {"$dynamicAnchor": f"x{level}", "const": side}},
            }
        defs["end"]["$defs"] = {
            **defs["end"].get("$defs", {}),
            f"x{level}": {"$dynamicAnchor": f"x{level}"},
        }
        defs["end"].setdefault("prefixItems", []).append({"$dynamicRef": f"#x{level}"})
    schema = {"$id": "http://example.com/root", "$ref": "a0", "$defs": defs}
    report = Report()
    load(
        "a.json", Options(), report, reader=MemoryReader({"a.json": json.dumps(schema)})
    )
    assert {problem.code for problem in report} == {"too-large"}


JUNK: list[Any] = [
    None, True, -1, 1.5, "", "x", "#", "#/", "http://[", [], {}, [1], {"$ref": "#"},
    {"$ref": 1}, {"a": None}, {"$id": "http://["}, {"$schema": "http://x y"}, 10**30,
]  # fmt: skip
KEYS = [
    "$ref", "type", "items", "$id", "allOf", "payload", "messages", "traits", "$anchor",
    "discriminator", "$dynamicRef", "x-session-rules", "dependencies", "schema",
]  # fmt: skip


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a value with each of its keys."""
    found: list[tuple[Any, Any]] = []
    stack = [value]
    while stack:
        current = stack.pop()
        keys = current if isinstance(current, dict) else range(len(current))
        for key in keys:
            found.append((current, key))
            if isinstance(current[key], dict | list):
                stack.append(current[key])
    return found


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_to_a_specification_makes_an_exception(seed: int) -> None:
    rng = random.Random(seed)
    specs = sorted((HERE / "dialects").glob("*/spec.*"))
    for _ in range(10):
        data = yaml_text.read(rng.choice(specs).read_text("utf-8")).data
        for _ in range(rng.randint(1, 4)):
            container, key = rng.choice(places(data))
            if isinstance(container, dict) and rng.random() < 0.3:
                key = rng.choice(KEYS)
            container[key] = json.loads(json.dumps(rng.choice(JUNK)))
        report = Report()
        reader = MemoryReader({"a.json": json.dumps(data)})
        try:
            load("a.json", Options(), report, reader=reader)
        except CodegenError:
            assert report.failed
        for problem in report:
            assert problem.span.line >= 1
            assert problem.span.column >= 1


@pytest.mark.parametrize(
    "version",
    [
        *("openapi: 3.0.4", "openapi: 3.1.1", "openapi: 3.2.0"),
        *(f"asyncapi: 2.{minor}.0" for minor in range(7)),
        *("asyncapi: 3.0.0", "asyncapi: 3.1.0"),
    ],
)
def test_versions_that_are_read(version: str) -> None:
    report = Report()
    reader = MemoryReader(
        {"a.yaml": f"{version}\ncomponents: {{ schemas: {{ A: {{ const: 1 }} }} }}\n"}
    )
    module = load("a.yaml", Options(), report, reader=reader).module
    assert not report.failed
    assert not accepts(module, module.named("A"), 2)


def test_what_an_openapi_3_2_document_adds_is_read() -> None:
    spec = """\
openapi: 3.2.0
info: { title: T, version: "1" }
$self: https://example.com/a.yaml
paths:
  /stream:
    query: { responses: { 200: { description: none } } }
    additionalOperations: { LINK: { responses: { 200: { description: none } } } }
    get:
      responses:
        200: { content: { text/event-stream: { itemSchema: { type: object } } } }
components:
  schemas:
    A:
      discriminator: { propertyName: k, defaultMapping: B }
      oneOf: [{ $ref: "#/components/schemas/B" }]
    B: { type: object, required: [k], properties: { k: { type: string } } }
  mediaTypes: { M: { schema: { type: string } } }
"""
    report = Report()
    module = load("a.yaml", Options(), report, reader=MemoryReader({"a.yaml": spec}))
    assert [str(item) for item in report] == []
    item = "GET /stream 200 response text/event-stream item"
    assert list(module.module.names) == ["A", "B", item]
    labels = [(call.method, call.path) for call in module.module.calls]
    assert labels == [(method, "/stream") for method in ("GET", "QUERY", "LINK")]
