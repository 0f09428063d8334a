"""All that the golden file of a schema says, asked in one test."""

from __future__ import annotations

from . import classes, documents, stack
from .failures import Failures
from .files import Record, shown
from .plugin import Recorded
from .sdk import Sdk


def check_schema(sdk: Sdk, record: Record, recorded: Recorded, *, deep: bool) -> None:
    """Documents, their changes, classes and members are as recorded; `deep` also where
    the caller's stack ends, if there are others.

    Whatever fails, the rest is asked all the same, and the message names all of it.
    """
    failures = Failures()
    for entry in record["documents"]:
        with failures.of(entry["name"]):
            documents.check_document(sdk, record, entry, recorded)
    for case in record["cases"]:
        with failures.of(shown(case)):
            documents.check_case(sdk, record, case)
    checks = {
        "nests": classes.check_nesting,
        "fields": classes.check_fields,
        "facts": classes.check_facts,
        "sent": documents.check_sent,
    }
    for key, check in checks.items():
        if key in record:
            with failures.of(key):
                check(sdk, record)
    if (deep or "nests" in record) and not stack.is_alone():
        with failures.of("the end of the stack"):
            classes.check_depth(sdk, record)
    failures.tell()
