"""Decodes arrays and maps: their items and values, one by one."""

from __future__ import annotations

from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.codec import storing, wide_integers
from codegen.python.codec.context import At, Codec, drift_if, of_type
from codegen.python.codec.wide_integers import DRIFT
from codegen.python.emit import search, tree
from codegen.python.emit.tree import Assign, Call, Constant, Name, call, compare
from codegen.python.model.structure import ItemSchemas, ValueSchemas

_MAP_KINDS = (
    ir.Type,
    ir.PatternProperties,
    ir.AdditionalProperties,
    ir.MinProperties,
    ir.MaxProperties,
    ir.Format,
)
_ARRAY_KINDS = (
    ir.Type,
    ir.PrefixItems,
    ir.Items,
    ir.MinItems,
    ir.MaxItems,
    ir.UniqueItems,
    ir.Format,
)


def is_simple_array(schema: ir.Schema) -> bool:
    """Whether a schema asserts nothing of arrays but what their items are and how many
    there are."""
    kinds = all(isinstance(a, _ARRAY_KINDS) for a in schema.assertions)
    return kinds and cond.only_type(schema) == "array"


def array(codec: Codec, schema: ir.Schema, at: At, known_type: str = "") -> tree.Block:
    """Statements that decode a value of such a schema."""
    body: tree.Block = ()
    for a in schema.assertions:
        if not at.valid and isinstance(a, ir.OnArrays):
            body += drift_if(cond.array_conditions(a, at.v))
    found = walk.find(schema, ir.Items)
    closed = found is not None and facts.is_never(found.schema)
    if not at.valid and found is not None and closed:
        many = compare(cond.size(at.v), ">", Constant(found.start))
        body += (tree.If(many, (DRIFT,)),)
    body += items(codec, codec.shapes.items(schema), at)
    return of_type("array", at, body, known_type)


def items(codec: Codec, found: ItemSchemas, at: At) -> tree.Block:
    """Statements that decode the items of a list. The value stays the same list, unless
    items are turned into something that is no JSON, when it becomes a new one, or it is
    a tuple."""
    if not found.prefix:
        if found.is_closed:
            return ()
        if found.rest is None:
            return (wide_integers.note_rounded(at.v),)
        return _each_item(codec, found.rest, at)
    new = found.is_tuple or any(map(codec.turns, (*found.prefix, found.rest)))
    out = at.local("items") if new else at.v
    body: tree.Block = (Assign(out, call("list", at.v)),) if new else ()
    for index, inner in enumerate(found.prefix):
        first = _item(codec, inner, index, out, at)
        if not found.is_tuple:
            test = compare(cond.size(at.v), ">", Constant(index))
            first = (tree.If(test, first),)
        body += first
    if found.is_tuple:
        body += (Assign(at.v, call("tuple", out)),)
        size = compare(cond.size(at.v), "==", Constant(len(found.prefix)))
        return (tree.If(size, body),)
    body += () if found.is_closed else _behind(codec, found, out, at)
    return (*body, Assign(at.v, out)) if new else body


def _item(
    codec: Codec, inner: ir.Schema | None, index: int, out: Name, at: At
) -> tree.Block:
    """Statements that decode the item at an index."""
    x, item = at.local("x"), tree.Subscript(out, Constant(index))
    if inner is None:
        return (wide_integers.note_rounded(item),)
    body = codec.value(inner, at.inside(x, nested=True))
    stored = (Assign(item, x),) if search.assigns(body, x) else ()
    read = (Assign(x, item),) if search.uses(body, x) else ()
    return (*read, *body, *stored)


def _behind(codec: Codec, found: ItemSchemas, out: Name, at: At) -> tree.Block:
    """Statements that decode the items behind those that have schemas of their own."""
    size = len(found.prefix)
    x = at.local("x")
    if found.rest is None:
        return (wide_integers.note_rounded(tree.Slice(at.v, size)),)
    body = codec.value(found.rest, at.inside(x, nested=True))
    if not body:
        return ()
    part = tree.Slice(at.v, size)
    if not search.assigns(body, x):
        more = compare(cond.size(at.v), ">", Constant(size))
        return _each(x, part, more, body)
    i = at.local("i")
    pair = tree.Display("()", (i, x))
    numbered = call("enumerate", part, Constant(size))
    return (tree.For(pair, numbered, (*body, Assign(tree.Subscript(out, i), x))),)


def _each(
    x: Name, values: tree.Expr, are_some: tree.Expr, body: tree.Block
) -> tree.Block:
    """A loop with `body` for each of some values. Where only their presence matters
    (`are_some`), there is no loop."""
    if not search.uses(body, x):
        return (tree.If(are_some, body),)
    return (tree.For(x, values, body),)


def _each_item(codec: Codec, inner: ir.Schema, at: At) -> tree.Block:
    """Statements that decode the items of an array whose items all have one schema."""
    x = at.local("x")
    body = codec.value(inner, at.inside(x, nested=True))
    if not body:
        return ()
    if not search.assigns(body, x):
        return _each(x, at.v, at.v, body)
    if not codec.turns(inner):
        i = at.local("i")
        store = Assign(tree.Subscript(at.v, i), x)
        pair = tree.Display("()", (i, x))
        return (tree.For(pair, call("enumerate", at.v), (*body, store)),)
    out = at.local("items")
    append = tree.Attribute(out, "append")

    def put(value: tree.Expr, also: Name | None) -> tree.Statement | None:
        return tree.Do(Call(append, (value,))) if also is None else None

    found = storing.put_where_made(body, x, put)
    if found is not None and found.always:
        stored = found.block
    else:
        stored = (*body, tree.Do(Call(append, (x,))))
    empty = Assign(out, tree.Display("[]", ()))
    return (empty, tree.For(x, at.v, stored), Assign(at.v, out))


# --- maps -----------------------------------------------------------------------------


def is_simple_map(schema: ir.Schema) -> bool:
    """Whether a schema asserts nothing of objects but what their values are and how
    many there are, and each value has one schema."""
    rest = walk.find(schema, ir.AdditionalProperties)
    by_pattern = walk.find(schema, ir.PatternProperties)
    if rest is None and by_pattern is None:
        return False
    if rest is not None and rest.known:
        return False
    kinds = all(isinstance(a, _MAP_KINDS) for a in schema.assertions)
    alone = by_pattern is None or len(by_pattern.schemas) == 1
    return kinds and alone and cond.only_type(schema) == "object"


def mapping(
    codec: Codec, schema: ir.Schema, at: At, known_type: str = ""
) -> tree.Block:
    """Statements that decode a value of such a schema."""
    body: tree.Block = ()
    for a in schema.assertions:
        if not at.valid and isinstance(a, ir.OnObjects):
            body += drift_if(cond.object_conditions(a, at.v))
    body += values(codec, codec.shapes.values(schema), at, checked=not at.valid)
    return of_type("object", at, body, known_type)


def values(
    codec: Codec, found: ValueSchemas, at: At, *, checked: bool = True
) -> tree.Block:
    """Statements that decode the values of a dict. The value stays the same dict,
    unless values are turned into something that is no JSON, when it becomes a new
    one."""
    k, x = at.local("k"), at.local("x")
    inner = [schema for _, schema in found.patterns]
    body = _rest(codec, found, at, checked)
    if found.patterns:
        cases = [
            (cond.matches(pattern, k), codec.value(schema, at.inside(x, nested=True)))
            for pattern, schema in found.patterns
        ]
        body = tree.chain(cases, body)
    if not body:
        return ()
    changed = search.assigns(body, x)
    if not changed and not search.uses(body, k):
        every = Call(tree.Attribute(at.v, "values"))
        return _each(x, every, at.v, body)
    pair = tree.Display("()", (k, x))
    each = Call(tree.Attribute(at.v, "items"))
    if not changed:
        return (tree.For(pair, each, body),)
    if not any(map(codec.turns, [*inner, found.rest])):
        return (tree.For(pair, each, (*body, Assign(tree.Subscript(at.v, k), x))),)
    out = at.local("pairs")
    stored = (*body, Assign(tree.Subscript(out, k), x))
    loop = tree.For(pair, each, stored)
    return (Assign(out, tree.Mapping(())), loop, Assign(at.v, out))


def _rest(codec: Codec, found: ValueSchemas, at: At, checked: bool) -> tree.Block:
    """Statements that decode a value whose name matches no pattern."""
    x = at.local("x")
    if found.is_closed:
        return (DRIFT,) if checked else ()
    if found.rest is None:
        return (wide_integers.note_rounded(x),)
    return codec.value(found.rest, at.inside(x, nested=True))
