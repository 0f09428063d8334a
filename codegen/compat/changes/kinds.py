"""Changes of the JSON types that a place takes, and of its unions as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.compat import rules
from codegen.compat.changes.change import Change, Facet, Place
from codegen.compat.changes.constraints import show
from codegen.compat.changes.shapes import hinted, is_union, kinds, named
from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form
from codegen.compat.normal.normalise import Expansion


def by_type(
    where: Place,
    before: Expansion,
    after: Expansion,
    left: dict[str, list[Form]],
    right: dict[str, list[Form]],
    two: bool = False,
) -> Iterator[Change]:
    """Types that came or went. `left` and `right` are the alternatives that are not the
    same named schema in both versions; `two` tells that the place is another thing
    now."""
    gone = [k for k in left if not after.forms.get(k)]
    come = [k for k in right if not before.forms.get(k)]
    if not before.forms or not after.forms:
        yield from _emptied(where, left, right)
        return
    # What is left over may be less: branches that are the same named schema in
    # both versions are compared as such.
    if gone and come and not two and not any(k in after.forms for k in before.forms):
        message = f"type {kinds(before)} became {kinds(after)}"
        first_old, first_new = left[gone[0]][0], right[come[0]][0]
        yield where.change(rules.TYPE_CHANGED, message, first_old, first_new)
        return
    plain_gone = [k for k in gone if k != "null"]
    plain_come = [k for k in come if k != "null"]
    if "null" in gone:
        yield where.change(
            rules.NULL_FORBIDDEN,
            "null is no longer allowed",
            left["null"][0],
            None,
        )
    if "null" in come:
        yield where.change(
            rules.NULL_ALLOWED, "null is allowed", None, right["null"][0]
        )
    for kind in plain_gone:
        rule = rules.UNION_BRANCH_REMOVED if is_union(before) else rules.TYPE_NARROWED
        yield where.change(
            rule, f"{named(kind)} is no longer allowed", left[kind][0], None
        )
    for kind in plain_come:
        rule = rules.UNION_BRANCH_ADDED if is_union(before) else rules.TYPE_WIDENED
        yield where.change(rule, f"{named(kind)} is allowed", None, right[kind][0])


def hints(where: Place, before: Expansion, after: Expansion) -> Iterator[Change]:
    """Values named beside a branch that accepts every string."""
    mine = hinted(before.forms.get("string", ()))
    other = hinted(after.forms.get("string", ()))
    if mine is not None and other is not None and mine != other:
        come = [show(v) for v in other if v not in mine]
        gone = [show(v) for v in mine if v not in other]
        message = "; ".join(
            f"{', '.join(many[:8])} {word} the known values of an open list"
            for many, word in ((come, "joined"), (gone, "left"))
            if many
        )
        old, new = before.forms["string"][0], after.forms["string"][0]
        yield where.change(rules.OPEN_ENUM_CHANGED, message, old, new, Facet())


def _emptied(
    where: Place, left: dict[str, list[Form]], right: dict[str, list[Form]]
) -> Iterator[Change]:
    for many in left.values():
        message = "nothing is accepted here any more"
        yield where.change(rules.SCHEMA_FORBIDDEN, message, many[0], None)
        return
    for many in right.values():
        message = "something is accepted where nothing was"
        yield where.change(rules.SCHEMA_ALLOWED, message, None, many[0])
        return


def overlaps(where: Place, before: Expansion, after: Expansion) -> Iterator[Change]:
    """Where a `oneOf` stands on one side, overlapping branches may matter."""

    def exclusive(expansion: Expansion) -> bool:
        return any(
            isinstance(residue, forms.Exclusive)
            for form in expansion.all()
            for residue in form.residues
        )

    if exclusive(before) or exclusive(after):
        message = "what fits several branches at once is judged otherwise"
        facet = Facet(whole=True)
        yield where.change(
            rules.UNION_OVERLAP_CHANGED,
            message,
            None,
            None,
            facet,
            "",
            weak=True,
        )
