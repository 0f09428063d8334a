"""Runs that have nothing to do: which they are, and that they do nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from codegen import cli, shortcut, sightings
from codegen.cache import folder, tool, trees, unchanged
from tests.corpus_paths import ROOT

FILES: Final = {
    "project/pyproject.toml": """\
        [[tool.codegen.sdk]]
        spec = "api/talk.yaml"
        package = "talk"
        overlays = ["mend.yaml"]

        [tool.codegen.documents]
        "https://example.com/lib/" = "lib"
        """,
    "project/api/talk.yaml": """\
        openapi: 3.1.0
        info: {title: Talk, version: '1'}
        paths: {}
        components:
          schemas:
            Session:
              type: object
              properties:
                voice: {$ref: 'voice.yaml#/Voice'}
                unit: {$ref: 'https://example.com/lib/units.yaml#/Unit'}
                tone: {$ref: 'https://example.com/tones#/$defs/Tone'}
                limit: {type: integer, maximum: '10'}
        """,
    "project/api/voice.yaml": "Voice: {type: string, enum: [alloy, echo]}\n",
    "project/api/tones.json": """\
        {"$id": "https://example.com/tones", "$defs": {"Tone": {"type": "string"}}}
        """,
    "project/lib/units.yaml": "Unit: {type: string, maxLength: 3}\n",
    "project/mend.yaml": """\
        overlay: 1.0.0
        info: {title: Mend, version: '1'}
        actions:
          - target: $.components.schemas.Session
            update: {description: A conversation.}
        """,
}
GENERATE: Final = ("generate",)
CHECK: Final = ("generate", "--check")
MODELS: Final = "project/generated/talk/models.py"


@dataclass
class Project:
    """A folder with a configuration, and a cache of its own."""

    top: Path
    cache: Path
    made: list[list[str]]
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of a command."""
        code = cli.main(list(arguments))
        out, err = self.capsys.readouterr()
        return code, out, err

    def has_to_run(self, *arguments: str) -> bool:
        """Whether a command is not known to have nothing to do."""
        before = len(self.made)
        self.run(*arguments)
        return len(self.made) > before

    def replace(self, name: str, old: str, new: str) -> None:
        """Edit a file."""
        path = self.top / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    @property
    def entry(self) -> Path:
        """The one file of the cache."""
        [found] = self.cache.glob("run-*.json")
        return found


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """A project that has been generated once."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
    monkeypatch.delenv(folder.OFF)
    monkeypatch.setenv(folder.PLACE, str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path / "project")
    made: list[list[str]] = []
    run = cli.run

    def counted(arguments: list[str]) -> int:
        made.append(arguments)
        return run(arguments)

    monkeypatch.setattr(cli, "run", counted)
    found = Project(tmp_path, tmp_path / "cache", made, capsys)
    assert found.run(*GENERATE)[0] == 0
    return found


# --- nothing to do -----------------------------------------------------------------


def seen(top: Path) -> dict[str, tuple[int, int, bytes]]:
    """All that a run could have touched."""
    return {
        path.as_posix(): (
            path.stat().st_mtime_ns,
            path.stat().st_ino,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted((top / "project").rglob("*"))
    }


def test_a_run_without_a_change_is_known_and_touches_nothing(project: Project) -> None:
    before = seen(project.top)
    for arguments in (GENERATE, CHECK, CHECK, GENERATE):
        assert not project.has_to_run(*arguments)
    assert seen(project.top) == before


def test_it_says_what_a_run_would_say(project: Project) -> None:
    for arguments in (GENERATE, CHECK):
        known = project.run(*arguments)
        made = project.run(*arguments, "--no-cache")
        assert known == made
        assert "warning[read-as-meant]" in known[2]
    assert len(project.made) == 3


def test_little_is_kept_of_a_document_of_one_line(project: Project) -> None:
    wrong = {f"p{n}": {"type": "integer", "maximum": "10"} for n in range(400)}
    text = json.dumps({"Unit": {"type": "object", "properties": wrong}})
    (project.top / "project/lib/units.yaml").write_text(text, "utf-8")
    first = project.run(*GENERATE)[2]
    assert "and 394 more places before it" in first
    assert project.entry.stat().st_size < 400 * len(text) / 20
    assert not project.has_to_run(*GENERATE)
    again = project.run(*GENERATE)[2]
    assert again.splitlines()[:-1] == first.splitlines()[:-1]


def test_check_after_check_is_known(project: Project) -> None:
    shutil.rmtree(project.cache)
    assert project.has_to_run(*CHECK)
    assert not project.has_to_run(*CHECK)
    assert not project.has_to_run(*GENERATE)


def test_colours_are_those_of_the_terminal_at_hand(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = project.run(*GENERATE)[2]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    painted = project.run(*GENERATE)[2]
    assert len(project.made) == 1
    assert "\x1b[" not in plain
    assert "\x1b[" in painted


# --- something to do ---------------------------------------------------------------


def _write(name: str, text: str) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        (project.top / name).write_text(text, "utf-8")

    return change


def _replace(name: str, old: str, new: str) -> Callable[[Project], None]:
    return lambda project: project.replace(name, old, new)


def _edit_in_the_same_tick(project: Project) -> None:
    """An edit that size and time of the last change do not tell."""
    path = project.top / MODELS
    about = path.stat()
    project.replace(MODELS, "A conversation.", "A convention...")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert path.stat().st_size == about.st_size


def _link_the_package(project: Project) -> None:
    package = project.top / "project/generated/talk"
    package.rename(project.top / "elsewhere")
    package.symlink_to(project.top / "elsewhere")


def _link_a_file(project: Project) -> None:
    path = project.top / MODELS
    path.rename(project.top / "models.py")
    path.symlink_to(project.top / "models.py")


def _point_outside(project: Project) -> None:
    """The same bytes as before, from where nothing may be read."""
    path = project.top / "project/api/voice.yaml"
    path.rename(project.top / "voice.yaml")
    path.symlink_to(project.top / "voice.yaml")


CHANGES: Final[dict[str, Callable[[Project], None]]] = {
    "the specification": _replace("project/api/talk.yaml", "'1'", "'2'"),
    "a file it refers to": _replace("project/api/voice.yaml", "echo", "sage"),
    "a file that a URI is mapped to": _replace("project/lib/units.yaml", "3", "4"),
    "a file that bears an identifier": _replace(
        "project/api/tones.json", '"string"', '"integer"'
    ),
    "the identifier of a file": _replace("project/api/tones.json", "/tones", "/tines"),
    "an overlay": _replace("project/mend.yaml", "conversation", "conversion"),
    "the configuration": _replace("project/pyproject.toml", "[tool", "# again\n[tool"),
    "a reference that is gone": lambda p: (p.top / "project/api/voice.yaml").unlink(),
    "a new file beside the specification": _write(
        "project/api/other.json", '{"$id": "https://example.com/tones"}\n'
    ),
    "a nearer configuration": _write("project/api/pyproject.toml", ""),
    "a repository further down": lambda p: (p.top / "project/api/.git").mkdir(),
    "an output edited": _replace(MODELS, "A conversation.", "A chat."),
    "an output edited within a tick": _edit_in_the_same_tick,
    "an output gone": lambda p: (p.top / MODELS).unlink(),
    "an output that is a link": _link_a_file,
    "a package that is a link": _link_the_package,
    "a golden file edited": lambda p: next(
        (p.top / "project/generated/tests/talk/golden").rglob("*.json")
    ).write_text("{}"),
    "a manifest gone": lambda p: (
        p.top / "project/generated/talk/.codegen-manifest.json"
    ).unlink(),
    "a run that was broken off": _write(
        "project/generated/talk/..codegen-manifest.json.codegen.tmp", "{}"
    ),
    "a reference that leads outside": _point_outside,
}
IRRELEVANT: Final = {"a nearer configuration", "a repository further down"}
"""Changes that the configuration's folder keeps from mattering: it is the root."""


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_seen(
    project: Project, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Runs are asked for, and not made: they are those of any change."""
    CHANGES[change](project)
    known = change in IRRELEVANT
    monkeypatch.setattr(cli, "run", lambda asked: project.made.append(asked) or 0)
    assert project.has_to_run(*CHECK) is not known
    assert project.has_to_run(*GENERATE) is not known


@pytest.mark.parametrize("mark", [".git", "pyproject.toml"])
def test_what_would_be_another_root_is_seen(
    project: Project, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = project.top / "bare" / "deep"
    api.mkdir(parents=True)
    shutil.copy(project.top / "project/lib/units.yaml", api)
    monkeypatch.chdir(api)
    command = ("generate", "units.yaml", "--package", "units", "--output", "out")
    (api / "units.yaml").write_text(
        "type: object\n$schema: https://json-schema.org/draft/2020-12/schema\n"
    )
    assert project.has_to_run(*command)
    assert not project.has_to_run(*command)
    (api.parent / mark).touch()
    assert project.has_to_run(*command)


@pytest.mark.parametrize("change", ["an output edited", "an output gone", "an overlay"])
def test_a_changed_tree_is_mended_or_refused_as_without_a_cache(
    project: Project, change: str
) -> None:
    """What is printed, and what stands there afterwards."""
    CHANGES[change](project)
    copy = project.top.parent / f"{project.top.name}-again"
    shutil.copytree(project.top, copy)
    stale = project.run(*CHECK)
    assert stale[0] == 1
    mended = project.run(*GENERATE)
    os.chdir(copy / "project")
    assert project.run(*CHECK, "--no-cache") == stale
    assert project.run(*GENERATE, "--no-cache") == mended
    assert _contents(project.top) == _contents(copy)
    assert ("edited" in mended[2]) is (change == "an output edited")
    os.chdir(project.top / "project")
    after = project.run(*GENERATE)
    assert "edited" not in after[2]
    assert len(project.made) == 5


def _contents(top: Path) -> dict[str, bytes]:
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in (top / "project").rglob("*")
        if path.is_file()
    }


def test_newlines_of_a_checkout_change_nothing(project: Project) -> None:
    """As git leaves them where `core.autocrlf` is set."""
    for path in (project.top / "project").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = seen(project.top)
    assert project.has_to_run(*CHECK)
    code, out, _ = project.run(*CHECK)
    assert (code, out) == (0, "")
    assert "0 changed" in project.run(*GENERATE, "--no-cache")[2]
    assert seen(project.top) == before


def test_arguments_and_the_working_directory_are_part_of_a_run(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project.has_to_run("generate", "talk")
    assert project.has_to_run("generate", "talk", "--strict")
    assert project.run("generate", "talk", "--strict")[0] == 2
    assert project.has_to_run("generate", "--lenient")
    monkeypatch.setenv("CODEGEN_NAIVE", "some")
    assert project.has_to_run(*GENERATE)
    monkeypatch.chdir(project.top / "project/api")
    assert project.has_to_run(*GENERATE)
    assert not project.has_to_run(*CHECK)


def test_a_value_that_looks_like_check_is_a_value(project: Project) -> None:
    command = ("generate", "api/talk.yaml", "--package", "talk", "--output")
    assert project.run(*command, "--check")[0] == 0
    assert (project.top / "project/--check/talk").is_dir()
    assert project.run(*command)[0] == 2
    assert project.run(*command, "--check", "--check")[0] == 0
    assert project.run("generate", "--package", "--check", "talk")[0] == 2


def test_flags_take_no_value() -> None:
    taken = {
        name
        for parameter in cli.cli.commands["generate"].params
        for name in parameter.opts
        if getattr(parameter, "is_flag", False)
    }
    assert taken >= unchanged._FLAGS


def test_a_bad_run_leaves_nothing(project: Project) -> None:
    before = project.entry.read_bytes()
    project.replace("project/api/talk.yaml", "voice.yaml#/Voice", "voice.yaml#/Voce")
    for _ in range(2):
        assert project.run(*GENERATE)[0] == 2
    assert project.entry.read_bytes() == before
    project.replace("project/api/talk.yaml", "voice.yaml#/Voce", "voice.yaml#/Voice")
    assert not project.has_to_run(*GENERATE)


# --- the tool ----------------------------------------------------------------------


def test_another_tool_has_a_memory_of_its_own(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tool.digest()
    monkeypatch.setattr(tool, "digest", lambda: "0" * 64)
    assert project.has_to_run(*GENERATE)
    assert not project.has_to_run(*GENERATE)
    monkeypatch.setattr(tool, "digest", lambda: ours)
    assert not project.has_to_run(*GENERATE)


def test_a_tool_that_changes_while_it_runs_remembers_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter(range(100))
    monkeypatch.setattr(tool, "digest", lambda: f"{next(numbers)}")
    before = sorted(project.cache.iterdir())
    assert project.has_to_run(*GENERATE)
    assert project.has_to_run(*GENERATE)
    assert sorted(project.cache.iterdir()) == before


def test_the_digest_of_the_tool_is_of_all_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "codegen"
    shutil.copytree(ROOT / "codegen", package)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    monkeypatch.setattr(tool, "_PACKAGE", str(package))
    digests = [tool.digest()]
    for name in ("text.py", "config.schema.json", "../templates/python/init.jinja"):
        path = package / name
        if not path.exists():
            path = next((tmp_path / "templates").rglob("*.jinja"))
        path.write_bytes(path.read_bytes() + b"\n")
        digests.append(tool.digest())
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "text.pyc").write_bytes(b"")
    assert tool.digest() == digests[-1]
    site = tmp_path / "site"
    (site / "Jinja2-9.9.dist-info").mkdir(parents=True)
    (site / "unrelated-1.dist-info").mkdir()
    monkeypatch.syspath_prepend(site)
    digests.append(tool.digest())
    assert len(set(digests)) == 5
    shutil.rmtree(site / "unrelated-1.dist-info")
    assert tool.digest() == digests[-1]


def test_every_dependency_is_in_the_digest() -> None:
    from importlib import metadata

    from packaging.requirements import Requirement

    found: set[str] = set()
    waiting = ["wirewright"]
    while waiting:
        for text in metadata.requires(waiting.pop()) or ():
            wanted = Requirement(text)
            name = wanted.name.lower().replace("_", "-")
            if name in found or (wanted.marker and not wanted.marker.evaluate()):
                continue
            found.add(name)
            waiting.append(name)
    assert found <= set(tool.DEPENDENCIES)


# --- hostile ground ----------------------------------------------------------------


def test_a_cache_that_is_not_ours_alone_is_not_used(project: Project) -> None:
    project.cache.chmod(0o755)
    before = project.entry.read_bytes()
    code, _, err = project.run(*GENERATE)
    assert (code, len(project.made)) == (0, 2)
    [line] = [one for one in err.splitlines() if "cache" in one]
    assert line == (
        f"codegen: the cache {project.cache} is not used: it is open to others; "
        "`chmod 700` closes it"
    )
    assert project.entry.read_bytes() == before
    project.cache.chmod(0o700)
    assert not project.has_to_run(*GENERATE)


def test_a_link_is_no_cache(project: Project) -> None:
    project.cache.rename(project.top / "theirs")
    project.cache.symlink_to(project.top / "theirs")
    code, _, err = project.run(*GENERATE)
    assert (code, len(project.made)) == (0, 2)
    assert err.count("is not used: it is a symbolic link\n") == 1


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root gives folders away"
)
@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_another_user_has_planted_is_not_used(project: Project, what: str) -> None:
    place = project.cache if what == "folder" else project.entry
    os.chown(place, 65534, 65534)
    assert project.has_to_run(*GENERATE)
    if what == "folder":
        assert project.run(*CHECK)[2].count("it belongs to another user\n") == 1
        assert place.stat().st_uid == 65534
    else:  # It is ours again.
        assert not project.has_to_run(*GENERATE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "{}",
        '{"seen": [], "trees": [], "told": 3}',
        '{"seen": [["content", "x"]], "trees": [], "told": []}',
        '{"seen": [["system", "rm", ""]], "trees": [], "told": []}',
        '{"seen": [["kind", "\\u0000", "file"]], "trees": [], "told": []}',
        '{"seen": [], "trees": [{}], "told": []}',
        '{"seen": [], "trees": [], "told": [["fatal", "a", "b", "c", 1, 1, "", 0]]}',
        '{"seen": [], "trees": [], "told": [["error", 1, "b", "c", 1, 1, "", 0]]}',
        "[" * 100_000,
        "\udcff",
    ],
)
def test_a_damaged_entry_is_as_good_as_none(project: Project, text: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    project.entry.write_bytes(folder._seal(project.entry.name, data) + data)
    assert project.has_to_run(*GENERATE)
    assert not project.has_to_run(*GENERATE)


def _said(entry: Path) -> Any:
    """What an entry says, behind its digest."""
    return json.loads(entry.read_bytes().partition(b"\n")[2])


def test_entries_are_data_for_us_alone(project: Project) -> None:
    assert isinstance(_said(project.entry), dict)
    assert project.entry.stat().st_mode & 0o777 == 0o600
    assert project.cache.stat().st_mode & 0o777 == 0o700


def test_the_cache_can_be_turned_off(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(project.cache)
    assert project.has_to_run(*GENERATE, "--no-cache")
    monkeypatch.setenv(folder.OFF, "1")
    assert project.has_to_run(*GENERATE)
    assert not project.cache.exists()


def test_a_place_where_nothing_can_be_written_is_no_trouble(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.top / "file").touch()
    monkeypatch.setenv(folder.PLACE, str(project.top / "file/cache"))
    for _ in range(2):
        code, _, err = project.run(*GENERATE)
        assert code == 0
        assert "cache" not in err
    assert len(project.made) == 3


def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(folder.OFF)
    monkeypatch.delenv(folder.PLACE, raising=False)
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setattr(sys, "platform", "linux")
    assert folder.place() == "/home/me/.cache/wirewright"
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/me")
    assert folder.place() == "/var/me/wirewright"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert folder.place() == "/home/me/Library/Caches/wirewright"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/C/Local")
    assert folder.place() == "/C/Local/wirewright"
    monkeypatch.delenv("LOCALAPPDATA")
    assert folder.place() is None


def test_it_has_a_greatest_size(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(folder.OFF)
    monkeypatch.setenv(folder.PLACE, str(tmp_path / "cache"))
    monkeypatch.setattr(folder, "MOST_FILES", 4)
    now = time.time()

    def kept() -> str:
        return "".join(sorted(path.stem for path in (tmp_path / "cache").iterdir()))

    with folder.Folder() as cache:
        for number in range(4):
            cache.write(f"{number}.json", number)
            os.utime(tmp_path / "cache" / f"{number}.json", (now, now - 10 + number))
        cache.read("0.json")
        cache.write("4.json", 4)
        assert kept() == "0234"  # The first was used last.
        size = (tmp_path / "cache" / "4.json").stat().st_size
        monkeypatch.setattr(folder, "MOST_BYTES", 2 * size)
        cache.write("5.json", 5)
        assert kept() == "45"
        os.utime(tmp_path / "cache" / "5.json", (1, 1))
        cache.write("4.json", 6)
        assert (kept(), cache.read("4.json")) == ("4", 6)


# --- stamps ------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="only there are stamps")
def test_files_that_have_been_still_are_not_read_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not project.has_to_run(*GENERATE)
    [tree] = _said(project.entry)["trees"]
    assert tree["stamp"] == ""  # They were written a moment ago.
    monkeypatch.setattr(trees, "STILL", -1.0)
    assert not project.has_to_run(*GENERATE)
    [tree] = _said(project.entry)["trees"]
    assert tree["stamp"]
    read: list[str] = []
    really = trees.read
    monkeypatch.setattr(trees, "read", lambda p: (read.append(p), really(p))[1])
    assert not project.has_to_run(*GENERATE)
    assert [Path(path).name for path in read] == [".codegen-manifest.json"]
    _edit_in_the_same_tick(project)
    assert project.has_to_run(*CHECK)
    assert project.run(*CHECK)[0] == 1


# --- completeness ------------------------------------------------------------------

LOOKING: Final = """\
import os, sys
from codegen import cli
looked = set()

def hook(event, given):
    if event in ("open", "os.listdir", "os.scandir"):
        place = given[0] if given else "."
        if isinstance(place, (str, bytes, os.PathLike)):
            looked.add((event, os.path.abspath(os.fsdecode(place))))

def told(function):
    def asked(place, *rest, **more):
        if isinstance(place, (str, os.PathLike)) and not more.get("dir_fd"):
            looked.add(("stat", os.path.abspath(os.fspath(place))))
        return function(place, *rest, **more)
    return asked

sys.addaudithook(hook)
os.stat, os.lstat = told(os.stat), told(os.lstat)
assert cli.run(["generate"]) == 0
for event, place in sorted(looked):
    print(event, place)
"""


def test_whatever_a_run_looks_at_is_remembered(project: Project) -> None:
    shutil.rmtree(project.top / "project/generated")
    done = subprocess.run(
        [sys.executable, "-c", LOOKING],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    entry = _said(project.entry)
    known = {os.path.abspath(place) for _, place, _ in entry["seen"]}
    inputs = {
        place
        for place in (line.split(" ", 1)[1] for line in done.stdout.splitlines())
        if place.startswith(str(project.top / "project"))
        and not Path(place).name.startswith(("run-", "memo-"))  # Of the cache.
        and not place.startswith(str(project.top / "project/generated"))
    }
    assert len(inputs) > 8
    # A folder that was resolved was looked at on the way to what is in it.
    above = {parent.as_posix() for place in known for parent in Path(place).parents}
    assert sorted(inputs - known - above) == []


# --- at once -----------------------------------------------------------------------


def test_two_runs_at_once_leave_a_whole_entry(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(folder.OFF)
    monkeypatch.setenv(folder.PLACE, str(tmp_path / "cache"))
    texts = {name: [name * 100_000] for name in "ab"}
    found = []

    def write(name: str) -> None:
        for _ in range(50):
            with folder.Folder() as cache:
                cache.write("one.json", texts[name])
                found.append(cache.read("one.json"))

    threads = [threading.Thread(target=write, args=(name,)) for name in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one in texts.values() for one in found)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["one.json"]


def test_processes_at_once_come_to_the_same(project: Project) -> None:
    shutil.rmtree(project.cache)
    shutil.rmtree(project.top / "project/generated")
    command = [sys.executable, "-m", "codegen", "generate"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        for _ in range(3)
    ]
    assert [one.wait(120) for one in running] == [0, 0, 0]
    assert not project.has_to_run(*CHECK)
    assert project.entry
    assert not list(project.cache.glob("*.tmp"))


def test_notes_of_something_that_changes_while_it_is_read_do_not_last(
    tmp_path: Path,
) -> None:
    path = tmp_path / "file"
    with sightings.Notes() as notes:
        path.write_text("a")
        sightings.content(path)
        sightings.content(path)
        assert notes.lasting
        path.write_text("b")
        sightings.content(path)
    assert not notes.lasting


# --- what it costs -----------------------------------------------------------------

HEAVY: Final = (
    *("click", "jinja2", "jsonschema", "jsonschema_rs", "referencing", "yaml"),
    *("dataclasses", "inspect", "pathlib", "importlib.metadata", "tempfile", "tomllib"),
    *("codegen.cli", "codegen.config", "codegen.diagnostics", "codegen.flows"),
    *("codegen.frontend", "codegen.ir", "codegen.python", "codegen.source"),
)
"""What a run that has nothing to do does not import."""

IMPORTED: Final = """\
import atexit, sys
atexit.register(lambda: print(*sys.modules))
sys.argv = ["codegen", *{!r}]
from codegen.__main__ import run
run()
"""


def test_a_run_with_nothing_to_do_imports_next_to_nothing(project: Project) -> None:
    project.replace("project/api/talk.yaml", "'10'", "10")
    assert project.run(*GENERATE)[0] == 0
    assert _imported("generate", "--check").isdisjoint(HEAVY)


def test_a_run_that_has_to_be_made_is_told_what_it_will_read(project: Project) -> None:
    assert shortcut.taken(["lint", "x.yaml"]) == (None, [])
    assert shortcut.taken([*GENERATE, "--no-tests"]) == (None, [])
    project.replace("project/api/talk.yaml", "'10'", "10")
    code, read = shortcut.taken([*GENERATE])
    assert code is None
    names = {Path(place).name for place in read}
    assert names >= {"talk.yaml", "voice.yaml", "units.yaml", "mend.yaml"}


def test_help_reads_no_specifications() -> None:
    kept = {"click", "dataclasses", "inspect", "pathlib", "codegen.cli"}
    kept |= {"codegen.diagnostics", "codegen.flows"}
    for arguments in (("--version",), ("--help",), ("generate", "--help")):
        assert _imported(*arguments).isdisjoint({*HEAVY} - kept)


def test_a_file_is_compared_with_itself_without_what_compares(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.top)  # Nothing is configured there.
    imported = _imported("diff", "project/api/talk.yaml", "project/api/talk.yaml")
    assert imported.isdisjoint(
        {
            *("codegen.frontend.lowering", "codegen.compat.engine", "codegen.oracle"),
            *("codegen.python", "codegen.sdk_changes", "codegen.source.overlay"),
            *("jsonschema", "jsonschema_rs", "referencing", "jsonpath"),
        }
    )


def _imported(*arguments: str) -> set[str]:
    done = subprocess.run(
        # Without the site, which may import anything.
        [sys.executable, "-c", IMPORTED.format(arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())
