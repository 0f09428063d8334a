"""What a module of statements needs around them: imports, and other names for models
that would hide something of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from codegen.python.emit import printer, tree
from codegen.python.emit.search import Mentions
from codegen.python.emit.tokens import Renames

_APART: Final = "Class_"


Aliases: TypeAlias = Mapping[tree.Name, str]
"""What names are called in the module that imports them, where that is another name."""


def renames(found: Mentions) -> Renames:
    """What to call the models that bear the name of something else in a module."""
    own = found.taken | {"annotations"}
    return {
        name: f"{_APART}{name}"
        for name in found.imported.get(tree.MODELS, ())
        if name in own or name.startswith(_APART)
    }


def aliases(renamed: Renames) -> Aliases:
    """The same, for the import statements."""
    return {tree.Name(name, tree.MODELS): other for name, other in renamed.items()}


def imports(found: Mentions, aliased: Aliases = MappingProxyType({})) -> str:
    """The import statements of a module, `__future__` first: of the standard library,
    then of its package."""
    blocks = ["from __future__ import annotations\n", "", ""]
    for module, imported in sorted(found.imported.items()):
        names = [tree.Name(name, module) for name in _sorted(imported)]
        shown = [f"{n.id} as {aliased[n]}" if n in aliased else n.id for n in names]
        exploded = module in (tree.MODELS, "._checks")
        local = module.startswith(".")
        blocks[1 + local] += printer.imports(module, shown, exploded=exploded)
    return "\n".join(block for block in blocks if block)


def _sorted(names: Iterable[str]) -> list[str]:
    """Constants, then classes, then the rest, as linters want them."""
    return sorted(names, key=lambda n: (not n.isupper(), not n[:1].isupper(), n))
