"""What a generated check does when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codegen.python import conditions as cond
from codegen.python.checks.context import At
from codegen.python.emit import tree
from codegen.python.emit.tree import Constant

OUT: Final = tree.Name("out")
"""The list that a collecting check appends to."""

NO: Final[tree.Block] = (tree.Return(Constant(False)),)


@dataclass(frozen=True, slots=True)
class Way:
    """What a check does when something is wrong: collect it, or answer no."""

    collecting: bool

    def fail(self, at: At, keyword: str, why: str) -> tree.Block:
        """The statement for a failed assertion."""
        if not self.collecting:
            return NO
        arguments = (OUT, at.path, at.v, Constant(keyword), Constant(why))
        return (tree.Do(cond.helper("fail", *arguments)),)

    def missing(self, at: At, name: str, keyword: str = "required") -> tree.Block:
        """The statement for a missing property."""
        if not self.collecting:
            return NO
        more = () if keyword == "required" else (Constant(keyword),)
        arguments = (OUT, at.path, Constant(name), *more)
        return (tree.Do(cond.helper("fail_missing", *arguments)),)

    def tests(self, tests: list[cond.Condition], at: At) -> tree.Block:
        """Statements that fail where a condition holds, one after the other."""
        return tuple(
            tree.If(test.failing, self.fail(at, test.keyword, test.why))
            for test in tests
        )


COLLECT: Final = Way(collecting=True)
ANSWER: Final = Way(collecting=False)
