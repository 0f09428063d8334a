"""Unions in which the right branch can be told from the outside of a value.

Where the JSON type of a value, or the tag of an object, leaves only one branch, neither
checking nor decoding has to try others, and a violation is that of the branch that was
meant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from codegen.ir import facts, tags
from codegen.ir import model as ir


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A union that is decided by JSON type, and among objects by tag.

    `by_type` maps JSON types to the one branch that can accept them. Where several
    branches are objects, these are in `objects` instead. A type in neither is never
    valid. `absorbed` are branches of an `anyOf` all of whose values another branch
    accepts, such as the known values of an open enum beside `string`. `untagged` tells
    whether an object may lack the tag, so that objects without one have to be tried.
    `default` is the branch for all objects with no tag of `objects`, if there is one.
    """

    by_type: dict[str, ir.Schema]
    objects: tags.Tagged | None
    nullable: bool
    absorbed: tuple[ir.Schema, ...] = ()
    untagged: bool = False
    default: ir.Schema | None = None

    def is_discriminated(self, hint: ir.Discriminator | None) -> bool:
        """Whether the property that decides among objects is that of the
        discriminator."""
        decided = self.objects
        return (
            hint is not None and decided is not None and decided.name == hint.property
        )

    def branches(self) -> list[tuple[ir.Schema, tuple[str, ...]]]:
        """The branches that JSON types decide, each with all of its types."""
        found: dict[ir.SchemaId, tuple[ir.Schema, list[str]]] = {}
        for name, branch in self.by_type.items():
            found.setdefault(branch.id, (branch, []))[1].append(name)
        return [(branch, tuple(types)) for branch, types in found.values()]


def dispatch_of(
    module: ir.Module,
    alternatives: ir.AnyOf | ir.OneOf,
    hint: ir.Discriminator | None = None,
    is_whole: Callable[[ir.Schema], bool] = lambda _: False,
) -> Dispatch | None:
    """How to decide a union without trying its branches; None if that is not possible.
    A schema for which `is_whole` is true counts as one branch, even if it is a union
    itself."""
    union = tags.flatten(module, alternatives, is_whole)
    if union.counts:
        return None
    by_type: dict[str, ir.Schema] = {}
    objects: list[ir.Schema] = []
    absorbed = () if union.exclusive else _absorbed(module, union.branches)
    for branch in union.branches:
        if branch in absorbed:
            continue
        types = facts.types(module, branch)
        if types == {"object"}:
            objects.append(branch)
            continue
        if any(name in by_type for name in types):
            return None
        by_type.update(dict.fromkeys(sorted(types), branch))
    if (objects and "object" in by_type) or (union.nullable and "null" in by_type):
        return None
    if len(objects) == 1:
        by_type["object"] = objects[0]
    if not (by_type or objects or union.nullable):
        return None
    if len(objects) < 2:
        return Dispatch(by_type, None, union.nullable, absorbed)
    tagged = tags.decide(module, tuple(objects), hint)
    if tagged is None:
        return _beside_default(
            module, Dispatch(by_type, None, union.nullable, absorbed), objects, hint
        )
    if not tagged.exact:
        return None
    if not all(further.complete for further in tagged.further):
        return None
    return Dispatch(by_type, tagged, union.nullable, absorbed, not tagged.required)


def _beside_default(
    module: ir.Module,
    found: Dispatch,
    objects: list[ir.Schema],
    hint: ir.Discriminator | None,
) -> Dispatch | None:
    """The decision with these objects, one of which is for all tags of no other; None
    if it does not refuse the very tags of all others."""
    if hint is None or hint.default is None:
        return None
    id_ = facts.unwrap(module, module.schemas[hint.default]).id
    default = [one for one in objects if facts.plain(module, one).id == id_]
    others = tuple(one for one in objects if one not in default)
    tagged = tags.decide(module, others, hint) if len(default) == 1 else None
    if tagged is None or not tagged.required or tagged.further:
        return None
    if set(map(facts.distinct, tagged.cases)) != _refused(
        module, default[0], tagged.path
    ):
        return None
    return replace(found, objects=tagged, default=default[0])


def _refused(
    module: ir.Module, branch: ir.Schema, path: tuple[str, ...]
) -> set[tuple[bool, facts.Tag]]:
    """The tags that a branch refuses, each with whether it is true or false."""
    return {
        facts.distinct(tag)
        for refused in facts.stated(module, branch, ir.Not)
        for tag in facts.tag_values(module, facts.at(module, refused.schema, path))
        or ()
    }


def _absorbed(
    module: ir.Module, branches: tuple[ir.Schema, ...]
) -> tuple[ir.Schema, ...]:
    """Branches all of whose values are accepted by another branch, which is only a
    type."""
    plain: set[str] = set()
    for branch in branches:
        only = facts.only(branch)
        if isinstance(only, ir.Type) and "integer" not in only.types:
            plain.update(only.types)
    return tuple(
        branch
        for branch in branches
        if not isinstance(facts.only(branch), ir.Type)
        and plain >= facts.types(module, branch)
    )
