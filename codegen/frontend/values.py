"""What the values of keywords mean, also those that are not what a keyword takes.

Published specifications have limits written as text, a name where a list of names
belongs, words of other drafts. A value that can mean one thing only means that; one
that means nothing is not enforced. A reader here says which; that it is said to people,
with its place and in the docstring, is the business of `Scope.read` alone.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from codegen.ir.equality import Frozen, freeze
from codegen.ir.numbers import EXACT
from codegen.source.node import Json

T = TypeVar("T")

_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?\Z")
_TRUTH: Final = {
    **dict.fromkeys(("true", "yes", "on"), True),
    **dict.fromkeys(("false", "no", "off"), False),
}
"""What stands for true and false; to YAML 1.1 all of these words do."""

_SHOWN: Final = 40


def only_refers(data: Json) -> bool:
    """Whether a value is a reference and nothing else."""
    return isinstance(data, dict) and set(data) == {"$ref"}


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What a value means: nothing where `value` is None.

    `meant` says what it was read as, where that is not what it says by the letter.
    """

    value: T | None
    meant: str = ""


NOTHING: Final[Reading[Json]] = Reading(None)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """What a keyword takes, in words, and how a value is read as that."""

    expected: str
    read: Callable[[Json], Reading[T]]


def shown(value: Json) -> str:
    """A value for a sentence: as JSON, and short."""
    if isinstance(value, list):
        return "a list" if value else "[]"
    if isinstance(value, dict):
        return "a mapping" if value else "{}"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def quoted(value: Json) -> str:
    """A value for a sentence that expects a text: one in quotes, another as JSON."""
    return repr(value) if isinstance(value, str) else shown(value)


def is_number(value: Json) -> bool:
    """Whether a value is a JSON number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Json) -> Reading[int | float]:
    if is_number(value):
        return Reading(_plain(value))
    if isinstance(value, str) and _NUMBER.match(value.strip()):
        text = value.strip()
        found = int(text) if text.lstrip("+-").isdecimal() else float(text)
        return Reading(found, repr(found)) if math.isfinite(found) else NOTHING
    return NOTHING


def _plain(number: float) -> int | float:
    """A number as people write it: 1.0, which libraries write for 1, is that."""
    if isinstance(number, float) and number.is_integer() and abs(number) < EXACT:
        return int(number)
    return number


def _positive(value: Json) -> Reading[int | float]:
    found = _number(value)
    return found if found.value is not None and found.value > 0 else NOTHING


def _count(value: Json) -> Reading[int]:
    found = _number(value)
    number = found.value
    if number is None or number < 0:
        return NOTHING
    if isinstance(number, float) and not number.is_integer():  # Nor is infinity.
        return NOTHING
    return Reading(int(number), found.meant and str(int(number)))


def _boolean(value: Json) -> Reading[bool]:
    if isinstance(value, bool):
        return Reading(value)
    found = _TRUTH.get(value.strip().lower()) if isinstance(value, str) else None
    return NOTHING if found is None else Reading(found, str(found).lower())


def _text(value: Json) -> Reading[str]:
    return Reading(value) if isinstance(value, str) else NOTHING


def is_name(value: Json) -> bool:
    """Whether a value may name a property. Keys of YAML may be numbers, and are names
    all the same."""
    return isinstance(value, str) or type(value) is int


def _names(value: Json) -> Reading[tuple[str, ...]]:
    if isinstance(value, str) and _boolean(value).value is None:
        return Reading((value,), f"[{shown(value)}]")
    if not isinstance(value, list):
        return NOTHING
    if not all(map(is_name, value)):
        return NOTHING
    names = tuple(dict.fromkeys(map(str, value)))
    plain = all(isinstance(name, str) for name in value)
    return Reading(names, "" if plain else "names")


def _list(value: Json) -> Reading[list[Json]]:
    if isinstance(value, str | int | float):
        return Reading([value], f"[{shown(value)}]")
    return Reading(value) if isinstance(value, list) else NOTHING


def _mapping(value: Json) -> Reading[dict[str, Json]]:
    if value == []:  # What PHP makes of a mapping without members.
        return Reading({}, "{}")
    return Reading(value) if isinstance(value, dict) else NOTHING


NUMBER: Final = Kind("a number", _number)
POSITIVE: Final = Kind("a number above 0", _positive)
COUNT: Final = Kind("a whole number that is not negative", _count)
BOOLEAN: Final = Kind("true or false", _boolean)
TEXT: Final = Kind("a string", _text)
NAMES: Final = Kind("a list of property names", _names)
VALUES: Final = Kind("a list of values", _list)
SCHEMA_MAP: Final = Kind("a mapping of schemas", _mapping)
DEPENDENT_NAMES: Final = Kind("a mapping from property to property names", _mapping)
DEPENDENCIES: Final = Kind("a mapping from property to names or a schema", _mapping)


def twice(values: list[Json]) -> list[int]:
    """The indices of values that stood in a list before."""
    seen: set[Frozen] = set()
    found = []
    for index, value in enumerate(values):
        frozen = freeze(value)
        if frozen in seen:
            found.append(index)
        seen.add(frozen)
    return found
