"""The recipes of docs/ci.md for make and ninja, run as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus_paths import ROOT
from tests.e2e.talk import SPEC

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
TARGET = "generated/my_api/.codegen-manifest.json"


def recipe(language: str) -> str:
    """The one of the page in a language."""
    (found,) = re.findall(rf"(?ms)^```{language}\n(.*?)^```$", PAGE)
    return str(found)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that was generated before it had a recipe."""
    (tmp_path / "talk.yaml").write_text(SPEC)
    own = 'spec = "talk.yaml"\npackage = "my_api"\ntests = false\n'
    (tmp_path / "codegen.toml").write_text(f"[[sdk]]\n{own}")
    command = tmp_path / "bin" / "codegen"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m codegen "$@"\n')
    command.chmod(0o755)
    run(tmp_path, "codegen", "generate")
    return tmp_path


def run(folder: Path, *command: str) -> str:
    """What a program says; it must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment["PATH"] = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    if shutil.which(command[0], path=environment["PATH"]) is None:
        pytest.skip(f"NO {command[0].upper()} on this machine")
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def change(folder: Path, number: int) -> None:
    """Change the specification, later than all that was made of it."""
    path = folder / "talk.yaml"
    path.write_text(SPEC.replace("maximum: 1.2", f"maximum: {number}"))
    latest = max(found.stat().st_mtime for found in folder.rglob("*"))
    os.utime(path, (latest + 2, latest + 2))


@pytest.mark.parametrize(
    ("language", "file", "command"),
    [("make", "Makefile", ("make", TARGET)), ("ninja", "build.ninja", ("ninja",))],
)
def test_a_package_is_made_when_what_it_is_made_from_has_changed(
    language: str, file: str, command: tuple[str, ...], project: Path
) -> None:
    (project / file).write_text(recipe(language))
    change(project, 2)
    assert "changed" in run(project, *command)
    # What was made is as new as what it was made from.
    os.utime(project / TARGET, times=None)
    os.utime(project / "talk.yaml", (0, 0))
    run(project, *command)
    assert "changed" not in run(project, *command)
    change(project, 3)
    assert re.search(r", [1-9]\d* changed", run(project, *command))


def test_a_build_is_checked(project: Path) -> None:
    (project / "Makefile").write_text(recipe("make"))
    run(project, "make", TARGET)
    run(project, "make", "check")
