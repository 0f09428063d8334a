"""Builds the documentation site, and reads it as a visitor would.

Pages come from `docs/` by `mkdocs.yml`, strictly; reference pages of the configured
SDKs from `codegen docs`. Then every link of every page has to lead to something, and
no page may make a browser ask another server for anything.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from codegen import cli

ROOT: Final = Path(__file__).resolve().parent.parent
SITE: Final = ROOT / "build" / "site"
ASKING: Final = {"script": "src", "img": "src", "iframe": "src", "source": "src"}
"""Elements for which a browser asks by itself; `link` is looked at by its `rel`."""
NOT_ASKED: Final = {"canonical", "next", "prev", "alternate"}
ELSEWHERE: Final = re.compile(r"""url\(\s*["']?(?:https?:)?//|@import""")


class Page(HTMLParser):
    """What a page links to, what it makes a browser ask for, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.asked: set[str] = set()
        self.anchors: set[str] = {""}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value for name, value in attrs if value is not None}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        if tag in ASKING and ASKING[tag] in given:
            self.asked.add(given[ASKING[tag]])
        if tag == "link" and given.get("rel") not in NOT_ASKED:
            self.asked.add(given.get("href", ""))


def main() -> int:
    """Build, read, and say what is wrong: 0 if nothing is."""
    shutil.rmtree(SITE, ignore_errors=True)
    built = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if built.returncode:
        print(built.stdout, file=sys.stderr)
        return 1
    os.chdir(ROOT)
    for package in packages():
        output = str(SITE / "api" / package)
        if code := cli.main(["docs", package, "--output", output, "--quiet"]):
            return code
    pages = {
        path: Page(path.read_text("utf-8")) for path in sorted(SITE.rglob("*.html"))
    }
    wrong = [*lost(pages), *asking(pages)]
    for line in wrong:
        print(line, file=sys.stderr)
    links = sum(len(page.links) for page in pages.values())
    print(f"{SITE.relative_to(ROOT)}: {len(pages)} pages, {links} links")
    return 1 if wrong else 0


def packages() -> list[str]:
    """The SDKs that pyproject.toml configures."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [sdk["package"] for sdk in project["tool"]["codegen"]["sdk"]]


def lost(pages: dict[Path, Page]) -> Iterator[str]:
    """Links within the site that lead nowhere."""
    for path, page in pages.items():
        if path.name == "404.html":  # Its links are of the server's root.
            continue
        for link in sorted(page.links | page.asked):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)) if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            found = pages.get(target.resolve())
            anchor = unquote(parts.fragment)
            if not target.is_file() or (found and anchor not in found.anchors):
                yield f"{path.relative_to(SITE)}: {link} leads nowhere"


def asking(pages: dict[Path, Page]) -> Iterator[str]:
    """What browsers would ask other servers for."""
    for path, page in pages.items():
        for link in sorted(page.asked):
            parts = urlsplit(link)
            if parts.netloc or parts.scheme not in ("", "data"):
                yield f"{path.relative_to(SITE)}: asks for {link}"
    for path in sorted(SITE.rglob("*.css")):
        if ELSEWHERE.search(path.read_text("utf-8")):
            yield f"{path.relative_to(SITE)}: asks another server"


if __name__ == "__main__":
    sys.exit(main())
