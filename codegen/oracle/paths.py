"""Finds the places of the failures that the independent validator reports.

The validator joins the names on the way to a failure to one text, and divides that
again. Empty names do not come back, and a name that it takes for an index (`+1`, `007`)
comes back as a number. What a path can have been follows from the document that it
leads into. If that leaves several places, the validator's list of everything that it
looked at decides, because it has whole pointers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

import jsonschema_rs

from codegen.ir import model as ir
from codegen.ir.values import equal

Path: TypeAlias = tuple[str | int, ...]
"""Names of properties and indices of items, from the outside in."""

BY_NAME: Final = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "$defs"}
)
"""The keywords that hold schemas by name."""

_INDEX: Final = re.compile(r"\+?[0-9]+", re.ASCII)
_LARGEST: Final = 2**64 - 1
_MOST: Final = 64

_Seen: TypeAlias = tuple[str, str]
"""The pointer of a value that failed, and that of the schema that it failed."""

_Turn: TypeAlias = tuple[Path, Path, str, tuple[Path, ...]]


class Unclear(Exception):
    """A failure may be at several places, or at none."""


class Places:
    """The places of the failures of one value.

    Each failure must be asked for once, in the order in which the validator gives them,
    because failures that differ only in their places take these in turn. `plain` says
    that all names in the schemas come back as they are.
    """

    def __init__(
        self,
        validator: jsonschema_rs.Draft202012Validator,
        value: ir.Json,
        *,
        plain: bool = False,
    ) -> None:
        self._validator = validator
        self._value = value
        self._plain = plain
        self._seen: dict[tuple[Path, Path], list[_Seen]] | None = None
        self._asked: Counter[_Turn] | None = None

    def of_instance(self, error: jsonschema_rs.ValidationError) -> Path:
        """The path to the failing value. Raises `Unclear`."""
        known = tuple(error.instance_path)
        if _is_plain_way(self._value, known):
            return known
        found = list(_in_value(self._value, known))
        if len(found) == 1:
            return found[0][0]
        fitting = [path for path, inner in found if equal(inner, error.instance)]
        if len(fitting) > 1:
            failed = {instance for instance, _ in self._failures_like(error)}
            fitting = [path for path in fitting if pointer(path) in failed]
        if not fitting:
            raise Unclear("a place among properties whose names are empty or numbers")
        turn = (*self._key(error), error.message, tuple(fitting))
        # Hardly any value is asked about so.
        self._asked = Counter() if self._asked is None else self._asked
        self._asked[turn] += 1
        return fitting[(self._asked[turn] - 1) % len(fitting)]

    def of_schema(
        self,
        error: jsonschema_rs.ValidationError,
        document: ir.Json,
        instance: Path,
    ) -> Path:
        """The path to the failing keyword, or to a schema that is `false`. `instance`
        is the path to the value."""
        path = tuple(error.schema_path)
        if self._plain:
            return path
        is_false = error.kind.name == "falseSchema"
        found = list(_in_schema(document, path, False, is_false))
        if len(found) > 1:
            at = pointer(instance)
            like = self._failures_like(error)
            failed = {schema for where, schema in like if where == at}
            failing = [
                candidate
                for candidate in found
                if {pointer(candidate), pointer(candidate[:-1])} & failed
            ]
            found = failing or found
        return found[0] if found else path

    def _failures_like(self, error: jsonschema_rs.ValidationError) -> Iterator[_Seen]:
        """The failures whose places look like that of this one."""
        if self._seen is None:
            self._seen = defaultdict(list)
            for node in self._validator.evaluate(self._value).list()["details"]:
                if not node["valid"]:
                    where = node["instanceLocation"]
                    key = _read(node["evaluationPath"]), _read(where)
                    self._seen[key].append((where, node["schemaLocation"]))
        evaluated, instance = self._key(error)
        # Not every keyword has a line of its own, but the schema around it has.
        for path in (evaluated, evaluated[:-1]):
            yield from self._seen.get((path, instance), ())

    @staticmethod
    def _key(error: jsonschema_rs.ValidationError) -> tuple[Path, Path]:
        return tuple(error.evaluation_path), tuple(error.instance_path)


def pointer(path: Iterable[str | int]) -> str:
    """A path as a JSON Pointer."""
    if not path:
        return ""
    tokens = (str(token).replace("~", "~0").replace("/", "~1") for token in path)
    return "".join(f"/{token}" for token in tokens)


def read_as(name: str) -> str | int:
    """What a name comes back as, unless it is empty."""
    if _INDEX.fullmatch(name) and len(digits := name.lstrip("+0")) <= 20:
        number = int(digits or "0")
        return number if number <= _LARGEST else name
    return name


def _read(text: str) -> Path:
    """The path that the validator makes of a pointer."""
    tokens = [t.replace("~1", "/").replace("~0", "~") for t in text.split("/")]
    return tuple(read_as(token) for token in tokens if token)


def _names(place: dict[str, ir.Json], token: str | int) -> list[str]:
    """The properties that come back as this token."""
    if isinstance(token, str):
        return [token] if token in place else []
    return [name for name in place if read_as(name) == token]


def is_plain(place: ir.Json) -> bool:
    """Whether all names in a schema come back as they are."""
    if isinstance(place, dict):
        named = all(name and read_as(name) is name for name in place)
        return named and all(map(is_plain, place.values()))
    return all(map(is_plain, place)) if isinstance(place, list) else True


def _is_plain_way(value: ir.Json, path: Path) -> bool:
    """Whether a path in a value can only mean itself."""
    for token in path:
        if isinstance(token, str):
            if not isinstance(value, dict) or "" in value or token not in value:
                return False
        elif not isinstance(value, list) or token >= len(value):
            return False
        value = value[token]
    return not isinstance(value, dict) or "" not in value


def _in_value(value: ir.Json, path: Path) -> Iterator[tuple[Path, ir.Json]]:
    """The paths in a value that come back as this one, each with the value that is
    there."""
    stack: list[tuple[Path, ir.Json, int]] = [((), value, 0)]
    for _ in range(_MOST * (len(path) + 1)):
        if not stack:
            return
        taken, place, used = stack.pop()
        if isinstance(place, dict) and "" in place:
            stack.append(((*taken, ""), place[""], used))
        if used == len(path):
            yield taken, place
            continue
        token = path[used]
        if isinstance(place, dict):
            for name in reversed(_names(place, token)):
                stack.append(((*taken, name), place[name], used + 1))
        elif isinstance(place, list) and isinstance(token, int) and token < len(place):
            stack.append(((*taken, token), place[token], used + 1))
    raise Unclear("a place among too many properties whose names are empty or numbers")


def _in_schema(
    place: ir.Json, path: Sequence[str | int], named: bool, is_false: bool
) -> Iterator[Path]:
    """The paths below a schema that come back as this one. With `named`, the place is a
    keyword that holds schemas by name."""
    if named and isinstance(place, dict):
        steps = [(name, path[1:]) for name in (_names(place, path[0]) if path else ())]
        if "" in place:
            steps.append(("", path))
        for name, behind in steps:
            # A name is no keyword that could have failed.
            if behind or is_false:
                for rest in _in_schema(place[name], behind, False, is_false):
                    yield name, *rest
    if named:
        return
    if not path:
        yield ()
        return
    token, *behind = path
    inner: ir.Json = None
    if isinstance(place, list):
        inner = place[token] if isinstance(token, int) and token < len(place) else None
    elif isinstance(place, dict):
        inner = place.get(str(token))
    for rest in _in_schema(inner, behind, token in BY_NAME, is_false):
        yield token, *rest
