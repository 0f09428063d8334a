"""What a package does with values: of whose code it is taken to follow is all that can
be reached."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from codegen import frontend, python
from codegen.artifact import OutputFile
from codegen.diagnostics import Report
from codegen.golden import behaviour
from codegen.golden.behaviour import Behaviour, code_of
from codegen.ir import model as ir
from codegen.ir.contents import Contents
from codegen.python.model import pieces
from tests.corpus_paths import OPENAI, ROOT, require
from tests.sweeps import many

SPECS: Final = (
    ROOT / "benchmarks" / "every-keyword.yaml",
    ROOT / "specs" / "realtime" / "2026-08" / "asyncapi.yaml",
    OPENAI / "openapi-2024-10-17.yaml",
)
_SAID: Final = re.compile(r'"""(?s:.*?)"""|^ *#.*$', re.MULTILINE)


def decided(path: Path) -> python.Package:
    report = Report()
    options = frontend.Options(lenient=True)
    module = frontend.load(require(path), options, report).module
    return python.decide(module, python.Settings("sdk"))


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        (path, whole)
        for whole in (False, True)
        for path in SPECS[: 1 if whole else many(2, 3)]
    ],
)
def test_code_leads_where_references_lead(
    path: Path, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that the code of a schema names is of a schema that it refers to."""
    monkeypatch.setattr(pieces, "WHOLE", 10**9 if whole else 0)
    package = decided(path)
    files = [*python.package_files(package)]
    leads = Behaviour(package, code_of(package, files), Contents(package.module))
    owners = behaviour._outer(package)
    modules = behaviour._modules(package, files, _ASIDE)
    found = [
        (name, code, {i for end in behaviour._ends(name) for i in owners.get(end, ())})
        for _, name, code in behaviour.whole(modules)
    ]
    of: dict[str, set[str]] = {}
    for name, _, own in found:
        if own:
            of.setdefault(name, set()).update(own)
    stray = []
    for name, code, own in found:
        if code.startswith(f"{name}: "):
            continue  # It is the code of another one that says the same.
        words = set(re.findall(r"\w+", _SAID.sub("", code))) & of.keys()
        for owner in own:
            led = reached(leads, ir.SchemaId(owner))
            stray += [(name, word) for word in words if not of[word] & led]
    assert [(name, word) for name, word in stray if not _is_text(word)] == []


def reached(
    leads: behaviour.Behaviour | Contents, start: ir.SchemaId
) -> set[ir.SchemaId]:
    """A schema, and all that is led to from it."""
    found: set[ir.SchemaId] = set()
    pending = [start]
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            pending += leads.leads(one)
    return found


_ASIDE: Final = frozenset(("strategies.py", "_json_schemas.py", "_native.py"))


def _is_text(word: str) -> bool:
    """Whether a word is one that specifications have among their values."""
    return word in {"Response", "Model"}


def test_what_is_behind_a_schema_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    package = decided(SPECS[0])
    files = [*python.package_files(package)]
    before = Behaviour(package, code_of(package, files), Contents(package.module))
    names = list(package.module.names)

    def changed(function: str) -> set[str]:
        """The schemas whose values become something else if a function is changed."""
        others = [
            OutputFile(f.path, f.text.replace(f"def {function}(", "def changed("))
            for f in files
        ]
        code = code_of(package, others)
        after = Behaviour(package, code, Contents(package.module))
        schemas = map(package.module.named, names)
        return {
            name
            for name, schema in zip(names, schemas, strict=True)
            if before.of(schema) != after.of(schema)
        }

    ids, contents = package.module.names, Contents(package.module)
    users = {
        name: {o for o in names if ids[name] in reached(contents, ids[o])}
        for name in names
    }
    for name in names:
        symbol = package.names.of(package.module.names[name])
        if any(f"def decode_{symbol}(" in file.text for file in files):
            assert {name} | users[name] <= changed(f"decode_{symbol}")
