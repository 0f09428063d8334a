"""What a package does with many documents, as one digest.

A damaged generator may write other code for the same behaviour. No test can notice
that, so a mutation that survives is held against the sound package once more: by the
documents of the golden tests, changed in every place in ways that the golden tests do
not know of. Equal digests are no proof, but nothing that these documents can tell.

Run as `python -m benchmarks.alike PACKAGE GOLDEN`, with the package importable.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from codegen.golden.machinery.shortened import opened

ODD: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 2**53, 123456789012345678901, 0.5, -0.5, 1e30, 1.0),
    *("", "x", "é" * 3, "x" * 5000, "null", "2024-01-01", "a@b.c", "\u0000"),
    *([], [None], [1, 1.0], [True, 1], [[], {}], {}, {"": 0}, {"type": "x"}),
)
"""What is put in the place of every part of every document."""


def main() -> int:
    package, golden = sys.argv[1], Path(sys.argv[2])
    sdk = importlib.import_module(package)
    drift = importlib.import_module(f"{package}._runtime.registry").drift
    digest, count = hashlib.sha256(), 0
    for path in sorted(golden.glob("*.json")):
        record = opened(json.loads(path.read_text("utf-8")))
        schema = sdk.SCHEMAS.get(record.get("schema"))
        for document in record.get("documents", ()) if schema is not None else ():
            for value in changed(document["value"]):
                count += 1
                told = behaviour(sdk, schema, drift, value)
                digest.update(repr(told).encode("utf-8", "surrogatepass"))
    print(digest.hexdigest(), count)
    return 0


def changed(document: Any) -> Iterator[Any]:
    """The document, and every change of one place in it."""
    yield document
    for odd in ODD:
        yield odd
        yield from _inside(document, odd)
    yield from _inside(document, None, remove=True)


def _inside(value: Any, odd: Any, *, remove: bool = False) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, item in value.items():
            rest = {key: other for key, other in value.items() if key != name}
            if remove:
                yield rest
            else:
                yield {**value, name: odd}
            for inner in _inside(item, odd, remove=remove):
                yield {**value, name: inner}
        if not remove:
            yield {**value, "no such property": odd}
    elif isinstance(value, list):
        for index, item in enumerate(value):
            before, after = value[:index], value[index + 1 :]
            yield [*before, *after] if remove else [*before, odd, *after]
            for inner in _inside(item, odd, remove=remove):
                yield [*before, inner, *after]


def behaviour(sdk: Any, schema: Any, drift: Any, value: Any) -> tuple[Any, ...]:
    """All that users can see of a schema and a value."""
    found = sorted((v.path, v.keyword) for v in schema.violations(value))
    before = drift.mark
    try:
        strict = repr(schema.decode(value))
    except sdk.ValidationError as error:
        strict = repr(sorted((v.path, v.keyword) for v in error.violations))
    tolerant = schema.decode(value, strict=False)
    kept = sorted((v.path, v.keyword) for v in sdk.violations_of(tolerant))
    written = schema.to_json(tolerant)
    own = tolerant.to_json() if hasattr(tolerant, "to_json") else b""
    noticed = drift.mark is not before
    return found, strict, repr(tolerant), kept, written, own, noticed


if __name__ == "__main__":
    sys.exit(main())
