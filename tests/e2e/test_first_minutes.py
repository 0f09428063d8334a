"""docs/first-ten-minutes.md, run as it stands: what a new user does, and is told."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from codegen.cache import folder as cache
from tests import forks
from tests.corpus_paths import ROOT
from tests.sweeps import LONG

PAGE = (ROOT / "docs" / "first-ten-minutes.md").read_text("utf-8")
BLOCK = re.compile(r"(?ms)^```(\w+)\n(.*?)^```$")
HEADS = ("A document of your own", "OpenAI's Realtime API")
NEEDS_A_PACKAGE = re.compile(r"generate\b|try_it")
"""Of the whole Realtime API; it is made by test-long, as that takes several seconds,
and one of the same specification by `make generate`."""
COUNT = re.compile(r"\d+(?= files| changed)")
"""How many files a package has, and how many a change touches, is no promise."""

_SHELL = {*"&|;<>$`'\"*"}


def shim(folder: Path) -> None:
    """The commands of the page: `codegen`, and the Python of these tests."""
    folder.mkdir()
    for name, arguments in (("codegen", "-m codegen"), ("python", "")):
        script = folder / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        script.chmod(0o755)


def run(command: str, folder: Path) -> list[str]:
    """What a command says, and its exit code where that is not 0."""
    own = "" if "PYTHONPATH=" in command else f"PYTHONPATH={ROOT} "
    environment = {
        **os.environ,
        **{
            f"GIT_{who}_{what}": "a@example.com"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
        cache.OFF: "",
        cache.PLACE: str(folder.parent / "cache"),
        "PATH": f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    words = shlex.split(command)
    if words[0] == "codegen" and forks.POSSIBLE and not _SHELL & {*command}:
        done = forks.codegen(words[1:], environment, folder, together=True)
        return [*done.stdout.splitlines(), *_told(done.returncode)]
    done = subprocess.run(
        ["sh", "-c", own + command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    return [*done.stdout.splitlines(), *_told(done.returncode)]


def _told(code: int) -> list[str]:
    return [f"= {code}"] if code else []


def as_told(told: list[str]) -> re.Pattern[str]:
    """What is told, in which `…` alone stands for some lines, and in a line for some of
    it."""
    told = [COUNT.sub("…", line) for line in told]
    lines = [
        "(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + "\n"
        for line in told
    ]
    return re.compile("".join(lines))


@pytest.mark.parametrize("head", HEADS)
def test_what_the_page_shows_is_what_happens(head: str, tmp_path: Path) -> None:
    part = PAGE.partition(f"\n## {head}\n")[2]
    if head != HEADS[-1]:
        part = part.partition(f"\n## {HEADS[-1]}\n")[0]
    shim(tmp_path / "bin")
    folder = tmp_path / "empty"
    folder.mkdir()
    run("git init --quiet", folder)
    if "Copy the folder `specs/realtime/2026-08`" in part:
        shutil.copytree(ROOT / "specs" / "realtime" / "2026-08", folder / "spec")
    shown = 0
    for language, text in BLOCK.findall(part):
        if language != "console":
            name = text.partition("\n")[0].removeprefix("# ")
            (folder / name).write_text(text, encoding="utf-8")
            continue
        for entry in text.removeprefix("$ ").split("\n$ "):
            command, *told = entry.rstrip("\n").split("\n")
            if head == HEADS[-1] and not LONG and NEEDS_A_PACKAGE.search(command):
                continue
            said = "".join(f"{line}\n" for line in run(command, folder))
            assert as_told(told).fullmatch(said), f"$ {command}\n{said}"
            shown += 1
    assert shown >= (5 if LONG or head != HEADS[-1] else 2)
