"""Splits documents of the other tests, and holds what both forms say against each
other: complaints, names, code, and what a comparison finds."""

from __future__ import annotations

import copy
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codegen import python
from codegen.compat import Comparison, Policy, Verdict, compare
from codegen.diagnostics import CodegenError, Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from codegen.source.document import Document
from tests.corpus_paths import ASYNCAPI, ROOT
from tests.memory import MemoryReader
from tests.property.several_files.grammar import Way
from tests.property.several_files.splitting import Split, split, text

_FOLDERS: Final = (ROOT / "tests" / "generated", ROOT / "tests" / "wire", ASYNCAPI)
_SINGLE: Final = "spec.json"
_SHARES: Final = (0.2, 0.4, 0.7, 1)
_ELSEWHERE: Final = re.compile(r'"\$ref": "[^#]')
_IDENTIFIED: Final = re.compile(r'"(\$id|id|\$schema)": "[^#"]*:')
_WHOLE: Final = re.compile(r'"mapping": \{[^}]*: ""')
_PLACES: Final = re.compile(r"[^\s'`,;:→]*(#/|\.json|\.ya?ml)[^\s'`,;:→]*")
_HEADS: Final = re.compile(r"^#.*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Read:
    """A specification that was read: None where it can not be."""

    module: ir.Module | None
    report: Report

    @property
    def complaints(self) -> Counter[str]:
        """What is said of it, places aside."""
        return Counter(
            f"{item.severity.value}[{item.code}] {_PLACES.sub('…', item.message)}"
            for item in self.report
        )


def documents() -> list[Path]:
    """The documents of one file among those of other tests."""
    found = (path for folder in _FOLDERS for path in sorted(folder.rglob("*.*")))
    return [path for path in found if _is_one(path)]


def _is_one(path: Path) -> bool:
    if path.suffix not in (".json", ".yaml", ".yml") or path.stem == "cases":
        return False
    data = content(path)
    kinds = {"openapi", "asyncapi", "$schema", "$defs", "definitions"}
    if not isinstance(data, dict) or not kinds.intersection(data):
        return False
    # What embeds resources says itself what references are relative to, and the whole
    # document is another one in another file.
    said = json.dumps({k: v for k, v in data.items() if k != "$schema"})
    return not any(p.search(said) for p in (_ELSEWHERE, _IDENTIFIED, _WHOLE))


def content(path: Path) -> Any:
    """What a file holds."""
    return Document(path.name, path.name, path.read_bytes()).data


def read(files: Mapping[str, str], home: str) -> Read:
    """A specification of some files."""
    report = Report()
    options = Options(interface=True)
    try:
        found = load(home, options, report, reader=MemoryReader(files))
    except CodegenError:
        return Read(None, report)
    return Read(None if report.failed else found.module, report)


def alone(document: Any) -> Read:
    """A specification of one file."""
    return read({_SINGLE: json.dumps(document)}, _SINGLE)


def _texts(found: Split, rng: random.Random) -> dict[str, str]:
    return {file: text(file, data, rng) for file, data in found.files.items()}


def complaints(document: Any, number: int) -> Iterator[str]:
    """What is wrong with what is made of a document that was split."""
    rng = random.Random(number)
    home = rng.choice((_SINGLE, "spec.yaml"))
    found = split(document, rng, home, rng.choice(_SHARES))
    one, many = alone(document), read(_texts(found, rng), home)
    if one.complaints != many.complaints:
        more, less = (
            many.complaints - one.complaints,
            one.complaints - many.complaints,
        )
        yield f"says {sorted(more)} and not {sorted(less)}"
    if one.module is None or many.module is None:
        return
    if one.module.names.keys() != many.module.names.keys():
        yield f"other names: {one.module.names.keys() ^ many.module.names.keys()}"
    judged = compare(one.module, many.module, Policy())
    # What cannot be read means nothing, and so is the same in its place only.
    if judged.verdict is not Verdict.IDENTICAL and not one.complaints:
        yield f"is not identical: {sorted(_findings(judged))}"
    before, after = _package(one.module), _package(many.module)
    for path in before.keys() | after.keys():
        if before.get(path) != after.get(path):
            yield f"{path} has other lines"


def _package(module: ir.Module) -> dict[str, list[str]]:
    """The lines of the files of a package. Their order is that in which schemas are
    met."""
    package = python.decide(module, python.Settings("sdk"))
    files = python.package_files(package)
    return {
        file.path: sorted(_HEADS.sub("", file.text).splitlines())
        for file in files
        if "_runtime" not in file.path
    }


def _findings(found: Comparison) -> Counter[str]:
    return Counter(
        f"{one.verdict.value} {one.rule} {one.direction}: "
        + _PLACES.sub("…", one.message)
        for one in found.findings
    )


# --- edits -------------------------------------------------------------------------


def edits(document: Any, number: int, count: int) -> Iterator[str]:
    """What is said otherwise of edits of a document that was split."""
    rng = random.Random(number)
    found = split(document, rng, _SINGLE, rng.choice(_SHARES))
    one, many = alone(document), read(_plain(found.files), _SINGLE)
    if one.module is None or many.module is None or one.complaints:
        return
    ways = list(_leaves(document))
    for _ in range(count):
        way, taken = rng.choice(ways), rng.random() < 0.4
        new, files = copy.deepcopy((document, dict(found.files)))
        file, inner = found.now(way)
        _edit(new, way, taken=taken)
        _edit(files[file], inner, taken=taken)
        after, others = alone(new), read(_plain(files), _SINGLE)
        if after.complaints:
            continue
        if after.module is None or others.module is None:
            yield f"{way}: cannot be read"
            continue
        single = compare(one.module, after.module, Policy())
        several = compare(many.module, others.module, Policy())
        if single.verdict is not several.verdict:
            yield f"{way}: {single.verdict.value} and {several.verdict.value}"
        elif _rules(single) != _rules(several):
            yield f"{way}: {sorted(_rules(single))} and {sorted(_rules(several))}"


def _rules(found: Comparison) -> Counter[str]:
    return Counter(f"{one.verdict.value} {one.rule}" for one in found.findings)


def _plain(files: Mapping[str, Any]) -> dict[str, str]:
    return {file: json.dumps(data) for file, data in files.items()}


def _leaves(value: Any, way: Way = ()) -> Iterator[Way]:
    """The ways to what may be edited: values without others inside them, but for what
    says where something is."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("$ref", "mapping", "openapi", "asyncapi", "$schema"):
                yield from _leaves(inner, (*way, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*way, index))
    else:
        yield way


def _edit(value: Any, way: Way, *, taken: bool) -> None:
    """Change a value, or take it away."""
    for key in way[:-1]:
        value = value[key]
    if taken:
        del value[way[-1]]
        return
    match value[way[-1]]:
        case bool() as flag:
            value[way[-1]] = not flag
        case int() | float() as number:
            value[way[-1]] = number + 1
        case "string" | "number" | "object":
            value[way[-1]] = "integer"
        case other:
            value[way[-1]] = f"{other}x"
