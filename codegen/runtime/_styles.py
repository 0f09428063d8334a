"""The styles of OpenAPI: one parameter, to and from what stands in a request."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from ._deep_objects import read_deep, write_deep
from ._json import dumps, loads
from ._texts import RESERVED, STRING, Texts, quoted, text_of, unquoted

Pairs: TypeAlias = "list[tuple[str, str]]"
"""Names and values as they stand in a query or a cookie."""

_BETWEEN = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
_STYLES = {"query": "form", "cookie": "form"}
_DOTS = frozenset([".", ".."])
_PARTING = frozenset('";\\')
"""What no value of a cookie may have in it (RFC 6265)."""


class Parameter:
    """A parameter: what it is called and where it stands, and how values are written.

    `where` is `path`, `query`, `querystring`, `header` or `cookie`, and `property` its
    name in the object of all parameters. `texts` has the types that its texts are read
    as, and `media` the media type of a value that is written as a document. `style` and
    `explode` default to what OpenAPI says for its place. With `reserved`, reserved
    characters stand as they are. In the style `cookie` nothing is escaped.
    """

    def __init__(
        self,
        name: str,
        where: str,
        texts: Texts = STRING,
        *,
        style: str = "",
        explode: bool | None = None,
        reserved: bool = False,
        media: str = "",
        property: str = "",
    ) -> None:
        self.name = name
        self.where = where
        self.texts = texts
        self.style = style or _STYLES.get(where, "simple")
        self.explode = self.style == "form" if explode is None else explode
        self.media = media
        self.property = property or name
        self._bare = self.style == "cookie"
        self._safe = RESERVED if reserved else ""

    def __repr__(self) -> str:
        return f"<Parameter {self.where} {self.name}>"

    @property
    def takes_others(self) -> bool:
        """Whether it takes what of a query or cookie belongs to no other parameter."""
        return self._is_apart and self.texts.others is not None

    @property
    def _is_apart(self) -> bool:
        """Whether members of an object are parameters of their own names."""
        apart = self.explode and self.style != "deepObject" and not self.media
        return apart and self.texts.is_object

    # --- in the path ---------------------------------------------------------------

    def write_segment(self, value: Any) -> str:
        """The value in a path."""
        if self.media:
            found = quoted(self._document(value))
        elif self.style == "label":
            found = "." + self._joined(value, "." if self.explode else ",", _dotless)
        elif self.style == "matrix":
            found = self._matrix(value)
        else:
            found = self._joined(value, ",", quoted)
        if found in _DOTS:
            raise ValueError(f"{found!r} would lead to another path")
        return found

    def _matrix(self, value: Any) -> str:
        name = quoted(self.name)
        if self.explode and isinstance(value, list):
            return "".join(f";{name}={quoted(text_of(item))}" for item in value)
        if self.explode and isinstance(value, dict):
            return "".join(
                f";{quoted(k)}={quoted(text_of(v))}" for k, v in value.items()
            )
        return f";{name}={self._joined(value, ',', quoted)}"

    def read_segment(self, text: str) -> Any:
        """The value of what stands in a path."""
        if self.media:
            return self._read_document(unquoted(text))
        if self.style == "label":
            between = "." if self.explode else ","
            return self._parted(text.removeprefix("."), between, unquoted)
        if self.style == "matrix":
            return self._read_matrix(text)
        return self._parted(text, ",", unquoted)

    def _read_matrix(self, text: str) -> Any:
        parts = [part.partition("=") for part in text.removeprefix(";").split(";")]
        pairs = [(name, value) for name, _, value in parts]
        if self.explode and self.texts.is_object:
            return self._members((unquoted(k), unquoted(v)) for k, v in pairs)
        own = [value for name, value in pairs if unquoted(name) == self.name]
        if self.explode:
            return _one_or_many(self.texts, [unquoted(text) for text in own])
        return self._parted(",".join(own), ",", unquoted)

    # --- in headers ----------------------------------------------------------------

    def write_header(self, value: Any) -> str:
        """The value in a header, where nothing is escaped."""
        found = self._document(value) if self.media else self._joined(value, ",", str)
        if not all(char == "\t" or " " <= char < "\x7f" for char in found):
            raise ValueError("a header has no room for such characters")
        return found

    def read_header(self, text: str) -> Any:
        """The value of what stands in a header."""
        if self.media:
            return self._read_document(text)
        return self._parted(text.strip(" \t"), ",", lambda part: part.strip(" \t"))

    # --- in queries and cookies ----------------------------------------------------

    def write_query(self, value: Any) -> list[str]:
        """The value in a query or a cookie: `name=value`, once or more."""
        if self.where == "querystring":
            return [self._whole(value)]
        if self.media:
            return [self._pair(self.name, self._document(value))]
        if self.style == "deepObject":
            every = write_deep(self.name, value)
            return [self._pair(name, text) for name, text in every]
        if self.explode and isinstance(value, list):
            return [self._pair(self.name, text_of(item)) for item in value]
        if self.explode and isinstance(value, dict):
            return [self._pair(name, text_of(v)) for name, v in value.items()]
        between = _BETWEEN.get(self.style, ",")
        found = self._joined(value, between, self._quoted)
        return [f"{self._quoted_name(self.name)}={found}"]

    def _pair(self, name: str, text: str) -> str:
        written = _crumb(text) if self._bare else quoted(text, self._safe)
        return f"{self._quoted_name(name)}={written}"

    def _quoted_name(self, name: str) -> str:
        return _crumb(name) if self._bare else quoted(name)

    def _quoted(self, text: str) -> str:
        return _crumb(text) if self._bare else quoted(text, self._safe.replace(",", ""))

    def _unquoted(self, text: str) -> str:
        return text if self._bare else unquoted(text, plus=self.where == "query")

    def _whole(self, value: Any) -> str:
        if _is_json(self.media):
            return quoted(self._document(value), self._safe)
        if not isinstance(value, dict):
            return quoted(text_of(value), self._safe)
        found = []
        for name, item in value.items():
            many = item if isinstance(item, list) else [item]
            found += [self._pair(name, text_of(each)) for each in many]
        return "&".join(found)

    def read_whole(self, query: str) -> Any:
        """The value of a whole query."""
        if _is_json(self.media) or not self.texts.is_object:
            return self._read_document(unquoted(query, plus=True))
        return {
            name: _one_or_many(self.texts.member(name), texts)
            for name, texts in grouped(pairs(query)).items()
        }

    def take(self, left: Pairs, found: dict[str, Any]) -> None:
        """Read the parameter from the pairs of a query or cookie: its value goes into
        `found`, the object of all parameters, if it is there, and the pairs that were
        read are taken out of `left`."""
        if self.style == "deepObject" and not self.media:
            read_deep(self.name, self.property, self.texts, left, found)
        elif self._is_apart:
            mine = self._taken(left, self.texts.members, self.takes_others)
            if mine:
                pairs = ((name, self._unquoted(text)) for name, text in mine)
                found[self.property] = self._members(pairs)
        else:
            mine = self._taken(left, (self.name,), False)
            if mine:
                found[self.property] = self._read_texts([text for _, text in mine])

    def _taken(self, left: Pairs, names: Any, others: bool) -> Pairs:
        """The pairs of some names, which are no longer left, their names read."""
        read = [(self._unquoted(name), name, text) for name, text in left]
        left[:] = [(n, t) for key, n, t in read if not (others or key in names)]
        return [(key, t) for key, _, t in read if others or key in names]

    def _read_texts(self, texts: list[str]) -> Any:
        plain = self._unquoted
        if len(texts) > 1 or self.explode:
            if self.media:
                return [self._read_document(plain(text)) for text in texts][-1]
            return _one_or_many(self.texts, [plain(text) for text in texts])
        if self.media:
            return self._read_document(plain(texts[0]))
        text = texts[0]
        if self.texts.items is not None or self.texts.is_object:
            text = _spelled(text, self.style)
        return self._parted(text, ",", plain)

    # --- values --------------------------------------------------------------------

    def _document(self, value: Any) -> str:
        if _is_json(self.media):
            return dumps(value).decode()
        return text_of(value)

    def _read_document(self, text: str) -> Any:
        if _is_json(self.media):
            try:
                return loads(text)
            except ValueError:
                return text
        return self.texts.scalar(text)

    def _joined(self, value: Any, between: str, spell: Callable[[str], str]) -> str:
        """A value as one text, its items or members with something between them."""
        if isinstance(value, list):
            return between.join(spell(text_of(item)) for item in value)
        if isinstance(value, dict):
            middle = "=" if self.explode else between
            members = ((spell(k), spell(text_of(v))) for k, v in value.items())
            return between.join(middle.join(member) for member in members)
        return spell(text_of(value))

    def _parted(self, text: str, between: str, read: Callable[[str], str]) -> Any:
        """The value of such a text."""
        texts = self.texts
        if texts.types and not (between in text and (texts.items or texts.is_object)):
            return texts.scalar(read(text))
        if texts.items is not None:
            return texts.listed([read(part) for part in text.split(between)])
        if not texts.is_object:
            return texts.scalar(read(text))
        parts = text.split(between) if text else []
        if self.explode:
            split = [part.partition("=") for part in parts]
            return self._members((read(k), read(v)) for k, _, v in split)
        if len(parts) % 2:
            return read(text)
        return self._members(
            (read(k), read(v)) for k, v in zip(parts[::2], parts[1::2], strict=True)
        )

    def _members(self, pairs: Iterator[tuple[str, str]]) -> dict[str, Any]:
        return {name: self.texts.member(name).scalar(text) for name, text in pairs}


def _one_or_many(texts: Texts, given: list[str]) -> Any:
    """The value of all texts that a query, cookie or path has for one name."""
    if texts.items is not None and (len(given) > 1 or not texts.types):
        return texts.listed(given)
    return texts.scalar(given[0]) if len(given) == 1 else given


def _crumb(text: str) -> str:
    """A text as it stands in a cookie, where nothing is escaped."""
    if not all("!" <= char <= "~" and char not in _PARTING for char in text):
        message = "a cookie has no room for such characters, and its style escapes "
        raise ValueError(message + "nothing: escape them before")
    return text


def _is_json(media: str) -> bool:
    essence = media.partition(";")[0].strip().lower()
    return essence.endswith(("/json", "+json"))


def _dotless(text: str) -> str:
    """A text in which no dot parts items."""
    return quoted(text).replace(".", "%2E")


def _spelled(text: str, style: str) -> str:
    """A text whose items have commas between them, however these are spelled."""
    if style == "spaceDelimited":
        return text.replace(",", "%2C").replace("%20", ",").replace("+", ",")
    if style == "pipeDelimited":
        text = text.replace(",", "%2C").replace("%7c", ",")
        return text.replace("%7C", ",").replace("|", ",")
    return text


def pairs(query: str) -> Pairs:
    """The names and values of a query, as they are spelled."""
    split = (part.partition("=") for part in query.split("&") if part)
    return [(name, value) for name, _, value in split]


def grouped(query: Pairs) -> dict[str, list[str]]:
    """The texts of each name of a query, no longer percent-encoded."""
    found: dict[str, list[str]] = {}
    for name, text in query:
        key = unquoted(name, plus=True)
        found.setdefault(key, []).append(unquoted(text, plus=True))
    return found


def cookies(header: str) -> Pairs:
    """The names and values of a header of cookies."""
    split = (part.strip(" \t").partition("=") for part in header.split(";"))
    return [(name, value) for name, _, value in split if name]
