"""A line of code that may be broken: its leaves, brackets and delimiters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from codegen.python.emit.tokens import Mark
from codegen.text import LINE_LENGTH, width

INDENT: Final = "    "


class Leaf:
    """A token at its place in a line. A bracket without text can be given one.
    `opening` is the opening bracket that belongs to a closing one; a closing bracket
    `trails` if a comma stands before it."""

    __slots__ = (
        *("gap", "hidden", "kind", "opening", "optional", "owner", "priority"),
        *("shown", "text", "trails"),
    )

    def __init__(self, token: str, gap: bool) -> None:
        self.gap = gap
        self.opening: Leaf | None = None
        self.trails = False
        if isinstance(token, Mark):
            self.kind, self.owner = token.kind, token.owner
            self.priority = token.priority
            self.show(str(token))
            self.optional = self.hidden and self.owner == "atom"
        else:
            self.kind = self.owner = ""
            self.priority = 0
            self.show(token)
            self.optional = False

    def show(self, text: str) -> None:
        """Give it this text, or none. `shown` is the text with the gap before it; a
        bracket without text is `hidden`."""
        self.text = text
        self.shown = f" {text}" if self.gap else text
        self.hidden = not text


Leaves: TypeAlias = list[Leaf]


class Line:
    """A line that may still be broken.

    `inside` tells that it stands in brackets, where a line may be broken at its
    delimiters. `exploded` tells that it must be broken, and `magic` that a comma before
    a closing bracket demands that somewhere inside. `kind` is `def` for the head of a
    function.
    """

    def __init__(
        self, depth: int, leaves: Leaves, *, kind: str = "", inside: bool = False
    ) -> None:
        self.depth = depth
        self.leaves = leaves
        self.kind = kind
        self.inside = inside
        self.exploded = False
        self.delimiters: dict[int, int] = {}
        self.hidden: Leaves = []
        self.outermost: Leaves = []
        self.magic = False
        self.marked = False

    @property
    def text(self) -> str:
        text = "".join([leaf.shown for leaf in self.leaves])
        return INDENT * self.depth + text[self.leaves[0].gap :]

    def place(self, leaf: Leaf | None) -> int | None:
        """The index of a leaf in the line, if it is there; quick for leaves at the
        beginning."""
        places = (i for i, other in enumerate(self.leaves) if other is leaf)
        return next(places, None)

    def size(self, place: int) -> int:
        """The number of characters of the leaf at an index, with the gap before it."""
        leaf = self.leaves[place]
        return len(leaf.shown if place else leaf.text)

    def column(self, place: int) -> int:
        """The column of a leaf, but at most the greatest length of a line."""
        column = len(INDENT) * self.depth
        for before in range(place):
            column += self.size(before)
            if column > LINE_LENGTH:
                break
        return column

    def fits(self, room: int = LINE_LENGTH) -> bool:
        return width(self.text) <= room

    def mark(self, leaves: Sequence[Leaf]) -> Line:
        """Find the delimiters and hidden brackets among some leaves of the line. A
        delimiter is given by the leaf behind which the line would be broken.
        `outermost` are hidden brackets that do not stand in others."""
        self.marked = True
        depth = 0
        before: Leaf | None = None
        for place, leaf in enumerate(leaves):
            kind = leaf.kind
            if kind:
                if kind == "comma":
                    if not depth:
                        self.delimiters[id(leaf)] = leaf.priority
                    before = leaf
                    continue
                if kind == "close":
                    if not depth:
                        continue
                    depth -= 1
                    if before is not None and before.kind == "comma" and not self.magic:
                        self.magic = is_magic(leaves, place)
                if leaf.hidden:
                    self.hidden.append(leaf)
                    if not depth:
                        self.outermost.append(leaf)
                if kind == "open":
                    depth += 1
            elif not depth and leaf.priority and before is not None:
                self.delimiters[id(before)] = leaf.priority
            before = leaf
        return self

    def asks(self) -> bool:
        """Whether the line must be broken even if it fits. Most lines that fit are
        never marked, and stay as they are."""
        if not self.marked and True in [leaf.trails for leaf in self.leaves]:
            self.mark(self.leaves)
        return self.exploded or self.magic

    def loosest(self) -> int:
        """The highest priority of its delimiters, not counting a comma at the end; 0 if
        there are none."""
        if not self.delimiters:
            return 0
        last = id(self.leaves[-1]) if self.leaves else 0
        return max((p for key, p in self.delimiters.items() if key != last), default=0)

    def copy(self) -> Line:
        """The same line, with leaves of its own."""
        own: dict[int, Leaf] = {}
        leaves = []
        for leaf in self.leaves:
            new = Leaf(leaf.text, leaf.gap)
            new.kind, new.owner, new.priority = leaf.kind, leaf.owner, leaf.priority
            new.optional, new.trails = leaf.optional, leaf.trails
            new.opening = None if leaf.opening is None else own.get(id(leaf.opening))
            own[id(leaf)] = new
            leaves.append(new)
        line = Line(self.depth, leaves, kind=self.kind, inside=self.inside)
        line.exploded = self.exploded
        return line.mark(leaves)


def is_magic(leaves: Sequence[Leaf], place: int) -> bool:
    """Whether the comma before the closing bracket at an index demands one element a
    line. The comma of a tuple of one element does not."""
    closing = leaves[place]
    if not place or leaves[place - 1].kind != "comma":
        return False
    if closing.text != ")" if closing.owner == "atom" else closing.text == ")":
        return True
    depth = commas = 0
    while place and commas < 2 and leaves[place - 1] is not closing.opening:
        place -= 1
        depth += (leaves[place].kind == "close") - (leaves[place].kind == "open")
        commas += leaves[place].kind == "comma" and not depth
    return commas > 1
