"""What OpenAPI documents say beside their schemas: names, bodies, directions."""

from __future__ import annotations

from codegen.diagnostics import Report, Span
from codegen.frontend import Loaded, Options, load
from codegen.ir import model as ir
from codegen.ir import walk
from tests.memory import MemoryReader

SPEC = """\
openapi: 3.1.0
info: { title: Shop, version: "7" }
paths:
  /orders:
    parameters: [{ name: id, in: query, schema: { type: string } }]
    post:
      requestBody: { $ref: "#/components/requestBodies/Order" }
      responses:
        "200":
          description: The order as it was taken.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Order" }
              examples: { one: { value: { id: 1 } } }
            audio/mpeg: { schema: { type: string, format: binary } }
        "204": { description: Nothing. }
        default:
          content: { application/problem+json: { schema: { type: object } } }
      callbacks:
        changed:
          "{$request.body#/url}":
            post:
              requestBody:
                content:
                  application/json: { schema: { $ref: "#/components/schemas/Change" } }
              responses:
                "200": { content: { application/json: { schema: { type: boolean } } } }
webhooks:
  shipped:
    post:
      requestBody:
        content: { application/json: { schema: { $ref: "parts.yaml#/Parcel" } } }
components:
  requestBodies:
    Order:
      content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } }
  schemas:
    Order: { type: object, properties: { item: { $ref: "#/components/schemas/Item" } } }
    Item: { $ref: "parts.yaml#/Thing" }
    Change: { type: string }
    Same: { $ref: "#/components/schemas/Change" }
"""
PARTS = """\
Thing: { type: object, properties: { part: { $ref: "#/Part" } } }
Part: { type: string }
Parcel: { type: object }
"""


def loaded(*include: str) -> Loaded:
    report = Report()
    reader = MemoryReader({"shop.yaml": SPEC, "parts.yaml": PARTS})
    result = load("specs/shop.yaml", Options(include=include), report, reader=reader)
    assert len(report) == 0, [str(problem) for problem in report]
    return result


def test_names_are_the_keys_of_the_components_wherever_the_schemas_are() -> None:
    module = loaded().module
    names = {n: i for n, i in module.names.items() if n not in module.inline}
    assert names == {
        "Order": "shop.yaml#/components/schemas/Order",
        "Item": "parts.yaml#/Thing",
        "Change": "shop.yaml#/components/schemas/Change",
        "Same": "shop.yaml#/components/schemas/Same",
        "Parcel": "parts.yaml#/Parcel",
        "Part": "parts.yaml#/Part",
    }
    assert module.named("Same").assertions == (
        ir.Ref(module.names["Change"], "#/components/schemas/Change"),
    )
    assert (module.title, module.version, module.dialect) == (
        "Shop",
        "7",
        "openapi-3.1",
    )
    assert [file.path for file in module.files] == ["shop.yaml", "parts.yaml"]


def test_bodies_travel_in_their_directions() -> None:
    module = loaded().module
    there, back = ir.Direction.CLIENT_TO_SERVER, ir.Direction.SERVER_TO_CLIENT
    order = module.names["Order"]
    inline = "shop.yaml#/paths/~1orders/post/"
    found = [(m.name, m.kind, m.direction, m.payload) for m in module.messages]
    problem = inline + "responses/default/content/application~1problem+json/schema"
    call = inline + "callbacks/changed/{$request.body#~1url}/post/"
    assert found == [
        ("POST /orders request", "request", there, order),
        ("POST /orders 200", "response", back, order),
        ("POST /orders 200 audio/mpeg", "response", back, None),
        ("POST /orders default", "response", back, problem),
        (
            "POST {$request.body#/url} request",
            "callback",
            back,
            module.names["Change"],
        ),
        (
            "POST {$request.body#/url} 200",
            "callback",
            there,
            call + "responses/200/content/application~1json/schema",
        ),
        ("POST shipped request", "webhook", back, module.names["Parcel"]),
    ]
    answer = module.messages[1]
    assert answer.description == "The order as it was taken."
    assert [e.value for e in answer.examples] == [{"id": 1}]
    assert [m.binary for m in module.messages].count(True) == 1
    assert all(m.payload in module.schemas for m in module.messages if m.payload)


def test_include_takes_the_closure_and_the_messages_in_it() -> None:
    module = loaded("It*").module
    assert list(module.names) == ["Item", "Part"]
    assert sorted(module.schemas) == ["parts.yaml#/Part", "parts.yaml#/Thing"]
    assert module.messages == ()
    names = [message.name for message in loaded("Order").module.messages]
    assert names == ["POST /orders request", "POST /orders 200"]


def test_places_are_found_in_the_file_they_are_in() -> None:
    result = loaded()
    thing = result.module.named("Item")
    properties = walk.find(thing, ir.Properties)
    assert properties is not None
    part = properties.schemas["part"].location
    assert part == ir.Location("parts.yaml", "/Thing/properties/part")
    assert result.span(part) == Span("specs/parts.yaml", 1, 44)
    assert result.span(part, key=True) == Span("specs/parts.yaml", 1, 38)
    assert result.line(result.span(part)).startswith("Thing:")


def test_a_target_inside_another_schema_is_the_same_object() -> None:
    spec = """\
openapi: 3.0.0
components:
  schemas:
    A: { properties: { x: { type: object, x-note: 1 } } }
    B: { $ref: "#/components/schemas/A/properties/x" }
"""
    reader = MemoryReader({"a.yaml": spec})
    module = load("a.yaml", Options(), Report(), reader=reader).module
    properties = walk.find(module.named("A"), ir.Properties)
    assert properties is not None
    assert module.named("B") is properties.schemas["x"]
    assert properties.schemas["x"].annotations.extensions == {"x-note": 1}


def test_annotations() -> None:
    spec = """\
openapi: 3.0.0
components:
  schemas:
    A:
      title: T
      description: D
      type: string
      enum: [a, b]
      default: null
      example: a
      deprecated: true
      readOnly: true
      writeOnly: true
      x-enum-metadata: { a: { rate: 8000 }, b: { rate: null } }
      x-oaiMeta: { example: '{"a": 1}', name: A }
      examples: [hidden in 3.0]
    B:
      oneOf: [{ $ref: "#/components/schemas/A" }]
      discriminator:
        propertyName: kind
        mapping: { one: A, two: "#/components/schemas/B" }
      x-oaiMeta: { example: "not JSON" }
"""
    reader = MemoryReader({"a.yaml": spec})
    report = Report()
    module = load("a.yaml", Options(), report, reader=reader).module
    assert not report.failed
    assert module.named("A").annotations == ir.Annotations(
        title="T",
        description="D",
        default=None,
        examples=("a", {"a": 1}),
        deprecated=True,
        read_only=True,
        write_only=True,
        enum_metadata={"a": {"rate": 8000}, "b": {"rate": None}},
        extensions={"x-oaiMeta": {"example": '{"a": 1}', "name": "A"}},
        others={"examples": ["hidden in 3.0"]},
    )
    annotations = module.named("B").annotations
    assert annotations.default is ir.MISSING
    assert annotations.examples == ()
    assert annotations.discriminator == ir.Discriminator(
        "kind", {"one": module.names["A"], "two": module.names["B"]}
    )
