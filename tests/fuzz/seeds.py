"""Documents to start from: small parts of real specifications.

A part keeps the head of its document and a few places, with what these refer to, so
that a command is done with it in a moment. Where the corpora are absent, the
specifications of this repository's own tests are all there is.
"""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from tests.corpus_paths import CORPUS, JSON_SCHEMA_SUITE, ROOT

Json: TypeAlias = Any
Pointer: TypeAlias = tuple[str, ...]

ENOUGH: Final = 12_000
"""The size in characters beyond which a part takes in nothing more."""

_SECTIONS: Final = (
    ("components", "schemas"),
    ("components", "messages"),
    ("channels",),
    ("paths",),
    ("$defs",),
    ("definitions",),
    ("properties",),
)
_HEAD: Final = ("openapi", "asyncapi", "swagger", "info", "$schema", "$id", "id")


class Seed(NamedTuple):
    """A document and where it comes from."""

    name: str
    document: Json


class Seeds:
    """Parts of documents, chosen by a generator of random numbers."""

    def __init__(self, files: list[Path], suites: list[Path]) -> None:
        self._files = files
        self._suites = suites
        self._read = functools.lru_cache(maxsize=None)(_read)

    def part(self, rng: random.Random) -> Seed:
        """A small document of its own."""
        if self._suites and rng.random() < 0.3:
            path = rng.choice(self._suites)
            groups = self._read(path)
            index = rng.randrange(len(groups))
            return Seed(f"{path.name}#{index}", _copy(groups[index]["schema"]))
        path, document = self._any(rng)
        return Seed(path.name, cut(document, rng))

    def warm(self) -> None:
        """Read everything once, for processes that are made from this one."""
        for path in [*self._files, *self._suites]:
            self._read(path)

    def text(self, rng: random.Random) -> tuple[str, str]:
        """The name and the text of a whole file."""
        path = rng.choice([*self._files, *self._suites])
        return path.name, path.read_text("utf-8")

    def _any(self, rng: random.Random) -> tuple[Path, dict[str, Json]]:
        while True:
            path = rng.choice(self._files)
            document = self._read(path)
            if isinstance(document, dict):
                return path, document


def of_corpus() -> Seeds:
    """Everything in the corpora, and the repository's own as well."""
    kinds = (".json", ".yaml", ".yml")
    files = [p for p in sorted(CORPUS.rglob("*")) if p.suffix in kinds]
    suites = [p for p in files if JSON_SCHEMA_SUITE / "tests" in p.parents]
    # Example documents of schemas are no specifications; two in a hundred will do.
    others = [p for p in files if JSON_SCHEMA_SUITE not in p.parents]
    data = [p for p in others if {"test", "negative_test"} & set(p.parts)]
    return Seeds([p for p in others if p not in data] + data[:2] + _own(), suites)


def of_repository() -> Seeds:
    """The specifications of this repository's own tests."""
    return Seeds(_own(), [])


def _own() -> list[Path]:
    found = [*ROOT.glob("tests/*/*/spec.*"), *ROOT.glob("specs/*/*/*.yaml")]
    return sorted(path for path in found if path.parts[-3] != "errors")


def _read(path: Path) -> Json:
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    try:
        return yaml.load(text.replace("\t", " "), _Loader)
    except yaml.YAMLError:
        return None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # either is a class
    """Reads what JSON can say: no dates."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if "timestamp" not in tag]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def cut(document: dict[str, Json], rng: random.Random) -> dict[str, Json]:
    """A few places of a document with what they refer to; the rest is left out."""
    if len(json.dumps(document, default=str)) <= ENOUGH:
        whole: dict[str, Json] = _copy(document)
        return whole
    result: dict[str, Json] = {k: _copy(document[k]) for k in _HEAD if k in document}
    if "openapi" in document:
        result["paths"] = {}
    queue = [place for _ in range(rng.randint(1, 4)) for place in _some(document, rng)]
    size, done = 0, set[Pointer]()
    for place in queue:
        if place in done:
            continue
        done.add(place)
        found = _at(document, place)
        length = len(json.dumps(found, default=str))
        if found is None or size + length > ENOUGH:
            found = {"description": "cut"}
        else:
            size += length
            queue.extend(_references(found))
        _put(result, place, found)
    if "$defs" in result or "definitions" in result:
        section = "$defs" if "$defs" in result else "definitions"
        # A part of a JSON Schema has no root to speak of without a reference.
        result.setdefault("$ref", f"#/{section}/{rng.choice(list(result[section]))}")
    return result


def _some(document: dict[str, Json], rng: random.Random) -> Iterator[Pointer]:
    """A place of a section that the document has."""
    sections = [s for s in _SECTIONS if isinstance(_at(document, s), dict)]
    sections = [s for s in sections if _at(document, s)]
    if sections:
        section = rng.choice(sections[:1] * 2 + sections)
        yield (*section, rng.choice(list(_at(document, section))))


def _references(value: Json) -> Iterator[Pointer]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            target = item.get("$ref")
            if isinstance(target, str) and target.startswith("#/"):
                parts = target[2:].split("/")
                yield tuple(p.replace("~1", "/").replace("~0", "~") for p in parts)
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)


def _at(value: Json, place: Pointer) -> Json:
    for token in place:
        if not isinstance(value, dict) or token not in value:
            return None
        value = value[token]
    return value


def _put(result: dict[str, Json], place: Pointer, value: Json) -> None:
    *way, last = place
    for token in way:
        result = result.setdefault(token, {})
        if not isinstance(result, dict):
            return
    result.setdefault(last, _copy(value))


def _copy(value: Json) -> Json:
    """A deep copy in which nothing is shared and every key is a string."""
    return json.loads(json.dumps(value, default=str))
