"""What AsyncAPI documents say of protocols."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypeAlias

from codegen.compat import rules
from codegen.compat.findings import Verdict
from codegen.compat.operations import protocols
from codegen.compat.operations.parameters import free
from codegen.compat.operations.record import Record, settings_changed
from codegen.compat.versions.version import Versions
from codegen.ir import facts
from codegen.ir import model as ir
from codegen.ir import operations as ops

SAFE, BREAKING = Verdict.COMPATIBLE, Verdict.BREAKING

_VERSION: Final = "bindingVersion"

_METHODS: Final = {"ws": ("handshake", "GET"), "http": ("request", None)}
"""By protocol, what has a method, and which one if nothing is said; None if that is not
known then."""

_WHOLE: Final = ("key", "correlationData", *ops.OF_READERS)
"""Fields whose schemas are those of a value, not of members by name."""

_Bound: TypeAlias = ops.MessagePart | ops.Action
_Binding: TypeAlias = ops.Server | ops.Channel | _Bound


def compare(
    record: Record,
    old: _Binding,
    new: _Binding,
    direction: ir.Direction = ir.Direction.CLIENT_TO_SERVER,
) -> None:
    """What is said of protocols, schemas aside: with which method a request is made in
    a direction, and settings that both sides share. What else is said is not known."""
    known: set[str] = set()
    for protocol, (word, usual) in _METHODS.items():
        said = [_methods(part.bindings, protocol, usual) for part in (old, new)]
        if not all(said):
            continue
        known.add(protocol)
        for _, message in settings_changed(said[0], said[1]):
            reason = f"who reads does not take the old {word}"
            rule, told = rules.BINDING_CHANGED, f"the {word}'s {message}"
            record.add(rule, BREAKING, direction, told, old, new, reason=reason)
        if said[0] == said[1] and _spelled(old, protocol) != _spelled(new, protocol):
            record.reworded(f"bindings {protocol}", old, new)
    settled = protocols.compare(record, old, new, direction)
    a, b = (
        ops.Part(
            location=part.location.child("bindings"),
            notes=dict(_words(part.bindings, protocols.internal(part))),
            unread=dict(_rest(bindings, known, protocols.internal(part))),
        )
        for part, bindings in zip((old, new), settled, strict=True)
    )
    record.compare("bindings", a, b)


def _methods(
    bindings: Mapping[str, ir.Json], protocol: str, usual: str | None
) -> dict[str, ir.Json]:
    """The method that bindings have for a protocol, if it is known."""
    binding = bindings.get(protocol)
    found = binding.get("method", usual) if isinstance(binding, dict) else usual
    return {} if found is None else {"method": found}


def _spelled(part: _Binding, protocol: str) -> ir.Json:
    """The method as it is written."""
    binding = part.bindings.get(protocol)
    return binding.get("method") if isinstance(binding, dict) else None


def _rest(
    bindings: Mapping[str, ir.Json], known: Collection[str], words: Collection[str]
) -> Iterator[tuple[str, ir.Json]]:
    """What is not known of bindings, their words aside; `known` are the protocols whose
    method is."""
    for protocol, binding in bindings.items():
        if protocol.startswith("x-"):
            continue
        if not isinstance(binding, dict):
            yield protocol, binding
            continue
        told = (_VERSION, *(("method",) if protocol in known else ()), *words)
        rest = {k: v for k, v in binding.items() if k not in told and k[:2] != "x-"}
        if rest:
            yield protocol, rest


def _words(
    bindings: Mapping[str, ir.Json], words: Collection[str]
) -> Iterator[tuple[str, ir.Json]]:
    """What bindings say to people: extensions, the versions of their own
    specifications, and fields of which the other side sees nothing."""
    for protocol, binding in bindings.items():
        if protocol.startswith("x-"):
            yield protocol, binding
        elif isinstance(binding, dict):
            for key, value in binding.items():
                if key == _VERSION or key in words or key.startswith("x-"):
                    yield f"{protocol}/{key}", value


# --- schemas -----------------------------------------------------------------------


def stated(
    record: Record,
    versions: Versions,
    what: str,
    way: ir.Direction,
    old: _Bound,
    new: _Bound,
) -> None:
    """Schemas that came or went, given the way of the messages; what those of both
    versions say is judged elsewhere."""
    for key in dict.fromkeys((*old.bound, *new.bound)):
        before, after = old.bound.get(key), new.bound.get(key)
        if before is not None and after is not None:
            continue
        came, direction = after is not None, ops.direction_of(key, way)
        side, target = versions.new, after
        if target is None:
            side, target = versions.old, before
        assert target is not None
        told = f"{what} {key}".strip()
        if key.endswith(_WHOLE):
            harm = not free(side.module, target)
            reason = "any value may be written, and not every one is taken"
        else:
            harm = requires(side.module, target)
            reason = "required ones are not sent"
        reads = direction is ir.Direction.UNKNOWN
        reads |= came is (direction is ir.Direction.CLIENT_TO_SERVER)
        rule = rules.SCHEMA_STATED if came else rules.SCHEMA_UNSTATED
        message = f"{told} {'has a schema now' if came else 'has no schema any more'}"
        verdict = BREAKING if harm and reads else SAFE
        reason = reason if verdict is BREAKING else ""
        record.add(rule, verdict, direction, message, old, new, reason=reason)


def requires(module: ir.Module, target: ir.SchemaId) -> bool:
    """Whether a schema asks for any member."""
    return bool(facts.required(module, module.schemas[target]))
