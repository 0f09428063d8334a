"""Changes of JSON values: what real servers, proxies and future versions do to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from codegen.golden.machinery.values import text

OTHERS: tuple[Any, ...] = (
    None,
    5,
    1.0,
    1.5,
    True,
    "",
    "zz",
    [],
    [1],
    {},
    {"a": {"b": None}},
)
"""Put in the place of every field: one value of each type at least."""

_LOOKS = tuple(map(text, OTHERS))

Rebuild = Callable[[Any], Any]


def mutations(value: Any) -> Iterator[Any]:
    """Copies of a value, each with one place deleted, retyped or added."""
    yield from _at(value, lambda changed: changed)


def _at(value: Any, rebuild: Rebuild) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from _object(value, rebuild)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            before, after = value[:index], value[index + 1 :]
            yield rebuild([*before, *after])
            yield rebuild([*before, None, *after])
            yield rebuild([*before, item, item, *after])

            def at_index(
                changed: Any, before: list[Any] = before, after: list[Any] = after
            ) -> Any:
                return rebuild([*before, changed, *after])

            yield from _at(item, at_index)


def _object(value: dict[str, Any], rebuild: Rebuild) -> Iterator[Any]:
    for name, inner in value.items():
        yield rebuild({n: v for n, v in value.items() if n != name})
        looks = text(inner)
        for other, others in zip(OTHERS, _LOOKS, strict=True):
            if others != looks:
                yield rebuild({**value, name: other})

        def at_name(changed: Any, name: str = name) -> Any:
            return rebuild({**value, name: changed})

        yield from _at(inner, at_name)
    yield rebuild({**value, "zz_added": {"q": [None]}})
    yield rebuild({**value, "_extra": 1})
