"""Every way of doing the same, side by side: the short ones should be the fast ones."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from inspect import getattr_static
from types import ModuleType
from typing import Any, Final, TypeAlias

from benchmarks.session import Setup, Table
from benchmarks.timing import Contender, Time, measure


def ways_table(setup: Setup) -> Table:
    """Ways of sending, receiving and looking, each against the one that it is held
    against."""
    table = Table("Every way of each", ("what", "way", "time", "of the first"))
    packages = {"": setup.fast} | ({", native": setup.native} if setup.native else {})
    for suffix, package in packages.items():
        for what, ways in _ways(package, setup.frames):
            times = measure(ways)
            first = next(iter(times.values()))
            table.rows += [
                (what + suffix, way, *_cells(time, first))
                for way, time in times.items()
            ]
    table.notes.append(
        "Times of the fastest round; ratios of the fastest rounds, then of the medians."
    )
    table.notes.append(_memory(setup))
    return table


def _cells(time: Time, first: Time) -> Sequence[str]:
    ratio, median = time.least / first.least, time.median / first.median
    return f"{time.least:.2f} µs", f"{ratio:.2f} ({median:.2f})"


_Ways: TypeAlias = dict[str, tuple[Contender, list[Any]]]


def _ways(
    package: ModuleType, frames: Mapping[str, list[str]]
) -> Iterator[tuple[str, _Ways]]:
    server, client = package.SERVER_EVENTS, package.CLIENT_EVENTS
    append = client.decode(frames["client_append_4k"][0])
    yield "send append 4k", _sent(append, client, frames["client_append_4k"][0])
    for name in _SENT_ON:
        frame = frames[name][0]
        yield _called(name), _sent(server.decode(frame), server, frame)
    # Behind all others: events without a frame take longer once some of their class
    # have one.
    for name in _SENT_ON:
        frame = frames[name][0]
        kept = server.decode(frame, keep_frame=True)
        yield f"{_called(name)}, its frame kept", _sent(kept, server, frame)
    stream = frames["stream"]
    in_bytes = [frame.encode() for frame in stream]
    yield (
        "receive the stream",
        {
            "decode(str)": (server.decode, stream),
            "decode(bytes)": (server.decode, in_bytes),
            "bytes.decode(), then decode(str)": (_as_text(server), in_bytes),
            "decode(str, keep_frame=True)": (_keeping(server), stream),
            "bytes.decode() and nothing else": (bytes.decode, in_bytes),
        },
    )
    value = json.loads(frames["session_updated"][0])
    schema = package.SCHEMAS[server[value["type"]].__name__]
    yield (
        "judge session.updated",
        {
            "violations": (schema.violations, [value]),
            "is_valid": (schema.is_valid, [value]),
            "the class of each value and nothing else": (_straight(value), [value]),
        },
    )
    small = min(frames["transcript_delta"], key=len)
    yield (
        "look at a delta's tag",
        {
            "decode": (server.decode, [small]),
            "peek(str)": (server.peek, [small]),
            "peek(bytes)": (server.peek, [small.encode()]),
        },
    )


_SENT_ON: Final = ("session_updated", "audio_4k", "response_done")


def _called(workload: str) -> str:
    return f"send on {workload.replace('_', ' ')}"


def _sent(event: Any, table: Any, frame: str) -> _Ways:
    """An event that nobody has touched, not even to see its dict. A method is called as
    `table.encode` is, without being looked up for each event: what stands in the class,
    as `event.to_json()` calls it. What writes the events of a class is made when the
    first one is written."""
    import orjson

    event.to_json()
    return {
        "orjson.dumps of the dict": (orjson.dumps, [json.loads(frame)]),
        "table.encode": (table.encode, [event]),
        "event.to_json": (getattr_static(type(event), "to_json"), [event]),
    }


def _straight(value: Any) -> Callable[[Any], bool]:
    """Compares the class of each value in a document, in one straight line that is
    written for just this document: what no check in Python is faster than."""
    found: dict[str, Any] = {}
    lines = ["def check(v):", *_looks("v", value), " return True"]
    exec("\n".join(lines), found)
    check: Callable[[Any], bool] = found["check"]
    assert check(value)
    return check


def _looks(name: str, value: Any) -> Iterator[str]:
    told = f".__class__ is not {type(value).__name__}"
    yield f" if {name}{' is not None' if value is None else told}: return False"
    parts: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for number, (key, part) in enumerate(parts):
        yield f" {name}_{number} = {name}[{key!r}]"
        yield from _looks(f"{name}_{number}", part)


def _as_text(table: Any) -> Callable[[bytes], Any]:
    return lambda frame: table.decode(frame.decode())


def _keeping(table: Any) -> Callable[[str], Any]:
    return lambda frame: table.decode(frame, keep_frame=True)


def _memory(setup: Setup) -> str:
    """What a kept frame costs beside the event."""
    decode = setup.fast.SERVER_EVENTS.decode
    frame = setup.frames["session_updated"][0]
    sizes = []
    for keep in (False, True):
        decode(frame, keep_frame=keep)
        tracemalloc.start()
        events = [decode(frame, keep_frame=keep) for _ in range(200)]
        sizes.append(tracemalloc.get_traced_memory()[0] // len(events))
        tracemalloc.stop()
    return (
        f"An event of a frame of {len(frame):,} bytes takes {sizes[0]:,} bytes, with "
        f"`keep_frame` {sizes[1]:,}."
    )
