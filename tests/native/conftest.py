"""The native codec, built once for all tests that need it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpus_paths import ROOT
from tests.sweeps import many

SOURCE = ROOT / "codegen" / "native"
GENERATED = ROOT / "generated"
_FLAGS = "-O0 -fno-lto -Werror=implicit -UNDEBUG"
"""Nothing is optimised, and what the code asserts is checked."""
_OTHERS = ("VECTORS", "PORTABLE")[: many(1, 2)]
"""How texts are searched elsewhere: on ARM, and by other compilers."""
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder from which `wirewright_native` can be imported."""
    return _built(tmp_path_factory, "native", _FLAGS)


@pytest.fixture(scope="session", params=_OTHERS)
def built_otherwise(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same as it is built for processors for which no instructions are named."""
    flags = f"{_FLAGS} -DWIREWRIGHT_{request.param}"
    return _built(tmp_path_factory, str(request.param).lower(), flags)


def _built(factory: pytest.TempPathFactory, name: str, flags: str) -> Path:
    """Built by the first process to ask for it: above the folder of each there is one
    for all."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        pytest.skip(f"NO COMPILER ({compiler}): THE NATIVE CODEC IS NOT TESTED")
    import fcntl  # Where there is none, there is no such compiler either.

    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return folder / "lib" if folder.exists() else _build(folder, flags)


def _build(folder: Path, flags: str) -> Path:
    source = shutil.copytree(SOURCE, folder / "source")
    done = subprocess.run(
        [
            *(sys.executable, "setup.py", "-q", "build", "--build-base", "made"),
            *("--build-lib", str(folder / "lib")),
        ],
        cwd=source,
        env=os.environ | {"WIREWRIGHT_NATIVE_CFLAGS": flags},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "lib"


@pytest.fixture
def run() -> Run:
    """Runs Python code in a process of its own, with folders to import from, and the
    generated packages."""

    def run(
        *arguments: str, folders: tuple[Path, ...] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join(map(str, (*folders, GENERATED, ROOT)))
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": path} | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
