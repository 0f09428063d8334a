"""What has a class in documents of operations: `python -m benchmarks.bodies FOLDER`.

For each OpenAPI document below the folder: its operations, the bodies of requests and
answers, how many of them stand in place without a name, and how many classes there are
of named schemas alone and with those of bodies and parameters. With `--names` also what
the classes of the operations of each document are called.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.vendors import documents
from codegen import frontend
from codegen import python as python_sdk
from codegen.diagnostics import CodegenError, Report
from codegen.ir import model as ir

_COLUMNS: Final = (
    *("document", "operations", "bodies", "inline", "with a class before", "now"),
    *("classes before", "now", "aliases now", "seconds"),
)


def main() -> int:
    names = "--names" in sys.argv
    folders = [Path(argument) for argument in sys.argv[1:] if argument != "--names"]
    if len(folders) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    print(*_COLUMNS, sep=" | ")
    for path in documents(folders[0]):
        start = time.process_time()
        module = _load(path, folders[0])
        if module is not None and module.calls:
            _row(path.relative_to(folders[0]), module, start, names)
    return 0


def _load(path: Path, root: Path) -> ir.Module | None:
    options = frontend.Options(lenient=True, root=root)
    try:
        return frontend.load(path, options, Report()).module
    except CodegenError:
        return None


def _row(path: Path, module: ir.Module, start: float, names: bool) -> None:
    package = python_sdk.decide(module, python_sdk.Settings("p"))
    seconds = time.process_time() - start
    named = {n: i for n, i in module.names.items() if n not in module.inline}
    plain = replace(module, names=named, inline={}, calls=())
    before = python_sdk.decide(plain, python_sdk.Settings("p"))
    bodies = [
        content
        for call in module.calls
        for many in (call.request, *call.responses.values())
        for content in many
    ]
    typed = [one for one in bodies if one.schema is not None or one.item is not None]
    inline = [one for one in typed if (one.schema or one.item) in module.inline]
    counts = (len(module.calls), len(bodies), len(inline), len(typed) - len(inline))
    classes = (len(before.classes), len(package.classes), len(package.aliases))
    print(path, *counts, len(typed), *classes, f"{seconds:.1f}", sep=" | ")
    for name in module.inline if names else ():
        print(f"    {package.names.of(module.names[name])}  <-  {name}")


if __name__ == "__main__":
    sys.exit(main())
