"""What a generated package does with the values of a schema, as a digest.

That follows from the code that they can lead to: the modules of the piece that the
schema is in, those of the pieces that these import, and so on; and the modules that all
pieces share. What is looked up by its name stands in the piece of the schema that it is
named after, so no way leads past the imports. A package that is in one piece is all
that a schema can lead to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Final

from codegen import digests
from codegen.artifact import OutputFile
from codegen.ir import model as ir
from codegen.python import Package

_ASIDE: Final = frozenset(("strategies.py", "_json_schemas.py", "_native.py"))
"""Modules that no value leads to: the last but where there is a native codec."""

_NATIVE: Final = "wirewright_native"
_COMMENTS: Final = re.compile(r"(?:#.*\n)*")
_IMPORT: Final = re.compile(r"^ *from (\.[\w.]*) import (\([^)]*\)|.*)$", re.MULTILINE)
_CODE: Final = re.compile(r"^(?:class|def) ", re.MULTILINE)
"""Behind it there is no import any more."""


class Behaviour:
    """What a package does, of which these are the files."""

    def __init__(self, package: Package, files: Sequence[OutputFile]) -> None:
        self._of = package.pieces.of
        self._whole = package.pieces.whole
        aside = _ASIDE - {"_native.py"} if find_spec(_NATIVE) else _ASIDE
        own: dict[str, list[str]] = {piece: [] for piece in self._of.values()}
        shared: list[str] = []
        self._uses: dict[str, set[str]] = {piece: set() for piece in own}
        for path, text in _modules(package, files):
            folder, _, module = path.partition("/")
            piece = module.removesuffix(".py")
            if not folder.startswith("_runtime") and piece in own:
                own[piece].append(f"{path} {_digest(text)}")
                self._uses[piece] |= _mentioned(text) & own.keys()
            elif path not in aside:
                shared.append(f"{path} {_digest(text)}")
        self._shared = digests.of("\n".join(sorted(shared)).encode())
        self._own = {piece: "\n".join(sorted(of)) for piece, of in own.items()}
        self._known: dict[str, str] = {}

    def of(self, schema_id: ir.SchemaId) -> str:
        """The digest of what becomes of the values of a schema."""
        if self._whole:
            return self._shared
        piece = self._of[schema_id]
        if piece not in self._known:
            parts = [self._shared, *(self._own[one] for one in sorted(self.led(piece)))]
            self._known[piece] = digests.of("\n".join(parts).encode())
        return self._known[piece]

    def led(self, piece: str) -> set[str]:
        """The pieces that the values of those in a piece can lead to."""
        found = {piece}
        pending = [piece]
        while pending:
            more = self._uses[pending.pop()] - found
            found |= more
            pending += more
        return found


def _modules(
    package: Package, files: Sequence[OutputFile]
) -> Iterator[tuple[str, str]]:
    """The modules of a package, by their paths below its folder."""
    start = f"{package.settings.package}/"
    for file in files:
        if file.path.startswith(start) and file.path.endswith(".py"):
            yield file.path.removeprefix(start), file.text


def _digest(text: str) -> str:
    """The digest of a module, but for the comment at its head, which names the files
    of the specification."""
    return digests.of(text[_COMMENTS.match(text).end() :].encode())  # type: ignore[union-attr]  # it matches nothing, too


def _mentioned(text: str) -> set[str]:
    """All words in the imports of a module from its package, without the ends by which
    the modules of a piece are told apart."""
    code = _CODE.search(text)
    head = text[: code.start()] if code else text
    return {
        word.removesuffix(end)
        for match in _IMPORT.finditer(head)
        for part in match.groups()
        for word in re.findall(r"\w+", part)
        for end in ("_codec", "_checks", "_models", "")
    }
