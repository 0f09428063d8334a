"""The members of an enum: what each value is called, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from codegen.ir import model as ir
from codegen.ir.apart import apart
from codegen.python.model import identifiers
from codegen.python.model.reserved import OF_MEMBERS, free
from codegen.text import Name, as_read
from codegen.text import name as checked


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an enum; `doc` is what the specification says of its value."""

    name: Name
    value: str | int
    doc: str


def members_of(
    said: Iterable[ir.EnumMember],
    values: Iterable[ir.Json],
    renamed: Mapping[ir.Json, str] = MappingProxyType({}),
) -> tuple[Member, ...]:
    """The members of an enum, for those of these values that are strings and integers;
    each value once. `said` is what the specification says of values; of what several
    parts of it say of one value, the first counts.

    If the specification gives the value a name (`x-enum-varnames` and its like), the
    member has it, spelled as an identifier where it is none. Otherwise the name follows
    from the value: `in-transit` is `IN_TRANSIT`, 1 is `VALUE_1` and -1 is
    `VALUE_MINUS_1`. Names in `renamed` come before both.
    """
    kept = {
        (type(value), value): value
        for value in values
        if isinstance(value, str | int) and not isinstance(value, bool)
    }
    told: dict[tuple[type, ir.Json], ir.EnumMember] = {}
    for one in said:
        first = told.setdefault(_key(one.value), one)
        name, text = first.name or one.name, first.description or one.description
        told[_key(one.value)] = ir.EnumMember(one.value, name, text)
    wishes: dict[str, str] = {}
    texts: dict[tuple[type, str | int], str] = {}
    for key, value in kept.items():
        given = renamed.get(value) or (told[key].name if key in told else "")
        text = str(value)
        if text in wishes:  # A text and a number may look alike.
            text = repr(value)
        wishes[text] = wish(value, given)
        texts[key] = text
    names = apart(wishes, OF_MEMBERS)
    return tuple(
        Member(
            checked(names[texts[key]]),
            value,
            as_read(told[key].description) if key in told else "",
        )
        for key, value in kept.items()
    )


def _key(value: ir.Json) -> tuple[type, ir.Json]:
    """A key under which 1.0 is 1, and true is not."""
    whole = isinstance(value, float) and value.is_integer()
    return (int, int(value)) if whole else (type(value), value)


def follows(name: str, value: ir.Json) -> bool:
    """Whether a name says no more than a value, as that of a member would."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return False
    return name == value or _given(name) == _own(value)


def wish(value: str | int, given: str = "") -> str:
    """The name that a member should have: the one that is given, or that of its
    value."""
    return _given(given) or _own(value)


def _given(name: str) -> str:
    """A name of the specification as that of a member."""
    if not name:
        return ""
    as_written: str = identifiers.attribute(name)
    wish = as_written if as_written == name else identifiers.constant(name)
    return free(wish, OF_MEMBERS)


def _own(value: str | int) -> str:
    """A name that follows from a value."""
    if isinstance(value, str):
        return identifiers.constant(value)
    return f"VALUE_{value}" if value >= 0 else f"VALUE_MINUS_{-value}"
