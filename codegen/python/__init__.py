"""The Python side: names, shapes, emitters and the package they make."""

from codegen.python.files import package_files
from codegen.python.model.package import Package, Settings, decide

__all__ = ["Package", "Settings", "decide", "package_files"]
