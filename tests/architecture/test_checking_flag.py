"""What only checkers see of a package, editors see as well.

Editors that evaluate assignments (those with Jedi) take what stands below `if
TYPE_CHECKING` for unreachable where the flag is plainly False: nothing of a package was
completed. An annotated flag is any bool to them, and to checkers its name says it all.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from tests.corpus_paths import ROOT

WRITTEN: Final = [
    *(ROOT / "codegen" / "runtime").rglob("*.py"),
    *(ROOT / "templates").rglob("*.jinja"),
]


def test_the_flag_has_an_annotation() -> None:
    def flags(path: Path) -> list[str]:
        return re.findall(r"^ *TYPE_CHECKING\b.*=.*$", path.read_text(), re.MULTILINE)

    assert {flag for path in WRITTEN for flag in flags(path)} == {
        "TYPE_CHECKING: bool = False"
    }
