"""Whether two discriminators lead to the same schemas by the same tags.

The branches of their unions are confined to their tags already, so a mapping that is
written out and one that follows from the names of schemas are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from codegen.ir import model as ir

Same = Callable[[ir.SchemaId, ir.SchemaId], bool]
"""Whether a schema of the old version is one of the new version."""

Equal = Callable[[ir.Schema, ir.Schema], bool]
"""Whether schemas of the old and of the new version accept the same."""


Both = tuple[ir.Discriminator | None, ir.Discriminator | None]


def same(
    partners: Same, old: ir.Discriminator | None, new: ir.Discriminator | None
) -> bool:
    """Whether two discriminators say the same."""
    if old is None or new is None:
        return old is new
    return (
        old.property == new.property
        and old.mapping.keys() == new.mapping.keys()
        and all(partners(old.mapping[tag], new.mapping[tag]) for tag in old.mapping)
    )


def alike(
    partners: Same,
    equal: Equal,
    hints: Both,
    conjuncts: tuple[Iterable[ir.Schema], Iterable[ir.Schema]],
) -> bool:
    """Whether each branch of the one union is a branch of the other that takes the
    same, tags included; so the tags of one version lead nowhere else in the other, if
    that has a discriminator or another one. Of both versions everything is given that
    is said of the value."""
    old, new = hints
    waiting = list(_branches(conjuncts[1]))
    if not waiting and (old is None or new is None or old.property != new.property):
        return False
    for target, branch in _branches(conjuncts[0]):
        other = next(
            (
                (there, one)
                for there, one in waiting
                if partners(target, there) and equal(branch, one)
            ),
            None,
        )
        if other is None:
            return False
        waiting.remove(other)
    return not waiting


def _branches(
    conjuncts: Iterable[ir.Schema],
) -> Iterator[tuple[ir.SchemaId, ir.Schema]]:
    """The branches of a union, each with the schema that it refers to."""
    for schema in conjuncts:
        for assertion in schema.assertions:
            if isinstance(assertion, ir.AnyOf | ir.OneOf):
                for branch in assertion.schemas:
                    yield _target(branch), branch


def _target(branch: ir.Schema) -> ir.SchemaId:
    if branch.annotations.branch_of is not None:
        return branch.annotations.branch_of
    refs = (a.target for a in branch.assertions if isinstance(a, ir.Ref))
    return next(refs, branch.id)
