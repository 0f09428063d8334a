"""The structural comparison of two versions of one schema: it proposes changes.

Both versions are walked in normal form, side by side. Where both are the same named
schema the walk stops: a change inside it is found once, where it stands. A `Change`
says which facet differs at which place; whom it breaks is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from codegen.compat import rules
from codegen.compat.changes import kinds
from codegen.compat.changes.branches import align, merged, tags, told
from codegen.compat.changes.change import Change, Inward, Place, Step
from codegen.compat.changes.constraints import differing, show
from codegen.compat.changes.members import Members
from codegen.compat.changes.shapes import classes_of, count, grouped, is_single
from codegen.compat.normal import forms
from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import Expansion, Side, TooManyForms
from codegen.ir import facts, walk
from codegen.ir import model as ir

_DEPTH: Final = 130

Apart: TypeAlias = tuple[ir.SchemaId, ir.SchemaId]
"""A schema of the old version and one of the new that are not the same thing."""

_Order: TypeAlias = tuple[tuple[int, int, int], ...]
"""Where something stands: for each place on the way, and itself at the end, how many
changes of the place around it come before it, 0 for a place and 1 for a change, and the
turn of a place among all that are walked."""
_Inward: TypeAlias = tuple[Node, Node, tuple[Step, ...], _Order]


@dataclass(slots=True)
class Walker:
    """Walks one pair of schemas. `partner` takes old named schemas to new ones."""

    old: Side
    new: Side
    classes: Classes
    partner: Callable[[ir.SchemaId], ir.SchemaId | None]
    found: list[Change] = field(default_factory=list)
    _inward: list[_Inward] = field(default_factory=list)
    _at: _Order = ()
    _before: int = 0
    _each: bool = False
    _apart: Apart | None = None
    _tag: str = ""
    _seen: set[tuple[tuple[ir.SchemaId, ...], tuple[ir.SchemaId, ...]]] = field(
        default_factory=set
    )

    def compare(
        self,
        old: ir.Schema,
        new: ir.Schema,
        each: bool = False,
        apart: Apart | None = None,
        tag: str = "",
    ) -> list[Change]:
        """All changes of one pair, in the order of the schemas. With `each`, every
        branch that came or went is a change of its own, and `apart` are the only branch
        of the old version and that of the new one, if they are two things. `tag` is the
        property that tells which event the schema is, if it is one."""
        self.found = []
        self._each, self._apart, self._tag = each, apart, tag
        self._seen = set()
        self._inward = [((old,), (new,), (), ())]
        order: list[_Order] = []
        # What is met in several ways is told at a place that is not deep, so what is
        # further in comes later. There is more and more of it.
        for before, after, path, at in self._inward:
            self._at, self._before = at, len(self.found)
            self._places(before, after, path, top=not path)
            come = range(len(self.found) - self._before)
            order.extend((*at, (number, 1, 0)) for number in come)
        told = sorted(range(len(order)), key=order.__getitem__)
        return [self.found[number] for number in told]

    # --- places --------------------------------------------------------------------

    def _places(self, old: Node, new: Node, path: tuple[Step, ...], top: bool) -> None:
        if self._settled(old, new, path, top):
            return
        try:
            before, after = self._expanded(old, new, top)
        except TooManyForms:
            message = "the place has too many alternatives to be taken apart"
            where = Place(path, old, new)
            self.found.append(where.change(rules.CANNOT_DECIDE, message, None, None))
            return
        skip_old, skip_new = self._shared(old, new, before, after)
        left, right = _without(before, skip_old), _without(after, skip_new)
        where = Place(path, old, new)
        two = top and self._apart is not None
        self.found.extend(kinds.by_type(where, before, after, left, right, two))
        self.found.extend(kinds.hints(where, before, after))
        for kind in forms.KINDS:
            a, b = left.get(kind, []), right.get(kind, [])
            if a and b:
                self._alternatives(where, before, after, a, b)
            elif kind in before.forms and kind in after.forms:
                self.found.extend(self._branches(where, a, b))
        self.found.extend(kinds.overlaps(where, before, after))

    def _expanded(self, old: Node, new: Node, top: bool) -> tuple[Expansion, Expansion]:
        """The alternatives of both places. Raises `TooManyForms`."""
        before, after = self.old.expand(old), self.new.expand(new)
        if not top or self._apart is None:
            return before, after
        # A union of one is that one, whose name its alternatives do not have.
        names = self._apart
        return self.old.called(before, names[0]), self.new.called(after, names[1])

    def _settled(self, old: Node, new: Node, path: tuple[Step, ...], top: bool) -> bool:
        """Whether there is nothing to be found here."""
        if not top and self._partners(old, new):
            return True
        if classes_of(self.classes, 0, old) == classes_of(self.classes, 1, new):
            return True
        key = (forms.node_key(old), forms.node_key(new))
        if key in self._seen or len(path) > _DEPTH:
            return True
        self._seen.add(key)
        return False

    def _partners(self, old: Node, new: Node) -> bool:
        return self._partnered(
            self.old.label_of(old), self.new.label_of(new)
        ) or self._partnered(self.old.meant(old), self.new.meant(new))

    def _partnered(self, old: ir.SchemaId | None, new: ir.SchemaId | None) -> bool:
        return old is not None and new is not None and self.partner(old) == new

    def _shared(
        self, old: Node, new: Node, before: Expansion, after: Expansion
    ) -> tuple[set[ir.SchemaId], set[ir.SchemaId]]:
        """Branches that are the same named schema in both versions."""
        own_old, own_new = self.old.label_of(old), self.new.label_of(new)
        skip_old: set[ir.SchemaId] = set()
        skip_new: set[ir.SchemaId] = set()
        for label in before.whole:
            other = self.partner(label)
            if label == own_old or other is None or other == own_new:
                continue
            if other in after.whole:
                skip_old.add(label)
                skip_new.add(other)
        return skip_old, skip_new

    # --- alternatives --------------------------------------------------------------

    def _alternatives(
        self,
        where: Place,
        before: Expansion,
        after: Expansion,
        old: list[Form],
        new: list[Form],
    ) -> None:
        kind = old[0].kind
        events = self._each and not where.path
        sole = len(before.forms[kind]) == len(after.forms[kind]) == 1
        # The only event of a channel may have made room for another one.
        sole = sole and not (events and self._apart)
        pairs, gone, come = align(self.old, self.new, self.partner, old, new, sole)
        for a, b in pairs:
            self._forms(where, a, b)
        if events:
            self.found.extend(self._branches(where, gone, come))
        elif not pairs and is_single(before) and gone and come:
            message = f"one shape became {count(come)}: {self._list(self.new, come)}"
            rule, more = rules.UNION_INTRODUCED, tuple(come[1:])
            change = where.change(rule, message, gone[0], come[0], more=more)
            self.found.append(change)
        elif not pairs and is_single(after) and gone and come:
            message = f"{count(gone)} became one: {self._list(self.old, gone)}"
            rule, more = rules.UNION_DISSOLVED, tuple(gone[1:])
            change = where.change(rule, message, gone[0], come[0], more=more)
            self.found.append(change)
        else:
            single, alone = is_single(before), is_single(after)
            self.found.extend(self._branches(where, gone, come, single, alone))

    def _list(self, side: Side, many: list[Form]) -> str:
        return ", ".join(self._describe(side, form) for form in grouped(many))

    def _branches(
        self,
        where: Place,
        gone: list[Form],
        come: list[Form],
        single: bool = False,
        alone: bool = False,
    ) -> Iterator[Change]:
        """Alternatives that came or went; where there was only one before (`single`) or
        is only one now (`alone`), they are one change."""
        lost = list(grouped(gone))
        if alone and lost:
            message = f"no longer branches: {self._list(self.old, lost)}"
            rule, more = rules.UNION_DISSOLVED, tuple(lost[1:])
            yield where.change(rule, message, lost[0], None, more=more)
            lost = []
        for form in lost:
            message = f"{self._describe(self.old, form)} is no longer a branch"
            yield where.change(rules.UNION_BRANCH_REMOVED, message, form, None)
        further = list(grouped(come))
        if single and further:
            message = f"further branches: {self._list(self.new, further)}"
            rule, more = rules.UNION_INTRODUCED, tuple(further[1:])
            yield where.change(rule, message, None, further[0], more=more)
            return
        for form in further:
            message = f"{self._describe(self.new, form)} is a further branch"
            yield where.change(rules.UNION_BRANCH_ADDED, message, None, form)

    def _describe(self, side: Side, form: Form) -> str:
        for label in reversed(form.labels):
            return side.named[label]
        if form.values is not None:
            return "one of " + ", ".join(map(show, form.values[:5]))
        for schema in form.sources:
            if schema.annotations.branch_of is not None:
                return self._tagged(side, schema)
        for schema in form.sources:
            if schema.annotations.title:
                return schema.annotations.title
        for name, values in tags(side, form).items():
            listed = " or ".join(map(show, list(values.values())[:5]))
            return f"an object whose {name!r} is {listed}"
        if isinstance(form.facets, forms.Object) and form.facets.required:
            return "an object with " + " and ".join(map(repr, form.facets.required[:3]))
        return f"another {form.kind}"

    def _tagged(self, side: Side, branch: ir.Schema) -> str:
        """A branch with the tags that its discriminator gives it."""
        name = side.named.get(facts.plain(side.module, branch).id, "another object")
        found = walk.find(branch, ir.Properties)
        for inner in () if found is None else found.schemas.values():
            values = facts.tag_values(side.module, (inner,))
            if values is not None:
                return f"{name} as " + " or ".join(map(show, values[:5]))
        return name

    def _forms(self, where: Place, old: Form, new: Form) -> None:
        listed = old.values is not None and new.values is not None
        tag = listed and self._is_tag(where.path)
        for rule, message, facet, token in differing(old, new, self.classes, tag):
            self.found.append(where.change(rule, message, old, new, facet, token))
        for item in self._members(where, old, new):
            match item:
                case Change():
                    self.found.append(item)
                case Inward(step, inner_old, inner_new):
                    turn = (len(self.found) - self._before, 0, len(self._inward))
                    path, at = (*where.path, step), (*self._at, turn)
                    self._inward.append((inner_old, inner_new, path, at))

    def _is_tag(self, path: tuple[Step, ...]) -> bool:
        """Whether the values of a place tell which event or branch stands around it."""
        event = bool(self._tag) and [step.key for step in path] == [self._tag]
        return event or told(self.partner, path) is not None

    def _members(self, where: Place, old: Form, new: Form) -> Iterator[Change | Inward]:
        members = Members(self.old, self.new, self.classes)
        match old.facets, new.facets:
            case forms.Array() as a, forms.Array() as b:
                yield from members.of_arrays(where, old, new, a, b)
            case forms.Object() as a, forms.Object() as b:
                yield from members.of_objects(where, old, new, a, b)
            case _:
                return


def _without(expansion: Expansion, labels: set[ir.SchemaId]) -> dict[str, list[Form]]:
    """The alternatives that are none of some schemas; no type without any."""
    left = {
        kind: merged([form for form in many if not _any(form.labels, labels)])
        for kind, many in expansion.forms.items()
    }
    return {kind: many for kind, many in left.items() if many}


def _any(labels: tuple[ir.SchemaId, ...], skipped: set[ir.SchemaId]) -> bool:
    return any(label in skipped for label in labels)
