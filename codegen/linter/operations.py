"""Operations whose path, id and parameters do not go together."""

from __future__ import annotations

from codegen.ir import paths
from codegen.ir.calls import Call
from codegen.linter.context import Context


def check(context: Context) -> None:
    """Every operation of the API itself; others are not found by a path."""
    first: dict[str, Call] = {}
    met: dict[str, list[str]] = {}
    for call in context.module.calls:
        if not call.kind:
            _path(context, call)
            _same(context, call, met.setdefault(paths.plain(call.path), []))
        _id(context, call, first)


def _same(context: Context, call: Call, met: list[str]) -> None:
    """Report a path that an address cannot tell from another one, once."""
    if met and call.path not in met:
        message = f"no address tells the path `{call.path}` from `{met[0]}`: only the "
        message += "names of parameters differ"
        context.add("path", message, call.location, key=True)
    met.append(call.path)


def _path(context: Context, call: Call) -> None:
    path = call.path
    variables = paths.names_in(path)
    written = [one.name for one in call.arguments if one.where == "path"]
    messages = [
        f"no parameter says what `{{{name}}}` of the path is, which stays as it stands"
        for name in dict.fromkeys(variables)
        if name not in written
    ]
    messages += [
        f"the path parameter `{name}` has no place in the path `{path}`"
        for name in written
        if name not in variables
    ]
    if not path.startswith("/"):
        messages.append(f"the path `{path}` does not begin with a slash")
    if not {"?", "#"}.isdisjoint(paths.plain(path)):
        messages.append(f"the path `{path}` has a query or a fragment in it")
    for message in messages:
        context.add("path", message, call.location, key=True)


def _id(context: Context, call: Call, first: dict[str, Call]) -> None:
    raw = context.raw(call.location)
    own = raw.get("operationId") if isinstance(raw, dict) else None
    if not isinstance(own, str):
        return
    other = first.setdefault(own, call)
    if other is not call:
        message = f"{other.method} {other.path} has the id {own!r}, too; this one is "
        message += f"called {call.key!r}"
        context.add("operation-id", message, call.location.child("operationId"))
