"""What changes for programs that are written against a generated package."""

from codegen.sdk_changes.comparison import compare

__all__ = ["compare"]
