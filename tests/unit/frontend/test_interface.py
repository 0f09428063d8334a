"""What a document offers around its schemas, as data of the IR."""

from __future__ import annotations

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from codegen.ir import operations as ops
from tests.memory import MemoryReader


def read(text: str, options: Options | None = None) -> ir.Module:
    reader = MemoryReader({"spec.yaml": text})
    return load(
        "spec.yaml", options or Options(interface=True), Report(), reader=reader
    ).module


HTTP = """\
openapi: 3.1.0
info: {title: T, version: "1"}
servers: [{url: 'https://{at}.example', variables: {at: {default: a, enum: [a, b]}}}]
security: [{key: []}]
paths:
  /things/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: limit, in: query, schema: {type: integer}}
    get:
      operationId: getThing
      x-stability-level: beta
      cacheable: true
      parameters: [{name: limit, in: query, required: true, description: How many.}]
      responses:
        "200":
          description: ok
          headers: {X-Next: {schema: {type: string}}}
          content: {application/json: {schema: {type: object}}}
      callbacks:
        done:
          '{$request.query.url}': {post: {responses: {"200": {description: ok}}}}
webhooks:
  changed: {post: {security: [], responses: {"200": {description: ok}}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: K}}
  parameters: {Unused: {name: u, in: query}}
"""


def test_operations() -> None:
    found = read(HTTP).interface
    labels = [(one.kind, one.label) for one in found.operations]
    assert labels == [
        ("", "GET /things/{id}"),
        ("callback", "POST {$request.query.url}"),
        ("webhook", "POST changed"),
    ]
    get, callback, webhook = found.operations
    assert get.direction is ir.Direction.CLIENT_TO_SERVER
    assert webhook.direction is ir.Direction.SERVER_TO_CLIENT
    assert callback.within == "GET /things/{id} done"
    assert get.notes["x-stability-level"] == "beta"
    assert get.security == ({"key": ()},)
    assert webhook.security == ()
    assert [server.settings["url"] for server in get.servers] == [
        "https://{at}.example"
    ]


def test_parameters_of_an_operation_go_before_those_of_its_path() -> None:
    get = read(HTTP).interface.operations[0]
    assert [(p.where, p.name, p.required) for p in get.parameters] == [
        ("path", "id", True),
        ("query", "limit", True),
    ]
    limit = get.parameters[1]
    assert limit.settings["explode"] is True
    assert limit.schema is None
    assert limit.notes == {"description": "How many."}


def test_what_nobody_reads_is_kept() -> None:
    module = read(HTTP)
    get = module.interface.operations[0]
    assert get.unread == {"cacheable": True}
    components = module.interface.components
    assert {pointer: one.value for pointer, one in components.items()} == {
        "/components/parameters/Unused": {"name": "u", "in": "query"}
    }


def test_schemas_of_parameters_stand_aside() -> None:
    module = read(HTTP)
    get = module.interface.operations[0]
    path = get.parameters[0].schema
    assert path is not None
    assert path in module.aside
    assert path not in module.schemas
    header = get.responses["200"].headers["X-Next"].schema
    assert header is not None
    assert module.aside[header].assertions == (ir.Type(("string",)),)


def test_nothing_is_read_where_nobody_asks() -> None:
    for options in (Options(), Options(include=("Nothing",), interface=True)):
        module = read(HTTP, options)
        assert module.interface == ops.Interface()
        assert not module.aside


def test_what_cannot_be_read_is_a_gap() -> None:
    text = HTTP.replace("{name: id, in: path,", "{in: path,")
    gaps = read(text).interface.gaps
    assert {where.pointer for where in gaps} == {"/paths/~1things~1{id}/parameters/0"}


CHANNELS = """\
asyncapi: 3.0.0
info: {title: T, version: "1"}
servers:
  eu: {host: a.example, protocol: wss, security: [{type: userPassword}]}
channels:
  room:
    address: room/{id}
    parameters: {id: {enum: [a, b]}}
    messages:
      note:
        name: note
        traits: [{correlationId: {location: '$message.header#/id'}, title: A note}]
        headers: {type: object}
        payload: {type: object}
    bindings: {ws: {method: GET, query: {type: object}}, mqtt: {qos: 1}}
operations:
  take:
    action: receive
    channel: {$ref: '#/channels/room'}
    reply:
      channel: {$ref: '#/channels/room'}
      address: {location: '$message.header#/to'}
"""


def test_channels_and_actions() -> None:
    found = read(CHANNELS).interface
    (channel,) = found.channels
    assert channel.address == "room/{id}"
    assert channel.parameters["id"].schema is not None
    assert set(channel.handshake) == {"query"}
    assert channel.bindings == {"ws": {"method": "GET"}, "mqtt": {"qos": 1}}
    (action,) = found.actions
    assert action.writes is ir.Direction.CLIENT_TO_SERVER
    (note,) = action.messages
    assert note.key == "note"
    assert note.notes == {"title": "A note"}
    assert note.settings == {"correlationId": {"location": "$message.header#/id"}}
    assert action.reply is not None
    assert action.reply.address == "$message.header#/to"
    (server,) = found.servers
    (needed,) = server.security or ()
    assert found.schemes[next(iter(needed))].inline


def test_the_perspective_turns_actions_round() -> None:
    (action,) = read(
        CHANNELS, Options(perspective="client", interface=True)
    ).interface.actions
    assert action.writes is ir.Direction.SERVER_TO_CLIENT
