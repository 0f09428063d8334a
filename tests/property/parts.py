"""Parts of odd documents: what `include` and `exclude` leave, extracted and compared.

Two small documents are damaged at random places: values become others, or go. Whatever
comes of it, no command may end in an error of ours, and what `extract` writes must say
the same to `diff`. `python -m tests.property.parts --first 0 --count 1000` tries as
many as one likes.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import io
import json
import os
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from codegen import cli

OPENAPI: Final = """
openapi: 3.0.3
info: {title: Ferries, version: "1"}
servers: [{url: "https://{tier}", variables: {tier: {default: x, enum: [x]}}}]
security: [{key: []}]
x-told: {gone: {$ref: '#/components/schemas/Berth'}}
paths:
  /berths/{id}:
    parameters: [{$ref: '#/components/parameters/Id'}]
    get:
      operationId: find
      security: [{login: [read]}]
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses:
        "200":
          description: found
          headers: {Count: {$ref: '#/components/headers/Count'}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Pier'}}}
        "404": {$ref: '#/components/responses/None'}
      callbacks:
        freed:
          '{$request.body#/url}':
            post:
              requestBody:
                content:
                  application/json: {schema: {$ref: '#/components/schemas/Berth'}}
              responses: {"204": {description: heard}}
    post:
      requestBody: {$ref: '#/components/requestBodies/Made'}
      responses:
        "200": {$ref: '#/paths/~1berths~1{id}/get/responses/200'}
  /piers:
    get:
      parameters: [{$ref: '#/paths/~1berths~1{id}/get/parameters/0'}]
      responses:
        "200":
          description: all
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Pier'}}
components:
  schemas:
    Pier:
      allOf:
        - $ref: '#/components/schemas/Berth'
        - {type: object, required: [length], properties: {length: {type: integer}}}
    Berth: {type: object, properties: {number: {type: string}}}
  headers: {Count: {schema: {type: integer}}}
  responses:
    None:
      description: none
      content: {application/json: {schema: {$ref: '#/components/schemas/Berth'}}}
  requestBodies:
    Made: {content: {application/json: {schema: {$ref: '#/components/schemas/Pier'}}}}
  parameters: {Id: {name: id, in: path, required: true, schema: {type: string}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: X}
    login:
      type: oauth2
      flows: {implicit: {authorizationUrl: https://e.example, scopes: {read: r}}}
"""

ASYNCAPI: Final = """
asyncapi: 3.0.0
info: {title: Ferries, version: "1"}
servers:
  main:
    host: h.example
    protocol: ws
    security: [{$ref: '#/components/securitySchemes/login'}]
channels:
  berths:
    address: berths/{port}
    parameters: {port: {enum: [x]}}
    servers: [{$ref: '#/servers/main'}]
    bindings:
      ws: {query: {type: object, properties: {l: {$ref: '#/components/schemas/Lang'}}}}
    messages:
      freed: {$ref: '#/components/messages/freed'}
      taken:
        payload: {$ref: '#/components/schemas/Taken'}
        headers: {type: object, properties: {trace: {type: string}}}
operations:
  tell:
    action: send
    channel: {$ref: '#/channels/berths'}
    messages: [{$ref: '#/channels/berths/messages/freed'}]
    reply:
      channel: {$ref: '#/channels/berths'}
      messages: [{$ref: '#/channels/berths/messages/taken'}]
components:
  messages: {freed: {payload: {$ref: '#/components/schemas/Freed'}}}
  schemas:
    Freed: {type: object, properties: {type: {const: freed}}}
    Taken: {type: object, properties: {type: {const: taken}}}
    Lang: {type: string}
  securitySchemes: {login: {type: userPassword}}
"""

ODD: Final[list[Any]] = [
    *(None, 3, -1, True, "x", "", "#/x", [], {}, [1], [[]], {"a": 1}),
    *({"$ref": "#/nope"}, {"$ref": "#"}, {"$ref": 3}, {"allOf": [{}]}),
    {"$ref": "#/components/schemas/Pier"},
    {"$ref": "#/paths/~1berths~1{id}"},
]
"""What stands in place of a value."""

WAYS: Final = {
    OPENAPI: ("GET /berths/{id}", "find", "POST *", "Berth", "GET /piers"),
    ASYNCAPI: ("Freed", "Taken"),
}
"""What is included or excluded, by document."""


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all values inside a value."""
    members: Any = value.items() if isinstance(value, dict) else ()
    members = enumerate(value) if isinstance(value, list) else members
    for key, inner in members:
        yield (*way, key)
        yield from places(inner, (*way, key))


def damaged(document: Any, rng: random.Random) -> None:
    """Take a value away, or put an odd one in its place."""
    *way, last = rng.choice(list(places(document)))
    holder = document
    for key in way:
        holder = holder[key]
    if rng.random() < 0.2:
        del holder[last]
    else:
        holder[last] = copy.deepcopy(rng.choice(ODD))


def said(*arguments: str) -> tuple[int, str]:
    """The exit code of a command and all that it prints."""
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text):
        code = cli.main([*arguments])
    return code, text.getvalue()


def faults(number: int, folder: Path) -> Iterator[str]:
    """What goes wrong with the damaged document of a number."""
    rng = random.Random(number)
    text = rng.choice(list(WAYS))
    before = yaml.safe_load(text)
    after = copy.deepcopy(before)
    for _ in range(rng.choice((1, 1, 2))):
        damaged(after, rng)
    old, new, part = folder / "old.json", folder / "new.json", folder / "part.json"
    old.write_text(json.dumps(before), "utf-8")
    new.write_text(json.dumps(after), "utf-8")
    taken = rng.choice(("--include", "--exclude")), rng.choice(WAYS[text])
    lenient = rng.choice((("--lenient",), ()))
    part.unlink(missing_ok=True)
    runs = [
        ("extract", str(new), *lenient, *taken, "--output", str(part)),
        ("diff", str(old), str(new), *lenient, *taken),
        ("lint", str(new)),
    ]
    for run in runs:
        code, told = said(*run)
        if "internal error" in told or "Traceback" in told:
            yield f"{number} {run}: {told[-400:]}"
        if run[0] == "extract" and code == 0 and taken[0] == "--include":
            code, told = said("diff", str(new), str(part), *lenient, *taken)
            if code and "no-match" not in told:
                yield f"{number} {taken} says something else: {told[:400]}"


def main() -> int:
    """Damage documents, and print what goes wrong."""
    parser = argparse.ArgumentParser(prog="parts", description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    options = parser.parse_args()
    os.environ["CODEGEN_NO_CACHE"] = "1"
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.first, options.first + options.count):
            for fault in faults(number, Path(folder)):
                print(fault, flush=True)
                wrong += 1
    print(f"{options.count} documents, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
