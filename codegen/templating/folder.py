"""A user's folder of templates, as data."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from codegen import nearby, sightings
from codegen.diagnostics import Report, Span
from codegen.templating import marks

MOST_FILES: Final = 200
MOST_BYTES: Final = 64 * 1024
"""How large a folder, and a template, may be: three times what our largest would
need."""

_VERSION: Final = re.compile(r"\{#-?\s*views:\s*(\d+)\s*-?#\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its name below the folder, its text, and its path as people see
    it."""

    name: str
    text: str
    shown: str

    def line(self, number: int) -> str:
        """A line of the text, counted from 1; empty beyond its end."""
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True)
class OwnTemplates:
    """The templates of a user, by name."""

    templates: tuple[Template, ...] = ()
    _by_name: dict[str, Template] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._by_name.update({one.name: one for one in self.templates})

    def get(self, name: str) -> Template | None:
        """The template with this name, if the user has one."""
        return self._by_name.get(name)

    def report(self, mistake: marks.Mistake, report: Report) -> None:
        """Report a mistake at its line."""
        one = self._by_name[mistake.template]
        span = Span(one.shown, mistake.line, 1)
        report.add("template", mistake.message, span, source=one.line(mistake.line))


def read(folder: Path, shown: str, version: int, report: Report) -> list[Template]:
    """Read the templates of a folder. What is wrong with files is reported: a link that
    leads out of the folder, a file that is too large, is no UTF-8 or was written for
    another version of the views."""
    if sightings.kind(folder) != sightings.FOLDER:
        report.add("template", "there is no such folder of templates", Span(shown))
        return []
    names = _names(folder, shown, report)
    if len(names) > MOST_FILES:
        message = f"more than {MOST_FILES} files, which is more than there are"
        report.add("template", f"{message} templates", Span(shown))
        return []
    found = []
    inside = sightings.real(folder)
    for name in names:
        path, place = folder / name, f"{shown}/{name}"
        text = _text(path, place, inside, report)
        if text is not None:
            found.append(Template(name, text, place))
            _check_version(found[-1], version, report)
    return found


def _names(folder: Path, shown: str, report: Report) -> list[str]:
    """The names of files in a folder and in its subfolders. Names that begin with a dot
    are no templates. There are no deeper folders, as ours have none either."""
    found = []
    try:
        for below in ("", *sightings.folders(folder)):
            if not below.startswith("."):
                names = sightings.names(folder / below, "")
                found += [f"{below}/{n}" if below else n for n in names if n[0] != "."]
    except OSError as error:
        report.add("template", f"cannot be read: {error.strerror}", Span(shown))
    return sorted(found)


def _text(path: Path, shown: str, inside: str, report: Report) -> str | None:
    """The text of a file. None, with the reason reported, if it is no template."""
    found, wrong = "", ""
    try:
        if not sightings.real(path).startswith(inside.rstrip(os.sep) + os.sep):
            wrong = "a link that leads out of the folder is not followed"
        else:
            content = sightings.content(path)
            wrong = _TOO_LONG if len(content) > MOST_BYTES else ""
            found = content[: MOST_BYTES + 1].decode()
    except OSError as error:
        wrong = f"cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        wrong = wrong or "not UTF-8"
    if marks.marked(found):
        wrong = _PRIVATE
    if wrong:
        report.add("template", wrong, Span(shown))
        return None
    return found.replace("\r\n", "\n").replace("\r", "\n")


_TOO_LONG: Final = f"more than {MOST_BYTES // 1024} KB, which no template should need"
_PRIVATE: Final = (
    "has characters for private use (U+E000 to U+E003), which have a meaning of their "
    "own here; `\\ue000` in a string of Python says the same"
)


def _check_version(template: Template, version: int, report: Report) -> None:
    stated = _VERSION.search(template.text)
    if stated is not None and int(stated[1]) != version:
        line = template.text.count("\n", 0, stated.start()) + 1
        message = f"written for views of version {stated[1]}, and this tool has version"
        message += f" {version}; docs/templates.md says what its templates are given"
        mistake = marks.Mistake(template.name, line, message)
        OwnTemplates((template,)).report(mistake, report)


def near(name: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: which known ones are similar."""
    known = list(known)
    same = [other for other in known if other.rpartition("/")[2] == name]
    return nearby.asked(same or nearby.nearest(name, known, 3))
