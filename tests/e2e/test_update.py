"""An SDK taken to what its specification has become, and what is written down."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen import cli
from codegen.flows import diff
from codegen.output import MANIFEST
from tests.e2e.talk import SPEC

BROKEN = SPEC.replace("minimum: 0.6", "minimum: 0.5")
NARROWER = SPEC.replace("minimum: 0.6", "minimum: 0.7")


def git(*arguments: str) -> None:
    author = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *author, *arguments], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    """A repository with a generated package, committed; to make its tests, too, would
    take most of the time of each test here."""
    monkeypatch.chdir(tmp_path)
    Path("talk.yaml").write_text(SPEC)
    own = 'spec = "talk.yaml"\npackage = "talk"\ntests = false\n'
    Path("codegen.toml").write_text(f"[[sdk]]\n{own}")
    assert cli.main(["generate"]) == 0
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "first")
    capsys.readouterr()
    return tmp_path


LOG = Path("CHANGELOG-talk.md")


def test_a_break_is_refused_unless_it_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("talk.yaml").write_text(BROKEN)
    git("commit", "--quiet", "-am", "second")
    assert cli.main(["update", "talk"]) == 1
    told = capsys.readouterr()
    assert told.out == "verdict: breaking; wire major, release major\n"
    assert "refused: it breaks what is on the wire; --allow-breaking" in told.err
    assert not LOG.exists()
    assert cli.main(["update", "--allow-breaking"]) == 0
    text = LOG.read_text()
    assert text.startswith(
        "# Changes of talk\n\n## 2.0.0\n\n### Breaking on the wire\n"
    )
    assert "(`minimum-decreased`)" in text
    assert cli.main(["generate", "--check"]) == 0
    # Nothing has changed since.
    assert cli.main(["update"]) == 0
    assert LOG.read_text() == text


@pytest.mark.parametrize("form", ["severity", "ignore"])
def test_options_about_problems_are_about_codes_and_rules(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("talk.yaml").write_text(BROKEN.replace("default: 0.8", "default: 9"))
    accepted = Path("accepted.yaml")

    def update(*names: str) -> tuple[int, str]:
        entries = (
            f"- {{rule: {n}, expires: 2024-06-30, reason: known}}" for n in names
        )
        accepted.write_text("\n".join(entries))
        options = [f"--severity={name}=off" for name in names]
        if form == "ignore":
            options = ["--ignore", accepted.name, "--today", "2024-06-30"]
        code = cli.main(["update", *options])
        return code, capsys.readouterr().err

    code, said = update("invalid-defaults", "minimum-decreaseds", "invalid-default")
    assert code == 2
    for right in ("invalid-default", "minimum-decreased"):
        assert f"no code or rule '{right}s' (did you mean '{right}'?)" in said
    code, said = update("invalid-default")
    assert code == 1
    assert "invalid-default" not in said
    code, said = update("minimum-decreased")
    assert code == 0
    assert "invalid-default" in said
    assert LOG.exists()


def test_a_new_document_takes_the_place_of_the_old_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    renamed = SPEC.replace("temperature", "warmth")
    Path("new.yaml").write_text(renamed)
    assert cli.main(["update", "new.yaml"]) == 1
    assert Path("talk.yaml").read_text() == SPEC
    assert cli.main(["update", "talk", "new.yaml", "--allow-breaking"]) == 0
    assert Path("talk.yaml").read_text() == renamed
    assert "### To do in programs\n\n- " in LOG.read_text()
    assert cli.main(["generate", "--check"]) == 0
    # Entries stand above each other, the latest first.
    Path("talk.yaml").write_text(renamed.replace("title: Talk", "title: Talks"))
    assert cli.main(["update", "--from", "new.yaml"]) == 0
    versions = [line for line in LOG.read_text().splitlines() if line[:3] == "## "]
    assert versions[-1] == "## 2.0.0"


def test_what_is_wrong_with_an_overlay_is_said_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Path("codegen.toml").open("a") as file:
        file.write('overlays = ["mend.yaml"]\n')
    actions = "actions: [{target: $.nowhere, update: {}}]"
    Path("mend.yaml").write_text(f"overlay: 1.0.0\ninfo: {{}}\n{actions}\n")
    assert cli.main(["generate"]) == 0
    git("add", ".")
    git("commit", "--quiet", "-m", "second")
    Path("new.yaml").write_text(NARROWER)
    capsys.readouterr()
    for arguments, name in (
        (["update", "new.yaml", "--allow-breaking"], "new.yaml"),
        (["diff", "talk", "--against", "HEAD"], "talk.yaml"),
    ):
        cli.main(arguments)
        err = capsys.readouterr().err
        assert err.count("selects nothing") == 1
        assert f"$.nowhere selects nothing in {name}: " in err
    # Of one version alone it is said of that.
    Path("talk.yaml").write_text(NARROWER + "nowhere: {}\n")
    cli.main(["diff", "talk", "--against", "HEAD"])
    assert "selects nothing in HEAD:talk.yaml: " in capsys.readouterr().err
    assert cli.main(["diff", "talk", "--against", "nowhere"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("nowhere:0:0: error[read]: git knows no revision 'nowhere'")


def test_a_new_document_brings_no_other_files(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = SPEC.replace("'#/components/schemas/Voice'", "'voice.yaml'")
    Path("talk.yaml").write_text(text)
    Path("voice.yaml").write_text("type: string\n")
    assert cli.main(["generate", "--quiet"]) == 0
    git("add", ".")
    git("commit", "--quiet", "-m", "second")
    Path("new").mkdir()
    Path("new/talk.yaml").write_text(text.replace("title: Talk", "title: Talks"))
    update = ["update", "talk", "new/talk.yaml", "--allow-breaking"]
    for other in (False, True):
        if other:
            Path("new/voice.yaml").write_text("type: integer\n")
        # It is said at once, also of what would be refused for another reason.
        for words in (update, update[:-1]) if other else (update,):
            assert cli.main(words) == 2
            told = capsys.readouterr()
            assert "it refers to voice.yaml, which is not" in told.err
            assert told.out == ""
        assert Path("talk.yaml").read_text() == text
        assert not LOG.exists()
    Path("new/voice.yaml").write_text("type: string\n")
    assert cli.main(update) == 0


def test_what_the_package_does_not_need_belongs_to_the_specification(
    capsys: pytest.CaptureFixture[str],
) -> None:
    schemes = "components:\n  securitySchemes: {key: {$ref: access/all.yaml#/key}}\n"
    talk, key = Path("talk.yaml"), Path("access/key.yaml")
    talk.write_text(SPEC.replace("components:\n", schemes))
    key.parent.mkdir()
    key.write_text("type: apiKey\nin: header\nname: X-Key\n")
    more = "key: {$ref: key.yaml}\nunused: {$ref: nowhere.yaml}\n"
    Path("access/all.yaml").write_text(more)
    assert cli.main(["generate"]) == 0
    git("add", ".")
    git("commit", "--quiet", "-m", "second")
    shutil.copytree("access", "new/access")
    shutil.copy("talk.yaml", "new")
    key.write_text(key.read_text().replace("X-Key", "X-Token"))
    assert cli.main(["update", "new/talk.yaml"]) == 2
    assert "it refers to access/key.yaml, which is not" in capsys.readouterr().err
    assert cli.main(["generate", "--check", "--quiet"]) == 1
    assert cli.main(["update"]) == 0
    assert "verdict: compatible; wire patch" in capsys.readouterr().out
    assert cli.main(["generate", "--check"]) == 0


def test_a_file_that_nobody_could_read_does_no_harm_while_nothing_of_it_is_needed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    described = "info: {description: {$ref: README.md}, "
    Path("talk.yaml").write_text(SPEC.replace("info: {", described))
    Path("README.md").write_text("{ [\n")
    assert cli.main(["generate"]) == 0
    assert "README.md" not in capsys.readouterr().err


def test_a_new_document_comes_by_standard_input(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = SPEC.replace("title: Talk", "title: Talks").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert cli.main(["update", "talk", "-"]) == 0
    assert Path("talk.yaml").read_bytes() == text
    assert cli.main(["generate", "--check"]) == 0


def test_what_is_judged_is_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if somebody changes the new document meanwhile."""
    text = SPEC.replace("title: Talk", "title: Talks")
    new = Path("new.yaml")
    new.write_text(text)
    compared = diff.compare

    def overtaken(*given: Any, **more: Any) -> Any:
        new.write_text(BROKEN)
        return compared(*given, **more)

    monkeypatch.setattr(diff, "compare", overtaken)
    assert cli.main(["update", "talk", "new.yaml"]) == 0
    assert (Path("talk.yaml").read_text(), new.read_text()) == (text, BROKEN)


def test_a_text_that_nobody_has_is_named_with_the_way_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("talk.yaml").write_text(NARROWER)
    assert cli.main(["generate"]) == 0
    Path("talk.yaml").write_text(BROKEN)
    capsys.readouterr()
    assert cli.main(["update"]) == 2
    err = capsys.readouterr().err
    assert "talk.yaml:0:0: error[read]: the package was made from another text" in err
    assert "no revision of the last 1000 has it; --from OLD names a file" in err
    assert not LOG.exists()


def test_a_package_that_is_gone_is_named_with_the_ways_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.rmtree("generated")
    assert cli.main(["update", "talk"]) == 2
    err = capsys.readouterr().err
    assert "generated/talk:0:0: error[read]: there is no package here" in err
    assert "`codegen generate talk` makes it" in err
    assert "--from OLD names the file" in err


def test_a_specification_is_found_under_the_name_that_it_had(
    capsys: pytest.CaptureFixture[str],
) -> None:
    git("mv", "talk.yaml", "spoken.yaml")
    Path("codegen.toml").write_text('[[sdk]]\nspec = "spoken.yaml"\npackage = "talk"\n')
    Path("spoken.yaml").write_text(BROKEN)
    assert cli.main(["update"]) == 1
    assert ":talk.yaml spoken.yaml` shows it" in capsys.readouterr().err
    git("commit", "--quiet", "-a", "-m", "second")
    assert cli.main(["update", "--allow-breaking"]) == 0
    assert "(`minimum-decreased`)" in LOG.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["other"], "other:0:0: error[read]: neither a file nor the package of a"),
        (["talk", "lost.yaml"], "lost.yaml:0:0: error[read]: cannot be read: 'lost."),
        (["talk", "generated"], "generated:0:0: error[read]: cannot be read: it is"),
        (["talk", "talk.yaml", "talk.yaml"], "a specification; configured are talk"),
    ],
)
def test_what_is_not_configured_or_not_there_is_named(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["update", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_all_that_is_wrong_is_named_in_one_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong = ["update", "talk", "lost.yaml", "--from", "old.yaml", "--ignore", "no.yaml"]
    assert cli.main([*wrong, "--overlay", "mend.yaml", "--severity", "none=off"]) == 2
    lines = capsys.readouterr().err.splitlines()
    named = [line.partition(": error[")[0] for line in lines]
    assert named == [
        "command line:0:0",
        *(f"{name}.yaml:0:0" for name in ("lost", "mend", "no", "old")),
    ]


def test_of_several_sdks_one_has_to_be_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    second = '[[sdk]]\nspec = "talk.yaml"\npackage = "walk"\n'
    with Path("codegen.toml").open("a") as file:
        file.write(second)
    why = "error[read]: which SDK is to be updated is not said; configured are talk, w"
    assert cli.main(["update"]) == 2
    assert f"codegen.toml:0:0: {why}" in capsys.readouterr().err
    assert cli.main(["update", "talk.yaml"]) == 2
    assert f"talk.yaml:0:0: {why}" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["generate", "diff", "update", "doctor"])
def test_a_file_that_is_called_like_a_package_changes_nothing(command: str) -> None:
    Path("talk").write_text("#!/bin/sh\n")
    assert cli.main([command, "talk"]) == 0


@pytest.mark.parametrize("new", [["new.yaml"], []])
def test_errors_of_the_new_document_change_nothing(
    new: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(*new or ["talk.yaml"])
    path.write_text(SPEC.replace("schemas/Voice'", "schemas/Voce'"))
    assert cli.main(["update", *new, "--allow-breaking"]) == 2
    assert "error[dangling-ref]" in capsys.readouterr().err
    assert not LOG.exists()
    if not new:
        path.write_text(SPEC)
    assert Path("talk.yaml").read_text() == SPEC
    assert cli.main(["generate", "--check"]) == 0


def test_what_holds_in_both_directions_is_said_once() -> None:
    text = (
        'openapi: 3.1.0\ninfo: {title: Shop, version: "1"}\npaths: {}\n'
        "components: {schemas: {Item: {properties: {n: {type: string}}}}}\n"
    )
    Path("old.yaml").write_text(text)
    Path("talk.yaml").write_text(text.replace("string", "integer"))
    assert cli.main(["update", "--from", "old.yaml", "--allow-breaking"]) == 0
    assert LOG.read_text().count("type string became integer") == 1


def test_an_address_is_legible_in_the_changelog() -> None:
    for name, url in ("old.yaml", "https://a.example"), ("talk.yaml", "https://b.c"):
        Path(name).write_text(f"{SPEC}servers: [{{url: {url}}}]\n")
    assert cli.main(["update", "--from", "old.yaml", "--allow-breaking"]) == 0
    told = '`a server\'s url was "https://a.example" and is "https://b.c"`'
    assert f"- `servers`: {told} (`server-changed`)\n" in LOG.read_text()


def test_types_are_code_and_sentences_are_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    was = "temperature: {type: number, minimum: 0.6, maximum: 1.2, default: 0.8}"
    now = "temperature: {type: array, items: {type: [integer, 'null']}}"
    Path("talk.yaml").write_text(SPEC.replace(was, now))
    told = "also expect `list[int | None]`, and no longer expect `float`"
    assert cli.main(["diff", "talk", "--format", "markdown", "--fail-on", "never"]) == 0
    row = f"- **type-changed** `Session.temperature`: {told}\n"
    assert row in capsys.readouterr().out
    assert cli.main(["update", "--allow-breaking"]) == 0
    assert f"  - `Session.temperature`: {told}\n" in LOG.read_text()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    "ends", ["generated", "at the first file", "later", LOG.name, MANIFEST]
)
def test_an_update_that_was_killed_is_made_as_if_it_had_not_begun(ends: str) -> None:
    """Its version is not raised twice, and it is still known from what."""
    Path("new.yaml").write_text(BROKEN)
    version = Path("talk.release.toml")
    process = os.fork()
    if not process:
        left = {"at the first file": 1, "later": 5}.get(ends, 0)

        def killed(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal left
            if event == "os.rename" and "." not in ends:
                left -= 1
            elif event == "os.rename" and version.exists():
                left -= Path(arguments[1]).name == ends
            if left < 0:
                os._exit(9)

        sys.addaudithook(killed)
        cli.main(["update", "talk", "new.yaml", "--allow-breaking"])
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9
    assert version.exists() is ("." in ends)
    assert cli.main(["update", "talk", "new.yaml", "--allow-breaking"]) == 0
    assert Path("talk.yaml").read_text() == BROKEN
    assert LOG.read_text().count("\n## ") == 1
    assert 'version = "2.0.0"' in version.read_text()
    assert cli.main(["generate", "--check"]) == 0


def test_a_link_among_what_is_written_stops_it_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    LOG.symlink_to("precious")
    Path("precious").write_text("old")
    Path("new.yaml").write_text(BROKEN)
    assert cli.main(["update", "talk", "new.yaml", "--allow-breaking"]) == 2
    assert f"{LOG}:0:0: error[output]: a symbolic link" in capsys.readouterr().err
    assert Path("precious").read_text() == "old"
    assert Path("talk.yaml").read_text() == SPEC
    assert cli.main(["generate", "--check"]) == 0


def test_a_changelog_in_another_encoding_is_left_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    LOG.write_bytes("# Änderungen\n".encode("latin-1"))
    Path("new.yaml").write_text(BROKEN)
    assert cli.main(["update", "talk", "new.yaml", "--allow-breaking"]) == 2
    told = f"{LOG}:0:0: error[read]: cannot read: it is not UTF-8"
    assert told in capsys.readouterr().err
    assert LOG.read_bytes() == "# Änderungen\n".encode("latin-1")
    assert Path("talk.yaml").read_text() == SPEC


def test_a_folder_is_found_in_git_with_all_that_was_in_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("schemas").mkdir()
    line, more = Path("schemas/line.json"), Path("schemas/more.json")
    line.write_text('{"type": "object", "properties": {"n": {"maximum": 9}}}')
    Path("codegen.toml").write_text('[[sdk]]\nspec = "schemas"\npackage = "lines"\n')
    assert cli.main(["generate"]) == 0
    git("add", ".")
    git("commit", "--quiet", "-m", "second")
    line.write_text(line.read_text().replace("9", "8"))
    more.write_text('{"type": "object", "properties": {"m": {}}}')
    assert cli.main(["update"]) == 1
    assert cli.main(["update", "--allow-breaking"]) == 0
    log = Path("CHANGELOG-lines.md")
    text = log.read_text()
    assert "(`maximum-decreased`)" in text
    assert "- Classes: `more`" in text
    # Nobody has committed the other texts: they cannot be known, once there are more.
    Path("schemas/last.json").write_text("true")
    capsys.readouterr()
    assert cli.main(["update"]) == 2
    err = capsys.readouterr().err
    assert "schemas:0:0: error[read]: the package was made from other texts" in err
    assert "--from OLD names" in err
    git("add", "schemas/line.json", "schemas/more.json")
    git("commit", "--quiet", "-m", "third")
    assert cli.main(["update"]) == 0
    # What is gone was there.
    git("add", ".")
    git("commit", "--quiet", "-m", "fourth")
    more.unlink()
    assert cli.main(["update", "--allow-breaking"]) == 0
    assert "- Gone:\n  - `more`" in log.read_text()


def test_a_folder_may_be_the_repository_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    git("rm", "--quiet", "-r", "generated", "talk.yaml")
    Path("line.json").write_text('{"type": "object", "maxProperties": 9}')
    Path("codegen.toml").write_text(
        '[[sdk]]\nspec = "."\npackage = "lines"\noutput = ".out"\n'
    )
    assert cli.main(["generate", "--quiet"]) == 0
    git("add", ".")
    git("commit", "--quiet", "-m", "second")
    Path("line.json").write_text('{"type": "object", "maxProperties": 8}')
    assert cli.main(["update"]) == 1
    [shown] = re.findall("`codegen (diff .*)` shows it", capsys.readouterr().err)
    assert cli.main(["diff", "lines"]) == cli.main(shown.split()) == 1
    assert capsys.readouterr().out.count("maxProperties 9 became 8") == 2


MEND = """\
overlay: 1.0.0
info: {title: Mend, version: "1"}
actions:
  - target: $.components.schemas.Session.properties
    update: {note: {type: string}}
"""


def test_what_an_overlay_changes_is_compared(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def update(*arguments: str) -> tuple[int, str]:
        code = cli.main(["update", *arguments])
        told = capsys.readouterr()
        return code, f"{told.out}{told.err}"

    config, mend = Path("codegen.toml"), Path("overlays/talk.yaml")
    plain = config.read_text()
    mend.parent.mkdir()
    mend.write_text(MEND)
    config.write_text(f'{plain}overlays = ["overlays/talk.yaml"]\n')
    code, told = update()
    assert (code, told[:20]) == (0, "verdict: compatible;")
    assert "- Attributes of `Session`: `note`" in LOG.read_text()
    git("add", ".")
    git("commit", "--quiet", "-m", "second")
    mend.write_text(MEND.replace("string", "integer"))
    code, told = update()
    assert code == 1
    assert "what is on the wire and programs" in told
    shown = told.partition("`codegen ")[2].partition("`")[0].split()
    assert shown[:3] == ["diff", "talk", "--against"]
    assert cli.main(shown) == 1
    assert "old overlays/talk.yaml:5:" in capsys.readouterr().out
    # Where git does not have what it was, that is said.
    assert update("--allow-breaking")[0] == 0
    mend.write_text(MEND.replace("string", "boolean"))
    code, told = update()
    assert code == 2
    assert "talk.yaml:0:0: error[read]: the package was made with another text" in told
    code, told = update("--from", "talk.yaml")
    assert code == 0
    assert "warning[read]: the package was made with another" in told
    git("add", ".")
    git("commit", "--quiet", "-m", "third")
    # An overlay that is none of the configuration any longer was one.
    config.write_text(plain)
    mend.unlink()
    code, told = update()
    assert code == 1
    assert "it breaks programs" in told


def test_overlays_of_one_name_are_told_apart() -> None:
    config, mends = Path("codegen.toml"), [Path("a/mend.yaml"), Path("b/mend.yaml")]
    for mend in mends:
        mend.parent.mkdir()
        mend.write_text(MEND.replace("note", f"note_{mend.parent}"))
    listed = ", ".join(f'"{mend.as_posix()}"' for mend in mends)
    config.write_text(f"{config.read_text()}overlays = [{listed}]\n")
    assert cli.main(["generate"]) == 0
    manifest = json.loads(Path("generated/talk", MANIFEST).read_text())
    assert list(manifest["inputs"]) == ["talk.yaml", "a/mend.yaml", "b/mend.yaml"]
    assert len(set(manifest["inputs"].values())) == 3
    git("add", ".")
    git("commit", "--quiet", "-m", "second")
    mends[1].write_text(MEND.replace("note", "remark"))
    assert cli.main(["update", "--allow-breaking"]) == 0
    assert "`remark`" in LOG.read_text()
    assert "note_a" not in LOG.read_text()


def test_a_new_document_may_lie_anywhere_although_there_is_an_overlay(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the folder of a download, an overlay of the repository lies above the
    root."""
    config, mend = Path("codegen.toml"), Path("overlays/talk.yaml")
    mend.parent.mkdir()
    mend.write_text(MEND)
    config.write_text(f'{config.read_text()}overlays = ["overlays/talk.yaml"]\n')
    assert cli.main(["generate"]) == 0
    git("add", ".")
    git("commit", "--quiet", "-m", "second")
    downloaded = tmp_path_factory.mktemp("downloads") / "deeper/talk.yaml"
    downloaded.parent.mkdir()
    downloaded.write_text(SPEC.replace("description: ", "description: Now, ", 1))
    assert cli.main(["update", "talk", str(downloaded)]) == 0
    assert capsys.readouterr().out.startswith("verdict: compatible; wire patch")
    assert Path("talk.yaml").read_text() == downloaded.read_text()
    assert "note" in Path("generated/talk/models.py").read_text()


def test_an_sdk_is_compared_as_it_is_configured() -> None:
    """Another one that is configured for the same document says nothing of it."""
    config = Path("codegen.toml")
    config.write_text(
        '[[sdk]]\nspec = "talk.yaml"\npackage = "failed"\ninclude = ["Failed"]\n'
        '[[sdk]]\nspec = "talk.yaml"\npackage = "talk"\n'
    )
    Path("talk.yaml").write_text(BROKEN)
    assert cli.main(["update", "failed", "--from", "HEAD:talk.yaml"]) == 0
    assert cli.main(["update", "talk"]) == 1


def test_a_new_document_may_be_in_utf_16() -> None:
    Path("new.yaml").write_bytes(SPEC.replace("Talk", "Tälk").encode("utf-16"))
    assert cli.main(["update", "talk", "new.yaml"]) == 0
    assert Path("talk.yaml").read_bytes() == Path("new.yaml").read_bytes()


def test_a_name_that_is_given_back_is_no_old_name() -> None:
    Path("new.yaml").write_text(SPEC.replace("Voice", "Speaker"))
    Path("old.yaml").write_text(SPEC)
    assert cli.main(["update", "new.yaml", "--allow-breaking"]) == 0
    git("commit", "--quiet", "-am", "second")
    assert cli.main(["update", "old.yaml", "--allow-breaking"]) == 0
    entry = LOG.read_text().partition("\n## ")[2].partition("\n## ")[0]
    assert "- `Speaker` is `Voice`" in entry
    assert "Old names" not in entry
    git("commit", "--quiet", "-am", "third")
    without = SPEC.replace("[alloy, sage]", "[alloy]")
    Path("new.yaml").write_text(without)
    assert cli.main(["update", "new.yaml", "--allow-breaking"]) == 0
    assert "long enough:\n  - `Speaker`, which is `Voice`" in LOG.read_text()


def test_an_update_from_elsewhere_finds_the_old_text_where_the_specification_lies(
    project: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (project / "talk.yaml").write_text(BROKEN)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    config = str(project / "codegen.toml")
    assert cli.main(["update", "--config", config, "--allow-breaking"]) == 0
    assert "## 2.0.0" in (project / LOG).read_text()
