"""What generated modules import, and what their own names must keep clear of."""

from __future__ import annotations

import pytest

from codegen.python import names
from codegen.python.imports import AVAILABLE


@pytest.mark.parametrize("group", AVAILABLE["codec"])
def test_no_class_hides_what_the_codec_imports(group: dict[str, str]) -> None:
    imported = {name for listed in group.values() for name in listed.split()}
    assert imported <= names._CODEC
