"""The one place that writes to the terminal or log: texts, diagnostics, progress.

A run that has nothing to do prints as well and must stay quick, so what makes colours
and escapes is imported where it is used.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final, TextIO

    from codegen.artifact import Progress
    from codegen.diagnostics import Report
    from codegen.display import Styled


def say(text: str, *, err: bool = False, document: bool = False) -> None:
    """Print a text. Control characters and workflow commands in it are made harmless,
    unless its type says that they are ours (`Commands`, `Painted`). A document for
    programs is written as UTF-8, whatever the encoding of the stream is."""
    from codegen import escaping

    ours = isinstance(text, escaping.Commands | escaping.Painted)
    fit = text if ours else escaping.terminal(text)
    stream = sys.stderr if err else sys.stdout
    if stream is None:  # It was closed by whoever started us.
        return
    with _going_on() if err else contextlib.nullcontext():
        binary = getattr(stream, "buffer", None)
        if document and binary is not None and not stream.isatty():
            stream.flush()
            binary.write(fit.encode())
            binary.flush()
            return
        encoding = stream.encoding or "utf-8"
        out = fit.encode(encoding, "backslashreplace").decode(encoding)
        if isinstance(text, escaping.Painted):
            import click

            # Consoles of Windows that know no colours are taught them, files get none.
            click.echo(out, stream, False)
            return
        stream.write(out)
        stream.flush()


@contextlib.contextmanager
def _going_on() -> Iterator[None]:
    """Go on where standard error takes nothing, as on a full disk: what the run came to
    is told by its exit code. A closed pipe ends it."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError:
        pass


def colourful(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal, and nobody asked for no colour."""
    if stream is None or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty() and "NO_COLOR" not in os.environ


def show(report: Report, *, each: bool = False) -> None:
    """Print diagnostics to standard error, in colour on a terminal. What many warnings
    say in the same words is counted, unless `each` is to be shown."""
    if not len(report):
        return
    from codegen import display

    whole = (line for item in report for line in display.lines(item))
    lines = list(whole if each else display.brief(report))
    if not colourful(sys.stderr):
        text = "".join("".join(part.text for part in line) + "\n" for line in lines)
        say(text, err=True)
        return
    from codegen import escaping

    painted = ("".join(_painted(part) for part in line) for line in lines)
    say(escaping.Painted("".join(f"{line}\n" for line in painted)), err=True)


def _painted(part: Styled) -> str:
    """Styled text for a terminal, of which only the style steers it."""
    from codegen import escaping

    if not part.style:
        return escaping.terminal(part.text)
    return escaping.painted(part.style, part.text)


class Talk:
    """What is said of a run beside its outcome: what it is working on, and remarks at
    the end.

    On a terminal, the current step is shown in a line that the next step replaces; a
    step that took more than a second stays, with its time. `verbose` prints every step,
    also where there is no terminal. `quiet` prints only the outcome and what is wrong.
    Where `CI` is set, the output counts as no terminal, even if it looks like one.
    """

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        stream = sys.stderr
        terminal = stream is not None and stream.isatty() and not os.environ.get("CI")
        self._quiet = quiet
        self._verbose = verbose
        self._passing = terminal and os.environ.get("TERM") != "dumb"
        self._begun = self._since = time.monotonic()
        self._busy = ""

    @contextlib.contextmanager
    def progress(self) -> Iterator[Progress]:
        """Gives a function to be called with each step of the run."""
        if self._quiet or not (self._verbose or self._passing):
            yield lambda message: None
            return
        try:
            yield self._next
        finally:
            self._next("")

    def _next(self, message: str) -> None:
        """Finish the line of the last step, and show the next one."""
        from codegen import escaping

        message = escaping.masked(message)
        took = time.monotonic() - self._since
        if self._busy and self._passing:
            say(escaping.gone(), err=True)
        if self._busy and (self._verbose or took >= _LONG):
            say(f"{self._busy}: {took:.1f} s\n", err=True)
        self._busy, self._since = message, time.monotonic()
        if message and self._passing:
            say(escaping.passing(_cut(message)), err=True)

    def remark(self, text: str) -> None:
        """Say a line about the outcome."""
        if not self._quiet:
            say(f"{text}\n", err=True)

    def finish(self) -> None:
        """Say on a terminal how long the run took, if that was long."""
        took = time.monotonic() - self._begun
        if self._verbose or (self._passing and took >= _LONG):
            self.remark(f"done in {took:.1f} s")


_LONG: Final = 1.0
"""Seconds after which people want to know what takes so long."""


def _cut(message: str) -> str:
    """A message shortened to one line of the terminal."""
    import shutil

    from codegen import escaping, text

    shown = escaping.line(message)
    room = shutil.get_terminal_size().columns - 1
    while shown and text.width(shown) > room:
        shown = shown[:-1]
    return shown
