"""What is fuzzed with coverage as the guide: for each target its seeds and its test.

A test takes any bytes. It ends quietly, or raises `FaultError` where something happened
that never may; an exception of another kind is a fault as well.
"""

from __future__ import annotations

import importlib
import json
import math
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from codegen import python
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.golden.machinery.values import text
from codegen.samples import Builder, NoSample
from tests.constraints import violations as constrained
from tests.corpus_paths import ROOT
from tests.fuzz import outcomes
from tests.fuzz.odd import VALUES

EVERY_KEYWORD: Final = ROOT / "benchmarks" / "every-keyword.yaml"
_ALARM: Final = 20.0
"""Processor seconds for a document: twice what `tests/bounds` allows hostile ones."""
_BETWEEN: Final = b"\n\x00\n"
"""Stands between the two versions that are compared."""


class FaultError(AssertionError):
    """What never may happen, whatever the input."""


@dataclass(frozen=True, slots=True)
class Target:
    """A test of any bytes.

    seeds    inputs to begin with
    run      the test: raises `FaultError`
    mutate   another input from one, by a generator of random numbers; None where
             bytes are damaged as they are
    """

    seeds: Callable[[], Iterable[bytes]]
    run: Callable[[bytes], None]
    mutate: Callable[[bytes, random.Random], bytes] | None = None


# --- generated code ---------------------------------------------------------------


@cache
def package(spec: Path, name: str, perspective: str = "server") -> ModuleType:
    """The package of a specification, written to a folder and imported from there."""
    report = Report()
    module = load(spec, Options(perspective=perspective), report).module
    settings = python.Settings(package=name, client_events=("*",))
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for file in python.package_files(python.decide(module, settings)):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    return importlib.import_module(name)


def _flagship() -> ModuleType:
    specs = sorted((ROOT / "specs" / "realtime").glob("*/asyncapi.yaml"))
    return package(specs[-1], "fuzzed_realtime", "client")


def events(data: bytes) -> None:
    """Frames through the tables of the Realtime API: only what is no JSON object
    raises, nothing is lost, and peek sees what decode finds."""
    table = _flagship().SERVER_EVENTS
    try:
        event = table.decode(data)
    except ValueError:
        if _object(data) is not None:
            raise FaultError("a JSON object was refused") from None
        return
    frame = _object(data)
    if frame is None:
        raise FaultError("what is no JSON object was taken")
    _same(frame, json.loads(table.encode(event)), "encoding")
    strict = _taken(lambda: table.decode(data, strict=True))
    found = _flagship().violations_of(event)
    if strict and found:
        raise FaultError(f"strict decoding took it: {found}")


def schemas(data: bytes) -> None:
    """JSON values through every schema of a specification with every keyword."""
    sdk = package(EVERY_KEYWORD, "fuzzed_every_keyword")
    try:
        value = _read(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return
    for name, schema in sdk.SCHEMAS.items():
        try:
            broken = bool(constrained(sdk, schema, value))
            tolerant = schema.decode(value, strict=False)
        except ValueError as error:
            if "nest" in str(error):
                return
            raise FaultError(f"{name}: {error}") from error
        _same(value, schema.encode(tolerant), name)
        if _taken(lambda s=schema: s.decode(value)) is broken:
            raise FaultError(f"{name}: strict decoding and violations disagree")


def _taken(decode: Callable[[], object]) -> bool:
    try:
        decode()
    except ValueError:
        return False
    return True


def _object(data: bytes) -> dict[str, Any] | None:
    """The object that a frame is, read by another parser; None for anything else.

    In frames that are received, control characters may stand in strings as they are;
    a number must be one that a float can hold.
    """
    try:
        value = _read(data.decode("utf-8"), strict=False)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _read(text: str, *, strict: bool = True) -> Any:
    return json.loads(
        text, strict=strict, parse_constant=_constant, parse_float=_finite
    )


def _constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _finite(number: str) -> float:
    """A number that Python's float can hold."""
    if math.isinf(float(number)):
        raise ValueError(f"{number} is too large")
    return float(number)


def _same(sent: object, received: object, where: str) -> None:
    if text(sent) != text(received):
        raise FaultError(f"{where}: {text(sent)[:200]} became {text(received)[:200]}")


def frames() -> Iterator[bytes]:
    """The frames of the examples."""
    yield from (ROOT / "examples" / "frames.jsonl").read_bytes().splitlines()


def values() -> Iterator[bytes]:
    """The smallest and a full document of every schema with every keyword."""
    module = load(EVERY_KEYWORD, Options(), Report()).module
    builder = Builder(module)
    for schema in module.schemas.values():
        for made in (builder.smallest(schema), builder.fullest(schema)):
            if not isinstance(made, NoSample):
                yield json.dumps(made).encode()


def damaged(data: bytes, rng: random.Random) -> bytes:
    """A JSON value with something else in one of its places."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return data
    holders: list[Any] = [held for held in _held(value) if held]
    if not holders:
        return json.dumps(rng.choice(VALUES)).encode("utf-8", "surrogatepass")
    holder = rng.choice(holders)
    key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    if rng.random() < 0.2:
        del holder[key]
    else:
        holder[key] = rng.choice(VALUES)
    return json.dumps(value, ensure_ascii=rng.random() < 0.5).encode(
        "utf-8", "surrogatepass"
    )


def _held(value: object, depth: int = 0) -> Iterator[object]:
    if depth > 50:
        return
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _held(inner, depth + 1)


# --- commands ---------------------------------------------------------------------


def specs(data: bytes) -> None:
    """Any bytes as a specification."""
    _command({"spec.yaml": data}, ["lint", "spec.yaml"])


def overlays(data: bytes) -> None:
    """Any bytes as an overlay of a small specification."""
    spec = EVERY_KEYWORD.read_bytes()
    files = {"spec.yaml": spec, "overlay.yaml": data}
    _command(files, ["lint", "spec.yaml", "--overlay", "overlay.yaml"])


def pairs(data: bytes) -> None:
    """Any bytes as two versions of a specification."""
    old, _, new = data.partition(_BETWEEN)
    files = {"old.yaml": old, "new.yaml": new or old}
    _command(files, ["diff", "old.yaml", "new.yaml"])


def _command(files: dict[str, bytes], arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        outcome, _ = outcomes.ended(arguments, Path(folder), _ALARM)
    if outcome.kind in outcomes.FAULTS | {outcomes.TIMEOUT, outcomes.MEMORY}:
        raise FaultError(f"{outcome.kind}: {outcome.detail}")


def _small(*patterns: str) -> list[bytes]:
    found = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
    texts = [path.read_bytes() for path in found if path.is_file()]
    return [content for content in texts if len(content) < 6_000]


def written_specs() -> list[bytes]:
    """The small specifications of this repository's tests."""
    return _small("tests/errors/*/spec*", "tests/lint/*/spec*")


def written_overlays() -> list[bytes]:
    """An overlay of each kind of action, and one with all."""
    kinds = ("remove: true", "update: {type: string}", "copy: $.info")
    actions = [f"  - {{target: $.components, {kind}}}\n" for kind in kinds]
    head = "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions:\n"
    return [(head + action).encode() for action in (*actions, "".join(actions))]


def written_pairs() -> list[bytes]:
    """The pairs of this repository's cases of comparing."""
    found = []
    for old in sorted(ROOT.glob("tests/diff/*/old*")):
        new = old.with_name(old.name.replace("old", "new"))
        if old.is_file() and new.is_file():
            found.append(old.read_bytes() + _BETWEEN + new.read_bytes())
    return [content for content in found if len(content) < 12_000]


TARGETS: Final[dict[str, Target]] = {
    "events": Target(frames, events, damaged),
    "schemas": Target(values, schemas, damaged),
    "specs": Target(written_specs, specs),
    "overlays": Target(written_overlays, overlays),
    "diff": Target(written_pairs, pairs),
}
