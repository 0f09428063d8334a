"""A small specification, and the command line run as a program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeAlias

import pytest

from codegen import __main__
from tests.corpus_paths import ROOT

SPEC = """\
openapi: 3.1.0
info: {title: Talk, version: "1"}
paths: {}
components:
  schemas:
    Voice:
      type: string
      enum: [alloy, sage]
      description: Who speaks.
    Session:
      type: object
      description: |
        A session of talk.

        It has a voice and a temperature.
      required: [voice]
      properties:
        voice: {$ref: '#/components/schemas/Voice'}
        temperature: {type: number, minimum: 0.6, maximum: 1.2, default: 0.8}
    SessionUpdated:
      type: object
      required: [type, session]
      properties:
        type: {type: string, const: session.updated}
        session: {$ref: '#/components/schemas/Session'}
    Failed:
      type: object
      required: [type]
      properties:
        type: {type: string, const: failed}
    ServerEvent:
      oneOf:
        - {$ref: '#/components/schemas/SessionUpdated'}
        - {$ref: '#/components/schemas/Failed'}
      discriminator: {propertyName: type}
"""

Run: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """The small specification, alone in a folder."""
    path = tmp_path / "talk.yaml"
    path.write_text(SPEC)
    return path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `python -m codegen` with arguments, in the test's folder."""

    def codegen(*args: object, **changes: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "codegen", *map(str, args)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **changes}
        if not changes and hasattr(os, "fork"):
            return _forked(command, environment, tmp_path)
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return codegen


def _forked(
    command: list[str], environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """The same in a copy of this process, in which most is imported already."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if child == 0:
            _become(command, environment, folder, out.fileno(), err.fileno())
        _, status = os.waitpid(child, 0)
        texts = [(stream.seek(0), stream.read())[1] for stream in (out, err)]
    code = os.waitstatus_to_exitcode(status)
    return subprocess.CompletedProcess(command, code, *texts)


def _become(
    command: list[str], environment: dict[str, str], folder: Path, out: int, err: int
) -> NoReturn:
    code = 70
    try:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for stream, number in ((out, 1), (err, 2)):
            os.dup2(stream, number)
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            setattr(sys, name, os.fdopen(number, "w" if number else "r"))
        sys.argv = command[2:]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = __main__._run()
    except BaseException:  # noqa: BLE001 - it is told, and this copy must not go on
        traceback.print_exc()
    finally:
        os._exit(code)
