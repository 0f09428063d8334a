"""Damaged documents, each a function of its number.

Most damage keeps a document nearly right, so that it comes far into a command: one to
six changes, of which most make a schema of another shape out of a schema.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from tests.fuzz.odd import KEYWORDS, NAMES, REFERENCES, SCHEMAS, VALUES, raw_numbers
from tests.fuzz.seeds import Json, Seeds

_SCHEMA_HOLDERS: Final = frozenset(
    {"properties", "patternProperties", "schemas", "$defs", "definitions"}
    | {"dependentSchemas"}
)
_SCHEMA_KEYS: Final = frozenset({"type", "$ref", "allOf", "anyOf", "oneOf", "enum"})


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """A document: what it was made from, how, and its text."""

    seed: str
    changes: tuple[str, ...]
    suffix: str
    text: str

    def write(self, path: Path) -> None:
        """Write the text as it is, whatever is in it."""
        path.write_text(self.text, "utf-8", errors="surrogatepass", newline="")


@dataclass(slots=True)
class Place:
    """A value in a document: what holds it, and under which key or index."""

    holder: Json
    key: Json
    path: tuple[str, ...]

    @property
    def value(self) -> Json:
        return self.holder[self.key]

    def put(self, value: Json) -> None:
        self.holder[self.key] = value


class Damage:
    """A document on its way to ruin."""

    def __init__(self, document: Json, seeds: Seeds, rng: random.Random) -> None:
        self.root: dict[str, Json] = {"": document}
        self.seeds = seeds
        self.rng = rng

    def places(self) -> list[Place]:
        """Every value, the document itself first."""
        found = [Place(self.root, "", ())]
        for place in found:
            value = place.value
            keys = list(value) if isinstance(value, dict) else None
            if isinstance(value, list):
                keys = list(range(len(value)))
            if len(place.path) < 200:
                found += [Place(value, k, (*place.path, str(k))) for k in keys or ()]
        return found

    def any(self) -> Place:
        """Any value, but the whole document seldom."""
        places = self.places()
        return self.rng.choice(places[1:] if len(places) > 1 else places)

    def schema(self) -> Place:
        """A place where a schema seems to stand."""
        places = [
            place
            for place in self.places()
            if (place.path[-2:-1] and place.path[-2] in _SCHEMA_HOLDERS)
            or (isinstance(place.value, dict) and _SCHEMA_KEYS & set(place.value))
        ]
        return self.rng.choice(places) if places else self.any()

    def within(self, kind: type) -> Place | None:
        """A value of one kind."""
        places = [p for p in self.places() if isinstance(p.value, kind)]
        return self.rng.choice(places) if places else None


def make(number: int, seed: int, seeds: Seeds) -> Fuzzed:
    """The document of a number."""
    rng = random.Random(f"{seed}:{number}")
    if rng.random() < 0.02:
        name, text = seeds.text(rng)
        return Fuzzed(name, ("text",), _suffix(text), _damaged(text, rng))
    part = seeds.part(rng)
    damage = Damage(part.document, seeds, rng)
    changes = []
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4, 6))):
        change = rng.choices(list(CHANGES), list(CHANGES.values()))[0]
        change(damage)
        changes.append(change.__name__)
    return written(part.name, tuple(changes), damage.root[""], rng)


def written(
    name: str, changes: tuple[str, ...], document: Json, rng: random.Random
) -> Fuzzed:
    """A document as text, which is seldom damaged as well."""
    text = _written(document, rng)
    if rng.random() < 0.04:
        text = _damaged(text, rng)
        changes = (*changes, "text")
    return Fuzzed(name, changes, _suffix(text), text)


def _suffix(text: str) -> str:
    return ".json" if text.lstrip()[:1] in ("{", "[") else ".yaml"


def _written(document: Json, rng: random.Random) -> str:
    if rng.random() < 0.4:
        try:
            text = yaml.dump(
                document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False
            )
            text.encode()
        except (yaml.YAMLError, UnicodeError, RecursionError):
            pass
        else:
            return raw_numbers(text)
    return raw_numbers(json.dumps(document, indent=rng.choice((None, 1))))


# --- changes of values ----------------------------------------------------------------


def delete(damage: Damage) -> None:
    place = damage.any()
    if isinstance(place.holder, (dict, list)) and place.path:
        del place.holder[place.key]


def duplicate(damage: Damage) -> None:
    place = damage.any()
    twin = json.loads(json.dumps(place.value))
    if isinstance(place.holder, list):
        place.holder.insert(damage.rng.randint(0, len(place.holder)), twin)
    elif place.path:
        place.holder[_name(damage)] = twin


def replace(damage: Damage) -> None:
    damage.any().put(_value(damage))


def retype(damage: Damage) -> None:
    place = damage.any()
    value = place.value
    ways: list[Callable[[], Json]] = [
        lambda: [value],
        lambda: {_name(damage): value},
        lambda: json.dumps(value)[:2000],
        lambda: None,
        lambda: list(value) if isinstance(value, dict) else value,
        lambda: bool(value),
        lambda: value[:1] if isinstance(value, (str, list)) else -1,
    ]
    place.put(damage.rng.choice(ways)())


def swap(damage: Damage) -> None:
    """Two values change places."""
    one, two = damage.any(), damage.any()
    inside = min(len(one.path), len(two.path))
    if one.path[:inside] != two.path[:inside]:
        first, second = one.value, two.value
        one.put(second)
        two.put(first)


def transplant(damage: Damage) -> None:
    """A value of another document stands here."""
    other = Damage(damage.seeds.part(damage.rng).document, damage.seeds, damage.rng)
    place = damage.schema() if damage.rng.random() < 0.7 else damage.any()
    place.put(other.schema().value)


def number(damage: Damage) -> None:
    """A number, or what may be one, becomes another."""
    place = damage.within(int) or damage.any()
    place.put(_value(damage) if isinstance(place.value, bool) else _number(damage))


def text(damage: Damage) -> None:
    place = damage.within(str)
    if place is not None:
        place.put(_name(damage))


def rename(damage: Damage) -> None:
    """A key gets an odd name, at the same position."""
    place = damage.any()
    if isinstance(place.holder, dict) and place.path:
        name = _name(damage)
        items = list(place.holder.items())
        place.holder.clear()
        place.holder.update((name if k == place.key else k, v) for k, v in items)


# --- changes of schemas ---------------------------------------------------------------


def keyword(damage: Damage) -> None:
    """A schema gets a keyword with a value that may be right or not."""
    place = damage.schema()
    if not isinstance(place.value, dict):
        place.put({})
    word = damage.rng.choice(list(KEYWORDS))
    place.value[word] = _filled(damage, damage.rng.choice(KEYWORDS[word]))


def any_value_keyword(damage: Damage) -> None:
    """A schema gets a keyword with a value that is nearly always wrong."""
    place = damage.schema()
    if isinstance(place.value, dict):
        place.value[damage.rng.choice(list(KEYWORDS))] = _value(damage)


def schema(damage: Damage) -> None:
    """Another schema stands here."""
    damage.schema().put(_filled(damage, damage.rng.choice(SCHEMAS)))


def wrap(damage: Damage) -> None:
    place = damage.schema()
    inner, other = place.value, _filled(damage, damage.rng.choice(SCHEMAS))
    shapes: list[Json] = [
        {"allOf": [inner]}, {"allOf": [inner, other]}, {"anyOf": [inner]},
        {"anyOf": [inner, other]}, {"oneOf": [inner, other]}, {"oneOf": [inner]},
        {"not": inner}, {"not": {"not": inner}}, {"if": inner, "then": other},
        {"if": other, "then": inner, "else": other}, {"items": inner, "type": "array"},
        {"additionalProperties": inner}, {"type": "object", "properties": {"a": inner}},
        {"unevaluatedProperties": inner}, {"oneOf": [inner, {"type": "null"}]},
        {"prefixItems": [inner], "unevaluatedItems": other}, {"propertyNames": inner},
        {"dependentSchemas": {"a": inner}}, {"contains": inner, "maxContains": 2},
        {"allOf": [inner], "unevaluatedProperties": False},
        {"patternProperties": {"^x": inner}},
    ]  # fmt: skip
    place.put(damage.rng.choice(shapes))


def reference(damage: Damage) -> None:
    """A reference to anywhere: another schema, itself, what holds it, nothing."""
    place = damage.schema()
    roll = damage.rng.random()
    if roll < 0.2:
        target = damage.rng.choice(REFERENCES)
    elif roll < 0.5:
        target = _pointer(place.path[: damage.rng.randint(0, len(place.path))])
    else:
        target = _pointer(damage.schema().path)
    if isinstance(place.value, dict) and damage.rng.random() < 0.3:
        place.value["$ref"] = target
    else:
        place.put({"$ref": target})


def merge(damage: Damage) -> None:
    """A schema takes in what another says."""
    one, two = damage.schema().value, damage.schema().value
    if isinstance(one, dict) and isinstance(two, dict) and one is not two:
        one.update(json.loads(json.dumps(two)))


def nest(damage: Damage) -> None:
    place = damage.schema()
    value = place.value
    keys = damage.rng.choices(["allOf", "items", "properties", "not", "anyOf"], k=3)
    for depth in range(damage.rng.choice((4, 9, 30, 70, 400))):
        key = keys[depth % 3]
        value = {key: value} if key in ("items", "not") else (
            {key: {"a": value}} if key == "properties" else {key: [value]}
        )  # fmt: skip
    place.put(value)


def boolean(damage: Damage) -> None:
    damage.schema().put(damage.rng.random() < 0.5)


CHANGES: Final[dict[Callable[[Damage], None], int]] = {
    delete: 3, duplicate: 3, replace: 4, retype: 4, swap: 3, transplant: 6, number: 3,
    text: 4, rename: 5, keyword: 16, any_value_keyword: 4, schema: 8, wrap: 12,
    reference: 8, merge: 5, nest: 1, boolean: 4,
}  # fmt: skip
"""Each change with its weight."""


def _name(damage: Damage) -> str:
    return damage.rng.choice(NAMES)


def _value(damage: Damage) -> Json:
    return json.loads(json.dumps(damage.rng.choice(VALUES)))


def _number(damage: Damage) -> Json:
    return damage.rng.choice([v for v in VALUES if isinstance(v, (int, float))])


def _filled(damage: Damage, value: Json) -> Json:
    """A copy of a value with its gaps filled: names, schemas, values."""
    if value == "<name>":
        return _name(damage)
    if value == "<value>":
        return _value(damage)
    if value == "<ref>":
        return {"$ref": _pointer(damage.schema().path)}
    if value == "<schema>":
        if damage.rng.random() < 0.3:
            return json.loads(json.dumps(damage.schema().value))
        return _filled(damage, damage.rng.choice(SCHEMAS))
    if isinstance(value, dict):
        names = {k: _filled(damage, k) for k in value}
        return {
            name if isinstance(name, str) else key: _filled(damage, value[key])
            for key, name in names.items()
        }
    if isinstance(value, list):
        return [_filled(damage, item) for item in value]
    return value


def _pointer(path: tuple[str, ...]) -> str:
    return "#" + "".join(
        "/" + token.replace("~", "~0").replace("/", "~1").replace("%", "%25")
        for token in path
    )


# --- changes of text ------------------------------------------------------------------

_PIECES: Final = (
    "\t", "\x00", "\ufeff", "\u2028", "\x85", "*a", "&a ", "<<: *a",
    "!!python/name:os ", "%YAML 1.1\n", "---\n", "...\n",
    "- ", "? ", ": ", "{", "}", "[", "]", '"', "'", "\\",
    "\\ud800", "|\n", ">-\n", "#", ",", "1e999", "NaN", "-", "0x1F", "0o7", "~", "yes",
    "2001-01-01", "=", "@", "`", "\r", "\U0010ffff",
    "!!binary aGk=", "!!set {a, b}", "!x ",
)  # fmt: skip


def _damaged(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(0, len(text))
        roll = rng.random()
        if roll < 0.3:
            text = text[:at] + text[at + rng.randint(1, 30) :]
        elif roll < 0.6:
            text = text[:at] + rng.choice(_PIECES) + text[at:]
        elif roll < 0.8:
            line = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at) + 1 or len(text)
            text = text[:end] + text[line:end] + text[end:]
        elif roll < 0.9:
            text = text[:at]
        else:
            line = text.rfind("\n", 0, at) + 1
            text = text[:line] + re.sub(r"\A *", " " * rng.randint(0, 9), text[line:])
    return text
