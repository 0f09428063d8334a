"""The doors through which text of a specification enters Python source.

Spec text is hostile: nothing that comes out of here can end the literal, docstring
or comment it stands in, whatever went in. Identifiers have a door of their own
(`codegen.python.model.identifiers`).

What has gone through a door is `Code`; templates of Python print nothing else
(`codegen.render`), so that text which has not is an error, never source.
"""

from __future__ import annotations

import json
import keyword
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, LiteralString

LINE_LENGTH: Final = 88

_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_CODE_OR_TAG = re.compile(
    r"""
    ^[ ]{0,3}```.*?(?:^[ ]{0,3}```|\Z)
    | (?<!`)(`+)(?!`)[^`]+\1(?!`)
    | (?P<comment> <!-- )
    | (?P<break> <br[ ]*/?> )
    """,
    re.DOTALL | re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_ROW = re.compile(r"[ \t]*\|")
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MAX_DECIMAL_BITS = 12_000
"""Python refuses decimal literals beyond 4,300 digits; hexadecimal ones it takes."""


class Code(str):
    """Python source: a whole token, or what is composed of such. Doors make it."""

    __slots__ = ()


class Name(Code):
    """An identifier, or several with dots between them."""

    __slots__ = ()


def name(text: str) -> Name:
    """A text that is an identifier. Raises ValueError for any other.

    Python reads identifiers in NFKC, so only those that are in it are what they seem.
    """
    plain = unicodedata.is_normalized("NFKC", text)
    if not plain or not text.isidentifier() or keyword.iskeyword(text):
        raise ValueError(f"not a Python name: {text!r}")
    return Name(text)


def code(shape: LiteralString, *parts: Code | int) -> Code:
    """Source composed of a shape, in which `{}` stands for a part, and its parts.

    Raises TypeError for a part that has not gone through a door.
    """
    for part in parts:
        if not isinstance(part, Code | int):
            raise TypeError(f"text that is no source: {part!r}")
    return Code(shape.format(*parts))


def listed(parts: Iterable[Code], separator: LiteralString = ", ") -> Code:
    """Source with a separator between its parts.

    Raises TypeError for a part that has not gone through a door.
    """
    found = list(parts)
    return code(separator.join(["{}"] * len(found)), *found)


def dotted(path: str) -> Code:
    """A module by its dotted path, relative or not."""
    return listed([name(step) if step else Code() for step in path.split(".")], ".")


def width(text: str) -> int:
    """Columns that text takes; East Asian wide characters take two, as for Black."""
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def visible(text: str) -> str:
    """Text with every character that a reader could not see shown as an escape.

    Control and formatting characters (the bidirectional ones of "Trojan source"
    among them), lone surrogates and unassigned code points become `\\x1b` or
    `\\u202e` in plain letters. Any other space becomes a space.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible_char(char) for char in text)


def _visible_char(char: str) -> str:
    if char.isprintable():
        return char
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    if category in _UNSAFE_CATEGORIES or category in {"Zl", "Zp"}:
        code = ord(char)
        return f"\\x{code:02x}" if code < 0x100 else ascii(char)[1:-1]
    return char


def clean_lines(text: str) -> list[str]:
    """The lines of a text, whatever broke them, without trailing space or blank ends.

    Blank lines in a row become one.
    """
    lines: list[str] = []
    for raw in _LINE_BREAK.split(text):
        line = visible(raw.expandtabs(4)).rstrip()
        if line or (lines and lines[-1]):
            lines.append(line)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def as_read(text: str) -> str:
    """Prose as renderers of Markdown show it: without the HTML comments in it, and with
    a paragraph where `<br>` stands. Code stays as it is, and so do rows of tables."""
    parts: list[str] = []
    start = at = seen = line = 0
    while found := _CODE_OR_TAG.search(text, at) if "<" in text else None:
        here, at = found.span()
        line = max(line, text.rfind("\n", seen, here) + 1)
        seen = here
        end = at
        if found["comment"]:
            end = text.find("-->", at) + len("-->")
            if end < at:
                break
        elif not found["break"] or _ROW.match(text, line):
            continue
        before = text[start:here].rstrip(" \t")
        parts.append(f"{before}\n\n" if found["break"] else before)
        if found["break"] or not before or before.endswith("\n"):
            while text[end : end + 1] in (" ", "\t"):
                end += 1
        start = at = end
    return "".join([*parts, text[start:]])


def json_text(value: Any) -> str | None:
    """A value as it stands in JSON, for a sentence: on one line, and what cannot be
    seen is escaped. None for integers that Python refuses to write."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except ValueError:
        return None
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


# --- docstrings --------------------------------------------------------------------


def docstring(text: str, indent: int = 0) -> Code:
    """A docstring, quotes included, whose place begins at column `indent`.

    Prose is wrapped at 88 columns; lists, tables, headings, quotes and code keep
    their lines. Black leaves the result as it is. Empty text gives no docstring.
    """
    lines = _docstring_lines(text, indent)
    if not lines:
        return Code("")
    if len(lines) == 1:
        body = _escape_docstring(lines[0])
        # Black puts a space between a quote and the closing quotes.
        return Code(f'"""{body} """' if body.endswith('"') else f'"""{body}"""')
    margin = " " * indent
    rest = (margin + line if line else "" for line in lines[1:])
    body = _escape_docstring("\n".join((lines[0], *rest)))
    return Code(f'"""{body}\n{margin}"""')


_PROMPT = re.compile(r"(?:^|(?<=[\r\n]))([ \t]*)>>>")


def without_prompts(text: str) -> str:
    """Text of which no line begins as the code does that `doctest` runs. To Markdown
    these are quotations, which can be written in another way."""
    return _PROMPT.sub(r"\1> >>", text)


def _docstring_lines(text: str, indent: int) -> list[str]:
    """The lines of a docstring, as `inspect.cleandoc` gives them back."""
    return [without_prompts(line) for line in _laid_out(text, indent)]


def _laid_out(text: str, indent: int) -> list[str]:
    lines = clean_lines(text)
    if not lines:
        return []
    lines[0] = lines[0].lstrip()
    room = LINE_LENGTH - indent
    paragraphs = list(_paragraphs(lines))
    quotes = 7 if lines[-1].endswith('"') else 6
    if len(paragraphs) == 1 and width(paragraphs[0][0]) <= room - quotes:
        return [paragraphs[0][0]]
    wrapped: list[str] = []
    for paragraph, is_prose in paragraphs:
        first_room = room if wrapped else room - 3
        kept = _wrap(paragraph, room, first_room) if is_prose else (paragraph,)
        wrapped.extend(kept)
    if len(wrapped) == 1:  # It fits, but not with the closing quotes behind it.
        wrapped = list(_wrap(wrapped[0], room, room - quotes))
    return [wrapped[0], *_dedent(wrapped[1:])]


def _escape_docstring(body: str) -> str:
    if body == '"':
        # One that is escaped has a space behind it for Black alone.
        return "\\x22"
    body = body.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if body.endswith('\\"\\"\\"'):
        # Black puts a space behind this quote, too, Ruff only behind one that is bare.
        body = body[:-2] + '"'
    return "\\" + body if body.startswith('"') else body


def _dedent(lines: list[str]) -> list[str]:
    margins = [len(line) - len(line.lstrip(" ")) for line in lines if line]
    margin = min(margins, default=0)
    return [line[margin:] for line in lines]


_BULLET = re.compile(r" *(?:[-*+•]|\d{1,3}[.)])\s+")
_BLOCK = re.compile(r" {4}| *(?:[#>|]|```|~~~|---|===|\*\*\*)")


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Lines of prose joined to paragraphs; every other line as it is. Each with whether
    it is prose."""
    prose = ""
    fenced = False
    for line in lines:
        fence = line.lstrip().startswith(("```", "~~~"))
        verbatim = fenced or not line or _BLOCK.match(line) is not None
        fenced ^= fence
        if prose and not verbatim and not _BULLET.match(line):
            prose = f"{prose} {line.lstrip()}"
            continue
        if prose:
            yield prose, True
        prose = "" if verbatim else line
        if verbatim:
            yield line, False
    if prose:
        yield prose, True


def _wrap(line: str, room: int, first_room: int) -> Iterator[str]:
    """One line broken at single spaces; continuation lines hang under the text."""
    if width(line) <= first_room or _BLOCK.match(line):
        yield line
        return
    bullet = _BULLET.match(line)
    margin = " " * (
        len(bullet.group()) if bullet else len(line) - len(line.lstrip(" "))
    )
    current = line[: len(margin)]
    used, limit, empty = width(current), first_room, True
    for word in line[len(margin) :].split(" "):
        size = width(word)
        if not empty and used + 1 + size > limit and word:
            yield current.rstrip()
            current, used, limit, empty = margin, len(margin), room, True
        separator = "" if empty else " "
        current, used = current + separator + word, used + len(separator) + size
        empty = False
    yield current.rstrip()


# --- comments ----------------------------------------------------------------------

_PRAGMA = re.compile(
    r"(^|#)(\s*)(fmt|type|noqa|pyright|mypy|pylint|pytype|pyre|ruff|isort|yapf|nosec"
    r"|flake8|region|endregion)(?=\W|$)",
    re.IGNORECASE,
)
_COOKIE = re.compile(r"coding(?=[:=])")


def comment(text: str, indent: int = 0) -> Code:
    """Text as comment lines, `# ` before each, wrapped at 88 columns.

    The first line is not indented: the place in the template is. Words that tools
    obey (`fmt: off`, `type: ignore`, `noqa`, an encoding cookie) are quoted or
    broken, so that a specification cannot switch a tool off.
    """
    room = LINE_LENGTH - indent - 2
    lines: list[str] = []
    for line in clean_lines(text):
        lines.extend(_wrap(line, room, room))
    separator = "\n" + " " * indent
    return Code(separator.join(f"# {_tame(line)}".rstrip() for line in lines))


def _tame(line: str) -> str:
    return _COOKIE.sub("coding ", _PRAGMA.sub(r'\1\2"\3"', line.lstrip()))


# --- literals ----------------------------------------------------------------------


def string(value: str) -> Code:
    """A string literal with the quotes that Black would choose."""
    return Code(_string(value))


def _string(value: str) -> str:
    double, single = value.count('"'), value.count("'")
    if double > single:
        return _requote(value, "'")
    return _requote(value, '"')


def _requote(value: str, quote: str) -> str:
    other = '"' if quote == "'" else "'"
    # With both kinds inside, `repr` takes single quotes and escapes only those, so
    # quotes are taken out before and put back after.
    parts = value.split(quote)
    escaped = (repr(other + part)[2:-1] for part in parts)
    return quote + ("\\" + quote).join(escaped) + quote


def literal(value: Any, indent: int = 0, lead: int = 0, trail: int = 1) -> Code:
    """A JSON value as a Python literal, laid out as Black would.

    `indent` is the column at which the statement or element that holds it begins,
    `lead` the columns that are used on its line before it (`indent` included) and
    `trail` those needed behind it. A container that does not fit is exploded, one
    element a line. Raises ValueError for a float that JSON does not have.
    """
    return Code(_literal(value, indent, lead, trail))


def _literal(value: Any, indent: int, lead: int, trail: int = 1) -> str:
    flat = _flat(value)
    if not isinstance(value, list | tuple | dict) or not value:
        return flat
    if max(lead, indent) + width(flat) + trail <= LINE_LENGTH:
        return flat
    return _exploded(value, indent)


def _flat(value: Any) -> str:
    match value:
        case None | bool():
            return repr(value)
        case str():
            return _string(value)
        case int():
            return integer(value)
        case float():
            return number(value)
        case list() | tuple():
            return f"[{', '.join(map(_flat, value))}]"
        case dict():
            items = (f"{_string(key)}: {_flat(item)}" for key, item in value.items())
            return "{" + ", ".join(items) + "}"
        case _:
            raise ValueError(f"not a JSON value: {type(value).__name__}")


def _exploded(value: Sequence[Any] | Mapping[str, Any], indent: int) -> str:
    inner = indent + 4
    if isinstance(value, Mapping):
        keys: Iterable[str] = (f"{_string(key)}: " for key in value)
        pairs, brackets = zip(keys, value.values(), strict=True), "{}"
    else:
        pairs, brackets = zip([""] * len(value), value, strict=True), "[]"
    margin = " " * inner
    lines = (
        f"{margin}{key}{_literal(item, inner, inner + width(key))},\n"
        for key, item in pairs
    )
    return f"{brackets[0]}\n{''.join(lines)}{' ' * indent}{brackets[1]}"


def integer(value: int) -> Code:
    """An integer literal; hexadecimal where Python would refuse the decimal one."""
    if value.bit_length() <= _MAX_DECIMAL_BITS:
        return Code(value)
    sign, digits = ("-", -value) if value < 0 else ("", value)
    return Code(f"{sign}0x{digits:X}")


def number(value: float) -> Code:
    """A float literal. Raises ValueError for infinities and NaN."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a JSON number")
    return Code(repr(value).replace("e+", "e"))
