"""What the templates of reference pages are given: plain data, nothing to decide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of running text; `code` is set apart as such."""

    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or with several `items` the points of a list; `code` is shown as it
    is, line by line."""

    items: tuple[tuple[Span, ...], ...]
    points: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a type; `href` leads to what it names."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A field: its name on the wire, and in Python where that is another; whether it
    may be absent or null is said in words."""

    wire: str
    attribute: str
    type: tuple[Part, ...]
    required: bool
    words: tuple[str, ...]
    text: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A value of an enumeration."""

    value: str
    name: str
    text: tuple[Block, ...]
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A document, as JSON and as Python that makes it; either may be empty."""

    json: str
    python: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be looked up. `kind` is what it is called on the page, `tag`
    the value by which an event is told, `name` what it is called in Python and
    `spec_name` in the specification, where that is something else."""

    kind: str
    anchor: str
    name: str
    spec_name: str
    tag: str
    text: tuple[Block, ...]
    words: tuple[str, ...] = ()
    type: tuple[Part, ...] = ()
    rows: tuple[Row, ...] = ()
    members: tuple[Member, ...] = ()
    example: Example | None = None
    used: tuple[Part, ...] = ()
    deprecated: bool = False

    @property
    def title(self) -> str:
        """What stands in its heading and in the lists that lead to it."""
        return self.tag or self.spec_name or self.name


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition over the life of a session, in words."""

    name: str
    text: tuple[Block, ...]
    steps: tuple[tuple[str, tuple[Part, ...]], ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one direction on a channel."""

    title: str
    events: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one kind."""

    anchor: str
    title: str
    about: str
    entries: tuple[Entry, ...]
