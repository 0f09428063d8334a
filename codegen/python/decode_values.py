"""Decoding of values that are no object of a class: checked and converted in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python import decode_objects as objects
from codegen.python import decode_unions as unions
from codegen.python import shapes as sh
from codegen.python import wide
from codegen.python.lines import Lines, block

if TYPE_CHECKING:
    from codegen.python.codec import Codec

MOST_LOOPS: Final = 4
"""Loops that one function nests; Python itself refuses more than 20."""

_MAP_KINDS = (
    ir.Type,
    ir.AdditionalProperties,
    ir.MinProperties,
    ir.MaxProperties,
    ir.Format,
)
_ARRAY_KINDS = (ir.Type, ir.Items, ir.MinItems, ir.MaxItems, ir.UniqueItems, ir.Format)


def value(
    codec: Codec, schema: ir.Schema, v: str, *, checked: bool = True, sure: str = ""
) -> Lines:
    """Statements for a value in place: small ones here, others by their decoder.

    What is not `checked` was found valid before. `sure` is the JSON type that the
    value is known to have.
    """
    if cond.is_true(schema, codec.checks.formats):
        return wide.statements(codec.module, schema, v)
    if (
        codec.shapes.is_named(schema)
        or facts.only(schema) is not None
        and isinstance(facts.only(schema), (ir.Ref, ir.AllOf))
    ):
        target = codec.target(schema)
        if cond.is_leaf(target) and not codec.converts(codec.shapes.use(target)):
            return leaf(codec, target, v, checked, sure)
        return _small(codec, target, v) or [f"{v} = {codec.want(target)}({v})"]
    if cond.is_leaf(schema) and not codec.converts(codec.shapes.own(schema)):
        return leaf(codec, schema, v, checked, sure)
    if _is_simple_array(codec, schema) and codec.loops < MOST_LOOPS:
        return _array(codec, schema, v, checked, sure)
    if _is_simple_map(codec, schema) and codec.loops < MOST_LOOPS:
        return _map(codec, schema, v, checked, sure)
    return (
        _small(codec, schema, v)
        or objects.inlined(codec, schema, v, sure)
        or [f"{v} = {codec.want(schema)}({v})"]
    )


def _small(codec: Codec, schema: ir.Schema, v: str) -> Lines:
    """What is done in place because a call would cost more than the work."""
    own = codec.shapes.own(schema)
    if own == sh.EnumShape(schema.id) and _is_plain_enum(schema):
        codec.want(schema)
        member = f"{v} = MEMBERS_{codec.names.of(schema.id)}[{v}]"
        return [
            *wide.statements(codec.module, schema, v),
            *block("try:", [member]),
            *block("except (KeyError, TypeError):", ["drift()"]),
        ]
    return unions.small(codec, schema, v)


def leaf(
    codec: Codec, schema: ir.Schema, v: str, checked: bool = True, sure: str = ""
) -> Lines:
    """Statements that check a scalar."""
    failing: list[str] = []
    whole = cond.only_type(schema) == "integer"
    if checked:
        for test in cond.leaf_conditions(schema, v, codec.checks.formats, sure):
            if whole and test.keyword == "type":
                # 1.0 is an integer, too.
                failing.append(f"{v}.__class__ is not int and not whole({v})")
            else:
                failing.append(test.failing)
    doubtful = wide.condition(codec.module, schema, v)
    if doubtful and not (whole and checked):
        failing.append(doubtful)
    return _drift_if(failing) + wide.inside(codec.module, schema, v)


def _drift_if(failing: list[str]) -> Lines:
    if not failing:
        return []
    joined = " or ".join(map(_guarded, failing)) if len(failing) > 1 else failing[0]
    return block(f"if {joined}:", ["drift()"])


def _is_simple_array(codec: Codec, schema: ir.Schema) -> bool:
    items = walk.find(schema, ir.Items)
    if items is not None and items.start != 0:
        return False
    kinds = all(isinstance(a, _ARRAY_KINDS) for a in schema.assertions)
    return kinds and cond.only_type(schema) == "array"


def _array(
    codec: Codec, schema: ir.Schema, v: str, checked: bool = True, sure: str = ""
) -> Lines:
    items = walk.find(schema, ir.Items)
    body: Lines = []
    if checked:
        for a in schema.assertions:
            match a:
                case ir.MinItems(limit) if limit > 0:
                    body += block(f"if len({v}) < {limit}:", ["drift()"])
                case ir.MaxItems(limit):
                    body += block(f"if len({v}) > {limit}:", ["drift()"])
                case ir.UniqueItems():
                    body += block(f"if not unique({v}):", ["drift()"])
                case _:
                    pass
    if items is not None:
        body += _each_item(codec, items.schema, v)
    else:
        body.append(f"look({v})")
    return of_type("array", v, body, sure)


def _each_item(codec: Codec, inner: ir.Schema, v: str) -> Lines:
    i = codec.fresh()
    codec.loops += 1
    body = value(codec, inner, i)
    codec.loops -= 1
    if not body:
        return []
    if not any(line.lstrip().startswith(f"{i} = ") for line in body):
        return block(f"for {i} in {v}:", body)
    out = codec.fresh()
    stored = [*body, f"{out}.append({i})"]
    if len(body) == 1 and body[0].startswith(f"{i} = "):
        stored = [f"{out}.append({body[0].removeprefix(f'{i} = ')})"]
    return [
        f"{out}: list[Any] = []",
        *block(f"for {i} in {v}:", stored),
        f"{v} = {out}",
    ]


def _is_simple_map(codec: Codec, schema: ir.Schema) -> bool:
    rest = walk.find(schema, ir.AdditionalProperties)
    if rest is None or rest.known or rest.patterns:
        return False
    kinds = all(isinstance(a, _MAP_KINDS) for a in schema.assertions)
    return kinds and cond.only_type(schema) == "object"


def _map(
    codec: Codec, schema: ir.Schema, v: str, checked: bool = True, sure: str = ""
) -> Lines:
    body: Lines = []
    for a in schema.assertions:
        match a:
            case ir.MinProperties(limit) if limit > 0 and checked:
                body += block(f"if len({v}) < {limit}:", ["drift()"])
            case ir.MaxProperties(limit) if checked:
                body += block(f"if len({v}) > {limit}:", ["drift()"])
            case ir.AdditionalProperties(inner):
                body += _each_value(codec, inner, v)
            case _:
                pass
    return of_type("object", v, body, sure)


def of_type(name: str, v: str, body: Lines, sure: str) -> Lines:
    """Statements for values of one JSON type, which may be `sure`; others drift."""
    if sure == name:
        return body
    if not body:
        return block(f"if {cond.not_type((name,), v)}:", ["drift()"])
    test = cond.is_type((name,), v)
    return [*block(f"if {test}:", body), *block("else:", ["drift()"])]


def _each_value(codec: Codec, inner: ir.Schema, v: str) -> Lines:
    """Statements for the values of a map; one that converts becomes a new dict."""
    k, x = codec.fresh(), codec.fresh()
    codec.loops += 1
    body = value(codec, inner, x)
    codec.loops -= 1
    if not body:
        return []
    if not any(line.lstrip().startswith(f"{x} = ") for line in body):
        return block(f"for {x} in {v}.values():", body)
    out = codec.fresh()
    return [
        f"{out}: dict[str, Any] = {{}}",
        *block(f"for {k}, {x} in {v}.items():", [*body, f"{out}[{k}] = {x}"]),
        f"{v} = {out}",
    ]


def general(codec: Codec, schema: ir.Schema, v: str) -> Lines:
    """The body of a decoder: check, then convert in place."""
    shape = codec.shapes.own(schema)
    members = sh.members(shape)
    match facts.only(schema):
        case ir.Ref(target=target):
            return value(codec, codec.module.schemas[target], v)
        case ir.AllOf(schemas=(inner,)):
            return value(codec, inner, v)
        case _:
            pass
    named = any(isinstance(member, sh.EnumShape) for member in members)
    if named and _is_plain_enum(schema):
        look = wide.statements(codec.module, schema, v)
        return look + _enum(codec, schema, v)
    if cond.is_leaf(schema):
        return leaf(codec, schema, v)
    if _is_simple_array(codec, schema):
        return _array(codec, schema, v)
    if _is_simple_map(codec, schema):
        return _map(codec, schema, v)
    alternatives = unions.converting(codec, schema)
    if alternatives is not None:
        found = unions.decided(codec, schema)
        if found is not None:
            return unions.dispatched(codec, schema, found, v)
        if not codec.converts(shape):
            # Some branch accepts anything: what came stays what it is.
            return codec.ask(schema, v)
        return unions.tried(codec, schema, alternatives, v)
    lines = codec.ask(schema, v)
    return lines + _convert(codec, schema, shape, v)


def _is_plain_enum(schema: ir.Schema) -> bool:
    """Whether a schema accepts exactly the values that it enumerates."""
    enum, type_ = walk.find(schema, ir.Enum), walk.find(schema, ir.Type)
    if enum is None or len(schema.assertions) > 1 + (type_ is not None):
        return False
    return type_ is None or all(
        cond.admits(type_, facts.json_type(value)) for value in enum.values
    )


def _enum(codec: Codec, schema: ir.Schema, v: str) -> Lines:
    symbol = codec.names.of(schema.id)
    lines = [
        f"member = get(MEMBERS_{symbol}, v) if v.__class__ is str else None",
        *block("if member is not None:", ["return member"]),
    ]
    enum = walk.find(schema, ir.Enum)
    if enum is not None and None in enum.values:
        return lines + block("if v is not None:", ["drift()"])
    return [*lines, "drift()"]


def _convert(codec: Codec, schema: ir.Schema, shape: sh.Shape, v: str) -> Lines:
    """Statements that convert a value whose validity was asked already."""
    if not codec.converts(shape):
        return []
    target = codec.shapes.target(schema)
    if target is not None:
        return [f"{v} = {codec.want(target)}({v})"]
    alternatives = codec.shapes.alternatives(schema)
    if alternatives is not None:
        return unions.first_valid(codec, tags.flatten(codec.module, alternatives), v)
    lines: Lines = []
    for member in sh.members(shape):
        if isinstance(member, sh.EnumShape):
            known = f"MEMBERS_{codec.names.of(member.id)}"
            test = f"if {v}.__class__ is str and {v} in {known}:"
            lines += block(test, [f"{v} = {known}[{v}]"])
    rest = walk.find(schema, ir.AdditionalProperties)
    if rest is not None and codec.converts(codec.shapes.use(rest.schema)):
        body = _each_value(codec, rest.schema, v)
        lines += block(f"if {v}.__class__ is dict:", body)
    items = walk.find(schema, ir.Items)
    if items is not None and items.start == 0:
        body = _each_item(codec, items.schema, v)
        if body:
            lines += block(f"if {v}.__class__ is list:", body)
    return lines


def _guarded(test: str) -> str:
    return f"({test})" if " or " in test else test
