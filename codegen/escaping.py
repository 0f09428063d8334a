"""The doors through which text of a specification reaches people and their tools.

One for each medium: a terminal and the log of a build server (`line`, `terminal`),
workflow commands of GitHub (`command`), Markdown (`prose`, `code`, `fenced`), JSON
(`json_text`) and messages in SARIF (`sarif_text`); HTML is `line` and what Jinja
escapes. Whatever goes in, what comes out is text there and nothing else: it steers no
terminal, gives no command, makes no markup. Python source has doors of its own
(`codegen.text`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from codegen.text import visible

# --- terminals and logs ------------------------------------------------------------

_GAP: Final = re.compile("\r\n|[\n\r\t]")
_LEADING: Final = re.compile(" *:(?=:)")
_ANYWHERE: Final = re.compile(r"##(?=\w*\[)")


def line(text: str) -> str:
    """Text on one line with nothing invisible in it; line breaks become spaces.

    Build servers obey lines that begin with `::`, space before it or not (GitHub),
    or that hold `##[` or `##vso[` anywhere (GitHub, Azure, TeamCity with its name).
    One character of those becomes an escape, which only people understand.
    """
    return _tame(visible(_GAP.sub(" ", text)))


def terminal(text: str) -> str:
    """Lines of text, each as `line` has it; its own result it gives back as it is."""
    lines = text.split("\n")
    return "\n".join(_tame(visible(part.replace("\t", " "))) for part in lines)


def masked(text: str) -> str:
    """A text without the passwords of addresses in it: `https://user:***@host`."""
    return _PASSWORD.sub(r"\1***@", text) if "@" in text else text


def quoted(text: str) -> str:
    """What `line` gives, without the beginnings of HTML tags.

    Reports are pasted into comments, mails and pages, so that what is harmless where
    it was printed must be harmless there. Groups of patterns, `(?<name>`, stay.
    """
    return _TAG.sub(_for_people, line(text))


_PASSWORD: Final = re.compile(r"(?<=\w)(:/{1,2}[^\s/?#@:]*:)[^\s/?#@]*@")
"""The password of an address, of which a path has lost a slash."""

_TAG: Final = re.compile(r"(?<!\(\?)<(?=[A-Za-z/!?])")


def _for_people(found: re.Match[str]) -> str:
    return f"\\x{ord(found[0]):02x}"


def _tame(text: str) -> str:
    if (start := _LEADING.match(text)) is not None:
        text = rf"{text[: start.end() - 1]}\x3a{text[start.end() :]}"
    return _ANYWHERE.sub(r"#\\x23", text)


# --- colour ------------------------------------------------------------------------


class Painted(str):
    """Text for a terminal with sequences of ours, which do nothing but colour it."""

    __slots__ = ()


def painted(style: str, *parts: str) -> Painted:
    """Text as `quoted` has it, in one of the styles."""
    return Painted(f"\x1b[{STYLES[style]}m{quoted(''.join(parts))}\x1b[0m")


STYLES: Final = {
    "title": "1",
    "dim": "2",
    "breaking": "1;31",
    "risky": "1;33",
    "unknown": "1;35",
    "compatible": "32",
    "accepted": "32",
    "identical": "32",
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
}
"""What is painted: by verdict or severity, and by how much it should stand out."""

_REPLACED: Final = "\r\x1b[2K"
"""Takes back the line that the cursor is in."""


def passing(text: str) -> Painted:
    """A line that the next one takes the place of."""
    return Painted(f"{_REPLACED}\x1b[{STYLES['dim']}m{line(text)}\x1b[0m")


def gone() -> Painted:
    """Nothing in the place of a line that was to pass."""
    return Painted(_REPLACED)


# --- GitHub ------------------------------------------------------------------------


class Commands(str):
    """Workflow commands, one a line: the only lines that may begin with `::`."""

    __slots__ = ()


def command(
    name: str, properties: Mapping[str, object], lines: Iterable[str]
) -> Commands:
    """One workflow command; `lines` are what it says, each as `quoted` has it."""
    given = ",".join(
        f"{key}={_escaped(quoted(str(value))).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
    )
    said = _escaped("\n".join(map(quoted, lines)))
    return Commands(f"::{name}{' ' if given else ''}{given}::{said}\n")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


# --- JSON --------------------------------------------------------------------------

_OBEYED: Final = re.compile("#(?=#)|<(?=[A-Za-z/!?])")


def json_text(data: Any, indent: int | None = None) -> str:
    """The JSON of a value: whoever reads it gets the value, whoever prints it is safe.

    What `quoted` would change stands as an escape of JSON. No line of JSON can begin
    with a colon.
    """
    separators = (",", ":") if indent is None else None
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    text = _OBEYED.sub(lambda found: _json_escape(found[0]), text)
    return "\n".join(
        part if part.isprintable() else "".join(map(_json_char, part))
        for part in text.split("\n")
    )


def _json_char(char: str) -> str:
    return char if char.isprintable() else _json_escape(char)


def _json_escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


_LINK: Final = re.compile(r"(?=\]\()")
_PLACEHOLDER: Final = re.compile(r"\{(\d+)\}")


def sarif_text(text: str) -> str:
    """Text of a message in SARIF, where `[a](b)` is a link and `{0}` an argument."""
    return _LINK.sub(r"\\", _PLACEHOLDER.sub(r"{{\1}}", quoted(text)))


# --- TOML --------------------------------------------------------------------------

_RAW: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_HALVES: Final = re.compile("[\ud800-\udfff]")


class Toml(str):
    """Text that is TOML already."""

    __slots__ = ()


def toml(text: str) -> Toml:
    """A text as TOML, JSON and YAML write it, quotes and all, in one line. They have
    no halves of surrogate pairs."""
    shown = json.dumps(_HALVES.sub("\ufffd", text), ensure_ascii=False)
    return Toml(_RAW.sub(lambda found: _json_escape(found[0]), shown))


# --- Markdown ----------------------------------------------------------------------


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


_MARKUP: Final = re.compile(r"[\\`*_\[\]&!|~$]")
_BLOCK: Final = re.compile(r"\d*[#+\-=:.)]")
_ACTED_ON: Final = re.compile(
    r"@|#(?=\w)|(?<=\bG[HL])-(?=\d)|:(?=\S)|(?<=www)\.", re.IGNORECASE
)


def prose(text: str) -> Markdown:
    """Text as text of Markdown, at the start of a line as well as inside of one.

    Mentions, references to issues, bare links and emoji are found by the sites that
    show Markdown behind its escapes, so their marks become escapes for people, as
    `\\x40` for `@`. `code` leaves them as they are and nobody acts on them there.
    """
    shown = _ACTED_ON.sub(_for_people, line(text)).strip()
    shown = _MARKUP.sub(r"\\\g<0>", shown).replace("<", "&lt;").replace(">", "&gt;")
    if (start := _BLOCK.match(shown)) is not None:
        at = start.end() - 1
        shown = rf"{shown[:at]}\{shown[at:]}"
    return Markdown(shown)


def legible(text: str) -> Markdown:
    """Text as `prose` has it, or as a code span if that would put escapes for people
    into it, as into each address."""
    return code(text) if _ACTED_ON.search(text) else prose(text)


def code(text: str) -> Markdown:
    """Text as a code span. In a cell of a table, `|` would still end it."""
    shown = quoted(text) or " "
    fence = "`" * (_longest_run(shown) + 1)
    pad = " " if shown.strip() and (shown[0] in "` " or shown[-1] in "` ") else ""
    return Markdown(f"{fence}{pad}{shown}{pad}{fence}")


def in_turns(parts: Iterable[str]) -> Markdown:
    """Words and code in turns, words first."""
    found = []
    for number, part in enumerate(parts):
        words = part.strip()
        gap = part.partition(words) if words else (part, "", "")
        shown = code(part) if number % 2 else f"{gap[0]}{prose(words)}{gap[2]}"
        found.append(shown)
    return Markdown("".join(found))


def fenced(text: str, language: str, indent: int = 0) -> Markdown:
    """Text as a fenced block of code; the first line is not indented."""
    return block([text], language, indent)


def block(lines: Iterable[str], language: str, indent: int = 0) -> Markdown:
    """Lines of text as a fenced block of code; the first one is not indented."""
    shown = [quoted(one) for one in lines]
    fence = "`" * max(3, max(map(_longest_run, shown), default=0) + 1)
    margin = "\n" + " " * indent
    return Markdown(margin.join((f"{fence}{language}", *shown, fence)))


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
