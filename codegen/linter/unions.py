"""Unions: branches that add nothing, overlap, or cannot be told apart."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable

from codegen.diagnostics import Severity
from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.linter import overlaps
from codegen.linter.context import Context
from codegen.linter.events import label_of, listed, names_of
from codegen.linter.overlaps import Branch
from codegen.oracle import Examiner
from codegen.python.model.typed_texts import Formats
from codegen.samples.build import Builder


def check(context: Context, judge: Examiner, enforced: Formats) -> None:
    """All checks of this module, where these formats are enforced."""
    holding = enforced.holding()
    builder = Builder(context.module, formats=tuple(enforced), typed=holding)
    for schema in context.schemas:
        for union in schema.assertions:
            if isinstance(union, ir.AnyOf):
                _repeated(context, _branches(context, schema, union), False)
            elif isinstance(union, ir.OneOf):
                branches = _branches(context, schema, union)
                unreachable = _repeated(context, branches, True)
                left = [one for one in branches if one.index not in unreachable]
                overlaps.check(context, judge, builder, schema, union, left)
        _tags(context, schema)
        _discriminator(context, schema)


# --- branches that add nothing -----------------------------------------------------


def _branches(
    context: Context, schema: ir.Schema, union: ir.AnyOf | ir.OneOf
) -> list[Branch]:
    keyword = "oneOf" if isinstance(union, ir.OneOf) else "anyOf"
    return [
        Branch(
            inner,
            facts.unwrap(context.module, inner),
            schema.location.child(keyword, index),
            index,
        )
        for index, inner in enumerate(union.schemas)
    ]


def _repeated(context: Context, branches: list[Branch], exclusive: bool) -> set[int]:
    """Report each branch that an earlier one covers, or a later one where branches are
    `exclusive`, as those of `oneOf` are; return their indices."""
    unreachable: set[int] = set()
    meanings: dict[str, Branch] = {}
    wide: list[Branch] = []
    for branch in branches:
        only = facts.only(branch.target)
        if isinstance(only, ir.Never):
            continue
        same = meanings.setdefault(_meaning(context, branch.target), branch)
        covering = _covering(context, wide, branch) if same is branch else same
        if covering is not None:
            _say_unreachable(context, branch, covering, exclusive)
            unreachable.add(branch.index)
        elif isinstance(only, ir.Type) or not branch.target.assertions:
            wide.append(branch)
    if exclusive:  # What a later one covers is lost as well.
        for branch in branches:
            if branch.index in unreachable:
                continue
            later = [other for other in wide if other.index > branch.index]
            covering = _covering(context, later, branch)
            if covering is not None:
                _say_unreachable(context, branch, covering, exclusive)
                unreachable.add(branch.index)
    return unreachable


def _covering(context: Context, wide: list[Branch], branch: Branch) -> Branch | None:
    """The first of some wide branches that accepts every value of another."""
    found = (one for one in wide if _covers(context, one.target, branch.target))
    return next(found, None)


def _say_unreachable(
    context: Context, branch: Branch, covering: Branch, exclusive: bool
) -> None:
    message = f"branch {covering.index} accepts everything that this branch accepts"
    if exclusive:
        message += ", so `oneOf` rejects it all"
    severity = Severity.ERROR if exclusive else None
    context.add("unreachable-branch", message, branch.where, severity=severity)


def _covers(context: Context, one: ir.Schema, two: ir.Schema) -> bool:
    """Whether every value of the second schema is certainly one of the first.

    The usual way to write an open enumeration, a string beside an `enum` of
    strings, is documentation on purpose and does not count.
    """
    if not one.assertions:
        return True
    only = facts.only(one)
    if not isinstance(only, ir.Type):
        return False
    values = facts.finite_values(context.module, two)
    if values is not None and not any(isinstance(a, ir.Type) for a in two.assertions):
        return False
    types = facts.types(context.module, two)
    wide = {t for t in only.types if t != "integer"}
    return bool(types) and types <= wide and values is None


def _meaning(context: Context, schema: ir.Schema) -> str:
    """A text that is equal for schemas that assert the same."""
    found = context.meanings.get(schema.id)
    if found is None:
        found = repr([_plain(assertion) for assertion in schema.assertions])
        context.meanings[schema.id] = found
    return found


def _plain(assertion: ir.Assertion) -> object:
    """An assertion without ids, places and annotations."""
    parts: list[object] = [type(assertion).__name__]
    for name in assertion.__slots__:
        value = getattr(assertion, name)
        if name == "text" and isinstance(assertion, ir.Ref):
            continue
        if isinstance(value, ir.Schema):
            value = [_plain(inner) for inner in value.assertions]
        elif isinstance(value, dict):
            value = {k: _plain_value(v) for k, v in sorted(value.items())}
        elif isinstance(value, tuple):
            value = [_plain_value(item) for item in value]
        parts.append(value)
    return parts


def _plain_value(value: object) -> object:
    if isinstance(value, ir.Schema):
        return [_plain(inner) for inner in value.assertions]
    return value


# --- tags --------------------------------------------------------------------------


def _has_branches(schema: ir.Schema) -> bool:
    return any(isinstance(a, (ir.AnyOf, ir.OneOf)) for a in schema.assertions)


def _tags(context: Context, schema: ir.Schema) -> None:
    """Report a union whose object branches no tag tells apart."""
    if not _has_branches(schema):
        return
    union = tags.union_of(context.module, schema)
    if union is None:
        return
    module = context.module
    objects = [b for b in union.branches if facts.types(module, b) == {"object"}]
    hint = tags.hint_of(module, schema)
    if hint is not None and hint.default is not None:
        return  # Objects without a tag have a branch of their own.
    if len(objects) < 2 or tags.decide(module, tuple(objects), hint) is not None:
        return
    message = f"no tag tells these branches apart: {listed(context, objects)}; "
    message += "decoding takes the first that accepts the document"
    context.add("ambiguous-union", message, schema.location)


def _discriminator(context: Context, schema: ir.Schema) -> None:
    hint = schema.annotations.discriminator
    union = tags.union_of(context.module, schema) if hint is not None else None
    if hint is None or union is None:
        return
    where = schema.location.child("discriminator", "propertyName")
    _departures(context, schema, hint, union, where)
    plain = [facts.plain(context.module, branch) for branch in union.branches]
    branches = {branch.id: branch for branch in plain}
    for branch in branches.values():
        if "object" not in facts.types(context.module, branch):
            continue
        name, label = hint.property, label_of(context, branch)
        path = tags.path_of(context.module, branch, name)
        if not facts.at(context.module, branch, path):
            message = f"the branch {label} does not declare {name!r}"
            context.add("discriminator", message, where)
        elif hint.default is None and (
            path[0] not in facts.required(context.module, branch)
        ):
            message = f"the branch {label} does not require {name!r}"
            context.add("discriminator", message, where)
    targets = context.module.schemas
    mapped = [
        (tag, facts.unwrap(context.module, targets[one]))
        for tag, one in hint.mapping.items()
    ]
    _mapped(context, schema, hint, mapped, branches)
    _claimed(context, hint, branches.values(), {one.id for _, one in mapped})


def _mapped(
    context: Context,
    schema: ir.Schema,
    hint: ir.Discriminator,
    mapped: Iterable[tuple[str, ir.Schema]],
    branches: Container[ir.SchemaId],
) -> None:
    """Report tags of a mapping that no branch can have."""
    for tag, target in mapped:
        place = schema.location.child("discriminator", "mapping", tag)
        if target.id not in branches and not _is_union(context, target):
            label = label_of(context, target)
            message = f"the mapping names {label}, which is no branch of this union"
            context.add("discriminator", message, place)
        elif allowed := _instead(context, target, hint.property, tag):
            message = f"the mapping gives {tag!r} to {label_of(context, target)}, "
            message += f"whose {hint.property!r} can only be {allowed}"
            context.add("discriminator", message, place)


def _claimed(
    context: Context,
    hint: ir.Discriminator,
    branches: Iterable[ir.Schema],
    mapped: Container[ir.SchemaId],
) -> None:
    """Report tags that branches claim and cannot have."""
    for branch in branches:
        tag = branch.annotations.tag
        if tag is None or branch.id in mapped:
            continue
        if allowed := _instead(context, branch, hint.property, tag):
            message = f"{label_of(context, branch)} claims the tag {tag!r}, but its "
            message += f"{hint.property!r} can only be {allowed}"
            context.add("discriminator", message, branch.location)


def _instead(context: Context, schema: ir.Schema, name: str, tag: str) -> str:
    """The values that a property has where it cannot have a tag; empty where it can."""
    path = tags.path_of(context.module, schema, name)
    declared = facts.at(context.module, schema, path)
    values = facts.tag_values(context.module, declared)
    if values is None or tag in map(_key, values):
        return ""
    return ", ".join(map(repr, values[:3]))


def _departures(
    context: Context,
    schema: ir.Schema,
    hint: ir.Discriminator,
    union: tags.Union,
    where: ir.Location,
) -> None:
    """Say where the discriminator asserts what the schemas alone do not."""
    if hint.base is not None:
        children = [
            b for b in union.branches if facts.plain(context.module, b).id != hint.base
        ]
        message = f"wherever {label_of(context, context.module.schemas[hint.base])} is "
        message += f"referred to its children may stand: {names_of(context, children)}"
        context.add("discriminator-decides", message, where)
    decided = tags.decide(context.module, union.branches, hint)
    if decided is None:
        return
    given: dict[str, list[str]] = {}
    for tag, branch in decided.cases.items():
        if isinstance(branch, ir.Schema) and branch.annotations.branch_of is not None:
            given.setdefault(label_of(context, branch), []).append(repr(tag))
    if given:
        shown = [f"{label} {' or '.join(some)}" for label, some in given.items()]
        message = (
            "the discriminator gives tags to branches whose schemas allow others: "
        )
        message += "; ".join(shown[:4])
        message += f" and {len(shown) - 4} more" if len(shown) > 4 else ""
        context.add("discriminator-decides", message, where)


def _key(tag: facts.Tag) -> str:
    """A tag as a mapping writes it."""
    return tag if isinstance(tag, str) else json.dumps(tag)


def _is_union(context: Context, schema: ir.Schema) -> bool:
    return tags.union_of(context.module, schema) is not None
