"""A schema as one reads it who gets its values as texts.

Who takes every text takes that of a number or a truth value, too, and who takes some
takes the values that are spelled so. What does not travel as a text alone is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from codegen.compat.normal import forms, spellings
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import Side, TooManyForms
from codegen.ir import facts
from codegen.ir import model as ir

_TEXT: Final = ir.Type((*spellings.FLAT.types, "string"))

_BYTES: Final = frozenset(("binary", "byte"))


@dataclass(frozen=True, slots=True)
class AsTexts:
    """How the values of a schema travel as texts.

    The value of a parameter does, as do the items of a list and the members of an
    object. Where a list is written as the same name several times, it is `repeated`,
    and a single value is a list of one. Nothing is written of an empty list then, nor
    of an empty object whose members stand there by themselves: it is `unsent`, and
    whether it may be lacking is not for the schema to say. Where items have something
    `between` them in one text, a single value without that in its text is a list of
    one, too. Of a `form` the members do, each alone or as a list, but for those in
    `but`, which have a content type that is no text. Of plain text it is the value
    `alone`: how lists and objects would be put into it nobody says.
    """

    form: bool = False
    but: frozenset[str] = frozenset()
    repeated: bool = False
    alone: bool = False
    unsent: bool = False
    between: str = ""

    def at(self, path: Sequence[tuple[str, str | int]], whole: Form | None) -> bool:
        """Whether what stands at a place is a text alone. `whole` is the alternative
        that the way there leads through first."""
        kinds = [kind for kind, _ in path]
        if self.alone:
            return not kinds
        if not self.form:
            return kinds in ([], ["item"], ["property"], ["rest"])
        match kinds:
            case ["property"] | ["property", "item"]:
                return path[0][1] not in self.but
            case ["rest"] | ["rest", "item"]:
                return whole is not None and self.further(whole.facets)
            case _:
                return False

    def further(self, facets: forms.Facets) -> bool:
        """Whether all members that an object does not declare are texts."""
        declared = facets.properties if isinstance(facets, forms.Object) else {}
        return self.but <= declared.keys()


def both(one: AsTexts | None, other: AsTexts | None) -> AsTexts | None:
    """What travels as a text in either of two ways."""
    if one is None or other is None or one.form is not other.form:
        return None
    but, repeated = one.but | other.but, one.repeated and other.repeated
    alone, unsent = one.alone or other.alone, one.unsent and other.unsent
    between = one.between if one.between == other.between else ""
    return AsTexts(one.form, but, repeated, alone, unsent, between)


def taken(side: Side, schema: ir.Schema, how: AsTexts) -> ir.Schema:
    """The schema, with texts wherever its values travel as such."""
    # What has a name may be assumed of the other version, and is more here.
    itself = replace(schema, id=_named((schema,), "itself"))
    node = (itself,)
    many = [] if how.form else _flat(side, node)
    if not how.alone:
        found = None if how.form else _array(side, node)
        many += [found] if found is not None else _objects(side, node, how)
        many += _lists_of_one(side, node, how)
        many += _empty(node, "array", "object") if how.unsent else ()
    return _either(node, *many) if many else schema


def placed(
    side: Side,
    node: Node,
    how: AsTexts,
    path: Sequence[tuple[str, str | int]],
    whole: Form | None,
) -> ir.Schema | None:
    """What stands at a place inside, with texts where its values travel as such; None
    where they do not."""
    kinds = [kind for kind, _ in path]
    if how.form and kinds == ["property"]:
        return _member(side, node, how, path[0][1] in how.but)
    if not how.at(path, whole):
        return None
    if kinds == ["rest"]:
        return _member(side, node, how)
    many = _flat(side, node)
    if not kinds and node:
        many += _lists_of_one(side, node, how)
        many += _empty(node, "array", "object") if how.unsent else ()
    return _either(node, *many) if many else None


def _value(side: Side, node: Node) -> ir.Schema | None:
    """A place that takes texts, as one that takes the numbers and truth values that are
    spelled so, too, or the other way round; None where there are none."""
    many = _flat(side, node)
    return _either(node, *many) if many else None


def _flat(side: Side, node: Node) -> list[ir.Schema]:
    """What a place takes of other types because texts are spelled alike."""
    try:
        every = [form for form in side.expand(node).all() if not _bytes(side, form)]
    except TooManyForms:
        return []
    told = [one for form in every for one in spellings.others(form)]
    if any(map(spellings.free, every)):
        told = [(spellings.FLAT,)]
    return [
        ir.Schema(_named(node, f"flat{number}"), node[0].location, one)
        for number, one in enumerate(told if node else ())
    ]


def _empty(node: Node, *kinds: str) -> list[ir.Schema]:
    """Lists and objects of which nothing is written."""
    where = node[0].location if node else ir.Location("", "")
    most: dict[str, ir.Assertion] = {}
    most |= {"array": ir.MaxItems(0), "object": ir.MaxProperties(0)}
    told = ((ir.Type((kind,)), most[kind]) for kind in kinds)
    return [
        ir.Schema(_named(node, f"empty{number}"), where, one)
        for number, one in enumerate(told)
    ]


def _bytes(side: Side, form: Form) -> bool:
    """Whether texts are bytes, or hold something else."""
    return any(
        schema.annotations.content_encoding
        or schema.annotations.content_media_type
        or any(f.name in _BYTES for f in facts.stated(side.module, schema, ir.Format))
        for schema in form.sources
    )


def _only(side: Side, node: Node, kind: str) -> Form | None:
    """What a place says of one type; None where it has several alternatives for it, or
    conditions."""
    try:
        many = side.expand(node).forms.get(kind, ())
    except TooManyForms:
        return None
    plain = len(many) == 1 and not many[0].residues and many[0].values is None
    return many[0] if plain else None


def _array(side: Side, node: Node) -> ir.Schema | None:
    """A list whose items are texts."""
    form = _only(side, node, "array")
    match form and form.facets:
        case forms.Array((), items, minimum, maximum, False, ()) if items:
            inner = _value(side, items)
        case _:
            return None
    if inner is None:
        return None
    most = () if maximum is None else (ir.MaxItems(maximum),)
    told = (ir.Type(("array",)), ir.Items(inner), ir.MinItems(minimum), *most)
    return ir.Schema(_named(node, "list"), node[0].location, told)


def _single(
    side: Side, node: Node, no_text: bool = False, between: str = ""
) -> Iterator[ir.Schema]:
    """What the only item of a list may be."""
    form = _only(side, node, "array")
    match form and form.facets:
        case forms.Array((), items, minimum, maximum, _, ()):
            if minimum <= 1 and (maximum is None or maximum >= 1):
                found = None if no_text else _value(side, items)
                inner = _all(items) if found is None else found
                # An empty text may also be a list without items.
                apart = _unparted(between, minimum)
                alone = (_TEXT, ir.AllOf((inner,)), *apart)
                yield ir.Schema(_named(node, "single"), inner.location, alone)
        case _:
            return


def _lists_of_one(side: Side, node: Node, how: AsTexts) -> Iterator[ir.Schema]:
    """Values and lists of one that are the same text."""
    if how.repeated or how.between:
        yield from _single(side, node, between=how.between)
        yield _listed(side, node, how.between)


def _unparted(between: str, least: int) -> tuple[ir.Assertion, ...]:
    """What is said of texts, of a length of at `least` so much, that are a single item
    where items are put together."""
    told = ir.Pattern(f"^[^{between}]*$"), ir.MinLength(least)
    return told if between else ()


def _listed(side: Side, node: Node, between: str = "") -> ir.Schema:
    """A list of one value that a place takes by itself."""
    found = _value(side, node) or _all(node)
    said = (_TEXT, ir.AllOf((found,)), *_unparted(between, 1))
    alone = ir.Schema(_named(node, "alone"), found.location, said)
    told = (ir.Type(("array",)), ir.MinItems(1), ir.MaxItems(1), ir.Items(alone))
    return ir.Schema(_named(node, "listed"), found.location, told)


def _objects(side: Side, node: Node, how: AsTexts) -> Iterator[ir.Schema]:
    """Objects whose members are texts, one for each alternative of a place."""
    try:
        many = side.expand(node).forms.get("object", ())
    except TooManyForms:
        return
    apart: bool | None = None
    for number, form in enumerate(many):
        if form.residues and apart is None:
            apart = _apart(side, many)
        plain = all(isinstance(r, forms.Exclusive) and apart for r in form.residues)
        found = _object(side, node, form, how, number) if plain else None
        if found is not None:
            yield found


def told_apart(side: Side, union: ir.Schema) -> bool:
    """Whether no two branches of a union take the same texts for an object."""
    try:
        many = side.expand((union,)).forms.get("object", ())
    except TooManyForms:
        return False
    return bool(many) and _apart(side, many)


def _apart(side: Side, many: Sequence[Form]) -> bool:
    """Whether a property has texts in each alternative that it has in no other."""
    every = [form.facets for form in many if isinstance(form.facets, forms.Object)]
    for name in every[0].required:
        tags = [_tags(side, facets, name) for facets in every]
        if all(tags) and len(set().union(*tags)) == sum(map(len, tags)):
            return True
    return False


def _tags(side: Side, facets: forms.Object, name: str) -> frozenset[str]:
    """All texts of a required property, where it has nothing else; otherwise none."""
    try:
        every = list(side.expand(side.member(facets, name)).all())
    except TooManyForms:
        return frozenset()
    if name not in facets.required or any(f.kind != "string" for f in every):
        return frozenset()
    if any(form.values is None for form in every):
        return frozenset()
    return frozenset(str(v) for form in every for v in form.values or ())


def _object(
    side: Side, node: Node, form: Form, how: AsTexts, number: int
) -> ir.Schema | None:
    if form.values is not None or not isinstance(form.facets, forms.Object):
        return None
    facets = form.facets
    members = {name: side.member(facets, name) for name in facets.properties}
    told = {
        name: inner
        for name, member in members.items()
        if (inner := _member(side, member, how, name in how.but)) is not None
    }
    further = _further(side, facets, how) if how.further(facets) else None
    rest = _rest(facets, further) if told or further else None
    if rest is None:
        return None
    whole = {name: told.get(name) or _all(member) for name, member in members.items()}
    assertions = (ir.Type(("object",)), ir.Properties(whole), *rest)
    name = _named(node, f"members{number}" if number else "members")
    return ir.Schema(name, node[0].location, assertions)


def _member(
    side: Side, node: Node, how: AsTexts, no_text: bool = False
) -> ir.Schema | None:
    """A member that is a text, or may be a list of one; `no_text` says that it has
    another content type."""
    many = [] if no_text else _flat(side, node)
    if how.form and node:
        listed = None if no_text else _array(side, node)
        many += [] if listed is None else [listed]
        many += _single(side, node, no_text) if how.repeated else ()
        many += [_listed(side, node)] if how.repeated and not no_text else []
        many += _empty(node, "array") if how.repeated else ()
    return _either(node, *many) if many else None


def _further(side: Side, facets: forms.Object, how: AsTexts) -> ir.Schema | None:
    """What further members are, as texts."""
    if len(facets.additional) != 1:
        return None
    return _member(side, (facets.additional[0].schema,), how)


def _rest(
    facets: forms.Object, further: ir.Schema | None
) -> tuple[ir.Assertion, ...] | None:
    """All that an object says beside its properties; None where that cannot be said
    in one schema."""
    patterns, needed = dict(facets.patterns), dict(facets.dependent_required)
    found: list[ir.Assertion] = [ir.MinProperties(facets.minimum)]
    if len(patterns) < len(facets.patterns) or facets.dependent_schemas:
        return None
    if len(needed) < len(facets.dependent_required) or len(facets.additional) > 1:
        return None
    for rule in facets.additional:
        if {*rule.known} != {*facets.properties} or {*rule.patterns} != {*patterns}:
            return None
        found.append(replace(rule, schema=further) if further else rule)
    if facets.required:
        found.append(ir.Required(facets.required))
    if patterns:
        found.append(ir.PatternProperties(patterns))
    if facets.names:
        found.append(ir.PropertyNames(_all(facets.names)))
    if needed:
        found.append(ir.DependentRequired(needed))
    if facets.maximum is not None:
        found.append(ir.MaxProperties(facets.maximum))
    return tuple(found)


def _named(node: Node, word: str) -> ir.SchemaId:
    return ir.SchemaId(f"{'&'.join(forms.node_key(node))}~{word}")


def _all(node: Node) -> ir.Schema:
    """What several schemas say at once."""
    if len(node) == 1:
        return node[0]
    where = node[0].location if node else ir.Location("", "")
    return ir.Schema(_named(node, "all"), where, (ir.AllOf(node),) if node else ())


def _either(node: Node, *others: ir.Schema) -> ir.Schema:
    """What a place takes, and more."""
    every = ir.AnyOf((_all(node), *others))
    return ir.Schema(_named(node, "text"), node[0].location, (every,))
