"""A part of a specification as a document of its own, with the same meaning."""

from codegen.extraction.extract import (
    ELSEWHERE,
    IDENTIFIERS,
    Extracted,
    NotExtracted,
    extract,
)

__all__ = ["ELSEWHERE", "IDENTIFIERS", "Extracted", "NotExtracted", "extract"]
