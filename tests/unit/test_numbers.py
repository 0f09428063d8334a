"""What integers and floats are compared with where a limit is wide."""

from __future__ import annotations

import pytest

from codegen.ir.numbers import facing, sides


@pytest.mark.parametrize(
    ("number", "integer", "real"),
    [
        (0.1, 0.1, 0.1),
        (2.0, 2, 2.0),
        (1e22, 10**22, 1e22),
        (1e23, 10**23, 1e23),
        (-1e300, -(10**300), -1e300),
        (10**23, 10**23, 1e23),
        (2**63 - 1, 2**63 - 1, 2**63 - 1),
        (2**64 - 1, 2**64 - 1, 2**64 - 1),
        (10**400, 10**400, 10**400),
        (float("inf"), float("inf"), float("inf")),
    ],
)
def test_sides(number: float, integer: float, real: float) -> None:
    assert tuple(sides(number)) == (integer, real)
    assert facing(number, 1) == integer
    assert facing(number, 1.0) == real
