"""Settings of protocols that both sides share, as the specifications of bindings have
them.

What a broker is told besides (how long it keeps messages, on how many machines) and how
hard it tries to deliver them is not judged.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, TypeAlias, assert_never

from codegen.compat import rules
from codegen.compat.findings import Verdict
from codegen.compat.operations.record import Record, settings_changed
from codegen.ir import model as ir
from codegen.ir import operations as ops

_Bound: TypeAlias = ops.Server | ops.Channel | ops.MessagePart | ops.Action
_Settings: TypeAlias = dict[str, ir.Json]

_ALONE: Final = "whoever uses the old one is alone there"
_DECLARED: Final = "whoever declares it as before is refused"
_READ: Final = "who reads goes by what was said before"
_REGISTRY: Final = "who goes on with the old registry finds other schemas there"

_SERVER: Final = {
    "kafka": dict.fromkeys(("schemaRegistryUrl", "schemaRegistryVendor"), _REGISTRY)
}
_CHANNEL: Final = {
    "amqp": {
        **dict.fromkeys(("is", "exchange/name", "exchange/vhost"), _ALONE),
        **dict.fromkeys(("queue/name", "queue/vhost"), _ALONE),
        **dict.fromkeys(("exchange/type", "exchange/durable"), _DECLARED),
        **dict.fromkeys(("exchange/autoDelete", "queue/durable"), _DECLARED),
        **dict.fromkeys(("queue/exclusive", "queue/autoDelete"), _DECLARED),
    },
}
_MESSAGE: Final = {
    "kafka": dict.fromkeys(("schemaIdLocation", "schemaIdPayloadEncoding"), _READ),
    "amqp": dict.fromkeys(("contentEncoding", "messageType"), _READ),
    "mqtt": {"contentType": _READ, "responseTopic": _ALONE},
}
"""By protocol, the settings and why another value of each does harm."""

_USUAL: Final = {"is": "routingKey", "exchange/vhost": "/", "queue/vhost": "/"}
"""What holds where nothing is said."""


def compare(
    record: Record, old: _Bound, new: _Bound, direction: ir.Direction
) -> tuple[_Settings, _Settings]:
    """Judge the settings that both versions have, and return what remains of the
    bindings of each."""
    before, after = dict(old.bindings), dict(new.bindings)
    if isinstance(old, ops.Channel) and isinstance(new, ops.Channel):
        _names(record, (old, new), (before, after))
    table, way = _table(old, direction)
    for protocol, reasons in table.items():
        a, b = before.get(protocol), after.get(protocol)
        if not (isinstance(a, dict) and isinstance(b, dict)):
            continue
        was, now = ({key: _said(one, key) for key in reasons} for one in (a, b))
        both = [k for k in reasons if ir.MISSING not in (was[k], now[k])]
        was, now = ({key: one[key] for key in both} for one in (was, now))
        for key, message in settings_changed(was, now):
            told, rule = f"{protocol} {message}", rules.BINDING_CHANGED
            reason = reasons[key]
            record.add(rule, Verdict.BREAKING, way, told, old, new, reason=reason)
        before[protocol], after[protocol] = _without(a, both), _without(b, both)
    return before, after


def _names(
    record: Record,
    both: tuple[ops.Channel, ops.Channel],
    bindings: tuple[_Settings, _Settings],
) -> None:
    """Judge how brokers of each kind call a channel, which is by its address if nothing
    else is said, and take that out of the bindings."""
    for protocol, path in ops.NAMED_BY.items():
        said = [ops.name_on(protocol, of.get(protocol)) for of in bindings]
        names = [one or c.address for one, c in zip(said, both, strict=True)]
        if not any(said) or None in names:
            continue
        for of, one in zip(bindings, said, strict=True):
            own = of.get(protocol)
            if one and isinstance(own, dict):
                of[protocol] = _without(own, [path])
        # That the address changed is told of the channel.
        if names != [channel.address for channel in both]:
            for _, message in settings_changed({path: names[0]}, {path: names[1]}):
                rule, way = rules.BINDING_CHANGED, ir.Direction.UNKNOWN
                told = f"{protocol} {message}"
                record.add(rule, Verdict.BREAKING, way, told, *both, reason=_ALONE)


def internal(part: _Bound) -> tuple[str, ...]:
    """Fields of bindings of which the other side sees nothing: those of an action whose
    messages are not read there that are about readers."""
    clients_write = ir.Direction.CLIENT_TO_SERVER
    inside = isinstance(part, ops.Action) and part.writes is clients_write
    return ops.OF_READERS if inside else ()


def _table(
    part: _Bound, direction: ir.Direction
) -> tuple[Mapping[str, Mapping[str, str]], ir.Direction | None]:
    """What there is to compare, and the direction of what is found."""
    match part:
        case ops.Server():
            return _SERVER, None
        case ops.Channel():
            return _CHANNEL, ir.Direction.UNKNOWN
        case ops.MessagePart():
            return _MESSAGE, direction
        case ops.Action():
            return {}, direction
        case _:
            assert_never(part)


def _said(binding: _Settings, path: str) -> ir.Json:
    """A setting, or what holds where nothing is said; a schema is none."""
    outer, _, inner = path.rpartition("/")
    holder = binding.get(outer) if outer else binding
    if not isinstance(holder, dict):
        return ir.MISSING
    said = holder.get(inner, _USUAL.get(path, ir.MISSING))
    return ir.MISSING if isinstance(said, dict) else said


def _without(binding: _Settings, paths: Collection[str]) -> _Settings:
    """A binding without some settings."""
    found = {k: dict(v) if isinstance(v, dict) else v for k, v in binding.items()}
    for path in paths:
        outer, _, inner = path.rpartition("/")
        holder = found[outer] if outer else found
        holder.pop(inner, None)
    return {key: value for key, value in found.items() if value != {}}
