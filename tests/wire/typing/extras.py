"""What `extra_of` gives is typed where the specification types it."""

from typing import Any, assert_type

import typed_extra
from typed_extra import Level, Mixed, Money, Open, Prices, extra_of, with_extra


class Mine(Prices):
    """Derived."""


def read(prices: Prices, mixed: Mixed, plain: Open, mine: Mine) -> None:
    assert_type(extra_of(prices), dict[str, Money])
    assert_type(extra_of(prices)["eu"].amount, str)
    assert_type(extra_of(mixed), dict[str, Level | list[Money] | int])
    assert_type(extra_of(plain), dict[str, Any])
    assert_type(extra_of(mine), dict[str, Money])
    more = with_extra(prices, {**extra_of(prices), "us": Money(amount="3")})
    assert_type(more, Prices)
    assert_type(typed_extra.extra_of(more).keys() & {"us"}, set[str])
    made = with_extra(Prices, {"us": Money(amount="3")}, note="n")
    assert_type(made, Prices)
    assert_type(with_extra(Mine, {}), Mine)
