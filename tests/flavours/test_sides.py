"""`readOnly` and `writeOnly` in packages with other models."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codegen.artifact import printed
from codegen.flavours.files import parts
from codegen.flavours.flavour import FLAVOURS
from codegen.flavours.golden import golden_files
from codegen.ir.sides import Side
from tests.flavours.test_flavours import decided, package

SIDES = Path(__file__).parent / "sides.yaml"


@pytest.fixture(scope="module", params=FLAVOURS)
def sdk(request: pytest.FixtureRequest) -> Iterator[Any]:
    with package(decided(SIDES), request.param) as found:
        yield found


def test_what_the_other_side_writes_is_not_sent(sdk: Any) -> None:
    schema = sdk.SCHEMAS["User"]
    friend = sdk.User(name="b", password="y")
    made = sdk.User(name="a", password="x", friends=[friend])
    sent = {
        "name": "a",
        "password": "x",
        "friends": [{"name": "b", "password": "y"}],
    }
    assert schema.encode(made) == sent
    for lacking in (sdk.User(name="a"), sdk.User(name="a", friends=[friend])):
        with pytest.raises(sdk.ValidationError, match="password"):
            schema.encode(lacking)


def test_what_comes_is_held_against_what_is_read(sdk: Any) -> None:
    schema = sdk.SCHEMAS["User"]
    value = {"id": "1", "name": "a", "friends": [{"id": "2", "name": "b"}], "new": 1}
    made = schema.decode(value)
    for each in (made, copy.copy(made), copy.deepcopy(made)):
        assert schema.encode(each) == value
    assert schema.encode(pickle.loads(pickle.dumps(made))) == value
    with pytest.raises(sdk.ValidationError, match="id"):
        schema.decode({"name": "a", "password": "x"})


def test_sides_may_be_asked_for(sdk: Any) -> None:
    schema = sdk.SCHEMAS["User"]
    value = {"name": "a", "password": "x"}
    assert schema.is_valid(value, side="server")
    for side in (None, "client"):
        assert not schema.is_valid(value, side=side)
        assert [v.keyword for v in schema.violations(value, side=side)] == ["required"]
    with pytest.raises(ValueError, match="side is 'client' or 'server'"):
        schema.violations(value, side="both")


@pytest.mark.parametrize("flavour", ["pydantic", "msgspec"])
def test_what_is_built_asks_for_all_that_is_read(flavour: str) -> None:
    """Also where something that has come is part of it."""
    with package(decided(SIDES), flavour) as sdk:
        schema = sdk.SCHEMAS["User"]
        came = schema.decode({"id": "1", "name": "a"})
        assert came == sdk.User(id="1", name="a")
        for built in (sdk.User(id="1", name="a"), sdk.User(name="b", friends=[came])):
            with pytest.raises(sdk.ValidationError, match="password"):
                schema.encode(built)


def test_a_branch_is_found_by_what_is_sent(sdk: Any) -> None:
    schema = sdk.SCHEMAS["Either"]
    assert schema.encode({"name": "a", "password": "x"}) == {
        "name": "a",
        "password": "x",
    }
    assert schema.encode({"size": 1}) == {"size": 1}


@pytest.mark.parametrize("reader", Side)
def test_golden_files_have_what_each_side_takes(reader: Side) -> None:
    found = decided(SIDES, reader=reader)
    flavour = FLAVOURS["msgspec"]
    made = [file for part in parts(found, flavour) for file in printed(part())]
    files = {file.path: file.text for file in golden_files(found, flavour, made)}
    record = json.loads(files["tests/p/golden/User.json"])
    sent = record["sent"]
    assert sent["side"] == reader.other.value
    lacking = "id" if reader is Side.CLIENT else "password"
    assert any(lacking not in value for value in sent["valid"])
    assert all(lacking in value for value in record["valid"])
    assert (record["changed"], record["refused"]) == ([], [])
