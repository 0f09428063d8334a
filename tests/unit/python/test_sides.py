"""What is required of what is sent, and of what comes."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import pickle
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from codegen import cli
from tests.corpus_paths import ROOT

SPEC = ROOT / "tests" / "generated" / "read_and_write_only" / "spec.yaml"
OTHER = {"client": "server", "server": "client"}
USER = {"name": "n"}
SENT = {**USER, "password": "p"}
RECEIVED = {**USER, "id": "i"}


@pytest.fixture(scope="module", params=["client", "server"])
def sdk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Any]]:
    """The package of each side, with the side that it is for."""
    side, folder = str(request.param), tmp_path_factory.mktemp("sides")
    name = f"sdk_of_the_{side}"
    command = ["generate", str(SPEC), "--package", name, "--output", str(folder)]
    assert cli.main([*command, "--perspective", OTHER[side]]) == 0
    sys.path.insert(0, str(folder))
    try:
        yield side, importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))


def missing(sdk: ModuleType, schema: str, value: Any, **options: Any) -> list[str]:
    found = sdk.SCHEMAS[schema].violations(value, **options)
    return [violation.message.split("'")[1] for violation in found]


def test_a_side_reads_what_the_other_writes(sdk: tuple[str, Any]) -> None:
    side, package = sdk
    assert missing(package, "User", USER, side="client") == ["id"]
    assert missing(package, "User", USER, side="server") == ["password"]
    assert missing(package, "User", USER) == missing(package, "User", USER, side=side)
    order = {"user": USER, "users": [USER], "line": {}}
    assert missing(package, "Order", order, side="server") == [
        "password",
        "password",
        "m",
    ]
    assert set(missing(package, "Order", order, side="client")) == {
        "created", "id", "late", "m", "n", "updated",
    }  # fmt: skip
    with pytest.raises(ValueError, match="side is"):
        missing(package, "User", {}, side="nobody")


def test_decoding_obeys_what_comes(sdk: tuple[str, Any]) -> None:
    side, package = sdk
    comes, goes = (RECEIVED, SENT) if side == "client" else (SENT, RECEIVED)
    user = package.SCHEMAS["User"].decode(comes)
    assert package.violations_of(user) == []
    assert user.to_dict() == comes
    with pytest.raises(package.ValidationError):
        package.User.from_dict(goes)
    drifted = package.User.from_dict(goes, strict=False)
    assert [v.keyword for v in package.violations_of(drifted)] == ["required"]
    assert drifted.to_dict() == goes


def test_constructing_obeys_what_is_sent(sdk: tuple[str, Any]) -> None:
    side, package = sdk
    comes, goes = (RECEIVED, SENT) if side == "client" else (SENT, RECEIVED)
    user = package.User(**goes)
    assert user.to_dict() == goes
    for same in (
        user,
        dataclasses.replace(user),
        copy.deepcopy(user),
        pickle.loads(pickle.dumps(user)),
    ):
        assert same == user
        assert package.violations_of(same) == []
    with pytest.raises(package.ValidationError) as caught:
        package.User(**comes)
    reader = OTHER[side]
    found = package.SCHEMAS["User"].violations(comes, side=reader)
    assert list(caught.value.violations) == found

    class Derived(package.User):  # type: ignore[misc, name-defined]
        """A class of a program's own."""

    assert Derived(**goes).to_dict() == goes


def test_objects_in_a_list_are_made_with_it(sdk: tuple[str, Any]) -> None:
    side, package = sdk
    goes = SENT if side == "client" else RECEIVED
    given = {"created": "", "updated": "", "id": "", "late": None}
    user = package.User(**goes)
    made = {} if side == "client" else given
    order = package.Order(user=user, users=[user], **made)
    assert order.user is user
    for one in (order, *order.users, copy.deepcopy(order)):
        assert package.violations_of(one) == []
    with pytest.raises(package.ValidationError) as caught:
        package.Order(user=user, users=[USER], **made)
    assert [v.path for v in caught.value.violations] == ["/users/0"]


def test_fields_may_be_absent_only_where_something_is_sent() -> None:
    """Of the client's package: `Report` only comes, `Alone` does neither."""
    models: Any = importlib.import_module("sdk_of_the_client.models")
    shown = {
        cls.__name__: {
            name: (parameter.annotation, parameter.default is inspect.Parameter.empty)
            for name, parameter in inspect.signature(cls).parameters.items()
        }
        for cls in (models.User, models.Report, models.Alone, models.Order)
    }
    assert shown["User"]["id"] == ("str | None", False)
    assert shown["User"]["name"] == ("str", True)
    assert shown["Report"]["id"] == ("int", True)
    assert shown["Alone"]["id"] == ("int", True)
    assert shown["Order"]["late"] == ("str | None | Unset", False)
    assert shown["Order"]["user"] == ("User", True)
