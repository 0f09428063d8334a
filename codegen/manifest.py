"""The manifest of a generated package: which files are ours, and as we wrote them.

`files` names the files of the last run with their digests, `inputs` those that they
were made from, each with the digest of its text, `codegen` the version of the tool
and `runtime` what the copied runtime is: a digest of it. While files are being
replaced the manifest also has `before`: what was there until then, each with every
digest that it may have, and `inputs` are those of what was there. So whatever a run
that was killed has left behind, the next one knows its own files by it. `release` is
the version that such a run was to raise, where it was to.

A manifest is read from a tree that others may have changed. It can name only places
where we could have written: below the folders of its package, and the two files that
make a distribution of it. Those may be somebody else's whatever a manifest says, so
`codegen.plans` looks at them.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from codegen import digests, versions
from codegen.cache import trees
from codegen.layouts import ATOP

NAME: Final = trees.MANIFEST


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says: our files, each with the digests that it may have.

    `data` is the text that said so, `unfinished` tells whether a run was broken off.
    `version` is that of the tool, empty where the manifest does not name it.
    """

    data: bytes | None = None
    digests: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unfinished: bool = False
    version: str = ""
    runtime: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    release: str = ""


def digest(data: bytes) -> str:
    """The digest of a file, as manifests have it."""
    return digests.of_text(data)


def text(files: Mapping[str, str], inputs: Mapping[str, str]) -> bytes:
    """The manifest of a tree that is complete, of files with these digests, and made
    from others."""
    files = dict(sorted(files.items()))
    made: dict[str, Any] = {"codegen": versions.OURS}
    if copied := {path: files[path] for path in files if _RUNTIME in path}:
        made["runtime"] = runtime(copied)
    if inputs:
        made["inputs"] = dict(inputs)
    return _text({**made, "files": files})


_RUNTIME: Final = "/_runtime/"


def runtime(files: Mapping[str, str]) -> str:
    """What the runtime of a package is, by the digests of its files."""
    listed = sorted((path.partition(_RUNTIME)[2], one) for path, one in files.items())
    return digests.of(json.dumps(listed).encode())[:16]


def text_between(old: Manifest, files: Mapping[str, str], release: str = "") -> bytes:
    """The manifest of a tree that is on its way from one state to another, in which
    files have these digests. What it was made from still is what the old one was, and
    `release` the version that is raised."""
    before = {path: sorted(digests) for path, digests in sorted(old.digests.items())}
    made: dict[str, Any] = {"inputs": dict(old.inputs)} if old.inputs else {}
    if release or old.release:
        made["release"] = release or old.release
    return _text({**made, "files": dict(sorted(files.items())), "before": before})


def read(data: bytes | None, package: str) -> Manifest:
    """A manifest from its text; a damaged one lists nothing. Where a merge has left two
    sides, it lists what either does, and says nothing else."""
    sides = _sides(data or b"")
    tables = [table for side in sides if (table := _table(side)) is not None]
    digests: dict[str, set[str]] = {}
    for path, found in itertools.chain.from_iterable(map(_entries, tables)):
        if _is_ours(path, package):
            digests.setdefault(path, set()).update(found)
    frozen = {path: frozenset(found) for path, found in digests.items()}
    if len(sides) > 1 or not tables:
        return Manifest(data, frozen)
    (table,) = tables
    inputs = table.get("inputs")
    return Manifest(
        data,
        frozen,
        "before" in table,
        _word(table.get("codegen")),
        _word(table.get("runtime")),
        (
            {name: _word(one) for name, one in inputs.items()}
            if isinstance(inputs, dict)
            else {}
        ),
        _word(table.get("release")),
    )


def _table(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _sides(data: bytes) -> list[bytes]:
    """A text, or its two sides where git has left them in conflict."""
    if b"<" * 7 not in data:
        return [data]
    ours: list[bytes] = []
    theirs: list[bytes] = []
    both = (ours, theirs)
    marked: dict[bytes, tuple[list[bytes], ...]] = {
        b"<" * 7: (ours,),
        b"|" * 7: (),  # What both have come from.
        b"=" * 7: (theirs,),
        b">" * 7: both,
    }
    taken: tuple[list[bytes], ...] = both
    for line in data.splitlines(keepends=True):
        if line[:7] in marked:
            taken = marked[line[:7]]
        else:
            for side in taken:
                side.append(line)
    return [b"".join(side) for side in both]


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def is_below(path: str) -> bool:
    """Whether a path leads from a folder to a place below it, in every system."""
    parts = [part for part in path.split("/") if part not in ("", ".")]
    return bool(parts) and not (
        ".." in parts or path.startswith("/") or "\\" in path or "\0" in path
    )


def leads_through_link(root: Path, path: str) -> bool:
    """Whether a place, or a folder above it up to the root, is a symbolic link."""
    parts = PurePosixPath(path).parts
    places = (root.joinpath(*parts[: n + 1]) for n in range(len(parts)))
    return any(map(os.path.islink, places))


def _is_ours(path: str, package: str) -> bool:
    below = is_below(path) and path.startswith((f"{package}/", f"tests/{package}/"))
    return below or path in ATOP


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for part in (table.get("files"), table.get("before")):
        for path, found in part.items() if isinstance(part, dict) else ():
            digests = found if isinstance(found, list) else [found]
            if all(isinstance(one, str) for one in digests):
                yield path, digests


def _text(table: Mapping[str, Any]) -> bytes:
    return f"{_indented(table, '')}\n".encode()


def _indented(value: Any, margin: str) -> str:
    """As `json.dumps` with an indent of two, which knows no fast way for it."""
    if not value or not isinstance(value, Mapping | list):
        return _said(value)
    within = f"{margin}  "
    if isinstance(value, Mapping):
        parts = [f"{_said(k)}: {_indented(v, within)}" for k, v in value.items()]
    else:
        parts = [_indented(part, within) for part in value]
    start, end = "{}" if isinstance(value, Mapping) else "[]"
    inside = f",\n{within}".join(parts)
    return f"{start}\n{within}{inside}\n{margin}{end}"


_said: Final = json.JSONEncoder().encode
