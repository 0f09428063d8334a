"""Splits a document of one file at random over several, and knows what went where."""

from __future__ import annotations

import copy
import json
import posixpath
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from urllib.parse import quote, unquote

from tests.property.several_files.grammar import Way, may_refer, objects

Spot: TypeAlias = tuple[str, Way]
"""A file and the keys that lead to a value in it."""

_FOLDERS: Final = ("", "parts/", "parts/deep/", "common/", "größe & co/", "a%b/")
_STEMS: Final = ("common", "shared", "types", "more types", "v1.0")
_ENDINGS: Final = (".yaml", ".json", ".yml")
_MAPS: Final[tuple[Way, ...]] = (
    ("components", "schemas"),
    ("$defs",),
    ("definitions",),
    ("schemas",),
    (),
)
"""Where a file may keep schemas by their names."""
_NAMING: Final = ("schema", "parameter", "header", "body", "response", "message")
_PLAIN: Final = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Split:
    """The files of a document that was split, by path. `moved` has where each object
    that moved stands now, by the way to it."""

    files: Mapping[str, Any]
    home: str
    moved: Mapping[Way, Spot]
    texts: Mapping[str, str] = field(default_factory=dict)

    def now(self, way: Way) -> Spot:
        """Where a value stands that stood at a place of the one file."""
        for end in range(len(way), 0, -1):
            found = self.moved.get(way[:end])
            if found is not None:
                return found[0], (*found[1], *way[end:])
        return self.home, way


class _Splitter:
    def __init__(
        self, document: Mapping[str, Any], home: str, rng: random.Random, inner: bool
    ) -> None:
        self._inner_too = inner
        self._document = document
        self._home = home
        self._rng = rng
        self._taken: set[Spot] = set()
        self._whole: set[str] = {home}
        self._kept: set[str] = set()
        self.moved: dict[Way, Spot] = {}
        self._anchors = dict(_anchors(document))

    def run(self, share: float) -> Split:
        """All objects of the document, of which about a share is moved."""
        every = list(objects(self._document))
        for way, kind, value in every:
            if self._moves(way, kind, value) and self._rng.random() < share:
                self.moved[way] = self._place(way, kind)
        files: dict[str, Any] = {self._home: {}}
        result = Split(files, self._home, self.moved)
        refers = {way: kind for way, kind, _ in every}
        files[self._home] = self._copied((), self._document, result, refers)
        for way, (file, inner) in self.moved.items():
            value = self._copied(way, _at(self._document, way), result, refers)
            _put(files, file, inner, value)
        return result

    def _moves(self, way: Way, kind: str, value: Any) -> bool:
        """Whether an object may be moved: what only refers stays, lest a reference of
        an object that has no name be one."""
        if not may_refer(kind) or "$ref" in value:
            return False
        # What has no name gets one in another file.
        return self._inner_too or kind not in _NAMING or self._is_named(way)

    def _is_named(self, way: Way) -> bool:
        component = len(way) == 3 and way[0] == "components"
        return component or way[:-1] in (("$defs",), ("definitions",))

    def _place(self, way: Way, kind: str) -> Spot:
        """Where an object goes."""
        rng = self._rng
        key = str(way[-1]) if isinstance(way[-1], str) else f"one{len(self.moved)}"
        folder = rng.choice(_FOLDERS)
        ending = rng.choice(_ENDINGS)
        if rng.random() < 0.4 and _PLAIN.fullmatch(key):
            file = f"{folder}{key}{ending}"
            if file not in self._whole | self._kept:
                self._whole.add(file)
                return file, ()
        file = f"{folder}{rng.choice(_STEMS)}{ending}"
        if file in self._whole:
            file = f"{folder}{rng.choice(_STEMS)}-{len(self.moved)}{ending}"
        inner = rng.choice(_MAPS) if kind == "schema" else (kind.replace(" ", "/"),)
        found = (file, (*inner, key))
        # In a file that keeps things at its top, names of maps are none of these.
        number = 0
        while found in self._taken or (not inner and key in _WORDS):
            number += 1
            inner = inner or ("schemas",)
            found = (f"{folder}other{number}{ending}", (*inner, key))
            if found[0] in self._whole:
                continue
        self._taken.add(found)
        self._kept.add(found[0])
        return found

    def _copied(
        self, way: Way, value: Any, result: Split, refers: Mapping[Way, str]
    ) -> Any:
        """A value with references to where things are now; what moved is a reference to
        its place."""
        if isinstance(value, list):
            return [
                self._inner((*way, i), v, result, refers) for i, v in enumerate(value)
            ]
        if not isinstance(value, dict):
            return value
        found = {k: self._inner((*way, k), v, result, refers) for k, v in value.items()}
        kind = refers.get(way)
        if kind is None:
            return found
        file, _ = result.now(way)
        if isinstance(value.get("$ref"), str):
            found["$ref"] = self._led(value["$ref"], file, result, kind)
        hint = value.get("discriminator") if kind == "schema" else None
        if isinstance(hint, dict) and isinstance(hint.get("mapping"), dict):
            mapping = found["discriminator"]["mapping"]
            for tag, text in mapping.items():
                if isinstance(text, str) and text.startswith("#/"):
                    mapping[tag] = self._led(text, file, result, kind)
        return found

    def _inner(
        self, way: Way, value: Any, result: Split, refers: Mapping[Way, str]
    ) -> Any:
        if way in self.moved:
            # What stays in its place.
            file, _ = result.now(way[:-1])
            return {"$ref": self.spelled(file, self.moved[way])}
        return self._copied(way, value, result, refers)

    def _led(self, text: str, file: str, result: Split, kind: str) -> str:
        """A reference of the one file, as it is from a file of several."""
        if not text.startswith("#"):
            return text
        way = self._anchors.get(text[1:]) or way_of(text[1:], self._document)
        if way is None:
            return text
        target = result.now(way)
        by_stub = way in self.moved and (kind == "pointer" or self._rng.random() < 0.5)
        if by_stub or not way:
            # By way of what stayed in its place; channels are meant by that.
            before = result.now(way[:-1]) if way else (self._home, ())
            target = (before[0], (*before[1], *way[-1:]))
        return self.spelled(file, target)

    def spelled(self, file: str, target: Spot) -> str:
        """A reference from a file to a place, in one of the ways of spelling it."""
        rng = self._rng
        pointer = "".join(f"/{escaped(key, rng)}" for key in target[1])
        if target[0] == file and rng.random() < 0.9:
            return "#" + pointer
        folder = posixpath.dirname(file)
        path = posixpath.relpath(target[0], folder or ".")
        path = quote(path, safe="/ü") if rng.random() < 0.5 else quote(path)
        if rng.random() < 0.3:
            path = "./" + path
        if folder and rng.random() < 0.2:
            path = f"../{quote(posixpath.basename(folder))}/{path}"
        if not pointer:
            return path if rng.random() < 0.7 else path + "#"
        return f"{path}#{pointer}"


def _anchors(document: Mapping[str, Any]) -> Iterator[tuple[str, Way]]:
    """The anchors of a document, each with what it stands for."""
    for way, kind, value in objects(document):
        if kind in ("schema", "root"):
            for keyword in ("$anchor", "$id", "id"):
                text = str(value.get(keyword, "")).removeprefix("#")
                if text and "/" not in text:
                    yield text, way


_WORDS: Final = frozenset(
    ("properties", "items", "type", "components", "definitions", "schemas", "$defs")
)


def escaped(key: str | int, rng: random.Random) -> str:
    """A token of a pointer in a fragment."""
    text = str(key).replace("~", "~0").replace("/", "~1")
    safe = rng.choice(("/~!$&'()*+,;=:@", "/~", "/~"))
    found = quote(text, safe=safe)
    return found.replace("~", "%7E") if rng.random() < 0.1 else found


def way_of(pointer: str, document: Any) -> Way | None:
    """The keys of a pointer in a document; None where it leads nowhere."""
    found: list[str | int] = []
    for token in unquote(pointer).split("/")[1:]:
        key: str | int = token.replace("~1", "/").replace("~0", "~")
        if isinstance(document, list) and str(key).isdigit():
            key = int(key)
        try:
            document = document[key]
        except (LookupError, TypeError):
            return None
        found.append(key)
    return tuple(found)


def _at(document: Any, way: Way) -> Any:
    for key in way:
        document = document[key]
    return document


def _put(files: dict[str, Any], file: str, way: Way, value: Any) -> None:
    if not way:
        files[file] = value
        return
    inside = files.setdefault(file, {})
    for key in way[:-1]:
        inside = inside.setdefault(key, {})
    inside[way[-1]] = value


def split(
    document: Mapping[str, Any],
    rng: random.Random,
    home: str,
    share: float = 0.4,
    *,
    inner: bool = False,
) -> Split:
    """A document over several files, with `home` as the one to be named. With `inner`,
    objects without a name move as well."""
    return _Splitter(copy.deepcopy(document), home, rng, inner).run(share)


# --- text --------------------------------------------------------------------------


def text(file: str, data: Any, rng: random.Random) -> str:
    """A file as text, in one of the ways of writing it."""
    if file.endswith(".json") or rng.random() < 0.2:
        found = json.dumps(data, indent=rng.choice((None, 1, 4)), ensure_ascii=False)
        found += "\n"
    else:
        found = "\n".join(_lines(data)) + "\n"
    return found.replace("\n", "\r\n") if rng.random() < 0.2 else found


def _lines(value: Any) -> Iterator[str]:
    """The lines of a value as YAML in block style."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _under(f"{json.dumps(key, ensure_ascii=False)}:", inner)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _under("-", inner)
    else:
        yield json.dumps(value, ensure_ascii=False)


def _under(head: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield head
        yield from (f"  {line}" for line in _lines(value))
    else:
        yield f"{head} {json.dumps(value, ensure_ascii=False)}"
