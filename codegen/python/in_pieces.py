"""The modules of a package in pieces: folders, in which modules of the same name belong
together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property, partial
from typing import Final

from codegen import render
from codegen.artifact import Follows, Kept, Made, OutputFile, Unprinted
from codegen.python import models_module, session_rules
from codegen.python.checks import module as checks_module
from codegen.python.checks.module import Rules
from codegen.python.emit import printer, tree
from codegen.python.emit.module import in_order, modules_in_order
from codegen.python.emit.tree import Constant, Declare, Name
from codegen.python.followed import Followed
from codegen.python.heads import headed, made_from
from codegen.python.logic import Logic
from codegen.python.model.annotations import TEXT, dict_of
from codegen.python.model.package import Package
from codegen.python.model.pieces import TABLES
from codegen.python.modules import CHECKS, Known, Module, Pieces, text
from codegen.text import Code, comment

_TOGETHER: Final = 10
"""How many pieces are made in one go. They are few, so that all processes end at about
the same time."""


def parts(package: Package, logic: Logic) -> list[Callable[[], Iterable[Made]]]:
    """The parts that make the folders `_codec` and `_checks`."""
    pieces = _pieces(package, logic)
    return [
        *_folder(package, "_codec", pieces.of_codec, pieces.codec),
        *_folder(package, "_checks", pieces.of_checks, pieces.checks),
    ]


def codec_parts(package: Package, logic: Logic) -> list[Callable[[], Iterable[Made]]]:
    """The parts that make the folder `_codec` while checks have not been written. What
    its texts follow from is said by `checks_parts`."""
    known = Known((), {CHECKS: logic.asked_checks}, {}, lambda: pieces)
    pieces = Pieces(package, logic.codec_groups, (), known, logic.named)

    def late(piece: str) -> Module:
        # What event tables follow from is told by their statements alone.
        return replace(pieces.codec(piece), late=piece != TABLES)

    return [*_folder(package, "_codec", pieces.of_codec, late)]


def checks_parts(package: Package, logic: Logic) -> list[Callable[[], Iterable[Made]]]:
    """The parts that make the folder `_checks` behind those of `codec_parts`."""
    pieces = _pieces(package, logic)

    def follows() -> Iterator[Made]:
        for piece in pieces.of_codec:
            key = logic.keys.get(piece, "")
            yield Follows(_path(package, f"_codec/{piece}"), key)

    return [*_folder(package, "_checks", pieces.of_checks, pieces.checks), follows]


def _pieces(package: Package, logic: Logic) -> Pieces:
    """The modules of all pieces. A known piece is only written if its text has
    disappeared."""

    @cache
    def anew() -> Pieces:
        return _pieces(package, Logic(package))

    known = Known(logic.known, logic.defined, logic.keys, anew)
    groups = logic.codec_groups, logic.checks_groups
    return Pieces(package, *groups, known, logic.named)


def constraints(package: Package, followed: Followed | None) -> Iterator[Made]:
    """The folder `_constraints`, and the tables that say in which piece each name is.
    They are made if no earlier run has written the same."""
    name, found = "_constraints", _Constraints(package)
    key, kept = "", None
    if followed is None:
        pieces = found.pieces()
    else:
        key = followed.of_everything(name)
        pieces, kept = followed.pieces_of(name, found.pieces)

    def table(piece: str) -> Module:
        if not key:
            return found.module(piece)
        return Module(piece, (piece, key), lambda: found.module(piece).text(), (), key)

    for part in _folder(package, name, pieces, table, found.tables, key):
        yield from part()
    yield _keyed(package, "_pieces", lambda: _homes(package, found.rules), key, kept)


class _Constraints:
    """The rules of a package, made when they are first asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package

    @cached_property
    def rules(self) -> Rules:
        return checks_module.constraints(self._package)

    @cached_property
    def _of(self) -> dict[str, list[str]]:
        return _by_piece(self._package, self.rules)

    def pieces(self) -> list[str]:
        """The pieces that have rules."""
        return sorted(self._of)

    def module(self, piece: str) -> Module:
        """The module with the rules of a piece."""
        return Module.inner(piece, [[self.rules.table(self._of[piece])]])

    def tables(self) -> str:
        """The text of the tables beside the rules."""
        return "\n" + printer.statements(self.rules.tables)


def _keyed(
    package: Package,
    path: str,
    made: Callable[[], OutputFile],
    key: str,
    kept: Kept | None = None,
) -> Made:
    """A file that need not be made if an earlier run has written it from what has this
    key. Without a key it is made."""
    if not key:
        return made()
    head = f"{comment(_notice(package))}\n"
    whole, known = _path(package, path), () if kept is None else (kept,)
    return Unprinted(whole, head, (path, key), lambda: made().text, (), key, known)


def _file(package: Package, path: str, what: str, *parts: str) -> OutputFile:
    """A module: its head, which says what it is, and the rest of its text."""
    body = render.python(f"python/{what}.jinja", package.settings.templates)
    return headed(package, path, _notice(package), body, *parts)


def _path(package: Package, path: str) -> str:
    """The path of a module of the package."""
    return f"{package.settings.package}/{path}.py"


def _notice(package: Package) -> str:
    """The comment at the head of a module. It does not name the files of the
    specification, because otherwise each change of these would change every module."""
    return made_from(package.module)


def _unprinted(package: Package, path: str, what: str, found: Module) -> Unprinted:
    """A module whose text has not been made yet."""
    return Unprinted(
        _path(package, path),
        f"{comment(_notice(package))}\n",
        (what, *found.made_of),
        lambda: _file(package, path, what, *found.text()).text,
        found.about,
        found.follows_from,
        () if found.kept is None else (found.kept,),
        found.late,
    )


def _folder(
    package: Package,
    name: str,
    pieces: Sequence[str],
    module_of: Callable[[str], Module],
    more: Callable[[], str] = str,
    key: str = "",
) -> Iterator[Callable[[], Iterable[Made]]]:
    """The parts that make a folder: its pieces, some at a time, and the module that
    lists them, with `more` in it. `key` is that of what this module follows from, if
    there is one."""

    def some(chosen: Sequence[str]) -> Iterator[Made]:
        for piece in chosen:
            made = module_of(piece)
            yield _unprinted(package, f"{name}/{piece}", f"{name}_piece", made)

    def whole() -> OutputFile:
        own, imports = package.settings.templates, _imports(pieces)
        body = render.python(f"python/{name}_pieces.jinja", own, imports=imports)
        return _file(package, f"{name}/__init__", f"{name}_header", body, more())

    def header() -> Iterator[Made]:
        yield _keyed(package, f"{name}/__init__", whole, key)

    for start in range(0, len(pieces), _TOGETHER):
        yield partial(some, pieces[start : start + _TOGETHER])
    yield header


def _imports(pieces: Iterable[str]) -> list[Code]:
    """The import statements by which type checkers and bundlers find the pieces."""
    names = in_order(pieces)
    return [printer.imported(".", [f"{name} as {name}"], 1) for name in names]


def _by_piece(package: Package, rules: Rules) -> dict[str, list[str]]:
    """The names of rules, by piece."""
    found: dict[str, list[str]] = {}
    for name, (schema_id, _) in rules.by_name.items():
        found.setdefault(package.pieces.of[schema_id], []).append(name)
    return found


def _types(package: Package) -> dict[str, str]:
    """The pieces of all types."""
    shown = [*package.enums, *(schema for schema, _ in package.classes)]
    shown += [alias.schema for alias in package.aliases]
    of = package.pieces.of
    return {str(package.names.of(schema.id)): of[schema.id] for schema in shown}


def models(package: Package, followed: Followed | None) -> Iterator[Made]:
    """The modules of types, piece by piece, and the module that has all of them."""
    homes, types = _types(package), models_module.by_piece(package)
    called = models_module.aliased(package)
    by_piece: dict[str, list[str]] = {}
    for name, piece in homes.items():
        by_piece.setdefault(piece, []).append(name)
    old = models_module.old_types(package, alone=False)
    # An empty line is between the standard library and the package's own.
    typing = Code(f"{printer.imported('typing', ['TypeAlias'], 1)}\n")
    imports = [typing] if old else []
    for piece in modules_in_order(by_piece):
        given = models_module.PieceTypes(piece, types[piece], homes, called)
        made = models_module.piece(package, given, followed)
        yield _unprinted(package, f"models/{piece}", "models_piece", made)
        for name in in_order(by_piece[piece]):
            shown = [f"{name} as {name}"]
            imports.append(printer.imported(f".{piece}", shown, 1))
    body = render.python(
        "python/models_pieces.jinja",
        package.settings.templates,
        imports=imports,
    )
    yield _file(package, "models/__init__", "models_header", body, old)


def _homes(package: Package, rules: Rules) -> OutputFile:
    """The tables that say in which piece each name is."""
    types, of = _types(package), package.pieces.of
    schemas = [named.schema for named in package.named]
    schemas += session_rules.asked(package)
    others = {str(package.names.of(schema.id)): of[schema.id] for schema in schemas}
    others |= {name: of[i] for name, (i, _) in rules.by_name.items()}
    others["TABLES"] = TABLES
    tables = {
        "TYPES": types,
        "OTHERS": {name: found for name, found in others.items() if name not in types},
    }
    declared: list[list[tree.Statement]] = [
        [Declare(Name(name), dict_of(TEXT), Constant(dict(sorted(table.items()))))]
        for name, table in tables.items()
    ]
    return _file(package, "_pieces", "_pieces_header", text(declared))
