"""Reads files of git revisions, without starting any program or fetching anything.

The configuration of a repository names programs: for fetching from remotes, hooks, a
monitor of the working tree, filters. Whoever compares two versions has not agreed to
run any of these. So only commands that read objects are used, and in a partial clone an
object that is not there is reported as missing.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Final

from codegen.source.limits import MAX_BYTES, TOO_LARGE

_GIT: Final = (
    "git",
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
)

_ENVIRONMENT: Final = {
    # A missing object is not fetched. Git before 2.45, and of no patched line, does
    # not know this and is stopped by the next: no protocol is allowed, not even that
    # of local files, whatever `protocol.*` and `remote.*` say.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    # What git says of an owner is known by its words, which are translated.
    "LC_ALL": "C",
    "LANGUAGE": "",
}

_SECONDS: Final = 60


class GitError(Exception):
    """Git does not give what was asked for. The message says why, without naming a path
    of this machine."""


def top_level(around: Path | None = None) -> Path:
    """The root of the repository of the working directory, or of the one around a file
    or folder, which need not be there any more. Raises `GitError`."""
    places = () if around is None else (around, *around.parents)
    folder = next((place for place in places if place.is_dir()), None)
    done = _run("rev-parse", "--show-toplevel", folder=folder)
    if not done.returncode:
        return Path(os.fsdecode(done.stdout).strip("\r\n")).resolve()
    raise GitError(_refusal(done.stderr))


def blob(repository: Path, revision: str, path: str) -> bytes:
    """The content of a file, by its path from the root, at a revision. What is larger
    than documents may be is not read. Raises `GitError`."""
    if revision.startswith("-"):
        raise GitError(f"{revision!r} is not a revision")
    # No name is checked out, so neither filters nor textconv have a say.
    sized = _run("cat-file", "-s", f"{revision}:{path}", folder=repository)
    if not sized.returncode:
        if int(sized.stdout) > MAX_BYTES:
            raise GitError(TOO_LARGE)
        done = _run("cat-file", "blob", f"{revision}:{path}", folder=repository)
        if not done.returncode:
            return done.stdout
    raise GitError(_absence(repository, revision, path))


def names(repository: Path, revision: str, folder: str) -> list[str]:
    """The names of the files in a folder, by its path from the root, sorted. Raises
    `GitError`."""
    if revision.startswith("-"):
        raise GitError(f"{revision!r} is not a revision")
    tree = ("ls-tree", "-z", "--full-tree", f"{revision}:{folder}")
    return _files(_run(*tree, folder=repository), revision, folder)


def below(repository: Path, revision: str, folder: str) -> list[str]:
    """The files in a folder and in those inside, by their paths from it, sorted.
    Raises `GitError`."""
    if revision.startswith("-"):
        raise GitError(f"{revision!r} is not a revision")
    tree = ("ls-tree", "-r", "-z", "--full-tree", f"{revision}:{folder}")
    return _files(_run(*tree, folder=repository), revision, folder)


def is_folder(repository: Path, revision: str, path: str) -> bool:
    """Whether a path from the root is a folder at a revision. Raises `GitError`."""
    if revision.startswith("-"):
        return False
    done = _run("cat-file", "-t", f"{revision}:{path}", folder=repository)
    return done.stdout.strip() == b"tree"


def _files(
    done: subprocess.CompletedProcess[bytes], revision: str, folder: str
) -> list[str]:
    """The files that a tree lists, sorted. Raises `GitError`."""
    if done.returncode:
        raise GitError(f"{folder!r} is not a folder at revision {revision!r}")
    # MODE blob DIGEST<tab>NAME; links and folders have other modes.
    entries = (entry.partition(b"\t") for entry in done.stdout.split(b"\0"))
    return sorted(os.fsdecode(n) for mode, _, n in entries if mode.startswith(b"100"))


def revisions(repository: Path, paths: list[str], most: int) -> list[str]:
    """The revisions that changed one of these files, given by their paths from the
    root, the latest first. Raises `GitError`."""
    asked = ("rev-list", f"--max-count={most}", "HEAD", "--", *paths)
    done = _run(*asked, folder=repository)
    if done.returncode:
        raise GitError("git has no revisions here")
    return done.stdout.decode("ascii", "replace").split()


def check(repository: Path, revision: str) -> None:
    """Raise `GitError` if git does not know a revision."""
    if revision.startswith("-"):
        raise GitError(f"{revision!r} is not a revision")
    named = _run("cat-file", "-t", revision, folder=repository)
    if named.returncode or named.stdout.strip() == b"blob":
        raise GitError(
            f"git knows no revision {revision!r}, and nothing is fetched from here; "
            "`git fetch` brings one that is elsewhere"
        )


def is_link(repository: Path, revision: str, path: str) -> bool:
    """Whether a path from the root is a symbolic link at a revision. Raises
    `GitError`."""
    entry = ("ls-tree", "-z", "--full-tree", revision, "--", path)
    return _run(*entry, folder=repository).stdout.startswith(b"120000 ")


def _absence(repository: Path, revision: str, path: str) -> str:
    """Why a file has no content at a revision."""
    found = _run("rev-parse", "--git-dir", folder=repository)
    if found.returncode:
        return _refusal(found.stderr)
    try:
        check(repository, revision)
    except GitError as error:
        return str(error)
    entry = ("ls-tree", "-z", "--full-tree", revision, "--", path)
    listed = _run(*entry, folder=repository)
    if listed.returncode == 0 and not listed.stdout:
        return f"git has no {path!r} at revision {revision!r}"
    # Otherwise a folder on the way, or the file itself, is known and not there.
    kind = listed.stdout.partition(b" ")[2].partition(b" ")[0]
    if kind in (b"tree", b"commit"):
        return f"{path!r} is not a file at revision {revision!r}"
    return (
        f"git has not fetched {path!r} of revision {revision!r}, as in a partial "
        "clone, and nothing is fetched from here; `git show` of it does that"
    )


def _run(
    *arguments: str, folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            [*_GIT, *arguments],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"git has not answered in {_SECONDS} seconds") from None
    except OSError:
        raise GitError("git cannot be started") from None
    except ValueError:  # a NUL in a name
        raise GitError("git has no such name") from None


def _environment() -> dict[str, str]:
    """What git is told by its environment. A hook that runs in a linked working tree is
    told the repository and not where its working tree begins, for which git then takes
    the folder that it runs in. From that folder it finds both."""
    found = {**os.environ, **_ENVIRONMENT}
    if "GIT_WORK_TREE" not in found:
        for name in ("GIT_COMMON_DIR", "GIT_DIR"):
            found.pop(name, None)
    return found


def _refusal(stderr: bytes) -> str:
    """Why git does not even look into a repository."""
    if b"dubious ownership" in stderr or b"unsafe repository" in stderr:
        return (
            "git does not trust the repository here, because somebody else owns it; "
            "`git config --global --add safe.directory` with its folder allows it"
        )
    if b"must be run in a work tree" in stderr:
        return "the git repository here has no working tree"
    if b"not a git repository" in stderr:
        return "there is no git repository here"
    return "git cannot use the repository here; `git status` says why"
