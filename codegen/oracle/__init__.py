"""The oracle: a validator that this project did not write. It gives verdicts, failures
and sentences on what is wrong.

`Judge` says whether a schema accepts a value, `Oracle` also where a value fails and by
which keyword, and `Examiner` says in sentences what is wrong. What the validator cannot
judge raises `Undecided`.
"""

from __future__ import annotations

from codegen.oracle.failures import Error, Failure, Oracle, compilations
from codegen.oracle.validator import Judge, Narrower, Undecided, is_sound
from codegen.oracle.violations import Examiner, Violation, shown, summary

__all__ = [
    "Error",
    "Examiner",
    "Failure",
    "Judge",
    "Narrower",
    "Oracle",
    "Undecided",
    "Violation",
    "compilations",
    "is_sound",
    "shown",
    "summary",
]
