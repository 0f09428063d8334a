"""What surrounds the statements of a module: imports, and other names for models that
would hide something that the module uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from codegen.python.emit import printer, tree
from codegen.python.emit.search import Mentions
from codegen.python.emit.tokens import Renames

_APART: Final = "Class_"


Aliases: TypeAlias = Mapping[tree.Name, str]
"""For names that a module imports under another name: that name, by the module of
origin and the name."""

Imported: TypeAlias = Mapping[str, Collection[str]]
"""The names that a module imports, by the module that they come from."""


def renames(found: Mentions) -> Renames:
    """New names for models that have the same name as something else in a module."""
    return renames_of(found.taken, found.imported.get(tree.MODELS, ()))


def renames_of(taken: Collection[str], models: Collection[str]) -> Renames:
    """New names for those `models` that a module imports, if the other names in its
    text are `taken`."""
    own = {*taken, "annotations"}
    return {
        f"{tree.MODELS}:{name}": f"{_APART}{name}"
        for name in models
        if name in own or name.startswith(_APART)
    }


def aliases(renamed: Renames, module: str = tree.MODELS) -> Aliases:
    """New names of models as import statements need them; `module` is where models come
    from."""
    found = ((key.partition(":")[2], other) for key, other in renamed.items())
    return {tree.Name(name, module): other for name, other in found}


def renamed(aliased: Aliases) -> Renames:
    """New names of models as the text of the module needs them."""
    return {f"{name.home}:{name.id}": other for name, other in aliased.items()}


def imports(found: Mentions, aliased: Aliases = MappingProxyType({})) -> str:
    """The import statements of a module: `__future__` first, then the standard library,
    then its own package."""
    return imports_of(found.imported, aliased)


def imports_of(found: Imported, aliased: Aliases = MappingProxyType({})) -> str:
    """The import statements for these names, by module, some of them under another
    name."""
    blocks = ["from __future__ import annotations\n", "", ""]
    for module in modules_in_order(found):
        some = found[module]
        called = {
            name.id: other for name, other in aliased.items() if name.home == module
        }
        shown = [f"{n} as {called[n]}" if n in called else n for n in in_order(some)]
        exploded = module in (tree.MODELS, "._checks")
        local = module.startswith(".")
        for names in statements(shown):
            plain = " as " not in names[0]
            blocks[1 + local] += printer.imports(
                module, names, exploded=exploded and plain
            )
    return "\n".join(block for block in blocks if block)


def statements(names: Iterable[str]) -> list[list[str]]:
    """Names in their order, as the import statements of a module hold them: one that is
    called otherwise has a statement of its own."""
    shown = list(names)
    plain = [name for name in shown if " as " not in name]
    return [
        [name] if " as " in name else plain
        for name in shown
        if " as " in name or name == plain[0]
    ]


def modules_in_order(modules: Iterable[str]) -> list[str]:
    """Modules as linters sort them: what is further away comes first, and numbers in
    names by their value."""
    return sorted(
        modules,
        key=lambda module: (
            len(module.lstrip(".")) - len(module),
            _natural(module.lower()),
            _natural(module),
        ),
    )


def in_order(names: Iterable[str], *, folded: bool = True) -> list[str]:
    """Names as linters sort them: constants, then classes, then all others, and numbers
    in names by their value. `folded` tells whether upper and lower case are compared
    only if nothing else differs."""
    return sorted(
        names,
        key=lambda name: (
            _kind(name),
            _natural(name.lower() if folded else name),
            _natural(name),
        ),
    )


def _kind(name: str) -> int:
    # Ruff counts bytes, so a single letter beyond ASCII is a constant to it.
    if len(name.encode()) > 1 and name.isupper():
        return 0
    return 1 if name[:1].isupper() else 2


_NUMBERS: Final = re.compile("([0-9]+)")


def _natural(name: str) -> list[tuple[str, str, int]]:
    """A sort key by which `x9` comes before `x10`. Digits that begin with a zero are
    compared one by one, and come before all numbers."""
    parts = _NUMBERS.split(name)
    return [
        (
            (part, "", 0)
            if not part.isdecimal()
            else ("0", part, 0) if part.startswith("0") else ("0", "1", int(part))
        )
        for part in parts
    ]
