"""Parts of published specifications, extracted.

What the command writes it has compared already, so that it is written is the test.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from codegen.diagnostics import Report
from codegen.flows.extract import extract
from codegen.flows.reading import Asked
from tests.corpus_paths import CORPUS, require
from tests.sweeps import LONG

SHORT = ("adyen-disputes-v1.json", "deepgram-asyncapi.yml", "deepgram-openapi.yml")
REFUSED = ("asyncapi-generator", "docusign-webforms.swagger.json", "README.md")
PARTS = ((), ("*a*",), ("*[E-M]*",))
SUFFIXES = (".yaml", ".json", ".json")
"""How each part is written; a full sweep writes each in both ways."""

WAYS = (
    list(itertools.product(PARTS, sorted({*SUFFIXES})))
    if LONG
    else list(zip(PARTS, SUFFIXES, strict=True))
)


def names() -> list[str]:
    """The specifications that are looked at."""
    found = sorted(path.name for path in (CORPUS / "vendors").glob("*.*"))
    return [name for name in found if name not in REFUSED] if LONG else list(SHORT)


@pytest.mark.parametrize(("include", "suffix"), WAYS, ids=str)
@pytest.mark.parametrize("name", names())
def test_parts_say_the_same(
    name: str, include: tuple[str, ...], suffix: str, tmp_path: Path
) -> None:
    report = Report()
    asked = Asked(include=include, lenient=True)
    target = tmp_path / f"part{suffix}"
    found = extract(require(CORPUS / "vendors") / name, target, asked, report)
    assert found is not None, [str(item) for item in report]
    assert target.stat().st_size > 0
