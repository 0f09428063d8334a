"""`x-session-rules`: conditions over the life of a session."""

from __future__ import annotations

from codegen.frontend import extensions
from codegen.frontend.context import Content, Context
from codegen.frontend.resources import Place
from codegen.ir import model as ir

KEYWORD = "x-session-rules"


def read(context: Context, content: Content, holder: Place | None) -> None:
    """Note the rules of a document's root, or of a channel."""
    if holder is None or not isinstance(holder.data, dict):
        return
    if KEYWORD not in holder.data:
        return
    place = context.lowering.child(holder, KEYWORD)
    if extensions.check(context.lowering, place, KEYWORD):
        for rule in context.elements(place):
            content.session_rules.append(rule)


def lower(context: Context, rule: Place) -> ir.SessionRule:
    """A rule that `read` has noted. Its schemas will be in the module."""
    data = rule.data
    return ir.SessionRule(
        name=data["name"],
        description=data["description"].strip(),
        location=context.lowering.location(rule),
        after=_condition(context, context.lowering.child(rule, "after")),
        until=_optional(context, rule, "until"),
        forbid=_optional(context, rule, "forbid"),
        frozen=data.get("frozen", {}),
    )


def _optional(context: Context, rule: Place, key: str) -> ir.EventCondition | None:
    if key not in rule.data:
        return None
    return _condition(context, context.lowering.child(rule, key))


def _condition(context: Context, place: Place) -> ir.EventCondition:
    where = None
    if "where" in place.data:
        where = context.lowering.require(context.lowering.child(place, "where"))
    return ir.EventCondition(tuple(place.data["tags"]), where)
