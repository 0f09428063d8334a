"""Events in states that nobody should bring them into, and may: what is in their lists
and maps, in their fields in spite of these being frozen, and beside their fields."""

from __future__ import annotations

import datetime
import enum
import random
from contextlib import suppress
from typing import Any, Final

from tests.native.frames import ODD


class _Text(str):
    pass


class _Colour(enum.StrEnum):
    RED = "red"


def _deep(levels: int, dice: random.Random) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value] if dice.random() < 0.5 else {"k": value}
    return value


def _looped() -> Any:
    value: list[Any] = []
    value.append({"again": value})
    return value


_OWN: Final[list[Any]] = [
    float("nan"), 2**63 - 1, -(2**63) - 1, 1e-4, 9.999e-5, 999999999999999.9, 1e15,
    _Text("s"), _Colour.RED, (), (1, 2), {1: 2}, {None: 1}, {_Text("k"): 1}, {"k\n": 1},
    {"\ud800": 1}, {"k" * 700: 1}, object(), int, b"x", {1}, datetime.date(2024, 2, 29),
    _looped(),
]  # fmt: skip


def _odd(objects: list[Any], dice: random.Random) -> Any:
    """What does not belong where it is put."""
    match dice.randrange(8):
        case 0:
            return dice.choice(objects)
        case 1:
            return [dice.choice(objects) for _ in range(3)]
        case 2:
            return {f"m{i}": dice.choice(objects) for i in range(3)}
        case 3:
            return _deep(dice.choice((5, 95, 98, 99, 100, 101, 300)), dice)
        case 4:  # Around where a text is long, and where one follows another.
            start = "x" * dice.randrange(2_000)
            return start + dice.choice(('"', "\\", "\n", "\x01", "é", "")) + start[:40]
        case 5:  # More of them than are gathered.
            end = dice.choice(("", "", '"', "\x01"))
            return [f"{i:0600}{end}" for i in range(dice.randrange(14))]
        case _:
            return dice.choice((*ODD, *_OWN))


def bring_into_a_state(event: Any, dice: random.Random) -> None:
    """Change a few things in an event that no program may change, or that any may."""
    objects: list[Any] = []
    containers: list[Any] = []
    _collect(event, objects, containers)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        if dice.random() < 0.1:
            with suppress(Exception):  # After which it keeps something else.
                dice.choice(objects).to_json()
        if containers and dice.random() < 0.5:
            _change(dice.choice(containers), objects, dice)
        else:
            _set(dice.choice(objects), objects, dice)


def _collect(value: Any, objects: list[Any], containers: list[Any]) -> None:
    if hasattr(value.__class__, "_defaults"):
        objects.append(value)
        for name in (*value.__class__.__slots__, "_extra"):
            _collect(getattr(value, name), objects, containers)
    elif isinstance(value, dict | list):
        containers.append(value)
        for inner in value.values() if isinstance(value, dict) else value:
            _collect(inner, objects, containers)


def _change(container: Any, objects: list[Any], dice: random.Random) -> None:
    if dice.random() < 0.1:
        container.clear()
        return
    value = container if dice.random() < 0.1 else _odd(objects, dice)
    if isinstance(container, list):
        container.insert(dice.randrange(len(container) + 1), value)
    else:
        container[dice.choice(("x", "é", "k" * 33, "", *map(str, container)))] = value


def _set(thing: Any, objects: list[Any], dice: random.Random) -> None:
    names = thing.__class__.__slots__
    name = dice.choice((*names, *names, "_extra", "_wire", "_bytes"))
    try:
        if dice.random() < 0.1:
            object.__delattr__(thing, name)
        elif name == "_extra" and dice.random() < 0.7:
            extra = {dice.choice(("x", "type", *names)): _odd(objects, dice)}
            object.__setattr__(thing, name, extra)
        else:
            object.__setattr__(thing, name, _odd(objects, dice))
    except AttributeError:
        pass  # It has been deleted before.
