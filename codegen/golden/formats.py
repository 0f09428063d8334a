"""The formats that matter to the documents of golden tests."""

from __future__ import annotations

from codegen.python import Package
from codegen.runtime._formats import FORMATS


def formats_of(package: Package) -> tuple[str, ...]:
    """The formats that a package asserts."""
    return tuple(sorted(FORMATS)) if package.settings.assert_formats else ()
