"""Events that are decoded where the caller's stack ends in the midst of them: they are
begun again with another stack, and by then what they keep has lists of objects."""

from __future__ import annotations

import copy
import inspect
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.wire.packages import build
from tests.wire.test_depth import below

SPEC = """
asyncapi: 2.6.0
info: {title: Plans, version: "1"}
channels:
  /:
    publish: {message: {oneOf: [{$ref: "#/components/messages/put"}]}}
components:
  messages: {put: {payload: {$ref: "#/components/schemas/Put"}}}
  schemas:
    Put:
      type: object
      required: [type]
      properties:
        type: {const: put}
        step: {$ref: "#/components/schemas/Step"}
        inner: {$ref: "#/components/schemas/Plan"}
        lists: {$ref: "#/components/schemas/Lists"}
    Plan:
      type: object
      properties:
        step: {$ref: "#/components/schemas/Step"}
        inner: {$ref: "#/components/schemas/Plan"}
        lists: {$ref: "#/components/schemas/Lists"}
    Step:
      anyOf: [{$ref: "#/components/schemas/Short"}, {$ref: "#/components/schemas/Long"}]
    Short:
      type: object
      required: [parts]
      additionalProperties: false
      properties: {parts: {type: array, items: {$ref: "#/components/schemas/Part"}}}
    Long:
      type: object
      required: [parts, more]
      properties:
        parts: {type: array, items: {$ref: "#/components/schemas/Part"}}
        more: {type: array, items: {$ref: "#/components/schemas/Part"}}
    Part: {type: object, required: [size], properties: {size: {type: integer}}}
    Lists:
      type: object
      properties: {a: {type: array, items: {$ref: "#/components/schemas/List"}}}
    List:
      type: object
      properties: {a: {type: array, items: {$ref: "#/components/schemas/Inner"}}}
    Inner:
      type: object
      properties: {a: {type: array, items: {$ref: "#/components/schemas/Part"}}}
"""

STEP = {"parts": [{"size": 1}], "more": [{"size": 2}]}
LISTS = {"a": [{"a": [{"a": [{"size": 3}]}]}]}
INNER = {"step": STEP, "inner": {"step": STEP, "lists": LISTS}, "lists": LISTS}
FRAME = json.dumps({"type": "put", "step": STEP, "inner": INNER, "lists": LISTS})


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("again")
    Path(folder, "spec.yaml").write_text(SPEC, "utf-8")
    return build(folder / "spec.yaml", "decoded_again", folder).sdk


WAYS: dict[str, Callable[[Any], Any]] = {
    "event": lambda sdk: sdk.CLIENT_EVENTS.decode(FRAME),
    "strictly": lambda sdk: sdk.CLIENT_EVENTS.decode(FRAME, strict=True),
    "object": lambda sdk: sdk.Put.from_json(FRAME),
    "value": lambda sdk: sdk.SCHEMAS["Put"].from_json(FRAME),
    "copy": lambda sdk: copy.deepcopy(sdk.CLIENT_EVENTS.decode(FRAME)),
}


@pytest.mark.parametrize("way", WAYS)
def test_unions_without_tags_are_told_apart_again(sdk: Any, way: str) -> None:
    decode = WAYS[way]
    expected = decode(sdk)
    assert type(expected.step) is type(expected.inner.inner.step) is sdk.Long
    room = sys.getrecursionlimit() - len(inspect.stack())
    decoded = 0
    for levels in range(room - 60, room):
        try:
            event = below(levels, lambda: decode(sdk))
        except RecursionError:
            continue  # There is no room to begin with.
        assert event == expected
        assert json.loads(event.to_json()) == json.loads(FRAME)
        decoded += 1
    assert decoded > 30
