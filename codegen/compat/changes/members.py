"""Changes of the members of objects and the items of arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from codegen.compat import rules
from codegen.compat.changes.change import Change, Facet, Inward, Place, Step, isolated
from codegen.compat.changes.shapes import (
    alike,
    classes_of,
    defaulted,
    only_item,
    only_members,
    only_rest,
    openness,
    requiring,
)
from codegen.compat.normal import forms
from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import (
    Side,
    TooManyForms,
    covers,
    is_never,
    is_open,
)
from codegen.source.pointer import escape

_RENAMES: Final = 4000
"""Pairs of properties that came and went beyond which no renaming is looked for."""


@dataclass(frozen=True, slots=True)
class Members:
    """Compares what two alternatives of one place hold; names the places inside."""

    old: Side
    new: Side
    classes: Classes

    def of_objects(
        self, where: Place, old: Form, new: Form, a: forms.Object, b: forms.Object
    ) -> Iterator[Change | Inward]:
        """Changes of two objects: properties, names, and what else they may hold."""
        names = dict.fromkeys((*a.properties, *b.properties))
        gone = [n for n in names if n not in b.properties]
        come = [n for n in names if n not in a.properties]
        renamed = self._renamed(a, b, gone, come)
        for before, after in renamed.items():
            gone.remove(before)
            come.remove(after)
            yield where.change(
                rules.PROPERTY_RENAMED,
                f"property {before!r} is now {after!r}",
                old,
                new,
                self._member(a, b, before, after),
                f"/properties/{escape(after)}",
            )
        for name in names:
            if name in gone:
                yield from self._gone(where, old, new, a, b, name)
            elif name in come:
                yield from self._come(where, old, new, a, b, name)
            elif name in a.properties and name in b.properties:
                yield from self._in_both(where, old, new, a, b, name)
        yield from self._undeclared(where, old, new, a, b)
        yield from self._map(where, old, new, a, b)

    def _renamed(
        self, a: forms.Object, b: forms.Object, gone: list[str], come: list[str]
    ) -> dict[str, str]:
        """Properties that went and came with the same schema and a like name."""
        result: dict[str, str] = {}
        if len(gone) * len(come) > _RENAMES:
            return result
        for before in gone:
            mine = classes_of(self.classes, 0, a.properties[before])
            fitting = [
                after
                for after in come
                if classes_of(self.classes, 1, b.properties[after]) == mine
                and (before in a.required) == (after in b.required)
                and alike(before, after)
                and after not in result.values()
            ]
            if len(fitting) == 1:
                result[before] = fitting[0]
        return result

    def _member(self, a: forms.Object, b: forms.Object, *names: str) -> Facet:
        """All that either version says of some properties, and nothing else."""
        return isolated(
            "object", only_members(self.old, a, names), only_members(self.new, b, names)
        )

    def _gone(
        self,
        where: Place,
        old: Form,
        new: Form,
        a: forms.Object,
        b: forms.Object,
        name: str,
    ) -> Iterator[Change]:
        required = name in a.required
        rule = rules.REQUIRED_PROPERTY_REMOVED if required else rules.PROPERTY_REMOVED
        word = "required property" if required else "property"
        message = f"{word} {name!r} was removed"
        if required and name in b.required:
            rule, message = (
                rules.PROPERTY_REMOVED,
                f"{name!r} is required, but not declared",
            )
        facet = self._member(a, b, name)
        token = f"/properties/{escape(name)}"
        yield where.change(rule, message, old, new, facet, token)

    def _come(
        self,
        where: Place,
        old: Form,
        new: Form,
        a: forms.Object,
        b: forms.Object,
        name: str,
    ) -> Iterator[Change]:
        required = name in b.required and name not in a.required
        rule = rules.REQUIRED_PROPERTY_ADDED if required else rules.PROPERTY_ADDED
        word = "required property" if required else "property"
        if required and defaulted(b.properties[name]):
            rule = rules.REQUIRED_PROPERTY_ADDED_WITH_DEFAULT
        covered = forms.join(*((r.schema,) for r in a.additional))
        if not is_open(covered) and not is_never(covered) and not required:
            rule = rules.PROPERTY_ONCE_IN_MAP
        facet = self._member(a, b, name)
        token = f"/properties/{escape(name)}"
        yield where.change(rule, f"{word} {name!r} was added", old, new, facet, token)

    def _in_both(
        self,
        where: Place,
        old: Form,
        new: Form,
        a: forms.Object,
        b: forms.Object,
        name: str,
    ) -> Iterator[Change | Inward]:
        token = f"/properties/{escape(name)}"
        mine, other = a.properties[name], b.properties[name]
        before, after = _allowed(a, name), _allowed(b, name)
        if is_never(before) != is_never(after) and (
            not _empty(self.old, before) or not _empty(self.new, after)
        ):
            closed = is_never(after)
            rule = rules.PROPERTY_FORBIDDEN if closed else rules.PROPERTY_ALLOWED
            message = f"property {name!r} is {'forbidden' if closed else 'allowed'}"
            facet = self._member(a, b, name)
            yield where.change(rule, message, old, new, facet, token)
            return
        if (name in a.required) != (name in b.required):
            needed = name in b.required
            became = "required" if needed else "optional"
            rule = (
                rules.PROPERTY_BECAME_REQUIRED
                if needed
                else rules.PROPERTY_BECAME_OPTIONAL
            )
            facet = isolated("object", requiring(a, name), requiring(b, name))
            message = f"property {name!r} became {became}"
            yield where.change(rule, message, old, new, facet, token)
        yield Inward(where.step("property", name, old, new), mine, other)

    def _undeclared(
        self, where: Place, old: Form, new: Form, a: forms.Object, b: forms.Object
    ) -> Iterator[Change]:
        """Names that only `required` knows."""
        declared = {*a.properties, *b.properties}
        for name in dict.fromkeys((*a.required, *b.required)):
            if name in declared or (name in a.required) == (name in b.required):
                continue
            added = name in b.required
            facet = isolated("object", requiring(a, name), requiring(b, name))
            rule = rules.REQUIRED_NAME_ADDED if added else rules.REQUIRED_NAME_REMOVED
            message = f"{name!r} is {'now' if added else 'no longer'} required"
            yield where.change(rule, message, old, new, facet, "/required")

    def _map(
        self, where: Place, old: Form, new: Form, a: forms.Object, b: forms.Object
    ) -> Iterator[Change | Inward]:
        """What further properties hold: open, closed, or values of a shape."""
        mine = forms.join(*((r.schema,) for r in a.additional))
        other = forms.join(*((r.schema,) for r in b.additional))
        before, after = openness(mine), openness(other)
        if before == after == "map":
            yield Inward(where.step("rest", "*", old, new), mine, other)
            return
        if before == after:
            return
        rule, message = {
            ("open", "closed"): (
                rules.ADDITIONAL_PROPERTIES_CLOSED,
                "the object was closed",
            ),
            ("map", "closed"): (
                rules.ADDITIONAL_PROPERTIES_CLOSED,
                "the map was closed",
            ),
            ("closed", "open"): (
                rules.ADDITIONAL_PROPERTIES_OPENED,
                "the object was opened",
            ),
            ("closed", "map"): (
                rules.ADDITIONAL_PROPERTIES_OPENED,
                "the object became a map",
            ),
            ("open", "map"): (
                rules.MAP_VALUES_ADDED,
                "further properties have a shape",
            ),
            ("map", "open"): (
                rules.MAP_VALUES_REMOVED,
                "further properties may be anything",
            ),
        }[before, after]
        facet = isolated("object", only_rest(a, b), only_rest(b, a))
        yield where.change(rule, message, old, new, facet, "/additionalProperties")

    # --- items -----------------------------------------------------------------------

    def of_arrays(
        self, where: Place, old: Form, new: Form, a: forms.Array, b: forms.Array
    ) -> Iterator[Change | Inward]:
        """Changes of the items of two arrays."""
        same = len(a.prefix) == len(b.prefix)
        for index in range(max(len(a.prefix), len(b.prefix)) + 1):
            if not same and index >= min(len(a.prefix), len(b.prefix)):
                break
            step = where.step("item", index, old, new)
            mine, other = forms.item_node(a, index), forms.item_node(b, index)
            yield self._item(mine, other, where, step)
        if not same:
            was, now = len(a.prefix), len(b.prefix)
            message = f"items with a schema of their own: {was} became {now}"
            facet = isolated(
                "array",
                forms.Array(prefix=a.prefix, items=a.items),
                forms.Array(prefix=b.prefix, items=b.items),
            )
            yield where.change(
                rules.PREFIX_ITEMS_CHANGED,
                message,
                old,
                new,
                facet,
                "/prefixItems",
            )

    def _item(self, old: Node, new: Node, where: Place, step: Step) -> Change | Inward:
        """One step inwards; where one side says nothing, that is the change."""
        if is_open(old) == is_open(new):
            return Inward(step, old, new)
        added = is_open(old)
        message = (
            "items must have a certain shape" if added else "items may be anything"
        )
        rule = rules.ITEMS_ADDED if added else rules.ITEMS_REMOVED
        facet = isolated(
            "array", only_item(step.old, step.key), only_item(step.new, step.key)
        )
        return where.change(rule, message, step.old, step.new, facet, "/items")


def _allowed(facets: forms.Object, name: str) -> Node:
    """What is said of a declared property, also by parts that know it not and are
    closed."""
    unknown = [rule for rule in facets.additional if not covers(rule, name)]
    return forms.join(facets.properties[name], *((r.schema,) for r in unknown))


def _empty(side: Side, node: Node) -> bool:
    """Whether a place accepts nothing, as far as its alternatives tell."""
    try:
        return is_never(node) or not any(side.expand(node).all())
    except TooManyForms:
        return False
