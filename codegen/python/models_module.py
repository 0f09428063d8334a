"""The types of a package: enums, classes, aliases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from codegen import render
from codegen.ir import model as ir
from codegen.python import views
from codegen.python.emit import module as emit
from codegen.python.emit import printer, search, tree
from codegen.python.model.package import Fields, Package
from codegen.text import Code

_RUNTIME_MODEL: Final = "._runtime.model"
_BYTES: Final = tree.Name("Bytes", _RUNTIME_MODEL)
_ACCESSOR: Final = tree.Name("accessor", _RUNTIME_MODEL)


class _Types:
    """Some of the types of a package as text, and what they use."""

    def __init__(self, package: Package, piece: str | None = None) -> None:
        """All types, or those of a piece."""
        self._package = package
        self.used: list[tree.Node] = []
        """What must be there when the module is imported."""
        self.annotations: list[tree.Node] = []
        """What only stands in annotations."""
        self.classes: list[Code] = []
        self.others: list[Code] = []
        names = package.names

        def here(schema: ir.Schema) -> bool:
            return piece is None or package.pieces.of[schema.id] == piece

        for schema in filter(here, package.enums):
            self._enum(schema)
        for schema, fields in package.classes:
            if here(schema):
                self._class(schema, fields)
        for schema, shape, later in package.aliases:
            if here(schema):
                self.used.append(views.alias(names, schema, shape, later))
                view = views.alias_view(names, schema, shape, later, package.formats)
                self.others.append(_rendered(package, "alias", view))

    def _enum(self, schema: ir.Schema) -> None:
        package = self._package
        describing = package.describing(schema)
        view, uses = views.enum_view(package.names, schema, describing)
        self.used.append(tree.Name(view.base, "enum"))
        self.annotations += uses
        self.classes.append(_rendered(package, "enum", view))

    def _class(self, schema: ir.Schema, fields: Fields) -> None:
        package, names = self._package, self._package.names
        describing = package.describing(schema)
        view = views.class_view(names, schema, describing, fields, package.formats)
        self.used.append(tree.Name("Model", _RUNTIME_MODEL))
        for field in fields:
            declared = views.declared(names, field)
            self.annotations.append(declared.annotation)
            self.used += [] if declared.value is None else [declared.value]
        self.used += [_BYTES, _ACCESSOR] if view.encoded else []
        self.classes.append(_rendered(package, "class", view))


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
        types=types.classes,
        aliases=types.others,
    )


def _aliased(package: Package) -> dict[tree.Name, str]:
    """What the names of the runtime are called among the types."""
    base = tree.Name("Model", _RUNTIME_MODEL)
    aliased = {_BYTES: "_Bytes", _ACCESSOR: "_accessor"}
    called = package.names.base
    return aliased | ({base: called} if called != base.id else {})


def parts(package: Package) -> Iterator[str]:
    """The module of all types: its imports, then each of them."""
    types = _Types(package)
    found = search.mentions([*types.used, *types.annotations])
    yield _module(package, [emit.imports(found, _aliased(package))], types)


def piece(package: Package, name: str, homes: Mapping[str, str]) -> Iterator[str]:
    """The same for the types of a piece; `homes` has the pieces of all types. What
    only stands in annotations is imported for checkers alone: `models` has it for
    those who evaluate them."""
    types = _Types(package, name)
    needed = _imported(types.used, homes, name)
    needed_too = _imported(types.annotations, homes, name)
    checked: dict[str, set[str]] = {}
    for module, found in needed_too.items():
        known = needed.setdefault(module, set())
        if module.startswith(".") and not module.startswith(".."):
            checked[module] = found - known
        else:
            known |= found
    needed = {module: found for module, found in needed.items() if found}
    checked = {module: found for module, found in checked.items() if found}
    aliased = {
        tree.Name(n.id, f".{n.home}"): called for n, called in _aliased(package).items()
    }
    if checked:
        needed.setdefault("typing", set()).add("TYPE_CHECKING")
    imports = [emit.imports_of(needed, aliased)]
    if checked:
        imports.append("\nif TYPE_CHECKING:\n")
        for module, found in sorted(checked.items()):
            imports.append(f"    {printer.imported(module, sorted(found), 1)}\n")
    yield _module(package, [*imports, _ADDRESS], types)


_ADDRESS: Final = """
# Where all types are found and pickled, in whichever piece they are.
__name__ = __name__.rpartition(".")[0]
"""


def _imported(
    nodes: list[tree.Node], homes: Mapping[str, str], own: str
) -> dict[str, set[str]]:
    """The names that are imported for some nodes, by module."""
    found: dict[str, set[str]] = {}
    for node in search.walk(nodes):
        if isinstance(node, tree.Name):
            home = homes.get(node.id) if node.home is None else None
            if home is not None and home != own:
                found.setdefault(f".{home}", set()).add(node.id)
            elif node.home is not None:
                module = f".{node.home}" if node.home.startswith(".") else node.home
                found.setdefault(module, set()).add(node.id)
    return found
