"""One run: contenders set up, verified, measured; results as plain tables."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import functools
import gc
import importlib
import importlib.util
import json
import operator
import random
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import equality, ours, peers, probes, processes, workloads
from benchmarks.peers import Encode, Peer
from benchmarks.shapes import Shapes
from benchmarks.timing import Contender, measure


@dataclass
class Table:
    """Rows of cells under a title, with sentences that say what they mean."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Setup:
    """Everything that is measured, and what it is measured on."""

    directory: Path
    schemas: dict[str, Any]
    frames: dict[str, list[str]]
    fast: ModuleType
    """Our package over orjson."""
    plain: ModuleType
    """Our package over the standard library."""
    native: ModuleType | None
    """Our package with the native codec, where that is installed."""
    peers: list[Peer]
    clients: list[Peer]
    """Peers with the models of client events."""

    def ours(self) -> dict[str, ModuleType]:
        """All of our packages, by the names of contenders."""
        found = {
            "**ours** over orjson": self.fast,
            "**ours**, standard library": self.plain,
        }
        return found | ({"**ours**, native": self.native} if self.native else {})


def decode_table(setup: Setup) -> Table:
    contenders: dict[str, Callable[[Any], Any]] = {
        **{name: own.SERVER_EVENTS.decode for name, own in setup.ours().items()},
        **{peer.name: peer.decode for peer in setup.peers},
    }
    names = (name.replace("_", " ") for name in workloads.DECODED)
    table = Table("Decode", ("contender", *names, "odd frames"))
    cells: dict[str, list[str]] = {name: [] for name in contenders}
    for workload in workloads.DECODED:
        frames = setup.frames[workload]
        times = measure({name: (call, frames) for name, call in contenders.items()})
        for name, time in times.items():
            floor = times["orjson.loads"]
            cells[name].append(
                f"{time.least:.2f} µs ({time.least / floor.least:.2f}; "
                f"{time.median / floor.median:.2f})"
            )
        floor, mine = times["json.loads"], times["**ours**, standard library"]
        table.notes.append(
            f"{workload.replace('_', ' ')}: the standard library alone takes "
            f"{mine.least / floor.least:.2f} × `json.loads` "
            f"(medians {mine.median / floor.median:.2f})"
        )
    judged = _judged(setup)
    table.rows = [(name, *row, judged[name]) for name, row in cells.items()]
    table.notes += _bytes_note(setup)
    table.notes.insert(
        0,
        "Time of the fastest round for one frame; in brackets the ratio to "
        "`orjson.loads` of the fastest rounds, then of the medians. Frames are text "
        "(`str`), as a WebSocket library hands them over. The last column says what "
        "becomes of frames with one thing odd, see `probes.py`.",
    )
    return table


def _judged(setup: Setup) -> dict[str, str]:
    """What each contender does with frames that are not as specified."""
    found = {
        peer.name: probes.judged(peer.decode, peer.plain, setup.frames)
        for peer in setup.peers
    }
    for name, own in setup.ours().items():
        drift = importlib.import_module(f"{own.__name__}._runtime.registry").drift
        table = own.SERVER_EVENTS

        def plain(event: Any, encode: Encode = table.encode) -> Any:
            return json.loads(encode(event))

        said = [
            probes.judged(
                functools.partial(table.decode, **options),
                plain,
                setup.frames,
                functools.partial(getattr, drift, "mark"),
            )
            for options in ({}, {"strict": True})
        ]
        found[name] = f"{said[0]}. With `strict=True`: {said[1]}"
    return found


def encode_table(setup: Setup) -> Table:
    import orjson

    table = Table("Encode", ("contender", *workloads.ENCODED))
    cells: dict[str, list[str]] = {}
    for workload in workloads.ENCODED:
        frame = setup.frames[workload][0]
        value = json.loads(frame)
        contenders: dict[str, tuple[Contender, list[Any]]] = {}
        for name, package in setup.ours().items():
            event = package.CLIENT_EVENTS.decode(frame)
            if json.loads(package.CLIENT_EVENTS.encode(event)) != value:
                raise ValueError(f"{name} does not encode {workload} back")
            contenders[name] = package.CLIENT_EVENTS.encode, [event]
        for peer in setup.clients:
            decoded = peer.decode(frame)
            lost = list(peers.differences(value, json.loads(peer.encode(decoded)), ""))
            if lost:
                raise ValueError(f"{peer.name} encodes {workload} wrongly: {lost[:3]}")
            contenders[peer.name] = peer.encode, [decoded]
        times = measure(contenders)
        floor = times["orjson.loads"]
        for name, time in times.items():
            cells.setdefault(name.replace("loads", "dumps"), []).append(
                f"{time.least:.2f} µs ({time.least / floor.least:.2f}; "
                f"{time.median / floor.median:.2f})"
            )
    assert orjson
    table.rows = [(name, *row) for name, row in cells.items()]
    table.notes += [
        "A decoded client event, encoded; ratios to `orjson.dumps` of the plain dict.",
        "Ours keep the JSON object that they were decoded or constructed from.",
        _built_note(setup),
    ]
    return table


def _bytes_note(setup: Setup) -> list[str]:
    """What frames that are bytes take with the native codec."""
    import orjson

    if setup.native is None:
        return ["The native codec is not installed (`make native`): NOT MEASURED."]
    frames = setup.frames["stream"]
    raw = [frame.encode() for frame in frames]
    times = measure(
        {
            "orjson": (orjson.loads, raw),
            "native": (setup.native.SERVER_EVENTS.decode, raw),
        }
    )
    ratio = times["native"].least / times["orjson"].least
    return [f"stream as `bytes`: native takes {ratio:.2f} × `orjson.loads`"]


def _built_note(setup: Setup) -> str:
    """What a program pays that sends events of its own."""
    import orjson

    table = setup.fast.CLIENT_EVENTS
    frame = setup.frames["client_append_4k"][0]
    event = table.decode(frame)
    held = {f.name: getattr(event, f.name) for f in dataclasses.fields(event)}
    given = {name: value for name, value in held.items() if value is not None}

    def build(fields: dict[str, Any]) -> bytes:
        encoded: bytes = table.encode(type(event)(**fields))
        return encoded

    if json.loads(build(given)) != json.loads(frame):
        raise ValueError("an event is constructed wrongly")
    times = measure(
        {"build": (build, [given]), "dumps": (orjson.dumps, [event.to_dict()])}
    )
    ratio = times["build"].least / times["dumps"].least
    return (
        "client_append_4k constructed from keywords, which validates it, and encoded: "
        f"{times['build'].least:.2f} µs ({ratio:.2f})"
    )


def drift_table(setup: Setup) -> Table:
    """What a null costs that the schema does not allow."""
    table = Table("Drift: a null in an optional field", ("frame", "clean", "with null"))
    pairs = {
        "conversation.item.done": _null_pair(
            setup, "conversation.item.done", "transcript", "Loud and clear"
        ),
        "session.updated": _null_pair(setup, "session.updated", "instructions", None),
    }
    for name, (clean, broken) in pairs.items():
        decode = setup.fast.SERVER_EVENTS.decode
        times = measure({"clean": (decode, [clean]), "null": (decode, [broken])})
        ratio = times["null"].least / times["clean"].least
        median = times["null"].median / times["clean"].median
        table.rows.append(
            (name, f"{times['clean'].least:.2f} µs", f"{ratio:.2f} ({median:.2f})")
        )
    return table


def _null_pair(
    setup: Setup, tag: str, name: str, filler: str | None
) -> tuple[str, str]:
    frames = [*setup.frames["stream"], *setup.frames["session_updated"]]
    frame = next(text for text in frames if json.loads(text)["type"] == tag)
    value = json.loads(frame)
    targets = [found for found in equality.objects(value) if name in found]
    target = targets[0]
    if filler is not None:
        target[name] = filler
    clean = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    target[name] = None
    return clean, json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def pcm_table(setup: Setup) -> Table:
    """From a frame to a validated event whose audio is bytes."""
    import msgspec

    class Delta(msgspec.Struct, tag_field="type", tag="response.output_audio.delta"):
        event_id: str
        response_id: str
        item_id: str
        output_index: int
        content_index: int
        delta: bytes

    peer = msgspec.json.Decoder(Delta).decode
    attribute = _pcm_attribute(setup)
    table = Table("PCM: from a frame to an event with its audio as bytes", ())
    table.columns = ("workload", "ours over orjson", "ours, standard library")
    table.columns = (*table.columns, "msgspec, a `bytes` field", "base64 alone")
    for workload in ("audio_4k", "audio_64k"):
        frames = setup.frames[workload]
        texts = [json.loads(frame)["delta"] for frame in frames]
        fast = _with_pcm(setup.fast, attribute)
        plain = _with_pcm(setup.plain, attribute)
        for frame, text in zip(frames, texts, strict=True):
            expected = base64.b64decode(text)
            if not fast(frame) == plain(frame) == peer(frame).delta == expected:
                raise ValueError("audio is decoded wrongly")
        times = measure(
            {
                "fast": (fast, frames),
                "plain": (plain, frames),
                "msgspec": (peer, frames),
                "base64": (binascii.a2b_base64, texts),
            }
        )
        table.rows.append(
            (workload, *(f"{times[name].least:.1f} µs" for name in times))
        )
    if attribute is None:
        table.notes.append(
            "NO BYTES ATTRIBUTE in the package: `_runtime._base64.decode` was called "
            "on the event's text."
        )
    found = importlib.util.find_spec("pybase64") is not None
    table.notes.append(f"pybase64 is {'installed' if found else 'not installed'}.")
    return table


def _pcm_attribute(setup: Setup) -> str | None:
    event = setup.fast.SERVER_EVENTS.decode(setup.frames["audio_4k"][0])
    for name in ("delta_bytes", "audio", "delta_decoded"):
        if isinstance(getattr(event, name, None), bytes):
            return name
    return None


def _with_pcm(package: ModuleType, attribute: str | None) -> Callable[[Any], bytes]:
    decode = package.SERVER_EVENTS.decode
    if attribute is not None:
        read = operator.attrgetter(attribute)
        return lambda frame: read(decode(frame))
    engine = importlib.import_module(f"{package.__name__}._runtime._base64")
    to_bytes: Callable[[str], bytes] = engine.decode
    return lambda frame: to_bytes(decode(frame).delta)


def memory_table(setup: Setup) -> Table:
    frame = setup.frames["session_updated"][0]
    contenders: dict[str, Callable[[Any], Any]] = {
        "json.loads": json.loads,
        **{name: own.SERVER_EVENTS.decode for name, own in setup.ours().items()},
        **{p.name: p.decode for p in setup.peers if p.name != "json.loads"},
    }
    table = Table("Memory of a decoded session", ("contender", "bytes", "ratio"))
    floor = 0
    for name, decode in contenders.items():
        size = _bytes_of(decode, frame)
        floor = floor or size
        table.rows.append((name, f"{size:,}", f"{size / floor:.2f}"))
    table.notes.append(
        "Allocated by 200 decoded `session.updated` events that are all kept, each."
    )
    return table


def _bytes_of(decode: Callable[[Any], Any], frame: str) -> int:
    kept = [decode(frame) for _ in range(3)]
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    kept = [decode(frame) for _ in range(200)]
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) // len(kept)


def equality_table(setup: Setup, count: int = 10_000) -> Table:
    """The check that all ways of decoding agree. Raises ValueError where not."""
    frames = short_frames(setup.frames)
    tables = {
        "over orjson": setup.fast.SERVER_EVENTS,
        "standard library": setup.plain.SERVER_EVENTS,
    }
    is_valid = equality.oracle(setup.schemas, "RealtimeServerEvent")
    problems = equality.check(tables, frames, count, is_valid)
    table = Table("Equality of all paths", ("mutated frames", "disagreements"))
    table.rows.append((f"{count:,}", f"{len(problems):,}"))
    table.notes.append(
        "Each as text and as bytes, on both engines; against the plain reading of "
        "the text and an independent validator of the value."
    )
    for problem in problems[:10]:
        table.notes.append(f"DISAGREEMENT {problem}")
    return table


def short_frames(frames: dict[str, list[str]]) -> list[str]:
    """Two frames of every tag of the stream, audio cut short."""
    by_tag: dict[str, list[str]] = {}
    for workload in ("stream", "session_updated", "response_done"):
        for frame in frames[workload]:
            value = json.loads(frame)
            if len(value.get("delta", "")) > 400:
                value["delta"] = value["delta"][:40]
                frame = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
            by_tag.setdefault(value["type"], []).append(frame)
    chooser = random.Random(7)
    chosen = [chooser.choice(found) for found in by_tag.values() for _ in range(2)]
    return chosen


def generation_table(setup: Setup) -> Table:
    spec = workloads.CORPUS / "openapi-2025-02-10.yaml"
    output = setup.directory / "peer.py"
    table = Table("Generation: `openapi-2025-02-10.yaml`", ("program", "seconds"))
    seconds = processes.command(
        [
            *(sys.executable, "-m", "codegen", "generate", str(spec)),
            *("--package", "bench_2025", "--output", str(setup.directory)),
        ]
    )
    table.rows.append(("codegen, everything", f"{seconds:.1f}"))
    program = Path(sys.executable).with_name("datamodel-codegen")
    for flavour in ("dataclasses.dataclass", "pydantic_v2.BaseModel"):
        seconds = processes.command(
            [
                *(str(program), "--input", str(spec), "--input-file-type", "openapi"),
                *("--output", str(output), "--output-model-type", flavour),
                *("--openapi-scopes", "schemas"),
            ]
        )
        table.rows.append((f"datamodel-code-generator, {flavour}", f"{seconds:.1f}"))
    return table


def prepare(directory: Path) -> Setup:
    """Generates our packages and builds the peers. Every peer is verified."""
    import yaml

    realtime = ("--include", "Realtime*")
    ours.generate("bench_orjson", directory, *realtime)
    ours.generate("bench_plain", directory, *realtime)
    text = ours.SPEC.read_text(encoding="utf-8")
    schemas = yaml.load(text, yaml.CSafeLoader)["components"]["schemas"]
    schemas = json.loads(json.dumps(schemas, default=str))  # YAML has dates
    frames = workloads.load()
    model, client = (
        Shapes(schemas, root) for root in ("RealtimeServerEvent", "RealtimeClientEvent")
    )
    native = None
    if ours.has_native():
        ours.generate("bench_native", directory, *realtime)
        native = ours.load("bench_native", directory, orjson=True, native=True)
    setup = Setup(
        directory,
        schemas,
        frames,
        ours.load("bench_orjson", directory, orjson=True),
        ours.load("bench_plain", directory, orjson=False),
        native,
        [make(model) for make in peers.PEERS],
        [make(client) for make in peers.PEERS if make is not peers.openai_peer],
    )
    for workload in workloads.DECODED:
        for frame in frames[workload]:
            for peer in setup.peers:
                if workload != "stream" or len(frame) < 3000:
                    peers.verify(peer, frame)
            for package in setup.ours().values():
                _verify_ours(package, frame)
    return setup


def _verify_ours(package: ModuleType, frame: str) -> None:
    event = package.SERVER_EVENTS.decode(frame)
    value = json.loads(frame)
    if event.__class__ is not package.SERVER_EVENTS[value["type"]]:
        raise ValueError(f"{value['type']} became {event.__class__.__name__}")
    if json.loads(package.SERVER_EVENTS.encode(event)) != value:
        raise ValueError(f"{value['type']} does not encode back")
