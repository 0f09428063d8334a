"""Folders that are a working directory, with commands and all that they say.

`command.txt` has the arguments of `codegen`, one command a line; `expect.txt`, with
standard output, standard error (behind `!`) and exit codes (behind `=`), is rewritten
with `UPDATE_EXPECTATIONS=1`.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from codegen import __version__, cli
from tests.expectations import expect


def cases(folder: Path) -> list[Path]:
    """The folders with commands."""
    return sorted(path.parent for path in folder.glob("*/command.txt"))


def check(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Run the commands of a folder and hold what they say against its expectation."""
    # In a copy, above which nothing is configured and there is no repository.
    monkeypatch.chdir(shutil.copytree(case, tmp_path / "case"))
    monkeypatch.setenv("NO_COLOR", "1")
    said = []
    for command in (case / "command.txt").read_text("utf-8").splitlines():
        code = cli.main(shlex.split(command))
        out, err = capsys.readouterr()
        said.append(f"$ codegen {command}\n{out}")
        said.append("".join(f"! {line}".rstrip() + "\n" for line in err.splitlines()))
        said.append(f"= {code}\n\n")
    text = "".join(said).replace(f'"{__version__}"', '"VERSION"')
    expect(text, case / "expect.txt")
