"""Decodes the frames of an event stream, most of them without a JSON parser.

A stream is monotonous: of a thousand frames, nine hundred are deltas that repeat
the frame before them but for an id and a piece of text or audio. The text around
those two strings is kept as a template. A frame that agrees with it is decoded by
comparing two slices, cutting out the two strings, and copying the rest of the
event from the one that the template was made of. This takes less time than any
parser, and hardly more for 64 KiB of audio than for a word.

Three things make it safe.

* A template is proved, not guessed: it is made only if writing the parsed object
  back gives the frame character for character.
* A frame that agrees with it outside the two strings, that has no backslash at all
  and no quotation mark inside the strings, can only be parsed to the same object
  with other strings. Anything else is left to the parser.
* The two strings belong to properties whose schema is `type: string` and nothing
  more, and the event that is copied was decoded without drift. So validation has
  nothing to find.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportArgumentType=false

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    Again: TypeAlias = tuple[str, str, Callable[[Any, str, str], Any]]
    """Two names of properties, in the order in which they arrive, and the function
    that copies an event with two other strings in them."""

    Template: TypeAlias = tuple[
        slice,  # where the text before the first string stands
        bytes,  # that text, in ASCII
        str,
        str,  # the text between the two strings
        str,  # the text behind the second
        int,  # the length of the shortest frame
        slice,  # where the text between stands
        slice,  # where the text behind stands
        slice,  # the first string
        slice,  # the second string
        Callable[[Any, str, str], Any],  # copies
        Any,  # the event that is copied
    ]

_MAX_LENGTH = 4096
"""The longest template, without its two strings."""

_MAX_RECENT = 3
"""How many templates a frame is compared with."""

_PATIENCE = 8
"""So many frames of a tag that do not resemble the one before, and only every
thirty-second is still tried."""


class Templates:
    """The templates of one event table.

    Holds at most one candidate for each tag in `again`, so memory is bounded by
    the table. Several threads may use it: what they share is replaced as a whole,
    and a template that is lost to a race is made again.
    """

    __slots__ = ("_again", "_candidates", "_failures", "_recent")

    def __init__(self, again: Mapping[str, Again]) -> None:
        """`again` has an entry for each tag whose events can be copied."""
        self._again = again
        self._recent: tuple[Template, ...] = ()
        self._candidates: dict[str, Template] = {}
        self._failures: dict[str, int] = {}

    def recall(self, frame: Any) -> Any:
        """The event in a frame that agrees with a template, otherwise None."""
        if frame.__class__ is bytes:
            for template in self._recent:
                if frame[template[0]] == template[1]:
                    break
            else:
                return None
            try:
                text = frame.decode()
            except UnicodeDecodeError:
                return None
        elif frame.__class__ is str:
            for template in self._recent:
                if frame[template[0]] == template[2]:
                    break
            else:
                return None
            text = frame
        else:
            return None
        _, _, _, middle, tail, least, at2, at3, one, two, again, event = template
        if (
            text[at2] == middle
            and text[at3] == tail
            and len(text) >= least
            and "\\" not in text
        ):
            first = text[one]
            second = text[two]
            if '"' not in first and '"' not in second:
                return again(event, first, second)
        return None

    def learn(self, frame: Any, tag: Any, data: dict[str, Any], event: Any) -> None:
        """Takes notice of a frame that went through the parser.

        To be called only for events that were decoded without drift and hold no
        unknown property.
        """
        entry = self._again.get(tag)
        if entry is None:
            return
        failures = self._failures.get(tag, 0)
        if failures > _PATIENCE and failures % 32:
            self._failures[tag] = failures + 1
            return
        text = frame if isinstance(frame, str) else str(frame, "utf-8")
        candidate = self._candidates.get(tag)
        if candidate is not None and _agrees(candidate, text):
            # Two frames in a row: worth comparing every frame with.
            self._failures[tag] = 0
            others = [t for t in self._recent if t[2] != candidate[2]]
            self._recent = (candidate, *others[: _MAX_RECENT - 1])
            return
        self._failures[tag] = failures + 1
        template = _template(text, data, event, entry)
        if template is not None:
            self._candidates[tag] = template


def _agrees(template: Template, text: str) -> bool:
    """The condition of `recall`, which has no time for a call."""
    at1, _, head, middle, tail, least, at2, at3, one, two, _, _ = template
    return (
        text[at1] == head
        and text[at2] == middle
        and text[at3] == tail
        and len(text) >= least
        and "\\" not in text
        and '"' not in text[one]
        and '"' not in text[two]
    )


def _template(
    text: str, data: dict[str, Any], event: Any, entry: Again
) -> Template | None:
    """The template that a frame gives, or None where nothing can be proved."""
    name1, name2, again = entry
    first, second = data.get(name1), data.get(name2)
    if first.__class__ is not str or second.__class__ is not str or "\\" in text:
        return None
    for comma, colon in ((",", ":"), (", ", ": ")):
        parts = _write(data, comma, colon)
        if parts is None or sum(map(len, parts)) != len(text):
            continue
        names = list(data)
        one, two = 2 * names.index(name1) + 1, 2 * names.index(name2) + 1
        head, middle = "".join(parts[:one]), "".join(parts[one + 1 : two])
        tail = "".join(parts[two + 1 :])
        fixed = len(head) + len(middle) + len(tail)
        if not (one < two and fixed <= _MAX_LENGTH and head.isascii()):
            return None
        if "".join(parts) == text:
            return _cut(again, again(event, "", ""), head, middle, tail, len(first))
    return None


def _write(data: dict[str, Any], comma: str, colon: str) -> list[str] | None:
    """The JSON text of a flat object; its values stand at odd places, strings
    without their quotation marks."""
    parts = []
    opening = "{"
    for name, value in data.items():
        kind = value.__class__
        if kind is str:
            parts += [f'{opening}"{name}"{colon}"', value]
            opening = f'"{comma}'
        elif kind is int:
            parts += [f'{opening}"{name}"{colon}', str(value)]
            opening = comma
        elif kind is bool or value is None:
            parts += [f'{opening}"{name}"{colon}', _LITERALS[value]]
            opening = comma
        else:
            return None
    parts.append('"}' if opening[0] == '"' else "}")
    return parts


_LITERALS = {None: "null", True: "true", False: "false"}


def _cut(
    again: Callable[[Any, str, str], Any],
    event: Any,
    head: str,
    middle: str,
    tail: str,
    length: int,
) -> Template:
    """The template whose first string is `length` characters long.

    Places are kept as slices: making one for each frame takes as long as using it.
    """
    begin = len(head)
    end = begin + length
    resume = end + len(middle)
    return (
        slice(0, begin),
        head.encode(),
        head,
        middle,
        tail,
        resume + len(tail),
        slice(end, resume),
        slice(-len(tail), None),
        slice(begin, end),
        slice(resume, -len(tail)),
        again,
        event,
    )
