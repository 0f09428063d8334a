"""The Python side: names, shapes, emitters and the package they make."""

from codegen.python.files import Part, package_files, package_parts
from codegen.python.model.misplaced import misplaced
from codegen.python.model.package import Package, Settings, decide

__all__ = [
    "Package",
    "Part",
    "Settings",
    "decide",
    "misplaced",
    "package_files",
    "package_parts",
]
