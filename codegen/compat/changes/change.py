"""What the structural comparison proposes: one difference at one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form, Node
from codegen.compat.rules.rule import Rule

StepKind: TypeAlias = Literal["property", "item", "rest", "pattern"]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step inwards: which member of which alternatives of which place."""

    kind: StepKind
    key: str | int
    old: Form
    new: Form
    old_node: Node
    new_node: Node


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """One thing said of a place, alone: by the old and by the new version.

    None where a version says nothing of the kind. `whole` asks about the place as
    it is instead.
    """

    old: Form | None = None
    new: Form | None = None
    whole: bool = False


def isolated(kind: str, old: forms.Facets, new: forms.Facets) -> Facet:
    """A facet of both versions."""
    return Facet(Form(kind, old), Form(kind, new))


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One difference at one place of a pair of schemas.

    `facet` is what must hold of a reader's alternative; without one, the question
    is whether the place has an alternative for `old` or `new` at all; `more` are
    further alternatives of the new version, or of the old one if `new` is None.
    """

    rule: Rule
    message: str
    path: tuple[Step, ...]
    old_node: Node
    new_node: Node
    old: Form | None
    new: Form | None
    facet: Facet | None = None
    token: str = ""
    weak: bool = False
    more: tuple[Form, ...] = ()

    @property
    def said(self) -> tuple[object, ...]:
        """What it has in common with the same change at another place."""
        return self.rule, self.message, self.token

    @property
    def mark(self) -> tuple[object, ...]:
        """What it has in common with the same change as somebody else reads it."""
        return self.rule, self.message, self.place

    @property
    def place(self) -> tuple[object, ...]:
        """Where it is: the keyword, and the way there."""
        return self.token, *self._way

    @property
    def _way(self) -> tuple[object, ...]:
        return tuple((step.kind, step.key) for step in self.path)

    def inside(self, other: Change) -> bool:
        """Whether it is at the place of another one, or further in."""
        return self._way[: len(other.path)] == other._way


@dataclass(frozen=True, slots=True, eq=False)
class Inward:
    """A pair of places one step further in, which is still to be compared."""

    step: Step
    old: Node
    new: Node


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A pair of places: how it was reached and what stands there."""

    path: tuple[Step, ...]
    old: Node
    new: Node

    def change(
        self,
        rule: Rule,
        message: str,
        old: Form | None,
        new: Form | None,
        facet: Facet | None = None,
        token: str = "",
        *,
        weak: bool = False,
        more: tuple[Form, ...] = (),
    ) -> Change:
        """A change of this place, or of one alternative that it has."""
        where = (self.path, self.old, self.new)
        return Change(rule, message, *where, old, new, facet, token, weak, more)

    def step(self, kind: StepKind, key: str | int, old: Form, new: Form) -> Step:
        """A step inwards from here."""
        return Step(kind, key, old, new, self.old, self.new)
