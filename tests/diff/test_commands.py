"""The command: its options about findings, and about which document is meant.

Each folder of `commands/` is a working directory with commands (`tests/commands.py`).
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from codegen import cli
from tests import commands

CASES = commands.cases(Path(__file__).parent / "commands")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands.check(case, tmp_path, monkeypatch, capsys)


def test_severities_never_change_verdict_and_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(Path(__file__).parent / "commands" / "severity")
    seen = []
    for level in ("", "error", "warn", "off"):
        rules = ("max-length-decreased", "maximum-decreased", "documentation-changed")
        args = [f"--severity={rule}={level}" for rule in rules if level]
        code = cli.main(["diff", "old.yaml", "new.yaml", "--format", "json", *args])
        found = json.loads(capsys.readouterr().out)
        seen.append((found["verdict"], found["bump"], found["directions"]))
        shown = [finding["rule"] for finding in found["findings"]]
        hidden = [finding["rule"] for finding in found["suppressed"]]
        assert sorted(shown if level != "off" else hidden) == sorted(rules)
        assert bool(shown) is (level != "off")
        assert code == (0 if level in ("warn", "off") else 1)
    assert seen == [seen[0]] * 4
    assert seen[0][:2] == ("breaking", "major")


SPEC = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths: {}
components:
  schemas:
    Order: {type: object, properties: {note: {type: string, maxLength: 9}}}
"""
CONFIG = """\
[[tool.codegen.sdk]]
spec = "apis/shop.yaml"
package = "shop"
overlays = ["apis/mend.yaml"]
"""
MEND = """\
overlay: 1.0.0
info: {title: Mend, version: "1"}
actions: [{target: $.components.schemas.Order, update: {description: An order.}}]
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configured SDK, committed twice: the second time with a smaller limit."""
    project = tmp_path / "project"
    (project / "apis").mkdir(parents=True)
    (project / "pyproject.toml").write_text(CONFIG)
    (project / "apis/mend.yaml").write_text(MEND)
    monkeypatch.chdir(project)

    def git(*args: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run(["git", *identity, *args], cwd=tmp_path, check=True)

    git("init", "-q")
    for limit in (9, 6):
        text = SPEC.replace("maxLength: 9", f"maxLength: {limit}")
        (project / "apis/shop.yaml").write_text(text)
        git("add", ".")
        git("commit", "-q", "-m", f"limit {limit}")
    return project


def test_a_configured_sdk_is_compared_with_itself(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def diff(*args: str) -> tuple[int, str]:
        code = cli.main(["diff", *args, "--format", "json"])
        out, err = capsys.readouterr()
        assert err == ""
        return code, json.loads(out)["verdict"]

    assert diff("shop") == (0, "identical")
    assert diff("shop", "--against", "HEAD~1") == (1, "breaking")
    spec = repository / "apis/shop.yaml"
    spec.write_text(spec.read_text().replace("maxLength: 6", "maxLength: 3"))
    assert diff("shop") == (1, "breaking")
    assert diff("shop", "--include", "Order") == (1, "breaking")
    spec.write_text(SPEC.replace("maxLength: 9", "maxLength: 6"))
    (repository / "apis/mend.yaml").write_text(MEND.replace("An order", "Some order"))
    assert diff("shop") == (0, "compatible")
    said = MEND.replace("description: An order.", "required: [note]")
    (repository / "apis/mend.yaml").write_text(said)
    assert diff("shop") == (1, "breaking")
    (repository / "apis/mend.yaml").write_text(MEND)
    spec.write_text(SPEC)
    assert diff("shop", "--against", "HEAD~1") == (0, "identical")


@pytest.mark.parametrize(
    ("folder", "args", "gone"),
    [
        (".", ("HEAD~1:./apis/shop.yaml", "apis/shop.yaml"), False),
        ("apis", ("HEAD~1:./shop.yaml", "HEAD:./shop.yaml"), False),
        ("apis", ("HEAD~1:./shop.yaml", "{}/shop.yaml"), True),
        ("..", ("HEAD~1:project/apis/shop.yaml", "project/apis/shop.yaml"), True),
        ("aside", ("HEAD~1:../apis/shop.yaml", "{}/shop.yaml"), False),
        ("aside", ("HEAD~1:../apis/shop.yaml", "../apis/shop.yaml"), True),
        (".", ("shop", "--against", "HEAD~1"), False),
        ("aside", ("shop", "--against", "HEAD~1"), True),
    ],
)
def test_marks_are_where_code_scanning_looks(
    repository: Path,
    folder: str,
    args: tuple[str, ...],
    gone: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By paths from the root of the repository, in the new version: what is gone is
    marked where it would stand."""
    (repository / "aside").mkdir()
    monkeypatch.chdir(repository / folder)
    spec = repository / "apis/shop.yaml"
    if gone:
        text = spec.read_text()
        spec.write_text(text[: text.index("    Order")] + "    Cart: {}\n")
    asked = [arg.replace("{}", spec.parent.as_posix()) for arg in args]
    severity = ["--severity", "schema-removed=error"]
    assert cli.main(["diff", *asked, *severity, "--format", "github"]) == 1
    place = (5, 3) if gone else (6, 61)
    at = f"file=project/apis/shop.yaml,line={place[0]},col={place[1]},"
    assert capsys.readouterr().out.startswith(f"::error {at}")
    cli.main(["diff", *asked, *severity, "--format", "sarif"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    (location,) = run["results"][0]["locations"]
    physical = location["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "project/apis/shop.yaml"
    assert tuple(physical["region"].values()) == place


@pytest.mark.parametrize(
    ("args", "heading"),
    [
        (
            ("HEAD~1:./shop.yaml", "shop.yaml"),
            "HEAD~1:project/apis/shop.yaml shop.yaml",
        ),
        (("{}/old/shop.yaml", "{}/new/shop.yaml"), "old/shop.yaml new/shop.yaml"),
        (("{}/new/shop.yaml", "shop.yaml"), "new/shop.yaml shop.yaml"),
    ],
)
def test_headings_name_files_and_revisions(
    repository: Path,
    args: tuple[str, ...],
    heading: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(repository / "apis")
    for name, limit in (("old", 9), ("new", 6)):
        folder = repository.parent / name
        folder.mkdir()
        text = SPEC.replace("maxLength: 9", f"maxLength: {limit}")
        (folder / "shop.yaml").write_text(text)
    cli.main(["diff", *(arg.replace("{}", str(repository.parent)) for arg in args)])
    old, new = heading.split()
    first = capsys.readouterr().out.splitlines()[0]
    assert first == f"Shop 1 ({old}) → Shop 1 ({new})"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent / "commands" / "causes")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")

    def diff(screen: io.StringIO, form: str = "text") -> str:
        monkeypatch.setattr(sys, "stdout", screen)
        assert cli.main(["diff", "old.yaml", "new.yaml", "--format", form]) == 1
        return screen.getvalue()

    plain, coloured = diff(io.StringIO()), diff(_Terminal())
    assert "\x1b" not in plain
    assert "\x1b[1;31mbreaking[operation-removed]\x1b[0m POST /vans\n" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert diff(_Terminal(), "markdown") == diff(io.StringIO(), "markdown")
    monkeypatch.setenv("NO_COLOR", "1")
    assert diff(_Terminal()) == plain


def test_an_sdk_is_what_it_was_configured_to_be(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The specification is the same, and the package is not."""
    more = SPEC.replace("9}}}", "6}}}\n    Cart: {type: object}")
    (repository / "apis/shop.yaml").write_text(more)
    for args in (["add", "."], ["commit", "-q", "-m", "more"]):
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run(["git", *identity, *args], cwd=repository, check=True)
    config = repository / "pyproject.toml"
    config.write_text(CONFIG + 'exclude = ["Cart"]\n')
    assert cli.main(["diff", "shop", "--format", "json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [finding["rule"] for finding in findings] == ["schema-removed"]
    # Moved, it is found where it was.
    (repository / "apis/shop.yaml").rename(repository / "shop.yaml")
    config.write_text(CONFIG.replace("apis/shop", "shop"))
    assert cli.main(["diff", "shop", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "identical"


def test_what_cannot_be_compared_with_itself_is_said(
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def said(*args: str, code: int) -> str:
        assert cli.main(["diff", *args]) == code
        return capsys.readouterr().err

    assert "'shp' is not the package of a configured SDK; configured are shop" in said(
        "shp", code=2
    )
    assert "git knows no revision 'nope'" in said("shop", "--against", "nope", code=2)
    assert "'--output=x' is not a revision" in said(
        "shop", "--against", "--output=x", code=2
    )
    (repository / "apis/mine.yaml").write_text(MEND)
    err = said("shop", "--overlay", "apis/mine.yaml", code=0)
    assert "apis/mine.yaml:0:0: warning[overlay]: git does not have it at 'HEAD'" in err
    assert "pyproject.toml" in said("shop", "--config", "no/pyproject.toml", code=2)
    elsewhere = repository.parents[1] / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    bare = elsewhere / "codegen.toml"
    bare.write_text('[[sdk]]\nspec = "shop.yaml"\npackage = "shop"\n')
    assert "there is no git repository here" in said("shop", code=2)


def test_a_configuration_from_elsewhere_has_the_revisions_of_where_it_lies(
    repository: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def told() -> str:
        config = str(repository / "pyproject.toml")
        assert cli.main(["diff", "shop", "--config", config, "--format", "json"]) == 0
        return capsys.readouterr().out

    here = json.loads(told())["verdict"]
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    assert json.loads(told())["verdict"] == here
    # Nor does another repository have them.
    subprocess.run(["git", "init", "-q"], cwd=elsewhere, check=True)
    assert json.loads(told())["verdict"] == here
