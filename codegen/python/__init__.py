"""The Python side: names, shapes, emitters and the package they make."""

from codegen.python.package import Package, Settings, package_files

__all__ = ["Package", "Settings", "package_files"]
