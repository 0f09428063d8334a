"""Parameters of requests and headers of answers: what is asked, what may be lacking."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from codegen.compat import promises, rules
from codegen.compat.findings import Verdict
from codegen.compat.operations import spread
from codegen.compat.operations.exchange import Exchanges
from codegen.compat.operations.record import Record, settings_changed
from codegen.compat.rules.rule import Rule
from codegen.compat.versions import operations as pairing
from codegen.compat.versions.version import Versions
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir import operations as ops

SAFE, BREAKING = Verdict.COMPATIBLE, Verdict.BREAKING

_LICENCES: Final = {
    "allowEmptyValue": "it may be empty",
    "allowReserved": "characters may come that are not encoded",
}
"""What lets a writer write more than otherwise, and why that may not be read."""

_OTHERWISE: Final = "the same value is written as other text"
_ELSEWHERE: Final = "the value is taken from elsewhere"

_SAME: Final = ", and the query is read as before"

_PLAIN: Final = frozenset(("number", "boolean", "null"))
"""Values whose texts have no character that would have to be encoded."""

_RESERVED: Final = frozenset(":/?#[]@!$&'()*+,;=")


def parameters(
    record: Record, exchanges: Exchanges, old: ops.Operation, new: ops.Operation
) -> None:
    """Everything about the parameters of an operation."""
    found = pairing.parameters(old, new)
    moved = pairing.moved(found)
    forward = new.direction is ir.Direction.CLIENT_TO_SERVER
    for a, b in moved.both:
        message = f"{a.where} parameter {a.name} is a {b.where} parameter now"
        rule, direction = rules.PARAMETER_MOVED, new.direction
        # Of a webhook a client may miss what it needs, as if it had been removed.
        harm = forward or a.required
        witness = exchanges.request(old, new, parameter=a) if harm else None
        reason = "who reads looks for it elsewhere" if harm and not witness else ""
        verdict = BREAKING if harm else SAFE
        record.add(
            rule, verdict, direction, message, a, b, witness=witness, reason=reason
        )
    gone, come = (
        [one for one in many if one.where != "path"]
        for many in (moved.gone, moved.come)
    )
    _of_path(record, exchanges, old, new, moved)
    same = spread.settled(exchanges, moved, new.direction) if forward else ()
    for one in gone:
        message = f"{_called(one)} was removed{_SAME * (id(one) in same)}"
        # What a client sends must be known; of a webhook it may miss what is required.
        harm = (forward or one.required) and id(one) not in same
        witness = exchanges.request(old, new, parameter=one) if harm else None
        verdict = BREAKING if harm else SAFE
        rule, direction = rules.PARAMETER_REMOVED, new.direction
        record.add(rule, verdict, direction, message, one, new, witness=witness)
    for one in come:
        required = one.required
        rule = rules.REQUIRED_PARAMETER_ADDED if required else rules.PARAMETER_ADDED
        message = f"{'required ' * required}{_called(one)} was added"
        message += _SAME * (id(one) in same)
        harm = forward and required and id(one) not in same
        witness = exchanges.request(old, new) if harm else None
        verdict = BREAKING if harm else SAFE
        record.add(rule, verdict, new.direction, message, old, one, witness=witness)
    for a, b in found.both:
        _parameter(record, exchanges, old, new, a, b)


def _of_path(
    record: Record,
    exchanges: Exchanges,
    old: ops.Operation,
    new: ops.Operation,
    found: pairing.Match[ops.Parameter],
) -> None:
    """Parameters that one version alone describes of a path which both have: there is
    a text at their place in either."""
    for one in (p for p in found.gone if p.where == "path"):
        message = f"{_called(one)} is no longer described"
        record.add(rules.SCHEMA_UNSTATED, SAFE, new.direction, message, one, new)
    forward = new.direction is ir.Direction.CLIENT_TO_SERVER
    module = exchanges.versions.new.module
    for one in (p for p in found.come if p.where == "path"):
        message = f"{_called(one)} is described now"
        plain = one.settings.get("style") == "simple"
        anything = plain and (one.schema is None or not narrow(module, one.schema))
        harm = forward and not anything
        verdict, reason = BREAKING if harm else SAFE, "it was any text before" * harm
        rule, direction = rules.SCHEMA_STATED, new.direction
        record.add(rule, verdict, direction, message, old, one, reason=reason)


def narrow(module: ir.Module, target: ir.SchemaId) -> bool:
    """Whether a schema keeps any text out."""
    schema = facts.unwrap(module, module.schemas[target])
    return any(
        not (isinstance(a, ir.Type) and "string" in a.types) for a in schema.assertions
    )


def free(module: ir.Module, target: ir.SchemaId | None) -> bool:
    """Whether any value will do: there is no schema, or one that asserts nothing."""
    if target is None:
        return True
    return not facts.unwrap(module, module.schemas[target]).assertions


def _called(one: ops.Parameter) -> str:
    return f"{one.where} parameter {one.name}"


def _parameter(
    record: Record,
    exchanges: Exchanges,
    old: ops.Operation,
    new: ops.Operation,
    a: ops.Parameter,
    b: ops.Parameter,
) -> None:
    """A parameter that both versions have."""
    what, direction = _called(b), new.direction
    if a.name != b.name and b.where == "path":
        message = f"path parameter {a.name} is called {b.name}"
        named = _named(exchanges.versions.old.module, a)
        harm = named and _named(exchanges.versions.new.module, b)
        rule, verdict = rules.PATH_PARAMETER_RENAMED, BREAKING if harm else SAFE
        reason = "the style `matrix` writes the name before the value" * harm
        record.add(rule, verdict, direction, message, a, b, reason=reason)
    if a.required is not b.required and b.where == "path":
        record.reworded(f"required of {what}", a, b)
    elif a.required is not b.required:
        forward = direction is ir.Direction.CLIENT_TO_SERVER
        harm = b.required if forward else a.required
        witness = exchanges.request(old, new) if harm else None
        rule = rules.PARAMETER_BECAME_OPTIONAL
        if b.required:
            rule = rules.PARAMETER_BECAME_REQUIRED
        verdict = BREAKING if harm else SAFE
        message = f"{what} became {'required' if b.required else 'optional'}"
        record.add(rule, verdict, direction, message, a, b, witness=witness)
    values(record, exchanges.versions, what, direction, a, b)
    deprecation(record, what, direction, a, b)
    record.compare(what, a, b, direction)


def _named(module: ir.Module, one: ops.Parameter) -> bool:
    """Whether the name of a parameter of a path stands there with its value: not where
    the members of an object stand there with theirs."""
    if one.settings.get("style") != "matrix":
        return False
    return one.settings.get("explode") is not True or _types(module, one) != {"object"}


def _types(module: ir.Module, one: ops.Parameter) -> frozenset[str]:
    """The JSON types of a parameter's values."""
    if one.schema is None:
        return facts.ALL_TYPES
    return facts.types(module, module.schemas[one.schema])


def values(
    record: Record,
    versions: Versions,
    what: str,
    direction: ir.Direction,
    a: ops.Parameter,
    b: ops.Parameter,
) -> None:
    """How the value of a parameter or header is written, and whether it has a schema;
    what that schema says is judged elsewhere."""
    sides = (versions.old.module, a), (versions.new.module, b)
    whole = _whole(*sides)
    forward = direction is ir.Direction.CLIENT_TO_SERVER
    (_, writer), (_, reader) = sides if forward else sides[::-1]
    content = ("content" in a.settings) is not ("content" in b.settings)
    for key, message in settings_changed(a.settings, b.settings):
        told, verdict = f"{what}: {message}", BREAKING
        if content and key != "content":
            continue  # A media type instead of a style, or a style instead of one.
        idle = key in _LICENCES and not all(_licensed(key, *side) for side in sides)
        if idle or (key == "explode" and whole):
            record.reworded(f"{key} of {what}", a, b)
            continue
        reason = _ELSEWHERE if key == "location" else _OTHERWISE
        if key in _LICENCES:
            harm = writer.settings.get(key) is True and not reader.settings.get(key)
            verdict, reason = BREAKING if harm else SAFE, _LICENCES[key] * harm
        rule = rules.SERIALISATION_CHANGED
        record.add(rule, verdict, direction, told, a, b, reason=reason)
    stated(record, versions, what, direction, a, b)


def _licensed(key: str, module: ir.Module, one: ops.Parameter) -> bool:
    """Whether a licence lets anything be written that could not be otherwise, where a
    parameter stands and by what it holds."""
    if key == "allowEmptyValue":
        return one.where == "query"
    if one.where == "header" or _types(module, one) <= _PLAIN:
        return False
    known = one.schema and facts.finite_values(module, module.schemas[one.schema])
    return known is None or any(_reserved(value) for value in known)


def _reserved(value: ir.Json) -> bool:
    """Whether a value has characters that would have to be encoded, or might."""
    return not isinstance(value, str) or not _RESERVED.isdisjoint(value)


def _whole(*sides: tuple[ir.Module, ops.Parameter]) -> bool:
    """Whether a value that every side takes is written in the same way be it put apart
    or not."""
    shared = facts.ALL_TYPES
    for module, one in sides:
        if one.schema is None:
            return False
        shared &= _types(module, one)
    return not any(
        put_apart(str(one.settings.get("style")), shared) for _, one in sides
    )


def put_apart(style: str, types: Collection[str]) -> bool:
    """Whether `explode` says how values of these types are written. The items of a
    list have commas between them in a style that names nothing, and of `deepObject`
    one way alone is defined."""
    if style == "deepObject":
        return False
    return "object" in types or ("array" in types and style != "simple")


def stated(
    record: Record,
    versions: Versions,
    what: str,
    direction: ir.Direction,
    a: ops.Parameter | ops.Media,
    b: ops.Parameter | ops.Media,
) -> None:
    """Whether a schema came or went."""
    _stated(record, versions, what, direction, (a, a.schema), (b, b.schema))
    if isinstance(a, ops.Media) and isinstance(b, ops.Media):
        _stated(record, versions, f"{what} item", direction, (a, a.item), (b, b.item))


def _stated(
    record: Record,
    versions: Versions,
    what: str,
    direction: ir.Direction,
    old: tuple[ops.Part, ir.SchemaId | None],
    new: tuple[ops.Part, ir.SchemaId | None],
) -> None:
    (a, before), (b, after) = old, new
    if (before is None) is (after is None):
        return
    came = after is not None
    if free(versions.old.module, before) and free(versions.new.module, after):
        record.reworded(f"schema of {what}", a, b)
        return
    forward = direction is not ir.Direction.SERVER_TO_CLIENT
    both = direction is ir.Direction.UNKNOWN
    verdict = BREAKING if both or came is forward else SAFE
    rule = rules.SCHEMA_STATED if came else rules.SCHEMA_UNSTATED
    message = f"{what} {'has a schema now' if came else 'has no schema any more'}"
    reason = "any value may be written, and not every one is taken"
    reason = "" if verdict is SAFE else reason
    record.add(rule, verdict, direction, message, a, b, reason=reason)


def deprecation(
    record: Record,
    what: str,
    direction: ir.Direction,
    a: ops.Parameter | ops.Operation,
    b: ops.Parameter | ops.Operation,
) -> None:
    """Whether people are told to leave it."""
    if a.deprecated is b.deprecated:
        return
    rule = rules.DEPRECATED if b.deprecated else rules.UNDEPRECATED
    word = "deprecated" if b.deprecated else "no longer deprecated"
    message = f"{what} is {word}" if what else word
    if b.deprecated:
        message += promises.until(b.notes)
    record.add(rule, SAFE, direction, message, a, b)


# --- headers -----------------------------------------------------------------------


def headers(
    record: Record,
    exchanges: Exchanges,
    pair: tuple[ops.Operation, ops.Operation],
    old: ops.Response,
    new: ops.Response,
) -> None:
    """The headers of an answer: those that the reader needs must come."""
    before, after = pair
    direction = after.direction.back
    forward = direction is ir.Direction.CLIENT_TO_SERVER
    written, known = (old, new) if forward else (new, old)
    found = pairing.headers(old.headers, new.headers)

    def add(rule: Rule, harm: bool, message: str, a: ops.Part, b: ops.Part) -> None:
        witness = exchanges.answer(before, after, written, known) if harm else None
        verdict = BREAKING if harm else SAFE
        record.add(rule, verdict, direction, message, a, b, witness=witness)

    for one in found.gone:
        harm = one.required and not forward
        called = f"{'required ' * one.required}{_header(old, one)}"
        add(rules.HEADER_REMOVED, harm, f"{called} was removed", one, new)
    for one in found.come:
        harm = one.required and forward
        add(rules.HEADER_ADDED, harm, f"{_header(new, one)} was added", old, one)
    for a, b in found.both:
        what = _header(new, b)
        if a.required and not b.required:
            message = f"{what} became optional"
            add(rules.HEADER_BECAME_OPTIONAL, not forward, message, a, b)
        elif b.required and not a.required:
            message = f"{what} became required"
            add(rules.HEADER_BECAME_REQUIRED, forward, message, a, b)
        values(record, exchanges.versions, what, direction, a, b)
        deprecation(record, what, direction, a, b)
        record.compare(what, a, b, direction)


def _header(response: ops.Response, one: ops.Parameter) -> str:
    return f"header {one.name} of {response.status}"


def part_headers(
    record: Record,
    versions: Versions,
    what: str,
    direction: ir.Direction,
    parts: tuple[ops.Encoding, ops.Encoding],
) -> None:
    """The headers of one part of a form."""
    forward = direction is ir.Direction.CLIENT_TO_SERVER
    found = pairing.headers(parts[0].headers, parts[1].headers)

    def add(rule: Rule, harm: bool, message: str, a: ops.Part, b: ops.Part) -> None:
        reason = "who writes the part may leave it out" if harm else ""
        verdict = BREAKING if harm else SAFE
        record.add(rule, verdict, direction, message, a, b, reason=reason)

    for one in found.gone:
        harm = one.required and not forward
        message = f"{what}: header {one.name} was removed"
        add(rules.HEADER_REMOVED, harm, message, one, parts[1])
    for one in found.come:
        harm = one.required and forward
        message = f"{what}: header {one.name} was added"
        add(rules.HEADER_ADDED, harm, message, parts[0], one)
    for a, b in found.both:
        name = f"{what}: header {b.name}"
        if a.required is not b.required:
            rule: Rule = rules.HEADER_BECAME_OPTIONAL
            if b.required:
                rule = rules.HEADER_BECAME_REQUIRED
            message = f"{name} became {'required' if b.required else 'optional'}"
            add(rule, b.required is forward, message, a, b)
        values(record, versions, name, direction, a, b)
        deprecation(record, name, direction, a, b)
        record.compare(name, a, b, direction)
