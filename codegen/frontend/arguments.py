"""The parameters of an operation as one object, and how each of them is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from codegen.frontend.interface.bodies import PLACES, USUAL_STYLES
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir.calls import Argument

Value: TypeAlias = Callable[[ops.Operation, ops.Parameter], ir.SchemaId | None]
"""The schema that a parameter refers to; None where it is a part of the object."""


class Parameters:
    """The parameters of one operation."""

    def __init__(
        self, module: ir.Module, operation: ops.Operation, value: Value
    ) -> None:
        self._module = module
        self._operation = operation
        self._value = value
        self._properties = _properties(operation.parameters)

    def arguments(self) -> tuple[Argument, ...]:
        """How each of them is written."""
        return tuple(
            Argument(
                property=name,
                name=one.name,
                where=one.where,
                style=_text(one, "style") or USUAL_STYLES[one.where],
                explode=one.settings.get("explode") is True,
                reserved=one.settings.get("allowReserved") is True,
                media=_text(one, "content"),
            )
            for name, one in self._properties.items()
        )

    def schema(self) -> ir.Schema:
        """The object of all of them."""
        operation = self._operation
        own = operation.location
        where = operation.parameters_at or own
        identity = ir.SchemaId(f"{own.document}#{own.pointer}~parameters")
        required = tuple(
            name
            for name, one in self._properties.items()
            if one.required or one.where == "path"
        )
        members = {
            name: self._member(identity, name, one)
            for name, one in self._properties.items()
        }
        assertions: list[ir.Assertion] = [
            ir.Type(("object",)),
            ir.Properties(members),
        ]
        if required:
            assertions.append(ir.Required(required))
        label = f"The parameters of {operation.label}."
        return ir.Schema(
            identity, where, tuple(assertions), ir.Annotations(description=label)
        )

    def _member(
        self, outer: ir.SchemaId, name: str, parameter: ops.Parameter
    ) -> ir.Schema:
        identity = ir.SchemaId(f"{outer}/{name}")
        media = _text(parameter, "content")
        where = parameter.location.child(
            *(("content", media) if media else ()), "schema"
        )
        target = self._value(self._operation, parameter)
        if parameter.schema is None:
            found = ir.Schema(identity, where)
        elif target is not None:
            found = ir.Schema(identity, where, (ir.Ref(target),))
        else:
            # Another schema than that of the parameter alone, which says less.
            found = replace(self._module.schemas[parameter.schema], id=identity)
        notes = found.annotations
        text = parameter.notes.get("description")
        if isinstance(text, str) and text.strip():
            notes = replace(notes, description=text)
        deprecated = notes.deprecated or parameter.deprecated
        return replace(found, annotations=replace(notes, deprecated=deprecated))


def _properties(parameters: Sequence[ops.Parameter]) -> dict[str, ops.Parameter]:
    """The parameters by their names in the object, in the order of the document."""
    first: dict[str, ops.Parameter] = {}
    for one in sorted(parameters, key=lambda p: PLACES.index(p.where)):
        first.setdefault(one.name, one)
    found: dict[str, ops.Parameter] = {}
    for one in parameters:
        own = first[one.name] is one
        found[one.name if own else f"{one.name} {one.where}"] = one
    return found


def _text(parameter: ops.Parameter, key: str) -> str:
    value = parameter.settings.get(key, "")
    return value if isinstance(value, str) else ""
