"""Programs of ours run in a copy of this process, in which most is imported already."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from codegen import __main__, cli
from tests.e2e import talk

POSSIBLE = hasattr(os, "fork")


def codegen(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    *,
    together: bool = False,
) -> subprocess.CompletedProcess[str]:
    """What `codegen` with arguments says in a folder; `together`, its errors stand
    among the rest as a terminal shows them."""
    run = partial(_codegen, ["codegen", *arguments])
    return _forked(run, environment, folder, together=together)


def script(
    path: Path, environment: Mapping[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """What a script says that is run in a folder."""
    return _forked(partial(_script, path), environment, folder)


def _codegen(argv: list[str]) -> int:
    sys.argv = argv
    return __main__._run()


def _script(path: Path) -> int:
    sys.argv = [str(path)]
    try:
        runpy.run_path(str(path), run_name="__main__")
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
            return 1
        return ended.code or 0
    return 0


@functools.cache
def _warm() -> None:
    """Have imported and read, once, what most runs import and read first: that takes
    each of them twice as long as all else that it does."""
    before = Path.cwd()
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        os.chdir(folder)
        try:
            Path("a.yaml").write_text(talk.SPEC, "utf-8")
            changed = talk.SPEC.replace("minimum: 0.6", "minimum: 0.7")
            Path("b.yaml").write_text(changed, "utf-8")
            made = ("generate", "a.yaml", "--package", "talk", "--output", "out")
            assert cli.main([*made, "--no-cache"]) == 0
            cli.main(["lint", "a.yaml"])
            cli.main(["diff", "a.yaml", "b.yaml"])
        finally:
            os.chdir(before)


def _forked(
    run: Callable[[], int],
    environment: Mapping[str, str],
    folder: Path,
    *,
    together: bool = False,
) -> subprocess.CompletedProcess[str]:
    _warm()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        errors = out if together else err
        child = os.fork()
        if child == 0:
            _become(run, environment, folder, out.fileno(), errors.fileno())
        _, status = os.waitpid(child, 0)
        texts = [(stream.seek(0), stream.read())[1] for stream in (out, err)]
    code = os.waitstatus_to_exitcode(status)
    return subprocess.CompletedProcess([], code, *texts)


def _become(
    run: Callable[[], int],
    environment: Mapping[str, str],
    folder: Path,
    out: int,
    err: int,
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
        signal.signal(signal.SIGINT, signal.default_int_handler)
        code = run()
    except BaseException:  # noqa: BLE001 - it is told, and this copy must not go on
        traceback.print_exc()
    finally:
        for stream_ in (sys.stdout, sys.stderr):
            stream_.flush()
        os._exit(code)
