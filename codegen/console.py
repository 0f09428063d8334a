"""The one way out to a terminal or a log: texts, diagnostics, progress.

What a run prints that has nothing to do must not cost more than that run, so what makes
colours and escapes is imported by what needs it.
"""

from __future__ import annotations

import contextlib
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from rich.text import Text as RichText

    from codegen.artifact import Progress
    from codegen.diagnostics import Report
    from codegen.display import Styled


def say(text: str, *, err: bool = False) -> None:
    """Print. Nothing in a text steers a terminal or a build server, but for what is
    made to do so by its type."""
    from codegen import escaping

    ours = isinstance(text, escaping.Commands | escaping.Painted)
    fit = text if ours else escaping.terminal(text)
    stream = sys.stderr if err else sys.stdout
    if stream is None:  # It was closed by whoever started us.
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


def colourful(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal, and nobody asked for no colour."""
    if stream is None or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty() and "NO_COLOR" not in os.environ


def show(report: Report) -> None:
    """Print diagnostics to standard error, in colour on a terminal."""
    if not len(report):
        return
    from codegen import display

    lines = [line for item in report for line in display.lines(item)]
    if not colourful(sys.stderr):
        text = "".join("".join(part.text for part in line) + "\n" for line in lines)
        say(text, err=True)
        return
    from rich.console import Console

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for line in lines:
        console.print(_rich(*line))


def _rich(*parts: Styled) -> RichText:
    """Styled texts for a terminal, of which only the styles steer it."""
    from rich.text import Text

    from codegen import escaping

    return Text.assemble(
        *((escaping.terminal(part.text), part.style) for part in parts)
    )


@contextlib.contextmanager
def progress() -> Iterator[Progress]:
    """Shows what is being done, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda message: None
        return
    from rich.console import Console

    from codegen.display import Styled

    with Console(stderr=True).status("") as status:
        yield lambda message: status.update(_rich(Styled(message)))
