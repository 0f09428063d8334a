"""ECMA-262 regular expressions: parsed, translated for Python, judged for speed."""

from codegen.ecma.matching import Way, matcher, way
from codegen.ecma.portable import portable
from codegen.ecma.slow import bearable
from codegen.ecma.syntax import ECMASyntaxError, ECMAUnsupportedError
from codegen.ecma.translate import parse, translate

__all__ = [
    "ECMASyntaxError",
    "ECMAUnsupportedError",
    "Way",
    "bearable",
    "matcher",
    "parse",
    "portable",
    "translate",
    "way",
]
