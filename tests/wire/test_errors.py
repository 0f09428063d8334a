"""Errors that people read: where, what was expected, what came, and what to do."""

from __future__ import annotations

import collections
import datetime
import decimal
import ipaddress
import time
import tracemalloc
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.wire.packages import build

SPEC = """
openapi: 3.1.0
info: {title: Errors, version: "1"}
paths: {}
components:
  schemas:
    Money:
      type: object
      required: [amount]
      properties:
        amount: {type: string}
        currency: {type: string, enum: [EUR, USD, GBP]}
    Line:
      type: object
      properties:
        unitPrice: {$ref: '#/components/schemas/Money'}
        weight: {type: number}
    Order:
      type: object
      properties:
        lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
        labels: {type: object, additionalProperties: {type: string, maxLength: 3}}
        note: {type: string}
        tree: {type: array, items: {$ref: '#/components/schemas/Order'}}
"""


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("errors")
    (folder / "spec.yaml").write_text(SPEC, encoding="utf-8")
    return build(folder / "spec.yaml", "wire_errors", folder).sdk


def test_the_whole_place_stands_in_the_text(sdk: Any) -> None:
    value = {
        "lines": [{}, {"unitPrice": {"currency": "NOK"}}, 5],
        "labels": {"content-type": "text/plain", "a/b~": "abcd", "7": 1, "": "long"},
    }
    with pytest.raises(sdk.ValidationError) as caught:
        sdk.Order.from_dict(value)
    assert str(caught.value).splitlines() == [
        "7 violations in Order",
        "  lines[1].unitPrice.currency: 'NOK' is not one of 'EUR', 'USD', 'GBP'",
        "  lines[1].unitPrice: the property 'amount' is missing",
        "  lines[2]: 5 is not an object",
        "  labels['content-type']: 'text/plain' is longer than 3 characters",
        "  labels['a/b~']: 'abcd' is longer than 3 characters",
        "  labels[7]: 1 is not a string",
        "  labels['']: 'long' is longer than 3 characters",
    ]
    first = caught.value.violations[0]
    assert str(first) == str(caught.value).splitlines()[1].strip()
    assert first.path == "/lines/1/unitPrice/currency"
    assert str(sdk.violations_of(sdk.Order.from_dict({"note": None}, strict=False))[0])


def test_one_is_singular_and_what_came_is_cut(sdk: Any) -> None:
    with pytest.raises(sdk.ValidationError) as caught:
        sdk.Money(amount="1", currency="x" * 10_000)
    first, second = str(caught.value).splitlines()
    assert first == "1 violation in Money"
    assert second.startswith("  currency: 'xxx")
    assert len(second) < 160


def test_long_places_are_cut(sdk: Any) -> None:
    value: Any = {"labels": {"n" * 5000: "long"}}
    for _ in range(300):
        value = {"tree": [value]}
    (violation,) = sdk.SCHEMAS["Order"].violations(value)
    assert len(violation.path) > 5000
    assert len(str(violation)) < 700
    assert str(violation).startswith("tree[0].tree[0].")


def test_twenty_are_shown_and_the_rest_is_counted(sdk: Any) -> None:
    for number, lines in [(20, 21), (21, 22), (40, 22)]:
        with pytest.raises(sdk.ValidationError) as caught:
            sdk.Order(lines=[5] * number)
        found = str(caught.value).splitlines()
        assert len(found) == lines
        assert caught.value.count == len(caught.value.violations) == number
    assert found[0] == "40 violations in Order"
    assert found[-1] == "  and 20 more"


def test_a_million_are_bounded_in_time_and_memory(sdk: Any) -> None:
    value = {"lines": [5] * 1_000_000}
    start = time.process_time()
    with pytest.raises(sdk.ValidationError) as caught:
        sdk.Order.from_dict(value)
    assert time.process_time() - start < 20
    assert caught.value.count == 1_000_000
    assert len(caught.value.violations) == 10_000
    assert str(caught.value).splitlines()[-1] == "  and 999980 more"
    assert len(repr(caught.value)) < 3000
    tracemalloc.start()
    found = sdk.SCHEMAS["Order"].violations({"lines": [5] * 100_000})
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 10_000
    assert taken < 10_000_000


class Measured(float):
    """A number of somebody's own, as those of numpy are."""


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        (datetime.datetime(2026, 1, 2), "datetime .*: pass value.isoformat()"),
        (datetime.date(2026, 1, 2), "date .*: pass value.isoformat()"),
        (datetime.timedelta(1), "timedelta .*: pass value.total_seconds()"),
        (uuid.UUID(int=1), "UUID .*: pass str(value)"),
        (decimal.Decimal("1.5"), "Decimal .*: pass str(value) where text is wanted"),
        (
            b"abc",
            "bytes .*: pass base64.b64encode(value).decode() where text is base64",
        ),
        ({1}, "set .*: pass list(value)"),
        (Path("a"), ".*Path .*: pass str(value)"),
        (float("nan"), "nan .*: JSON has finite numbers only"),
        (Measured("nan"), "nan .*: JSON has finite numbers only"),
        (range(3), "range .*: pass list(value)"),
        (collections.UserString("a"), "UserString .*: pass str(value)"),
        (ipaddress.ip_address("::1"), "IPv6Address .*: pass str(value)"),
        ({"a": 1, 2: 3}, "2 cannot be a property name: pass str(name)"),
        (object(), "object has no JSON form$"),
        (Measured, "the class Measured .*: pass an object, not its class"),
    ],
)
def test_what_has_no_json_form_says_what_to_pass(
    sdk: Any, value: Any, advice: str
) -> None:
    advice = advice.replace("(", r"\(").replace(")", r"\)")
    with pytest.raises(TypeError, match=f"^Order: note: {advice}"):
        sdk.Order(note=value)
    inside = rf"^Order: lines\[1\]\.unitPrice\.amount: {advice}"
    line = {"unitPrice": {"amount": value}}
    lines = {"lines": [{}, line, line]}
    for make in (
        lambda: sdk.Order(**lines),
        lambda: sdk.Order.from_dict(lines),
        lambda: sdk.SCHEMAS["Order"].decode(lines),
    ):
        with pytest.raises(TypeError, match=inside):
            make()


def test_what_is_put_into_an_object_later_has_its_place(sdk: Any) -> None:
    schema = sdk.SCHEMAS["Order"]
    inner = sdk.Order(labels={"a": "b"})
    order = sdk.Order(lines=[sdk.Line()], tree=[inner])
    order.tree[0].labels["c-d"] = {1}
    place = r"tree\[0\]\.labels\['c-d'\]: set has no JSON form: pass list\(value\)$"
    for make in (
        order.to_dict,
        order.to_json,
        lambda: schema.encode(order),
        lambda: schema.to_json(order),
        lambda: schema.violations(order),
        lambda: schema.violations({"tree": order.tree}),
        lambda: sdk.violations_of(order),
    ):
        with pytest.raises(TypeError, match=f"^Order: {place}"):
            make()
    with pytest.raises(TypeError, match=rf"^Order: tree\[0\]\.{place}"):
        sdk.Order(tree=[order])


def test_none_is_absent_only_where_the_annotation_says_so(sdk: Any) -> None:
    """`T | None` is a field that may be absent; null has no field then, and says so."""
    assert sdk.Order(note=None).to_dict() == {}
    with pytest.raises(sdk.ValidationError, match="amount: null is not a string"):
        sdk.Money(amount=None)
    with pytest.raises(sdk.ValidationError, match=r"lines\[0\]: null is not an obj"):
        sdk.Order(lines=[None])
    with pytest.raises(sdk.ValidationError, match="note: null is not a string"):
        sdk.Order.from_dict({"note": None})
    (violation,) = sdk.violations_of(sdk.Order.from_dict({"note": None}, strict=False))
    assert str(violation) == "note: null is not a string"


def test_what_is_absent_is_nothing_to_send(sdk: Any) -> None:
    labels = sdk.Order(labels={"a": "b"}, tree=[sdk.Order(lines=[sdk.Line()])])
    labels.labels["a"] = sdk.UNSET
    labels.tree[0].lines.append(sdk.UNSET)
    for make in (labels.to_dict, labels.to_json, lambda: sdk.violations_of(labels)):
        with pytest.raises(TypeError, match=r"^Order: .*: UNSET has no JSON form"):
            make()
