"""The classes of a flavour, as datamodel-code-generator writes them."""

from __future__ import annotations

import ast
import json
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from codegen.flavours.document import LABEL, Document
from codegen.flavours.flavour import Flavour
from codegen.flavours.reading import apart, below, imported, read
from codegen.flavours.spelling import spelled, tagged
from codegen.python.emit import module as emit
from codegen.python.model.package import Package
from codegen.python.models_module import note_on_alias

_EXACT: Final[dict[str, Any]] = {
    "disable_timestamp": True,
    "custom_file_header": "#",
    "target_python_version": "3.11",
    "strict_nullable": True,
    "use_annotated": True,
    "field_constraints": True,
    "use_union_operator": True,
    "use_standard_collections": True,
    "use_schema_description": True,
    "use_single_line_docstring": True,
    "use_type_alias": True,
    "use_tuple_for_fixed_items": True,
    "skip_root_model": True,
    "keep_model_order": True,
    "formatters": [],
}
"""What makes of a document that leaves nothing open the classes that it means."""


class Refused(ValueError):
    """What keeps a flavour from being made; a sentence."""


def models(package: Package, flavour: Flavour) -> str:
    """The body of the module, laid out by Black. Raises `Refused`."""
    _check_properties(package, flavour)
    unnamed = Document(package, flavour, "").whole()
    label = _free_label(json.dumps(unnamed))
    made = Document(package, flavour, label)
    document = made.whole()
    aliases = _aliases(package, made, flavour)
    text = _written(document, aliases, flavour)
    tree = spelled(imported(_parsed(text)), frozenset(made.labels.values()))
    if flavour.tagged:
        tree = tagged(tree, made.tagged, aliases)
    names = {label: str(package.names.of(i)) for i, label in made.labels.items()}
    tree = apart(tree, frozenset(names.values()))
    text = re.sub(rf"{label}\d+", lambda found: names[found[0]], ast.unparse(tree))
    module = f"._runtime.{flavour.name}_adapter"
    text = text.replace("from wirewright_adapter import", f"from {module} import")
    _check_names(package, text)
    text = ast.unparse(ast.fix_missing_locations(below(_parsed(text))))
    return _laid_out(_note(text) + _with_imports(text))


def _check_properties(package: Package, flavour: Flavour) -> None:
    for schema, fields in package.classes:
        for field in fields:
            if not flavour.names.fullmatch(field.wire):
                where = f"{package.names.of(schema.id)} has {field.wire!r}"
                raise Refused(f"it has no properties of such names: {where}")


def _free_label(text: str) -> str:
    """The word that stands for types meanwhile, longer than any such in a text."""
    longest = max(re.findall(f"{LABEL}t*", text), key=len, default="")
    return f"{longest}t" if longest else LABEL


def _parsed(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise Refused(f"datamodel-code-generator wrote no Python: {error}") from error


def _aliases(package: Package, made: Document, flavour: Flavour) -> dict[str, str]:
    """What attributes are called, where that is not what the property is."""
    found: dict[str, str] = {}
    for schema, fields in package.classes if flavour.attributes else ():
        taken = {*flavour.methods, *(str(field.attribute) for field in fields)}
        for field in fields:
            name = str(field.attribute)
            if name in flavour.methods:
                while name in taken:
                    name += "_"
                taken.add(name)
            if name != field.wire:
                found[f"{made.labels[schema.id]}.{field.wire}"] = name
    return found


def _written(document: Any, aliases: dict[str, str], flavour: Flavour) -> str:
    from datamodel_code_generator import generate
    from datamodel_code_generator.enums import DataModelType, InputFileType

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        output = Path(folder) / "models.py"
        try:
            generate(
                json.dumps(document),
                input_file_type=InputFileType.JsonSchema,
                output=output,
                output_model_type=getattr(DataModelType, flavour.kind),
                aliases=aliases,
                **{**_EXACT, **flavour.options},
            )
        except Exception as error:
            first = str(error).partition("\n")[0]
            raise Refused(f"datamodel-code-generator: {first}") from error
        return output.read_text("utf-8")


def _decided(package: Package) -> frozenset[str]:
    """What the classes, enums and aliases of a package are called."""
    schemas = [
        *(schema for schema, _ in package.classes),
        *package.enums,
        *(schema for schema, _, _ in package.aliases),
    ]
    return frozenset(str(package.names.of(schema.id)) for schema in schemas)


def _check_names(package: Package, text: str) -> None:
    """Whether the classes and aliases are those that were decided, and no others."""
    found = set()
    for statement in _parsed(text).body:
        match statement:
            case ast.ClassDef(name=name):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case _:
                pass
    wanted = _decided(package)
    if found != wanted:
        other = ", ".join(sorted(found ^ wanted)[:5])
        raise Refused(f"classes would have other names than they should: {other}")


def _note(text: str) -> str:
    """What linters are told of the names of aliases, if anything."""
    for node in _parsed(text).body:
        match node:
            case ast.AnnAssign(ast.Name(name), ast.Name("TypeAlias")):
                if note := note_on_alias(name):
                    return note
            case _:
                pass
    return ""


def _with_imports(text: str) -> str:
    """The module with the names that it imports sorted, and none that it does not
    use."""
    tree = ast.parse(text)
    known = {"annotations", *read(tree)}
    lines = text.split("\n")
    blocks: dict[int, dict[str, list[ast.alias]]] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            home = "." * node.level + (node.module or "")
            found = [a for a in node.names if (a.asname or a.name) in known]
            if found:
                blocks.setdefault(_rank(home), {}).setdefault(home, []).extend(found)
        elif not _is_rebuilding(node):
            continue
        for number in range(node.lineno - 1, node.end_lineno or node.lineno):
            lines[number] = ""
    imports = (
        "\n".join(line for each in sorted(block.items()) for line in _imports(*each))
        for _, block in sorted(blocks.items())
    )
    return "\n\n".join([*imports, "\n".join(lines)])


def _imports(home: str, names: Sequence[ast.alias]) -> Iterator[str]:
    """The imports from a module: what has another name stands by itself."""
    plain = emit.in_order({a.name for a in names if a.asname is None})
    found = {plain[0]: ", ".join(plain)} if plain else {}
    found |= {a.name: f"{a.name} as {a.asname}" for a in names if a.asname}
    order = emit.in_order(found)
    for _, every in sorted(found.items(), key=lambda each: order.index(each[0])):
        yield f"from {home} import {every}"


def _is_rebuilding(node: ast.stmt) -> bool:
    """Whether a statement completes a class of pydantic, which does that by itself."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="model_rebuild"))):
            return True
        case _:
            return False


def _rank(home: str) -> int:
    """Where an import stands: those that Python brings before those of others."""
    top = home.partition(".")[0]
    if top == "__future__":
        return 0
    return 1 if top in sys.stdlib_module_names else 3 if not top else 2


def _laid_out(text: str) -> str:
    from black import format_str
    from black.mode import Mode, TargetVersion

    laid = format_str(text, mode=Mode(target_versions={TargetVersion.PY311}))
    return _BRACKETS.sub(r"\1\2\3\4  # fmt: skip\n", laid)


_BRACKETS: Final = re.compile(
    r"(?m)^( +.*: )\(\n +((?:Annotated\[(?!.*\] \| )|(?!.* \| )).*)\n"
    r" +\)(?:( = )\(?(.*?)\)?)?\n"
)
"""Of an annotation that is no union, where its field has a name that is too long; other
formatters than Black do without."""
