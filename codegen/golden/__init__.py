"""Golden tests: files that a team commits beside an SDK, and that fail when the
specification, the generator or a hand edit changes what goes over the wire."""

from codegen.golden.author import test_files
from codegen.golden.strategies import strategies_of

__all__ = ["strategies_of", "test_files"]
