"""What a module of statements needs around them: imports, and other names for models
that would hide something of its own."""

from __future__ import annotations

from collections.abc import Iterable

from codegen.python.emit import printer, tree
from codegen.python.emit.tokens import Renames

_APART = "Class_"


def renames(nodes: Iterable[tree.Statement]) -> Renames:
    """What to call the models that bear the name of something else in a module."""
    nodes = list(nodes)
    own = tree.taken(nodes) | {"annotations"}
    models = tree.imported(nodes).get(tree.MODELS, set())
    return {
        name: f"{_APART}{name}"
        for name in models
        if name in own or name.startswith(_APART)
    }


def imports(nodes: Iterable[tree.Statement], renamed: Renames) -> str:
    """The import statements of a module: of the standard library, of the runtime, of
    the package's other modules."""
    found = tree.imported(nodes)
    text = "from __future__ import annotations\n\n"
    for name in sorted(
        name for name in found if name[0] not in "." and name != tree.MODELS
    ):
        text += printer.imports(name, _sorted(found[name]))
    text += "\n"
    for name in sorted(name for name in found if name.startswith("._")):
        text += printer.imports(name, _sorted(found[name]))
    for name in sorted(
        name for name in found if name.startswith(".") and name[1] != "_"
    ):
        text += printer.imports(name, sorted(found[name]), exploded=True)
    models = sorted(found.get(tree.MODELS, ()))
    if models:
        shown = (f"{m} as {renamed[m]}" if m in renamed else m for m in models)
        text += printer.imports(f".{tree.MODELS}", shown, exploded=True)
    return text


def _sorted(names: Iterable[str]) -> list[str]:
    """Constants, then classes, then the rest, as linters want them."""
    return sorted(names, key=lambda n: (not n.isupper(), not n[:1].isupper(), n))
