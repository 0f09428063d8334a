"""Files that are made, looked at by the guard and, where they are to be run, compiled.

One process does all of it for a file: it reads the text once, and what it hands back is
the text, what is wrong with it and its code.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from codegen import workers
from codegen.artifact import OutputFile
from codegen.diagnostics import Report
from codegen.flows import finishing
from codegen.python import Part
from codegen.templating.folder import OwnTemplates


@dataclass(frozen=True, slots=True)
class Made:
    """Files; `code` has what those of Python compile to, as far as that was asked for,
    by their paths."""

    files: list[OutputFile] = field(default_factory=list)
    code: dict[str, bytes] = field(default_factory=dict)
    report: Report = field(default_factory=Report)


def made(
    plain: Sequence[Part],
    others: Callable[[], Sequence[Part]],
    report: Report,
    *,
    shared: bool,
    compiled: bool,
    own: OwnTemplates | None = None,
) -> Made:
    """What some parts make, in their order; `others` are found meanwhile, which takes
    as long as making the first. `shared` says whether it is worth more processes than
    this one, `compiled` whether code is wanted; `own` has the templates of the user
    that have a part in it."""

    def of_part(part: Part) -> Made:
        return _of_part(part, compiled, own)

    def first() -> list[Made]:
        return [of_part(part) for part in plain]

    if not shared:
        return _together([*first(), *map(of_part, others())], report)
    with workers.Ahead(first) as ahead:
        parts = others()
        # That process is gone before there are more: each takes its share of memory.
        found = ahead.result()
    return _together([*found, *workers.ordered(of_part, parts)], report)


def _together(parts: Iterable[Made], report: Report) -> Made:
    whole = Made(report=report)
    for some in parts:
        whole.files.extend(some.files)
        whole.code.update(some.code)
        report.take(some.report)
    return whole


def _of_part(part: Part, compiled: bool, own: OwnTemplates | None) -> Made:
    found = Made()
    for made in part():
        file, tree = finishing.finished(made, own, found.report)
        found.files.append(file)
        if compiled and tree is not None and not found.report.failed:
            code = compile(tree, file.path, "exec", dont_inherit=True)
            found.code[file.path] = marshal.dumps(code)
    return found
