"""Versions of this tool, and which of them a project asks for.

What a project asks for is written as for packages: `==0.3.*`, `>=0.3,<0.4`, `~=0.3.1`;
a version alone is that very one.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

OURS: Final = "0.1.0"
"""The version of this tool."""

_ONE: Final = r"\s*(==|!=|>=|<=|~=|>|<)?\s*([0-9]{1,9}(?:\.[0-9]{1,9})*)(\.\*)?\s*"


def satisfies(version: str, asked: str) -> bool:
    """Whether a version is one that is asked for. Raises ValueError where that is not
    said in a way that is known."""
    met = [_meets(_numbers(version), part) for part in asked.split(",")]
    return all(met)


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a release; what comes behind them is not looked at."""
    import re  # Every start imports this module, and few ask anything of it.

    found = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    return tuple(map(int, found[0].split("."))) if found else ()


def _meets(version: tuple[int, ...], part: str) -> bool:
    import re

    found = re.fullmatch(_ONE, part)
    operator = (found[1] or "==") if found else ""
    if found is None or (found[3] and operator not in ("==", "!=")):
        raise ValueError(f"{part.strip()!r} is no version, nor one with ==, >=, <, ~=")
    wanted = _numbers(found[2])
    if operator == "~=":
        if len(wanted) < 2:
            raise ValueError(f"{part.strip()!r} needs a second number")
        return _compared(version, wanted) >= 0 and _begins(version, wanted[:-1])
    if found[3]:
        return _begins(version, wanted) == (operator == "==")
    order = _compared(version, wanted)
    return {
        "==": order == 0,
        "!=": order != 0,
        ">=": order >= 0,
        "<=": order <= 0,
        ">": order > 0,
        "<": order < 0,
    }[operator]


def _begins(version: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    padded = (*version, *(0,) * len(wanted))
    return padded[: len(wanted)] == wanted


def _compared(version: tuple[int, ...], wanted: tuple[int, ...]) -> int:
    length = max(len(version), len(wanted))
    one, other = ((*v, *(0,) * (length - len(v))) for v in (version, wanted))
    return (one > other) - (one < other)
