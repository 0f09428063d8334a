"""Golden tests: files that a team commits beside an SDK, and that fail when the
specification, the generator or a hand edit changes what goes over the wire."""

from codegen.golden.author import NOTHING, Known, strategies, test_files

__all__ = ["NOTHING", "Known", "strategies", "test_files"]
