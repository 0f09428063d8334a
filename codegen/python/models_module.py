"""The types of a package: enums, classes, aliases."""

from __future__ import annotations

import re
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from codegen import render
from codegen.ir import model as ir
from codegen.python import views
from codegen.python.basis import Note, noting
from codegen.python.emit import module as emit
from codegen.python.emit import printer, search, tree
from codegen.python.emit.module import Aliases
from codegen.python.followed import Followed
from codegen.python.model.aliases import Alias
from codegen.python.model.builtin_names import BUILTINS
from codegen.python.model.names import Names
from codegen.python.model.package import Fields, Package
from codegen.python.modules import Module
from codegen.text import Code, Name
from codegen.text import name as checked

_RUNTIME_MODEL: Final = "._runtime.model"
_BYTES: Final = tree.Name("Bytes", _RUNTIME_MODEL)
_BUILTINS: Final = "builtins"
_ACCESSOR: Final = tree.Name("accessor", _RUNTIME_MODEL)
_OLD_NAMES: Final = "._runtime._old_names"
_DEPRECATED: Final = tree.Name("deprecated", _OLD_NAMES)
_OLD_MEMBER: Final = tree.Name("OldMember", _OLD_NAMES)
_ALIAS: Final = tree.Name("TypeAlias", "typing")


_LOWER: Final = re.compile("_?[0-9a-z]")
_NAMES: Final = Code("""\
# The names of aliases are those of the specification.
# ruff: noqa: PYI042

""")


def note_on_alias(name: str) -> Code:
    """What linters are told of an alias whose name looks like none to them."""
    return _NAMES if _LOWER.match(name) else Code()


@dataclass(slots=True)
class Types:
    """Some of the types of a package."""

    enums: list[ir.Schema] = field(default_factory=list)
    classes: list[tuple[ir.Schema, Fields]] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)

    @property
    def said(self) -> tuple[object, ...]:
        """Which they are, in their order."""
        aliases = [(one.schema.id, sorted(one.quoted)) for one in self.aliases]
        classes = [schema.id for schema, _ in self.classes]
        return ([schema.id for schema in self.enums], classes, aliases)

    def look(self, note: Note) -> None:
        """Note what is seen with them, where no look is taken for it."""
        note(schema.id for schema in self.enums)
        note(alias.schema.id for alias in self.aliases)
        for schema, fields in self.classes:
            note((schema.id,))
            note(s.id for f in fields for s in (f.schema, *f.schemas))


def by_piece(package: Package) -> dict[str, Types]:
    """The types of each piece."""
    found: defaultdict[str, Types] = defaultdict(Types)
    of = package.pieces.of
    for schema in package.enums:
        found[of[schema.id]].enums.append(schema)
    for one in package.classes:
        found[of[one[0].id]].classes.append(one)
    for alias in package.aliases:
        found[of[alias.schema.id]].aliases.append(alias)
    return dict(found)


class _Types:
    """Some of the types of a package, and what they use. `aliased` is what is called
    otherwise among the types."""

    def __init__(self, package: Package, some: Types, aliased: Aliases) -> None:
        self._package = package
        self.used: list[tree.Node] = []
        """What must be there when the module is imported."""
        self.annotations: list[tree.Node] = []
        """What only stands in annotations."""
        self.classes: list[tuple[str, object]] = []
        self.others: list[tuple[str, object]] = []
        """The view of each type, with its template."""
        self._renames = emit.renamed(aliased)
        below = _below(package, some)
        self._below = dict(below)
        """What others call the types that are called like a builtin and stand further
        down: by their own name a checker finds the builtin."""
        self._mentioned: set[ir.SchemaId] = set()
        """Those of them that are mentioned."""
        self.notes = Code()
        """What linters are told."""
        for schema in some.enums:
            self._enum(schema)
        for schema, fields in some.classes:
            self._class(schema, fields)
            self._below.pop(schema.id, None)
        for alias in some.aliases:
            self._alias(alias)
        self._other_names(below)

    @property
    def made_of(self) -> tuple[object, ...]:
        """All that the text of these types, and of their imports, follows from."""
        shown = (self.used, self.annotations, self.classes, self.others, self.notes)
        return (*shown, sorted(self._renames.items()))

    def _alias(self, alias: Alias) -> None:
        names, formats = self._package.names, self._package.formats
        declared = views.declared_alias(names, self._told(names), alias)
        self._mentioned |= alias.quoted & self._below.keys()
        self._below.pop(alias.schema.id, None)
        self.used.append(declared)
        self.notes = self.notes or note_on_alias(names.of(alias.schema.id))
        view = views.alias_view(names, declared, alias, formats, self._renames)
        self.others.append(("alias", view))

    def _other_names(self, below: Mapping[ir.SchemaId, Name]) -> None:
        """What types are called by what stands above them."""
        for schema_id, called in below.items():
            if schema_id in self._mentioned:
                self.notes = self.notes or note_on_alias(called)
                own = tree.Name(self._package.names.of(schema_id))
                shown = tree.Declare(tree.Name(called), _ALIAS, own)
                view = views.AliasView(printer.inside(shown, 0), "")
                self.used.append(shown)
                self.others.append(("alias", view))

    def _enum(self, schema: ir.Schema) -> None:
        package = self._package
        olds = package.old_names.inside.get(package.names.of(schema.id), ())
        describing = package.describing(schema)
        view, uses = views.enum_view(package.names, schema, describing, olds)
        self.used.append(tree.Name(str(view.base), "enum"))
        self.used += [_OLD_MEMBER, _DEPRECATED] if olds else []
        self.annotations += uses
        self.classes.append(("enum", view))

    def _class(self, schema: ir.Schema, fields: Fields) -> None:
        package, names = self._package, self._package.names
        describing = package.describing(schema)
        olds = package.old_names.inside.get(names.of(schema.id), ())
        told = self._told(names)
        old = views.old_attributes(told, fields, olds)
        extras = views.extras_of(told, package.shapes.extra_shape(schema), fields)
        declared = [views.declared(told, one) for one in fields]
        said = [*(one.annotation for one in declared), *([extras] if extras else [])]
        self._mention(said)
        self.annotations += said
        given = (declared, package.formats, self._renames, old, extras)
        view = views.class_view(names, schema, describing, fields, *given)
        self.used.append(tree.Name("Model", _RUNTIME_MODEL))
        self.used += [one.value for one in declared if one.value is not None]
        self.used += [_BYTES, _ACCESSOR] if view.encoded else []
        self.used += [_ACCESSOR, _DEPRECATED] if old else []
        self.classes.append(("class", view))

    def _told(self, names: Names) -> Names:
        """The names by which types further down are mentioned."""
        if not self._below:
            return names
        others: Any = names.symbols  # Nothing is put in.
        return replace(names, symbols=ChainMap({**self._below}, others))

    def _mention(self, said: Iterable[tree.Expr]) -> None:
        """Note which of the types further down are mentioned."""
        if self._below:
            known = search.mentions(said).taken
            self._mentioned |= {i for i, name in self._below.items() if name in known}


def _below(package: Package, some: Types) -> dict[ir.SchemaId, Name]:
    """The classes and aliases that are called like a builtin, each with a name that is
    no builtin's."""
    found: dict[ir.SchemaId, Name] = {}
    schemas = [schema for schema, _ in some.classes]
    schemas += [alias.schema for alias in some.aliases]
    for schema in schemas:
        own = package.names.of(schema.id)
        if own in BUILTINS:
            called = f"_{own}"
            while package.names.has(called):
                called += "_"
            found[schema.id] = checked(called)
    return found


def _rendered(package: Package, template: str, view: object) -> Code:
    own = package.settings.templates
    made = render.python(f"python/{template}.jinja", own, view=view)
    return Code(made.rstrip("\n"))


def _module(package: Package, imports: Iterable[str], types: _Types) -> Code:
    """Classes and enums, then the rest, below imports."""
    return render.python(
        "python/models.jinja",
        package.settings.templates,
        imports=Code("".join(imports).rstrip("\n")),
        types=[_rendered(package, *each) for each in types.classes],
        aliases=[_rendered(package, *each) for each in types.others],
    )


def aliased(package: Package) -> Aliases:
    """What the names of the runtime are called among the types, and types of the
    standard library whose name something of the package bears."""
    base = tree.Name("Model", _RUNTIME_MODEL)
    found = {_BYTES: "_Bytes", _ACCESSOR: "_accessor", _DEPRECATED: "_deprecated"}
    found |= {_OLD_MEMBER: "_OldMember"}
    called = package.names.base
    found |= {base: called} if called != base.id else {}
    borne = {str(one.attribute) for _, fields in package.classes for one in fields}
    for type_ in package.formats.typed.values():
        if type_.name in borne or package.names.has(type_.name):
            found[tree.Name(type_.name, type_.module)] = f"_{type_.name}"
    return found


def _without_builtins(
    found: Mapping[str, set[str]], called: Aliases
) -> dict[str, set[str]]:
    """What has to be imported: a builtin only where it is called otherwise."""
    own = {n for n in found.get(_BUILTINS, ()) if tree.Name(n, _BUILTINS) in called}
    others = {module: names for module, names in found.items() if module != _BUILTINS}
    return others | ({_BUILTINS: own} if own else {})


def whole(package: Package) -> Module:
    """The module of all types."""
    called = aliased(package)
    some = Types([*package.enums], [*package.classes], [*package.aliases])
    types = _Types(package, some, called)
    made_of = (types.made_of, package.old_names.types)
    return Module("", made_of, lambda: _parts(package, types, called))


def _parts(package: Package, types: _Types, called: Aliases) -> Iterator[str]:
    """The text of that module: its imports, then each of the types."""
    old = [_ALIAS] if package.old_names.types else []
    found = search.mentions([*types.used, *types.annotations, *old]).imported
    needed = _without_builtins(found, called)
    imports = [types.notes, emit.imports_of(needed, called)]
    yield _module(package, imports, types)
    yield old_types(package, alone=True)


def old_types(package: Package, *, alone: bool) -> str:
    """Statements by which types are found under old names, if there are any; whether
    they stand alone, where nothing else is for checkers."""
    olds = package.old_names.types
    if not olds:
        return ""
    table = tree.Mapping(
        tuple(
            (
                tree.Constant(str(old.name)),
                tree.Display(
                    "()", (tree.Constant(str(old.new)), tree.Constant(old.message))
                ),
            )
            for old in olds
        ),
        exploded=True,
    )
    shown = [tree.Declare(tree.Name(o.name), _ALIAS, tree.Name(o.new)) for o in olds]
    find = tree.Assign(
        tree.Name("__getattr__"),
        tree.call("_old_names", tree.Name("__name__"), table),
    )
    home = _OLD_NAMES if alone else f".{_OLD_NAMES}"
    return render.python(
        "python/old_types.jinja",
        package.settings.templates,
        finder=printer.imported(home, ["old_names as _old_names"], 1),
        shown=[printer.inside(each, 1) for each in shown],
        find=printer.inside(find, 1),
        alone=alone,
    )


class PieceTypes(NamedTuple):
    """The types of a piece: `homes` has the pieces of all types, and `called` is what
    `aliased` says."""

    piece: str
    some: Types
    homes: Mapping[str, str]
    called: Aliases


def piece(package: Package, given: PieceTypes, followed: Followed | None) -> Module:
    """The same for the types of a piece, which are looked at only if an earlier run has
    not written the same, or its text is gone."""
    if followed is None:
        return _anew(package, given)
    name, some = given.piece, given.some
    said = (some.said, sorted(map(repr, given.called.items())))
    known = followed.known(f"models {name}", name, said)
    if known is not None:
        follows_from, kept = known
        text = lambda: _anew(package, given).text()  # noqa: E731
        return Module(name, (name, follows_from), text, (), follows_from, kept)
    looks: set[ir.SchemaId] = set()
    some.look(looks.update)
    made = _anew(noting(package, looks.update), given)
    follows_from, kept = followed.anew(f"models {name}", name, said, looks)
    return replace(made, follows_from=follows_from, kept=kept)


def _anew(package: Package, given: PieceTypes) -> Module:
    types = _Types(package, given.some, given.called)
    return Module(
        given.piece,
        (given.piece, types.made_of),
        lambda: _piece(package, given, types),
        ((tree.Name, lambda one: given.homes.get(one.id)),),
    )


def _piece(package: Package, given: PieceTypes, types: _Types) -> Iterator[str]:
    """The text of a piece. What only stands in annotations is imported for checkers
    alone: `models` has it for those who evaluate them."""
    called = given.called
    needed = _imported(types.used, given)
    checked: dict[str, set[str]] = {}
    for module, found in _imported(types.annotations, given).items():
        known = needed.setdefault(module, set())
        if module.startswith(".") and not module.startswith(".."):
            checked[module] = found - known
        else:
            known |= found
    needed = _without_builtins(needed, called)
    needed = {module: found for module, found in needed.items() if found}
    checked = {module: found for module, found in checked.items() if found}
    from_here = {
        tree.Name(name.id, _from_piece(name.home or "")): other
        for name, other in called.items()
    }
    if checked:
        needed.setdefault("typing", set()).add("TYPE_CHECKING")
    imports = [types.notes, emit.imports_of(needed, from_here)]
    if checked:
        imports.append("\nif TYPE_CHECKING:\n")
        for module in emit.modules_in_order(checked):
            shown = emit.in_order(checked[module])
            imports.append(f"    {printer.imported(module, shown, 1)}\n")
    yield _module(package, [*imports, _ADDRESS], types)


_ADDRESS: Final = """
# Where all types are found and pickled, in whichever piece they are.
__name__ = __name__.rpartition(".")[0]
"""


def _imported(nodes: list[tree.Node], given: PieceTypes) -> dict[str, set[str]]:
    """The names that a piece imports for some nodes, by module."""
    found: dict[str, set[str]] = {}
    for node in search.walk(nodes):
        if isinstance(node, tree.Name):
            home = given.homes.get(node.id) if node.home is None else None
            if home is not None and home != given.piece:
                found.setdefault(f".{home}", set()).add(node.id)
            elif node.home is not None:
                found.setdefault(_from_piece(node.home), set()).add(node.id)
    return found


def _from_piece(home: str) -> str:
    """A module as a piece refers to it, which is one folder further down."""
    return f".{home}" if home.startswith(".") else home
