"""What stands around schemas in other files is read as if it stood in one, within
bounds."""

from __future__ import annotations

import json

import pytest

from codegen.diagnostics import Report
from codegen.frontend import Options, load, whole
from tests.memory import MemoryReader

LINK = {"$ref": "links.json#/x0"}


def read(levels: int) -> Report:
    """The report on a document with a link that refers to the next one twice, that to
    the next one twice, and so on."""
    links: dict[str, object] = {
        f"x{n}": {key: {"$ref": f"#/x{n + 1}"} for key in "ab"} for n in range(levels)
    }
    links[f"x{levels}"] = {"description": "the end"}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Links", "version": "1"},
        "paths": {},
        "components": {"links": {"One": LINK, "Two": LINK}},
    }
    texts = {"api.json": json.dumps(document), "links.json": json.dumps(links)}
    report = Report()
    load("api.json", Options(interface=True), report, reader=MemoryReader(texts))
    return report


def test_what_refers_to_everything_twice_is_not_written_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole, "MAX_WHOLE", 1_000)
    assert not read(4).failed
    (problem,) = read(60)
    assert problem.code == "too-large"
    assert problem.span.file == "links.json"
    assert "refer to fewer" in problem.message
