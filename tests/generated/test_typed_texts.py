"""Values of Python types that stand for texts of a format: nothing is lost of a text,
and a program need not know that there is one."""

from __future__ import annotations

import base64
import copy
import dataclasses
import datetime as dt
import json
import pickle
import sys
import uuid
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.generated import packages

UTC = dt.UTC
UUID = "7E57D004-2b97-4e7a-b45f-5387367791cd"
BASE: dict[str, Any] = {"uuid": UUID, "at": "2024-12-17t12:30:00.500z"}
NOON = dt.datetime(2024, 12, 17, 12, tzinfo=UTC)

EVERY: dict[str, Any] = {
    **BASE,
    "date": "2024-01-02",
    "until": "2024-12-17T12:30:00+00:00",
    "time": "23:59:59.50-08:00",
    "took": "P0003DT90M",
    "price": "+1.500",
    "image": "aGk=",
    "days": ["2024-01-02", "2024-01-03"],
    "log": {"made": "2024-12-17T12:30:00-00:00"},
    "span": ["2024-01-02", 5],
    "nested": [["", "AA=="]],
    "since": "2024-12-17T12:30:00.10Z",
    "which": "2024-01-02",
    "spoken": "2024-12-17T12:30:00.0Z",
    "more": UUID.lower(),
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("typed")


@pytest.fixture(scope="module")
def sdk(output: Path) -> Iterator[Any]:
    before = set(sys.modules)
    yield packages.build(output, [packages.HERE / "style_types"])["style_types"]
    for name in set(sys.modules) - before:
        if name.startswith("case_"):
            del sys.modules[name]


def test_every_text_is_a_value_and_goes_out_as_it_came(sdk: Any) -> None:
    booking = sdk.Booking.from_dict(EVERY)
    assert booking.uuid == uuid.UUID(UUID)
    assert booking.at == dt.datetime(2024, 12, 17, 12, 30, 0, 500_000, UTC)
    assert booking.date == dt.date(2024, 1, 2)
    offset = dt.timezone(dt.timedelta(hours=-8))
    assert booking.time == dt.time(23, 59, 59, 500_000, offset)
    assert booking.took == dt.timedelta(days=3, minutes=90)
    assert booking.price == Decimal("1.5")
    assert booking.image == b"hi"
    assert booking.nested == [[b"", b"\0"]]
    assert booking.span == (dt.date(2024, 1, 2), 5)
    assert sdk.extra_of(booking) == {"more": uuid.UUID(UUID)}
    assert booking.to_dict() == EVERY
    assert json.loads(booking.to_json()) == EVERY
    assert sdk.SCHEMAS["Booking"].encode(booking) == EVERY
    assert sdk.SCHEMAS["Timestamp"].encode(booking.at) == EVERY["at"]
    assert json.loads(sdk.SCHEMAS["Decimal"].to_json(booking.price)) == "+1.500"


def test_copies_carry_the_texts_too(sdk: Any) -> None:
    booking = sdk.Booking.from_dict(EVERY)
    copies = [copy.copy(booking), copy.deepcopy(booking), dataclasses.replace(booking)]
    copies += [pickle.loads(pickle.dumps(booking, p)) for p in range(6)]
    for same in copies:
        assert same == booking
        assert hash(dataclasses.replace(same, **_WITHOUT_LISTS)) is not None
        assert same.to_dict() == EVERY
    again = sdk.Booking(uuid=booking.uuid, at=booking.at, took=booking.took)
    assert again.to_dict() == {n: EVERY[n] for n in ("uuid", "at", "took")}
    shown = dataclasses.asdict(booking)
    assert sdk.SCHEMAS["Timestamp"].encode(shown["at"]) == EVERY["at"]


_WITHOUT_LISTS = dict.fromkeys(["days", "log", "nested"])


def test_they_are_shown_as_what_everybody_knows(sdk: Any) -> None:
    booking = sdk.Booking.from_dict({**BASE, "price": "1.50", "image": "aGk="})
    assert repr(booking) == (
        f"Booking(uuid=UUID('{UUID.lower()}'), at=datetime.datetime(2024, 12, 17, 12,"
        " 30, 0, 500000, tzinfo=datetime.timezone.utc), price=Decimal('1.50'),"
        " image=b'hi')"
    )


def test_constructors_take_plain_values(sdk: Any) -> None:
    made = sdk.Booking(
        uuid=uuid.UUID(UUID),
        at=NOON,
        date=dt.date(2024, 1, 2),
        until=NOON.astimezone(dt.timezone(dt.timedelta(hours=2))),
        time=dt.time(1, 2, 3, 4, UTC),
        took=dt.timedelta(days=1, hours=2, seconds=5),
        price=Decimal("1E+2"),
        image=b"hi",
        days=[dt.date(2024, 1, 2)],
        log={"made": NOON},
        span=(dt.date(2024, 1, 2), 5),
        nested=[[b"\0"]],
        since=NOON,
        spoken=NOON,
        which=dt.date(2024, 1, 2),
        when=NOON,
        _extra={"more": uuid.UUID(UUID)},
    )
    noon = "2024-12-17T12:00:00Z"
    assert made.to_dict() == {
        "uuid": UUID.lower(),
        "at": noon,
        "date": "2024-01-02",
        "until": "2024-12-17T14:00:00+02:00",
        "time": "01:02:03.000004Z",
        "took": "P1DT2H0M5S",
        "price": "100",
        "image": "aGk=",
        "days": ["2024-01-02"],
        "log": {"made": noon},
        "span": ["2024-01-02", 5],
        "nested": [["AA=="]],
        "since": noon,
        "spoken": noon,
        "which": "2024-01-02",
        "when": noon,
        "more": UUID.lower(),
    }
    assert isinstance(made.spoken, dt.datetime)
    made.days.append(dt.date(2024, 1, 3))
    assert made.to_dict()["days"] == ["2024-01-02", "2024-01-03"]
    assert sdk.Booking.from_dict(
        {**made.to_dict(), "at": NOON}
    ) == sdk.Booking.from_dict(made.to_dict())
    assert sdk.SCHEMAS["Stamps"].encode([NOON]) == [noon]
    assert sdk.SCHEMAS["Stamps"].violations([NOON]) == []
    assert sdk.with_extra(made, {"x": uuid.UUID(UUID)}).to_dict()["x"] == UUID.lower()


def test_what_is_computed_from_a_value_is_spelled_anew(sdk: Any) -> None:
    booking = sdk.Booking.from_dict(EVERY)
    later = dataclasses.replace(
        booking,
        at=booking.at + dt.timedelta(hours=1),
        until=booking.until.replace(year=2025),
        time=booking.time.replace(microsecond=0),
        date=booking.date + dt.timedelta(days=1),
        took=booking.took * 2,
        price=booking.price + 1,
        image=booking.image + b"!",
    )
    assert {n: v for n, v in later.to_dict().items() if v != EVERY[n]} == {
        "at": "2024-12-17T13:30:00.500000Z",
        "until": "2025-12-17T12:30:00Z",
        "time": "23:59:59-08:00",
        "date": "2024-01-03",
        "took": "P6DT3H",
        "price": "2.500",
        "image": "aGkh",
    }
    again = pickle.loads(pickle.dumps(booking.at + dt.timedelta(hours=1)))
    assert type(again) is dt.datetime


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("at", dt.datetime(2024, 1, 1), "has no offset from UTC"),
        ("at", NOON.astimezone(dt.timezone(dt.timedelta(seconds=5))), "with seconds"),
        ("at", dt.date(2024, 1, 1), "is not a valid date-time"),
        ("date", NOON, "pass value.date()"),
        ("time", dt.time(1), "has no offset from UTC"),
        ("took", dt.timedelta(seconds=-1), "is negative"),
        ("took", dt.timedelta(microseconds=1), "a fraction of a second"),
        ("price", Decimal("NaN"), "is not a valid decimal"),
        ("price", Decimal("-Infinity"), "is not a valid decimal"),
        ("uuid", NOON, "is not a valid uuid"),
    ],
)
def test_values_without_a_text_are_violations(
    sdk: Any, name: str, value: Any, why: str
) -> None:
    with pytest.raises(sdk.ValidationError) as caught:
        sdk.Booking(**{"uuid": UUID, "at": NOON, name: value})
    (violation,) = caught.value.violations
    assert (violation.path, violation.keyword) == (f"/{name}", "format")
    assert why in violation.message


def test_what_a_type_cannot_hold_stays_as_it_came(sdk: Any) -> None:
    data = {
        **BASE,
        "at": "2016-12-31T23:59:60Z",
        "took": "P1Y",
        "price": 5,
        "image": "aGl=",
        "days": ["2024-01-02", "0000-01-01"],
        "which": "2024",
    }
    booking = sdk.Booking.from_dict(data, strict=False)
    assert (booking.at, booking.took, booking.price) == (data["at"], "P1Y", 5)
    assert (booking.image, booking.which) == ("aGl=", "2024")
    assert booking.days == [dt.date(2024, 1, 2), "0000-01-01"]
    assert booking.to_dict() == data
    found = [(v.path, v.keyword) for v in sdk.violations_of(booking)]
    assert found == [
        ("/at", "format"),
        ("/took", "format"),
        ("/price", "type"),
        ("/image", "format"),
        ("/days/1", "format"),
        ("/which", "oneOf"),
    ]


def test_subclasses_of_the_types_are_taken(sdk: Any) -> None:
    class Moment(dt.datetime):
        pass

    class Raw(bytes):
        pass

    moment = Moment(2024, 12, 17, 12, tzinfo=UTC)
    for _ in range(2):
        made = sdk.Booking(uuid=UUID, at=moment, image=Raw(b"hi"))
        assert (made.at, made.image) == (NOON, b"hi")


def test_only_formats_with_a_type_take_values(output: Path) -> None:
    folder = packages.HERE / "style_all"
    other: ModuleType = packages.build(output, [folder])["style_all"]
    identity = uuid.UUID(UUID)
    assert other.Purchase(identity=identity).identity == identity
    for value in (b"hi", dt.date(2024, 1, 1)):
        with pytest.raises(TypeError, match=r"ship_by: .* has no JSON form"):
            other.Purchase(identity=identity, ship_by=value)
    names = {path.stem for path in (output / "case_style_all/_runtime").glob("_typed*")}
    wanted = {"_typed", "_typed_datetime", "_typed_decimal", "_typed_uuid"}
    assert names == wanted


def test_events_keep_their_texts(output: Path) -> None:
    folder = packages.HERE / "style_all"
    other: ModuleType = packages.build(output, [folder])["style_all"]
    texts = ("2024-12-17T12:30:00.0Z", "2024-12-17t12:30:00z")
    tables = [other.CLIENT_EVENTS, other.SERVER_EVENTS]
    (table,) = (table for table in tables if "price" in table)
    for text in texts * 2:
        data = {"type": "price", "unitPrice": "1.50", "validUntil": text}
        event = table.decode(json.dumps(data))
        assert event.valid_until == dt.datetime(2024, 12, 17, 12, 30, tzinfo=UTC)
        assert json.loads(table.encode(event)) == event.to_dict() == data

    made = other.pricePayload(unit_price=Decimal("1.50"), history=[Decimal(1)])
    assert hasattr(made, "_wire")
    made.history.append(Decimal(2))
    written = {"type": "price", "unitPrice": "1.50", "history": ["1", "2"]}
    assert json.loads(table.encode(made)) == written


def test_equal_moments_are_equal_whatever_their_texts(sdk: Any) -> None:
    texts = ("2024-12-17T12:00:00Z", "2024-12-17T14:00:00.0+02:00")
    one, other = (sdk.Booking.from_dict({**BASE, "at": text}) for text in texts)
    assert one == other
    assert hash(one) == hash(other)
    assert one.to_dict() != other.to_dict()
    assert one.at == NOON
    assert hash(one.at) == hash(NOON)


def test_pydantic_takes_and_gives_them(sdk: Any) -> None:
    pydantic = pytest.importorskip("pydantic")
    model = pydantic.create_model("Trip", booking=(sdk.Booking, ...))
    trip = model.model_validate({"booking": EVERY})
    assert trip.booking == sdk.Booking.from_dict(EVERY)
    assert trip.model_dump(mode="json") == {"booking": EVERY}
    with pytest.raises(pydantic.ValidationError, match="second 60"):
        model.model_validate({"booking": {**BASE, "at": "2016-12-31T23:59:60Z"}})


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)))
@example(dt.datetime.max.replace(tzinfo=UTC))
@example(dt.datetime.min.replace(tzinfo=UTC))
def test_any_datetime_comes_back(sdk: Any, value: dt.datetime) -> None:
    offset = value.utcoffset()
    assert offset is not None
    if offset.seconds % 60 == 0:
        text = sdk.SCHEMAS["Timestamp"].encode(value)
        again = sdk.SCHEMAS["Timestamp"].decode(text)
        # Of hours that come twice Python says that they equal nothing of other zones.
        assert again.replace(tzinfo=None) == value.replace(tzinfo=None, fold=0)
        assert again.utcoffset() == offset


@given(st.decimals(allow_nan=False, allow_infinity=False))
@example(Decimal("1E+200"))
@example(Decimal("-0E-300"))
def test_any_decimal_comes_back(sdk: Any, value: Decimal) -> None:
    schema = sdk.SCHEMAS["Decimal"]
    assert schema.decode(schema.encode(value)) == value


@given(st.timedeltas(min_value=dt.timedelta(0)), st.binary(max_size=20), st.uuids())
def test_any_other_value_comes_back(
    sdk: Any, took: dt.timedelta, image: bytes, own: uuid.UUID
) -> None:
    took -= dt.timedelta(microseconds=took.microseconds)
    made = sdk.Booking(uuid=own, at=NOON, took=took, image=image)
    again = sdk.Booking.from_json(made.to_json())
    assert (again.took, again.image, again.uuid) == (took, image, own)
    assert again.to_dict()["image"] == base64.b64encode(image).decode()
