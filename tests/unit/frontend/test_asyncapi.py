"""Channels and operations of AsyncAPI 2 and 3: what travels, and which way."""

from __future__ import annotations

import re

import pytest

from codegen.diagnostics import Report
from codegen.frontend import Options, asyncapi, load
from codegen.ir import model as ir
from tests.memory import MemoryReader

THERE, BACK = ir.Direction.CLIENT_TO_SERVER, ir.Direction.SERVER_TO_CLIENT
UNKNOWN = ir.Direction.UNKNOWN


def read(text: str, perspective: str = "server", **files: str) -> ir.Module:
    names = {name.replace("__", "."): content for name, content in files.items()}
    reader = MemoryReader({"spec.yaml": text, **names})
    report = Report()
    options = Options(perspective=perspective)
    module = load("spec.yaml", options, report, reader=reader).module
    assert len(report) == 0, [str(problem) for problem in report]
    return module


V2 = """\
asyncapi: 2.6.0
info: { title: Lights, version: "1" }
defaultContentType: application/json
channels:
  light/{id}/measured:
    parameters: { id: { schema: { type: string } } }
    publish:
      operationId: onMeasured
      traits: [{ description: An operation's trait. }]
      message:
        oneOf:
          - $ref: "#/components/messages/Measured"
          - { name: inlined, payload: { type: object } }
          - { payload: { type: array }, traits: [{ messageId: traited }] }
    subscribe:
      message:
        payload: { $ref: "payloads.yaml#/components/schemas/Command" }
  audio:
    subscribe:
      message: { messageId: chunk, contentType: audio/pcm, payload: {} }
components:
  messages:
    Measured:
      description: Its own.
      contentType: application/json
      headers: { type: object, properties: { a: { type: string } } }
      payload: { $ref: "#/components/schemas/Measurement" }
      traits: [{ $ref: "#/components/messageTraits/Common" }]
      examples: [{ payload: { lumens: 1 } }, { name: empty }]
    Unused: { payload: { type: string } }
  messageTraits:
    Common:
      description: The trait's.
      headers: { properties: { b: { type: integer } } }
  schemas:
    Measurement: { type: object, properties: { lumens: { type: integer } } }
"""
PAYLOADS = "components: { schemas: { Command: { enum: ['on', 'off'] } } }"


def test_publish_is_what_clients_send() -> None:
    module = read(V2, payloads__yaml=PAYLOADS)
    channel = "light/{id}/measured"
    found = [(m.name, m.direction, m.channel) for m in module.messages]
    assert found == [
        ("Measured", THERE, channel),
        ("inlined", THERE, channel),
        ("onMeasured", THERE, channel),
        (f"{channel} subscribe", BACK, channel),
        ("chunk", BACK, "audio"),
        ("Unused", UNKNOWN, ""),
    ]
    mirrored = read(V2, "client", payloads__yaml=PAYLOADS)
    assert [m.direction for m in mirrored.messages[:5]] == [BACK] * 3 + [THERE] * 2
    assert mirrored.messages[5].direction is UNKNOWN


def test_payloads_without_a_name_are_named_after_their_message() -> None:
    module = read(V2, payloads__yaml=PAYLOADS)
    publish = "spec.yaml#/channels/light~1{id}~1measured/publish/message/oneOf"
    assert dict(module.names) == {
        "Measurement": "spec.yaml#/components/schemas/Measurement",
        "inlinedPayload": f"{publish}/1/payload",
        "onMeasuredPayload": f"{publish}/2/payload",
        "Command": "payloads.yaml#/components/schemas/Command",
        "UnusedPayload": "spec.yaml#/components/messages/Unused/payload",
        "MeasuredHeaders": "spec.yaml#/components/messages/Measured/headers",
    }
    chunk = module.messages[4]
    assert (chunk.payload, chunk.binary, chunk.content_type) == (
        None,
        True,
        "audio/pcm",
    )


GROUPS = """\
asyncapi: 2.6.0
info: { title: Groups, version: "1" }
channels:
  all: { publish: { message: { $ref: "#/components/messages/All" } } }
  far: { subscribe: { message: { $ref: "parted.yaml" } } }
components:
  messages:
    All:
      oneOf:
        - $ref: "#/components/messages/Some"
        - { name: last, payload: { type: object } }
    Some: { oneOf: [{ $ref: "#/components/messages/First" }] }
    First: { payload: { type: object } }
    Idle:
      oneOf:
        - { name: rest, payload: { type: object } }
        - $ref: "#/components/messages/First"
        - $ref: "#/components/messages/Idle"
"""


def test_payloads_that_stand_in_a_message_are_what_it_says() -> None:
    module = read("""\
asyncapi: 3.0.0
info: { title: Doors, version: "1" }
channels:
  doors:
    messages:
      opened: { summary: A door was opened., payload: { type: object } }
      closed:
        description: A door was closed.
        payload: { type: object, description: What is known of it. }
      locked: { summary: It was locked., payload: { $ref: "#/components/schemas/Key" } }
components:
  schemas:
    Key: { type: object }
""")
    told = {
        message.name: module.schemas[message.payload].annotations.description
        for message in module.messages
        if message.payload is not None
    }
    assert told == {
        "opened": "A door was opened.",
        "closed": "What is known of it.",
        "locked": "",
    }


def test_one_of_several_may_be_several_itself() -> None:
    """Also among components, and round in a circle."""
    parted = "payload: { type: object, properties: { by: { type: string } } }"
    module = read(GROUPS, parted__yaml=parted)
    assert [(m.name, m.direction) for m in module.messages] == [
        ("First", THERE),
        ("last", THERE),
        ("parted", BACK),
        ("rest", UNKNOWN),
    ]
    named = ["FirstPayload", "lastPayload", "partedPayload", "restPayload"]
    assert list(module.names) == named


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("application/schema+json;version=draft-07", "draft-07"),
        ("application/schema+yaml; charset=utf-8; version=draft-2020-12", "2020-12"),
        ('Application/Schema+JSON;version="2019-09"', "2019-09"),
        ("application/schema+json;version=draft-99", None),
        ("application/vnd.aai.asyncapi;version=3.1.0", "asyncapi"),
        ("application/vnd.oai.openapi", "openapi-3.0"),
        ("application/vnd.oai.openapi+json;version=3.1.1", "openapi-3.1"),
        ("application/vnd.oai.openapi;version=3.2.0", "openapi-3.2"),
        ("application/vnd.oai.openapi;version=2.0", None),
        ("application/vnd.apache.avro;version=1.9.0", None),
    ],
)
def test_formats_of_schemas(told: str, found: str | None) -> None:
    dialect = asyncapi.schema_format(told)
    assert (dialect and dialect.name) == found


def test_traits_of_version_2_override_and_merge() -> None:
    module = read(V2, payloads__yaml=PAYLOADS)
    measured = module.messages[0]
    assert measured.description == "The trait's."
    assert [e.value for e in measured.examples] == [{"lumens": 1}]
    assert measured.headers is not None
    headers = module.schemas[measured.headers]
    types, properties = headers.assertions
    assert types == ir.Type(("object",))
    assert isinstance(properties, ir.Properties)
    assert list(properties.schemas) == ["a", "b"]


def test_headers_are_named_after_where_they_stand() -> None:
    module = read("""\
asyncapi: 3.0.0
info: { title: Headers, version: "1" }
channels:
  up:
    messages:
      rose: { headers: { properties: { a: {} } }, payload: { type: string } }
      fell: { traits: [{ $ref: "#/components/messageTraits/Traced" }] }
      stood: { $ref: "#/components/messages/Stood" }
      sank: { $ref: "#/components/messages/Sank" }
      any: { headers: { type: object, properties: {} } }
  down:
    messages:
      rose: { headers: { allOf: [{ type: object }] } }
components:
  messages:
    Stood: { traits: [{ $ref: "#/components/messageTraits/Traced" }] }
    Sank: { headers: { $ref: "#/components/schemas/Depth" } }
  messageTraits:
    Traced: { headers: { properties: { b: {} } } }
    Headers: { headers: { properties: { c: {} } } }
  schemas:
    Depth: { type: object }
    TracedHeaders: { type: string }
""")
    up, down = "#/channels/up/messages", "#/channels/down/messages"
    traced = "#/components/messageTraits/Traced/headers"
    found = {id_.removeprefix("spec.yaml"): n for n, id_ in module.names.items()}
    # Those that would share a name end in a digest.
    assert {place: re.sub("_[0-9a-f]{4}$", "_", n) for place, n in found.items()} == {
        "#/components/schemas/Depth": "Depth",
        "#/components/schemas/TracedHeaders": "TracedHeaders",
        f"{up}/rose/payload": "rosePayload",
        f"{up}/rose/headers": "roseHeaders_",
        f"{down}/rose/headers": "roseHeaders_",
        traced: "TracedHeaders_",
    }


V3 = """\
asyncapi: 3.0.0
info: { title: Talk, version: "2" }
channels:
  talk:
    address: /talk/{room}
    parameters: { room: { enum: [a, b] } }
    messages:
      ask: { $ref: "messages.yaml#/Ask" }
      answer:
        contentType: application/json
        description: Its own.
        traits: [{ description: The trait's., contentType: text/plain }]
        payload: { type: object, required: [text] }
      spare: { payload: { type: "null" } }
  pipe: { $ref: "messages.yaml#/pipe" }
operations:
  asking:
    action: receive
    channel: { $ref: "#/channels/talk" }
    messages: [{ $ref: "#/channels/talk/messages/ask" }]
    reply:
      channel: { $ref: "#/channels/talk" }
      messages: [{ $ref: "#/channels/talk/messages/answer" }]
  piping:
    action: send
    channel: { $ref: "#/channels/pipe" }
x-session-rules:
  - name: no-answer-twice
    description: "An answer comes once.\\n"
    after: { tags: [answer] }
    until: { tags: [ask], where: { required: [again] } }
    forbid: { tags: [answer] }
    frozen: { ask: /room }
"""
MESSAGES = """\
Ask: { payload: { $ref: "#/Question" } }
Question: { type: object }
pipe:
  messages:
    bytes: { contentType: application/octet-stream }
    avro:
      payload:
        schemaFormat: "application/schema+json;version=draft-07"
        schema: { type: string }
"""


@pytest.mark.parametrize("perspective", ["server", "client"])
def test_send_and_receive_are_what_the_application_does(perspective: str) -> None:
    module = read(V3, perspective, messages__yaml=MESSAGES)
    receives, sends = (THERE, BACK) if perspective == "server" else (BACK, THERE)
    found = [(m.name, m.direction, m.channel) for m in module.messages]
    assert found == [
        ("ask", receives, "/talk/{room}"),
        ("answer", sends, "/talk/{room}"),
        ("bytes", sends, "pipe"),
        ("avro", sends, "pipe"),
        ("spare", UNKNOWN, "/talk/{room}"),
    ]
    assert dict(module.names) == {
        "Question": "messages.yaml#/Question",
        "answerPayload": "spec.yaml#/channels/talk/messages/answer/payload",
        "avroPayload": "messages.yaml#/pipe/messages/avro/payload/schema",
        "sparePayload": "spec.yaml#/channels/talk/messages/spare/payload",
    }
    answer, pipe = module.messages[1], module.messages[2]
    assert (answer.description, answer.content_type) == ("Its own.", "application/json")
    assert (pipe.payload, pipe.binary) == (None, True)


def test_session_rules() -> None:
    module = read(V3, messages__yaml=MESSAGES)
    (rule,) = module.session_rules
    where = ir.SchemaId("spec.yaml#/x-session-rules/0/until/where")
    assert rule == ir.SessionRule(
        name="no-answer-twice",
        description="An answer comes once.",
        location=ir.Location("spec.yaml", "/x-session-rules/0"),
        after=ir.EventCondition(("answer",)),
        until=ir.EventCondition(("ask",), where),
        forbid=ir.EventCondition(("answer",)),
        frozen={"ask": "/room"},
    )
    assert module.schemas[where].assertions == (ir.Required(("again",)),)


ONE_KEY = """
asyncapi: 3.0.0
info: {title: One key, version: "1"}
channels:
  users: {messages: {event: {payload: {required: [user]}}}}
  orders: {messages: {event: {payload: {required: [order]}}, other: {payload: {}}}}
components: {schemas: {otherPayload: {type: string}}}
"""


def test_no_channel_renames_what_another_one_carries() -> None:
    """Messages of one key have a digest of their channel in the names of payloads."""
    names = dict(read(ONE_KEY).names)
    assert list(names) == [
        "otherPayload",
        "eventPayload_0d26",
        "eventPayload_1635",
        "otherPayload_85f5",
    ]
    before = "  early: {messages: {event: {payload: {required: [x]}}}}\n  users:"
    more = dict(read(ONE_KEY.replace("  users:", before)).names)
    assert {name: more[name] for name in names} == names
    alone = ONE_KEY.replace("orders: {messages: {event:", "orders: {messages: {order:")
    assert {"eventPayload", "orderPayload"} <= dict(read(alone).names).keys()


NAMED_FORMAT = """
asyncapi: 3.0.0
info: {title: Formats, version: "1"}
components:
  messages:
    told: {payload: {properties: {by: {$ref: "#/components/schemas/Pair"}}}}
  schemas:
    Pair:
      schemaFormat: application/schema+json;version=draft-2020-12
      schema: {prefixItems: [{type: string}]}
"""


def test_a_reference_inside_a_schema_means_what_names_its_format() -> None:
    module = read(NAMED_FORMAT)
    (properties,) = module.named("toldPayload").assertions
    assert isinstance(properties, ir.Properties)
    (reference,) = properties.schemas["by"].assertions
    assert isinstance(reference, ir.Ref)
    assert reference.target == module.names["Pair"]
    (items,) = module.schemas[reference.target].assertions
    assert isinstance(items, ir.PrefixItems)
