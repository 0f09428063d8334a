"""Golden tests of `openai_realtime_ga`: what goes over the wire, and what may not.

Each file in `golden/` holds documents of one schema with what they are decoded and
encoded to, and changes of these documents with the violations that each causes: JSON
Pointer and keyword. Whether a document is valid, and why not, was decided by an
independent JSON Schema validator when this package was generated. Run with
`--update-golden` after a change that is meant.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from _golden_openai_realtime_ga import events, schemas, sessions
from _golden_openai_realtime_ga.files import Files, Record
from _golden_openai_realtime_ga.plugin import Golden
from _golden_openai_realtime_ga.sdk import Sdk

SDK = Sdk(import_module("openai_realtime_ga"))
FILES = Files(Path(__file__).parent / "golden")


@pytest.mark.parametrize(("file", "deep"), FILES.each())
def test_schema(file: str, deep: bool, golden: Golden) -> None:
    """Documents of a schema, their changes and its classes are as recorded."""
    record: Record = FILES.schemas[file]
    schemas.check_schema(SDK, record, golden.of(file), deep=deep)


@pytest.mark.parametrize("file", FILES.tables)
def test_tags(file: str) -> None:
    """A table holds exactly the tags of the specification, in its order."""
    events.check_tags(SDK, FILES.tables[file])


@pytest.mark.parametrize(("file", "entry"), FILES.events())
def test_event(file: str, entry: Record, golden: Golden) -> None:
    """A frame becomes an object of the right class, and goes out as it came."""
    events.check_event(SDK, FILES.tables[file], entry, golden.of(file))


@pytest.mark.parametrize(("file", "union"), FILES.unions())
def test_strictly(file: str, union: str) -> None:
    """A strict reader takes what the union of a table's events accepts, no more."""
    events.check_strictly(SDK, FILES.tables[file], FILES.schemas[union])


@pytest.mark.parametrize("file", FILES.tagged())
@pytest.mark.parametrize("tag", ["no.such.event", "", None, 1])
def test_unknown_event(file: str, tag: object) -> None:
    """An event that the table does not hold is kept as it came."""
    events.check_unknown_event(SDK, FILES.tables[file], tag)


@pytest.mark.parametrize(("file", "script"), FILES.scripts())
def test_session(file: str, script: Record) -> None:
    """Events break a rule of the session exactly where they are said to."""
    sessions.check_script(SDK, FILES.sessions[file], script)
