"""What all tests share."""

from __future__ import annotations

import compileall
import contextlib
import gc
import os
import signal

import pytest
from hypothesis import HealthCheck, settings

from codegen.cache import folder
from codegen.golden.author import ALL
from tests import expectations
from tests.corpus_paths import ROOT
from tests.sweeps import many

# The naive reading of specifications judges every golden document, not only a sample.
os.environ[ALL] = "all"

# A machine that is busy with something else must not fail a test.
settings.register_profile(
    "default",
    deadline=None,
    max_examples=many(40, 100),
    suppress_health_check=[HealthCheck.too_slow],
)
# Nor must luck, where a commit is judged: the same examples each time, and none that
# an earlier run kept.
settings.register_profile(
    "ci",
    parent=settings.get_profile("default"),
    derandomize=True,
    database=None,
    print_blob=True,
)
if os.environ.get("CI"):
    settings.load_profile("ci")
    # Which modules are imported by then depends on which tests a process got. What
    # Hypothesis looks for in them takes it six seconds. Other releases may not have it.
    with contextlib.suppress(ImportError):
        from hypothesis.internal.conjecture import providers

        providers._get_local_constants = lambda: providers._local_constants
else:
    settings.load_profile("default")

# Programs that tests start again and again are compiled once, whatever is said here.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# No test answers from what another run has left, least of all from the user's cache;
# those about the cache have one of their own.
os.environ[folder.OFF] = "1"


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to rewrite expectations where nobody looks at them, before any test.

    What all processes import, and packages have copies of, is compiled once, also where
    Python itself is told to leave no bytecode. Nearly all that tests make stays to the
    end, so to look through it for garbage takes a tenth of the time and frees little.

    A shell has what a script starts in the background ignore interrupts, and so would
    all that tests start and interrupt.
    """
    expectations.rewriting()
    gc.set_threshold(1_000_000, 10, 5)
    if not hasattr(config, "workerinput"):
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        for name in ("codegen", "generated"):
            compileall.compile_dir(ROOT / name, quiet=2)


def pytest_collection_finish() -> None:
    """Look through nothing of this for garbage, and run what tests start without
    plugins: packages are tested by pytest alone, which takes a second less to start
    without what happens to be installed. Their assertions say what they compare by
    themselves, and are not rewritten in each package anew."""
    gc.freeze()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ["PYTEST_ADDOPTS"] = "--assert=plain"


def pytest_sessionfinish() -> None:
    """Leave what tests have made as it lies, where it would be looked through again,
    several times, before the process ends."""
    gc.freeze()
