"""The validator that is not ours: verdicts, failures, and what is wrong in words.

`Judge` says whether a schema accepts a value, `Oracle` also where a value fails and
by which keyword, `Examiner` what is wrong in sentences. What the validator cannot
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
