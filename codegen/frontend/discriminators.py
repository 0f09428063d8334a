"""Turns what discriminators decide into assertions.

A discriminator gives each branch of its union tags: those that `mapping` lists for it,
otherwise the one that its schema claims by a keyword of vendors, otherwise the name of
its schema. Where a branch does not confine the property to its tags itself, it is made
to here, in that union and nowhere else. So nothing behind the front end has to know
that there was a discriminator. What a branch says about its tags itself counts as well:
a child that narrows the list of its base has the tags that both allow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from codegen.frontend import inheritance
from codegen.frontend.rewriting import Rewriter, with_assertions
from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.ir.accepts import accepts
from codegen.ir.walk import walk


def settle(module: ir.Module) -> ir.Module:
    """The module with every discriminator turned into the assertions that it stands
    for."""
    module = inheritance.settle(module)
    unions = [s for s in _every(module) if s.annotations.discriminator is not None]
    if not unions:
        return module
    names = _Names(module)
    changed = {union.id: _settled(module, names, union) for union in unions}
    return Rewriter(lambda schema: changed.get(schema.id, schema)).module(module)


def _every(module: ir.Module) -> Iterable[ir.Schema]:
    found: dict[ir.SchemaId, ir.Schema] = {}
    for schema in module.schemas.values():
        for inner in walk(schema):
            found.setdefault(inner.id, inner)
    return found.values()


class _Names:
    """The names of schemas, which are the tags of branches without other ones, and the
    tags that schemas claim."""

    def __init__(self, module: ir.Module) -> None:
        self.module = module
        self._names = module.names_by_id()

    def of(self, branch: ir.Schema) -> str | None:
        """The name of the schema that a branch refers to; None where it has none."""
        named = self._named(branch)
        return None if named is None else self._names[named.id]

    def claimed(self, branch: ir.Schema, target: ir.Schema) -> list[str]:
        """The tag that the schema claims to which a branch refers, if it does; where
        that is another name for its target, what the target claims."""
        named = self._named(branch)
        own = None if named is None else named.annotations.tag
        tag = target.annotations.tag if own is None else own
        return [] if tag is None else [tag]

    def _named(self, branch: ir.Schema) -> ir.Schema | None:
        while branch.id not in self._names:
            only = facts.only(branch)
            if isinstance(only, ir.Ref):
                branch = self.module.schemas[only.target]
            elif isinstance(only, ir.AllOf) and len(only.schemas) == 1:
                branch = only.schemas[0]
            else:
                return None
        return branch


@dataclass(frozen=True, slots=True)
class _Branch:
    """A branch that refers to a schema. `given` are the tags that the discriminator
    gives it, if `mapped` by its mapping or by a claim; `declared` those to which the
    schema confines the property itself, None where it does not. `opened` tells whether
    it takes values that are no objects, which it does not in the union."""

    schema: ir.Schema
    target: ir.Schema
    path: tuple[str, ...]
    mapped: bool
    given: tuple[facts.Tag, ...]
    declared: tuple[facts.Tag, ...] | None
    opened: bool

    def allowed(
        self, taken: Counter[tuple[bool, facts.Tag]]
    ) -> tuple[facts.Tag, ...] | None:
        """The tags of the branch; None if it may have any. `taken` counts how many
        branches the discriminator gives each tag."""
        if self.declared is None:
            return self.given or None
        own = set(map(facts.distinct, self.given))
        if self.mapped:
            return tuple(tag for tag in self.declared if facts.distinct(tag) in own)
        keys = {facts.distinct(tag): tag for tag in self.declared}
        return tuple(tag for key, tag in keys.items() if taken[key] <= (key in own))


def _beside_null(schemas: tuple[ir.Schema, ...]) -> ir.Schema | None:
    """The union beside which there is only null, as `nullable` writes it; None where
    there is no such union, or where it has a discriminator of its own."""
    others = [schema for schema in schemas if not facts.is_null(schema)]
    if len(others) != 1 or len(schemas) == 1:
        return None
    only = facts.only(others[0])
    told = others[0].annotations.discriminator is not None
    return None if told or not isinstance(only, ir.AnyOf | ir.OneOf) else others[0]


def _settled(module: ir.Module, names: _Names, schema: ir.Schema) -> ir.Schema:
    """A union with each branch confined to its tags."""
    hint = schema.annotations.discriminator
    assert hint is not None
    unions = [a for a in schema.assertions if isinstance(a, ir.AnyOf | ir.OneOf)]
    if len(unions) != 1:
        return schema
    (union,) = unions
    inner = _beside_null(union.schemas)
    if inner is not None:
        told = replace(inner.annotations, discriminator=hint)
        found = _settled(module, names, replace(inner, annotations=told))
        schemas = tuple(found if s is inner else s for s in union.schemas)
        return _with_branches(schema, union, schemas)
    mapping = _mapping(module, hint)
    schemas = _with_default(module, schema, hint, union.schemas)
    branches = [
        _branch(module, names, hint.property, mapping, branch) for branch in schemas
    ]
    taken = Counter(
        facts.distinct(tag) for one in branches if one for tag in set(one.given)
    )
    default = _default(module, hint)
    others = dict.fromkeys(
        tag
        for one in branches
        if one and one.target.id != default
        for tag in one.allowed(taken) or ()
    )
    nulls = _nulls(module, union, branches)
    confined: list[ir.Schema] = []
    for branch, known in zip(schemas, branches, strict=True):
        if known is None:
            confined.append(branch)
            continue
        if nulls and _takes_null(module, known):
            known = replace(known, opened=True)
        if known.target.id == default:
            confined.append(_without_tags(module, known, tuple(others)))
            continue
        allowed = known.allowed(taken)
        if allowed or known.target.id != hint.base:
            having = default is not None
            confined.append(_confined(module, known, allowed, having=having))
    return _with_branches(schema, union, (*confined, *nulls))


def _mapping(module: ir.Module, hint: ir.Discriminator) -> dict[ir.SchemaId, list[str]]:
    """The keys of a discriminator's mapping by the schema that they lead to."""
    found: dict[ir.SchemaId, list[str]] = {}
    for key, mapped in hint.mapping.items():
        target = facts.unwrap(module, module.schemas[mapped])
        found.setdefault(target.id, []).append(key)
    return found


def _with_branches(
    schema: ir.Schema, union: ir.AnyOf | ir.OneOf, branches: tuple[ir.Schema, ...]
) -> ir.Schema:
    """The schema with other branches for its union."""
    changed = replace(union, schemas=branches)
    found = (changed if a is union else a for a in schema.assertions)
    return replace(schema, assertions=tuple(found))


def _default(module: ir.Module, hint: ir.Discriminator) -> ir.SchemaId | None:
    """The id of the branch for all objects whose tag belongs to no other branch."""
    if hint.default is None:
        return None
    return facts.unwrap(module, module.schemas[hint.default]).id


def _with_default(
    module: ir.Module,
    schema: ir.Schema,
    hint: ir.Discriminator,
    branches: tuple[ir.Schema, ...],
) -> tuple[ir.Schema, ...]:
    """The branches of a union, and behind them the default branch if it is not one of
    them."""
    default = _default(module, hint)
    known = {facts.unwrap(module, branch).id for branch in branches}
    if default is None or hint.default is None or default in known:
        return branches
    identity = ir.SchemaId(f"{schema.id}~default")
    where = schema.location.child("discriminator", "defaultMapping")
    return (*branches, ir.Schema(identity, where, (ir.Ref(hint.default),)))


def _takes_null(module: ir.Module, branch: _Branch) -> bool:
    """Whether a branch is of objects and, as far as its types tell, null."""
    return facts.types(module, branch.target) == {"object", "null"}


def _nulls(
    module: ir.Module, union: ir.AnyOf | ir.OneOf, branches: list[_Branch | None]
) -> list[ir.Schema]:
    """A branch for null, which has no tag, where a branch takes it beside objects. A
    `oneOf` of which several do takes no null, and stays as it is."""
    found = [
        ir.Schema(
            ir.SchemaId(f"{branch.schema.id}~null"),
            branch.schema.location.child("type"),
            (ir.Type(("null",)),),
        )
        for branch in branches
        if branch
        and _takes_null(module, branch)
        and accepts(module, branch.target, None)
    ]
    if isinstance(union, ir.AnyOf):
        return found[:1]
    return found if len(found) == 1 else []


def _without_tags(
    module: ir.Module, branch: _Branch, excluded: tuple[facts.Tag, ...]
) -> ir.Schema:
    """A branch for objects that have none of these tags."""
    schema = branch.schema
    # Only an object that has the property has one of the tags.
    tagged = ir.Schema(
        ir.SchemaId(f"{schema.id}~others"),
        schema.location,
        _having(branch, (_only(branch, excluded),)),
    )
    adding: list[ir.Assertion] = [ir.Not(tagged)] if excluded else []
    if branch.opened:
        adding.append(ir.Type(("object",)))
    target = facts.referred(module, schema)
    annotations = replace(schema.annotations, branch_of=target)
    found = with_assertions(schema, *adding, *schema.assertions)
    return replace(found, annotations=annotations)


def _having(
    branch: _Branch, assertions: tuple[ir.Assertion, ...]
) -> tuple[ir.Assertion, ...]:
    """Assertions that the property at the branch's path is there, beside these, which
    are about it."""
    where = branch.schema.location
    found = ir.Schema(ir.SchemaId(f"{branch.schema.id}~has"), where, assertions)
    for depth, name in enumerate(branch.path):
        found = _requiring(found, branch.path[:depth], ir.Required((name,)))
    return found.assertions


def _requiring(
    schema: ir.Schema, path: tuple[str, ...], must: ir.Required
) -> ir.Schema:
    """The schema with the object at `path` inside it required to have a property."""
    if not path:
        return with_assertions(schema, *schema.assertions, must)
    (declared,) = (a for a in schema.assertions if isinstance(a, ir.Properties))
    inner = _requiring(declared.schemas[path[0]], path[1:], must)
    others = (a for a in schema.assertions if a is not declared)
    return with_assertions(schema, ir.Properties({path[0]: inner}), *others)


def _branch(
    module: ir.Module,
    names: _Names,
    name: str,
    mapping: Mapping[ir.SchemaId, list[str]],
    schema: ir.Schema,
) -> _Branch | None:
    """What the discriminator says of a branch. None for a branch that is written in
    place and so has no name, for null, and for one that is itself a union."""
    target = facts.unwrap(module, schema)
    if facts.referred(module, schema) not in module.schemas:
        return None
    if target.id == schema.id or "object" not in facts.types(module, target):
        return None
    if any(isinstance(a, ir.AnyOf | ir.OneOf) for a in target.assertions):
        return None
    path = tags.path_of(module, target, name)
    declared = facts.at(module, target, path)
    keys = mapping.get(target.id) or names.claimed(schema, target)
    own = names.of(schema)
    wanted = keys or ([] if own is None else [own])
    found = (_tag(module, declared, key) for key in wanted)
    given = tuple(tag for tag in found if tag is not None)
    confined = facts.tag_values(module, declared)
    opened = facts.types(module, target) == facts.ALL_TYPES
    return _Branch(schema, target, path, bool(keys), given, confined, opened)


def _tag(
    module: ir.Module, declared: tuple[ir.Schema, ...], key: str
) -> facts.Tag | None:
    """The value that a key of a mapping means. Keys are texts; the property may be a
    number or a boolean. None where the property can not have such a value."""
    possible = facts.ALL_TYPES
    for schema in declared:
        possible &= facts.types(module, schema)
    if "string" in possible:
        return key
    if "boolean" in possible and key in ("true", "false"):
        return key == "true"
    digits = key.removeprefix("-")
    if "number" in possible and digits.isascii() and digits.isdigit():
        return int(key) if len(digits) < 20 else None
    return None


def _confined(
    module: ir.Module,
    branch: _Branch,
    allowed: tuple[facts.Tag, ...] | None,
    *,
    having: bool,
) -> ir.Schema:
    """A branch whose objects have one of the `allowed` tags if they have the property,
    and with `having` must have it. The branch itself is returned where it says so
    already."""
    schema = branch.schema
    adding: list[ir.Assertion] = []
    if allowed and having and not _has(module, branch):
        adding.extend(_having(branch, (_only(branch, allowed),)))
    elif allowed and (branch.declared is None or len(allowed) < len(branch.declared)):
        adding.append(_only(branch, allowed))
    if branch.opened:
        adding.append(ir.Type(("object",)))
    if not adding:
        return schema
    target = facts.referred(module, schema)
    annotations = replace(schema.annotations, branch_of=target)
    found = with_assertions(schema, *adding, *schema.assertions)
    return replace(found, annotations=annotations)


def _has(module: ir.Module, branch: _Branch) -> bool:
    """Whether every object of a branch has the property."""
    return all(
        any(
            name in facts.required(module, part)
            for part in facts.at(module, branch.target, branch.path[:depth])
        )
        for depth, name in enumerate(branch.path)
    )


def _only(branch: _Branch, allowed: tuple[facts.Tag, ...]) -> ir.Properties:
    """The assertion that the property at the branch's path has one of these values."""
    where = branch.schema.location
    only = ir.Enum(allowed, "const" if len(allowed) == 1 else "enum")
    inner = ir.Schema(ir.SchemaId(f"{branch.schema.id}~tag"), where, (only,))
    for depth, name in enumerate(reversed(branch.path[1:])):
        identity = ir.SchemaId(f"{branch.schema.id}~tag{depth}")
        inner = ir.Schema(identity, where, (ir.Properties({name: inner}),))
    return ir.Properties({branch.path[0]: inner})
