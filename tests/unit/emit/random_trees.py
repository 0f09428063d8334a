"""Random functions of the shapes that generated code has."""

from __future__ import annotations

import random
from typing import Any

from codegen.python.emit import tree
from codegen.python.emit.tree import Attribute, Call, Constant, Name, Subscript

_LONG = "RealtimeServerEventConversationItemInputAudioTranscriptionCompleted"
_WORDS = ["v", "p", "x1", "out", "drift", "CODECS", f"check_{_LONG}", "encode_Order"]
_OPERATORS = ["is", "is not", "in", "not in", "==", "!=", "<", ">="]


class Trees:
    """A source of random trees; the same seed gives the same ones."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def function(self) -> tree.Function:
        """A function with a body three levels deep."""
        name = self._pick(["f", f"check_{'Long' * self._random.randint(1, 18)}"])
        count = self._random.randint(0, 4)
        given = tuple(tree.Parameter(f"v{i}", Name("Any")) for i in range(count))
        return tree.Function(name, given, Name("Any"), self._block(3, 1))

    def _pick(self, choices: list[Any]) -> Any:
        return self._random.choice(choices)

    def _name(self) -> Name:
        return Name(self._pick(_WORDS))

    def _constant(self) -> Constant:
        text = "x" * self._random.randint(1, 100)
        values = [1, -3, 2.5, None, True, "a", 'it\'s "x"', "日本語テキスト", text]
        values += [["a", "b"], {"k": 1, "l": [1, 2]}, ("a",), ("a", 1), [], {}]
        return Constant(self._pick(values))

    def _several(self, depth: int, least: int, most: int) -> tuple[tree.Expr, ...]:
        count = self._random.randint(least, most)
        return tuple(self.expression(depth) for _ in range(count))

    def expression(self, depth: int) -> tree.Expr:
        """An expression at most so deep."""
        if depth <= 0 or self._random.random() < 0.15:
            return self._name() if self._random.random() < 0.7 else self._constant()
        inner = depth - 1
        make = self._pick([self._primary, self._operation, self._container])
        made: tree.Expr = make(inner)
        return made

    def _primary(self, inner: int) -> tree.Expr:
        held = self._pick([self._name(), Attribute(self._name(), "attr")])
        arguments = self._several(inner, 0, 5)
        keywords = tuple(
            (f"given{i}", self.expression(inner)) for i in range(self._pick([0, 0, 2]))
        )
        return self._pick(
            [
                Attribute(held, "attribute"),
                Subscript(held, self.expression(inner)),
                Call(held, arguments),
                Call(held, arguments, keywords),
                Call(Subscript(held, self.expression(inner)), arguments),
            ]
        )

    def _operation(self, inner: int) -> tree.Expr:
        one, other = self.expression(inner), self.expression(inner)
        return self._pick(
            [
                tree.compare(one, self._pick(_OPERATORS), other),
                tree.every(self._several(inner, 2, 4)),
                tree.some(self._several(inner, 2, 4)),
                tree.Not(one),
                tree.Binary(self._pick(["|", "+", "&"]), one, other),
                tree.Conditional(one, other, self.expression(inner)),
            ]
        )

    def _container(self, inner: int) -> tree.Expr:
        brackets = self._pick(["[]", "{}", "()"])
        items = self._several(inner, 1 if brackets == "{}" else 0, 5)
        pairs = tuple((self._constant(), item) for item in items)
        targets = [Name("i"), tree.Display("()", (Name("k"), Name("i")))]
        return self._pick(
            [
                tree.Display(brackets, items),
                tree.Mapping(pairs, exploded=self._random.random() < 0.3),
                tree.Comprehension(
                    "[]",
                    self.expression(inner),
                    self._pick(targets),
                    self._iterable(),
                    self._pick([None, self.expression(inner)]),
                ),
            ]
        )

    def _iterable(self) -> tree.Expr:
        v = self._name()
        items = Call(Attribute(v, "items"))
        return self._pick([v, items, tree.call("enumerate", v, Constant(2))])

    def _target(self) -> tree.Expr:
        entry = Subscript(self._name(), Constant("key"))
        return self._pick([self._name(), Attribute(self._name(), "field"), entry])

    def _annotation(self) -> tree.Expr:
        pair = tree.Display("()", (Name("str"), Name("Any")))
        return self._pick([Name("Any"), Subscript(Name("dict"), pair)])

    def _block(self, depth: int, least: int) -> tree.Block:
        count = self._random.randint(least, 3)
        return tuple(self._statement(depth) for _ in range(count))

    def _statement(self, depth: int) -> tree.Statement:
        value = self.expression(self._random.randint(0, 4))
        test, below = self.expression(2), depth - 1
        small: list[tree.Statement] = [
            tree.Assign(self._target(), value),
            tree.Declare(Name("out"), self._annotation(), value),
            tree.Change(self._name(), "-=", value),
            tree.Do(Call(self._name(), self._several(2, 0, 4))),
            tree.Return(self._pick([None, value])),
        ]
        if depth <= 0 or self._random.random() < 0.6:
            chosen: tree.Statement = self._pick(small)
            return chosen
        pair = tree.Display("()", (Name("k"), Name("x2")))
        caught = tree.Display("()", (Name("KeyError"), Name("TypeError")))
        match self._random.randrange(3):
            case 0:
                return tree.If(test, self._block(below, 1), self._block(below, 0))
            case 1:
                target = self._pick([Name("x"), pair])
                return tree.For(target, self._iterable(), self._block(below, 1))
            case _:
                rest = self._block(below, 0)
                body, handler = self._block(below, 1), self._block(below, 1)
                return tree.Try(body, caught, handler, rest)
