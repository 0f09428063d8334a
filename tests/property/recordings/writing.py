"""Recordings of frames: JSON lines, a HAR or a folder, with all that may stand between
the frames."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.property.recordings.documents import WAYS, Json, Known, escaped

_WORDS: Final = {
    WAYS[0]: ("client_to_server", "sent", "Send", "out", "OUTGOING", "client"),
    WAYS[1]: ("server_to_client", "received", "Receive", "in", "server"),
}
_KEYS: Final = ("frame", "data", "message", "payload")
_BROKEN: Final = (
    *(b"{", b'{"type": "m"', b"[1]", b"1", b'"m"', b'{"a": NaN}', b'{"a": 1e999}'),
    *(b'{"a": \xff}', b"{'a': 1}", b"{} {}", b'{"a": 01}', b"x", b"\xef\xbb\xbf{}"),
)


@dataclass(slots=True)
class Sent:
    """A frame as it was sent: its value, or a text that is no JSON, what the recording
    says of it, its file and line, and where its value is left out."""

    value: Json
    direction: str | None
    session: str
    is_json: bool = True
    at: tuple[str, int] | None = None
    hidden: str | None = None


@dataclass(slots=True)
class Written:
    """A recording: what stands in it in the order in which it is read, the lines that
    cannot be read, by their file and number, and what is not judged."""

    path: Path
    sent: list[Sent] = field(default_factory=list)
    bad: list[tuple[str, int]] = field(default_factory=list)
    binary: int = 0
    dropped: int = 0


def written(
    rng: random.Random, folder: Path, known: Known, values: list[Json]
) -> Written:
    """Write frames as a recording of some kind."""
    kind = rng.choice((lines, lines, lines, har, files))
    return kind(rng, folder, known, values)


def lines(
    rng: random.Random, folder: Path, known: Known, values: list[Json]
) -> Written:
    """JSON lines."""
    found = Written(folder / "frames.jsonl")
    end = rng.choice((b"\n", b"\r\n"))
    rows: list[bytes] = []
    for value in values:
        rows += _between(rng, found, len(rows))
        rows.append(_line(rng, found, known, value))
        found.sent[-1].at = (str(found.path), len(rows))
    text = end.join(rows) + (end if rng.random() < 0.7 else b"")
    if rng.random() < 0.2:
        text = b"\xef\xbb\xbf" + text
    found.path.write_bytes(text)
    return found


def _between(rng: random.Random, found: Written, count: int) -> Iterator[bytes]:
    """Rows without a frame; `count` is how many stand before them."""
    while rng.random() < 0.2:
        count += 1
        match rng.randrange(5):
            case 0:
                yield rng.choice((b"", b"  ", b"\t"))
            case 1:
                found.bad.append((str(found.path), count))
                # In front of all stands a mark that is none of the line.
                yield rng.choice(_BROKEN if count > 1 else _BROKEN[:-1])
            case 2:
                found.dropped += 3
                yield b'{"time": "2026", "dropped": 3}'
            case 3:
                found.binary += 1
                yield b'{"direction": "in", "binary": {"length": 5}}'
            case _:
                found.binary += 1
                yield b'{"type": "sent", "opcode": 2, "data": "AAAA"}'


def _stands_alone(known: Known, value: Json) -> bool:
    """Whether a frame may be a line of its own: it is an object, and either an event or
    nothing that could be about a frame."""
    return isinstance(value, dict) and (
        known.knows(value) or not {"data", "message", "dropped", "binary"} & {*value}
    )


def _line(rng: random.Random, found: Written, known: Known, value: Json) -> bytes:
    alone = _stands_alone(known, value)
    if alone and rng.random() < 0.4:
        found.sent.append(Sent(value, None, ""))
        return text(rng, value)
    way = rng.choice((*WAYS, None))
    session = rng.choice(("", "1", "2"))
    about: dict[str, Json] = {"time": 1.5} if rng.random() < 0.5 else {}
    key = "frame"
    if way is not None:
        key = rng.choice(_KEYS)
        # `type` is read last, so that another may say something else.
        about[rng.choice(("direction", "dir", "type"))] = rng.choice(_WORDS[way])
    if session:
        about["connection"] = session if rng.random() < 0.5 else int(session)
    if rng.random() < 0.1:
        found.sent.append(Sent(None, way, session, is_json=False))
        return text(rng, about | {key: rng.choice(("{", "hi", "", "NaN", "{} {}"))})
    hidden = None
    names = {"x", "y", "z/~", "*", "w", "data"} & {*value} if alone else set()
    if names and rng.random() < 0.2:
        name = min(names)
        value = value | {name: "[omitted]"}
        hidden = f"/{escaped(name)}"
        word = rng.choice(("omitted", "redacted"))
        about[word] = rng.choice(([hidden], {hidden: {"length": 5}}))
    found.sent.append(Sent(value, way, session, hidden=hidden))
    if isinstance(value, str) or rng.random() < 0.3:
        return text(rng, about | {key: text(rng, value).decode()})
    return text(rng, about | {key: value})


def text(rng: random.Random, value: Json) -> bytes:
    """The JSON of a value, in one of many spellings; some say a name twice."""
    apart = rng.choice(((",", ":"), (", ", ": "), (" , ", "\t: ")))
    escaped = rng.random() < 0.5 or "\\ud800" in json.dumps(value)
    found = json.dumps(value, ensure_ascii=escaped, separators=apart)
    if isinstance(value, dict) and value and rng.random() < 0.1:
        name = json.dumps(next(iter(value)))
        found = f"{{{name}: [1, null], {found[1:]}"
    return found.encode()


def har(rng: random.Random, folder: Path, known: Known, values: list[Json]) -> Written:
    """A HAR of several connections."""
    found = Written(folder / rng.choice(("frames.har", "frames.json")))
    entries = []
    count = rng.randint(1, 3)
    for number in range(count):
        messages = []
        for value in values[number::count]:
            way = rng.choice(WAYS)
            word = "send" if way == WAYS[0] else "receive"
            if rng.random() < 0.1:
                found.binary += 1
                messages.append({"type": word, "opcode": 2, "data": "AAAA"})
            found.sent.append(Sent(value, way, str(number)))
            data = text(rng, value).decode()
            messages.append({"type": word, "time": 1, "opcode": 1, "data": data})
        entries.append(
            {"comment": '"_webSocketMessages": [{}', "_webSocketMessages": messages}
        )
    told = {"log": {"version": "1.2", "entries": entries}}
    found.path.write_text(json.dumps(told, indent=rng.choice((None, 1))))
    return found


def files(
    rng: random.Random, folder: Path, known: Known, values: list[Json]
) -> Written:
    """A folder with a file for each frame."""
    found = Written(folder / "recorded")
    for number, value in enumerate(values):
        way = rng.choice((*WAYS, None))
        session = rng.choice(("a", "b"))
        words = {WAYS[0]: ("-sent", "-client"), WAYS[1]: ("-received", "-server")}
        said = "" if way is None else rng.choice(words[way])
        path = found.path / session / f"{number:03}{said}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        alone = _stands_alone(known, value)
        about: Json = value if alone else {"frame": json.dumps(value)}
        start = b"\xef\xbb\xbf" if rng.random() < 0.1 else b""
        path.write_bytes(
            start + json.dumps(about, indent=rng.choice((None, 2))).encode()
        )
        found.sent.append(Sent(value, way, session, at=(str(path), 1)))
    # Folders and files are read by their names.
    found.sent.sort(key=lambda one: one.session)
    return found
