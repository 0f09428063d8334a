"""Generated tests are laid out as Black has them, however long a package's name is."""

from __future__ import annotations

from pathlib import Path

import black
import pytest

from codegen.cli import main
from tests.generated import packages


@pytest.mark.parametrize("length", [48, 58, 66])
def test_black_changes_no_tests_of_a_long_name(length: int, tmp_path: Path) -> None:
    spec = packages.HERE / "enums_of_one_member" / "spec.yaml"
    name = "ourcompany_".ljust(length, "x")
    output = str(tmp_path)
    assert main(["generate", str(spec), "--package", name, "--output", output]) == 0
    for path in (tmp_path / "tests" / name).glob("*.py"):
        text = path.read_text("utf-8")
        assert black.format_str(text, mode=black.Mode()) == text, path.name
