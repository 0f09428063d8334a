"""The module `operations`: what each operation sends, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from codegen.ir.calls import Argument, Content
from codegen.python.emit import tree
from codegen.python.emit.tree import Call, Constant, Declare, Mapping, Name
from codegen.python.model.annotations import mapping_of
from codegen.python.model.operations import STRING, Operation, Texts
from codegen.python.model.package import Package
from codegen.python.tables_module import PACKAGE

_HOME: Final = "._runtime.operations"
_OPERATION: Final = Name("Operation", _HOME)
_OPERATIONS: Final = Name("Operations", _HOME)
_BODY: Final = Name("Body", _HOME)
_PARAMETERS: Final = Name("Parameters", "._runtime.parameters")
_PARAMETER: Final = Name("Parameter", "._runtime._styles")
_TEXTS: Final = Name("Texts", "._runtime._texts")
_USUAL: Final = ("form", "simple")
_FORM: Final = ("query", "cookie")
"""The places of parameters whose default style is `form`; for all others it is
`simple`."""


def operations(package: Package) -> list[list[tree.Statement]]:
    """The statements of the module: every operation by its id, or by method and
    path."""
    pairs = tuple(
        (Constant(one.call.key), _operation(one)) for one in package.operations
    )
    made = Call(_OPERATIONS, (Mapping(pairs, exploded=True), PACKAGE), exploded=True)
    return [[Declare(Name("OPERATIONS"), mapping_of(_OPERATION), made)]]


def _operation(operation: Operation) -> tree.Expr:
    call = operation.call
    more: list[tuple[str, tree.Expr]] = []
    if call.kind:
        more.append(("kind", Constant(call.kind)))
    if call.parameters is not None:
        parameters = tuple(_parameter(*one) for one in operation.parameters)
        arguments = (Constant(call.parameters), tree.Display("[]", parameters))
        more.append(("parameters", Call(_PARAMETERS, arguments)))
    if call.request:
        more.append(("request", _bodies(operation, call.request)))
    answers = tuple(
        (Constant(status), _bodies(operation, contents))
        for status, contents in call.responses.items()
    )
    if answers:
        more.append(("responses", Mapping(answers)))
    given = (Constant(call.method), Constant(call.path))
    return Call(_OPERATION, given, tuple(more))


def _bodies(operation: Operation, contents: Iterable[Content]) -> tree.Expr:
    return Mapping(tuple((Constant(c.media), _body(operation, c)) for c in contents))


def _body(operation: Operation, content: Content) -> tree.Expr:
    given = () if content.schema is None else (Constant(content.schema),)
    more: tuple[tuple[str, tree.Expr], ...] = ()
    if content.item is not None:
        more = (("item", Constant(content.item)),)
        if content.item in operation.with_fields:
            more = (*more, ("events_have_fields", Constant(True)))
    if content.data:
        pairs = ((Constant(event), Constant(n)) for event, n in content.data.items())
        more = (*more, ("data", Mapping(tuple(pairs))))
    return Call(_BODY, given, more)


def _parameter(argument: Argument, texts: Texts) -> tree.Expr:
    given: list[tree.Expr] = [Constant(argument.name), Constant(argument.where)]
    if texts != STRING:
        given.append(_texts(texts))
    form = argument.style == "form"
    told: dict[str, str | bool] = {}
    if argument.media:
        told["media"] = argument.media
    elif form is not (argument.where in _FORM) or argument.style not in _USUAL:
        told["style"] = argument.style
    if not argument.media and argument.explode is not form:
        told["explode"] = argument.explode
    if argument.reserved:
        told["reserved"] = True
    if argument.property != argument.name:
        told["property"] = argument.property
    return Call(
        _PARAMETER, tuple(given), tuple((k, Constant(v)) for k, v in told.items())
    )


def _texts(texts: Texts) -> tree.Expr:
    types = (Constant(" ".join(sorted(texts.types))),) if texts.types else ()
    more: list[tuple[str, tree.Expr]] = []
    if texts.items is not None:
        more.append(("items", _texts(texts.items)))
    if texts.members:
        pairs = tuple((Constant(name), _texts(one)) for name, one in texts.members)
        more.append(("members", Mapping(pairs)))
    if texts.others is not None:
        more.append(("others", _texts(texts.others)))
    return Call(_TEXTS, types, tuple(more))
