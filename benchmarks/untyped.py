"""How many fields of generated classes say `Any`: `python -m benchmarks.untyped SPEC…`.

A line for each specification: its fields, those annotated `Any`, and those that hold an
`Any` somewhere, such as `dict[str, Any]`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from codegen import python
from codegen.diagnostics import CodegenError, Report
from codegen.frontend import Options, load
from codegen.python.emit import search, tree
from codegen.python.model.annotations import ANY, field_annotation


def count(path: Path) -> tuple[int, int, int] | None:
    """Fields, fields that are `Any`, and others that hold one; None if the
    specification is refused."""
    report = Report()
    try:
        module = load(path, Options(), report).module
    except CodegenError:
        return None
    if report.failed:
        return None
    package = python.decide(module, python.Settings(package="untyped"))
    found = [
        field_annotation(package.names, field)
        for _, fields in package.classes
        for field in fields
    ]
    bare = sum(annotation == ANY for annotation in found)
    holding = sum(search.uses((tree.Do(annotation),), ANY) for annotation in found)
    return len(found), bare, holding - bare


def main(arguments: list[str]) -> None:
    """Print the counts of some files, and their sums."""
    sums = [0, 0, 0]
    for argument in arguments:
        counts = count(Path(argument))
        print(argument, *(counts or ["refused"]))
        sums = [a + b for a, b in zip(sums, counts or (0, 0, 0), strict=True)]
    print("all", *sums)


if __name__ == "__main__":
    main(sys.argv[1:])
