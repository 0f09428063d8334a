"""What fails of several things that one test asks."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Generator

import pytest

_LINES = 12
"""Lines that are shown of one failure."""


class Failures:
    """What failed of several things that are asked one after the other."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._first: BaseException | None = None

    @contextlib.contextmanager
    def of(self, what: str) -> Generator[None]:
        """Take note of what fails inside, under a name."""
        try:
            yield
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - told below
            self._first = self._first or error
            self._told.append(f"[{what}] {_message(error)}")

    def tell(self) -> None:
        """Fail with everything that was noted; what failed first is the cause."""
        if self._told:
            count = f"{len(self._told)} failed:"
            told = "\n".join([count, *self._told] if self._told[1:] else self._told)
            raise AssertionError(told) from self._first


def _message(error: BaseException) -> str:
    """What an error says; where it comes from, if it is not the tests' own."""
    lines = str(error).splitlines()
    shortened = "\n".join(lines[:_LINES] + ["..."] * (len(lines) > _LINES))
    if isinstance(error, (AssertionError, pytest.fail.Exception)):
        return shortened
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__}: {shortened} ({last.filename}:{last.lineno})"
