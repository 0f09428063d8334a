"""Pages of documentation, read as somebody who does what they say.

A page is Markdown. Its blocks of code are carried out from top to bottom, in a folder
of their own:

- `python` runs, a statement at a time. A comment right below a statement is what that
  prints, or the exception that it raises. A block whose first line is a comment with
  the name of a file (`# app.py`) is written there instead, as are `yaml`, `toml`,
  `json` and `jinja`.
- `console` has commands behind `$ `, each followed by what it says. `…` alone on a line
  stands for some lines, in a line for some of it; `= 1` is the exit code.
- `<!-- not run: why -->` right above a block leaves it alone, `<!-- quoted: FILE -->`
  has it looked for in that file.

`tests/e2e/pages/PAGE.py`, if there is one, runs first: it makes what the page takes for
granted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.corpus_paths import ROOT

BEFORE: Final = ROOT / "tests" / "e2e" / "pages"
_BLOCK: Final = re.compile(
    r"^(?:<!-- (?:not run: (?P<why>[^\n]+)|quoted: (?P<source>[^\n]+)) -->\n)?"
    r"```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_FILE: Final = re.compile(r"(?:#|//|\{#) ([\w./-]+\.[a-z]+)(?: #\})?\n")
_CODE: Final = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: its language, its text, its first line, why it is not run, and
    from which file it is quoted."""

    language: str
    text: str
    line: int
    why: str
    source: str

    @property
    def file(self) -> str:
        """The file that it is, or nothing."""
        named = _FILE.match(self.text)
        return named[1] if named and self.language != "console" else ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, what it is told to say, and its exit code if that is told."""

    line: str
    says: list[str]
    code: int | None


def pages() -> list[Path]:
    """README and the pages of the site."""
    return [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    ]


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in order."""
    text = page.read_text("utf-8")
    return [
        Block(
            found["language"],
            found["text"],
            text.count("\n", 0, found.start("text")),
            found["why"] or "",
            found["source"] or "",
        )
        for found in _BLOCK.finditer(text)
    ]


def commands(block: Block) -> list[Command]:
    """What stands behind `$ ` in a block of a console."""
    found: list[Command] = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:], [], None))
        elif re.fullmatch(r"= \d+", line) and found:
            found[-1] = Command(found[-1].line, found[-1].says, int(line[2:]))
        elif found:
            found[-1].says.append(line)
    return found


def mentions(page: Path) -> list[str]:
    """Commands of ours that stand within sentences."""
    prose = _BLOCK.sub("", page.read_text("utf-8"))
    every = (part.strip() for code in _CODE.findall(prose) for part in code.split("&&"))
    return [code for code in every if code.startswith(("codegen ", "make "))]


def told(lines: list[str]) -> re.Pattern[str]:
    """What lines of a console stand for, `…` and all."""
    pattern = ""
    for line in lines:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ ]*\n"
    return re.compile(pattern)
