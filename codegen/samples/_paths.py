"""Paths of the independent validator, with the empty names that it leaves out.

It joins names to a path and parts it again, and empty ones do not come back. What a
path can have been follows from the document that it leads into.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from codegen.ir import model as ir
from codegen.samples.containers import same

Path: TypeAlias = Sequence[str | int]

BY_NAME: Final = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "$defs"}
)
"""The keywords under which schemas stand by a name."""

_MOST: Final = 64


def of_instance(value: ir.Json, path: Path, failing: ir.Json) -> Path | None:
    """The path to the failing value in one that has empty names; None where it can
    be more than one."""
    found = [
        candidate
        for candidate, inner in _candidates(value, path)
        if same(inner, failing)
    ]
    return found[0] if len(found) == 1 else None


def has_empty_name(value: ir.Json) -> bool:
    """Whether a property anywhere in a value has no name."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            if "" in item:
                return True
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return False


def _candidates(value: ir.Json, path: Path) -> Iterator[tuple[Path, ir.Json]]:
    """The paths that become this one when empty names are left out, each with the
    value that is there; not too many."""
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
        if isinstance(place, dict) and str(token) in place:
            stack.append(((*taken, token), place[str(token)], used + 1))
        elif isinstance(place, list) and isinstance(token, int) and token < len(place):
            stack.append(((*taken, token), place[token], used + 1))


def of_schema(document: ir.Json, path: Path, *, is_false: bool) -> list[str | int]:
    """The path to the failing keyword or, if `is_false`, to a schema that is false."""
    restored = _restored(document, list(path), False, is_false)
    return list(path) if restored is None else restored


def _restored(
    place: ir.Json, path: list[str | int], named: bool, is_false: bool
) -> list[str | int] | None:
    """The rest of a path below a schema, or below a keyword with schemas by `named`."""
    if named and isinstance(place, dict):
        for name in dict.fromkeys([*map(str, path[:1]), ""]):
            if name in place:
                behind = path if name == "" else path[1:]
                if not behind and not is_false:
                    continue  # A name is no keyword that could have failed.
                rest = _restored(place[name], behind, False, is_false)
                if rest is not None:
                    return [name, *rest]
        return None
    if not path:
        return []
    token, *behind = path
    if isinstance(place, list):
        inner = place[token] if isinstance(token, int) and token < len(place) else None
    elif isinstance(place, dict):
        inner = place.get(str(token))
    else:
        inner = None
    rest = _restored(inner, behind, token in BY_NAME, is_false)
    return None if rest is None else [token, *rest]
