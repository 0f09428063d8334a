"""What is told of a run: on a terminal, in a build, and when asked to be quiet."""

from __future__ import annotations

import io
import sys

import pytest

from codegen import console


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(
    monkeypatch: pytest.MonkeyPatch,
    screen: io.StringIO,
    seconds: float,
    *,
    quiet: bool = False,
    verbose: bool = False,
) -> list[str]:
    """The lines of a run of two stages of so many seconds each."""
    now = iter([0.0, *(n * seconds for n in (0, 0, 1, 1, 2, 2, 2, 2, 2))])
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(console.time, "monotonic", lambda: next(now))
    talk = console.Talk(quiet=quiet, verbose=verbose)
    with talk.progress() as progress:
        progress("reading")
        progress("testing 3 schemas")
    talk.remark("3 files")
    talk.finish()
    return screen.getvalue().replace("\r", "").splitlines()


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "12")


GONE = "\x1b[2K"


def test_on_a_terminal_what_takes_long_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, Terminal(), 1.5) == [
        f"{GONE}\x1b[2mreading\x1b[0m{GONE}reading: 1.5 s",
        f"{GONE}\x1b[2mtesting 3 s\x1b[0m{GONE}testing 3 schemas: 1.5 s",
        "3 files",
        "done in 3.0 s",
    ]


def test_what_is_quick_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, Terminal(), 0.1) == [
        f"{GONE}\x1b[2mreading\x1b[0m{GONE}{GONE}\x1b[2mtesting 3 s\x1b[0m{GONE}3 files"
    ]


def test_elsewhere_only_the_outcome_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, io.StringIO(), 1.5) == ["3 files"]
    monkeypatch.setenv("CI", "true")
    assert told(monkeypatch, Terminal(), 1.5) == ["3 files"]


def test_as_much_as_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, io.StringIO(), 0.2, verbose=True) == [
        *("reading: 0.2 s", "testing 3 schemas: 0.2 s"),
        *("3 files", "done in 0.4 s"),
    ]
    assert told(monkeypatch, Terminal(), 1.5, quiet=True) == []


def test_a_document_is_utf_8_and_no_other_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a stream cannot write has escapes that people understand."""
    stream = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    console.say('"ö"\n')
    console.say('"ö"\n', document=True)
    console.say('"ö"\n')
    stream.flush()
    assert stream.buffer.getvalue() == b'"\\xf6"\n"\xc3\xb6"\n"\\xf6"\n'  # type: ignore[attr-defined]
