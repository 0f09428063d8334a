"""Where a change stands in the files of both versions."""

from __future__ import annotations

from typing import Final

from codegen.compat.changes.change import Change
from codegen.compat.normal.forms import Form, Node
from codegen.ir import model as ir
from codegen.source.pointer import escape, unescape

KEYWORDS: Final[dict[str, tuple[type, ...]]] = {
    "/enum": (ir.Enum,),
    "/const": (ir.Enum,),
    "/type": (ir.Type,),
    "/minimum": (ir.Minimum,),
    "/maximum": (ir.Maximum,),
    "/multipleOf": (ir.MultipleOf,),
    "/minLength": (ir.MinLength,),
    "/maxLength": (ir.MaxLength,),
    "/pattern": (ir.Pattern,),
    "/format": (ir.Format,),
    "/minItems": (ir.MinItems,),
    "/maxItems": (ir.MaxItems,),
    "/uniqueItems": (ir.UniqueItems,),
    "/contains": (ir.Contains,),
    "/items": (ir.Items,),
    "/prefixItems": (ir.PrefixItems,),
    "/minProperties": (ir.MinProperties,),
    "/maxProperties": (ir.MaxProperties,),
    "/propertyNames": (ir.PropertyNames,),
    "/patternProperties": (ir.PatternProperties,),
    "/additionalProperties": (ir.AdditionalProperties,),
    "/required": (ir.Required,),
    "/dependentRequired": (ir.DependentRequired,),
    "/dependentSchemas": (ir.DependentSchemas,),
    "/not": (ir.Not,),
    "/if": (ir.IfThenElse,),
}


def pointer_of(change: Change) -> str:
    """The place of a change inside its schema, as a reader of the schema names it."""
    tokens = ""
    for step in change.path:
        match step.kind:
            case "property":
                tokens += f"/properties/{escape(str(step.key))}"
            case "item":
                tokens += "/items"
            case "rest":
                tokens += "/additionalProperties"
            case "pattern":
                tokens += f"/patternProperties/{escape(str(step.key))}"
    if change.token.startswith("/properties/"):
        tokens += change.token
    return tokens


def location(form: Form | None, node: Node, token: str) -> ir.Location | None:
    """Where a version says the thing that changed, or the place where it would."""
    sources = (*node, *(form.sources if form is not None else ()))
    if not sources:
        return None
    name = property_name(token)
    if name is not None:
        return _property(sources, name) or sources[0].location
    for schema in sources:
        for assertion in schema.assertions:
            if isinstance(assertion, KEYWORDS.get(token, ())):
                return ir.Location(
                    schema.location.document,
                    schema.location.pointer + _spelled(assertion, token),
                )
    return _deepest(form, node)


def property_name(token: str) -> str | None:
    """The property that a token names, or None."""
    if not token.startswith("/properties/"):
        return None
    return unescape(token.removeprefix("/properties/"))


def _deepest(form: Form | None, node: Node) -> ir.Location:
    """The alternative itself where there is one, otherwise the place."""
    if form is not None and form.sources and len(form.sources) > len(node):
        extra = [s for s in form.sources if s not in node]
        if extra and form.labels:
            return extra[0].location
    if node:
        return node[0].location
    assert form is not None
    return form.sources[0].location


def _property(sources: tuple[ir.Schema, ...], name: str) -> ir.Location | None:
    for schema in sources:
        for assertion in schema.assertions:
            if isinstance(assertion, ir.Properties) and name in assertion.schemas:
                return assertion.schemas[name].location
    return None


def _spelled(assertion: ir.Assertion, token: str) -> str:
    """The keyword as the source has it, where there is more than one for the same."""
    if isinstance(assertion, ir.Enum):
        return f"/{assertion.keyword}"
    if isinstance(assertion, ir.Minimum) and assertion.exclusive:
        return "/exclusiveMinimum"
    if isinstance(assertion, ir.Maximum) and assertion.exclusive:
        return "/exclusiveMaximum"
    return token
