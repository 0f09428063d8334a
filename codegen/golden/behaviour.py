"""What a generated package does with the values of a schema, as a digest.

That follows from the code of the schema, of those inside it, and of those that it
refers to, directly or not: whose code something is, its name says. What bears the name
of no schema is taken for the code of all.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

from codegen import digests
from codegen.artifact import OutputFile
from codegen.ir import model as ir
from codegen.ir import walk
from codegen.ir.contents import Contents, Reached, leads_of
from codegen.python import Followed, Package

_ASIDE: Final = frozenset(("strategies.py", "_json_schemas.py", "_native.py"))
"""Modules that no value leads to: the last but where there is a native codec."""

_NATIVE: Final = "wirewright_native"

_STATEMENT: Final = re.compile(r"^(?=[@\w])", re.MULTILINE)
"""Where a statement of a module begins, or a line of its docstring, or a decorator."""

_NAME: Final = "behaviour"
"""What is known of it is called so among what is known of code."""

_CONSTRAINTS: Final = "_constraints"
_ENTRY: Final = re.compile(r"^(?=    \"\w+\":)", re.MULTILINE)
"""Where an entry of a table begins."""

_NAMED: Final = re.compile(
    r"(?:@\w+\n)*(?:class |def )?(?:FIELDS\[\"(\w+)\"\]|(\w+))|    \"(\w+)\":"
)
_SAME: Final = re.compile(r"\w+ = \(?\s*(?:\w+\.)?(\w+)\s*\)?(?:  # fmt: skip)?")
"""A name for something that is called otherwise."""

_IMPORTS: Final = ("from ", "import ", "if TYPE_CHECKING:")
_COMMENTS: Final = re.compile(r"\A(?:#.*\n)*")


@dataclass(frozen=True, slots=True)
class Code:
    """The digests of the code that each schema of a module has of its own, and of what
    is all schemas'."""

    shared: str
    own: Mapping[ir.SchemaId, str]


def code_of(package: Package, files: Sequence[OutputFile]) -> Code:
    """What there is among the files of a package."""
    outer = _outer(package)
    own: dict[ir.SchemaId, list[str]] = {}
    shared: list[str] = []
    for path, name, code in whole(_modules(package, files, _aside())):
        owners = {i for end in _ends(name) for i in outer.get(end, ())}
        said = f"{path} {code}"
        for owner in owners:
            own.setdefault(owner, []).append(said)
        if not owners:
            shared.append(said)
    return Code(
        digests.of_strings(*shared),
        {one: digests.of_strings(*found) for one, found in own.items()},
    )


def known_code(
    package: Package, files: Sequence[OutputFile], followed: Followed | None
) -> Code:
    """The same, which an earlier run may have found."""
    if followed is None:
        return code_of(package, files)
    memory, key = followed.memory, _follows(package, files, followed)
    with contextlib.suppress(TypeError, ValueError, AttributeError):
        shared, own = memory.get(_NAME, key)
        found = {ir.SchemaId(one): str(digest) for one, digest in own.items()}
        memory.keep(_NAME, key)
        return Code(str(shared), found)
    made = code_of(package, files)
    memory.keep(_NAME, key, [made.shared, dict(made.own)])
    return made


def _follows(package: Package, files: Sequence[OutputFile], followed: Followed) -> str:
    """What that follows from: pieces from all that code can see, but for docstrings;
    the texts of other modules are looked at."""
    aside = _aside()
    said = [followed.basis.everything, *sorted(aside)]
    for path, file in _sources(package, files, aside):
        folder, _, name = path.partition("/")
        if folder == "_runtime" or name not in ("", "__init__.py"):
            said.append(path)
        else:
            said += (path, digests.of(_below_head(file).encode()))
    return digests.of_strings(*said)


def _aside() -> frozenset[str]:
    return _ASIDE - {"_native.py"} if find_spec(_NATIVE) else _ASIDE


class Behaviour:
    """What a package does that has this code."""

    def __init__(self, package: Package, code: Code, contents: Contents) -> None:
        self._contents = contents
        self._bases = package.bases
        self._unions = {union.id: union for union in package.bases.values()}
        self._shared, self._own = code.shared, code.own
        self._reached = Reached(self._code, self.leads)

    def all_of(self, schema: ir.Schema) -> str:
        """The digest of that, and of what the schema means."""
        return f"{self._contents.of(schema)} {self.of(schema)}"

    def of(self, schema: ir.Schema) -> str:
        """The digest of what becomes of the values of a schema."""
        found = [self._shared, self._own.get(schema.id, "")]
        for target in (*leads_of(schema), *self._of_base(schema.id)):
            found.append(self._reached.of(target).hex())
        return digests.of_strings(*found)

    def leads(self, target: ir.SchemaId) -> Sequence[ir.SchemaId]:
        """Those to whose code that of a schema leads directly: what it refers to, and
        of a base the union with its children, which is asked where a value is none of
        the base alone."""
        union = self._unions.get(target)
        direct = self._contents.leads(target) if union is None else leads_of(union)
        return (*direct, *self._of_base(target))

    def _of_base(self, target: ir.SchemaId) -> tuple[ir.SchemaId, ...]:
        union = self._bases.get(target)
        return () if union is None else (union.id,)

    def _code(self, target: ir.SchemaId) -> bytes:
        return self._own.get(target, "").encode()


def _sources(
    package: Package, files: Iterable[OutputFile], aside: frozenset[str]
) -> Iterator[tuple[str, OutputFile]]:
    """The modules of a package but for those `aside`, each with its path below the
    package's folder."""
    start = f"{package.settings.package}/"
    for file in files:
        path = file.path.removeprefix(start)
        if path != file.path and path.endswith(".py") and path not in aside:
            yield path, file


def _modules(
    package: Package, files: Iterable[OutputFile], aside: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """The texts of these modules by what they are called: all pieces of one kind the
    same, so that nothing is another where it moves."""
    for path, file in _sources(package, files, aside):
        if path.startswith("_runtime/"):  # Copies of what the tool is.
            yield path, ""
            continue
        folder, _, name = path.partition("/")
        kind = path if name in ("", "__init__.py") else folder
        yield kind, _below_head(file)


def _below_head(file: OutputFile) -> str:
    return file.text[_COMMENTS.match(file.text).end() :]  # type: ignore[union-attr]  # it matches nothing, too


def whole(modules: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """The statements of modules, each with the kind of its module and its name. What is
    the same as something of another schema, and so only names that, says it itself."""
    found = [
        (path, name, code)
        for path, text in modules
        for name, code in statements(path, text)
    ]
    by_name = {(path, name): code for path, name, code in found}
    for path, name, code in found:
        same = _SAME.fullmatch(code.rstrip())
        other = by_name.get((path, same[1])) if same else None
        yield path, name, code if other is None else f"{name}: {other}"


def statements(path: str, text: str) -> Iterator[tuple[str, str]]:
    """The statements of a module that are no imports, each with its name; of the table
    of constraints its entries."""
    divided = path.partition(".")[0] == _CONSTRAINTS
    pending = ""
    for part in _STATEMENT.split(text):
        if part.startswith("@"):
            pending += part
            continue
        part, pending = pending + part, ""
        for entry in _ENTRY.split(part) if divided else (part,):
            if not entry.startswith(_IMPORTS):
                yield named(entry), entry


def named(statement: str) -> str:
    """The name of a statement, or of an entry of a table; empty for what has none."""
    found = _NAMED.match(statement)
    return next(filter(None, found.groups()), "") if found else ""


def _ends(name: str) -> Iterator[str]:
    """A name, and what stands in it behind each `_`: of a function of a schema one of
    them is the name of the schema."""
    yield name
    while (cut := name.find("_")) >= 0:
        name = name[cut + 1 :]
        yield name


def _outer(package: Package) -> Mapping[str, set[ir.SchemaId]]:
    """The schemas of the module that the code of a name is of: those that have a schema
    of this name inside, or are the schema. What was made of several is of all of these:
    whatever leads to it leads to them."""
    inside: dict[ir.SchemaId, set[ir.SchemaId]] = {}
    for schema_id, schema in package.module.schemas.items():
        for inner in walk.walk(schema):
            inside.setdefault(inner.id, set()).add(schema_id)
    joints = package.shapes.joints.found
    names = package.names
    found: dict[str, set[ir.SchemaId]] = {}
    for schema_id, name in (*names.symbols.items(), *names.of_sent.items()):
        owners = found.setdefault(str(name), set())
        pending = [schema_id]
        while pending:
            one = pending.pop()
            owners |= inside.get(one, set())
            if one in joints:
                made = joints[one]
                parts = (inner.id for inner in walk.walk(made.schema))
                pending += [made.outer, *(part for part in parts if part != one)]
    return found
