"""What schemas wish to be called after their places, from the first choice to the
last."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from codegen.python.model import identifiers

Role: TypeAlias = Literal["part", "branch"]
"""What a schema is to the one around it: a part of its `allOf`, or a branch of a
union."""


class Wish(NamedTuple):
    """What a schema wishes to be called.

    `name` is the first choice, `of_parts` tells the parts of `allOf` that it stands in
    as well, and `of_branches` the branches of unions, too. `stem` is what names of
    schemas inside it begin with: what a part declares is declared by the whole.
    """

    name: str
    stem: str
    of_parts: str
    of_branches: str

    @classmethod
    def given(cls, name: str) -> Wish:
        """The wish of a schema that has a name, whatever its place."""
        return cls(name, name, name, name)

    def inside(self, word: str, role: Role | None = None, told: str = "") -> Wish:
        """The wish of a schema inside it, with the word for its place. `told` is a word
        that tells it from others with the same word: branches that come before, or what
        stands under other conditions."""
        stem, of_parts, of_branches = self.stem, self.of_parts, self.of_branches
        name = joined(stem, word)
        parts = name if of_parts == stem else joined(of_parts, word)
        last = parts if of_branches == of_parts else joined(of_branches, word)
        if told:
            last = joined(of_branches, told)
        elif role == "branch":
            last = f"{last}Branch"
        return Wish(name, stem if role == "part" else name, parts, last)


def joined(base: str, word: str) -> str:
    """The name for a place inside `base`. Words that end the one and begin the other
    are not repeated (`Tracing` and `TracingConfiguration`), unless nothing new would be
    said then."""
    right = identifiers.words(word)
    if base.isascii() and (not right or right[0] not in base):
        return base + word
    left = identifiers.words(base)
    for count in range(min(len(left), len(right) - 1), 0, -1):
        if left[-count:] == right[:count]:
            return base + "".join(right[count:])
    return base + word
