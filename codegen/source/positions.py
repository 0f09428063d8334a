"""Positions of values, kept in step with them while a document is changed.

Where the position of a value is not known, that of a member is not, either.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from codegen.source.node import Json, Node


def inner(node: Node | None, part: str | int) -> Node | None:
    """The position of a member; None where it has none."""
    found: Node | None = None
    members: Any = None if node is None else node[2]
    if isinstance(members, dict) and part in members:
        found = members[part][2]
    elif isinstance(members, list) and int(part) < len(members):
        found = members[int(part)]
    return found


def at(node: Node | None, parts: Iterable[str | int]) -> Node | None:
    """The position of a value somewhere inside; None where it has none."""
    for part in parts:
        node = inner(node, part)
    return node


def copied(node: Node | None, below: int = 0) -> Node | None:
    """A copy in which nothing is shared, some lines further down."""
    if node is None:
        return None
    members: Any
    line, column, members = node
    if isinstance(members, dict):
        members = {
            key: (key_line + below, key_column, copied(inner, below))
            for key, (key_line, key_column, inner) in members.items()
        }
    elif isinstance(members, list):
        members = [copied(inner, below) for inner in members]
    return line + below, column, members


def remove(node: Node | None, part: str | int) -> None:
    """Take a member out."""
    members: Any = None if node is None else node[2]
    if isinstance(members, dict):
        members.pop(part, None)
    elif isinstance(members, list) and int(part) < len(members):
        del members[int(part)]


def replace(node: Node | None, part: str | int, new: Node | None) -> None:
    """Have another value for a member, whose key stays where it is."""
    members: Any = None if node is None else node[2]
    if new is None:
        return
    if isinstance(members, dict) and part in members:
        members[part] = (*members[part][:2], new)
    elif isinstance(members, list) and int(part) < len(members):
        members[int(part)] = new


def put(node: Node | None, key: str, source: Node | None) -> None:
    """Have a member as it stands in another mapping."""
    members: Any = None if node is None else node[2]
    if isinstance(members, dict) and source is not None:
        others: Any = source[2]
        line, column, _ = source
        known = isinstance(others, dict) and key in others
        members[key] = others[key] if known else (line, column, (line, column, None))


def extend(node: Node | None, old: list[Json], source: Node | None, more: int) -> None:
    """Have some more items behind the old ones, as they stand in another list."""
    members: Any = None if node is None else node[2]
    if isinstance(members, list) and len(members) == len(old) and source is not None:
        members += [inner(source, index) or leaf(source) for index in range(more)]


def leaf(node: Node) -> Node:
    """The position of a value of which nothing inside has one of its own."""
    line, column, _ = node
    return line, column, None
