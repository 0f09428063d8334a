"""In which named schema a change really stands.

A schema that takes over another one by `allOf` takes over its changes too; they are
reported once, where they stand.
"""

from __future__ import annotations

from codegen.compat.changes.change import Change
from codegen.compat.changes.locations import KEYWORDS, property_name
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import Side
from codegen.compat.versions.version import Pair, Versions
from codegen.ir import model as ir
from codegen.ir import walk


class Owners:
    """For every schema of one version: the named schema that it stands in."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._owner: dict[ir.SchemaId, ir.SchemaId] = {}
        for target in side.named:
            for inner in walk.walk(side.module.schemas[target]):
                self._owner.setdefault(inner.id, target)

    def of(self, schemas: list[ir.Schema]) -> set[ir.SchemaId | None]:
        """The named schemas in which some schemas stand."""
        return {self._owner.get(schema.id) for schema in schemas}

    def taken_over(self, form: Form | None, node: Node) -> set[ir.SchemaId | None]:
        """The named schemas of which a place says what they say."""
        return self.of(sources(form, self._side.conjuncts(node)))


class Ownership:
    """In which pair of named schemas the changes of both versions stand."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._old, self._new = map(Owners, versions.sides)

    def elsewhere(self, change: Change, own: Pair) -> Pair | None:
        """The other pair of schemas, compared on its own, in which everything stands
        that a change is about; None where it stands here. The other pair of a change
        further in may be this one, which leads back to itself.

        What a place makes of the other pair may differ where the pair does not,
        because something else is said beside it: whether the change is found there
        is the caller's to see.
        """
        before = self._old.of(said(change.old, change.old_node, change.token))
        after = self._new.of(said(change.new, change.new_node, change.token))
        if not before and not after:
            return None
        here = not change.path and (own[0] in before or own[1] in after)
        if here or None in before | after:
            return None
        partner, back = self._versions.partner, self._versions.back
        known = {partner.get(target) for target in before if target is not None}
        if None in known or len(known | after) != 1:
            return None
        # The other version must take over the same schema, or else it was dropped here.
        (target,) = known | after
        origin = back.get(target) if target is not None else None
        if target is None or origin is None:
            return None
        takes = self._new.taken_over(change.new, change.new_node)
        took = self._old.taken_over(change.old, change.old_node)
        return (origin, target) if target in takes and origin in took else None


def said(form: Form | None, node: Node, token: str) -> list[ir.Schema]:
    """The schemas of a place that say what changed."""
    return [schema for schema in sources(form, node) if _says(schema, token)]


def sources(form: Form | None, node: Node) -> list[ir.Schema]:
    """Everything that a place was made of."""
    every = (*node, *(form.sources if form is not None else ()))
    return list({schema.id: schema for schema in every}.values())


def _says(schema: ir.Schema, token: str) -> bool:
    name = property_name(token)
    kinds = KEYWORDS.get(token, (ir.Type, ir.Enum))
    return any(
        isinstance(assertion, kinds) or (name is not None and _names(assertion, name))
        for assertion in schema.assertions
    )


def _names(assertion: ir.Assertion, name: str) -> bool:
    """Whether an assertion speaks of a property."""
    if isinstance(assertion, ir.Properties):
        return name in assertion.schemas
    return isinstance(assertion, ir.Required) and name in assertion.names
