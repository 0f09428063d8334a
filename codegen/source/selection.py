"""Finds the places that a JSONPath (RFC 9535) selects, at a bounded cost.

`python-jsonpath` parses paths and follows them. It is changed where it allows for
changes: numbers are exact or refused, values are compared as in JSON, regular
expressions take linear time, and every step is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Final, TypeAlias

import jsonschema_rs
from jsonpath import JSONPath, JSONPathEnvironment, JSONPathError, JSONPathMatch
from jsonpath.exceptions import JSONPathSyntaxError, JSONPathTypeError
from jsonpath.filter import (
    UNDEFINED,
    BaseExpression,
    FloatLiteral,
    RelativeFilterQuery,
    RootFilterQuery,
    StringLiteral,
)
from jsonpath.function_extensions import ExpressionType, FilterFunction
from jsonpath.lex import Lexer
from jsonpath.match import NodeList
from jsonpath.parse import Parser
from jsonpath.stream import TokenStream
from jsonpath.token import TOKEN_FLOAT, TOKEN_INT, Token

from codegen.source import numbers
from codegen.source.limits import MAX_ALL_STEPS, MAX_DEPTH, MAX_PATH, MAX_STEPS
from codegen.source.node import Json

Parts: TypeAlias = tuple[str | int, ...]

_INDEX: Final = re.compile(r"-?[0-9]{1,16}\Z")
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")


_CHEAPER: Final = "name places instead of looking for them by `..` or a filter"
"""What to do about a JSONPath that takes too long."""


class SelectionError(ValueError):
    """A JSONPath is not understood, or would take too long; the message says why."""


class Exhausted(SelectionError):
    """Several JSONPaths would take too long together; the message says so."""


class Steps:
    """The steps that are left to some JSONPaths together."""

    def __init__(self) -> None:
        self._left = MAX_ALL_STEPS

    def take(self, steps: int) -> None:
        """Raises `Exhausted` where fewer are left."""
        self._left -= steps
        if self._left < 0:
            message = f"all JSONPaths together take more than {MAX_ALL_STEPS} steps"
            raise Exhausted(f"{message}; {_CHEAPER}")


def select(target: str, data: Json, steps: Steps | None = None) -> list[Parts]:
    """The places that `target` selects, each once. Takes of `steps` what that costs.
    Raises `SelectionError`."""
    if len(target) > MAX_PATH:
        raise SelectionError(f"it is longer than {MAX_PATH} characters")
    environment = _Environment(target)
    try:
        return _selected(environment, target, data)
    finally:
        if steps is not None:
            steps.take(environment.spent)


def _selected(environment: _Environment, target: str, data: Json) -> list[Parts]:
    try:
        path = environment.compile(target)
        assert isinstance(path, JSONPath), "a strict path is not compound"
        found: list[JSONPathMatch] = [environment.node(data)]
        for segment in path.segments:
            # A place that is selected twice would be followed twice, and what
            # follows multiplies: `$..*..*..*`.
            unique = {match.parts: match for match in segment.resolve(found)}
            found = list(unique.values())
    except RecursionError:
        raise SelectionError("it is nested too deeply") from None
    except JSONPathError as error:
        # Not its text, which quotes the path and fails at the end of one.
        raise SelectionError(str(error.message)) from None
    return [match.parts for match in found]


class _Match(JSONPathMatch):
    """A node on the way. It costs a step, and remembers nothing but its place."""

    __slots__ = ("environment",)
    environment: _Environment

    def new_child(self, obj: object, key: int | str) -> _Match:
        return self.environment.node(obj, (*self.parts, key), self.root)

    def add_child(self, *_children: JSONPathMatch) -> None:
        """Children are not kept: nobody asks for them, and they are millions."""


class _Lexer(Lexer):
    """Leaves integers only where they can be an index, because Python converts them."""

    def tokenize(self, path: str) -> Iterator[Token]:
        for token in super().tokenize(path):
            if token.kind == TOKEN_INT and not _INDEX.match(token.value):
                token.kind = TOKEN_FLOAT
            yield token


class _Parser(Parser):
    """Reads numbers in filters exactly, and has queries inside filters count their
    steps."""

    env: _Environment

    def parse_integer_literal(self, stream: TokenStream) -> BaseExpression:
        return self.parse_float_literal(stream)

    def parse_float_literal(self, stream: TokenStream) -> BaseExpression:
        token = stream.next()
        if not _NUMBER.match(token.value):
            raise JSONPathSyntaxError(f"{token.value} is no number", token=token)
        try:
            value = numbers.parse(token.value)
        except ValueError as error:
            raise JSONPathSyntaxError(str(error), token=token) from None
        return FloatLiteral(value=value)

    def parse_absolute_query(self, stream: TokenStream) -> BaseExpression:
        stream.next()
        return RootFilterQuery(_Query(env=self.env, segments=self.parse_query(stream)))

    def parse_relative_query(self, stream: TokenStream) -> BaseExpression:
        stream.next()
        return _Relative(_Query(env=self.env, segments=self.parse_query(stream)))


class _Environment(JSONPathEnvironment):
    """What reads one JSONPath and follows it."""

    lexer_class = _Lexer
    parser_class = _Parser
    max_recursion_depth = MAX_DEPTH + 1

    def __init__(self, target: str) -> None:
        self.spent = 0
        # At each node all selectors of a segment are tried.
        self.cost = 1 + target.count(",")
        super().__init__(strict=True)

    def spend(self, steps: int) -> None:
        self.spent += steps
        if self.spent > MAX_STEPS:
            message = f"it takes more than {MAX_STEPS} steps; {_CHEAPER}"
            raise JSONPathError(message)

    def node(self, value: Json, parts: Parts = (), root: Json = None) -> _Match:
        """A node; without `parts` the root itself."""
        self.spend(self.cost)
        match = _Match(
            filter_context={},
            obj=value,
            parent=None,
            path="",
            parts=parts,
            root=root if parts else value,
        )
        match.environment = self
        return match

    def setup_function_extensions(self) -> None:
        super().setup_function_extensions()
        self.function_extensions["match"] = _Regex(self, "^(?:{})$")
        self.function_extensions["search"] = _Regex(self, "{}")

    def validate_function_extension_signature(
        self, token: Token, args: list[Any]
    ) -> list[Any]:
        checked = super().validate_function_extension_signature(token, args)
        function = self.function_extensions[token.value]
        if isinstance(function, _Regex) and isinstance(checked[1], StringLiteral):
            pattern = checked[1].value
            # A pattern of the document that is none matches nothing. One of the
            # path is a mistake of whoever wrote it.
            if function.compiled(pattern) is None:
                message = f"{pattern!r} is no regular expression of JSONPath (I-Regexp)"
                raise JSONPathTypeError(message, token=token)
        return checked

    def getitem(self, obj: Any, key: Any) -> Any:
        # A slice selects from lists alone.
        return "" if isinstance(obj, str) else super().getitem(obj, key)

    def compare(self, left: object, operator: str, right: object) -> bool:
        """Compare as RFC 9535 does: a boolean is not a number, and an absent value
        equals only another absent one."""
        if operator == "&&":
            return self.is_truthy(left) and self.is_truthy(right)
        if operator == "||":
            return self.is_truthy(left) or self.is_truthy(right)
        left, right = _value(left), _value(right)
        match operator:
            case "==":
                return self._same(left, right)
            case "!=":
                return not self._same(left, right)
            case "<":
                return _less(left, right)
            case ">":
                return _less(right, left)
            case "<=":
                return _less(left, right) or self._same(left, right)
            case _:
                return _less(right, left) or self._same(left, right)

    def _same(self, left: object, right: object) -> bool:
        self.spend(1)
        if isinstance(left, dict) and isinstance(right, dict):
            return left.keys() == right.keys() and all(
                self._same(value, right[key]) for key, value in left.items()
            )
        if isinstance(left, list) and isinstance(right, list):
            return len(left) == len(right) and all(map(self._same, left, right))
        if isinstance(left, bool) or isinstance(right, bool):
            return left is right
        return left == right


def _value(operand: object) -> object:
    """The value to compare. An empty list of nodes is an absent value, not `[]`."""
    return UNDEFINED if isinstance(operand, NodeList) else operand


def _less(left: object, right: object) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left < right
    return False


class _Query(JSONPath):
    """A query inside of a filter."""

    env: _Environment

    def finditer(self, data: Any, **_context: Any) -> Iterable[JSONPathMatch]:
        found: Iterable[JSONPathMatch] = [self.env.node(data)]
        for segment in self.segments:
            found = segment.resolve(found)
        return found


class _Relative(RelativeFilterQuery):
    """A query from the current node. It exists whatever the value of the node."""

    def evaluate(self, context: Any) -> object:
        return NodeList(self.path.finditer(context.current))


class _Regex(FilterFunction):
    """`match` and `search`, by an engine that takes linear time."""

    arg_types: ClassVar = [ExpressionType.VALUE, ExpressionType.VALUE]
    return_type = ExpressionType.LOGICAL

    def __init__(self, environment: _Environment, form: str) -> None:
        self._environment = environment
        self._form = form
        self._known: dict[str, jsonschema_rs.Draft202012Validator | None] = {}

    def compiled(self, pattern: str) -> jsonschema_rs.Draft202012Validator | None:
        """A function that tells whether a string matches; None if the pattern is not
        one."""
        if pattern not in self._known:
            self._environment.spend(len(pattern))
            schema = {"pattern": self._form.format(_any_character(pattern))}
            try:
                self._known[pattern] = jsonschema_rs.Draft202012Validator(
                    schema, pattern_options=jsonschema_rs.RegexOptions()
                )
            except jsonschema_rs.ValidationError:
                self._known[pattern] = None
        return self._known[pattern]

    def __call__(self, value: object, pattern: object) -> bool:
        if not isinstance(value, str) or not isinstance(pattern, str):
            return False
        self._environment.spend(1 + len(value) // 100)
        judge = self.compiled(pattern)
        return judge is not None and judge.is_valid(value)


def _any_character(pattern: str) -> str:
    """A dot of I-Regexp does not match a carriage return, either."""
    parts = re.findall(r"\\.|\[(?:\\.|[^\]\\])*\]|.", pattern, re.DOTALL)
    return "".join(r"[^\n\r]" if part == "." else part for part in parts)
