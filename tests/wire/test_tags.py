"""What tells objects apart: discriminators, constants, and what is sent without asking.

Each folder in `tags/` has a specification and what its package must do: the tables,
the classes that values and frames become, and what goes out when objects are built.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen.ir.accepts import accepts
from codegen.oracle import Oracle
from tests.wire.packages import Built, build
from tests.wire.test_tables import all_tables, strict_violations

CASES = sorted(path.parent for path in Path(__file__).parent.glob("tags/*/spec.yaml"))


def expected(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((case / "expect.yaml").read_text("utf-8"))
    return found


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def built(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp(case.name)
    return build(case / "spec.yaml", f"tags_{case.name}", folder)


def classes_in(value: Any, place: str = "") -> dict[str, str]:
    """The names of the classes of all objects in a value, by their places."""
    found: dict[str, str] = {}
    if isinstance(value, list | dict):
        pairs = enumerate(value) if isinstance(value, list) else value.items()
        for name, item in pairs:
            found |= classes_in(item, f"{place}/{name}")
    elif dataclasses.is_dataclass(value):
        found[place] = type(value).__name__
        for field in dataclasses.fields(value):
            inner = f"{place}/{field.metadata['name']}"
            found |= classes_in(getattr(value, field.name), inner)
    return found


def made(sdk: Any, description: Any) -> Any:
    """The value that `{class: …, with: …}` describes; anything else as it is."""
    if not isinstance(description, dict) or "class" not in description:
        return description
    fields = description.get("with", {})
    return getattr(sdk, description["class"])(
        **{name: made(sdk, value) for name, value in fields.items()}
    )


def test_tables(case: Path, built: Built) -> None:
    found = {
        name: {key: cls.__name__ for key, cls in table.items()}
        for name, table in all_tables(built.sdk).items()
    }
    wanted = expected(case)["tables"]
    assert json.dumps(found) == json.dumps(wanted), "keys of true and 1 differ, too"


def test_frames(case: Path, built: Built) -> None:
    for entry in expected(case).get("frames", ()):
        table, frame = all_tables(built.sdk)[entry["table"]], entry["frame"]
        about = f"{entry['table']}: {frame}"
        event = table.decode(json.dumps(frame))
        assert type(event).__name__ == entry["class"], about
        assert table.decode(frame) == event, about
        assert json.loads(table.encode(event)) == frame, about
        found = [[v.path, v.keyword] for v in built.sdk.violations_of(event)]
        assert found == entry.get("violations", []), about
        refused = strict_violations(built.sdk, table, frame)
        assert bool(refused) is bool(entry.get("refused", found)), about


def test_values(case: Path, built: Built) -> None:
    oracle = Oracle(built.module)
    for entry in expected(case).get("values", ()):
        schema, value = built.sdk.SCHEMAS[entry["schema"]], entry["value"]
        about = f"{entry['schema']}: {value}"
        wanted = entry.get("violations", [])
        found = [[v.path, v.keyword] for v in schema.violations(value)]
        assert found == wanted, about
        meant = built.module.named(entry["schema"])
        assert accepts(built.module, meant, value) is not bool(wanted), about
        assert oracle.valid(meant.id, value) is not bool(wanted), about
        decoded = schema.decode(value, strict=False)
        assert classes_in(decoded) == entry["classes"], about
        assert schema.encode(decoded) == value, about


def test_what_is_sent(case: Path, built: Built) -> None:
    for entry in expected(case).get("sent", ()):
        value = made(built.sdk, entry)
        assert json.loads(value.to_json()) == entry["json"], entry
        assert type(value).from_json(value.to_json()) == value, entry
        assert dataclasses.replace(value) == value, entry


def test_what_must_be_given(case: Path, built: Built) -> None:
    for entry in expected(case).get("refused", ()):
        with pytest.raises((TypeError, built.sdk.ValidationError)) as caught:
            made(built.sdk, entry)
        found = [v.keyword for v in getattr(caught.value, "violations", ())]
        assert found == entry["keywords"], entry


def test_annotations(case: Path, built: Built) -> None:
    for name, fields in expected(case).get("annotations", {}).items():
        assert getattr(built.sdk, name).__annotations__ == fields


def test_a_base_of_no_tag_is_an_event_all_the_same(tmp_path: Path) -> None:
    """Unknown tags are decoded as it: handlers and users' classes are for it."""
    spec = Path(__file__).parent / "tags/inheritance/spec.yaml"
    sdk = build(spec, "tags_base", tmp_path).sdk
    mine = type("Mine", (sdk.Shape,), {})
    for table in (
        sdk.EVENTS["Shape"].with_classes({sdk.Shape: mine}),
        sdk.EVENTS["Shape"].with_classes([mine]),
    ):
        heard: list[Any] = []
        dispatcher = table.dispatcher()
        dispatcher.on(mine)(heard.append)
        dispatcher.dispatch({"form": "Star"})
        dispatcher.dispatch({"form": "Box"})
        assert [type(event) for event in heard] == [mine]
        assert json.loads(table.encode(heard[0])) == {"form": "Star"}
        assert list(table) == ["Disc", "Box"]


def test_true_is_not_one(tmp_path: Path) -> None:
    """Neither as a key of a table nor to a dispatcher."""
    spec = Path(__file__).parent / "tags/numbers/spec.yaml"
    sdk = build(spec, "tags_true", tmp_path).sdk
    codes, flags = sdk.EVENTS["Code"], sdk.EVENTS["Flag"]
    assert 1 in codes
    assert True not in codes
    assert True in flags
    assert 1 not in flags
    heard: list[Any] = []
    dispatcher = codes.dispatcher()
    dispatcher.on(10)(heard.append)
    dispatcher.dispatch({"op": 10})
    dispatcher.dispatch({"op": 1})
    assert heard == [sdk.Hello()]
    with pytest.raises(KeyError):
        dispatcher.on(True)
