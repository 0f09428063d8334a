"""Documents of every input format with one text in every place where a text stands.

Each text that a specification, an overlay or a configuration can choose is a slot, and
`Slots` counts them. Texts that must differ, as names of schemas do, begin or end with
something of their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from codegen.ecma import ECMASyntaxError, parse

BENIGN: Final = "harmless"

OPEN: Final = "import os\nos.system('touch pwned')"

PAYLOADS: Final = {
    "docstring": f'"""\n{OPEN}\n"""',
    "docstring-single": f"'''\n{OPEN}\n'''",
    "docstring-one-line": '"""; __import__(\'os\').system(\'touch pwned\'); """',
    "quotes": "\"'\"'\"\"\"'''",
    "backslash": "a\\",
    "backslashes": '\\\\\\"""\\',
    "call": "') or __import__('os').system('touch pwned') or ('",
    "call-double": "\") or __import__('os').system('touch pwned') or (\"",
    "dict": "a': exec('1'), 'b",
    "bracket": "a\"]); open('pwned', 'w'); x = ([\"",
    "newlines": "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\nx = exec('1')\r\n",
    "indent": "a\n        exec('1')\n    exec('2')\nexec('3')",
    "comment": "a # b\nexec('1')  # type: ignore",
    "cookie": "# -*- coding: utf-7 -*-\n# fmt: off",
    "jinja": "{{ 7 * 7 }}{% for x in y %}{# z #}{% endraw %}",
    "format": "{0}{x!r}{{}}{exec('1')}%s%(x)d$x",
    "escapes": "\\N{DIGIT ONE}\\x00\\u0022\\U00000022\\042\\\n",
    "control": "a\x00\x01\x1b[31m\x7f\x80\x9b\ufeff",
    "bidi": "\u202eabc\u2066\u200b\u200f\U000e0041",
    "long": "a" * 3000 + '"""',
    "deep": "[" * 300 + "(" * 300 + "{" * 300,
    "keyword": "class",
    "constant": "None",
    "dunder": "__class__",
    "import": "__import__",
    "init": "__init__",
    "builtin": "exec",
    "base": "Model",
    "own": "decode",
    "annotations": "annotations",
    "ligature": "ﬁ.ﬂ",
    "fraktur": "ℌ𝔢𝔵𝔢𝔠",
    "wide-dunder": "__ｃlass__",
    "wide-call": "ｅｘｅｃ（'1'）",
    "jamo": "\u1100\u1161\u0301",
    "no-letter": "\u2e2f\u0301\u00b2",
    "digits": "007",
    "minus": "-None",
    "path": "../../etc/passwd",
    "pointer": "~/~0~1%25#/",
}
"""Texts that want to be something else than text."""


@dataclass
class Slots:
    """The texts of one document: the same everywhere, and counted."""

    payload: str
    names: set[str] = field(default_factory=set)

    def text(self, slot: str) -> str:
        """A text that may be any."""
        self.names.add(slot)
        return self.payload

    def own(self, slot: str, number: int, *, first: bool = False) -> str:
        """A text that no other slot has; of `first` ones only one begins as it is."""
        self.names.add(slot)
        return f"{self.payload} {number}" if not first else f"S{number} {self.payload}"

    def pattern(self, slot: str) -> str:
        """A pattern that holds the text; one that says as much where it is none."""
        self.names.add(slot)
        try:
            parse(self.payload)
        except (ECMASyntaxError, RecursionError):
            return "".join(f"\\u{{{ord(char):x}}}" for char in self.payload[:200])
        return self.payload


def reference(base: str, name: str) -> dict[str, str]:
    token = name.replace("~", "~0").replace("/", "~1")
    return {"$ref": f"{base}{quote(token, safe='')}"}


def schemas(s: Slots, base: str, nullable: bool) -> dict[str, Any]:
    """Named schemas with a text in every keyword that takes one."""
    first, second, third = (s.own("schema name", n) for n in range(3))
    told = {"title": s.text("title"), "description": s.text("description")}
    extension = {f"x-{s.text('extension')}": {s.text("extension key"): [s.payload]}}
    tag, values = s.own("property name", 1), [s.own("enum value", n) for n in range(2)]
    members = {v: {"fact": s.text("enum fact"), "known": True} for v in values}
    event = {"type": "object", "required": [tag], **told}
    closed: dict[str, Any] = {
        "type": "object",
        "required": [s.own("required name", 2)],
        "properties": {s.own("required name", 2): {"type": "string", **told}},
        "additionalProperties": False,
    }
    constant: Any = {"const": {s.text("const key"): [s.text("const value")]}}
    if nullable:
        constant = {"enum": [{s.text("const key"): [s.text("const value")]}]}
    fields = {
        s.own("property name", 3): {
            "type": "string",
            "default": s.text("default"),
            "example": s.text("example"),
            "examples": [s.text("examples")],
            "format": s.text("format"),
            "contentEncoding": "base64",
            "contentMediaType": s.text("media type"),
            **told,
            **extension,
        },
        s.own("property name", 4): {"type": "string", "enum": [*values], **told},
        s.own("property name", 5): {
            "type": "string",
            "pattern": s.pattern("pattern"),
            **told,
        },
        s.own("property name", 6): {**constant, **told},
        s.own("property name", 7): {"type": "array", "items": closed, **told},
        s.own("property name", 8): {
            "type": "object",
            "additionalProperties": {"type": "number"},
            "default": {s.text("default key"): 1},
            **told,
        },
        s.own("property name", 9): reference(base, third),
    }
    return {
        first: {**event, "properties": {tag: {"enum": [values[0]]}, **fields}},
        second: {**event, "properties": {tag: {"enum": [values[1]]}}},
        third: {"type": "string", "enum": values, "x-enum-metadata": members, **told},
        "Event": {
            "oneOf": [reference(base, first), reference(base, second)],
            "discriminator": {
                "propertyName": tag,
                "mapping": {
                    value: reference(base, name)["$ref"]
                    for value, name in zip(values, (first, second), strict=True)
                },
            },
            **told,
        },
    }


def info(s: Slots) -> dict[str, Any]:
    return {
        "title": s.text("info title"),
        "version": s.text("info version"),
        "description": s.text("info description"),
        "contact": {"name": s.text("contact")},
        f"x-{s.text('info extension')}": s.payload,
    }


def openapi(version: str) -> Callable[[Slots], dict[str, Any]]:
    def document(s: Slots) -> dict[str, Any]:
        base = "#/components/schemas/"
        made = schemas(s, base, version.startswith("3.0"))
        content = {"application/json": {"schema": reference(base, next(iter(made)))}}
        operation = {
            "operationId": s.text("operation id"),
            "summary": s.text("summary"),
            "description": s.text("operation description"),
            "tags": [s.text("operation tag")],
            "requestBody": {"content": content},
            "responses": {
                "200": {"description": s.text("response"), "content": content}
            },
        }
        return {
            "openapi": version,
            "info": info(s),
            "tags": [{"name": s.text("tag"), "description": s.text("tag text")}],
            "servers": [{"url": "https://x", "description": s.text("server")}],
            "paths": {f"/{s.text('path')}": {"post": operation}},
            "components": {"schemas": made},
        }

    return document


def rules(s: Slots, tags: list[str], where: str) -> list[dict[str, Any]]:
    condition = {"properties": {where: {"const": s.text("rule const")}}}
    return [
        {
            "name": "some-rule",
            "description": s.text("rule description"),
            "after": {"tags": tags[:1], "where": condition},
            "until": {"tags": tags[1:]},
            "forbid": {"tags": tags},
            "frozen": {tags[0]: "/" + where.replace("~", "~0").replace("/", "~1")},
        }
    ]


def messages(s: Slots, made: dict[str, Any], base: str) -> dict[str, Any]:
    names = list(made)[:2]
    return {
        s.own("message name", n): {
            "name": s.text("message tag"),
            "title": s.text("message title"),
            "summary": s.text("message summary"),
            "description": s.text("message description"),
            "payload": reference(base, name),
        }
        for n, name in enumerate(names)
    }


def asyncapi_2(s: Slots) -> dict[str, Any]:
    base = "#/components/schemas/"
    made = schemas(s, base, True)
    sent = list(messages(s, made, base).values())
    first = made[next(iter(made))]["properties"]
    tags = [
        part["properties"][next(iter(first))]["enum"][0]
        for part in list(made.values())[:2]
    ]
    return {
        "asyncapi": "2.6.0",
        "info": info(s),
        "channels": {
            s.text("channel"): {
                "description": s.text("channel description"),
                "subscribe": {
                    "operationId": s.text("operation id"),
                    "message": {"oneOf": sent},
                },
            }
        },
        "components": {"schemas": made},
        "x-session-rules": rules(s, tags, list(first)[2]),
    }


def asyncapi_3(s: Slots) -> dict[str, Any]:
    base = "#/components/schemas/"
    made = schemas(s, base, True)
    first = made[next(iter(made))]["properties"]
    tags = [
        part["properties"][next(iter(first))]["enum"][0]
        for part in list(made.values())[:2]
    ]
    name = s.own("channel", 0)
    carried = messages(s, made, base)
    channel = reference("#/channels/", name)
    return {
        "asyncapi": "3.0.0",
        "info": info(s),
        "channels": {
            name: {
                "address": s.text("address"),
                "title": s.text("channel title"),
                "description": s.text("channel description"),
                "messages": carried,
            }
        },
        "operations": {
            s.own("operation", 0): {
                "action": "send",
                "channel": channel,
                "title": s.text("operation title"),
                "messages": [
                    reference(f"{channel['$ref']}/messages/", m) for m in carried
                ],
            }
        },
        "components": {"schemas": made},
        "x-session-rules": rules(s, tags, list(first)[2]),
    }


def json_schema(s: Slots) -> dict[str, Any]:
    made = schemas(s, "#/$defs/", False)
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": s.text("comment"),
        "title": s.text("root title"),
        "description": s.text("root description"),
        "$defs": made,
        "type": "object",
        "properties": {
            s.own("root property", 0): reference("#/$defs/", next(iter(made)))
        },
        "patternProperties": {
            f"^(?:{s.pattern('pattern of names')})\n$": {"type": "object"}
        },
        "dependentRequired": {s.text("dependent"): [s.own("dependency", 1)]},
        "dependentSchemas": {s.text("dependent"): {"minProperties": 1}},
        "propertyNames": {"not": {"const": s.text("forbidden name")}},
    }
    return whole


FORMATS: Final[dict[str, Callable[[Slots], dict[str, Any]]]] = {
    "openapi-3.0": openapi("3.0.3"),
    "openapi-3.1": openapi("3.1.0"),
    "asyncapi-2.6": asyncapi_2,
    "asyncapi-3.0": asyncapi_3,
    "json-schema": json_schema,
}


def overlay(s: Slots) -> dict[str, Any]:
    return {
        "overlay": "1.0.0",
        "info": {
            "title": s.text("overlay title"),
            "version": s.text("overlay version"),
        },
        "actions": [
            {
                "target": "$",
                "description": s.text("overlay action"),
                "update": {"x-y": s.text("overlay value")},
            },
            {
                "target": "$.info",
                "update": {"title": s.own("overlay text", 1)},
            },
        ],
    }


def write(folder: Path, form: str, slots: Slots) -> tuple[Path, Path]:
    """The document and its overlay, in files of which the first has the text in its
    name, as far as a file can."""
    name = slots.text("file name").replace("/", "-").replace("\0", "")
    short = name.encode("utf-8", "replace")[:120].decode("utf-8", "ignore")
    spec = folder / f"{short}.json"
    spec.write_text(json.dumps(FORMATS[form](slots)))
    change = folder / "overlay.json"
    change.write_text(json.dumps(overlay(slots)))
    return spec, change
