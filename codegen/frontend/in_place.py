"""Keywords that apply other schemas to the same value, and identifiers."""

from __future__ import annotations

from collections.abc import Callable

from codegen.diagnostics import Severity
from codegen.frontend.resources import Unresolved
from codegen.frontend.scope import Cut, Handler, Scope
from codegen.ir import model as ir
from codegen.ir.walk import weaker


def ref(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`$ref`, `$dynamicRef` and `$recursiveRef`."""
    text = scope.data[keyword]
    if not isinstance(text, str):
        message = f"`{keyword}` takes a string"
        scope.refused("dangling-ref", message, keyword)
        return None
    cut = scope.lowering.cut(scope.location.child(keyword))
    if cut is Cut.LEFT_OUT:
        message = f"{text!r} closes a circle of references about one value"
        scope.dropped("circular-ref", message, keyword)
        return None
    bare = cut is Cut.BARE
    if bare:
        message = f"a branch of {text!r} leads back here"
        scope.remark("circular-ref", message, keyword, "that without branches")
    try:
        return scope.lowering.reference(
            scope.place, scope.environment, keyword, bare=bare
        )
    except Unresolved as error:
        scope.refused(error.code, str(error), keyword)
        return None


def identifier(scope: Scope, keyword: str) -> ir.Assertion | None:
    """Identifiers are indexed before anything is lowered; they assert nothing."""
    if not isinstance(scope.data[keyword], str):
        message = f"`{keyword}` takes a string"
        where = scope.location.child(keyword)
        warning = Severity.WARNING
        scope.lowering.problem("invalid-keyword", message, where, severity=warning)
    return None


def branches(kind: Callable[[tuple[ir.Schema, ...]], ir.Assertion]) -> Handler:
    """A keyword that takes a list of schemas."""

    def handle(scope: Scope, keyword: str) -> ir.Assertion | None:
        schemas = scope.schemas(keyword)
        return None if schemas is None else kind(schemas)

    return handle


def one_of(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`oneOf`."""
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
    """`not`."""
    schema = scope.schema(keyword)
    if weaker(schema):
        message = "what `not` denies is not enforced as it is written"
        scope.dropped("invalid-keyword", message, keyword)
        return None
    return ir.Not(schema)


def if_(scope: Scope, keyword: str) -> ir.Assertion | None:
    """`if` with its branches."""
    condition = scope.schema("if")
    if weaker(condition):
        message = "the condition of `if` is not enforced as it is written"
        scope.dropped("invalid-keyword", message, keyword)
        return None
    then = scope.schema("then") if scope.has("then") else None
    otherwise = scope.schema("else") if scope.has("else") else None
    # Even without branches it stays: it evaluates properties and items.
    return ir.IfThenElse(condition, then, otherwise)
