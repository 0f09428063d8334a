"""Reads the frames of an event stream, most of them without a JSON parser.

A stream is monotonous: of a thousand frames, nine hundred are deltas that repeat
the frame before them but for an id and a piece of text or audio. Once two frames
of one tag have differed in nothing but two strings, the text around those strings
is kept as a template. The next frame is compared with it (`startswith`, which runs
at memory speed), the two strings are cut out, and the rest of the object is a copy
of what the parser made of the earlier frame.

What makes this safe is that a template is proved, not guessed: it is kept only if
writing the parsed object back compactly gives the frame character for character.
A frame that agrees with it outside two strings, with no backslash anywhere and no
quotation mark inside those strings, can only be read as the same object with other
strings. Everything else goes to the parser.
"""

from __future__ import annotations

from ._json import loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Template: TypeAlias = tuple[
        str, str, str, int, int, dict[str, Any], str, str, list[bool]
    ]
    """Text before, between and behind the two strings; the lengths of the first
    two; the object; the names of the two strings; whether a frame has matched."""

_MAX_TEMPLATE = 4096
"""Longer frames teach nothing unless their length is in the two strings."""

_MAX_FAILURES = 16
"""So many templates in a row that no frame matched, and a tag is left alone."""


class FrameReader:
    """Turns frames into JSON values; one for each event table.

    Holds one template and one object for each tag of the table, so its memory is
    bounded by the table's size. It may be used by several threads: a template is
    complete when it is stored, and one that is lost is learned again.
    """

    __slots__ = (
        "_failures",
        "_of_bytes",
        "_of_text",
        "_opening",
        "_previous",
        "_start",
        "_tag",
        "_tags",
    )

    def __init__(self, tag: str, tags: frozenset[str]) -> None:
        """`tag` is the property that holds the tag, `tags` those worth learning."""
        self._tag = tag
        self._tags = tags
        self._opening = f'{{"{tag}":"'
        self._start = len(self._opening)
        self._of_text: dict[str, Template] = {}
        self._of_bytes: dict[bytes, Template] = {}
        self._previous: dict[str, dict[str, Any]] = {}
        self._failures: dict[str, int] = {}

    def read(self, frame: Any) -> Any:
        """The JSON value of a frame, as `loads(frame, strict=False)` gives it.

        Raises JSONError where that does.
        """
        start = self._start
        if frame.__class__ is bytes:
            template = self._of_bytes.get(frame[start : frame.find(b'"', start)])
            if template is None:
                return self._parse(frame)
            try:
                text = frame.decode()
            except UnicodeDecodeError:
                return self._parse(frame)
        elif frame.__class__ is str:
            template = self._of_text.get(frame[start : frame.find('"', start)])
            if template is None or not frame.isascii():
                return self._parse(frame)
            text = frame
        else:
            return self._parse(frame)
        head, middle, tail, skip_head, skip_middle, value, first, second, hit = template
        if not text.startswith(head):
            return self._parse(frame)
        end = text.find('"', skip_head)
        if not text.startswith(middle, end):
            return self._parse(frame)
        begin = end + skip_middle
        close = text.find('"', begin)
        if text[close:] != tail or "\\" in text:
            return self._parse(frame)
        hit[0] = True
        value = value.copy()
        value[first] = text[skip_head:end]
        value[second] = text[begin:close]
        return value

    def _parse(self, frame: Any) -> Any:
        value = loads(frame, False)
        if value.__class__ is dict:
            tag = value.get(self._tag)
            if tag.__class__ is str and tag in self._tags:
                self._learn(frame, tag, value)
        return value

    def _learn(self, frame: Any, tag: str, value: dict[str, Any]) -> None:
        """Keeps a template if this frame and the one before differ in two strings."""
        before = self._previous.get(tag)
        self._previous[tag] = value
        if before is None or before.keys() != value.keys():
            return
        different = [name for name in value if value[name] != before[name]]
        if len(different) != 2 or self._failures.get(tag, 0) > _MAX_FAILURES:
            return
        text = frame if isinstance(frame, str) else str(frame, "utf-8")
        template = _template(text, value, *different)
        if template is None or not text.startswith(self._opening):
            return
        old = self._of_text.get(tag)
        unused = old is not None and not old[-1][0]
        self._failures[tag] = self._failures.get(tag, 0) + 1 if unused else 0
        self._of_text[tag] = template
        self._of_bytes[tag.encode()] = template


def _template(
    text: str, value: dict[str, Any], first: str, second: str
) -> Template | None:
    """The template that `text` makes around two of its strings, or None."""
    if value[first].__class__ is not str or value[second].__class__ is not str:
        return None
    length = len(text) - len(value[first]) - len(value[second])
    if length > _MAX_TEMPLATE or "\\" in text:
        return None
    pieces = ['{"']
    places = [0]
    for name, item in value.items():
        kind = item.__class__
        if kind is str:
            pieces += [name, '":"', item, '","']
        elif kind is int:
            pieces += [name, '":', str(item), ',"']
        elif item is None or kind is bool:
            pieces += [name, '":', _LITERALS[item], ',"']
        else:
            return None
        places.append(len(pieces))
    pieces[-1] = pieces[-1][:-2] + "}"
    if "".join(pieces) != text:
        return None
    names = list(value)
    one, two = (places[names.index(name) + 1] - 2 for name in (first, second))
    head = "".join(pieces[:one])
    middle = "".join(pieces[one + 1 : two])
    tail = "".join(pieces[two + 1 :])
    return head, middle, tail, len(head), len(middle), value, first, second, [False]


_LITERALS = {None: "null", True: "true", False: "false"}
