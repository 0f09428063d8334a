"""Nodes of scalars for `_native`: conditions on strings and numbers, and on the number
of items or properties. See `native_module.py`."""

from __future__ import annotations

from typing import Any, Final, TypeAlias, assert_never

from codegen import ecma
from codegen.ir import model as ir
from codegen.ir import numbers, walk
from codegen.python.model.typed_texts import Formats, TextType

Node: TypeAlias = "bool | str | dict[str, Any]"

_SCALARS: Final = ("string", "number", "integer", "boolean", "null")
_LARGEST_PART: Final = 2**31
"""Numerators and denominators of divisors stay below this."""
_LARGEST: Final = 2**53
"""Up to here an integer can be compared with a limit as a float."""


class NoForm(Exception):
    """Nodes cannot express what a schema asserts."""


def leaf(schema: ir.Schema, formats: Formats, type_of: TextType | None = None) -> Node:
    """The node of a scalar under conditions. Its texts become values of `type_of`, if
    that is given. Arrays and objects may be anything."""
    type_, enum = walk.find(schema, ir.Type), walk.find(schema, ir.Enum)
    kinds = [type(a) for a in schema.assertions if isinstance(a, ir.OnAnyValue)]
    if not kinds or len(set(kinds)) < len(kinds):
        raise NoForm
    types = set(type_.types) if type_ is not None else {"string", "integer", "null"}
    found: dict[str, Any] = {
        name: {} if name not in ("null", "boolean") else True for name in sorted(types)
    }
    if "number" in found:
        found.pop("integer", None)
    if enum is not None:
        found = _listed(enum, found)
    if type_of is not None:
        if not isinstance(found.get("string"), dict):
            raise NoForm
        found["string"]["typed"] = "typed", f"{type_of.runtime}.{type_of.form}"
        formats = formats.without([type_of])
    for assertion in schema.assertions:
        _limit(assertion, found, formats)
    if len(found) == 1:
        name, value = next(iter(found.items()))
        if value in ({}, True) and name in _SCALARS:
            return name
    return found


def _listed(enum: ir.Enum, found: dict[str, Any]) -> dict[str, Any]:
    plain = [value for value in enum.values if value is not None]
    texts = tuple(value for value in plain if isinstance(value, str))
    whole = tuple(value for value in plain if is_small(value))
    if len(texts) + len(whole) < len(plain):
        raise NoForm
    kept: dict[str, Any] = {}
    if texts and "string" in found:
        kept["string"] = {"values": texts}
    if whole and found.keys() & {"number", "integer"}:
        kept["integer"] = {"values": whole}
    if None in enum.values and "null" in found:
        kept["null"] = True
    return kept


def _limit(assertion: ir.Assertion, found: dict[str, Any], formats: Formats) -> None:
    """Add the condition of an assertion to those of the type that it is about."""
    match assertion:
        case ir.OnNumbers():
            _limit_number(assertion, found)
        case ir.OnStrings():
            if isinstance(found.get("string"), dict):
                _limit_string(assertion, found["string"], formats)
        case ir.Type() | ir.Enum():
            pass  # Both have been read.
        case ir.Never() | ir.OnArrays() | ir.OnObjects() | ir.InPlace():
            raise NoForm
        case _:
            assert_never(assertion)


def _limit_number(assertion: ir.NumberAssertion, found: dict[str, Any]) -> None:
    limits = found.get("number", found.get("integer"))
    if limits is None:
        return
    match assertion:
        case ir.Minimum(limit, exclusive):
            key = "above" if exclusive else "minimum"
        case ir.Maximum(limit, exclusive):
            key = "below" if exclusive else "maximum"
        case ir.MultipleOf(divisor):
            _limit_multiple(divisor, limits)
            return
        case _:
            assert_never(assertion)
    both = numbers.sides(limit)
    if both.integer != both.real or abs(limit) > _LARGEST or key in limits:
        raise NoForm
    limits[key] = float(limit)


def _limit_multiple(divisor: float, limits: dict[str, Any]) -> None:
    exact = numbers.decimal(divisor)
    parts = exact.numerator, exact.denominator
    if "multiple" in limits or max(parts) >= _LARGEST_PART or min(parts) < 1:
        raise NoForm
    limits["multiple"] = parts


def _limit_string(
    assertion: ir.StringAssertion, limits: dict[str, Any], formats: Formats
) -> None:
    match assertion:
        case ir.MinLength(limit):
            limits["least"] = max(limit, limits.get("least", 0))
        case ir.MaxLength(limit):
            limits["most"] = min(limit, limits.get("most", limit))
        case ir.Pattern(regex):
            _test(limits, *test_of_pattern(regex))
        case ir.Format(name):
            if name in formats.typed:
                raise NoForm
            if name in formats:
                _test(limits, "format", name)
        case _:
            assert_never(assertion)


def test_of_pattern(regex: str) -> tuple[str, str]:
    """The test for texts that match a pattern."""
    match ecma.way(regex):
        case ecma.Way.BACKTRACKING:
            return "pattern", ecma.translate(regex)
        case ecma.Way.LINEAR:
            return "linear", ecma.translate(regex)
        case ecma.Way.SHORT:
            raise NoForm
        case other:
            assert_never(other)


def _test(limits: dict[str, Any], kind: str, name: str) -> None:
    """Add a test for texts that a function of the runtime does."""
    limits["tests"] = (*limits.get("tests", ()), (kind, name))


def is_small(value: ir.Json) -> bool:
    """Whether a value is an integer that no other number equals in any
    representation."""
    return type(value) is int and abs(value) < _LARGEST


_Least: TypeAlias = "type[ir.MinItems] | type[ir.MinProperties]"
_Most: TypeAlias = "type[ir.MaxItems] | type[ir.MaxProperties]"


def sizes(schema: ir.Schema, least: _Least, most: _Most) -> dict[str, int]:
    """The conditions on the number of items or properties."""
    low = [a.limit for a in schema.assertions if isinstance(a, least)]
    high = [a.limit for a in schema.assertions if isinstance(a, most)]
    found = {"least": max(low)} if low else {}
    return found | ({"most": min(high)} if high else {})
