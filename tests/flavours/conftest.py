"""What the other generator writes, and Black lays out, is made once of the same."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any

import pytest

from codegen.flavours import models


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    """Tests ask for packages of the same few specifications over and over again; both
    are functions of what they are given, and take most of the time."""
    write, known = models._written, dict[str, str]()

    def written(document: Any, aliases: dict[str, str], flavour: Any) -> str:
        key = json.dumps([document, aliases, flavour.name])
        if key not in known:
            known[key] = write(document, aliases, flavour)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, "_written", written)
        patch.setattr(models, "_laid_out", functools.cache(models._laid_out))
        yield
