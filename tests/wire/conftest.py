"""The packages that the tests of the wire share, each made once."""

from __future__ import annotations

import pytest

from tests.corpus_paths import OPENAI, ROOT, require
from tests.wire.packages import Built, build

SPEC = ROOT / "specs/realtime/2024-12-17/asyncapi.yaml"


@pytest.fixture(scope="session")
def realtime(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Our own specification of the Realtime API."""
    folder = tmp_path_factory.mktemp("realtime")
    return build(SPEC, "wire_realtime", folder, perspective="client")


@pytest.fixture(scope="session")
def openai_2025(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Everything in a vendor's OpenAPI document."""
    spec = require(OPENAI / "openapi-2025-02-10.yaml")
    # This document has no union of events: the configuration names the directions.
    return build(
        spec,
        "wire_openai_2025",
        tmp_path_factory.mktemp("openai_2025"),
        server_events=("RealtimeServerEvent*",),
        client_events=("RealtimeClientEvent*",),
    )


@pytest.fixture(scope="session")
def openai_2026(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The Realtime API in the same vendor's document, eighteen months later."""
    spec = require(OPENAI / "openapi-2026-08-14.yaml")
    folder = tmp_path_factory.mktemp("openai_2026")
    return build(spec, "wire_openai_2026", folder, include=("Realtime*",))
