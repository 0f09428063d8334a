"""`.ci/run` fails where `make generate` changes the tree, and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.corpus_paths import ROOT

MAKE = """\
#!/usr/bin/env bash
echo "make $1" >> "$LOG"
if [[ $1 == generate ]]; then eval "$GENERATES"; fi
if [[ $1 == "$BREAKS" ]]; then exit 2; fi
"""


@pytest.mark.parametrize(
    ("generates", "breaks", "code", "made"),
    [
        ("true", "", 0, ["generate", "check", "test"]),
        ("echo x >> generated/a.py", "", 1, ["generate"]),
        ("echo x > generated/new.py", "", 1, ["generate"]),
        ("rm generated/a.py", "", 1, ["generate"]),
        ("echo x > unrelated.txt", "", 0, ["generate", "check", "test"]),
        ("true", "generate", 2, ["generate"]),
        ("true", "check", 2, ["generate", "check"]),
        ("true", "test", 2, ["generate", "check", "test"]),
    ],
)
def test_the_gate(
    tmp_path: Path, generates: str, breaks: str, code: int, made: list[str]
) -> None:
    clone, tools = tmp_path / "clone", tmp_path / "tools"
    (clone / "generated").mkdir(parents=True)
    (clone / "generated/a.py").write_text("a = 1\n")
    shutil.copytree(ROOT / ".ci", clone / ".ci")
    tools.mkdir()
    (tools / "make").write_text(MAKE)
    (tools / "make").chmod(0o755)
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    for args in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "all"]):
        subprocess.run(["git", *identity, *args], cwd=clone, check=True)
    environment = {
        **os.environ,
        "PATH": f"{tools}:{os.environ['PATH']}",
        "LOG": str(tmp_path / "log"),
        "GENERATES": generates,
        "BREAKS": breaks,
    }
    done = subprocess.run(
        [str(clone / ".ci/run")],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    log = (tmp_path / "log").read_text().split("\n")[:-1]
    assert log == [f"make {target}" for target in made]
    assert ("has changed generated/" in done.stderr) == (code == 1)
