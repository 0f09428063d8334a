"""The Python side: names, shapes, emitters and the package they make."""

from codegen.python.files import package_files
from codegen.python.model.package import Package, Settings

__all__ = ["Package", "Settings", "package_files"]
