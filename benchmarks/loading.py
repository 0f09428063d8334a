"""What it takes until a package can be used: imports, tables and classes."""

from __future__ import annotations

import json

from benchmarks import processes, workloads
from benchmarks.session import Setup, Table


def import_table(setup: Setup) -> Table:
    frame = setup.frames["transcript_delta"][0]
    fast, whole = setup.fast.__name__, "bench_whole"
    statements = {
        "ours: `import` of the Realtime package": f"import {fast}",
        "ours: the same, and one class": f"from {fast} import RealtimeSession",
        "ours: the same, and one event decoded": (
            f"import {fast}; {fast}.SERVER_EVENTS.decode({frame!r})"
        ),
    }
    if (setup.directory / whole).exists():
        statements["ours: `import` of all schemas"] = f"import {whole}"
        statements["ours: all schemas, and one class"] = (
            f"from {whole} import RealtimeSession"
        )
    statements |= {
        "`import dataclasses`": "import dataclasses",
        "`import orjson`": "import orjson",
        "`import msgspec`": "import msgspec",
        "`import pydantic; pydantic.BaseModel`": "import pydantic; pydantic.BaseModel",
        "`import openai`": "import openai",
    }
    times = processes.imports(statements, setup.directory)
    table = Table("Import", ("statement", "milliseconds above bare Python (median)"))
    for name, time in times.items():
        table.rows.append((name, f"{time.least:.1f} ({time.median:.1f})"))
    if setup.native:
        table.notes.append(_load_note(setup, setup.native.__name__))
    return table


_LOAD = """
import json, time, orjson, {name}.events
frames = json.load(sys.stdin)
start = time.process_time()
decode = {name}.SERVER_EVENTS.decode
for frame in frames:
    decode(frame)
once = time.process_time()
for frame in frames:
    decode(frame)
print(((once - start) - (time.process_time() - once)) * 1e3)
"""


def _load_note(setup: Setup, name: str) -> str:
    """What it takes until tables and all classes of the frames are there."""
    frames = [
        frame for workload in workloads.DECODED for frame in setup.frames[workload]
    ]
    by_tag = {json.loads(frame)["type"]: frame for frame in frames}
    text = json.dumps(list(by_tag.values()))
    time = processes.said(_LOAD.format(name=name), setup.directory, text)
    return (
        f"Native codec, tables and the classes of {len(by_tag)} events, with bytecode "
        f"cached: {time.least:.1f} ms ({time.median:.1f}) of processor time."
    )
