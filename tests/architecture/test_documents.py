"""What the documents name is there, and what is there the documents name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.test_imports import TABLE
from tests.corpus_paths import ROOT

DOCUMENTS: Final = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "benchmarks/*.md")
    for path in ROOT.glob(pattern)
)
_PATH: Final = re.compile(
    r"`((?:codegen|tests|templates|docs|benchmarks|generated|examples|specs|\.ci)/"
    r"[\w./*-]*)`"
)
_LINK: Final = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_paths_and_links_lead_somewhere(path: Path) -> None:
    """`NAME` in a path stands for any name."""
    text = path.read_text("utf-8")
    named = [found.replace("NAME", "*") for found in _PATH.findall(text)]
    lost = [found for found in named if not any(ROOT.glob(found))]
    lost += [
        found for found in _LINK.findall(text) if not (path.parent / found).exists()
    ]
    assert lost == []


def test_every_module_has_its_row() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(r"^\| `codegen/(\w+)(?:\.py|/)` \| \S", text, re.MULTILINE)
    inside = re.findall(r"`codegen/(\w+)/?(?:\.py)?` (?:knows|remembers)", text)
    assert sorted([*rows, *inside]) == sorted(part for part in TABLE if part)


def test_words_of_the_glossary_are_in_order_and_have_one_meaning() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    table = text.partition("\n| word | is |\n|---|---|\n")[2].partition("\n\n")[0]
    words = [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines()]
    assert len(words) > 20
    assert words == sorted(set(words))
