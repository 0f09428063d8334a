"""A run that has nothing to do, answered from the cache.

Most runs of a build are such, so this imports only what it needs.
"""

from __future__ import annotations

from codegen import console, exits
from codegen.cache.unchanged import Attempt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from codegen.cache.unchanged import Answer


def taken(arguments: Sequence[str]) -> tuple[int | None, list[str]]:
    """The exit code of a run with these arguments, after printing what the run would
    have printed; None if the run has to be made. Beside it, the files that an earlier
    run with these arguments has read, as far as they are known. Never raises."""
    if not Attempt.worthwhile(arguments):
        return None, []
    attempt, code = None, None
    try:
        attempt = Attempt(arguments)
        answer = attempt.answer()
        if attempt.refused:
            console.say(f"codegen: the cache {attempt.refused}\n", err=True)
        if answer is not None:
            _tell(answer, quiet=attempt.check or attempt.quiet)
            code = exits.OK
    except BrokenPipeError:
        code = exits.PIPE_CLOSED
    except KeyboardInterrupt:
        code = exits.INTERRUPTED
    except OSError:  # There is no working directory.
        code = exits.BAD_INPUT
    return code, attempt.read if attempt else []


def _tell(answer: Answer, *, quiet: bool) -> None:
    if answer.told:
        from codegen.diagnostics import Report

        console.show(Report.of_rows(answer.told))
    if quiet:
        return
    for shown, files in answer.trees:
        console.say(f"{generated(shown, files, 0)}\n", err=True)


def generated(shown: str, files: int, changed: int, removed: int = 0) -> str:
    """The line about a package that was generated: how many files it has, how many of
    them were changed, and how many were removed."""
    gone = f", {removed} removed" if removed else ""
    counted = f"{files} file" if files == 1 else f"{files} files"
    return f"{shown}: {counted}, {changed} changed{gone}"
