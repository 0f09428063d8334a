"""From a module of the IR to the files of a Python package."""

from codegen.python.files import (
    Part,
    logic_parts,
    package_files,
    plain_parts,
    table_parts,
)
from codegen.python.followed import Followed
from codegen.python.logic import followed
from codegen.python.model.event_tables import meant
from codegen.python.model.misplaced import misplaced
from codegen.python.model.package import Package, Settings, decide, formats_of
from codegen.python.tables_module import tables_of_directions

__all__ = [
    "Followed",
    "Package",
    "Part",
    "Settings",
    "decide",
    "followed",
    "formats_of",
    "logic_parts",
    "meant",
    "misplaced",
    "package_files",
    "plain_parts",
    "table_parts",
    "tables_of_directions",
]
