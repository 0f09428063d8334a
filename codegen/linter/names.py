"""Names of the specification that are one in Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from codegen.frontend.components import headers_name, payload_name
from codegen.ir import model as ir
from codegen.ir.apart import apart, groups
from codegen.ir.walk import find
from codegen.linter.context import Context
from codegen.python.model import enumerations
from codegen.python.model.members import members_of, wish
from codegen.python.model.names import attribute, class_wish, field_names

_Text = TypeVar("_Text", bound=str | int)


def check(context: Context) -> None:
    """Names of schemas, of the properties of one schema, of the values of one enum."""
    module = context.module
    given = context.renames.classes
    wishes = {
        name: given.get(module.named(name).location) or class_wish(module, name)
        for name in module.names
    }
    for name, message in _collisions(wishes, apart(wishes)):
        context.add("name-collision", message, module.named(name).location, key=True)
    _messages(context)
    for schema in context.schemas:
        _properties(context, schema)
    for name in module.names:
        _values(context, module.named(name))


def _messages(context: Context) -> None:
    """What messages carry that have one key."""
    told = set()
    for message in context.module.messages:
        key = message.name
        carried = {payload_name(key): message.payload}
        carried[headers_name(key)] = message.headers
        for usual, held in carried.items():
            schema = None if held is None else context.module.schemas.get(held)
            name = None if schema is None else context.name_of(schema)
            if schema is None or not name or not name.startswith(f"{usual}_"):
                continue
            inside = schema.location.pointer.startswith(f"{message.location.pointer}/")
            if inside and message.location not in told:
                told.add(message.location)
                text = f"{key!r} is the key of other messages, too: what this one "
                text += f"carries is called {name!r}; a schema among the components "
                text += "has a name of its own"
                context.add("name-collision", text, message.location, key=True)


def _properties(context: Context, schema: ir.Schema) -> None:
    declared = find(schema, ir.Properties)
    if declared is None:
        return
    style = context.style
    given = {
        name: context.renames.of_field([part])
        for name, part in declared.schemas.items()
    }
    wishes = {name: own or attribute(name, style) for name, own in given.items()}
    if len(groups(wishes)) < len(wishes):
        for name, message in _collisions(
            wishes, field_names(list(wishes), style=style, given=given)
        ):
            where = schema.location.child("properties", name)
            context.add("name-collision", message, where, key=True)


def _values(context: Context, schema: ir.Schema) -> None:
    """The values of a schema that is an enum: texts or integers."""
    module = context.module
    if context.style.literals or not enumerations.has_members(module, schema):
        return
    values = enumerations.members(module, schema)
    said = tuple(enumerations.said(module, schema))
    given = {m.value: m.name for m in reversed(said)}
    wishes = {value: wish(value, given.get(value, "")) for value in values}
    if len(groups(wishes)) == len(wishes):
        return
    renamed = context.renames.of_values(module, schema)
    names = {m.value: str(m.name) for m in members_of(said, values, renamed)}
    wishes |= {value: renamed[value] for value in values if value in renamed}
    where = schema.location.child("enum")
    raw = context.raw(where)
    listed: dict[str | float, int] = {}
    for index, value in enumerate(raw if isinstance(raw, list) else ()):
        # Beside the members there may be values of which none is made.
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            listed.setdefault(value, index)
    for value, message in _collisions(wishes, names):
        place = where.child(listed[value]) if value in listed else schema.location
        context.add("name-collision", message, place)


def _collisions(
    wishes: Mapping[_Text, str], names: Mapping[_Text, str]
) -> Iterable[tuple[_Text, str]]:
    """The texts, or numbers, that do not have the name which they share with others."""
    for name, group in groups(wishes).items():
        for text in group:
            if len(group) > 1 and names[text] != name:
                others = [repr(other) for other in group if other != text]
                shown = ", ".join(others[:3]) + (" and more" if others[3:] else "")
                message = f"{text!r} is {name!r} in Python, and so is {shown}: it is "
                yield text, f"{message}called {names[text]!r}"
