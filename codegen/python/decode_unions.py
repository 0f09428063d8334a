"""Decoding of unions: by JSON type, by tag, and by trying where nothing else decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python import decode_values as values
from codegen.python import shapes as sh
from codegen.python import wide
from codegen.python.dispatch import Dispatch, dispatch_of
from codegen.python.lines import Lines, block, literal

if TYPE_CHECKING:
    from codegen.python.codec import Codec


def small(codec: Codec, schema: ir.Schema, v: str) -> Lines:
    """A union decided by type or tag, in place: it saves a call on hot paths.
    Empty if the union is not of that kind."""
    if schema.id in codec.inlining:
        return []
    found = decided(codec, schema)
    tagged = _sure_tags(codec, schema) if found is None else found.objects
    if tagged is not None:
        return _small_tagged(codec, schema, found, tagged, v)
    if found is None or not _is_small(codec, found):
        return []
    codec.inlining.add(schema.id)
    lines = by_type(codec, found, v)
    codec.inlining.discard(schema.id)
    return lines


def _is_small(codec: Codec, found: Dispatch) -> bool:
    return len(found.by_type) <= 2 and not any(
        codec.converts(codec.shapes.use(branch)) for branch in found.absorbed
    )


def _small_tagged(
    codec: Codec,
    schema: ir.Schema,
    found: Dispatch | None,
    tagged: tags.Tagged,
    v: str,
) -> Lines:
    table = tag_table(codec, codec.names.of(schema.id), tagged)
    other = [f"{v} = {codec.want(schema)}({v})"]
    lines = [
        *block("try:", [f"decode = {table}[{v}[{literal(tagged.property)}]]"]),
        *block("except (KeyError, TypeError):", other),
        *block("else:", [f"{v} = decode({v})"]),
    ]
    if found is None or not (found.by_type or found.nullable):
        return lines
    # Most values that are no object are valid, too: none should cost an exception.
    lines = block(f"if {v}.__class__ is dict:", lines)
    if not _is_small(codec, found):
        return lines + block("else:", other)
    codec.inlining.add(schema.id)
    lines += by_type(codec, found, v, "elif")
    codec.inlining.discard(schema.id)
    return lines


def _sure_tags(codec: Codec, schema: ir.Schema) -> tags.Tagged | None:
    """Tags that decide a union of objects wherever one of them is there, although
    some branch does without."""
    alternatives = converting(codec, schema)
    if alternatives is None:
        return None
    branches = tags.flatten(codec.module, alternatives).branches
    tagged = tags.decide(codec.module, branches, schema.annotations.discriminator)
    return tagged if tagged is not None and tagged.exact else None


def converting(codec: Codec, schema: ir.Schema) -> ir.AnyOf | ir.OneOf | None:
    """The branches of a union, None if it has none or if its values stay what they
    are although those of a branch would not: nothing would turn objects back."""
    found = tags.alternatives(codec.module, schema)
    if found is None or codec.converts(codec.shapes.own(schema)):
        return found
    apart = any(codec.converts(codec.shapes.use(part)) for part in found.schemas)
    return None if apart else found


def decided(codec: Codec, schema: ir.Schema) -> Dispatch | None:
    alternatives = converting(codec, schema)
    if alternatives is None:
        return None
    hint = schema.annotations.discriminator
    return dispatch_of(codec.module, alternatives, hint)


def dispatched(codec: Codec, schema: ir.Schema, found: Dispatch, v: str) -> Lines:
    """The body for a union that the value itself decides."""
    lines = _known_members(codec, found, v)
    if found.objects is None:
        return lines + by_type(codec, found, v)
    table = tag_table(codec, codec.names.of(schema.id), found.objects)
    key = f"{table}[{v}[{literal(found.objects.property)}]]"
    body = [
        *block("try:", [f"decode = {key}"]),
        *block("except (KeyError, TypeError):", ["drift()", f"return {v}"]),
        f"return decode({v})",
    ]
    return [
        *lines,
        *block(f"if {v}.__class__ is dict:", body),
        *by_type(codec, found, v),
    ]


def _known_members(codec: Codec, found: Dispatch, v: str) -> Lines:
    """The members of an enum that stands beside `string`."""
    lines: Lines = []
    for branch in found.absorbed:
        if isinstance(codec.shapes.own(branch), sh.EnumShape):
            symbol = codec.names.of(branch.id)
            codec.want(branch)
            lines += block(
                f"if {v}.__class__ is str and {v} in MEMBERS_{symbol}:",
                [f"return MEMBERS_{symbol}[{v}]"],
            )
    return lines


def by_type(codec: Codec, found: Dispatch, v: str, word: str = "if") -> Lines:
    """An `if` for each branch that a JSON type decides; the first begins with `word`."""
    lines: Lines = []
    first = word
    for branch, types in found.branches():
        sure = types[0] if len(types) == 1 else ""
        body = values.value(codec, branch, v, sure=sure)
        only = facts.only(branch)
        if isinstance(only, ir.Type) and "integer" not in only.types:
            # The condition has said the rest.
            body = wide.statements(codec.module, branch, v)
        lines += block(f"{word} {cond.is_type(types, v)}:", body)
        word = "elif"
    if len(lines) == 2 and lines[1].strip() == "pass":
        admitted = (*found.by_type, *(("null",) if found.nullable else ()))
        return block(f"{first} {cond.not_type(admitted, v)}:", ["drift()"])
    if found.nullable:
        return lines + block(f"{word} {v} is not None:", ["drift()"])
    return lines + block("else:", ["drift()"]) if word == "elif" else ["drift()"]


def tag_table(
    codec: Codec,
    symbol: str,
    tagged: tags.Tagged,
    above: tags.Path = (),
) -> str:
    """The name of a table from tag to decoder; tables of tables get functions.
    `above` are the tags that lead to this table."""
    entries: list[tuple[str, str]] = []
    for number, (value, case) in enumerate(tagged.cases.items()):
        path = (*above, (tagged.property, value))
        if isinstance(case, tags.Tagged):
            # No name of a schema begins with a digit.
            inner = f"{number}_{symbol}"
            entries.append((value, second(codec, inner, case, path)))
        else:
            entries.append((value, codec.want_tagged(case, path)))
    codec.tables[f"BY_TAG_{symbol}"] = (tagged.property, entries)
    return f"BY_TAG_{symbol}"


def second(
    codec: Codec,
    symbol: str,
    tagged: tags.Tagged,
    above: tags.Path = (),
) -> str:
    name = f"route_{symbol}"
    table = tag_table(codec, symbol, tagged, above)
    body = [
        *block("try:", [f"decode = {table}[v[{literal(tagged.property)}]]"]),
        *block("except (KeyError, TypeError):", ["drift()", "return v"]),
        "return decode(v)",
    ]
    codec.functions[name] = body
    return name


def tried(
    codec: Codec, schema: ir.Schema, alternatives: ir.AnyOf | ir.OneOf, v: str
) -> Lines:
    """A union that only trying decides: the first branch that accepts the value;
    where none does, the tag's, else the first whose required properties are
    all there, else the value as it is."""
    union = tags.flatten(codec.module, alternatives)
    lines: Lines = []
    hint = schema.annotations.discriminator
    objects = tuple(
        b for b in union.branches if facts.types(codec.module, b) == {"object"}
    )
    tagged = None
    if len(objects) > 1:
        tagged = tags.decide(codec.module, objects, hint)
    if tagged is not None and tagged.exact and len(objects) == len(union.branches):
        table = tag_table(codec, codec.names.of(schema.id), tagged)
        tag = codec.fresh()
        lines += block(
            f"if {v}.__class__ is dict:",
            [
                f"{tag} = get({v}, {literal(tagged.property)})",
                *block(
                    f"if {tag}.__class__ is str and {tag} in {table}:",
                    [f"return {table}[{tag}]({v})"],
                ),
            ],
        )
    if union.exclusive:
        lines += codec.ask(schema, v)
    lines += first_valid(codec, union, v)
    if not union.exclusive:
        null = [f"if {v} is None:", f"    return {v}"] if union.nullable else []
        lines += [*null, "drift()"]
    for branch in objects:
        needed = sorted(facts.required(codec.module, branch))
        if needed and codec.converts(codec.shapes.use(branch)):
            tests = [f"{v}.__class__ is dict"]
            tests += [f"{literal(name)} in {v}" for name in needed]
            body = [*values.value(codec, branch, v), f"return {v}"]
            lines += block(f"if {' and '.join(tests)}:", body)
    return lines


def first_valid(codec: Codec, union: tags.Union, v: str) -> Lines:
    """Decode by the first branch that accepts the value."""
    lines: Lines = []
    for branch in union.branches:
        answer = codec.checks.answer(branch, v)
        codec.note(answer)
        body = [*values.value(codec, branch, v), f"return {v}"]
        lines += block(f"if {answer}:", body)
    return lines
