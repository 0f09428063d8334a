"""`codegen` and `python -m codegen`: what surrounds the command line in a process.

Importing the command line takes most of the time of a short run, so interrupts are
handled before anything else is imported. Until the command line runs, an interrupt ends
the process at once: raised in the middle of an import, it could turn into another
exception or get lost.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_INTERRUPTED = 130


def run() -> NoReturn:
    """The console script."""
    try:
        code = _run()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    _end(code)


def _run() -> int:
    import signal

    # Whoever started us may have had interrupts ignored; then they stay so.
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeded:
        signal.signal(signal.SIGINT, _leave)
    from codegen import shortcut

    arguments = sys.argv[1:]
    code, read = shortcut.taken(arguments)
    if code is None:
        code = _made(arguments, heeded, [*arguments, *read])
    # All is done, and the code stands; nothing is left to interrupt.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _flush()
    return code


def _made(arguments: list[str], heeded: bool, likely: list[str]) -> int:
    """Run the command, and return its exit code. `likely` names what the run may read;
    large files among them are read while modules are imported."""
    import gc
    import signal

    from codegen import ending, mentioned, sightings

    ending.announce()
    if arguments[:1] == ["generate"]:
        # It makes millions of objects and hardly any garbage, and ends.
        gc.disable()
    if not any(one.endswith(sightings.YAML) for one in likely):
        likely = mentioned.by_configuration(arguments)
    if likely:
        from codegen.source import ahead

        ahead.begin(likely)
    from codegen.cli import run

    sys.unraisablehook = _unraisable
    if heeded:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return run(arguments)


def _leave(*_signal: object) -> NoReturn:
    import os

    try:
        os.write(2, b"interrupted\n")
    finally:
        os._exit(_INTERRUPTED)


def _unraisable(problem: sys.UnraisableHookArgs) -> None:
    """Python would print an interrupt that is raised in a finalizer, and go on."""
    if issubclass(problem.exc_type, KeyboardInterrupt):
        _leave()
    sys.__unraisablehook__(problem)


def _end(code: int) -> NoReturn:
    """End the process without freeing its memory object by object. Functions registered
    with `atexit` are run. A debugger or profiler that is attached gets an ordinary
    exit."""
    import atexit
    import os

    if sys.gettrace() is not None or sys.getprofile() is not None:
        sys.exit(code)
    atexit._run_exitfuncs()
    _flush()
    os._exit(code)


def _flush() -> None:
    """Flush the standard streams. Where one is closed, it is replaced, because Python
    would complain about it while exiting."""
    import os

    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    run()
