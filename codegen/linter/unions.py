"""Unions: branches that add nothing, overlap, or cannot be told apart."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Final

from codegen.diagnostics import Severity
from codegen.frontend.values import quoted
from codegen.ir import arrivals, facts, tags
from codegen.ir import model as ir
from codegen.linter import overlaps
from codegen.linter.context import Context
from codegen.linter.overlaps import Branch
from codegen.oracle import Examiner
from codegen.samples.build import Builder


def check(
    context: Context, judge: Examiner, chosen: Mapping[ir.Direction, tuple[str, ...]]
) -> None:
    """All checks of this module; `chosen` are the events of a direction, by names or
    patterns, where they are not those of its channels."""
    builder = Builder(context.module)
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
    _messages(context, chosen)
    _orphans(context)
    _idle(context, chosen)


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
    message = f"no tag tells these branches apart: {_listed(context, objects)}; "
    message += "decoding takes the first that accepts the document"
    context.add("ambiguous-union", message, schema.location)


def _label(context: Context, schema: ir.Schema) -> str:
    schema = facts.plain(context.module, schema)
    name = context.name_of(schema)
    return name or "/".join(schema.location.pointer.split("/")[-2:])


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
        name, label = hint.property, _label(context, branch)
        path = tags.path_of(context.module, branch, name)
        if not facts.at(context.module, branch, path):
            message = f"the branch {label} does not declare {name!r}"
            context.add("discriminator", message, where)
        elif hint.default is None and (
            path[0] not in facts.required(context.module, branch)
        ):
            message = f"the branch {label} does not require {name!r}"
            context.add("discriminator", message, where)
    for tag, target_id in hint.mapping.items():
        target = facts.unwrap(context.module, context.module.schemas[target_id])
        place = schema.location.child("discriminator", "mapping", tag)
        label = _label(context, target)
        path = tags.path_of(context.module, target, hint.property)
        declared = facts.at(context.module, target, path)
        values = facts.tag_values(context.module, declared)
        if target.id not in branches and not _is_union(context, target):
            message = f"the mapping names {label}, which is no branch of this union"
            context.add("discriminator", message, place)
        elif values is not None and tag not in map(_key, values):
            allowed = ", ".join(map(repr, values[:3]))
            message = f"the mapping gives {tag!r} to {label}, whose {hint.property!r} "
            message += f"can only be {allowed}"
            context.add("discriminator", message, place)


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
        message = f"wherever {_label(context, context.module.schemas[hint.base])} is "
        message += f"referred to its children may stand: {_names(context, children)}"
        context.add("discriminator-decides", message, where)
    decided = tags.decide(context.module, union.branches, hint)
    if decided is None:
        return
    given: dict[str, list[str]] = {}
    for tag, branch in decided.cases.items():
        if isinstance(branch, ir.Schema) and branch.annotations.branch_of is not None:
            given.setdefault(_label(context, branch), []).append(repr(tag))
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


# --- events that no table holds ----------------------------------------------------

_LIKE_AN_EVENT: Final = re.compile(r"(?:^|[a-z0-9_])Event(?![a-z])")


def _orphans(context: Context) -> None:
    """Report event schemas that neither a union nor a message carries."""
    module = context.module
    held: set[ir.SchemaId] = set()
    for schemas in _channels(context).values():
        held.update(branch.id for branch in schemas)
    for named in module.names.values():
        union = tags.union_of(module, module.schemas[named])
        if union is not None and len(union.branches) > 1:
            held.update(branch.id for branch in union.branches)
    for name, id_ in module.names.items():
        inline = name in module.inline
        if inline or not _LIKE_AN_EVENT.search(name) or id_ in held:
            continue
        schema = module.schemas[id_]
        if facts.unwrap(module, schema).id != id_:
            continue  # Another name for what has one.
        why = _why_no_table(module, schema)
        if why:
            message = f"no table holds the event {name}: {why}"
            where = module.schemas[id_].location
            context.add("orphan-event", message, where, key=True)


def _idle(context: Context, chosen: Mapping[ir.Direction, tuple[str, ...]]) -> None:
    """Report messages of channels that no operation has, unless what they carry is in
    a table all the same."""
    held = {s.id for patterns in chosen.values() for s in _named(context, patterns)}
    for direction, schemas in _channels(context).items():
        if direction is not ir.Direction.UNKNOWN:
            held.update(schema.id for schema in schemas)
    for one in context.module.messages:
        if one.direction is not ir.Direction.UNKNOWN or not one.channel:
            continue
        payload = context.payload(one)
        events = () if payload is None else _events(context, payload)
        if not events or any(event.id not in held for event in events):
            text = f"no table holds the message {one.name}: no operation sends or "
            text += "receives it; let one name it"
            context.add("orphan-event", text, one.location, key=True)


def _channels(context: Context) -> dict[ir.Direction, list[ir.Schema]]:
    """What the channels carry in each direction; a union brings its branches."""
    found: dict[ir.Direction, dict[ir.SchemaId, ir.Schema]] = {}
    for message in context.module.messages:
        payload = context.payload(message) if message.kind == "event" else None
        if payload is not None:
            for branch in _events(context, payload):
                found.setdefault(message.direction, {})[branch.id] = branch
    return {direction: list(by_id.values()) for direction, by_id in found.items()}


def _events(context: Context, payload: ir.Schema) -> tuple[ir.Schema, ...]:
    """A payload as events: a union brings its branches."""
    target = facts.unwrap(context.module, payload)
    union = tags.union_of(context.module, target)
    return (target,) if union is None else union.branches


def _named(context: Context, patterns: tuple[str, ...]) -> list[ir.Schema]:
    """The events that names or patterns mean."""
    module = context.module
    found = {
        branch.id: branch
        for pattern in patterns
        for name, id_ in module.names.items()
        if fnmatchcase(name, pattern)
        for branch in _events(context, module.schemas[id_])
    }
    return list(found.values())


def _messages(context: Context, chosen: Mapping[ir.Direction, tuple[str, ...]]) -> None:
    """Report the messages of a direction that no tag tells apart, among those that the
    configuration has chosen for its table, or its channels carry. What becomes no class
    is in no table, nor what has no direction."""
    module = context.module
    for direction, carried in _channels(context).items():
        wanted = chosen.get(direction)
        every = carried if wanted is None else _named(context, wanted)
        events = [arrivals.Arrival("", s) for s in every if context.is_event(s)]
        kinds = arrivals.in_families(module, events)
        found = arrivals.decide(module, kinds)
        schemas = list({kind.schema.id: kind.schema for kind in kinds}.values())
        unknown = direction is ir.Direction.UNKNOWN
        if unknown or len(schemas) < 2 or not found.trials:
            continue
        way = direction.value.replace("_", " ")
        message = f"no tag tells the messages from {way} apart: "
        message += f"{_listed(context, schemas)}; "
        message += "decoding tries first the one that declares most of the document"
        first = next(m for m in module.messages if m.direction is direction)
        context.add("ambiguous-messages", message, first.location, key=True)


def _listed(context: Context, schemas: list[ir.Schema]) -> str:
    """The schemas that share a tag, with the tag, or all if no property is one."""
    groups = _sharing(context, schemas)
    if groups is None:
        return _names(context, schemas)
    return "; ".join(
        f"{_names(context, group)} (all with {tag})" for tag, group in groups.items()
    )


def _names(context: Context, schemas: list[ir.Schema]) -> str:
    names = ", ".join(_label(context, schema) for schema in schemas[:4])
    return names + (f" and {len(schemas) - 4} more" if len(schemas) > 4 else "")


def _sharing(
    context: Context, schemas: list[ir.Schema]
) -> dict[str, list[ir.Schema]] | None:
    """Those that share a value of the property that tells most of the others apart;
    None where no property is confined to strings in every schema."""
    module = context.module
    tables = [
        {
            name: facts.tag_values(module, declared) or ()
            for name, declared in facts.properties(module, schema).items()
        }
        for schema in schemas
    ]
    best: dict[str, list[ir.Schema]] | None = None
    for name in tables[0]:
        if not all(table.get(name) for table in tables):
            continue
        groups: dict[str, list[ir.Schema]] = {}
        for schema, table in zip(schemas, tables, strict=True):
            for value in table[name]:
                groups.setdefault(f"{name} {quoted(value):.60}", []).append(schema)
        shared = {tag: group for tag, group in groups.items() if len(group) > 1}
        if best is None or len(shared) < len(best):
            best = shared
    return best or None


def _why_no_table(module: ir.Module, schema: ir.Schema) -> str:
    """The reason; empty where the schema declares nothing like a tag."""
    for key in ("type", "event"):
        declared = facts.properties(module, schema).get(key, ())
        values = facts.tag_values(module, declared)
        if values is not None and len(values) == 1:
            told = f"it ({key} {quoted(values[0])})"
            return f"{told} is in no tagged union and is no message"
        strings = (facts.types(module, one) == {"string"} for one in declared)
        if values is None and any(strings):
            return f"its {key!r} can be any string"
    return ""
