"""The Python side: names, shapes, emitters and the package they make."""

from codegen.python.files import Part, package_files, package_parts
from codegen.python.model.misplaced import misplaced
from codegen.python.model.package import Package, Settings, decide
from codegen.python.tables_module import tables_of_directions

__all__ = [
    "Package",
    "Part",
    "Settings",
    "decide",
    "misplaced",
    "package_files",
    "package_parts",
    "tables_of_directions",
]
