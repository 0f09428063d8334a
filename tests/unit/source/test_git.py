"""Revisions are read from repositories that set traps.

Each trap is a configuration that names a program. What is read is the same as without
it, and the program, which would leave a file behind, has not run.
"""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path
from typing import Final

import pytest

from codegen.diagnostics import Report
from codegen.flows import pairs
from codegen.source import git
from codegen.source.reader import GitReader, ReadError

SPEC = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "string"}'


class Trap:
    """A program, and whether it has run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.program = self.write("trap")

    def write(self, name: str) -> str:
        """One more program that springs the trap; its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n: > '{self.folder}/sprung'\nexit 1\n")
        path.chmod(0o755)
        return str(path)

    def sprung(self) -> bool:
        """Whether one has run; the trap is set again."""
        mark = self.folder / "sprung"
        found = mark.exists()
        mark.unlink(missing_ok=True)
        return found


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path / "trap")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one file in a folder, and no settings but its own."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    path = tmp_path / "repository"
    (path / "specs").mkdir(parents=True)
    (path / "specs" / "a.json").write_text(SPEC)
    monkeypatch.chdir(path)
    ask("init", "-q")
    commit()
    return path


def ask(*arguments: str) -> str:
    """What git prints, run as anybody runs it."""
    done = subprocess.run(
        ["git", *arguments], check=False, capture_output=True, text=True, timeout=30
    )
    return done.stdout.strip()


def commit() -> None:
    ask("add", "-A")
    identity = ("-c", "user.name=n", "-c", "user.email=n@example.com")
    ask(*identity, "commit", "-q", "-m", "one")


def forget(name: str) -> None:
    """Make an object missing, as it is in a partial clone."""
    found = ask("rev-parse", name)
    Path(".git", "objects", found[:2], found[2:]).unlink()


def configure(settings: dict[str, str]) -> None:
    for name, value in settings.items():
        ask("config", name, value)


def partial(settings: dict[str, str]) -> None:
    """Make the repository one that fetches missing objects from `origin`."""
    configure(
        {
            "core.repositoryFormatVersion": "1",
            "extensions.partialClone": "origin",
            "remote.origin.promisor": "true",
            "remote.origin.partialCloneFilter": "blob:none",
            "remote.origin.url": "../elsewhere",
            **settings,
        }
    )


FETCHING: Final = {
    "local": {"remote.origin.uploadPack": "{program}"},
    "file": {
        "remote.origin.url": "file:///elsewhere",
        "remote.origin.uploadPack": "{program}",
    },
    "ssh": {
        "remote.origin.url": "ssh://host.invalid/x",
        "core.sshCommand": "{program}",
    },
    "proxy": {
        "remote.origin.url": "git://host.invalid/x",
        "core.gitProxy": "{program}",
    },
    "ext": {
        "remote.origin.url": "ext::{program}",
        "protocol.ext.allow": "always",
    },
    "rewritten": {
        "remote.origin.url": "https://host.invalid/x",
        "url.ext::{program} .insteadOf": "https://host.invalid/",
        "protocol.allow": "always",
    },
    "helper": {"remote.origin.vcs": "trapped"},
    "included": {"include.path": "{included}"},
}
"""How a fetch would start a program."""


@pytest.mark.parametrize("way", FETCHING)
def test_nothing_is_fetched_by_a_program(
    way: str, repository: Path, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap.write("bin/git-remote-trapped")
    path = f"{trap.folder}/bin{os.pathsep}{os.environ['PATH']}"
    monkeypatch.setenv("PATH", path)
    included = trap.folder / "included"
    included.write_text(f'[remote "origin"]\n\tuploadPack = {trap.program}\n')
    places = {"program": trap.program, "included": str(included)}
    partial(
        {
            name.format_map(places): value.format_map(places)
            for name, value in FETCHING[way].items()
        }
    )
    forget("HEAD:specs/a.json")
    ask("cat-file", "blob", "HEAD:specs/a.json")
    assert trap.sprung(), "git itself does not run the program"
    doors = dict(git._ENVIRONMENT)
    for missing in (None, "GIT_NO_LAZY_FETCH"):
        # Older versions of git do not know that variable.
        kept = {name: value for name, value in doors.items() if name != missing}
        monkeypatch.setattr(git, "_ENVIRONMENT", kept)
        with pytest.raises(ReadError) as caught:
            GitReader(repository, "HEAD", "specs").read("specs/a.json")
        assert "has not fetched 'specs/a.json' of revision 'HEAD'" in str(caught.value)
        assert not trap.sprung(), missing


def test_nobody_is_called_over_the_network(repository: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        port = server.getsockname()[1]
        partial({"remote.origin.url": f"git://127.0.0.1:{port}/x"})
        forget("HEAD:specs/a.json")
        with pytest.raises(ReadError, match="has not fetched"):
            GitReader(repository, "HEAD", "specs").read("specs/a.json")
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_folder_that_is_missing_is_not_fetched_either(
    repository: Path, trap: Trap
) -> None:
    partial({"remote.origin.uploadPack": trap.program})
    forget("HEAD:specs")
    with pytest.raises(ReadError, match=r"has not fetched 'specs/a\.json'"):
        GitReader(repository, "HEAD", "specs").read("specs/a.json")
    forget("HEAD^{tree}")
    with pytest.raises(ReadError, match=r"has not fetched 'specs/a\.json'"):
        GitReader(repository, "HEAD", "specs").read("specs/a.json")
    assert not trap.sprung()


def test_a_comparison_says_what_is_not_there(repository: Path, trap: Trap) -> None:
    partial({"remote.origin.uploadPack": trap.program})
    forget("HEAD:specs/a.json")
    report = Report()
    assert pairs.load_pair("HEAD:specs/a.json", "specs/a.json", report) is None
    (problem,) = report
    assert problem.span.file == "HEAD:specs/a.json"
    assert "`git show` of it" in problem.message
    assert str(repository.parent) not in str(problem)
    assert not trap.sprung()


def test_no_program_of_a_configuration_runs(repository: Path, trap: Trap) -> None:
    (repository / ".gitattributes").write_text("* filter=trap diff=trap merge=trap\n")
    commit()
    commands = ("rev-parse", "cat-file", "ls-tree", "diff", "show")
    configure(
        {
            "core.fsmonitor": trap.program,
            "core.hooksPath": str(trap.folder / "hooks"),
            "core.pager": trap.program,
            "core.editor": trap.program,
            "core.askPass": trap.program,
            "core.alternateRefsCommand": trap.program,
            "credential.helper": f"!{trap.program}",
            "gpg.program": trap.program,
            "filter.trap.smudge": trap.program,
            "filter.trap.clean": trap.program,
            "filter.trap.process": trap.program,
            "filter.trap.required": "true",
            "diff.trap.textconv": trap.program,
            "diff.trap.command": trap.program,
            "diff.external": trap.program,
            "merge.trap.driver": trap.program,
            **{f"pager.{command}": trap.program for command in commands},
            **{f"alias.{command}": f"!{trap.program}" for command in commands},
        }
    )
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        trap.write(f"hooks/{hook}")
        trap.write(f"../repository/.git/hooks/{hook}")
    ask("status")
    assert trap.sprung(), "git itself does not run the programs"
    assert GitReader(repository, "HEAD", "specs").read("specs/a.json") == SPEC.encode()
    report = Report()
    assert pairs.load_pair("HEAD:specs/a.json", "HEAD:./specs/a.json", report)
    assert pairs.load_pair("HEAD:specs", "specs", report)
    for lost in ("HEAD:specs/b.json", "nowhere:specs/a.json", "HEAD:nowhere"):
        assert pairs.load_pair(lost, "specs/a.json", report) is None
    assert not trap.sprung()


UNKNOWN = (
    "git knows no revision {!r}, and nothing is fetched from here; `git fetch` brings "
    "one that is elsewhere"
)


@pytest.mark.parametrize(
    ("revision", "path", "reason"),
    [
        ("HEAD", "b.json", "git has no 'specs/b.json' at revision 'HEAD'"),
        ("HEAD:specs/a.json", "b.json", UNKNOWN.format("HEAD:specs/a.json")),
        ("HEAD", "*.json", "git has no 'specs/*.json' at revision 'HEAD'"),
        ("HEAD", "a.json/b", "git has no 'specs/a.json/b' at revision 'HEAD'"),
        ("HEAD", "", "'specs' is not a file at revision 'HEAD'"),
        ("HEAD", "part", "'specs/part' is not a file at revision 'HEAD'"),
        ("HEAD~7", "a.json", UNKNOWN.format("HEAD~7")),
        ("-p", "a.json", "'-p' is not a revision"),
        ("HEAD", "a\0", "git has no such name"),
    ],
)
def test_the_reason_is_the_one(
    revision: str, path: str, reason: str, repository: Path
) -> None:
    other = ask("rev-parse", "HEAD")
    ask("update-index", "--add", "--cacheinfo", f"160000,{other},specs/part")
    identity = ("-c", "user.name=n", "-c", "user.email=n@example.com")
    ask(*identity, "commit", "-q", "-m", "a submodule")
    with pytest.raises(ReadError) as caught:
        GitReader(repository, revision, "specs").read(f"specs/{path}".rstrip("/"))
    assert str(caught.value) == reason
    assert not GitReader(repository, revision, "specs").is_folder(path or "a.json")


def test_a_file_named_like_an_option_is_read(repository: Path) -> None:
    (repository / "specs" / "-t").write_text(SPEC)
    commit()
    assert GitReader(repository, "HEAD", "specs").read("specs/-t") == SPEC.encode()


def test_what_is_too_large_is_not_read(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, asked = git._run, []
    monkeypatch.setattr(git, "MAX_BYTES", len(SPEC) - 1)
    monkeypatch.setattr(git, "_run", lambda *a, **k: asked.append(a) or run(*a, **k))
    with pytest.raises(ReadError, match="it is larger than"):
        GitReader(repository, "HEAD", "specs").read("specs/a.json")
    assert [arguments[1] for arguments in asked] == ["-s"]


def refused(report: Report) -> str:
    assert pairs.load_pair("HEAD:specs/a.json", "specs/a.json", report) is None
    (problem,) = report
    return problem.message


def test_what_git_does_not_look_into_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = "'HEAD:specs/a.json' is no file, and "
    with monkeypatch.context() as other:
        # Git's own way of testing what it says of somebody else's repository.
        other.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        other.setenv("LANGUAGE", "de")
        said = refused(Report())
        assert said.startswith(message + "git does not trust the repository here")
        assert "safe.directory" in said
        assert str(repository) not in said
        with pytest.raises(ReadError, match=r"safe\.directory"):
            GitReader(repository, "HEAD", "specs").read("specs/a.json")
    with monkeypatch.context() as other:
        other.setenv("PATH", "/nowhere")
        assert refused(Report()) == message + "git cannot be started"
    ask("config", "core.bare", "true")
    assert refused(Report()) == message + "the git repository here has no working tree"
    ask("config", "core.bare", "false")
    ask("config", "core.repositoryFormatVersion", "99")
    assert "`git status` says why" in refused(Report())
    monkeypatch.chdir(repository.parent)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.parent.parent))
    with pytest.raises(git.GitError, match="there is no git repository here"):
        git.top_level()


def test_a_hook_of_a_linked_working_tree(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked = tmp_path / "linked"
    ask("worktree", "add", "-q", str(linked))
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nenv > '{tmp_path}/told'\n")
    hook.chmod(0o755)
    monkeypatch.chdir(linked)
    Path("specs", "b.json").write_text(SPEC)
    commit()
    told = dict(
        line.partition("=")[::2] for line in (tmp_path / "told").read_text().split("\n")
    )
    assert "linked" in told["GIT_DIR"]
    assert "GIT_WORK_TREE" not in told
    monkeypatch.setenv("GIT_DIR", told["GIT_DIR"])
    assert git.top_level(linked / "specs") == linked.resolve()
    assert git.blob(linked / "specs", "HEAD", "specs/a.json") == SPEC.encode()
