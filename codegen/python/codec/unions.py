"""Decodes unions by JSON type and by tag."""

from __future__ import annotations

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.asked import TABLE
from codegen.python.codec import branches, conversion, objects, wide_integers
from codegen.python.codec.context import (
    MISSING_TAG,
    TOP,
    At,
    Codec,
    Entry,
    EventDecoders,
    known_tag,
)
from codegen.python.codec.wide_integers import DRIFT
from codegen.python.emit import tree
from codegen.python.emit.tree import Assign, Name, call, compare
from codegen.python.model import shapes as sh
from codegen.python.model.union_dispatch import Dispatch, dispatch_of

DECODE = Name("decode")
"""The decoder that a table has for a tag."""


def small(codec: Codec, schema: ir.Schema, at: At) -> tree.Block:
    """A union that type or tag decides, decoded in place, which saves a call. Empty if
    the union is of another kind."""
    if schema.id in at.unions:
        return ()
    found = decided(codec, schema)
    tagged = exact_tags(codec, schema) if found is None else found.objects
    if tagged is not None:
        return _small_tagged(codec, schema, found, tagged, at)
    if found is None or not _is_small(codec, found):
        return ()
    return _by_type(codec, found, at.within(schema))


def _is_small(codec: Codec, found: Dispatch) -> bool:
    return len(found.by_type) <= 2 and not any(
        codec.converts(codec.shapes.use(branch)) for branch in found.absorbed
    )


def _small_tagged(
    codec: Codec,
    schema: ir.Schema,
    found: Dispatch | None,
    tagged: tags.Tagged,
    at: At,
) -> tree.Block:
    table = tag_table(codec, codec.names.of(schema.id), tagged, schema)
    entry = Assign(DECODE, known_tag(Name(table), at.v, tagged))
    other = codec.decoded(schema, at)
    decoded = Assign(at.v, call(DECODE, at.v))
    block: tree.Block = (tree.Try((entry,), MISSING_TAG, other, (decoded,)),)
    if found is None or not (found.by_type or found.nullable):
        return block
    # Most values that are no object are valid, too: none should cost an exception.
    first = (cond.class_of(at.v, "dict"), block)
    if not _is_small(codec, found):
        return tree.chain([first], other)
    return _by_type(codec, found, at.within(schema), first)


def exact_tags(codec: Codec, schema: ir.Schema) -> tags.Tagged | None:
    """The tags that decide a union of objects whenever one of them is there, although
    some branch does without."""
    alternatives = converting(codec, schema)
    if alternatives is None:
        return None
    union = codec.flatten(alternatives)
    if union.counts:
        return None
    hint = schema.annotations.discriminator
    tagged = tags.decide(codec.module, union.branches, hint)
    return tagged if tagged is not None and tagged.exact else None


def converting(codec: Codec, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
    """The branches of a union. None if there is no union, or if its values stay as they
    are."""
    found = tags.alternatives(codec.module, schema)
    if found is None or codec.converts(codec.shapes.own(schema)):
        return found
    apart = any(codec.converts(codec.shapes.use(part)) for part in found.schemas)
    return None if apart else found


def decided(codec: Codec, schema: ir.Schema) -> Dispatch | None:
    """How a value decides the union by itself; None if it does not."""
    alternatives = converting(codec, schema)
    if alternatives is None:
        return None
    hint = schema.annotations.discriminator
    found = dispatch_of(codec.module, alternatives, hint, codec.shapes.is_enum)
    # What may have no known tag is looked up where the union is tried.
    apart = found is not None and (found.untagged or found.default is not None)
    return None if apart else found


def dispatched(codec: Codec, schema: ir.Schema, found: Dispatch) -> tree.Block:
    """The body of a decoder for a union that the value itself decides."""
    block = _known_members(codec, found)
    if found.objects is None:
        return block + _by_type(codec, found, TOP)
    table = tag_table(codec, codec.names.of(schema.id), found.objects, schema)
    body = routed(table, found.objects, of_unknown_tag(codec, schema))
    return (
        *block,
        tree.If(cond.class_of(TOP.v, "dict"), body),
        *_by_type(codec, found, TOP),
    )


def of_unknown_tag(codec: Codec, schema: ir.Schema) -> tree.Block:
    """What is done with an object of unknown tag: it is one of the base, if the
    branches are the children of one."""
    base = tags.base_of(codec.module, schema)
    return () if base is None else codec.decoded(codec.module.schemas[base], TOP)


def routed(
    table: str,
    tagged: tags.Tagged,
    other: tree.Block = (),
    lacking: tree.Block = (),
) -> tree.Block:
    """Statements that return what the decoder of a tag makes of the value, or `other`
    if the tag has none. `lacking` stands before that, for values that may be valid
    without a tag."""
    entry = Assign(DECODE, known_tag(Name(table), TOP.v, tagged))
    lost = (*lacking, DRIFT, *other, tree.Return(TOP.v))
    return (
        tree.Try((entry,), MISSING_TAG, lost),
        tree.Return(call(DECODE, TOP.v)),
    )


def _known_members(codec: Codec, found: Dispatch) -> tree.Block:
    """Statements for the members of an enum that stands beside `string`, and for texts
    with a type."""
    block: tree.Block = ()
    for branch in found.absorbed:
        own = codec.shapes.own(branch)
        if isinstance(own, sh.EnumShape):
            codec.require(branch)
            known = codec.own("MEMBERS", branch)
            member = tree.Return(tree.Subscript(known, TOP.v))
            test = conversion.is_member(TOP.v, known, own)
            block += (tree.If(test, (member,)),)
        elif codec.converts(own):
            body = (*codec.value(branch, TOP.found_valid()), tree.Return(TOP.v))
            block += (tree.If(codec.answer(branch, TOP.v), body),)
    return block


def _by_type(
    codec: Codec,
    found: Dispatch,
    at: At,
    *before: tuple[tree.Expr, tree.Block],
) -> tree.Block:
    """An `if` for each branch that a JSON type decides."""
    cases = []
    for branch, types in found.branches():
        known_type = types[0] if len(types) == 1 else ""
        body = codec.value(branch, at, known_type=known_type)
        only = facts.only(branch)
        if isinstance(only, ir.Type) and "integer" not in only.types:
            # The condition has said the rest.
            body = wide_integers.statements(codec.module, branch, at.v)
        cases.append((cond.is_type(types, at.v), body))
    if at.valid:
        return tree.chain([*before, *(case for case in cases if case[1])])
    match cases:
        case [(_, ())]:
            admitted = (*found.by_type, *(("null",) if found.nullable else ()))
            other = cond.not_type(admitted, at.v)
            return tree.chain([*before, (other, (DRIFT,))])
        case _:
            pass
    otherwise: tree.Block = (DRIFT,)
    if found.nullable:
        otherwise = (tree.If(compare(at.v, "is not", cond.NONE), otherwise),)
    return tree.chain([*before, *cases], otherwise)


def tag_table(
    codec: Codec,
    symbol: str,
    tagged: tags.Tagged,
    union: ir.Schema | None,
    above: tags.Path = (),
) -> str:
    """The name of a table from tags to decoders. Where several branches share a tag,
    its entry is a function that decides further. `above` are the tags that lead to this
    table; `union` is the schema of the union."""
    name = f"BY_TAG_{symbol}"
    if union is None or above:
        codec.tables[name] = _entries(codec, symbol, tagged, union, above)
        if union is not None:
            codec.owners[name] = union.id
        return name
    codec.owners[name] = union.id
    told = _told(tagged)
    if codec.asked.ask(TABLE, union, told) and codec.told.get(name) != told:
        codec.told[name] = told
        with codec.asked.by(TABLE, union.id):
            for branch in tagged.branches:
                codec.asked.look((branch.id,))
            codec.tables[name] = _entries(codec, symbol, tagged, union)
    return name


def _told(tagged: tags.Tagged) -> str:
    """A text that tells one table of a union from another."""
    return repr(_outlined(tagged))


def _outlined(tagged: tags.Tagged) -> list[object]:
    cases = [
        (value, _outlined(case) if isinstance(case, tags.Tagged) else case.id)
        for value, case in tagged.cases.items()
    ]
    return [tagged.path, tagged.required, cases]


def _entries(
    codec: Codec,
    symbol: str,
    tagged: tags.Tagged,
    union: ir.Schema | None,
    above: tags.Path = (),
) -> list[tuple[facts.Tag, Entry]]:
    """The entries of a table: tags with decoders."""
    entries: list[tuple[facts.Tag, Entry]] = []
    for number, (value, case) in enumerate(tagged.cases.items()):
        path = (*above, (tagged.path, value))
        if isinstance(case, tags.Tagged):
            # No name of a schema begins with a digit.
            inner = f"{number}_{symbol}"
            entries.append((value, router(codec, inner, case, union, path)))
        else:
            branch = codec.target(facts.plain(codec.module, case))
            if objects.can_be_tagged(codec, branch, path):
                entries.append((value, codec.require_tagged(branch, path)))
            else:
                entries.append((value, codec.require(branch)))
    return entries


def router(
    codec: Codec,
    symbol: str,
    tagged: tags.Tagged,
    union: ir.Schema | None,
    above: tags.Path = (),
) -> str:
    """The name of a function that decides by a table of its own: among the branches
    that share a tag, or among events whose union has no decoder for that."""
    name = f"route_{symbol}"
    table = tag_table(codec, symbol, tagged, union, above)
    lacking = () if tagged.required or not above else _lacking_tag(codec, tagged, union)
    codec.functions[name] = routed(table, tagged, lacking=lacking)
    if union is not None:
        codec.owners[name] = union.id
    return name


def _lacking_tag(
    codec: Codec, tagged: tags.Tagged, union: ir.Schema | None
) -> tree.Block:
    """Statements that decode an object that shares a tag and lacks the second one,
    which some branches do not have."""
    found = None if union is None else converting(codec, union)
    exclusive = found is not None and codec.flatten(found).exclusive
    ask = codec.ask(union, TOP) if union is not None and exclusive else ()
    block = (*ask, *branches.first_valid(codec, tagged.branches))
    block += () if exclusive else (DRIFT,)
    block += branches.resembling(codec, tagged.branches, ())
    lacks_tag = tree.negated(cond.has_property(tagged.path, TOP.v))
    return (tree.If(lacks_tag, (*block, tree.Return(TOP.v))),)


def event_table(
    codec: Codec,
    name: str,
    tagged: tags.Tagged,
    schema: ir.Schema | None,
    default: ir.SchemaId | None = None,
) -> None:
    """Note what an event table decodes with. `schema` is its union if that has a name,
    `default` the schema for events with any other tag."""
    if schema is None:
        decode = router(codec, name, tagged, None)
        codec.event_tables[name] = EventDecoders(decode, f"BY_TAG_{name}")
    else:
        symbol = codec.names.of(schema.id)
        table = tag_table(codec, symbol, tagged, schema)
        union = tags.union_of(codec.module, schema)
        if default is not None:
            decode = codec.require(codec.module.schemas[default])
        elif union is not None and union.counts:
            decode = router(codec, symbol, tagged, schema)  # The union's own may try.
        else:
            decode = codec.require(schema)
        codec.event_tables[name] = EventDecoders(decode, table)
