"""Edits of bodies and answers."""

from __future__ import annotations

from tests.property.exchanges.documents import MEDIA, STATUSES, Maker
from tests.property.exchanges.places import (
    Impossible,
    holders,
    operations,
    pick,
    walk,
)
from tests.property.exchanges.schemas import Spec


def body_toggled(spec: Spec, maker: Maker) -> None:
    operation = pick(operations(spec), maker)
    if "requestBody" in operation:
        del operation["requestBody"]
    else:
        operation["requestBody"] = maker.body()


def body_required(spec: Spec, maker: Maker) -> None:
    body = pick(
        [o["requestBody"] for o in operations(spec) if "requestBody" in o], maker
    )
    if "$ref" in body:
        raise Impossible
    body["required"] = not body.get("required", False)


def media_added(spec: Spec, maker: Maker) -> None:
    content = pick(holders(spec), maker)["content"]
    name = maker.rng.choice(MEDIA)
    content[name] = maker.media(name)


def media_removed(spec: Spec, maker: Maker) -> None:
    content = pick(
        [h["content"] for h in holders(spec) if len(h["content"]) > 1], maker
    )
    del content[maker.rng.choice(sorted(content))]


def media_renamed(spec: Spec, maker: Maker) -> None:
    content = pick(holders(spec), maker)["content"]
    old = pick(sorted(content), maker)
    alike = {
        "application/json": [
            "application/json; charset=utf-8", "Application/JSON", "application/*",
            "*/*",
        ],
        "application/*": ["application/json", "*/*", "application/vnd.a+json"],
        "*/*": ["application/json", "application/*"],
        "text/plain": ["text/plain; charset=utf-8", "text/plain; charset=latin1"],
        "text/plain; charset=utf-8": ["text/plain", "text/plain; charset=UTF-8"],
        "application/x-www-form-urlencoded": ["multipart/form-data"],
        "multipart/form-data": ["application/x-www-form-urlencoded"],
    }  # fmt: skip
    name = maker.rng.choice(alike.get(old, ["application/json"]))
    if name in content:
        raise Impossible
    content[name] = content.pop(old)
    if old.startswith(("multipart", "application/x-www")):
        content[name].pop("encoding", None)


def encoding_changed(spec: Spec, maker: Maker) -> None:
    found = [
        (name, media)
        for holder in holders(spec)
        for name, media in holder["content"].items()
        if name.startswith(("multipart", "application/x-www"))
        and "properties" in media.get("schema", {})
    ]
    name, media = pick(found, maker)
    media["encoding"] = maker.encoding(name, media["schema"])


def response_added(spec: Spec, maker: Maker) -> None:
    answers = pick(operations(spec), maker)["responses"]
    status = pick([s for s in STATUSES if s not in answers], maker)
    answers[status] = maker.response()


def response_removed(spec: Spec, maker: Maker) -> None:
    answers = pick(
        [o["responses"] for o in operations(spec) if len(o["responses"]) > 1], maker
    )
    del answers[maker.rng.choice(sorted(answers))]


def response_renamed(spec: Spec, maker: Maker) -> None:
    answers = pick(operations(spec), maker)["responses"]
    status = pick([s for s in STATUSES if s not in answers], maker)
    answers[status] = answers.pop(maker.rng.choice(sorted(answers)))


def response_body_toggled(spec: Spec, maker: Maker) -> None:
    answers = [a for o in operations(spec) for a in o["responses"].values()]
    one = pick([a for a in answers if "$ref" not in a], maker)
    if "content" in one:
        del one["content"]
    else:
        one["content"] = maker.content()


def header_changed(spec: Spec, maker: Maker) -> None:
    answers = [a for o in operations(spec) for a in o["responses"].values()]
    one = pick([a for a in answers if "$ref" not in a], maker)
    headers = one.setdefault("headers", {})
    name = maker.rng.choice(["X-One", "X-Two", "x-one"])
    match maker.rng.randrange(4):
        case 0:
            headers.pop(name, None)
        case 1 if name in headers:
            headers[name]["required"] = not headers[name].get("required", False)
        case 2 if name in headers:
            explode = headers[name].get("explode", False)
            headers[name]["explode"] = not explode
        case _:
            clash = [h for h in headers if h.lower() == name.lower()]
            for other in clash:
                del headers[other]
            headers[name] = maker.header()


def response_shared(spec: Spec, maker: Maker) -> None:
    answers = pick(operations(spec), maker)["responses"]
    status = maker.rng.choice(sorted(answers))
    if "$ref" in answers[status]:
        raise Impossible
    kept = spec["components"].setdefault("responses", {})
    kept[f"R{len(kept)}"] = answers[status]
    answers[status] = {"$ref": f"#/components/responses/R{len(kept) - 1}"}


def body_emptied(spec: Spec, maker: Maker) -> None:
    pick(holders(spec), maker)["content"].clear()


def schema_toggled(spec: Spec, maker: Maker) -> None:
    """A body whose schema comes or goes."""
    found = [
        media
        for holder in holders(spec)
        for name, media in holder["content"].items()
        if name.endswith("json")
    ]
    media = pick(found, maker)
    if media.pop("schema", None) is None:
        media["schema"] = maker.schema(1)


def header_of_a_part(spec: Spec, maker: Maker) -> None:
    found = [one for one in walk(spec) if "X-Part" in one]
    one = pick(found, maker)
    if maker.rng.random() < 0.3:
        del one["X-Part"]
    else:
        one["X-Part"] = maker.part_header()


def status_respelled(spec: Spec, maker: Maker) -> None:
    answers = pick(operations(spec), maker)["responses"]
    status = pick([s for s in answers if s.endswith("XX")], maker)
    answers[status.lower()] = answers.pop(status)
