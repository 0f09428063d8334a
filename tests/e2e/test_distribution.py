"""A generated SDK is a distribution: it builds, installs, and its README is true."""

from __future__ import annotations

import email
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from codegen import cli, digests
from tests.e2e.talk import SPEC
from tests.e2e.test_packaging import call

HOSTILE = '"""\n# x ]]> <b>\\ \u202e `|` {{ 7 }} @team #1 https://x.example'
WHOLE = """\
distribution = { name = "acme-talk", license = "MIT", version = "0.3.0", \
authors = [{ name = 'A "B"', email = "a@b.example" }], \
urls = { "Source code" = "https://example.com" } }
"""


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configured(said: str, spec: str = SPEC, package: str = "talk") -> None:
    Path("talk.yaml").write_text(spec)
    text = (
        f'[[sdk]]\nspec = "talk.yaml"\npackage = "{package}"\ntests = false\n{said}\n'
    )
    Path("codegen.toml").write_text(text)


def project(folder: str = "generated") -> dict[str, Any]:
    return tomllib.loads(Path(folder, "pyproject.toml").read_text("utf-8"))


def blocks(readme: str) -> list[str]:
    """The Python of a README."""
    tokens = MarkdownIt().parse(readme)
    return [token.content for token in tokens if token.info == "python"]


def wheel_of(folder: Path) -> Path:
    """The wheel of a project, built without an index."""
    assert importlib.util.find_spec("hatchling"), "development has it"
    offline = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet")
    call(sys.executable, "-m", "pip", "wheel", *offline, folder, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.mark.parametrize("package", ["talk", "acme.apis.talk"])
def test_it_builds_and_installs_and_its_readme_runs(package: str, empty: Path) -> None:
    configured(WHOLE, package=package)
    assert cli.main(["generate"]) == 0
    assert cli.main(["generate", "--check"]) == 0
    folder = package.replace(".", "/")
    path = wheel_of(empty / "generated")
    with zipfile.ZipFile(path) as files:
        names = files.namelist()
        (place,) = [name for name in names if name.endswith("/METADATA")]
        metadata = email.message_from_bytes(files.read(place))
    assert f"{folder}/py.typed" in names
    assert f"{folder}/_runtime/model.py" in names
    assert all(name.startswith((f"{folder}/", "acme_talk-0.3.0.")) for name in names)
    assert (metadata["Name"], metadata["Version"]) == ("acme-talk", "0.3.0")
    assert metadata["License-Expression"] == "MIT"
    assert metadata.get_all("Requires-Dist", [])[0].startswith("orjson")
    assert metadata["Author-email"] == '"A \\"B\\"" <a@b.example>'
    readme = (empty / "generated" / "README.md").read_text("utf-8")
    assert metadata.get_payload() == readme
    call(sys.executable, "-m", "venv", "--without-pip", empty / "env", cwd=empty)
    python = empty / "env" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    install = ("install", "--quiet", "--no-deps", "--no-index", path)
    call(*pip, "--python", python, *install, cwd=empty)
    first, events = blocks(readme)
    assert "Session(voice=" in call(python, "-c", first, cwd=empty)
    assert "SessionUpdated(" in call(python, "-c", events, cwd=empty)


def test_where_there_is_an_index_it_builds_by_itself(empty: Path) -> None:
    """As whoever installs it from its source does it."""
    configured("distribution = {}")
    assert cli.main(["generate"]) == 0
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--retries=0")
    try:
        folder = empty / "generated"
        call(*pip, "wheel", "--quiet", "--timeout=5", folder, cwd=folder)
    except AssertionError as error:
        if "No matching distribution" in str(error) or "Connection" in str(error):
            pytest.skip("NO INDEX to install hatchling from")
        raise
    assert [path.name for path in folder.glob("*.whl")] == [
        "talk-1.0.0-py3-none-any.whl"
    ]


def test_text_of_a_specification_stays_text() -> None:
    said = json.dumps(HOSTILE)
    spec = SPEC.replace("title: Talk", f"title: {said}")
    spec = spec.replace("Who speaks.", said)
    spec = spec.replace("session.updated", "session`|updated")
    configured("distribution = {}", spec)
    assert cli.main(["generate"]) == 0
    found = project()
    assert set(found) == {"build-system", "project", "tool"}
    description = found["project"]["description"]
    assert "\n" not in description
    assert description.startswith('Types and codec of """ # x ]]> <b>\\ \\u202e')
    readme = Path("generated/README.md").read_text("utf-8")
    shown = MarkdownIt().render(readme.split("-->", 1)[1])
    assert not re.search(r"<(?!/?(?:h1|h2|p|pre|code|ul|li|em)\b)", shown)
    assert "@team" not in readme
    assert "<code>session`|updated</code>" in shown
    for block in blocks(readme):
        compile(block, "README.md", "exec")


def test_an_update_raises_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    configured('distribution = { version = "0.3.0" }')
    assert cli.main(["generate"]) == 0
    Path("new.yaml").write_text(SPEC.replace("enum: [alloy,", "enum: [ash, alloy,"))
    assert cli.main(["update", "new.yaml", "--allow-breaking"]) == 0
    version = project()["project"]["version"]
    assert version == "0.4.0"
    assert f"## {version}\n" in Path("CHANGELOG-talk.md").read_text()
    assert cli.main(["generate", "--check"]) == 0
    # What the configuration says counts where it is more.
    configured('distribution = { version = "2.0.0" }', Path("new.yaml").read_text())
    assert cli.main(["generate"]) == 0
    assert project()["project"]["version"] == "2.0.0"


def test_it_goes_when_it_is_no_longer_asked_for() -> None:
    configured("distribution = {}")
    assert cli.main(["generate"]) == 0
    assert project()["project"]["name"] == "talk"
    configured("")
    assert cli.main(["generate"]) == 0
    assert [path.name for path in Path("generated").iterdir()] == ["talk"]


def test_a_project_of_somebody_else_stays(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever a manifest says."""
    own = empty / "generated" / "pyproject.toml"
    own.parent.mkdir()
    own.write_text("[project]\nname = 'mine'\n")
    configured("distribution = {}")
    assert cli.main(["generate"]) == 2
    assert "not written by codegen; move it out of the way" in capsys.readouterr().err
    manifest = empty / "generated" / "talk" / ".codegen-manifest.json"
    manifest.parent.mkdir(exist_ok=True)
    digest = digests.of_text(own.read_bytes())
    manifest.write_text(json.dumps({"files": {"pyproject.toml": digest}}))
    assert cli.main(["generate"]) == 2
    configured("")
    assert cli.main(["generate"]) == 0
    assert own.read_text() == "[project]\nname = 'mine'\n"


def test_two_do_not_fit_into_one_folder(capsys: pytest.CaptureFixture[str]) -> None:
    configured("distribution = {}")
    text = Path("codegen.toml").read_text()
    Path("codegen.toml").write_text(text + text.replace('"talk"', '"other"'))
    assert cli.main(["generate"]) == 2
    err = capsys.readouterr().err
    assert "codegen.toml:10:" in err
    assert "another SDK is written to generated/pyproject.toml already" in err


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("{ name = '-x' }", "distribution.name: '-x' does not match"),
        ("{ version = '1' }", "distribution.version: '1' does not match"),
        ("{ license = 'MIT\\n' }", "distribution.license: "),
        ("{ licence = 'MIT' }", "unknown key 'licence' (did you mean 'license'?)"),
        ("{ authors = [{}] }", "distribution.authors: "),
    ],
)
def test_what_it_is_called_is_checked(
    said: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configured(f"distribution = {said}")
    assert cli.main(["generate"]) == 2
    assert complaint in capsys.readouterr().err


def test_a_tool_that_knows_no_more_than_the_folder_builds_it(empty: Path) -> None:
    """An sdist has what its wheel is made from, and git need not know the package."""
    subprocess.run(["git", "init", "--quiet"], check=True)
    Path(".gitignore").write_text("generated/\n")
    configured(WHOLE)
    assert cli.main(["generate"]) == 0
    build = ("build", "--no-isolation", "--outdir", empty / "dist")
    call(sys.executable, "-m", *build, empty / "generated", cwd=empty)
    (path,) = (empty / "dist").glob("*.whl")
    assert "talk/models.py" in zipfile.ZipFile(path).namelist()
