"""Values through `is_valid`, natively and in Python: `python -m tests.native.judged`.

The package is a generated one, with values from its golden files, or one of random
schemas; `--help` says how.
"""

from __future__ import annotations

import collections
import copy
import decimal
import enum
import importlib
import json
import random
import sys
import types
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from tests.native.frames import changed
from tests.native.fuzz import options, random_package, texts_of


def main() -> int:
    arguments = options(__doc__)
    dice, tally = random.Random(arguments.seed), Tally()
    if arguments.package == "random":
        while tally.values < arguments.count and not tally.differences:
            number = dice.randrange(2**32)
            with random_package(number) as (package, texts):
                if package is not None:
                    tally.compare(package, texts, arguments.each, dice, number)
    else:
        folder = Path(arguments.package)
        sys.path.insert(0, str(folder.parent))
        texts = [text for name in arguments.seeds for text in texts_of(Path(name))]
        package = importlib.import_module(folder.name)
        tally.compare(package, texts, arguments.count, dice, 0)
    print(f"{tally}, seed {arguments.seed}")
    return 1 if tally.differences or not tally.valid or not tally.invalid else 0


class Judged:
    """One schema, whose values both judge."""

    def __init__(self, schema: Any, native: Callable[[Any], Any], python: Any) -> None:
        self.schema = schema
        self._native = native
        self._python = python
        self._plain = copy.copy(schema)
        self._plain._valid = python

    def said(self, make: Callable[[], Any]) -> bool | None:
        """What tables say of a value, None where they leave it to Python."""
        found: bool | None = self._native(make())
        return found

    def difference(self, make: Callable[[], Any]) -> str | None:
        """How the answers for a value differ; None if they do not. It is made for
        each, for it may change when it is looked at."""
        said = self.said(make)
        if said is not None:
            expected = outcome(self._python, make())
            if said is not expected and (said or expected is True):
                return f"tables say {said}, Python {expected}"
        left = outcome(self.schema.is_valid, make())
        right = outcome(self._plain.is_valid, make())
        return None if left == right else f"native {left}, Python {right}"


def outcome(judge: Callable[[Any], Any], value: Any) -> Any:
    """What is said of a value, or what is raised."""
    try:
        return judge(value)
    except Exception as error:  # noqa: BLE001 - which is an outcome
        return type(error).__name__, str(error).partition(" at 0x")[0]


def judged_by(package: ModuleType) -> list[Judged]:
    """The schemas of a package of which tables have something to say."""
    accelerator = importlib.import_module(f"{package.__name__}._runtime._accelerator")
    checks = importlib.import_module(f"{package.__name__}._checks")
    assert package.__codec__.startswith("native"), package.__codec__
    found = []
    for schema in package.SCHEMAS.values():
        native = accelerator._STATE.codec.validator(schema.symbol, _leave)
        if native is not None:
            python = getattr(checks, f"valid_{schema.symbol}")
            found.append(Judged(schema, native, python))
    return found


def _leave(value: Any) -> None:
    """What tables leave to Python."""


class Tally:
    """How many values were judged, and what came of them."""

    def __init__(self) -> None:
        self.values = self.schemas = self.valid = self.invalid = self.left = 0
        self.differences = 0

    def __str__(self) -> str:
        return (
            f"{self.values} values by {self.schemas} schemas, {self.differences}"
            f" differences; tables called {self.valid} valid and {self.invalid}"
            f" invalid, and left {self.left} to Python"
        )

    def compare(
        self,
        package: ModuleType,
        texts: Iterable[str],
        count: int,
        dice: random.Random,
        number: int,
    ) -> None:
        """Change values, and hold what is said of them against each other, until there
        is a difference. `number` is that of a random specification."""
        all_judged, seeds = judged_by(package), [*map(json.loads, texts)]
        fitting = [
            (judged, value)
            for judged in all_judged
            for value in seeds
            if judged.schema.is_valid(value)
        ]
        self.schemas += len(all_judged)
        until = self.values + count if fitting else 0
        while self.values < until and not self.differences:
            judged, seed = dice.choice(fitting)
            self._compare(judged, seed, number)
            for _ in range(20):
                value = changed(seed, dice) if dice.random() < 0.7 else seed
                makers = [makers_of(package), []][dice.random() < 0.5]
                state = dice.getrandbits(64)
                self._compare(judged, value, number, makers, state)

    def _compare(
        self,
        judged: Judged,
        value: Any,
        number: int,
        makers: list[Callable[[Any], Any]] | None = None,
        state: int = 0,
    ) -> None:
        def make() -> Any:
            same = copy.deepcopy(value)
            return placed(same, makers, random.Random(state)) if makers else same

        said = judged.said(make)
        self.values += 1
        self.valid += said is True
        self.invalid += said is False
        self.left += said is None
        difference = judged.difference(make)
        if difference is not None:
            print(f"{number} {judged.schema.name}: {_shown(make())}\n  {difference}")
            self.differences += 1


def _shown(value: Any) -> str:
    try:
        return repr(value)
    except RecursionError:
        return "something deep"


def placed(value: Any, makers: list[Callable[[Any], Any]], dice: random.Random) -> Any:
    """The value, in which one is replaced by what is made of it."""
    if isinstance(value, dict) and value and dice.random() < 0.8:
        name = dice.choice(list(value))
        value[name] = placed(value[name], makers, dice)
        return value
    if isinstance(value, list) and value and dice.random() < 0.8:
        at = dice.randrange(len(value))
        value[at] = placed(value[at], makers, dice)
        return value
    return dice.choice(makers)(value)


# --- what no reader of JSON gives ----------------------------------------------------


class Text(str):
    """No plain text."""

    __slots__ = ()


class Whole(int):
    """No plain integer."""


class Real(float):
    """No plain float."""


class Row(list[Any]):
    """No plain list."""


class Map(dict[Any, Any]):
    """No plain dict."""


class Word(enum.StrEnum):
    """A text that is a member."""

    X = "x"


class Number(enum.IntEnum):
    """An integer that is a member."""

    ONE = 1


class Liar:
    """What says that it is of another class."""

    def __init__(self, cls: type) -> None:
        self._cls = cls

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return self._cls


class Refusing:
    """What nothing can be compared with."""

    def __eq__(self, other: object) -> bool:
        raise ValueError("compared")

    __hash__ = None  # type: ignore[assignment]


class Name(str):
    """A name that takes others out of its dict when it is compared with them."""

    owner: dict[Any, Any]

    def __eq__(self, other: object) -> bool:
        self.owner.clear()
        return str.__eq__(self, other)  # type: ignore[no-any-return]

    __hash__ = str.__hash__


def _disturbed(value: Any) -> Any:
    """A dict that changes when it is looked at."""
    found: dict[Any, Any] = {}
    for key in ("type", "a", *(value if isinstance(value, dict) else ())):
        name = Name(key)
        name.owner = found
        found[name] = value[key] if isinstance(value, dict) and key in value else 1
    return found


def nested(levels: int, end: Any = None, name: str | None = None) -> Any:
    """So many arrays, or objects with one property, in each other."""
    for _ in range(levels):
        end = [end] if name is None else {name: end}
    return end


def _endless(value: Any) -> Any:
    """What is inside of itself."""
    if isinstance(value, dict):
        value["a"] = value["items"] = value["b"] = value
        return value
    found: list[Any] = [value]
    found += [found, found]
    return found


def _spread(value: Any) -> Any:
    """What is the same in very many places."""
    for _ in range(12):
        value = [value, value]
    return value


_LEVELS: Final = (20, 98, 99, 100, 101, 102, 1023, 1024, 1025, 3000)

_MAKERS: Final[list[Callable[[Any], Any]]] = [
    *(
        lambda _, odd=odd: odd
        for odd in (
            *(float("nan"), float("inf"), -float("inf"), 1.0, -0.0, 2.0**63, 1e300),
            *(2**53, 2**53 + 1, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 10**400),
            *(True, False, None, b"x", bytearray(b"x"), (), (1, "x"), frozenset(), 1j),
            *(decimal.Decimal(1), decimal.Decimal("0.5"), Word.X, Number.ONE, ...),
            *("\ud800", "a\ud800", "\0", "x" * 10_000, "é", "", int, object()),
            *(Liar(dict), Liar(str), Liar(int), Liar(list), Refusing()),
        )
    ),
    *(lambda value, n=n: nested(n, value) for n in _LEVELS),
    *(lambda value, n=n: nested(n, value, "a") for n in _LEVELS),
    lambda value: Text(value) if isinstance(value, str) else Text("x"),
    lambda value: Whole(value) if type(value) is int else Whole(1),
    lambda value: Real(value) if type(value) in (int, float) else Real(1),
    lambda value: float(value) if type(value) is int else 1.5,
    lambda value: bool(value) if type(value) is int else True,
    lambda value: Row(value) if isinstance(value, list) else Row(),
    lambda value: tuple(value) if isinstance(value, list) else (value,),
    lambda value: Map(value) if isinstance(value, dict) else Map(),
    lambda value: collections.OrderedDict(value if isinstance(value, dict) else {}),
    lambda value: collections.UserDict(value if isinstance(value, dict) else {}),
    lambda value: types.MappingProxyType(value if isinstance(value, dict) else {}),
    lambda value: iter([value]),
    lambda value: {**(value if isinstance(value, dict) else {}), 1: value},
    lambda value: {**(value if isinstance(value, dict) else {}), None: value},
    lambda value: {**(value if isinstance(value, dict) else {}), "\ud800": value},
    lambda value: {Text("type"): value, **(value if isinstance(value, dict) else {})},
    lambda value: {(): value, **(value if isinstance(value, dict) else {})},
    lambda value: {**(value if isinstance(value, dict) else {}), "é": value},
    lambda value: [value] * 70,
    lambda value: [1, True, 1.0, value],
    _disturbed,
    _endless,
]


def makers_of(package: ModuleType) -> list[Callable[[Any], Any]]:
    """What a value may be replaced by, objects of the package among them."""
    return [*_MAKERS, lambda value: _typed(package, value), lambda _: package.UNSET]


def _typed(package: ModuleType, value: Any) -> Any:
    """The object of some schema that stands for a value."""
    for schema in package.SCHEMAS.values():
        if isinstance(value, dict) and schema.is_valid(value):
            return schema.decode(value)
    return value


if __name__ == "__main__":
    sys.exit(main())
