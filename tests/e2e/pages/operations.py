"""A shop with a list, and a stream of events; a client that answers what fits."""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

from codegen import cli

PARAMETERS = [
    {"name": "limit", "in": "query", "schema": {"type": "integer"}},
    {
        "name": "tags",
        "in": "query",
        "schema": {"type": "array", "items": {"type": "string"}},
    },
    {"name": "X-Tenant", "in": "header", "schema": {"type": "string"}},
]
PAGES = {"type": "object", "properties": {"items": {"type": "array"}}}


def answer(media_type: str, **content: object) -> dict[str, object]:
    return {"200": {"description": "", "content": {media_type: content}}}


Path("shop.json").write_text(
    json.dumps(
        {
            "openapi": "3.2.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {
                "/items": {
                    "get": {
                        "operationId": "listItems",
                        "parameters": PARAMETERS,
                        "responses": answer("application/json", schema=PAGES),
                    }
                },
                "/watch": {
                    "get": {
                        "operationId": "watch",
                        "responses": answer(
                            "text/event-stream",
                            itemSchema={"$ref": "#/components/schemas/Event"},
                        ),
                    }
                },
            },
            "components": {
                "schemas": {
                    "Event": {"oneOf": [{"$ref": "#/components/schemas/Cat"}]},
                    "Cat": {
                        "type": "object",
                        "required": ["type"],
                        "properties": {
                            "type": {"const": "cat"},
                            "lives": {"type": "integer"},
                        },
                    },
                }
            },
        }
    ),
    "utf-8",
)
command = "generate shop.json --package shop --output sdk --no-tests --quiet"
assert cli.main(command.split()) == 0
importlib.invalidate_caches()
Cat = importlib.import_module("shop").Cat


class Reply:
    status_code = 200
    content = b'{"items": []}'

    def iter_bytes(self) -> Iterator[bytes]:
        yield b'data: {"type": "cat", "lives": 9}\n\ndata: [DONE]\n\n'


class Client:
    def request(self, method: str, url: str) -> Reply:
        assert (method, url) == ("GET", "https://x/items?limit=5&tags=a%20b")
        return Reply()


client, base, reply = Client(), "https://x", Reply()
