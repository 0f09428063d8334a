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

Between the two stand other such strings, like the id of the answer that the pieces
belong to. They change now and then, at the same length: what is around them is then
compared piece by piece, and the template takes the new ones in.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportArgumentType=false

from __future__ import annotations

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any, TypeAlias

    Copy: TypeAlias = Callable[[Any, str, str], Any]
    Copying: TypeAlias = tuple[str, str, Copy, tuple[tuple[str, str], ...]]
    """Two names of properties, in the order in which they arrive, and the function
    that copies an event with two other strings in them. Then all other properties
    that may be any string, each with its attribute."""

_MAX_LENGTH = 4096
"""The longest template, without its two strings."""

_MAX_RECENT = 3
"""How many templates a frame is compared with."""

_BACKSLASH = ord("\\")
"""Looking for a `bytes` in another begins with an error inside CPython, looking for its
number does not."""

_PATIENCE = 8
"""After so many frames of a tag that do not resemble the one before, only every
thirty-second is still tried."""


class Template:
    """The text of a frame around two strings: head, first, middle, second, tail.

    Places are kept as slices: making one for each frame takes as long as using it.
    The first string has one length; only the second varies in it.
    """

    __slots__ = (
        "at_head",
        "at_middle",
        "at_tail",
        "copy",
        "event",
        "first",
        "fixed",
        "head",
        "head_bytes",
        "least",
        "middle",
        "middle_bytes",
        "others",
        "second",
        "tail",
        "tail_bytes",
    )

    def __init__(
        self, head: str, length: int, middle: str, tail: str, copy: Copy, event: Any
    ) -> None:
        """`length` is that of the first string."""
        end = len(head) + length
        resume = end + len(middle)
        self.head, self.middle, self.tail = head, middle, tail
        self.head_bytes = head.encode()
        # Places are those of characters: they hold for bytes where all are ASCII.
        plain = middle.isascii() and tail.isascii()
        self.middle_bytes = middle.encode() if plain else None
        self.tail_bytes = tail.encode()
        self.at_head = slice(0, len(head))
        self.first = slice(len(head), end)
        self.at_middle = slice(end, resume)
        self.second = slice(resume, -len(tail))
        self.at_tail = slice(-len(tail), None)
        self.least = resume + len(tail)
        self.copy = copy
        self.event = event
        self.fixed: tuple[tuple[slice, str], ...] = ()
        """What is the same in every middle, and where."""
        self.others: tuple[tuple[slice, str, str], ...] = ()
        """Strings in the middle that may change, with the names of their properties
        and attributes."""

    def cut(self, text: str) -> Any:
        """The event in a frame, or None if the frame does not agree.

        `Templates.recall` does the same, but has no time for a call.
        """
        first, second = text[self.first], text[self.second]
        if (
            text[self.at_head] == self.head
            and text[self.at_middle] == self.middle
            and text[self.at_tail] == self.tail
            and len(text) >= self.least
            and "\\" not in text
            and '"' not in first
            and '"' not in second
        ):
            return self.copy(self.event, first, second)
        return None

    def renewed(self, text: str) -> Template | None:
        """The template for frames like this one, which has other strings in the
        middle; None if it differs in more."""
        if not self.others or any(text[at] != same for at, same in self.fixed):
            return None
        event = self.copy(self.event, "", "")
        wire = getattr(event, "_wire", {})
        for at, name, attribute in self.others:
            if '"' in text[at]:
                return None
            object.__setattr__(event, attribute, text[at])
            wire[name] = text[at]
        length = self.first.stop - self.first.start
        middle = text[self.at_middle]
        new = Template(self.head, length, middle, self.tail, self.copy, event)
        new.fixed, new.others = self.fixed, self.others
        return new


class Templates:
    """The templates of one event table.

    Holds at most one candidate for each tag in `copying`, so memory is bounded by
    the table. Several threads may use it: what they share is replaced as a whole,
    and a template that is lost to a race is made again.
    """

    __slots__ = (
        "_candidates",
        "_copying",
        "_failures",
        "_recent",
        "at",
        "byte_signs",
        "signs",
    )

    def __init__(self, copying: Mapping[str, Copying]) -> None:
        """`copying` has an entry for each tag whose events can be copied."""
        self._copying = copying
        self._recent: tuple[Template, ...] = ()
        self.at = slice(0, 1)
        """The place of a character that tells most frames apart from all templates."""
        self.signs = ""
        """What stands there in templates. Whoever has a text looks first: asking
        `recall` takes longer."""
        self.byte_signs: frozenset[bytes] = frozenset()
        """The same for frames that are bytes."""
        self._candidates: dict[str, Template] = {}
        self._failures: dict[str, int] = {}

    def recall(self, text: str) -> Any:
        """The event in a frame that agrees with a template, otherwise None."""
        for template in self._recent:
            if text[template.at_head] == template.head:
                break
        else:
            return None
        if text[template.at_middle] != template.middle:
            return self._renew(template, text)
        if (
            text[template.at_tail] == template.tail
            and len(text) >= template.least
            and "\\" not in text
        ):
            first = text[template.first]
            second = text[template.second]
            if '"' not in first and '"' not in second:
                return template.copy(template.event, first, second)
        return None

    def recall_bytes(self, frame: bytes) -> Any:
        """`recall` for a frame in UTF-8, which is decoded only where it agrees."""
        for template in self._recent:
            if frame[template.at_head] == template.head_bytes:
                break
        else:
            return None
        try:
            if frame[template.at_middle] != template.middle_bytes:
                return self.recall(frame.decode())
            if (
                frame[template.at_tail] == template.tail_bytes
                and len(frame) >= template.least
                and _BACKSLASH not in frame
            ):
                text = frame.decode()
                if len(text) == len(frame):
                    first, second = text[template.first], text[template.second]
                else:  # In bytes the places are others than in text.
                    first = frame[template.first].decode()
                    second = frame[template.second].decode()
                if '"' not in first and '"' not in second:
                    return template.copy(template.event, first, second)
        except UnicodeDecodeError:
            pass
        return None

    def _renew(self, template: Template, text: str) -> Any:
        """The event in a frame that only differs in strings that vary seldom, such
        as the id of the answer that it belongs to: they go into the template."""
        new = template.renewed(text)
        event = None if new is None else new.cut(text)
        if new is None or event is None:
            return None
        self._use(new if t is template else t for t in self._recent)
        return event

    def _use(self, templates: Iterable[Template]) -> None:
        recent = tuple(templates)
        place = min(len(template.head) for template in recent) - 1
        self.at = slice(place, place + 1)
        self.signs = "".join(template.head[place] for template in recent)
        self.byte_signs = frozenset(sign.encode() for sign in self.signs)
        self._recent = recent

    def learn(self, frame: Any, tag: Any, data: dict[str, Any], event: Any) -> None:
        """Takes notice of a frame that went through the parser.

        To be called only for events that were decoded without drift and hold no
        unknown property.
        """
        entry = self._copying.get(tag)
        if entry is None:
            return
        failures = self._failures.get(tag, 0)
        if failures > _PATIENCE and failures % 32:
            self._failures[tag] = failures + 1
            return
        text = frame if isinstance(frame, str) else str(frame, "utf-8")
        candidate = self._candidates.get(tag)
        if candidate is not None and candidate.cut(text) is not None:
            # Two frames in a row: worth comparing every frame with.
            self._failures[tag] = 0
            others = [t for t in self._recent if t.head != candidate.head]
            self._use((candidate, *others[: _MAX_RECENT - 1]))
            return
        self._failures[tag] = failures + 1
        template = _template(text, data, event, entry)
        if template is not None:
            self._candidates[tag] = template


def _template(
    text: str, data: dict[str, Any], event: Any, entry: Copying
) -> Template | None:
    """The template that a frame gives, or None where nothing can be proved."""
    name1, name2, copy, others = entry
    first, second = data.get(name1), data.get(name2)
    if first.__class__ is not str or second.__class__ is not str or "\\" in text:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return None  # Half of a surrogate pair, which no frame of bytes can hold.
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
            found = Template(head, len(first), middle, tail, copy, copy(event, "", ""))
            between = {name: data[name] for name in names[one // 2 + 1 : two // 2]}
            _vary(found, parts[one + 1 : two], between, dict(others))
            return found
    return None


def _vary(
    template: Template,
    parts: list[str],
    between: dict[str, Any],
    attributes: dict[str, str],
) -> None:
    """Tells the parts of the middle that may change from those that may not."""
    place = template.at_middle.start
    fixed, others = [], []
    values = iter(between.items())
    for number, part in enumerate(parts):
        at = slice(place, place + len(part))
        place = at.stop
        name, value = next(values) if number % 2 else ("", None)
        if value.__class__ is str and name in attributes:
            others.append((at, name, attributes[name]))
        else:
            fixed.append((at, part))
    template.fixed, template.others = tuple(fixed), tuple(others)


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
