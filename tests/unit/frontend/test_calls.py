"""Operations as programs see them: names for what stands in place, and which are
taken."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from codegen import python as python_sdk
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from tests.memory import MemoryReader

JSON = "application/json"


def body(schema: Any, media: str = JSON) -> dict[str, Any]:
    return {"content": {media: {"schema": schema}}}


def thing(name: str = "a") -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": "string"}}}


def document(paths: dict[str, Any], **components: Any) -> dict[str, Any]:
    info = {"title": "T", "version": "1"}
    return {
        "openapi": "3.1.0",
        "info": info,
        "paths": paths,
        "components": components,
    }


def read(spec: dict[str, Any], **options: Any) -> tuple[ir.Module, list[str]]:
    report = Report()
    reader = MemoryReader({"a.yaml": yaml.safe_dump(spec, sort_keys=False)})
    found = load("a.yaml", Options(**options), report, reader=reader)
    return found.module, [str(item.message) for item in report]


def classes(spec: dict[str, Any], **options: Any) -> dict[str, str]:
    """What is called how, by its name in the module."""
    module, _ = read(spec, **options)
    package = python_sdk.decide(module, python_sdk.Settings("p"))
    return {name: str(package.names.of(i)) for name, i in module.names.items()}


PLAIN = {
    "/items": {
        "get": {
            "operationId": "listItems",
            "tags": ["items"],
            "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
            "responses": {"200": body(thing())},
        },
        "post": {
            "tags": ["Item"],
            "requestBody": body(thing()),
            "responses": {"201": body({"$ref": "#/components/schemas/Item"})},
        },
    },
    "/other": {"get": {"tags": ["other"], "responses": {"200": body(thing())}}},
}
SCHEMAS = {"Item": thing()}


def test_names_say_the_operation_and_the_place() -> None:
    assert classes(document(PLAIN, schemas=SCHEMAS)) == {
        "Item": "Item",
        "listItems parameters": "ListItemsParameters",
        "listItems 200 response": "ListItems200Response",
        "POST /items request": "PostItemsRequest",
        "GET /other 200 response": "GetOther200Response",
    }


@pytest.mark.parametrize(
    "more",
    [
        {"/items": {"put": {"requestBody": body(thing()), "responses": {}}}},
        {
            "/more": {
                "get": {"operationId": "more", "responses": {"200": body(thing())}}
            }
        },
        {
            "/items": {
                "get": {
                    "responses": {"201": body(thing()), "200": body(thing(), "text/x")}
                }
            }
        },
        {"/items": {"get": {"parameters": [{"name": "r", "in": "query"}]}}},
    ],
)
def test_what_is_added_renames_nothing(more: dict[str, Any]) -> None:
    before = classes(document(PLAIN, schemas=SCHEMAS))
    added = document(_merged(more, PLAIN), schemas={"New": thing(), **SCHEMAS})
    after = classes(added)
    assert before.items() <= after.items()


def _merged(first: Any, second: Any) -> Any:
    """Both mappings, what is only in the first before all else."""
    if isinstance(first, dict) and isinstance(second, dict):
        keys = [*(k for k in first if k not in second), *second]
        return {k: _merged(first.get(k), second.get(k)) for k in keys}
    if isinstance(first, list) and isinstance(second, list):
        return first + second
    return first if second is None else second


def test_what_the_specification_names_goes_before_bodies() -> None:
    names = {"ListItems200Response": thing("b"), "post_items_request": thing("c")}
    found = classes(document(PLAIN, schemas={**SCHEMAS, **names}))
    assert found["ListItems200Response"] == "ListItems200Response"
    assert found["post_items_request"] == "post_items_request"
    assert found["listItems 200 response"].startswith("ListItems200Response_")


def test_classes_inside_of_schemas_go_before_bodies() -> None:
    outer = {"type": "object", "properties": {"request": thing()}}
    spec = document(PLAIN, schemas={**SCHEMAS, "PostItems": outer})
    module, _ = read(spec)
    package = python_sdk.decide(module, python_sdk.Settings("p"))
    names = {str(package.names.of(schema.id)) for schema, _ in package.classes}
    assert "PostItemsRequest" in names
    request = classes(spec)["POST /items request"]
    assert request.startswith("PostItemsRequest_")


def test_a_body_that_is_a_reference_has_no_class_of_its_own() -> None:
    item = {"$ref": "#/components/schemas/Item"}
    for schema in (item, {**item, "description": "One."}, {"allOf": [item]}):
        paths = {
            "/a": {"get": {"operationId": "a", "responses": {"200": body(schema)}}}
        }
        module, _ = read(document(paths, schemas=SCHEMAS))
        assert list(module.names) == ["Item"]
        assert module.calls[0].responses["200"][0].schema == "Item"


@pytest.mark.parametrize(
    ("media", "schema", "item"),
    [
        ("text/event-stream", {"$ref": "#/components/schemas/Item"}, "Item"),
        (
            "text/event-stream; charset=utf-8",
            {"$ref": "#/components/schemas/Item"},
            "Item",
        ),
        ("text/event-stream", {"type": "string"}, None),
        (
            "text/event-stream",
            {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
            "Item",
        ),
        ("application/jsonl", {"$ref": "#/components/schemas/Items"}, "Items item"),
        (
            "application/x-ndjson",
            {"type": "array", "items": {"type": "integer"}},
            "a 200 response application/x-ndjson item",
        ),
        ("application/jsonl", {"$ref": "#/components/schemas/Item"}, None),
        (JSON, {"$ref": "#/components/schemas/Items"}, None),
        (JSON, {"$ref": "#/components/schemas/Item"}, None),
    ],
)
def test_the_schema_of_a_stream_is_that_of_its_events(
    media: str, schema: dict[str, Any], item: str | None
) -> None:
    get = {"operationId": "a", "responses": {"200": body(schema, media)}}
    many = {"type": "array", "items": {"type": "object", "properties": {"x": {}}}}
    schemas = {**SCHEMAS, "Items": many}
    module, _ = read(document({"/a": {"get": get}}, schemas=schemas))
    assert module.calls[0].responses["200"][0].item == item


def test_items_of_a_named_array_keep_their_name_when_they_are_streamed() -> None:
    inner = {"type": "object", "properties": {"x": {"type": "string", "enum": ["a"]}}}
    schemas = {
        "Rows": {"type": "array", "items": inner},
        "Words": {"type": "array", "items": {"type": "string"}},
        "WordsItem": inner,
    }
    reply = {
        "content": {
            f"application/{media}": {"schema": {"$ref": f"#/components/schemas/{name}"}}
            for media, name in (("jsonl", "Rows"), ("x-ndjson", "Words"))
        }
    }
    get = {"operationId": "a", "responses": {"200": reply}}
    plain, streamed = (
        python_sdk.decide(
            read(document(paths, schemas=schemas))[0], python_sdk.Settings("p")
        )
        for paths in ({}, {"/a": {"get": get}})
    )
    before, after = (
        {str(package.names.of(schema.id)) for schema, _ in package.classes}
        for package in (plain, streamed)
    )
    assert before == after == {"RowsItem", "WordsItem"}
    assert [content.item for content in streamed.module.calls[0].responses["200"]] == [
        "Rows item",
        "Words item",
    ]


def test_what_operations_share_has_a_class_once() -> None:
    sort = {"name": "sort", "in": "query", "schema": {"enum": ["up", "down"]}}
    word = {"name": "word", "in": "query", "schema": {"type": "string"}}
    refs = [{"$ref": f"#/components/parameters/{name}"} for name in ("Sort", "Word")]
    paths = {
        f"/{name}": {
            "get": {
                "operationId": name,
                "parameters": refs,
                "responses": {"404": {"$ref": "#/components/responses/Lost"}},
            }
        }
        for name in "ab"
    }
    spec = document(
        paths,
        parameters={"Sort": sort, "Word": word},
        responses={"Lost": {"description": "", **body(thing())}},
    )
    assert classes(spec) == {
        "responses/Lost": "LostResponse",
        "parameters/Sort": "SortParameter",
        "a parameters": "AParameters",
        "b parameters": "BParameters",
    }
    module, _ = read(spec)
    assert {c.responses["404"][0].schema for c in module.calls} == {"responses/Lost"}


def test_two_operations_of_one_id_have_keys_of_their_own() -> None:
    one = {"get": {"operationId": "a", "responses": {"200": body(thing())}}}
    module, _ = read(document({"/a": one, "/b": one}))
    assert [call.key for call in module.calls] == ["a", "GET /b"]
    names = classes(document({"/a": one, "/b": one}))
    assert len(set(names.values())) == 2


def test_parameters_of_one_name_stand_beside_each_other() -> None:
    def named(where: str) -> dict[str, Any]:
        return {"name": "id", "in": where, "required": True, "schema": {}}

    get = {
        "parameters": [named(w) for w in ("header", "query", "path")],
        "responses": {},
    }
    module, _ = read(document({"/a/{id}": {"get": get}}))
    assert [a.property for a in module.calls[0].arguments] == [
        *("id header", "id query", "id"),
    ]


@pytest.mark.parametrize(
    ("include", "exclude", "keys", "schemas"),
    [
        (["GET /items*"], [], ["listItems"], []),
        (["* /items"], [], ["listItems", "POST /items"], ["Item"]),
        (["items"], [], ["listItems"], []),
        (["listItems"], [], ["listItems"], []),
        (["Item"], [], [], ["Item"]),
        (["I*"], [], [], ["Item"]),
        (["tag:i*"], [], ["listItems"], []),
        (["tag:Item"], [], ["POST /items"], ["Item"]),
        (["Item", "other"], [], ["GET /other"], ["Item"]),
        ([], ["other"], ["listItems", "POST /items"], ["Item"]),
        ([], ["POST *", "listItems"], ["GET /other"], ["Item"]),
        ([], ["I*"], ["listItems", "POST /items", "GET /other"], ["Item"]),
    ],
)
def test_options_take_operations(
    include: list[str], exclude: list[str], keys: list[str], schemas: list[str]
) -> None:
    module, said = read(
        document(PLAIN, schemas=SCHEMAS),
        include=tuple(include),
        exclude=tuple(exclude),
    )
    assert said == []
    assert [call.key for call in module.calls] == keys
    assert [name for name in module.names if name not in module.inline] == schemas


def test_a_glob_that_matches_nothing_is_said_with_operations_that_come_near() -> None:
    _, said = read(document(PLAIN, schemas=SCHEMAS), include=("listItemz",))
    assert said == [
        "`include` 'listItemz' matches no schema and no operation (did you mean "
        "'listItems', 'Item' or 'POST /items'?)"
    ]


def test_callbacks_come_with_their_operation() -> None:
    inner = {"post": {"requestBody": body(thing()), "responses": {}}}
    outer = {"responses": {}, "callbacks": {"done": {"{$request.body#/url}": inner}}}
    spec = document({"/a": {"post": outer}, "/b": {"post": {"responses": {}}}})
    for options in ({"include": ("POST /a",)}, {"exclude": ("POST /b",)}):
        module, _ = read(spec, **options)
        assert [c.kind for c in module.calls] == ["", "callback"]
    assert list(read(spec, exclude=("POST /a",))[0].calls) == [
        call for call in read(spec)[0].calls if call.path == "/b"
    ]
    names = classes(spec)
    assert set(names.values()) == {"PostADoneRequest"}


def test_an_id_that_several_operations_have_names_none() -> None:
    def listing(name: str) -> dict[str, Any]:
        return {"get": {"operationId": name, "responses": {"200": body(thing())}}}

    paths = {"/a": listing("list"), "/b/{c}": listing("list"), "/d": listing("other")}
    assert classes(document(paths)) == {
        "list 200 response": "GetA200Response",
        "GET /b/{c} 200 response": "GetBC200Response",
        "other 200 response": "Other200Response",
    }
