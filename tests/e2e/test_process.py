"""A run as a process among others: interrupted, killed, with nobody who reads on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from codegen import cli, frontend, output
from tests.corpus_paths import ROOT
from tests.e2e.talk import SPEC

GENERATE: Final = ("generate", "talk.yaml", "--package", "talk", "--output", "out")
CHECK: Final = (*GENERATE, "--check")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")

STOPPED = """\
import os, signal, sys

class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            {action}

sys.meta_path.insert(0, Stop())
sys.argv = ["codegen", *{args!r}]
from codegen.__main__ import run
run()
"""
INTERRUPT: Final = "os.kill(os.getpid(), signal.SIGINT)"
IN_FINALIZER: Final = (
    "type('Last', (), {'__del__': lambda _: signal.raise_signal(signal.SIGINT)})()"
)


def python(
    folder: Path, code: str, **streams: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
        timeout=120,
        check=False,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},  # type: ignore[call-overload]  # streams are passed through
    )


@pytest.mark.parametrize(
    "module", ["codegen.cli", "click.core", "codegen.output", "yaml", "jsonschema_rs"]
)
def test_an_interrupt_while_importing_is_quiet(
    tmp_path: Path, spec: Path, module: str
) -> None:
    code = STOPPED.format(name=module, action=INTERRUPT, args=CHECK)
    done = python(tmp_path, code)
    assert done.returncode == 130
    assert (done.stdout, done.stderr.strip()) == ("", "interrupted")


def test_an_interrupt_in_a_finalizer_is_not_forgotten(
    tmp_path: Path, spec: Path
) -> None:
    code = STOPPED.format(name="codegen.output", action=IN_FINALIZER, args=CHECK)
    done = python(tmp_path, code)
    assert (done.returncode, done.stderr.strip()) == (130, "interrupted")


def test_interrupts_that_are_ignored_stay_so(tmp_path: Path, spec: Path) -> None:
    code = STOPPED.format(
        name="codegen.output", action=INTERRUPT, args=("lint", "talk.yaml")
    )
    ignoring = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{code}"
    done = python(tmp_path, ignoring)
    assert (done.returncode, done.stderr) == (0, "no problems in 1 specification\n")


RUN: Final = (
    "import sys\nsys.argv = ['codegen', *{!r}]\nfrom codegen.__main__ import run\nrun()"
)


def test_what_is_registered_for_the_exit_is_done(tmp_path: Path, spec: Path) -> None:
    code = f"import atexit\natexit.register(print, 'done')\n{RUN.format(('--help',))}"
    done = python(tmp_path, code)
    assert done.stdout.startswith("Usage:")
    assert done.stdout.endswith("done\n")


@pytest.mark.parametrize(
    ("stream", "args"),
    [
        ("stdout", ("--help",)),
        ("stdout", ("diff", "talk.yaml", "talk.yaml")),
        ("stderr", ("nonsense",)),
        ("stderr", ("lint", "absent.yaml")),
    ],
)
def test_a_closed_pipe_is_quiet_whichever_it_is(
    tmp_path: Path, spec: Path, stream: str, args: tuple[str, ...]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = python(tmp_path, RUN.format(args), **{stream: writer})
    finally:
        os.close(writer)
    assert done.returncode == 141
    assert not done.stdout
    assert not done.stderr


def test_too_little_memory_is_told_and_nothing_written(
    tmp_path: Path,
    spec: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refused(*_arguments: object, **_named: object) -> None:
        raise MemoryError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(frontend, "load", refused)
    for command in (GENERATE, ("lint", "talk.yaml"), ("diff", "talk.yaml", "b.yaml")):
        (tmp_path / "b.yaml").write_text(f"{SPEC}\n")
        before = sorted(tmp_path.rglob("*"))
        assert cli.main(list(command)) == 2
        assert capsys.readouterr().err == "codegen: there is not enough memory\n"
        assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("stream", "said"),
    [
        ("stdout", "codegen: cannot write the output: No space left on device\n"),
        ("stderr", None),
    ],
)
def test_a_full_disk_behind_a_stream_is_no_bug(
    tmp_path: Path, spec: Path, stream: str, said: str | None
) -> None:
    args = ("--help",) if stream == "stdout" else ("lint", "absent.yaml")
    with open("/dev/full", "w") as full:
        done = python(tmp_path, RUN.format(args), **{stream: full})
    assert (done.returncode, done.stderr) == (2, said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_what_was_written_is_done_though_nobody_can_be_told(
    tmp_path: Path, spec: Path
) -> None:
    with open("/dev/full", "w") as full:
        done = python(tmp_path, RUN.format(GENERATE), stderr=full)
    assert done.returncode == 0
    (written,) = tmp_path.rglob(output.MANIFEST)
    assert '"before"' not in written.read_text()


def test_a_stream_that_was_never_there_is_not_missed(
    tmp_path: Path, spec: Path
) -> None:
    closing = "import os\nos.close(1)\nimport sys\nsys.stdout = None\n"
    code = closing + RUN.format(("diff", "talk.yaml", "talk.yaml"))
    done = python(tmp_path, code)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_ends_while_it_writes_is_made_good_by_the_next(
    tmp_path: Path,
    spec: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    end: signal.Signals,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(list(GENERATE)) == 0
    spec.write_text(
        SPEC.replace("Session:", "Sitting:").replace("/Session'", "/Sitting'")
    )
    process = os.fork()
    if not process:
        replace = os.replace

        def ending(source: object, target: Path) -> None:
            if target.name == "models.py":
                os.kill(os.getpid(), end)
            replace(str(source), target)

        monkeypatch.setattr(output.os, "replace", ending)
        os._exit(cli.main(list(GENERATE)))
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert code == (130 if end == signal.SIGINT else -end)
    left = list((tmp_path / "out").rglob("*.tmp"))
    assert bool(left) is (end == signal.SIGKILL)
    assert cli.main(list(CHECK)) == 1
    capfd.readouterr()
    assert cli.main(list(GENERATE)) == 0
    said = capfd.readouterr().err
    assert said.count("\n") == 1, said
    assert cli.main(list(CHECK)) == 0
    assert not list((tmp_path / "out").rglob("*.tmp"))
    assert not list((tmp_path / "out/tests").rglob("*Session.json"))
