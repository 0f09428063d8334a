"""The same specifications as packages in pieces, which only large ones are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from codegen.python.model import pieces
from tests.generated import packages
from tests.sweeps import LONG

_SOME = {"names_of_schemas", "rings_of_aliases"}
CASES = [case for case in packages.CASES if LONG or case.name in _SOME]


@pytest.fixture(autouse=True)
def modules() -> Iterator[None]:
    """Packages of the same names are made elsewhere, too."""
    before = dict(sys.modules)
    yield
    for name in sys.modules.keys() - before.keys():
        if name.startswith("case_"):
            del sys.modules[name]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_they_are_what_their_tests_expect(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Golden tests are made of what the package does, wherever its code is."""
    for name, most in (("WHOLE", 0), ("MOST", 40), ("FEW", 5)):
        monkeypatch.setattr(pieces, name, most)
    (sdk,) = packages.build(tmp_path, [case]).values()
    assert (tmp_path / f"case_{case.name}" / "_pieces.py").is_file()
    for check in packages.checks():
        if check.case == case.name:
            made = type(sdk.SCHEMAS[check.schema].decode(check.value, strict=False))
            if made.__module__ == f"{sdk.__name__}.models":
                assert getattr(sdk, made.__name__) is made
