"""Stores decoded values where they belong at once, instead of carrying them through
variables.

Most values stay what they are, so they can be stored while they are read. Others are
stored where they are made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from codegen.python.codec.context import REGISTRY
from codegen.python.codec.wide_integers import DRIFT
from codegen.python.emit import search, tree
from codegen.python.emit.tree import Assign, Name

Put: TypeAlias = Callable[[tree.Expr, Name | None], tree.Statement | None]
"""Makes the statement that stores a value, and also assigns it to a variable if one is
given. None if it cannot do both."""


def into(place: tree.Expr) -> Callable[..., Assign]:
    """Stores a value in something that can be assigned to."""
    return partial(Assign, place)


_LONGEST: Final = 40
"""Lines that begin with a longer name than this are broken, and then nothing else
should be assigned in them: Black and Ruff break such lines differently."""


def is_long(place: tree.Expr) -> bool:
    """Whether a place has a name so long that nothing else should be assigned in its
    line."""
    return isinstance(place, tree.Attribute) and len(place.name) > _LONGEST


def read(place: tree.Expr, value: tree.Expr, x: Name, body: tree.Block) -> tree.Block:
    """Statements that read `value`, check and convert it in the variable `x` by `body`,
    and store it in `place`."""
    if is_long(place):
        return (Assign(x, value), *body, Assign(place, x))
    if not search.assigns(body, x):
        return (Assign(place, value, x if search.uses(body, x) else None), *body)
    match body:
        case (Assign(target, tree.Call(made, (given,), ())),) if target == given == x:
            if not search.uses([made], x):
                return (Assign(place, tree.Call(made, (value,))),)
        case _:
            pass
    found = put_where_made(body, x, into(place))
    if found is None:
        return (Assign(x, value), *body, Assign(place, x))
    first = Assign(x, value) if found.always else Assign(place, value, x)
    return (first, *found.block)


def read_if_there(
    place: tree.Expr,
    value: tree.Expr,
    x: Name,
    absent: tree.Expr,
    *,
    lacking: tree.Block,
    there: tree.Block,
) -> tree.Block:
    """Statements that do the same for a value that may be `absent`: then those of
    `lacking` are run, and otherwise those of `there`."""
    if is_long(place):
        asked = tree.If(tree.compare(x, "is", absent), lacking, there)
        return (Assign(x, value), asked, Assign(place, x))
    found = put_where_made(there, x, into(place))
    if found is None or found.always:
        # It would nearly always be put there twice.
        test = tree.compare(tree.NamedExpr(x, value), "is", absent)
        return (tree.If(test, lacking, there), Assign(place, x))
    test = tree.compare(x, "is", absent)
    return (Assign(place, value, x), tree.If(test, lacking, found.block))


class Storing(NamedTuple):
    """A block that stores what it makes of a variable. Unless it `always` does, it can
    end without having stored anything, and the variable holds what is to be stored."""

    block: tree.Block
    always: bool


def put_where_made(
    block: tree.Block, x: Name, put: Put, *, is_read: bool = False
) -> Storing | None:
    """`block` changed so that what it makes of `x` is stored instead of being assigned
    to `x`. None if it cannot be changed so. `is_read` says whether `x` is used behind
    the block."""
    places = [i for i, s in enumerate(block) if search.assigns([s], x)]
    if not places:
        return Storing(block, always=False)
    place = places[-1]
    before, last, after = block[:place], block[place], block[place + 1 :]
    is_read = is_read or search.uses(after, x)
    found = _last(before, last, x, put, is_read)
    if found is None or (places[:-1] and not found.always):
        return None
    return found._replace(block=(*found.block, *after))


def _last(
    before: tree.Block, last: tree.Statement, x: Name, put: Put, is_read: bool
) -> Storing | None:
    """The end of a block, from what comes before its last statement that makes a value
    of `x`, with the value stored."""
    also = x if is_read else None
    match last:
        case Assign(target, value, None) if target == x:
            if not is_read and isinstance(value, Name):
                filled = _filled(before, value, put)
                if filled is not None:
                    return Storing(filled, always=True)
            made = put(value, also)
            return None if made is None else Storing((*before, made), always=True)
        case tree.If(_, first, second) | tree.Try(first, _, second, ()):
            pass
        case tree.Try(body, _, first, second) if not search.assigns(body, x):
            pass
        case _:
            return None
    one = put_where_made(first, x, put, is_read=is_read)
    two = put_where_made(second, x, put, is_read=is_read)
    if one is None or two is None:
        return None
    block = (*before, _with(last, one.block, two.block))
    return Storing(block, one.always and two.always)


def _with(
    last: tree.If | tree.Try, first: tree.Block, second: tree.Block
) -> tree.Statement:
    """An `if`, or a `try`, with other blocks in the places where values are made."""
    match last:
        case tree.If(test):
            return tree.If(test, first, second)
        case tree.Try(_, exceptions, _, ()):
            return tree.Try(first, exceptions, second)
        case _:
            return tree.Try(last.body, last.exceptions, first, second)


def _filled(before: tree.Block, made: Name, put: Put) -> tree.Block | None:
    """A block that begins with an empty list or dict and then fills it, changed so that
    it stores the list or dict at once."""
    for place, statement in enumerate(before):
        match statement:
            case Assign(target, tree.Display("[]", ()) | tree.Mapping(()) as empty):
                if target == made:
                    begun = put(empty, made)
                    rest = before[place + 1 :]
                    return None if begun is None else (*before[:place], begun, *rest)
            case _:
                pass
    return None


def returned(body: tree.Block, v: Name) -> tree.Block:
    """The body of a decoder in which values are returned where they are made, without a
    variable."""
    found: list[tree.Statement] = []
    for statement in body:
        match statement:
            case tree.If(test, inner, orelse):
                statement = tree.If(test, returned(inner, v), returned(orelse, v))
            case tree.Try(inner, exceptions, handler, orelse):
                parts = returned(inner, v), exceptions, returned(handler, v)
                statement = tree.Try(*parts, returned(orelse, v))
            case tree.Return(value) if value == v:
                statement = _returned(found, v) or statement
            case _:
                pass
        found.append(statement)
    return tuple(found)


def _returned(before: list[tree.Statement], v: Name) -> tree.Statement | None:
    """The statement that returns what the last of `before` has made of a value. That
    statement is removed. None if it makes nothing of the value."""
    match before:
        case [*_, Assign(target, value, None)] if target == v:
            before.pop()
            return tree.Return(value)
        case [*_, last] if last == DRIFT:
            before.pop()
            return tree.Return(tree.call("drifted", v, home=REGISTRY))
        case _:
            return None
