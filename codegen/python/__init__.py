"""The Python side: names, shapes, emitters and the package they make."""

from codegen.python.package import package_files
from codegen.python.plan import Package, Settings

__all__ = ["Package", "Settings", "package_files"]
