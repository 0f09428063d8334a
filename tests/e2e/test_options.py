"""The options that say which document is meant, on the command line and configured."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import cli
from tests.e2e.talk import SPEC

GENERATE = ("generate", "talk.yaml", "--package", "talk", "--output", "out")
LOST = SPEC.replace("schemas/Voice'", "schemas/Voce'")
OVERLAY = """\
overlay: 1.0.0
actions: [{target: $.components.schemas.Session.properties.voice, remove: true}]
"""
BARE = "[[tool.codegen.sdk]]\nspec='talk.yaml'\npackage='talk'\ntests=false\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small specification, in which a reference leads nowhere."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.yaml").write_text(LOST)
    (tmp_path / "mend.yaml").write_text(OVERLAY)
    return tmp_path


def models(output: Path) -> str:
    return (output / "talk/models.py").read_text("utf-8")


def test_what_has_no_safe_meaning_is_refused_or_left_open(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*GENERATE]) == 2
    assert not (folder / "out").exists()
    said = capsys.readouterr().err
    for way in ("--lenient", "--overlay", "--include", "--exclude"):
        assert way in said
    assert cli.main([*GENERATE, "--lenient"]) == 0
    assert "warning[dangling-ref]" in capsys.readouterr().err
    assert "voice: Any" in models(folder / "out")
    assert "Not enforced: `$ref:" in models(folder / "out")


@pytest.mark.parametrize(
    "way", [["--overlay", "mend.yaml"], ["--include", "Failed"], ["--exclude", "S*"]]
)
def test_the_other_ways_out(way: list[str], folder: Path) -> None:
    spec = LOST.replace("$ref: '#/components/schemas/SessionUpdated'", "type: string")
    (folder / "talk.yaml").write_text(spec)
    (folder / "pyproject.toml").write_text(BARE)
    assert cli.main(["generate"]) == 2
    keys = {"--overlay": "overlays", "--include": "include", "--exclude": "exclude"}
    (folder / "pyproject.toml").write_text(f"{BARE}{keys[way[0]]} = ['{way[1]}']\n")
    assert cli.main(["generate"]) == 0
    assert cli.main(["lint", "talk.yaml"]) == 0
    (folder / "pyproject.toml").unlink()
    assert cli.main(["lint", "talk.yaml"]) == 1
    assert cli.main(["lint", "talk.yaml", *way]) == 0


def test_every_warning_is_an_error_where_it_is_asked_for(folder: Path) -> None:
    assert cli.main([*GENERATE, "--lenient", "--strict"]) == 2
    assert not (folder / "out").exists()


def test_so_is_one_about_a_configuration_that_is_not_needed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "talk.yaml").write_text(SPEC)
    (folder / "codegen.toml").write_text("overlay = []\n")
    assert cli.main(GENERATE) == 0
    assert "codegen.toml:1:1: warning[config]: unknown key" in capsys.readouterr().err
    before = models(folder / "out")
    (folder / "talk.yaml").write_text(SPEC.replace("maximum: 1.2", "maximum: 2"))
    assert cli.main([*GENERATE, "--strict"]) == 2
    assert "codegen.toml:1:1: error[config]: unknown key" in capsys.readouterr().err
    assert models(folder / "out") == before


def test_lint_judges_strictly_unless_told_otherwise(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "talk.yaml").write_text(SPEC.replace("maximum: 1.2", "maximum: low"))
    assert cli.main(["lint", "talk.yaml"]) == 1
    assert "error[invalid-keyword]" in capsys.readouterr().err
    assert cli.main(["lint", "talk.yaml", "--lenient"]) == 0
    assert "warning[invalid-keyword]" in capsys.readouterr().err


def test_all_that_is_wrong_is_named_in_one_run(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = ["generate", "lost.yaml", "--package", "class", "--output", "mend.yaml"]
    wrong += ["--overlay", "over.yaml", "--templates", "templates"]
    assert cli.main(wrong) == 2
    named = {line.partition(":")[0] for line in capsys.readouterr().err.splitlines()}
    assert named == {
        *("command line", "lost.yaml", "mend.yaml", "over.yaml", "templates")
    }


@pytest.mark.parametrize("option", ["--include", "--exclude"])
def test_a_glob_that_matches_nothing_touches_nothing(
    option: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "talk.yaml").write_text(SPEC)
    (folder / "pyproject.toml").write_text(BARE)
    assert cli.main(["generate"]) == 0
    before = models(folder / "generated")
    key = option.removeprefix("--")
    (folder / "pyproject.toml").write_text(f"{BARE}{key} = ['Sesion']\n")
    capsys.readouterr()
    assert cli.main(["generate"]) == 2
    said = capsys.readouterr().err
    assert "pyproject.toml:1:1: error[no-match]" in said
    assert "(did you mean 'Session'" in said
    assert models(folder / "generated") == before
    assert cli.main(["lint", "talk.yaml", option, "Sesion"]) == 2
    assert "command line" in capsys.readouterr().err


def test_globs_that_leave_nothing_touch_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "talk.yaml").write_text(SPEC)
    (folder / "pyproject.toml").write_text(BARE)
    assert cli.main(["generate"]) == 0
    before = models(folder / "generated")
    capsys.readouterr()
    for chosen in ("exclude = ['*']", "include = ['*']\nexclude = ['*']"):
        (folder / "pyproject.toml").write_text(f"{BARE}{chosen}\n")
        assert cli.main(["generate"]) == 2
        assert "error[no-match]: `" in (said := capsys.readouterr().err)
        assert " no schema; its schemas are " in said
    assert models(folder / "generated") == before


def test_events_that_there_are_not_are_a_warning(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "talk.yaml").write_text(SPEC)
    (folder / "pyproject.toml").write_text(f"{BARE}server_events = ['Sesion*']\n")
    told = "[no-match]: `server_events` 'Sesion*' matches no schema (did you mean 'Ses"
    assert cli.main(["generate"]) == 0
    assert f"pyproject.toml:1:1: warning{told}" in capsys.readouterr().err
    assert cli.main(["generate", "--strict"]) == 2
    assert f"pyproject.toml:1:1: error{told}" in capsys.readouterr().err


def test_keys_hold_for_all_sdks_or_for_one(folder: Path) -> None:
    shared = "[tool.codegen]\nlenient = true\n"
    (folder / "pyproject.toml").write_text(shared + BARE)
    assert cli.main(["generate"]) == 0
    (folder / "pyproject.toml").write_text(f"{shared}{BARE}lenient = false\n")
    assert cli.main(["generate"]) == 2
    assert cli.main(["generate", "--lenient"]) == 0


def test_another_configuration_and_its_documents(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep/talk.yaml").write_text(
        SPEC.replace("'#/components/schemas/Voice'", "'https://example.com/voice#'")
    )
    (folder / "voice.yaml").write_text("type: string\n")
    (folder / "other.toml").write_text(
        BARE.replace("talk.yaml", "deep/talk.yaml")
        + '[tool.codegen.documents]\n"https://example.com/voice" = "voice.yaml"\n'
    )
    assert cli.main(["lint", "deep/talk.yaml"]) == 1
    assert cli.main(["lint", "deep/talk.yaml", "--config", "other.toml"]) == 0
    assert cli.main(["generate", "--config", "other.toml"]) == 0
    assert "voice: str" in models(folder / "generated")
    (folder / "other.toml").write_text("[tool.codegen]\nnothing = 1\n")
    assert cli.main(["lint", "deep/talk.yaml", "--config", "other.toml"]) == 2
    assert cli.main(["lint", "deep/talk.yaml", "--config", "missing.toml"]) == 2


def test_the_configured_root_and_the_one_that_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "deep").mkdir()
    (folder / "deep/talk.yaml").write_text(
        SPEC.replace("'#/components/schemas/Voice'", "'../voice.yaml'")
    )
    (folder / "voice.yaml").write_text("type: string\n")
    assert cli.main(["lint", "deep/talk.yaml"]) == 1
    assert cli.main(["lint", "deep/talk.yaml", "--root", "."]) == 0
    (folder / "pyproject.toml").write_text("[tool.codegen]\n")
    assert cli.main(["lint", "deep/talk.yaml"]) == 0
    (folder / "pyproject.toml").write_text("[tool.codegen]\nroot = 'deep'\n")
    assert cli.main(["lint", "deep/talk.yaml"]) == 1
    assert cli.main(["lint", "deep/talk.yaml", "--root", "."]) == 0
    capsys.readouterr()
    for root in ("nowhere", "voice.yaml"):
        assert cli.main(["lint", "deep/talk.yaml", "--root", root]) == 2
        assert "should lie below is no folder" in capsys.readouterr().err


def test_formats_are_asserted_where_it_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = SPEC.replace("enum: [alloy, sage]", "format: uuid")
    (folder / "talk.yaml").write_text(spec)
    (folder / "pyproject.toml").write_text(BARE)
    assert cli.main(["generate", "--assert-formats"]) == 0
    assert "which is not checked" not in models(folder / "generated")
    capsys.readouterr()
    assert cli.main(["lint", "talk.yaml", "--assert-formats"]) == 0
    assert "format-not-asserted" not in capsys.readouterr().err


def test_inline_bodies_have_classes_and_what_has_none_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "{content: {application/json: {schema: {type: object}}}}"
    paths = (
        f"paths: {{/a: {{get: {{requestBody: {body}, responses: {{200: {body}}}}}}}}}"
    )
    (folder / "talk.yaml").write_text(f"openapi: 3.1.0\n{paths}\n")
    assert cli.main(["lint", "talk.yaml"]) == 0
    assert "[no-schemas]" not in capsys.readouterr().err
    (folder / "talk.yaml").write_text("openapi: 3.1.0\npaths: {}\n")
    assert cli.main(["lint", "talk.yaml"]) == 0
    assert "[no-schemas]" in capsys.readouterr().err


def test_no_tests_writes_the_package_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    spec = (
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}'
    )
    Path("spec.json").write_text(spec)
    asked = ["generate", "spec.json", "--package", "sdk", "--output", "out"]
    assert cli.main([*asked, "--no-tests"]) == 0
    assert [path.name for path in Path("out").iterdir() if path.is_dir()] == ["sdk"]
    assert not Path("out/sdk/strategies.py").exists()
    assert cli.main(asked) == 0
    assert Path("out/tests/sdk").is_dir()
