"""The site of the documentation: every page is in it, and its reader finds faults."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.corpus_paths import ROOT

NAV = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]


def named(nav: Any) -> Iterator[str]:
    """The pages of a navigation."""
    match nav:
        case str():
            yield nav
        case list():
            for one in nav:
                yield from named(one)
        case dict():
            for one in nav.values():
                yield from named(one)


def test_every_page_is_in_the_navigation() -> None:
    pages = [page for page in named(NAV) if page.endswith(".md")]
    assert sorted(pages) == sorted(path.name for path in (ROOT / "docs").glob("*.md"))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What builds the site, with a folder of its own for it."""
    path = ROOT / ".ci" / "documentation.py"
    spec = importlib.util.spec_from_file_location("documentation", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "documentation", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "SITE", tmp_path)
    return module


def test_links_lead_somewhere_and_nobody_else_is_asked(
    site: Any, tmp_path: Path
) -> None:
    (tmp_path / "a.html").write_text(
        '<a href="b.html#there">1</a><a href="b.html#not">2</a><a href="c.html">3</a>'
        '<a href="https://example.com">4</a><img src="data:image/png;base64,AAAA">'
        '<link rel="stylesheet" href="s.css"><link rel="canonical" href="https://e.x">'
        '<script src="//cdn.example/x.js"></script>'
    )
    (tmp_path / "b.html").write_text('<p id="there"><a href="#there">5</a>')
    (tmp_path / "s.css").write_text("@import 'https://fonts.example/a.css';")
    pages = {path: site.Page(path.read_text()) for path in tmp_path.glob("*.html")}
    assert list(site.lost(pages)) == [
        "a.html: b.html#not leads nowhere",
        "a.html: c.html leads nowhere",
    ]
    assert list(site.asking(pages)) == [
        "a.html: asks for //cdn.example/x.js",
        "s.css: asks another server",
    ]


def test_reference_pages_are_those_of_the_configured_packages(site: Any) -> None:
    linked = {page.split("/")[1] for page in named(NAV) if page.startswith("api/")}
    assert linked == set(site.packages())
