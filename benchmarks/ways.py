"""Every way of doing the same, side by side: the short ones should be the fast ones."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.session import Setup, Table
from benchmarks.timing import Contender, Time, measure


def ways_table(setup: Setup) -> Table:
    """Ways of sending, receiving and looking, each against the one that it is held
    against."""
    table = Table("Every way of each", ("what", "way", "time", "of the first"))
    for what, ways in _ways(setup):
        times = measure(ways)
        first = next(iter(times.values()))
        table.rows += [(what, way, *_cells(time, first)) for way, time in times.items()]
    table.notes.append(
        "Times of the fastest round; ratios of the fastest rounds, then of the medians."
    )
    table.notes.append(_memory(setup))
    return table


def _cells(time: Time, first: Time) -> Sequence[str]:
    ratio, median = time.least / first.least, time.median / first.median
    return f"{time.least:.2f} µs", f"{ratio:.2f} ({median:.2f})"


def _ways(setup: Setup) -> list[tuple[str, dict[str, tuple[Contender, list[Any]]]]]:
    server, client = setup.fast.SERVER_EVENTS, setup.fast.CLIENT_EVENTS
    append = client.decode(setup.frames["client_append_4k"][0])
    stream = setup.frames["stream"]
    session = setup.frames["session_updated"][0]
    value = json.loads(session)
    schema = setup.fast.SCHEMAS[server[value["type"]].__name__]
    small = min(setup.frames["transcript_delta"], key=len)
    return [
        ("send append 4k", _sent(append, client)),
        *(
            (
                f"send on {name.replace('_', ' ')}",
                _sent_on(setup.frames[name][0], server),
            )
            for name in ("session_updated", "audio_4k", "response_done")
        ),
        (
            "receive the stream",
            {
                "decode(str)": (server.decode, stream),
                "decode(bytes)": (server.decode, [frame.encode() for frame in stream]),
                "decode(str, keep_frame=True)": (_keeping(server), stream),
            },
        ),
        (
            "judge session.updated",
            {
                "violations": (schema.violations, [value]),
                "is_valid": (schema.is_valid, [value]),
            },
        ),
        (
            "look at a delta's tag",
            {
                "decode": (server.decode, [small]),
                "peek(str)": (server.peek, [small]),
                "peek(bytes)": (server.peek, [small.encode()]),
            },
        ),
    ]


def _sent(event: Any, table: Any) -> dict[str, tuple[Contender, list[Any]]]:
    import orjson

    return {
        "orjson.dumps of the dict": (orjson.dumps, [event.to_dict()]),
        "table.encode": (table.encode, [event]),
        "event.to_json": (_to_json, [event]),
    }


def _sent_on(frame: str, table: Any) -> dict[str, tuple[Contender, list[Any]]]:
    return {
        **_sent(table.decode(frame), table),
        "table.encode, keep_frame": (
            table.encode,
            [table.decode(frame, keep_frame=True)],
        ),
    }


def _to_json(event: Any) -> bytes:
    found: bytes = event.to_json()
    return found


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
