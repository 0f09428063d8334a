"""Pages of reference say what the code says; `UPDATE_EXPECTATIONS=1` renews them."""

from __future__ import annotations

import json

import openai_realtime

from codegen import cli, config
from tests import made_pages
from tests.corpus_paths import ROOT
from tests.expectations import expect

DOCS = ROOT / "docs"


def test_commands_are_current() -> None:
    page = made_pages.commands()
    expect(page, DOCS / "commands.md")
    assert all(f"\n## `{name}`\n" in page for name in cli.cli.commands)


def test_the_configuration_is_current() -> None:
    page = made_pages.configuration()
    expect(page, DOCS / "configuration.md")
    keys = json.loads(config.schema())["$defs"]["sdk"]["properties"]
    assert all(f"\n| `{key}` |" in page for key in keys)


def test_the_face_is_current() -> None:
    page = made_pages.face(openai_realtime)
    expect(page, DOCS / "package.md")
    for name in ("EventTable", "Schema", "ValidationError", "violations_of"):
        assert f"\n## `{name}`\n" in page
