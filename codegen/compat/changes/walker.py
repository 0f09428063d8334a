"""The structural comparison of two versions of one schema: it proposes changes.

Both versions are walked in normal form, side by side. Where both are the same named
schema the walk stops: a change inside it is found once, where it stands. A `Change`
says which facet differs at which place; whom it breaks is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from codegen.compat import rules
from codegen.compat.changes.branches import align, merged
from codegen.compat.changes.constraints import Facet, differing, isolated, show
from codegen.compat.normal import forms
from codegen.compat.normal.equivalence import Classes
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import (
    Expansion,
    Side,
    TooManyForms,
    is_never,
    is_open,
)
from codegen.compat.rules.rule import Rule
from codegen.ir import model as ir

_DEPTH: Final = 130
_RENAMES: Final = 4000
"""Pairs of properties that came and went beyond which no renaming is looked for."""

StepKind: TypeAlias = Literal["property", "item", "rest", "pattern"]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step inwards: which member of which alternatives of which place."""

    kind: StepKind
    key: str | int
    old: Form
    new: Form
    old_node: Node
    new_node: Node


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One difference at one place of a pair of schemas.

    `facet` is what must hold of a reader's alternative; without one, the question
    is whether the place has an alternative for `old` or `new` at all; `more` are
    further alternatives of the new version, or of the old one if `new` is None.
    """

    rule: Rule
    message: str
    path: tuple[Step, ...]
    old_node: Node
    new_node: Node
    old: Form | None
    new: Form | None
    facet: Facet | None = None
    token: str = ""
    weak: bool = False
    more: tuple[Form, ...] = ()


@dataclass(slots=True)
class Walker:
    """Walks one pair of schemas. `partner` takes old named schemas to new ones."""

    old: Side
    new: Side
    classes: Classes
    partner: Callable[[ir.SchemaId], ir.SchemaId | None]
    found: list[Change] = field(default_factory=list)
    _each: bool = False
    _seen: set[tuple[tuple[ir.SchemaId, ...], tuple[ir.SchemaId, ...]]] = field(
        default_factory=set
    )

    def compare(
        self, old: ir.Schema, new: ir.Schema, each: bool = False
    ) -> list[Change]:
        """All changes of one pair, outside in. With `each`, every branch that came
        or went is a change of its own."""
        self.found = []
        self._each = each
        self._seen = set()
        self._places((old,), (new,), (), top=True)
        return self.found

    # --- places --------------------------------------------------------------------

    def _places(
        self, old: Node, new: Node, path: tuple[Step, ...], top: bool = False
    ) -> None:
        if self._settled(old, new, path, top):
            return
        try:
            before, after = self.old.expand(old), self.new.expand(new)
        except TooManyForms:
            message = "the place has too many alternatives to be taken apart"
            self._add(rules.CANNOT_DECIDE, message, path, old, new, None, None)
            return
        skip_old, skip_new = self._shared(old, new, before, after)
        left, right = _without(before, skip_old), _without(after, skip_new)
        where = _Where(path, old, new)
        self._kinds(where, before, after, left, right)
        self._hints(where, before, after)
        for kind in forms.KINDS:
            a, b = left.get(kind, []), right.get(kind, [])
            if a and b:
                self._alternatives(where, before, after, a, b)
            elif kind in before.forms and kind in after.forms:
                self._branches(where, a, b)
        self._overlaps(where, before, after)

    def _settled(self, old: Node, new: Node, path: tuple[Step, ...], top: bool) -> bool:
        """Whether there is nothing to be found here."""
        if not top and self._partners(old, new):
            return True
        if _classes(self.classes, 0, old) == _classes(self.classes, 1, new):
            return True
        key = (forms.node_key(old), forms.node_key(new))
        if key in self._seen or len(path) > _DEPTH:
            return True
        self._seen.add(key)
        return False

    def _partners(self, old: Node, new: Node) -> bool:
        left, right = self.old.label_of(old), self.new.label_of(new)
        return left is not None and right is not None and self.partner(left) == right

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

    # --- types ---------------------------------------------------------------------

    def _kinds(
        self,
        where: _Where,
        before: Expansion,
        after: Expansion,
        left: dict[str, list[Form]],
        right: dict[str, list[Form]],
    ) -> None:
        gone = [k for k in left if not after.forms.get(k)]
        come = [k for k in right if not before.forms.get(k)]
        if not before.forms or not after.forms:
            self._emptied(where, left, right)
            return
        # What is left over may be less: branches that are the same named schema in
        # both versions are compared as such.
        if gone and come and not any(k in after.forms for k in before.forms):
            message = f"type {_kinds(before)} became {_kinds(after)}"
            first_old, first_new = left[gone[0]][0], right[come[0]][0]
            self._note(where, rules.TYPE_CHANGED, message, first_old, first_new)
            return
        plain_gone = [k for k in gone if k != "null"]
        plain_come = [k for k in come if k != "null"]
        if "null" in gone:
            self._note(
                where,
                rules.NULL_FORBIDDEN,
                "null is no longer allowed",
                left["null"][0],
                None,
            )
        if "null" in come:
            self._note(
                where, rules.NULL_ALLOWED, "null is allowed", None, right["null"][0]
            )
        for kind in plain_gone:
            rule = rules.UNION_BRANCH_REMOVED if _union(before) else rules.TYPE_NARROWED
            self._note(
                where, rule, f"{_named(kind)} is no longer allowed", left[kind][0], None
            )
        for kind in plain_come:
            rule = rules.UNION_BRANCH_ADDED if _union(before) else rules.TYPE_WIDENED
            self._note(where, rule, f"{_named(kind)} is allowed", None, right[kind][0])

    def _hints(self, where: _Where, before: Expansion, after: Expansion) -> None:
        """Values named beside a branch that accepts every string."""
        mine = _hinted(before.forms.get("string", ()))
        other = _hinted(after.forms.get("string", ()))
        if mine is not None and other is not None and mine != other:
            come = [show(v) for v in other if v not in mine]
            gone = [show(v) for v in mine if v not in other]
            message = "; ".join(
                f"{', '.join(many[:8])} {word} the known values of an open list"
                for many, word in ((come, "joined"), (gone, "left"))
                if many
            )
            old, new = before.forms["string"][0], after.forms["string"][0]
            self._note(where, rules.OPEN_ENUM_CHANGED, message, old, new, Facet())

    def _emptied(
        self, where: _Where, left: dict[str, list[Form]], right: dict[str, list[Form]]
    ) -> None:
        for many in left.values():
            message = "nothing is accepted here any more"
            self._note(where, rules.SCHEMA_FORBIDDEN, message, many[0], None)
            return
        for many in right.values():
            message = "something is accepted where nothing was"
            self._note(where, rules.SCHEMA_ALLOWED, message, None, many[0])
            return

    # --- alternatives --------------------------------------------------------------

    def _alternatives(
        self,
        where: _Where,
        before: Expansion,
        after: Expansion,
        old: list[Form],
        new: list[Form],
    ) -> None:
        kind = old[0].kind
        sole = len(before.forms[kind]) == 1 and len(after.forms[kind]) == 1
        pairs, gone, come = align(self.old, self.new, self.partner, old, new, sole)
        for a, b in pairs:
            self._forms(where, a, b)
        if self._each and not where.path:
            self._branches(where, gone, come)
        elif not pairs and _single(before) and gone and come:
            message = f"one shape became {_count(come)}: {self._list(self.new, come)}"
            self._replaced(where, rules.UNION_INTRODUCED, message, gone[0], come)
        elif not pairs and _single(after) and gone and come:
            message = f"{_count(gone)} became one: {self._list(self.old, gone)}"
            self._replaced(where, rules.UNION_DISSOLVED, message, come[0], gone)
        else:
            self._branches(where, gone, come, _single(before), _single(after))

    def _replaced(
        self, where: _Where, rule: Rule, message: str, one: Form, many: list[Form]
    ) -> None:
        """One alternative against several that are not like it."""
        old, new = (one, many[0]) if rule is rules.UNION_INTRODUCED else (many[0], one)
        self.found.append(
            Change(
                rule,
                message,
                where.path,
                where.old,
                where.new,
                old,
                new,
                more=tuple(many[1:]),
            )
        )

    def _list(self, side: Side, many: list[Form]) -> str:
        return ", ".join(self._describe(side, form) for form in _grouped(many))

    def _branches(
        self,
        where: _Where,
        gone: list[Form],
        come: list[Form],
        single: bool = False,
        alone: bool = False,
    ) -> None:
        lost = list(_grouped(gone))
        if alone and lost:
            message = f"no longer branches: {self._list(self.old, lost)}"
            self._note(where, rules.UNION_DISSOLVED, message, lost[0], None)
            self.found[-1] = replace(self.found[-1], more=tuple(lost[1:]))
            lost = []
        for form in lost:
            message = f"{self._describe(self.old, form)} is no longer a branch"
            self._note(where, rules.UNION_BRANCH_REMOVED, message, form, None)
        further = list(_grouped(come))
        if single and further:
            message = f"further branches: {self._list(self.new, further)}"
            self._note(where, rules.UNION_INTRODUCED, message, None, further[0])
            self.found[-1] = replace(self.found[-1], more=tuple(further[1:]))
            return
        for form in further:
            message = f"{self._describe(self.new, form)} is a further branch"
            self._note(where, rules.UNION_BRANCH_ADDED, message, None, form)

    def _describe(self, side: Side, form: Form) -> str:
        for label in reversed(form.labels):
            return side.named[label]
        if form.values is not None:
            return "one of " + ", ".join(map(show, form.values[:5]))
        for schema in form.sources:
            if schema.annotations.title:
                return schema.annotations.title
        return f"another {form.kind}"

    def _forms(self, where: _Where, old: Form, new: Form) -> None:
        for rule, message, facet, token in differing(old, new, self.classes):
            self._note(where, rule, message, old, new, facet, token)
        match old.facets, new.facets:
            case forms.Array() as a, forms.Array() as b:
                self._items(where, old, new, a, b)
            case forms.Object() as a, forms.Object() as b:
                self._members(where, old, new, a, b)
            case _:
                pass

    def _items(
        self, where: _Where, old: Form, new: Form, a: forms.Array, b: forms.Array
    ) -> None:
        same = len(a.prefix) == len(b.prefix)
        for index in range(max(len(a.prefix), len(b.prefix)) + 1):
            if not same and index >= min(len(a.prefix), len(b.prefix)):
                break
            step = Step("item", index, old, new, where.old, where.new)
            self._inside(
                where, forms.item_node(a, index), forms.item_node(b, index), step
            )
        if not same:
            message = f"{len(a.prefix)} first items became {len(b.prefix)}"
            facet = isolated(
                "array",
                forms.Array(prefix=a.prefix, items=a.items),
                forms.Array(prefix=b.prefix, items=b.items),
            )
            self._note(
                where,
                rules.PREFIX_ITEMS_CHANGED,
                message,
                old,
                new,
                facet,
                "/prefixItems",
            )

    def _inside(self, where: _Where, old: Node, new: Node, step: Step) -> None:
        """One step inwards; where one side says nothing, that is the change."""
        if is_open(old) != is_open(new) and step.kind == "item":
            added = is_open(old)
            message = (
                "items must have a certain shape" if added else "items may be anything"
            )
            rule = rules.ITEMS_ADDED if added else rules.ITEMS_REMOVED
            facet = isolated(
                "array", _only_item(step.old, step.key), _only_item(step.new, step.key)
            )
            self._note(where, rule, message, step.old, step.new, facet, "/items")
            return
        self._places(old, new, (*where.path, step))

    # --- members -------------------------------------------------------------------

    def _members(
        self, where: _Where, old: Form, new: Form, a: forms.Object, b: forms.Object
    ) -> None:
        names = dict.fromkeys((*a.properties, *b.properties))
        gone = [n for n in names if n not in b.properties]
        come = [n for n in names if n not in a.properties]
        renamed = self._renamed(a, b, gone, come)
        for before, after in renamed.items():
            gone.remove(before)
            come.remove(after)
            self._note(
                where,
                rules.PROPERTY_RENAMED,
                f"property {before!r} is now {after!r}",
                old,
                new,
                self._member(a, b, before, after),
                f"/properties/{_escape(after)}",
            )
        for name in names:
            if name in gone:
                self._gone(where, old, new, a, b, name)
            elif name in come:
                self._come(where, old, new, a, b, name)
            elif name in a.properties and name in b.properties:
                self._kept(where, old, new, a, b, name)
        self._undeclared(where, old, new, a, b)
        self._map(where, old, new, a, b)

    def _renamed(
        self, a: forms.Object, b: forms.Object, gone: list[str], come: list[str]
    ) -> dict[str, str]:
        """Properties that went and came with the same schema and a like name."""
        result: dict[str, str] = {}
        if len(gone) * len(come) > _RENAMES:
            return result
        for before in gone:
            mine = _classes(self.classes, 0, a.properties[before])
            fitting = [
                after
                for after in come
                if _classes(self.classes, 1, b.properties[after]) == mine
                and (before in a.required) == (after in b.required)
                and _alike(before, after)
                and after not in result.values()
            ]
            if len(fitting) == 1:
                result[before] = fitting[0]
        return result

    def _member(self, a: forms.Object, b: forms.Object, *names: str) -> Facet:
        """All that either version says of some properties, and nothing else."""
        return isolated(
            "object", _members(self.old, a, names), _members(self.new, b, names)
        )

    def _gone(
        self,
        where: _Where,
        old: Form,
        new: Form,
        a: forms.Object,
        b: forms.Object,
        name: str,
    ) -> None:
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
        token = f"/properties/{_escape(name)}"
        self._note(where, rule, message, old, new, facet, token)

    def _come(
        self,
        where: _Where,
        old: Form,
        new: Form,
        a: forms.Object,
        b: forms.Object,
        name: str,
    ) -> None:
        required = name in b.required and name not in a.required
        rule = rules.REQUIRED_PROPERTY_ADDED if required else rules.PROPERTY_ADDED
        word = "required property" if required else "property"
        if required and _defaulted(b.properties[name]):
            rule = rules.REQUIRED_PROPERTY_ADDED_WITH_DEFAULT
        covered = forms.join(*((r.schema,) for r in a.additional))
        if not is_open(covered) and not is_never(covered) and not required:
            rule = rules.PROPERTY_ONCE_IN_MAP
        facet = self._member(a, b, name)
        token = f"/properties/{_escape(name)}"
        self._note(where, rule, f"{word} {name!r} was added", old, new, facet, token)

    def _kept(
        self,
        where: _Where,
        old: Form,
        new: Form,
        a: forms.Object,
        b: forms.Object,
        name: str,
    ) -> None:
        token = f"/properties/{_escape(name)}"
        mine, other = a.properties[name], b.properties[name]
        if is_never(mine) != is_never(other):
            closed = is_never(other)
            rule = rules.PROPERTY_FORBIDDEN if closed else rules.PROPERTY_ALLOWED
            message = f"property {name!r} is {'forbidden' if closed else 'allowed'}"
            facet = self._member(a, b, name)
            self._note(where, rule, message, old, new, facet, token)
            return
        if (name in a.required) != (name in b.required):
            needed = name in b.required
            became = "required" if needed else "optional"
            rule = (
                rules.PROPERTY_BECAME_REQUIRED
                if needed
                else rules.PROPERTY_BECAME_OPTIONAL
            )
            facet = isolated("object", _requiring(a, name), _requiring(b, name))
            message = f"property {name!r} became {became}"
            self._note(where, rule, message, old, new, facet, token)
        self._inside(
            where, mine, other, Step("property", name, old, new, where.old, where.new)
        )

    def _undeclared(
        self, where: _Where, old: Form, new: Form, a: forms.Object, b: forms.Object
    ) -> None:
        """Names that only `required` knows."""
        declared = {*a.properties, *b.properties}
        for name in dict.fromkeys((*a.required, *b.required)):
            if name in declared or (name in a.required) == (name in b.required):
                continue
            added = name in b.required
            facet = isolated("object", _requiring(a, name), _requiring(b, name))
            rule = rules.REQUIRED_NAME_ADDED if added else rules.REQUIRED_NAME_REMOVED
            message = f"{name!r} is {'now' if added else 'no longer'} required"
            self._note(where, rule, message, old, new, facet, "/required")

    def _map(
        self, where: _Where, old: Form, new: Form, a: forms.Object, b: forms.Object
    ) -> None:
        """What further properties hold: open, closed, or values of a shape."""
        mine = forms.join(*((r.schema,) for r in a.additional))
        other = forms.join(*((r.schema,) for r in b.additional))
        before, after = _openness(mine), _openness(other)
        if before == after == "map":
            self._places(
                mine,
                other,
                (*where.path, Step("rest", "*", old, new, where.old, where.new)),
            )
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
        facet = isolated("object", _rest(a, b), _rest(b, a))
        self._note(where, rule, message, old, new, facet, "/additionalProperties")

    # --- residues of unions --------------------------------------------------------

    def _overlaps(self, where: _Where, before: Expansion, after: Expansion) -> None:
        """Where a `oneOf` stands on one side, overlapping branches may matter."""

        def exclusive(expansion: Expansion) -> bool:
            return any(
                isinstance(residue, forms.Exclusive)
                for form in expansion.all()
                for residue in form.residues
            )

        if exclusive(before) or exclusive(after):
            message = "branches of a oneOf overlap where they did not"
            facet = Facet(whole=True)
            self._note(
                where,
                rules.UNION_OVERLAP_CHANGED,
                message,
                None,
                None,
                facet,
                "",
                weak=True,
            )

    # --- writing down --------------------------------------------------------------

    def _note(
        self,
        where: _Where,
        rule: Rule,
        message: str,
        old: Form | None,
        new: Form | None,
        facet: Facet | None = None,
        token: str = "",
        weak: bool = False,
    ) -> None:
        self.found.append(
            Change(
                rule,
                message,
                where.path,
                where.old,
                where.new,
                old,
                new,
                facet,
                token,
                weak,
            )
        )

    def _add(
        self,
        rule: Rule,
        message: str,
        path: tuple[Step, ...],
        old_node: Node,
        new_node: Node,
        old: Form | None,
        new: Form | None,
    ) -> None:
        self.found.append(Change(rule, message, path, old_node, new_node, old, new))


@dataclass(frozen=True, slots=True, eq=False)
class _Where:
    """A place: how it was reached and what stands there."""

    path: tuple[Step, ...]
    old: Node
    new: Node


def _classes(classes: Classes, side: int, node: Node) -> tuple[int, ...]:
    return tuple(classes.of(side, schema) for schema in node)


def _without(expansion: Expansion, labels: set[ir.SchemaId]) -> dict[str, list[Form]]:
    """The alternatives that are none of some schemas; no type without any."""
    left = {
        kind: merged([form for form in many if not _any(form.labels, labels)])
        for kind, many in expansion.forms.items()
    }
    return {kind: many for kind, many in left.items() if many}


def _any(labels: tuple[ir.SchemaId, ...], skipped: set[ir.SchemaId]) -> bool:
    return any(label in skipped for label in labels)


def _kinds(expansion: Expansion) -> str:
    return " or ".join(
        _kind(form) for many in expansion.forms.values() for form in many[:1]
    )


def _kind(form: Form) -> str:
    integer = isinstance(form.facets, forms.Number) and form.facets.integer
    return "integer" if integer else form.kind


def _named(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _union(expansion: Expansion) -> bool:
    """Whether a place was spelled as a union of two or more things."""
    forms_ = [f for f in expansion.all() if f.kind != "null"]
    return len(forms_) > 1 and any(len(f.sources) > 1 for f in forms_)


def _single(expansion: Expansion) -> bool:
    return sum(1 for f in expansion.all() if f.kind != "null") <= 1


def _grouped(many: list[Form]) -> Iterator[Form]:
    """One alternative for each named schema that came or went with several."""
    seen: set[ir.SchemaId] = set()
    for form in many:
        if form.labels and form.labels[-1] in seen:
            continue
        seen.update(form.labels[-1:])
        yield form


def _hinted(many: tuple[Form, ...]) -> list[str] | None:
    """The listed values of strings of which one alternative accepts all."""
    if not any(f.values is None and f.facets == forms.String() for f in many):
        return None
    return [v for f in many for v in f.values or () if not f.residues]


def _count(many: list[Form]) -> str:
    return f"{len(list(_grouped(many)))} branches"


def _only_item(form: Form, index: str | int) -> forms.Array:
    assert isinstance(form.facets, forms.Array)
    array, place = form.facets, int(index)
    if place < len(array.prefix):
        return forms.Array(prefix=(*((),) * place, array.prefix[place]))
    return forms.Array(prefix=((),) * len(array.prefix), items=array.items)


def _members(side: Side, facets: forms.Object, names: tuple[str, ...]) -> forms.Object:
    return forms.Object(
        properties={name: side.member(facets, name) for name in names},
        required=tuple(name for name in names if name in facets.required),
    )


def _requiring(facets: forms.Object, name: str) -> forms.Object:
    return forms.Object(required=(name,) if name in facets.required else ())


def _rest(facets: forms.Object, other: forms.Object) -> forms.Object:
    """Only what is said of names that neither version declares."""
    declared = dict.fromkeys((*facets.properties, *other.properties))
    rules = tuple(
        replace(rule, known=tuple(dict.fromkeys((*rule.known, *declared))))
        for rule in facets.additional
    )
    return forms.Object(properties={n: () for n in declared}, additional=rules)


def _openness(node: Node) -> str:
    if is_never(node):
        return "closed"
    return "open" if is_open(node) else "map"


def _defaulted(node: Node) -> bool:
    return any(schema.annotations.default is not ir.MISSING for schema in node)


def _alike(a: str, b: str) -> bool:
    """Whether two names share enough to be the same thing renamed."""
    from difflib import SequenceMatcher

    plain_a, plain_b = a.replace("_", "").lower(), b.replace("_", "").lower()
    if min(len(plain_a), len(plain_b)) < 3:
        return plain_a == plain_b
    if plain_a in plain_b or plain_b in plain_a:
        return True
    return SequenceMatcher(None, plain_a, plain_b).ratio() >= 0.6


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
