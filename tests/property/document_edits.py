"""Edits of whole documents whose effect is known beforehand.

Of paths, parameters, headers, bodies, answers, security, servers, channels, messages.

`python -m tests.property.document_edits 2000` judges that many edits of the corpus and
prints what was not seen or judged otherwise.
"""

from __future__ import annotations

import copy
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codegen.compat import Comparison, Verdict, compare
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from codegen.source.document import Document
from tests.corpus_paths import ASYNCAPI, CORPUS, OPENAI
from tests.memory import MemoryReader

Spec = dict[str, Any]
Effect = str
"""What an edit does, client to server and server to client: `B` breaks, `R` is risky,
`S` is safe, `-` plays no part; `D` for documentation only, `U` for what nobody judges,
`H` for harm in either direction."""

Editor = Callable[[Spec, random.Random], Effect | None]
METHODS: Final = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Edited:
    """A document before and after, and what the edit does."""

    kind: str
    old: Spec
    new: Spec
    effect: Effect


# --- documents ---------------------------------------------------------------------

OPENAPI: Final = (
    OPENAI / "openapi-2024-12-18.yaml",
    CORPUS / "vendors" / "adyen-checkout.yaml",
    CORPUS / "vendors" / "box.json",
    CORPUS / "vendors" / "discord.json",
    CORPUS / "vendors" / "github-rest.json",
    CORPUS / "vendors" / "spotify-fixed.yml",
    CORPUS / "vendors" / "twilio-messaging.json",
    CORPUS / "vendors" / "xero-accounting.yaml",
)
MESSAGES: Final = (
    ASYNCAPI / "gitter-streaming-asyncapi.yml",
    ASYNCAPI / "slack-rtm-asyncapi.yml",
    ASYNCAPI / "streetlights-mqtt-asyncapi.yml",
    ASYNCAPI / "correlation-id-asyncapi.yml",
    CORPUS / "vendors" / "deepgram-asyncapi.yml",
)


def read(path: Path) -> Spec:
    """A document of the corpus as plain values."""
    data = Document(path.name, path.name, path.read_bytes()).data
    assert isinstance(data, dict)
    return data


def references(value: object) -> Iterator[str]:
    """Every reference inside a value."""
    stack = [value]
    while stack:
        match stack.pop():
            case dict() as mapping:
                if isinstance(mapping.get("$ref"), str):
                    yield mapping["$ref"]
                found = mapping.get("discriminator")
                if isinstance(found, dict):
                    yield from map(str, (found.get("mapping") or {}).values())
                stack.extend(mapping.values())
            case list() as many:
                stack.extend(many)
            case _:
                pass


def excerpt(spec: Spec, rng: random.Random, paths: int) -> Spec:
    """A few paths of a document with all that they refer to, parameters, bodies and
    answers put where they are used."""
    chosen = rng.sample(sorted(spec["paths"]), min(paths, len(spec["paths"])))
    small = {k: v for k, v in spec.items() if k not in ("paths", "components")}
    small["paths"] = copy.deepcopy({path: spec["paths"][path] for path in chosen})
    for _, operation in operations(small):
        operation["parameters"] = [
            inlined(spec, one) for one in operation.get("parameters", [])
        ]
        if "requestBody" in operation:
            operation["requestBody"] = inlined(spec, operation["requestBody"])
        answers = operation.get("responses", {})
        for status, answer in answers.items():
            answers[status] = inlined(spec, answer)
    components = spec.get("components", {})
    kept: Spec = {"securitySchemes": components.get("securitySchemes", {})}
    queue = list(references(small))
    for reference in queue:
        kind, _, name = reference.removeprefix("#/components/").partition("/")
        if "/" in name or name not in components.get(kind, {}):
            continue
        if name not in kept.setdefault(kind, {}):
            kept[kind][name] = components[kind][name]
            queue.extend(references(components[kind][name]))
    small["components"] = kept
    return json.loads(json.dumps(small))  # type: ignore[no-any-return]


def inlined(spec: Spec, value: Any) -> Any:
    """What a reference leads to; the value itself if it is none."""
    while isinstance(value, dict) and str(value.get("$ref", "")).startswith("#/"):
        target: Any = spec
        for token in value["$ref"][2:].split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        value = target
    return copy.deepcopy(value)


def operations(spec: Spec) -> list[tuple[str, Spec]]:
    """Every operation with a name for it."""
    return [
        (f"{method.upper()} {path}", item[method])
        for path, item in spec["paths"].items()
        for method in METHODS
        if method in item
    ]


def pick(many: list[Any], rng: random.Random) -> Any:
    """One of them; None of none."""
    return rng.choice(many) if many else None


# --- edits of HTTP -----------------------------------------------------------------


def path_removed(spec: Spec, rng: random.Random) -> Effect | None:
    path = pick(
        [p for p in spec["paths"] if operations({"paths": {p: spec["paths"][p]}})], rng
    )
    if path is None:
        return None
    del spec["paths"][path]
    return "B-"


def path_added(spec: Spec, rng: random.Random) -> Effect | None:
    answers = {"204": {"description": "done"}}
    spec["paths"]["/added/for/a/test"] = {"get": {"responses": answers}}
    return "S-"


def path_changed(spec: Spec, rng: random.Random) -> Effect | None:
    path = pick(
        [p for p in spec["paths"] if operations({"paths": {p: spec["paths"][p]}})], rng
    )
    if path is None:
        return None
    spec["paths"][f"{path}/moved"] = spec["paths"].pop(path)
    return "B-"


def operation_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = [(p, m) for p, item in spec["paths"].items() for m in METHODS if m in item]
    if not found:
        return None
    path, method = rng.choice(found)
    del spec["paths"][path][method]
    return "B-"


def _parameter(
    spec: Spec, rng: random.Random, fits: Callable[[Spec], bool]
) -> tuple[Spec, Spec] | None:
    found = [
        (operation, one)
        for _, operation in operations(spec)
        for one in operation.get("parameters", [])
        if isinstance(one, dict) and "name" in one and fits(one)
        and one["name"].lower() not in ("authorization", "accept", "content-type")
    ]  # fmt: skip
    return pick(found, rng)  # type: ignore[no-any-return]


def _free(one: Spec) -> bool:
    return one["in"] != "path"


def parameter_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _parameter(spec, rng, _free)
    if found is None:
        return None
    found[0]["parameters"].remove(found[1])
    return "B-"


def _with_parameter(spec: Spec, rng: random.Random, **more: Any) -> bool:
    found = pick(operations(spec), rng)
    if found is None:
        return False
    where = rng.choice(["query", "header", "cookie"])
    one = {"name": "X-Added", "in": where, "schema": {"type": "string"}, **more}
    found[1].setdefault("parameters", []).append(one)
    return True


def parameter_added(spec: Spec, rng: random.Random) -> Effect | None:
    return "S-" if _with_parameter(spec, rng) else None


def required_parameter_added(spec: Spec, rng: random.Random) -> Effect | None:
    return "B-" if _with_parameter(spec, rng, required=True) else None


def parameter_made_required(spec: Spec, rng: random.Random) -> Effect | None:
    found = _parameter(spec, rng, lambda one: _free(one) and not one.get("required"))
    if found is None:
        return None
    found[1]["required"] = True
    return "B-"


def parameter_made_optional(spec: Spec, rng: random.Random) -> Effect | None:
    found = _parameter(
        spec, rng, lambda one: _free(one) and one.get("required") is True
    )
    if found is None:
        return None
    found[1]["required"] = False
    return "S-"


def parameter_moved(spec: Spec, rng: random.Random) -> Effect | None:
    found = _parameter(spec, rng, lambda one: one["in"] == "query")
    if found is None:
        return None
    found[1]["in"] = "cookie"
    return "B-"


def parameter_deprecated(spec: Spec, rng: random.Random) -> Effect | None:
    found = _parameter(spec, rng, lambda one: not one.get("deprecated"))
    if found is None:
        return None
    found[1]["deprecated"] = True
    return "S-"


def parameter_style(spec: Spec, rng: random.Random) -> Effect | None:
    found = _parameter(
        spec, rng, lambda one: one["in"] == "query" and "content" not in one
    )
    if found is None:
        return None
    style = found[1].get("style", "form")
    found[1]["explode"] = not found[1].get("explode", style == "form")
    # A text or a number has no members that could be put apart.
    kind = inlined(spec, found[1].get("schema", {})).get("type")
    return "D" if kind in ("string", "number", "integer", "boolean") else "B-"


def _plain(kind: str) -> Callable[[Spec], bool]:
    def fits(one: Spec) -> bool:
        schema = one.get("schema")
        known = {"type", "description", "example", "default", "title", "format"}
        return (
            isinstance(schema, dict)
            and schema.get("type") == kind
            and set(schema) <= known
        )

    return fits


def parameter_tightened(spec: Spec, rng: random.Random) -> Effect | None:
    kind = rng.choice(["string", "integer", "number", "boolean"])
    found = _parameter(spec, rng, _plain(kind))
    if found is None:
        return None
    schema = found[1]["schema"]
    match kind:
        case "string":
            schema["maxLength"] = 3
        case "integer" | "number":
            schema["maximum"] = 7
        case _:
            schema["enum"] = [True]
    return "B-"


def parameter_loosened(spec: Spec, rng: random.Random) -> Effect | None:
    keys = ("maxLength", "maximum", "minimum", "minLength", "maxItems", "pattern")

    def fits(one: Spec) -> bool:
        schema = one.get("schema")
        return isinstance(schema, dict) and any(k in schema for k in keys)

    found = _parameter(spec, rng, fits)
    if found is None:
        return None
    schema = found[1]["schema"]
    bound = next(k for k in keys if k in schema)
    if bound in ("minLength", "maxItems") and schema[bound] == 0:
        return None
    del schema[bound]
    return "S-"


def _enum(one: Spec) -> bool:
    schema = one.get("schema")
    return isinstance(schema, dict) and len(schema.get("enum") or ()) > 1


def parameter_value_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _parameter(spec, rng, _enum)
    if found is None:
        return None
    values = found[1]["schema"]["enum"]
    if len({json.dumps(v) for v in values}) < len(values):
        return None
    values.pop(rng.randrange(len(values)))
    return "B-"


def parameter_value_added(spec: Spec, rng: random.Random) -> Effect | None:
    found = _parameter(spec, rng, _enum)
    if found is None or found[1]["schema"].get("type") != "string":
        return None
    found[1]["schema"]["enum"].append("added for a test")
    return "S-"


# --- bodies and answers ------------------------------------------------------------


def _body(spec: Spec, rng: random.Random, fits: Callable[[Spec], bool]) -> Spec | None:
    found = [
        operation
        for _, operation in operations(spec)
        if isinstance(operation.get("requestBody"), dict)
        and fits(operation["requestBody"])
    ]
    return pick(found, rng)  # type: ignore[no-any-return]


def body_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _body(spec, rng, lambda body: bool(body.get("content")))
    if found is None:
        return None
    del found["requestBody"]
    return "B-"


def body_added(spec: Spec, rng: random.Random) -> Effect | None:
    found = pick([o for _, o in operations(spec) if "requestBody" not in o], rng)
    if found is None:
        return None
    required = rng.random() < 0.5
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    content = {"application/json": {"schema": schema}}
    found["requestBody"] = {"required": required, "content": content}
    return "B-" if required else "S-"


def body_required(spec: Spec, rng: random.Random) -> Effect | None:
    found = _body(spec, rng, lambda body: bool(body.get("content")))
    if found is None:
        return None
    body = found["requestBody"]
    body["required"] = not body.get("required", False)
    return "B-" if body["required"] else "S-"


def media_type_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _body(spec, rng, lambda body: len(body.get("content", {})) > 1)
    if found is None:
        return None
    content = found["requestBody"]["content"]
    del content[rng.choice(sorted(content))]
    return "B-"


def media_type_changed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _body(spec, rng, lambda body: bool(body.get("content")))
    if found is None:
        return None
    content = found["requestBody"]["content"]
    media = rng.choice(sorted(content))
    content["application/vnd.test"] = content.pop(media)
    return "B-"


def media_type_added(spec: Spec, rng: random.Random) -> Effect | None:
    found = _body(spec, rng, lambda body: bool(body.get("content")))
    if found is None:
        return None
    media = {"schema": {"type": "object"}}
    found["requestBody"]["content"]["application/vnd.test+json"] = media
    return "S-"


def _answer(
    spec: Spec, rng: random.Random, fits: Callable[[str, Spec], bool]
) -> tuple[Spec, str] | None:
    found = [
        (operation, status)
        for _, operation in operations(spec)
        for status, answer in operation.get("responses", {}).items()
        if isinstance(answer, dict) and fits(status, answer)
    ]
    return pick(found, rng)  # type: ignore[no-any-return]


def success_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _answer(spec, rng, lambda status, _: status.startswith("2"))
    if found is None or {"default", "2XX"} & found[0]["responses"].keys():
        return None
    del found[0]["responses"][found[1]]
    return "-B"


def success_changed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _answer(spec, rng, lambda status, _: status == "200")
    if found is None or {"default", "2XX", "202"} & found[0]["responses"].keys():
        return None
    found[0]["responses"]["202"] = found[0]["responses"].pop("200")
    return "-B"


def error_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _answer(spec, rng, lambda status, _: status[0] in "45")
    if found is None or {"default", "4XX", "5XX"} & found[0]["responses"].keys():
        return None
    del found[0]["responses"][found[1]]
    return "-S"


def error_added(spec: Spec, rng: random.Random) -> Effect | None:
    found = pick([o for _, o in operations(spec) if "418" not in o["responses"]], rng)
    if found is None:
        return None
    found["responses"]["418"] = {"description": "a teapot"}
    return "-S"


def answer_body_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _answer(spec, rng, lambda _, answer: bool(answer.get("content")))
    if found is None:
        return None
    del found[0]["responses"][found[1]]["content"]
    return "-B"


def answer_media_type_added(spec: Spec, rng: random.Random) -> Effect | None:
    found = _answer(spec, rng, lambda _, answer: bool(answer.get("content")))
    if found is None:
        return None
    content = found[0]["responses"][found[1]]["content"]
    if "*/*" in content:
        return None
    content["application/vnd.test"] = {"schema": {"type": "string"}}
    return "-S"


def answer_media_type_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _answer(spec, rng, lambda _, answer: len(answer.get("content", {})) > 1)
    if found is None:
        return None
    content = found[0]["responses"][found[1]]["content"]
    if "*/*" in content:
        return None
    del content[rng.choice(sorted(content))]
    return "-B"


def header_added(spec: Spec, rng: random.Random) -> Effect | None:
    found = _answer(spec, rng, lambda *_: True)
    if found is None:
        return None
    answer = found[0]["responses"][found[1]]
    header = {"required": rng.random() < 0.5, "schema": {"type": "string"}}
    answer.setdefault("headers", {})["X-Added"] = header
    return "-S"


def header_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = _answer(spec, rng, lambda _, answer: bool(answer.get("headers")))
    if found is None:
        return None
    headers = found[0]["responses"][found[1]]["headers"]
    name = rng.choice(sorted(headers))
    header = inlined(spec, headers.pop(name))
    return "-B" if header.get("required") else "-S"


# --- security, servers, words ------------------------------------------------------


def security_added(spec: Spec, rng: random.Random) -> Effect | None:
    found = pick(operations(spec), rng)
    if found is None:
        return None
    schemes = spec["components"]["securitySchemes"]
    schemes["added"] = {"type": "http", "scheme": "bearer"}
    found[1]["security"] = [{"added": []}]
    return "B-"


def security_dropped(spec: Spec, rng: random.Random) -> Effect | None:
    every = spec.get("security")
    found = [o for _, o in operations(spec) if o.get("security", every)]
    chosen = pick([o for o in found if {} not in o.get("security", every)], rng)
    if chosen is None:
        return None
    chosen["security"] = []
    return "S-"


def scheme_changed(spec: Spec, rng: random.Random) -> Effect | None:
    used = {
        name
        for one in (spec, *(o for _, o in operations(spec)))
        for way in one.get("security", [])
        for name in way
    }
    schemes = spec["components"]["securitySchemes"]
    used &= {n for n, s in schemes.items() if s.get("type") in ("http", "apiKey")}
    if not used:
        return None
    scheme = schemes[rng.choice(sorted(used))]
    if scheme["type"] == "http":
        scheme["scheme"] = "digest" if scheme["scheme"] != "digest" else "basic"
    else:
        scheme["name"] = "another-name"
    return "B-"


def server_changed(spec: Spec, rng: random.Random) -> Effect | None:
    if not spec.get("servers"):
        return None
    server = rng.choice(spec["servers"])
    server["url"] = f"{server['url']}/moved"
    return "B-"


def server_added(spec: Spec, rng: random.Random) -> Effect | None:
    if not spec.get("servers"):
        return None
    spec["servers"].append({"url": "https://added.example/"})
    return "S-"


def words_changed(spec: Spec, rng: random.Random) -> Effect | None:
    found = pick(operations(spec), rng)
    if found is None:
        return None
    key = rng.choice(["summary", "description", "x-added", "operationId"])
    found[1][key] = "other words"
    return "D"


def words_of_a_parameter(spec: Spec, rng: random.Random) -> Effect | None:
    found = _parameter(spec, rng, lambda _: True)
    if found is None:
        return None
    found[1][rng.choice(["description", "x-added", "example"])] = "other words"
    return "D"


def unheard_of(spec: Spec, rng: random.Random) -> Effect | None:
    places: list[Spec] = [spec, *(o for _, o in operations(spec))]
    places += [one for o in places[1:] for one in o.get("parameters", [])]
    places += [a for o in places[1:] for a in o.get("responses", {}).values()]
    rng.choice(places)["unheardOf"] = {"a": 1}
    return "U"


def operation_deprecated(spec: Spec, rng: random.Random) -> Effect | None:
    found = pick([o for _, o in operations(spec) if not o.get("deprecated")], rng)
    if found is None:
        return None
    found["deprecated"] = True
    return "S-"


HTTP: Final[tuple[Editor, ...]] = (
    path_removed, path_added, path_changed, operation_removed, parameter_removed,
    parameter_added, required_parameter_added, parameter_made_required,
    parameter_made_optional, parameter_moved, parameter_deprecated, parameter_style,
    parameter_tightened, parameter_loosened, parameter_value_removed,
    parameter_value_added, body_removed, body_added, body_required,
    media_type_removed, media_type_changed, media_type_added, success_removed,
    success_changed, error_removed, error_added, answer_body_removed,
    answer_media_type_added, answer_media_type_removed, header_added, header_removed,
    security_added, security_dropped, scheme_changed, server_changed, server_added,
    words_changed, words_of_a_parameter, unheard_of, operation_deprecated,
)  # fmt: skip


# --- edits of channels -------------------------------------------------------------


def _operations_of(spec: Spec) -> list[tuple[Spec, str]]:
    """Where an action stands, and under which key."""
    if spec["asyncapi"].startswith("3"):
        return [(spec["operations"], key) for key in spec.get("operations", {})]
    return [
        (channel, verb)
        for channel in spec["channels"].values()
        for verb in ("publish", "subscribe")
        if verb in channel
    ]


def _receives(spec: Spec, holder: Spec, key: str) -> bool:
    if spec["asyncapi"].startswith("3"):
        return bool(holder[key]["action"] == "receive")
    return key == "publish"


def address_changed(spec: Spec, rng: random.Random) -> Effect | None:
    key = rng.choice(list(spec["channels"]))
    channel = spec["channels"][key]
    if spec["asyncapi"].startswith("3"):
        if not isinstance(channel.get("address"), str):
            return None
        channel["address"] += "/moved"
    else:
        if not any(verb in channel for verb in ("publish", "subscribe")):
            return None
        spec["channels"][f"{key}/moved"] = spec["channels"].pop(key)
    return "H"


def action_removed(spec: Spec, rng: random.Random) -> Effect | None:
    found = pick(_operations_of(spec), rng)
    if found is None:
        return None
    holder, key = found
    if spec["asyncapi"].startswith("3"):
        mine = holder[key]
        same = [
            o for k, o in holder.items()
            if k != key and all(o[f] == mine[f] for f in ("action", "channel"))
        ]  # fmt: skip
        if same:
            return None
    effect = "B?" if _receives(spec, holder, key) else "?S"
    del holder[key]
    return effect


def action_turned(spec: Spec, rng: random.Random) -> Effect | None:
    found = pick(_operations_of(spec), rng)
    if found is None:
        return None
    holder, key = found
    if spec["asyncapi"].startswith("3"):
        one = holder[key]
        one["action"] = "send" if one["action"] == "receive" else "receive"
        return "H"
    other = "publish" if key == "subscribe" else "subscribe"
    if other in holder:
        return None
    holder[other] = holder.pop(key)
    return "H"


def content_type_changed(spec: Spec, rng: random.Random) -> Effect | None:
    messages = spec.get("components", {}).get("messages", {})
    text = json.dumps({k: v for k, v in spec.items() if k != "components"})
    used = [m for k, m in messages.items() if f'messages/{k}"' in text]
    found = pick([m for m in used if isinstance(m, dict) and "$ref" not in m], rng)
    if found is None or _operations_of(spec) == []:
        return None
    found["contentType"] = "application/vnd.test"
    return "?"


def server_protocol_changed(spec: Spec, rng: random.Random) -> Effect | None:
    found = pick(list((spec.get("servers") or {}).values()), rng)
    if found is None or "protocol" not in found:
        return None
    found["protocol"] = "carrier-pigeon"
    return "B-"


def server_of_channels_removed(spec: Spec, rng: random.Random) -> Effect | None:
    servers = spec.get("servers") or {}
    if not servers or "servers/" in json.dumps(spec.get("channels")):
        return None
    del servers[rng.choice(sorted(servers))]
    return "B-"


def words_of_a_message(spec: Spec, rng: random.Random) -> Effect | None:
    places = list(spec["channels"].values())
    places += [holder[key] for holder, key in _operations_of(spec)]
    place = rng.choice([p for p in places if "$ref" not in p])
    place[rng.choice(["description", "x-added"])] = "other words"
    return "D"


def unheard_of_channels(spec: Spec, rng: random.Random) -> Effect | None:
    places: list[Spec] = [spec, *spec["channels"].values()]
    places += [holder[key] for holder, key in _operations_of(spec)]
    rng.choice(places)["unheardOf"] = {"a": 1}
    return "U"


def unheard_of_anywhere(spec: Spec, rng: random.Random) -> Effect | None:
    """A member that nothing knows, in any mapping at any depth: never nothing."""
    places: list[Spec] = []
    stack: list[Any] = [spec]
    while stack:
        match stack.pop():
            case dict() as mapping:
                places.append(mapping)
                stack.extend(mapping.values())
            case list() as many:
                stack.extend(many)
            case _:
                pass
    rng.choice(places)["unheardOf"] = {"type": "string"}
    return "?"


CHANNELS: Final[tuple[Editor, ...]] = (
    address_changed, action_removed, action_turned, content_type_changed,
    server_protocol_changed, server_of_channels_removed, words_of_a_message,
    unheard_of_channels,
)  # fmt: skip


# --- judging -----------------------------------------------------------------------


def module(spec: Spec) -> ir.Module:
    text = json.dumps(spec)
    reader = MemoryReader({"spec.json": text})
    return load("spec.json", Options(interface=True), Report(), reader=reader).module


def edited(path: Path, rng: random.Random, known: dict[Path, Spec]) -> Edited | None:
    """An edit of a document of the corpus."""
    if path not in known:
        known[path] = read(path)
    spec = known[path]
    return applied(rng.choice(HTTP if "paths" in spec else CHANNELS), spec, rng)


def applied(editor: Editor, spec: Spec, rng: random.Random) -> Edited | None:
    """One edit of a document, or of some paths of it; None where it has no place."""
    small = "paths" in spec
    old = excerpt(spec, rng, 4) if small else json.loads(json.dumps(spec))
    new = copy.deepcopy(old)
    effect = editor(new, rng)
    return None if effect is None else Edited(editor.__name__, old, new, effect)


_FITS: Final = {
    "B": (Verdict.BREAKING,),
    "R": (Verdict.RISKY,),
    "S": (Verdict.COMPATIBLE,),
    "-": (Verdict.COMPATIBLE, Verdict.IDENTICAL),
    "?": tuple(Verdict),
}


def mistake(comparison: Comparison, effect: Effect) -> str:
    """What is wrong with a verdict; empty if nothing is."""
    verdict, ways = comparison.verdict, comparison.directions
    if comparison.contradictions:
        return f"contradictions: {comparison.contradictions}"
    if verdict is Verdict.IDENTICAL:
        return "not seen"
    told = f"{verdict.value}, {comparison.bump}: " + ", ".join(
        f"{f.rule} ({f.verdict.value})" for f in comparison.findings[:4]
    )
    match effect:
        case "D":
            return "" if comparison.bump == "patch" else told
        case "U":
            return "" if verdict is Verdict.UNKNOWN else told
        case "H":
            return "" if verdict is Verdict.BREAKING else told
        case "?":
            return ""
        case _:
            right = all(
                verdict in _FITS[letter]
                for letter, verdict in zip(effect, ways.values(), strict=True)
            )
            return "" if right else told


def main(count: int, seed: int) -> None:
    """Judge edits, and print what was judged otherwise."""
    rng, known = random.Random(seed), dict[Path, Spec]()
    every = [path for path in (*OPENAPI, *MESSAGES) if path.exists()]
    done, wrong = Counter[str](), Counter[str]()
    start = time.process_time()
    while sum(done.values()) < count:
        path = rng.choice(every)
        found = edited(path, rng, known)
        if found is None:
            continue
        done[found.kind] += 1
        problem = mistake(compare(module(found.old), module(found.new)), found.effect)
        if problem:
            wrong[found.kind] += 1
            print(f"{path.name} {found.kind} {found.effect}: {problem}")
    seconds = time.process_time() - start
    print(f"{sum(done.values())} edits in {seconds:.0f} s, {sum(wrong.values())} wrong")
    for kind, many in sorted(done.items()):
        print(f"  {kind}: {many}, {wrong[kind]} wrong")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, 1)
