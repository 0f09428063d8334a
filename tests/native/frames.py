"""Frames, and what may be wrong with them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any, Final

ODD: Final[list[Any]] = [
    None, True, False, 0, 1, -1, 5.0, 0.5, -0.0, 1e-7, 1e16, 1e22, 2**53 + 1, 2**63, -(2**63),
    2**64, 10**30, 1e300, "", "a", "inf", "\ud800", "\u00e9", "\U0001f600", "a" * 40, "\x00",
    "back\\slash \"quote\"", [], {}, [None], {"a": 1}, [[1, 2], {"b": [3.5]}], ["a", "a"],
]  # fmt: skip
"""Values for places where they may or may not belong."""

TOKENS: Final = [
    "{", "}", "[", "]", ",", ":", '"', "\\", "null", "true", "1e400", "1e-400", "-0", "-",
    "01", "1.", ".5", "1e", "1E+2", "NaN", "\\u00e9", "\\ud800", "\\ud83d\\ude00", "\x00",
    "\x1f", "\x7f", "\u00e9", "\U0001f600", "\ud800", " ", "\n", "\t", "\ufeff", "123456789012345678",
    "1234567890123456789", "0.1234567890123456789", "/*", "'",
]  # fmt: skip

AROUND: Final = [2, 16, 32, 64, 128, 256, 512, 512, 1_024, 16_384]
"""Sizes about which texts are read or written in another way."""


def damaged(text: str, count: int, dice: random.Random) -> Iterator[str | bytes]:
    """So many frames that are made of one, some of them bytes."""
    value = json.loads(text)
    for _ in range(count):
        kind = dice.random()
        if kind < 0.3:
            found = _cut(text, dice)
        else:
            found = _spelled(changed(value, dice), dice)
            if kind < 0.4:
                found = _cut(found, dice)
        if dice.random() < 0.3:
            yield _bytes(found, dice)
        else:
            yield found


def _bytes(text: str, dice: random.Random) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    if dice.random() < 0.1:
        at = dice.randrange(len(data) + 1)
        data = data[:at] + bytes([dice.randrange(256)]) + data[at:]
    return data


def _cut(text: str, dice: random.Random) -> str:
    """The same with something put in, taken out or doubled."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        at = dice.randrange(len(text) + 1)
        to = min(len(text), at + dice.choice((0, 1, 1, 2, 5, 20)))
        put = dice.choice((dice.choice(TOKENS), "", text[at:to] * 2))
        text = text[:at] + put + text[to:]
    return text


def changed(value: Any, dice: random.Random) -> Any:
    """The same value, with something else at a few places."""
    for _ in range(dice.choice((0, 1, 1, 1, 2, 4))):
        value = _at_one_place(value, dice)
    return value


def _at_one_place(value: Any, dice: random.Random) -> Any:
    if isinstance(value, dict) and value and dice.random() < 0.85:
        name = dice.choice(list(value))
        return {
            key: _at_one_place(inner, dice) if key == name else inner
            for key, inner in value.items()
        }
    if isinstance(value, list) and value and dice.random() < 0.85:
        at = dice.randrange(len(value))
        return [
            _at_one_place(inner, dice) if i == at else inner
            for i, inner in enumerate(value)
        ]
    return _other(value, dice)


def _other(value: Any, dice: random.Random) -> Any:
    if isinstance(value, dict):
        pairs = list(value.items())
        match dice.randrange(5):
            case 0:
                dice.shuffle(pairs)
            case 1:
                pairs.append(
                    (dice.choice(("new", "id", "type", "é")), dice.choice(ODD))
                )
            case 2 if pairs:
                pairs.pop(dice.randrange(len(pairs)))
            case 3 if pairs:
                pairs.append(dice.choice(pairs))
            case _:
                return dice.choice(ODD)
        return (
            Doubled(pairs) if len({k for k, _ in pairs}) < len(pairs) else dict(pairs)
        )
    if isinstance(value, list):
        match dice.randrange(4):
            case 0 if value:
                return [*value, dice.choice(value)]
            case 1 if value:
                return value[1:]
            case 2:
                return [*value, dice.choice(ODD)]
            case _:
                return dice.choice(ODD)
    if isinstance(value, str) and dice.random() < 0.4:
        long = "x" * (dice.choice(AROUND) + dice.randrange(-2, 3))
        return (value if dice.random() < 0.5 else long) + dice.choice(
            ("x", "é", "\n", '"', "\U0001f600", "\ud800", "\u2028")
        )
    if type(value) is int and abs(value) < 10**200 and dice.random() < 0.5:
        return dice.choice((value + 1, float(value), -value, value * 10**18))
    if type(value) is float and dice.random() < 0.5:
        return dice.choice((value * 2, int(value), value / 3, -value))
    return dice.choice(ODD)


class Doubled(dict[str, Any]):
    """An object in whose text some name stands twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


def _spelled(value: Any, dice: random.Random) -> str:
    """The text of a value, with spaces and escapes as some program may write them."""
    comma, colon = dice.choice(
        ((",", ":"), (",", ":"), (", ", ": "), (" ,\n", "\t:\r "))
    )
    ascii_ = dice.random() < 0.3

    def write(inner: Any) -> str:
        if isinstance(inner, dict):
            found = inner.pairs if isinstance(inner, Doubled) else inner.items()
            pairs = [f"{text(key)}{colon}{write(item)}" for key, item in found]
            return "{" + comma.join(pairs) + "}"
        if isinstance(inner, list):
            return "[" + comma.join(map(write, inner)) + "]"
        if isinstance(inner, str):
            return text(inner)
        return json.dumps(inner)

    def text(inner: str) -> str:
        written = json.dumps(inner, ensure_ascii=ascii_)
        if dice.random() < 0.02 and inner and inner[0].isascii() and inner[0].isalpha():
            return f'"\\u{ord(inner[0]):04x}{written[2:]}'
        return written

    return write(value)
