"""Sessions: scripts of events, and which of them break a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .failures import Failures
from .files import Record, changes
from .sdk import Sdk
from .values import text


def check_rule(sdk: Sdk, record: Record, rule: str) -> None:
    """Events break a rule of the session exactly where they are said to.

    Whatever fails, all scripts are played, and the message names those that fail.
    """
    failures = Failures()
    for number, script in enumerate(record["scripts"]):
        if script["rule"] == rule:
            with failures.of(f"script {number}"):
                for events in played(record, script["events"]):
                    _check(sdk.observer(record["session"]), script, events)
    failures.tell()


def _check(observer: Any, script: Record, events: list[Any]) -> None:
    found: list[bool] = []
    for event in events:
        broken = {violation.keyword for violation in observer.observe(event)}
        found.append(script["rule"] in broken)
    assert found == script["broken"], f"{script['rule']}: {text(events)[:1000]}"


def played(record: Record, steps: list[Record]) -> Iterator[list[Any]]:
    """Every run of a script: one for each value of the step that has several."""
    known = {entry["name"]: entry["value"] for entry in record["documents"]}
    choices = [
        (
            [value for _, value in changes(record, step)]
            if "at" in step
            else [known[step["in"]]]
        )
        for step in steps
    ]
    for number in range(max(map(len, choices))):
        yield [choice[min(number, len(choice) - 1)] for choice in choices]
