"""Objects in a query by the style `deepObject`: `filter[state]=open&filter[n]=1`.

OpenAPI says this of objects of scalars. Lists (`tags[]`) and what is further inside
(`range[from][day]`) are written as most servers read them.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ._texts import Texts, text_of, unquoted

_DEEPEST = 32
_NAME = re.compile(r"\[([^\[\]]*)\]")


def write_deep(name: str, value: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    """The names and texts of a value. Raises `ValueError` for what is nested further
    than anybody would."""
    if depth > _DEEPEST:
        raise ValueError(f"{name} is nested too deeply")
    if isinstance(value, dict):
        for key, item in value.items():
            yield from write_deep(f"{name}[{key}]", item, depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            inner = index if isinstance(item, dict | list) else ""
            yield from write_deep(f"{name}[{inner}]", item, depth + 1)
    else:
        yield name, text_of(value)


class _Node:
    """What stands at a name: texts of its own, and what has its name with a bracket."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.inner: dict[str, _Node] = {}

    def put(self, path: list[str], text: str) -> None:
        node = self
        for key in path:
            node = node.inner.setdefault(key, _Node())
        node.texts.append(text)

    def value(self, texts: Texts) -> Any:
        """The value that all of it stands for."""
        keys = self.inner
        if texts.items is not None and all(not k or k.isdecimal() for k in keys):
            own = [*self.texts, *(keys[""].texts if "" in keys else ())]
            if own or keys or not texts.types:
                some = sorted((k for k in keys if k), key=lambda k: (len(k), k))
                if not keys and texts.types and len(own) == 1:
                    return texts.scalar(own[0])
                items = [texts.items.scalar(text) for text in own]
                return items + [keys[k].value(texts.items) for k in some]
        if keys:
            return {key: node.value(texts.member(key)) for key, node in keys.items()}
        return texts.scalar(self.texts[0]) if len(self.texts) == 1 else self.texts


def read_deep(
    name: str,
    called: str,
    texts: Texts,
    left: list[tuple[str, str]],
    found: dict[str, Any],
) -> None:
    """Read the parameter `name` of a query: its value goes into `found` as `called`, if
    it is there, and the pairs that were read are taken out of `left`."""
    root = _Node()
    rest: list[tuple[str, str]] = []
    for raw, text in left:
        key = unquoted(raw, plus=True)
        path = _path(name, key)
        if path is None:
            rest.append((raw, text))
        else:
            root.put(path, unquoted(text, plus=True))
    if len(rest) < len(left):
        left[:] = rest
        found[called] = root.value(texts)


def _path(name: str, key: str) -> list[str] | None:
    """The names in brackets behind a name; None of another name."""
    if not key.startswith(name):
        return None
    behind = key[len(name) :]
    path = _NAME.findall(behind)
    whole = "".join(f"[{inner}]" for inner in path) == behind
    return path if whole and len(path) <= _DEEPEST else None
