"""What packages of each flavour make of the documents of real specifications.

    python -m benchmarks.flavours [SPEC…]

For every schema: documents by construction and near misses, each judged by a validator
that is not ours. A flavour is asked twice: through the tables of the package, and its
classes alone. `docs/flavours.md` has the table.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import workloads
from codegen import frontend, python
from codegen.artifact import OutputFile, printed
from codegen.diagnostics import CodegenError, Report
from codegen.flavours.files import parts
from codegen.flavours.flavour import FLAVOURS, Flavour
from codegen.flavours.golden import author_of, documents
from codegen.flavours.models import Refused
from codegen.memory import imported
from codegen.python import Package

ROOT = Path(__file__).parents[1]
REALTIME = sorted((ROOT / "specs" / "realtime").glob("*/asyncapi.yaml"))
VENDORS = ("spotify-fixed.yml", "xero-accounting.yaml", "deepgram-asyncapi.yml")
HEAD = (
    "| document | flavour | classes | seconds | imports | valid | decoded right |"
    " changed | refused wrongly | invalid | accepted wrongly |"
    " alone: refused wrongly | alone: accepted wrongly |\n" + "|---" * 13 + "|"
)


def decided(spec: Path) -> Package | None:
    """What is decided about the package of a specification."""
    options = frontend.Options(perspective="client", lenient=True)
    try:
        loaded = frontend.load(spec, options, Report())
    except CodegenError:
        return None
    return python.decide(loaded.module, python.Settings(package="measured"))


def through(schema: Any, value: Any) -> Any:
    """What a value is when it has gone through its class."""
    return schema.encode(schema.decode(value))


def alone(models: Any, sdk: Any, flavour: Flavour, name: str) -> Callable[[Any], Any]:
    """What the class of a schema does by itself."""
    of = getattr(models, sdk.SCHEMAS[name]._type)
    if flavour.name == "pydantic":
        from pydantic import TypeAdapter

        return TypeAdapter(of).validate_python
    if flavour.name == "msgspec":
        import msgspec

        return lambda value: msgspec.convert(value, of)
    return lambda value: value


def passes(way: Callable[[Any], Any], value: Any) -> Any:
    """What comes of a value; None inside of a list where nothing does."""
    try:
        return [way(value)]
    except (TypeError, ValueError):
        return []


def measured(package: Package, flavour: Flavour, every: Any) -> Iterator[object]:
    """The cells of one row."""
    started = perf_counter()
    try:
        files: list[OutputFile] = []
        for part in parts(package, flavour):
            files += printed(part())
    except Refused as error:
        yield from (f"{perf_counter() - started:.0f}", f"refused: {error}")
        return
    yield f"{perf_counter() - started:.0f}"
    counts: Counter[str] = Counter()
    try:
        with imported("measured", files) as sdk:
            models = import_module(f"{sdk.__name__}.models")
            yield "yes"
            for name, found in every:
                schema, own = sdk.SCHEMAS[name], alone(models, sdk, flavour, name)
                for value, valid in found:
                    kind = "valid" if valid else "invalid"
                    counts[kind] += 1
                    made = passes(partial(through, schema), value)
                    counts[f"{kind} {'in' if made else 'out'}"] += 1
                    counts["right"] += valid and made == [value]
                    by_itself = passes(own, value)
                    counts[f"{kind} alone {'in' if by_itself else 'out'}"] += 1
    except Exception as error:  # noqa: BLE001 - of classes that are not ours.
        yield f"no: {type(error).__name__}: {str(error).splitlines()[0][:80]}"
        return
    yield counts["valid"]
    yield counts["right"]
    yield counts["valid in"] - counts["right"]
    yield counts["valid out"]
    yield counts["invalid"]
    yield counts["invalid in"]
    yield counts["valid alone out"]
    yield counts["invalid alone in"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flavours")
    parser.add_argument("specs", nargs="*", type=Path)
    parser.add_argument("--flavour", choices=FLAVOURS)
    arguments = parser.parse_args()
    vendors = [workloads.CORPUS.parent / "vendors" / name for name in VENDORS]
    print(HEAD)
    for spec in arguments.specs or [*REALTIME, *vendors]:
        package = decided(spec)
        if package is None:
            print(f"| `{spec.name}` | cannot be read |")
            continue
        author = author_of(package)
        every = [(name, list(documents(author, name))) for name in package.module.names]
        for flavour in FLAVOURS.values():
            if arguments.flavour in (None, flavour.name):
                cells = [len(package.classes), *measured(package, flavour, every)]
                shown = " | ".join(map(str, cells))
                where = f"{spec.parent.name}/{spec.name}"
                print(f"| `{where}` | {flavour.name} | {shown} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
