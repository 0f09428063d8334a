"""The operations of an API: which came and went, and what is promised of each."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final

from codegen.compat import promises, rules
from codegen.compat.findings import Finding, Verdict, Witness
from codegen.compat.operations import access, bodies, parameters
from codegen.compat.operations.exchange import Exchanges
from codegen.compat.operations.record import Record
from codegen.compat.versions.version import Versions
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir.paths import plain
from codegen.oracle import Judge

SAFE: Final = Verdict.COMPATIBLE


def findings(
    versions: Versions, exchanges: Exchanges, schemes: access.Schemes
) -> Iterator[Finding]:
    """All findings about operations, each operation by itself."""
    found = versions.operations
    let_in: dict[Hashable, list[tuple[ops.Operation, ops.Operation]]] = {}
    instead = {_listened(one): one.label for one in found.come if one.kind}
    for operation in found.gone:
        yield from _removed(versions, operation, instead.get(_listened(operation), ""))
    for operation in found.come:
        yield from _added(operation)
    for old, new in found.both:
        record = Record(new.label, new.label)
        if plain(old.within) != plain(new.within):
            record.reworded("name of the callback", old, new)
        if old.kind == "webhook" and old.path != new.path:
            record.reworded("name of the webhook", old, new)
        _promises(record, old, new)
        parameters.parameters(record, exchanges, old, new)
        bodies.request(record, exchanges, old, new)
        bodies.answers(record, exchanges, old, new)
        if old.own_security or new.own_security:
            let_in.setdefault(_asked(old, new), []).append((old, new))
        if old.own_servers or new.own_servers:
            _servers(record, old, new, schemes)
        record.compare("", old, new, new.direction)
        record.documented()
        yield from record.found
    for pairs in let_in.values():
        yield from _let_in(schemes, pairs)


def _servers(
    record: Record, old: ops.Operation, new: ops.Operation, schemes: access.Schemes
) -> None:
    """The servers of an operation. Of one that the server calls they are those of
    clients, who tell their addresses otherwise; what is said of them is words."""
    told = Record(record.label) if new.kind else record
    access.servers(told, old.servers, new.servers, (old, new), schemes)
    if new.kind:
        told.documented()
        if told.found:
            record.reworded("servers", old, new)


def _asked(old: ops.Operation, new: ops.Operation) -> Hashable:
    """What two versions of an operation ask of clients."""
    return bool(new.kind), *(
        tuple(tuple(sorted(way.items())) for way in one.security) for one in (old, new)
    )


def _let_in(
    schemes: access.Schemes, pairs: list[tuple[ops.Operation, ops.Operation]]
) -> list[Finding]:
    """One finding for all operations that ask for the same instead of the same."""
    old, new = pairs[0]
    names = tuple(after.label for _, after in pairs)
    one = len(pairs) == 1
    record = Record(new.label if one else "security", new.label * one, names)
    called = bool(new.kind)
    schemes.needed(record, old.security, new.security, (old, new), called=called)
    return record.found


# --- came and went -----------------------------------------------------------------


def _listened(operation: ops.Operation) -> Hashable:
    """Where clients listen for what the server calls, whatever the method or the
    address that they are called by."""
    if operation.kind == "webhook":
        return operation.kind, operation.path
    return operation.kind, plain(operation.within)


def _removed(
    versions: Versions, operation: ops.Operation, instead: str
) -> list[Finding]:
    """An operation that went; `instead` is by what clients are called from now on."""
    record = Record(operation.label, operation.label)
    witness: Witness | None = None
    verdict, reason = SAFE, ""
    if not operation.kind:
        witness = _missed(versions, operation)
        verdict = Verdict.BREAKING
    elif instead:
        reason = f"whoever waits to be called so is called by {instead}"
        verdict = Verdict.BREAKING
    message = f"{operation.label} was removed"
    if operation.deprecated:
        message += f"; it was deprecated{promises.until(operation.notes)}"
    record.add(
        rules.OPERATION_REMOVED,
        verdict,
        operation.direction,
        message,
        operation,
        None,
        witness=witness,
        reason=reason,
    )
    return record.found


def _missed(versions: Versions, operation: ops.Operation) -> Witness | None:
    """The operation, which the one version lists and the other does not."""
    interfaces = versions.old.module.interface, versions.new.module.interface
    before, after = (
        _listed([o.label for o in one.operations if not o.kind], operation.label)
        for one in interfaces
    )
    if after:
        return None
    return Witness("operations", operation.label, before, after)


def _listed(names: list[str], value: str) -> bool:
    """Whether a list of operations, taken as an enumeration, holds one."""
    module = ir.Module("", "", "", (), {}, {})
    nowhere = ir.Location("", "")
    listed = (ir.Enum(("", *names)),)
    schema = ir.Schema(ir.SchemaId("#operations"), nowhere, listed)
    return Judge(module).valid_under(schema, value)


def _added(operation: ops.Operation) -> list[Finding]:
    record = Record(operation.label, operation.label)
    record.add(
        rules.OPERATION_ADDED,
        SAFE,
        operation.direction,
        f"{operation.label} was added",
        None,
        operation,
    )
    return record.found


# --- promises ----------------------------------------------------------------------


def _promises(record: Record, old: ops.Operation, new: ops.Operation) -> None:
    """Whether people are told to leave it, and what it is called."""
    direction = new.direction
    parameters.deprecation(record, "", direction, old, new)
    if old.id != new.id:
        message = f"operationId was {old.id or 'none'} and is {new.id or 'none'}"
        record.add(rules.OPERATION_ID_CHANGED, SAFE, direction, message, old, new)
