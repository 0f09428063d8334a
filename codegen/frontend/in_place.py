"""Keywords that apply schemas to the same value: references, and `allOf` and its
like."""

from __future__ import annotations

from collections.abc import Callable

from codegen.diagnostics import Severity
from codegen.frontend.resources import Place, Unresolved
from codegen.frontend.scope import Cut, Handler, Scope
from codegen.ir import model as ir
from codegen.ir.walk import weaker
from codegen.source import pointer as pointers


def ref(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`$ref`, `$dynamicRef` or `$recursiveRef`."""
    lowering = scope.lowering

    def lead(bare: bool) -> ir.Ref:
        return lowering.reference(scope.place, scope.environment, keyword, bare=bare)

    return _reference(scope, keyword, lead)


def foreign_recursive_ref(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`$recursiveRef` in a dialect that does not have it. It leads to the innermost
    schema around it with `$recursiveAnchor: true`. By the letter, `#` would be the
    whole document, which is no schema."""
    message = f"`{keyword}` has no meaning in {scope.dialect.title}"
    around = _anchored(scope.place) if scope.data[keyword] == "#" else None
    if around is None:
        scope.dropped("foreign-keyword", message, keyword)
        return None
    reading = "the schema around it with `$recursiveAnchor: true`"
    scope.remark("foreign-keyword", message, keyword, reading)

    def lead(bare: bool) -> ir.Ref:
        return ir.Ref(scope.lowering.require(around, scope.environment, bare=bare), "#")

    return _reference(scope, keyword, lead)


def _anchored(place: Place) -> Place | None:
    """The innermost schema around a place that has `$recursiveAnchor: true`; None
    without one."""
    resource = place.resource
    found: Place | None = None
    around = Place(resource, resource.pointer, resource.data)
    for token in pointers.tokens(place.pointer[len(resource.pointer) :]):
        data = around.data
        if isinstance(data, dict) and data.get("$recursiveAnchor") is True:
            found = around
        pointer = f"{around.pointer}/{pointers.escape(token)}"
        around = Place(resource, pointer, pointers.step(data, token))
    return found


def _reference(
    scope: Scope, keyword: str, lead: Callable[[bool], ir.Ref]
) -> ir.Assertion | None:
    """What a reference asserts, with its circles cut. `lead` gives the `Ref`, to a copy
    without branches if its argument is true, and raises `Unresolved` where the
    reference leads nowhere."""
    text = scope.data[keyword]
    if not isinstance(text, str):
        message = f"`{keyword}` takes a string"
        scope.refused("dangling-ref", message, keyword)
        return None
    # Whatever the keyword, circles are told by what it has become.
    cut = scope.lowering.cut(scope.location.child("$ref"))
    says = scope.lowering.is_lenient  # Otherwise the whole circle is told of.
    if cut is Cut.LEFT_OUT:
        if says:
            message = f"{text!r} closes a circle of references about one value"
            scope.dropped("circular-ref", message, keyword)
        return None
    bare = cut is Cut.BARE
    if bare and says:
        message = f"a branch of {text!r} leads back here"
        scope.remark("circular-ref", message, keyword, "that without branches")
    try:
        return lead(bare)
    except Unresolved as error:
        scope.refused(error.code, str(error), keyword)
        return None


def identifier(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`$id` and its like. They assert nothing, and have been indexed before."""
    if not isinstance(scope.data[keyword], str):
        message = f"`{keyword}` takes a string"
        where = scope.location.child(keyword)
        warning = Severity.WARNING
        scope.lowering.problem("invalid-keyword", message, where, severity=warning)
    return None


def branches(kind: Callable[[tuple[ir.Schema, ...]], ir.Assertion]) -> Handler:
    """A handler for a keyword that takes a list of schemas."""

    def handle(scope: Scope, keyword: str) -> ir.Assertion | None:
        schemas = scope.schemas(keyword)
        return None if schemas is None else kind(schemas)

    return handle


def all_of(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`allOf`. What a part says that asserts nothing, as many a description beside a
    reference, is said of the whole."""
    schemas = scope.schemas(keyword)
    if schemas is None:
        return None
    telling: list[ir.Schema] = []
    for part in schemas:
        if _only_remarks(part):
            scope.remarks.append(part.annotations)
        else:
            telling.append(part)
    return ir.AllOf(tuple(telling)) if telling else None


def _only_remarks(part: ir.Schema) -> bool:
    """Whether a part of an `allOf` says nothing but what can as well be said of the
    whole."""
    notes = part.annotations
    own = (notes.discriminator, notes.content_encoding, notes.content_media_type)
    return not (part.assertions or notes.departures or notes.enum_members or any(own))


def one_of(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`oneOf`. It is read as `anyOf` where a branch accepts more than it should,
    because the value would then be rejected for matching two branches."""
    schemas = scope.schemas(keyword)
    if schemas is None:
        return None
    if any(map(weaker, schemas)):
        # A branch that accepts more than it should would have others rejected.
        message = "a branch of `oneOf` is not enforced as it is written"
        scope.remark("read-as-meant", message, keyword, "`anyOf`")
        return ir.AnyOf(schemas)
    return ir.OneOf(schemas)


def not_(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`not`. It is not enforced where the schema inside accepts more than it should,
    because valid values would then be rejected."""
    schema = scope.schema(keyword)
    if weaker(schema):
        message = "what `not` denies is not enforced as it is written"
        scope.dropped("invalid-keyword", message, keyword)
        return None
    return ir.Not(schema)


def if_(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`if`, with `then` and `else`. It is not enforced where the condition accepts more
    than it should."""
    condition = scope.schema("if")
    if weaker(condition):
        message = "the condition of `if` is not enforced as it is written"
        scope.dropped("invalid-keyword", message, keyword)
        return None
    then = scope.schema("then") if scope.has("then") else None
    otherwise = scope.schema("else") if scope.has("else") else None
    # Even without branches it stays: it evaluates properties and items.
    return ir.IfThenElse(condition, then, otherwise)
