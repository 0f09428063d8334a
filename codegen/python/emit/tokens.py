"""Expressions and statements as tokens: pieces of a line that are never broken.

Joined, the tokens are the line. Nearly all lines are short, and nothing more has to be
done. `layout` breaks the others, and for it some tokens are marks: brackets, and the
words before which Black breaks lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Table
from functools import cache
from typing import Any, Final, Self, TypeAlias

from codegen import text
from codegen.python.emit import tree

Tokens: TypeAlias = list[str]

Renames: TypeAlias = Table[str, str]
"""New names of models in the module at hand."""


class Mark(str):
    """A token that matters for the layout of a line.

    `kind` is `open`, `close` or `comma`, or empty for a word before which a line may be
    broken; the line is broken first where the `priority` is highest. `owner` tells what
    brackets belong to: an `atom` (a display or parentheses), a `trailer` (a call or
    subscript), a `test` (a conditional expression) or `def`. A bracket without text can
    become a parenthesis if the line is broken there.
    """

    kind: str
    owner: str
    priority: int

    def __new__(
        cls, shown: str, kind: str = "", owner: str = "", priority: int = 0
    ) -> Self:
        mark = super().__new__(cls, shown)
        mark.kind, mark.owner, mark.priority = kind, owner, priority
        return mark


COMMA_PRIORITY: Final = 18
COMPARATOR_PRIORITY: Final = 10
DOT_PRIORITY: Final = 1

SPACE: Final = " "
COMMA: Final = Mark(",", "comma", priority=COMMA_PRIORITY)
LOOSE_COMMA: Final = Mark(",")
"""The comma between targets of a loop, where no line is broken."""

_FOR: Final = Mark("for", priority=20)
_WHERE: Final = Mark("if", priority=20)
_IF: Final = Mark("if", priority=16)
_ELSE: Final = Mark("else", priority=16)
_OR: Final = Mark("or", priority=14)
_AND: Final = Mark("and", priority=14)
_DOT: Final = Mark(".", priority=DOT_PRIORITY)
_BINARY: Final = {
    "|": Mark("|", priority=9),
    "&": Mark("&", priority=7),
    "+": Mark("+", priority=5),
}


def _brackets(pair: str, owner: str) -> tuple[Mark, Mark]:
    shown = (pair[:1], pair[1:])
    return Mark(shown[0], "open", owner), Mark(shown[1], "close", owner)


_ATOMS: Final = {pair: _brackets(pair, "atom") for pair in ("[]", "{}", "()")}
CALL: Final = _brackets("()", "trailer")
_SUBSCRIPT: Final = _brackets("[]", "trailer")
_OPTIONAL: Final = _brackets("", "atom")
_TEST: Final = _brackets("", "test")
PARAMETERS: Final = _brackets("()", "def")

# How tightly an expression holds together, from loose to tight.
_LEVEL_TEST, _LEVEL_OR, _LEVEL_AND, _LEVEL_NOT, _LEVEL_COMPARE = range(5)
_LEVELS: Final = {"|": 5, "&": 6, "+": 7}
_LEVEL_ATOM: Final = 8


def expression(out: Tokens, node: tree.Expr, renames: Renames, least: int = 0) -> None:
    """Append the tokens of an expression. It gets parentheses if it binds more loosely
    than `least`."""
    # By type, as there are a million: most are one of the first two.
    if type(node) is tree.Name:
        _name(out, node, renames, least)
    elif type(node) is tree.Constant:
        _constant(out, node.value)
    else:
        _BY_KIND[type(node)](out, node, renames, least)


def _name(out: Tokens, node: tree.Name, renames: Renames, _least: int) -> None:
    """Append a name; one that is found in another module has that module and a dot
    before it."""
    shown = renames.get(node.id if node.home is None else f"{node.home}:{node.id}")
    if shown is None:
        out.append(node.id)
    elif "." in shown:
        out += shown.partition(".")
    else:
        out.append(shown)


def _attribute(
    out: Tokens, node: tree.Attribute, renames: Renames, _least: int
) -> None:
    expression(out, node.value, renames, _LEVEL_ATOM)
    closed = isinstance(out[-1], Mark) and out[-1].kind == "close"
    out += (_DOT if closed else ".", node.name)


def _call(out: Tokens, node: tree.Call, renames: Renames, _least: int) -> None:
    expression(out, node.function, renames, _LEVEL_ATOM)
    out.append(CALL[0])
    if len(node.arguments) == 1 and not node.keywords:
        expression(out, node.arguments[0], renames)
    else:
        _items(out, node.arguments, renames)
    for place, (keyword, given) in enumerate(node.keywords):
        out += (COMMA, SPACE) if place or node.arguments else ()
        out += (keyword, "=")
        _element(out, given, renames)
    if node.exploded:
        out.append(COMMA)
    out.append(CALL[1])


def _subscript(
    out: Tokens, node: tree.Subscript, renames: Renames, _least: int
) -> None:
    expression(out, node.value, renames, _LEVEL_ATOM)
    out.append(_SUBSCRIPT[0])
    _items(out, _unpacked(node.index), renames)
    out.append(_SUBSCRIPT[1])


def _slice(out: Tokens, node: tree.Slice, renames: Renames, _least: int) -> None:
    expression(out, node.value, renames, _LEVEL_ATOM)
    out += (_SUBSCRIPT[0], str(node.start), ":", _SUBSCRIPT[1])


def _dict(out: Tokens, node: tree.Mapping, renames: Renames, _least: int) -> None:
    _mapping(out, node.pairs, renames, exploded=node.exploded)


def _display(out: Tokens, node: tree.Display, renames: Renames, _least: int) -> None:
    opening, closing = _ATOMS[node.brackets]
    out.append(opening)
    _items(out, node.items, renames)
    if len(node.items) == 1 and node.brackets == "()":
        out.append(COMMA)
    out.append(closing)


def _named(out: Tokens, node: tree.NamedExpr, renames: Renames, _least: int) -> None:
    out.append(_ATOMS["()"][0])
    expression(out, node.target, renames)
    out += (SPACE, ":=", SPACE)
    expression(out, node.value, renames)
    out.append(_ATOMS["()"][1])


def _loose(out: Tokens, node: tree.Expr, renames: Renames, least: int) -> None:
    """Append an expression that may need parentheses."""
    if _level(node) < least:
        out.append(_ATOMS["()"][0])
        _operation(out, node, renames)
        out.append(_ATOMS["()"][1])
    else:
        _operation(out, node, renames)


_LEVEL_OF: Final[Table[type, int]] = {
    tree.Conditional: _LEVEL_TEST,
    tree.Some: _LEVEL_OR,
    tree.All: _LEVEL_AND,
    tree.Not: _LEVEL_NOT,
    tree.Compare: _LEVEL_COMPARE,
}


def _level(node: tree.Expr) -> int:
    if isinstance(node, tree.Binary):
        return _LEVELS[node.operator]
    return _LEVEL_OF.get(type(node), _LEVEL_ATOM)


def _operation(out: Tokens, node: tree.Expr, renames: Renames) -> None:
    match node:
        case tree.Compare():
            operands = node.operands
            expression(out, operands[0], renames, _LEVEL_COMPARE + 1)
            for operator, operand in zip(node.operators, operands[1:], strict=True):
                out += _comparator(operator)
                expression(out, operand, renames, _LEVEL_COMPARE + 1)
        case tree.All(parts):
            _chain(out, parts, _AND, renames, _LEVEL_NOT)
        case tree.Some(parts):
            # A conjunction inside needs no parentheses, but would be broken like this.
            _chain(out, parts, _OR, renames, _LEVEL_NOT)
        case tree.Not(value):
            out += ("not", SPACE)
            expression(out, value, renames, _LEVEL_NOT)
        case tree.Binary(operator, left, right):
            level = _LEVELS[operator]
            expression(out, left, renames, level)
            out += (SPACE, _BINARY[operator], SPACE)
            expression(out, right, renames, level + 1)
        case tree.Conditional(test, yes, no):
            expression(out, yes, renames, _LEVEL_OR)
            out += (SPACE, _IF, SPACE)
            expression(out, test, renames, _LEVEL_OR)
            out += (SPACE, _ELSE, SPACE)
            _element(out, no, renames)
        case tree.Comprehension():
            _comprehension(out, node, renames)
        case _:
            raise TypeError(f"no expression: {node!r}")


@cache
def _comparator(operator: str) -> tuple[str, ...]:
    """The tokens of a comparison operator, each word with its space."""
    first, *more = operator.split()
    others = (word for extra in more for word in (extra, SPACE))
    return (SPACE, Mark(first, priority=COMPARATOR_PRIORITY), SPACE, *others)


def _chain(
    out: Tokens,
    parts: Iterable[tree.Expr],
    word: Mark,
    renames: Renames,
    least: int,
) -> None:
    for index, part in enumerate(parts):
        out += (SPACE, word, SPACE) if index else ()
        expression(out, part, renames, least)


def _items(out: Tokens, items: Iterable[tree.Expr], renames: Renames) -> None:
    for index, item in enumerate(items):
        out += (COMMA, SPACE) if index else ()
        _element(out, item, renames)


def _element(out: Tokens, node: tree.Expr, renames: Renames) -> None:
    """Append an expression that stands in brackets. A conditional expression may get
    parentheses there."""
    if type(node) is tree.Conditional:
        out.append(_TEST[0])
        expression(out, node, renames)
        out.append(_TEST[1])
    else:
        expression(out, node, renames)


def _mapping(
    out: Tokens,
    pairs: Iterable[tuple[tree.Expr, tree.Expr]],
    renames: Renames,
    *,
    exploded: bool = False,
) -> None:
    out.append(_ATOMS["{}"][0])
    for index, (key, value) in enumerate(pairs):
        out += (COMMA, SPACE) if index else ()
        _element(out, key, renames)
        out += (":", SPACE)
        _element(out, value, renames)
    if exploded and out[-1] != "{":
        out.append(COMMA)
    out.append(_ATOMS["{}"][1])


def _comprehension(out: Tokens, node: tree.Comprehension, renames: Renames) -> None:
    opening, closing = _ATOMS.get(node.brackets, ("", ""))
    out += [opening] if opening else []
    if node.key is not None:
        expression(out, node.key, renames)
        out += (":", SPACE)
    _element(out, node.element, renames)
    out += (SPACE, _FOR, SPACE)
    targets(out, node.target, renames)
    out += (SPACE, "in", SPACE)
    expression(out, node.iterable, renames, _LEVEL_OR)
    if node.test is not None:
        out += (SPACE, _WHERE, SPACE)
        expression(out, node.test, renames, _LEVEL_OR)
    out += [closing] if closing else []


def targets(out: Tokens, node: tree.Expr, renames: Renames) -> None:
    """Append the targets of a comprehension: a name, or several."""
    for index, part in enumerate(_unpacked(node)):
        out += (LOOSE_COMMA, SPACE) if index else ()
        expression(out, part, renames)


def _unpacked(node: tree.Expr) -> tuple[tree.Expr, ...]:
    """The items of a tuple that is written without parentheses; any other node
    alone."""
    if isinstance(node, tree.Display) and node.brackets == "()" and len(node.items) > 1:
        return node.items
    return (node,)


_string: Final = cache(text.string)
"""The same names and values are written again and again."""


def _constant(out: Tokens, value: Any) -> None:
    if type(value) is str:
        out.append(_string(value))
        return
    match value:
        case str():
            out.append(_string(value))
        case None | bool():
            out.append(repr(value))
        case int():
            out.append(text.integer(value))
        case float():
            out.append(text.number(value))
        case dict():
            out.append(_ATOMS["{}"][0])
            for index, (key, item) in enumerate(value.items()):
                out += (COMMA, SPACE) if index else ()
                _constant(out, key)
                out += (":", SPACE)
                _constant(out, item)
            out.append(_ATOMS["{}"][1])
        case list() | tuple():
            opening, closing = _ATOMS["[]" if isinstance(value, list) else "()"]
            out.append(opening)
            for index, item in enumerate(value):
                out += (COMMA, SPACE) if index else ()
                _constant(out, item)
            if isinstance(value, tuple) and len(value) == 1:
                out.append(COMMA)
            out.append(closing)
        case _:
            raise ValueError(f"not a JSON value: {type(value).__name__}")


def loop_targets(out: Tokens, node: tree.Expr, renames: Renames) -> None:
    """Append the targets of a loop, with parentheses if the line is broken there."""
    out.append(_OPTIONAL[0])
    _items(out, _unpacked(node), renames)
    out.append(_OPTIONAL[1])


def optional(out: Tokens, node: tree.Expr, renames: Renames) -> None:
    """Append an expression that gets parentheses if the line is broken there, unless it
    has its own."""
    own = isinstance(node, tree.Display) and node.brackets == "()"
    if own or (isinstance(node, tree.Constant) and isinstance(node.value, tuple)):
        expression(out, node, renames)
    else:
        out.append(_OPTIONAL[0])
        expression(out, node, renames)
        out.append(_OPTIONAL[1])


_BY_KIND: Final[Table[type, Callable[[Tokens, Any, Renames, int], None]]] = {
    tree.Name: _name,
    tree.Attribute: _attribute,
    tree.Call: _call,
    tree.Subscript: _subscript,
    tree.Slice: _slice,
    tree.Mapping: _dict,
    tree.Display: _display,
    tree.NamedExpr: _named,
    **dict.fromkeys((tree.Compare, tree.All, tree.Some, tree.Not), _loose),
    **dict.fromkeys((tree.Binary, tree.Conditional, tree.Comprehension), _loose),
}
