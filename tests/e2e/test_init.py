"""A configuration to begin with works at once."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from codegen import cli
from tests.e2e.talk import SPEC

ASYNC = """\
asyncapi: 3.0.0
info: {title: 'Chat "API"', version: '1'}
channels:
  chat:
    messages:
      said: {payload: {$ref: '#/components/schemas/ClientSaid'}}
      heard: {payload: {$ref: '#/components/schemas/ServerHeard'}}
operations:
  say: {action: send, channel: {$ref: '#/channels/chat'},
    messages: [{$ref: '#/channels/chat/messages/said'}]}
  hear: {action: receive, channel: {$ref: '#/channels/chat'},
    messages: [{$ref: '#/channels/chat/messages/heard'}]}
components:
  schemas:
    ClientSaid: {type: object, required: [type], properties: {type: {const: said}}}
    ServerHeard: {type: object, required: [type], properties: {type: {const: heard}}}
"""


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def configured(folder: Path) -> dict[str, object]:
    """What the one SDK of a configuration says."""
    (sdk,) = tomllib.loads((folder / "codegen.toml").read_text())["sdk"]
    assert isinstance(sdk, dict)
    return sdk


def event(tag: str) -> dict[str, object]:
    """A schema with a tag."""
    return {
        "type": "object",
        "required": ["t"],
        "properties": {"t": {"const": tag}},
    }


def works(package: str) -> None:
    assert cli.main(["generate"]) == 0
    assert cli.main(["generate", "--check"]) == 0
    assert cli.main(["lint"]) == 0
    assert Path("generated", package, "__init__.py").is_file()


def test_letters_of_a_title_lose_their_marks(empty: Path) -> None:
    (empty / "api.yaml").write_text(SPEC.replace("title: ", "title: Öl-Straße "))
    assert cli.main(["init", "api.yaml"]) == 0
    assert str(configured(empty)["package"]).startswith("ol_strasse_")


def test_of_a_long_title_whole_words_are_taken(empty: Path) -> None:
    title = "Bob's official webhooks, with all of the extensions, of today and tomorrow"
    (empty / "api.yaml").write_text(SPEC.replace("title: Talk", f'title: "{title}"'))
    assert cli.main(["init", "api.yaml"]) == 0
    assert configured(empty)["package"] == "bob_official_webhooks_with_all_of_the"


@pytest.mark.parametrize("source", ["src", "."])
def test_of_a_part_of_a_package_that_is_there(empty: Path, source: str) -> None:
    """It goes where its parent is, its tests elsewhere, so that no wheel has them."""
    (empty / source / "ourpkg").mkdir(parents=True)
    (empty / "talk.yaml").write_text(SPEC)
    assert cli.main(["init", "talk.yaml", "--package", "ourpkg._api"]) == 0
    found = configured(empty)
    assert (found["output"], found["tests_output"]) == (source, "tests/ourpkg/_api")
    assert "distribution" not in (empty / "codegen.toml").read_text()
    assert cli.main(["generate"]) == 0
    assert cli.main(["lint", "--severity", "tests-in-wheel=error"]) == 0
    assert Path(source, "ourpkg/_api/models.py").is_file()
    assert Path("tests/ourpkg/_api/conftest.py").is_file()


def test_of_a_part_of_a_package_that_is_not_there(empty: Path) -> None:
    (empty / "talk.yaml").write_text(SPEC)
    assert cli.main(["init", "talk.yaml", "--package", "ourpkg._api"]) == 0
    assert configured(empty)["output"] == "generated"
    text = (empty / "codegen.toml").read_text()
    assert "# tests/ourpkg/_api in it" in text
    assert cli.main(["generate"]) == 0
    assert Path("generated/tests/ourpkg/_api/conftest.py").is_file()


def test_of_an_openapi_document(empty: Path) -> None:
    (empty / "talk.yaml").write_text(SPEC)
    assert cli.main(["init", "talk.yaml", "--package", "spoken"]) == 0
    found = configured(empty)
    assert (found["spec"], found["package"]) == ("talk.yaml", "spoken")
    assert found["overlays"] == ["spoken.overlay.yaml"]
    assert "server_events" not in found  # The names of the unions say it.
    text = (empty / "codegen.toml").read_text()
    assert '\n# tests_output = "tests/spoken"\n' in text
    works("spoken")


def test_every_line_that_is_a_comment_can_be_taken_in(empty: Path) -> None:
    """Keys are commented with one `#`, and known to the schema of the configuration."""
    (empty / "talk.yaml").write_text(SPEC)
    assert cli.main(["init", "talk.yaml"]) == 0
    lines = (empty / "codegen.toml").read_text().splitlines()
    keys = [line[2:] for line in lines if line.startswith("# ") and " = " in line]
    assert len(keys) >= 6
    for key in keys:
        tomllib.loads(key)


def test_of_messages_by_whose_names_it_is_the_client_s(empty: Path) -> None:
    (empty / "chat.yaml").write_text(ASYNC)
    assert cli.main(["init", "chat.yaml"]) == 0
    assert configured(empty)["perspective"] == "client"
    assert configured(empty)["package"] == "chat"
    works("chat")


def test_of_unions_that_somebody_has_to_tell_apart(empty: Path) -> None:
    union = {"oneOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}]}
    spec = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {
            **{"A": event("a"), "B": event("b")},
            **{"ChatServerEvents": union, "In": union},
        },
    }
    (empty / "chat.json").write_text(json.dumps(spec))
    assert cli.main(["init", "chat.json"]) == 0
    text = (empty / "codegen.toml").read_text()
    assert '#   "ChatServerEvents"\n#   "In"\n' in text
    assert '\n# client_events = ["In"]\n' in text
    assert "server_events" not in text  # The name of the union tells.
    works("chat")


def test_unions_are_proposed_for_the_side_that_their_names_tell(empty: Path) -> None:
    union = {"oneOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}]}
    names = ("Block", "ClientNotice", "ServerNotice", "ServerRequest")
    spec = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {"A": event("a"), "B": event("b"), **dict.fromkeys(names, union)},
    }
    (empty / "chat.json").write_text(json.dumps(spec))
    assert cli.main(["init", "chat.json"]) == 0
    text = (empty / "codegen.toml").read_text()
    assert '\n# server_events = ["ServerNotice", "ServerRequest"]\n' in text
    assert '\n# client_events = ["ClientNotice"]\n' in text


ORDER = {"type": "object", "properties": {"total": {"type": "number"}}}
SCHEMAS = {"Order": ORDER, "Legacy": {"type": "string"}}
API = {"info": {"title": "Shop", "version": "1"}, "components": {"schemas": SCHEMAS}}
DRAFT = {"title": "Order", **ORDER}
NEWER, OLDER = (
    "https://json-schema.org/draft/2020-12",
    "http://json-schema.org/draft-07",
)


@pytest.mark.parametrize(
    "spec",
    [
        {"openapi": "3.0.3", **API, "paths": {}},
        {"openapi": "3.1.0", **API},
        {"$schema": f"{NEWER}/schema", **DRAFT, "$defs": SCHEMAS},
        {"$schema": f"{OLDER}/schema#", **DRAFT, "definitions": SCHEMAS},
    ],
    ids=["openapi 3.0", "openapi 3.1", "2020-12", "draft 7"],
)
def test_examples_in_the_overlay_are_of_the_dialect(
    empty: Path, spec: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    (empty / "shop.json").write_text(json.dumps(spec))
    assert cli.main(["init", "shop.json", "--package", "shop"]) == 0
    overlay = empty / "shop.overlay.yaml"
    head, examples = overlay.read_text().split("  update: {}\n")
    plain = examples.replace("# ", "")
    overlay.write_text(f"{head}  update: {{}}\n{plain}")
    capsys.readouterr()
    assert cli.main(["generate", "--no-tests"]) == 0
    assert "warning" not in capsys.readouterr().err
    models = Path("generated/shop/models.py").read_text()
    assert "total: float | None | Unset" in models
    assert "Legacy" not in models


def test_of_a_schema_elsewhere_with_faults(empty: Path) -> None:
    """What lies above is reached by the root, and what has no safe meaning is open."""
    spec = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "7 seas\u2028\ud83d\ude00",
        "type": "object",
        "properties": {
            "a": {"$ref": "shared/part.json"},
            "b": {"$ref": "#/$defs/nowhere"},
        },
    }
    (empty.parent / "seas.json").write_text(json.dumps(spec))
    (empty.parent / "shared").mkdir()
    (empty.parent / "shared/part.json").write_text('{"type": "string"}')
    assert cli.main(["init", "../seas.json"]) == 0
    found = configured(empty)
    assert (found["root"], found["lenient"]) == ("..", True)
    assert found["package"] == "api_7_seas"
    works("api_7_seas")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.yaml"], "nowhere.yaml"),
        (["talk.yaml", "--package", "json"], "would hide the module"),
        (["nowhere.yaml", "--package", "json"], "would hide the module"),
        (["bad.yaml"], "bad.yaml:2:1: error"),
        (["b\udcff.yaml"], "the path is not UTF-8"),
        ([""], "an empty text names nothing"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(
    empty: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (empty / "talk.yaml").write_text(SPEC)
    (empty / "bad.yaml").write_text("a: [\n")
    (empty / "b\udcff.yaml").write_text(SPEC)
    before = set(empty.iterdir())
    assert cli.main(["init", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert {*empty.iterdir()} == before


@pytest.mark.parametrize(
    ("name", "table"),
    [("codegen.toml", "[[sdk]]"), ("pyproject.toml", "[[tool.codegen.sdk]]")],
)
def test_a_configuration_is_not_overwritten(
    empty: Path, name: str, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (empty / "talk.yaml").write_text(SPEC)
    (empty / name).write_text("[tool.codegen]\n")
    assert cli.main(["init", "talk.yaml"]) == 2
    told = capsys.readouterr().err
    assert f"{name}:0:0: error[config]: there is" in told
    assert f'add {table} to it by hand, with `spec = "talk.yaml"` and' in told
    assert (empty / name).read_text() == "[tool.codegen]\n"


def test_a_project_around_that_asks_for_another_version(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (empty / "pyproject.toml").write_text('[tool.codegen]\nrequired-version = "==900"')
    (empty / "inner").mkdir()
    (empty / "inner" / "talk.yaml").write_text(SPEC)
    monkeypatch.chdir(empty / "inner")
    assert cli.main(["init", "talk.yaml"]) == 2
    assert "error[required-version]: this is codegen" in capsys.readouterr().err
    assert [path.name for path in Path().iterdir()] == ["talk.yaml"]


def test_what_a_broken_off_run_has_left_is_no_obstacle(empty: Path) -> None:
    (empty / "talk.yaml").write_text(SPEC)
    assert cli.main(["init", "talk.yaml"]) == 0
    (empty / "codegen.toml").unlink()
    assert cli.main(["init", "talk.yaml"]) == 0
    (overlay,) = empty.glob("*.overlay.yaml")
    overlay.write_text(f"{overlay.read_text()}# Mine.\n")
    (empty / "codegen.toml").unlink()
    assert cli.main(["init", "talk.yaml"]) == 2
