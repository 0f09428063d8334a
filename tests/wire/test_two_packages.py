"""Two generated packages in one process: strangers to each other that get along."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from tests.wire.packages import build

SPEC = """
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths: {}
components:
  schemas:
    Money:
      type: object
      required: [amount]
      properties: {amount: {type: string, maxLength: LIMIT}}
    Paid:
      type: object
      required: [type]
      properties: {type: {const: paid}, price: {$ref: '#/components/schemas/Money'}}
    Sent: {type: object, required: [type], properties: {type: {const: sent}}}
    Event:
      oneOf: [{$ref: '#/components/schemas/Paid'}, {$ref: '#/components/schemas/Sent'}]
"""


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    found = []
    for name, limit in (("one", 3), ("other", 5)):
        folder = tmp_path_factory.mktemp(name)
        text = SPEC.replace("LIMIT", str(limit))
        (folder / "spec.yaml").write_text(text, encoding="utf-8")
        found.append(build(folder / "spec.yaml", f"wire_pair_{name}", folder).sdk)
    return found[0], found[1]


def test_each_has_its_own_of_everything(pair: tuple[Any, Any]) -> None:
    one, other = pair
    for name in ("Money", "UnknownEvent", "ValidationError", "Violation", "UNSET"):
        assert getattr(one, name) is not getattr(other, name)
    assert other.Money(amount="12345").amount == "12345"
    with pytest.raises(one.ValidationError) as caught:
        one.Money(amount="12345")
    assert not isinstance(caught.value, other.ValidationError)
    assert isinstance(caught.value, ValueError)
    for sdk in pair:
        for again in (
            copy.deepcopy(sdk.Money(amount="1")),
            pickle.loads(pickle.dumps(sdk.Money(amount="1"))),
        ):
            assert type(again) is sdk.Money
    assert one.Money(amount="1") != other.Money(amount="1")
    with pytest.raises(TypeError, match=r"^Money: amount: UNSET .* of another package"):
        one.Money(amount=other.UNSET)


def test_their_events_take_turns(pair: tuple[Any, Any]) -> None:
    frame = b'{"type": "paid", "price": {"amount": "1234"}}'
    for _ in range(3):
        drifted, fine = (sdk.EVENTS["Event"].decode(frame) for sdk in pair)
        assert pair[0].violations_of(drifted)[0].keyword == "maxLength"
        assert pair[1].violations_of(fine) == []


def test_what_is_of_the_other_package_is_refused_or_read_anew(
    pair: tuple[Any, Any],
) -> None:
    one, other = pair
    money = one.Money(amount="1")
    paid = other.Paid(price=money)
    assert type(paid.price) is other.Money
    with pytest.raises(TypeError, match="is of another package: wire_pair_one"):
        other.violations_of(money)
    with pytest.raises(TypeError, match="is of another package: wire_pair_one"):
        other.extra_of(money)
    with pytest.raises(TypeError, match="Sent is of another package: wire_pair_one"):
        other.EVENTS["Event"].encode(one.Sent())
    dispatcher = other.EVENTS["Event"].dispatcher()
    for stranger in (one.Sent(), one.UnknownEvent("a", {"type": "a"})):
        with pytest.raises(TypeError, match="; its `to_json` gives one"):
            dispatcher.dispatch(stranger)
    with pytest.raises(TypeError, match="dict is no event of Event"):
        other.EVENTS["Event"].encode({"type": "sent"})
    with pytest.raises(one.ValidationError, match=r"price\.amount: '1234' is longer"):
        one.Paid(price=other.Money(amount="1234"))
