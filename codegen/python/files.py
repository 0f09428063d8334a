"""From a module of the IR to the files of a package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from codegen import copies, ecma, render, text
from codegen.artifact import Made, OutputFile, Unprinted, printed
from codegen.ir import model as ir
from codegen.python import (
    conditions,
    fields_module,
    in_pieces,
    json_schemas,
    models_module,
    modules,
    operations_module,
    session_rules,
    tables_module,
)
from codegen.python.checks import module as checks_module
from codegen.python.emit import module as emit
from codegen.python.emit import printer, search
from codegen.python.followed import Followed
from codegen.python.heads import headed, made_from
from codegen.python.logic import Logic
from codegen.python.model.package import Package
from codegen.python.modules import Group
from codegen.text import name as checked

FACE: Final = {
    "Dispatcher": "_runtime.dispatcher",
    "EventTable": "_runtime.dispatcher",
    "UnknownEvent": "_runtime.unknown",
    "UNSET": "_runtime.registry",
    "Unset": "_runtime.registry",
    "ValidationError": "_runtime.errors",
    "Violation": "_runtime.errors",
    "extra_of": "_runtime.extra",
    "violations_of": "_runtime.model",
    "with_extra": "_runtime.extra",
    "Schema": "_runtime.schema",
}
"""Names that every package offers, with the module that each comes from."""


OF_OPERATIONS: Final = frozenset(
    {"operations", "parameters", "event_stream"}
    | {"_styles", "_texts", "_paths", "_deep_objects"}
)
"""Modules of the runtime that only packages with operations have."""

Part: TypeAlias = Callable[[], Iterable[Made]]
"""Makes some files of a package. Parts are independent, so each may run in a process of
its own."""


def package_files(package: Package) -> Iterator[OutputFile]:
    """The files of a package, each with what it answers:

    `models` what the types are, `events` what can arrive, `schemas` what the
    specification names; what begins with `_` is plumbing.
    """
    first, others = logic_parts(package)
    parts = (*table_parts(package), *plain_parts(package), *first, *others())
    for part in parts:
        yield from printed(part())


def table_parts(package: Package) -> list[Part]:
    """The parts that make files that hold no logic and always are made anew."""
    return [lambda: _tables(package)]


def plain_parts(package: Package, followed: Followed | None = None) -> list[Part]:
    """The parts that make types and constraints. Those that an earlier run has written
    from the same are not made again."""
    whole = package.pieces.whole
    return [
        lambda: ([_models(package)] if whole else in_pieces.models(package, followed)),
        lambda: (
            [_constraints(package)]
            if whole
            else in_pieces.constraints(package, followed)
        ),
    ]


def _models(package: Package) -> Unprinted:
    """The types of a package that is written whole."""
    found = models_module.whole(package)
    return Unprinted(
        f"{package.settings.package}/models.py",
        f"{text.comment(_notice(package.module))}\n",
        ("models", *found.made_of),
        lambda: module_file(package, "models", *found.text()).text,
        found.about,
    )


def logic_parts(
    package: Package, followed: Followed | None = None, *, fresh: bool = False
) -> tuple[list[Part], Callable[[], list[Part]]]:
    """The parts that make all other files: some, and what returns the rest.

    What all of them need is found out first, as far as earlier runs have not. If these
    have left nothing at all (`fresh`), the first parts can already be made while the
    second half of that is found out.
    """
    logic = Logic(package, followed)
    whole = package.pieces.whole
    early = fresh and not whole

    def others() -> list[Part]:
        rules = (
            [lambda: [_rules(package, logic)]] if package.module.session_rules else []
        )
        return [
            *(in_pieces.checks_parts(package, logic) if early else ()),
            lambda: [_native(package, logic, followed)],
            *rules,
            lambda: _runtime_files(package, logic),
        ]

    if early:
        return in_pieces.codec_parts(package, logic), others
    parts = _whole if whole else in_pieces.parts
    return parts(package, logic), others


def _tables(package: Package) -> Iterator[Made]:
    """The files that follow from the package and hold no logic."""
    yield _init(package)
    yield statements_file(package, "events", tables_module.events(package))
    yield statements_file(package, "schemas", tables_module.schemas(package))
    if package.operations:
        made = operations_module.operations(package)
        yield statements_file(package, "operations", made)
    yield statements_file(package, "_fields", fields_module.groups(package))
    yield statements_file(package, "_json_schemas", json_schemas.groups(package))


def _whole(package: Package, logic: Logic) -> list[Part]:
    """The modules with logic of a package that is written whole."""
    codec = [group for _, group in logic.codec_groups]
    checks = [group for _, group in logic.checks_groups]
    return [
        lambda: [statements_file(package, "_codec", codec, once=True)],
        lambda: [statements_file(package, "_checks", checks, once=True)],
    ]


def _constraints(package: Package) -> Unprinted:
    rules = checks_module.constraints(package)
    groups = [[rules.table(rules.by_name)], *rules.tables]
    return statements_file(package, "_constraints", groups)


def _native(package: Package, logic: Logic, followed: Followed | None) -> Unprinted:
    """The tables for the native codec. They are only made if no earlier run has written
    the same. What a later run should know about the logic is attached to this file."""
    name = "_native"
    if followed is None:
        return statements_file(package, name, logic.native_groups())
    key = followed.of_everything(name)
    return Unprinted(
        f"{package.settings.package}/{name}.py",
        f"{text.comment(_notice(package.module))}\n",
        (name, key),
        lambda: module_file(package, name, modules.text(logic.native_groups())).text,
        follows_from=key,
        kept=tuple(logic.kept),
    )


def _runtime_files(package: Package, logic: Logic) -> Iterator[OutputFile]:
    """The modules of the runtime that this package needs; they are the same in every
    package."""
    yield OutputFile(f"{package.settings.package}/py.typed", "")
    yield copies.linting(package.settings.package)
    homes = logic.homes
    typed = {t.home for t in package.formats.typed.values()}
    if typed or any(map(_is_slow, package.parts.values())):
        rules = checks_module.constraints(package).by_name.values()
        homes |= search.mentions(rule for _, rule in rules).imported.keys()
    typed &= homes
    needless = {"flavoured"}
    needless |= set() if package.settings.assert_formats else {"_formats"}
    needless |= set() if conditions.MATCHES_LINEAR.home in homes else {"_linear"}
    needless |= {"pieces"} if package.pieces.whole else set()
    needless |= set() if package.old_names.any else {"_old_names"}
    needless |= set() if package.all_tables else {"recorder"}
    needless |= set() if package.operations else OF_OPERATIONS
    for source in sorted(copies.RUNTIME.glob("*.py")):
        if source.stem.startswith("_typed_"):
            needed = f"._runtime.{source.stem}" in typed
        elif source.stem == "_typed":
            needed = bool(typed)
        else:
            needed = not source.stem.startswith(tuple(needless))
        if needed:
            settings = package.settings
            yield copies.runtime(source, settings.package, settings.templates)


def _is_slow(schema: ir.Schema) -> bool:
    """Whether a schema has a pattern for which `re` would be slow."""
    patterns = (regex for one in schema.assertions for regex in _patterns(one))
    return any(ecma.way(pattern) is ecma.Way.LINEAR for pattern in patterns)


def _patterns(assertion: ir.Assertion) -> Iterable[str]:
    if isinstance(assertion, ir.Pattern):
        return (assertion.regex,)
    return assertion.schemas if isinstance(assertion, ir.PatternProperties) else ()


def module_file(package: Package, name: str, *parts: str, **view: str) -> OutputFile:
    """A module: the head, which says what it is, and the rest of its text."""
    own = package.settings.templates
    body = render.python(f"python/{name}_header.jinja", own, **view)
    path = "__init__" if name == "init" else name
    return headed(package, path, _notice(package.module), body, *parts)


def statements_file(
    package: Package, name: str, groups: list[Group], *, once: bool = False
) -> Unprinted:
    """A module that consists of statements and the imports that they need. With `once`,
    functions that do the same are written once."""
    return Unprinted(
        f"{package.settings.package}/{name}.py",
        f"{text.comment(_notice(package.module))}\n",
        (name, groups),
        lambda: module_file(package, name, modules.text(groups, once=once)).text,
    )


def _notice(module: ir.Module) -> str:
    """The comment at the head of every file."""
    made = made_from(module)
    files = (f"{file.path} sha256:{file.digest[:16]}" for file in module.files)
    return "\n".join([made, *files])


def _init(package: Package) -> OutputFile:
    models = sorted(
        {package.names.of(s.id) for s, _ in package.classes}
        | {package.public_name(named.schema) for named in package.named}
    )
    unions = tables_module.unions(package)
    events = sorted({"EVENTS", *unions, *unions.values()})
    rules_home = {"SessionRules": "rules"} if package.module.session_rules else {}
    recorder_home = {"Recorder": "_runtime.recorder"} if package.all_tables else {}
    homes = (
        dict(FACE)
        | rules_home
        | recorder_home
        | dict.fromkeys(events, "events")
        | {"SCHEMAS": "schemas"}
        | ({"OPERATIONS": "operations"} if package.operations else {})
    )
    by_home: dict[str, list[str]] = {}
    for name, home in (*homes.items(), *((name, "models") for name in models)):
        by_home.setdefault(f".{home}", []).append(name)
    types = package.old_names.types
    old = {str(o.name): f"{o.name} as {o.name}" for o in types}
    by_home.setdefault(".models", []).extend(old)
    shown = {
        home: [old.get(name, name) for name in emit.in_order(names)]
        for home, names in by_home.items()
    }
    body = render.python(
        "python/init.jinja",
        package.settings.templates,
        imports=[
            printer.imported(home, names, 1)
            for home in emit.modules_in_order(shown)
            for names in emit.statements(shown[home])
        ],
        homes=[
            (checked(name), text.dotted(f".{home}"))
            for name, home in sorted(homes.items())
        ],
        everything=emit.in_order([*models, *homes], folded=False),
        codec=True,
    )
    return module_file(package, "init", body, title=package.module.title)


def _rules(package: Package, logic: Logic) -> OutputFile:
    view = session_rules.view(package, logic.checks)
    body = render.python("python/rules.jinja", package.settings.templates, view=view)
    return module_file(package, "rules", body)
