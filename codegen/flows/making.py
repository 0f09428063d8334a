"""Makes files: they are printed, examined by the guard and, if they are to be run,
compiled.

One process does all of this for a file, so its text is parsed only once. It hands back
the text, the problems and the code. A file that an earlier run has made from the same
input is left as it lies on disk.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.machinery import SourceFileLoader

from codegen import copies, workers
from codegen.artifact import Follows, Kept, OutputFile, Unprinted
from codegen.cache.printed import Printed
from codegen.diagnostics import Report
from codegen.flows import finishing
from codegen.python import Part
from codegen.templating.folder import OwnTemplates


@dataclass(frozen=True, slots=True)
class Made:
    """Files with what belongs to them.

    `code` has the marshalled code of modules by path, as far as it was asked for.
    `keys` has for each path the key by which a later run can know that the file would
    be the same again. `kept` is what else a later run should know.
    """

    files: list[OutputFile] = field(default_factory=list)
    code: dict[str, bytes] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def made(
    tables: Sequence[Part],
    plain: Callable[[], Sequence[Part]],
    others: Callable[[], tuple[Sequence[Part], Callable[[], Sequence[Part]]]],
    report: Report,
    *,
    shared: bool,
    compiled: bool,
    own: OwnTemplates | None = None,
    before: Printed | None = None,
    beside: Callable[[], Made] | None = None,
) -> Made:
    """The files that some parts make, in the order of the parts.

    `tables` are made first, by another process, while this one finds out which parts
    are `plain`. A process makes these; the parts that `others` returns take longer, and
    so have processes of their own. It returns some parts, and what finds out about the
    rest while these are made. Between them stand the files that `beside` makes. All of
    it happens in this process unless `shared`. `compiled` says whether code is wanted,
    `own` has the user's templates, and `before` what earlier runs have printed.
    """

    def of_part(part: Part) -> Made:
        return made_of(part, compiled=compiled, own=own, before=before)

    def all_of(parts: Sequence[Part]) -> list[Made]:
        return [of_part(part) for part in parts]

    def rest() -> list[Made]:
        first, more = others()
        if shared:
            return _in_turn(of_part, first, more)
        return [*all_of(first), *all_of(more())]

    # What is written in between is gone with its process, and takes no memory of those
    # that come later.
    apart = workers.Ahead(rest, worthwhile=shared, shares=True)
    with workers.Ahead(partial(all_of, tables), worthwhile=shared) as early:
        types = partial(all_of, plain())
        with workers.Ahead(types, worthwhile=shared) as ahead, apart:
            # A process has all its memory until somebody takes what it has made.
            first = early.result()
            between = [] if beside is None else [beside()]
            made = [*first, *ahead.result(), *between, *apart.result()]
    found = _together(made, report)
    if before is not None and not report.failed:
        _keep(found, before)
    return found


def _in_turn(
    of_part: Callable[[Part], Made],
    first: Sequence[Part],
    more: Callable[[], Sequence[Part]],
) -> list[Made]:
    """What is made of the first parts and the rest, which this process finds out about
    while others begin."""
    rest: list[Part] = []
    made = workers.ordered(of_part, first, meanwhile=lambda: rest.extend(more()))
    return [*made, *workers.ordered(of_part, rest)]


def _keep(made: Made, before: Printed) -> None:
    """Have it known what files were made from."""
    for file in made.files:
        if file.path in made.keys:
            before.keep(file.path, made.keys[file.path], file.text)


def _together(parts: Iterable[Made], report: Report) -> Made:
    whole = Made(report=report)
    for some in parts:
        whole.files.extend(some.files)
        whole.code.update(some.code)
        whole.keys.update(some.keys)
        whole.kept.extend(some.kept)
        report.take(some.report)
    return whole


def made_of(
    part: Part, *, compiled: bool, own: OwnTemplates | None, before: Printed | None
) -> Made:
    """The files that one part makes."""
    found = Made()
    for draft in part():
        if isinstance(draft, Follows):
            if before is not None and draft.key:
                found.keys[draft.path] = _key(draft.path, draft.key, before)
            continue
        if isinstance(draft, OutputFile):
            made = draft
        else:
            found.kept.extend(draft.kept)
            known = None if before is None else _known(draft, found.keys, before)
            if known is not None:
                found.files.append(known)
                continue
            made = draft.printed()
            # A comment behind that at the head would be taken for a part of it.
            if made.text.removeprefix(draft.head).startswith("#"):
                found.keys.pop(draft.path, None)
            elif before is not None and before.passed(draft.path, made.text):
                found.files.append(made)
                continue
        file, tree = finishing.finished(made, own, found.report)
        found.files.append(file)
        if not compiled or found.report.failed:
            continue
        if tree is not None:
            code = compile(tree, file.path, "exec", dont_inherit=True)
            found.code[file.path] = marshal.dumps(code)
        elif (source := copies.source_of(file.path)) is not None:
            # What Python has compiled it to for ourselves, or will have.
            loaded = SourceFileLoader(source.stem, str(source)).get_code(source.stem)
            found.code[file.path] = marshal.dumps(loaded)
    return found


def _known(
    draft: Unprinted, keys: dict[str, str], before: Printed
) -> OutputFile | None:
    """The file as it lies on disk, if it was made from the same input; None otherwise.
    Its key is added to `keys` either way."""
    if draft.late:
        return None
    if draft.follows_from:
        # A digest of code trees takes nearly as long as printing them.
        key = _key(draft.path, draft.follows_from, before)
    else:
        key = before.key((draft.path, draft.made_of), draft.about)
    if not key:
        return None
    keys[draft.path] = key
    known = before.text(draft.path, key)
    return None if known is None else OutputFile(draft.path, draft.head + known[0])


def _key(path: str, follows_from: str, before: Printed) -> str:
    """The key of a file whose text follows from what has a key."""
    return before.key((path, follows_from), ())
