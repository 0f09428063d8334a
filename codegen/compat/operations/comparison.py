"""Everything around the schemas, compared: one entry for all kinds of documents."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Final, TypeAlias

from codegen.compat import rules
from codegen.compat.findings import Finding, Verdict
from codegen.compat.operations import access, http
from codegen.compat.operations.actions import Actions
from codegen.compat.operations.exchange import Exchanges
from codegen.compat.operations.messages import Messages, Told
from codegen.compat.operations.record import Record
from codegen.compat.versions.version import DIRECTIONS, Versions
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir import walk
from codegen.ir.equality import freeze

_VERSION: Final = re.compile(r"v?(\d+)\.(\d+)(?:\.(\d+))?")
_NAMES: Final = (rules.SCHEMA_ADDED, rules.SCHEMA_REMOVED)
"""What is about names; a schema may have stood where it is used without one."""
_BUMPS: Final = ("none", "patch", "minor", "major")


def findings(
    versions: Versions, exchanges: Exchanges, found: list[Finding]
) -> list[Finding]:
    """All findings: those of schemas and events, which are `found` already, and those
    of what stands around them, each cause once."""
    old, new = versions.old.module.interface, versions.new.module.interface
    schemes = access.Schemes(old.schemes, new.schemes)
    messages = Messages(versions, exchanges, _told(versions, found))
    actions = Actions(versions, exchanges, schemes, messages)
    own = [
        *_document(versions, old, new, schemes),
        *http.findings(versions, exchanges, schemes),
        *actions.findings(),
    ]
    lone = {rules.CHANNEL_ADDED, rules.CHANNEL_REMOVED}
    rest = [f for f in found if f.about not in lone or f.schema not in actions.covered]
    every = [*rest, *own, *actions.silent({f.schema for f in rest})]
    every += [*_gaps(versions, every), *_unused(versions, every)]
    return [*every, *_beside(versions, every)]


def _told(versions: Versions, found: Iterable[Finding]) -> frozenset[Told]:
    """The payloads of events that came, went or were renamed, each with the direction
    in which it did."""
    tags = {
        (f.event, way)
        for f in found
        if f.event
        for way in DIRECTIONS
        if f.about is rules.EVENT_MOVED or f.direction in (way, ir.Direction.UNKNOWN)
    }
    return frozenset(
        (event.schema, way)
        for version in (versions.old, versions.new)
        for channel in version.roots.channels.values()
        for event in channel.events
        for way in DIRECTIONS
        if channel.direction in (way, ir.Direction.UNKNOWN)
        and any((name, way) in tags for name in (*event.tags, event.name))
    )


# --- the document ------------------------------------------------------------------


def _document(
    versions: Versions, old: ops.Interface, new: ops.Interface, schemes: access.Schemes
) -> Iterator[Finding]:
    """What holds for all operations, and what is said of the document itself."""
    nowhere = ops.Part(location=ir.Location("", ""))
    where = tuple(i.parts.get("the document", nowhere) for i in (old, new))
    inheriting = tuple(
        b.label
        for a, b in versions.operations.both
        if not (a.own_security or b.own_security)
    )
    places = where[0], where[1]
    document, servers = Record("document"), Record("servers")
    security = Record("security", affected=inheriting)
    shown = _needed(old, called=True) | _needed(new, called=True)
    schemes.schemes(document, _needed(old) | _needed(new), shown, places)
    schemes.needed(security, old.security, new.security, places)
    channels = versions.actions.channels.both
    access.servers(servers, old.servers, new.servers, places, schemes, channels)
    if versions.rebased:
        servers.reworded("the place of the base path", *places)
    both = versions.operations.both
    if both and not inheriting:
        _overridden(security, places)
    called = [(a, b) for a, b in both if not a.kind]
    if called and all(a.own_servers or b.own_servers for a, b in called):
        _overridden(servers, places)
    for name in dict.fromkeys((*old.parts, *new.parts)):
        a, b = old.parts.get(name), new.parts.get(name)
        if a is not None and b is not None:
            what = "" if name == "the document" else name
            document.compare(what, a, b)
        elif name == "info" or _idle(old if b is None else new, name):
            document.reworded(name, a or where[0], b or where[1])
    for record in (document, servers, security):
        record.documented()
        yield from record.found


def _overridden(record: Record, where: tuple[ops.Part, ops.Part]) -> None:
    """What is said for operations that all say it themselves is words."""
    if record.found:
        record.found.clear()
        record.reworded(record.label, *where)


def _idle(interface: ops.Interface, path: str) -> bool:
    """Whether a path is without operations; nothing else tells of it then."""
    return all(operation.path not in path for operation in interface.operations)


def _needed(interface: ops.Interface, *, called: bool = False) -> set[str]:
    """The security schemes that somebody asks for; those of operations that are
    `called` are for the server to show."""
    mine = (o for o in interface.operations if called is bool(o.kind))
    # What holds for the whole document is about those who call it.
    ways = [way for o in mine if o.own_security or not called for way in o.security]
    if not called:
        ways += interface.security
        ways += (way for a in interface.actions for way in a.security or ())
        ways += (way for s in interface.servers for way in s.security or ())
    return {name for way in ways for name in way}


# --- what could not be read --------------------------------------------------------


def _gaps(versions: Versions, found: Iterable[Finding]) -> Iterator[Finding]:
    """Values without a meaning, where they are not the same in both versions. Of what
    came or went as a whole nothing more is said, nor where just that came or went which
    could not be read."""
    old, new = (
        _by_place(v.module, v.module.interface.gaps)
        for v in (versions.old, versions.new)
    )
    if old.keys() == new.keys() and all(_same(old[key], new[key]) for key in old):
        return
    for one, other in _moved(versions, old):
        if other in new and one not in new and _same(old[one], new[other]):
            del old[one], new[other]
    lone = _lone(versions, found)
    for key in dict.fromkeys((*old, *new)):
        a, b = old.get(key), new.get(key)
        if a is not None and b is not None and _same(a, b):
            continue
        sides = [side for side, value in zip(lone, (a, b), strict=True) if value]
        told = any(key in side for side in lone)
        if told or not any(side.isdisjoint(_around(key)) for side in sides):
            continue
        record = Record(key[1].rpartition("/")[0] or "document")
        which = "either version" if a and b else "one version"
        record.add(
            rules.NOT_COMPARED,
            Verdict.UNKNOWN,
            ir.Direction.UNKNOWN,
            f"what stands here could not be read in {which}",
            a and a[0],
            b and b[0],
            reason="what it means is not known; the warnings say what is wrong",
        )
        yield from record.found


def _moved(versions: Versions, old: Iterable[_Key]) -> list[tuple[_Key, _Key]]:
    """The places of the old version inside schemas that stand at another place in the
    new one, each with the place inside that."""
    one, other = versions.old.module, versions.new.module
    places = {
        _key(one, one.schemas[a].location): _key(other, other.schemas[b].location)
        for a, b in versions.pairs.partner.items()
    }
    result = []
    for key in old:
        outer = next((place for place in _around(key) if place in places), None)
        if outer is not None and places[outer] != outer:
            file, pointer = places[outer]
            result.append((key, (file, pointer + key[1].removeprefix(outer[1]))))
    return result


def _lone(versions: Versions, found: Iterable[Finding]) -> list[set[_Key]]:
    """The places of what went from the old version, and of what came to the new one. A
    schema that both have at another place did not, though its name went or came."""
    result = []
    alone = [f for f in found if f.old is None or f.new is None]
    for number, version in enumerate((versions.old, versions.new)):
        places: dict[bool, set[_Key]] = {True: set(), False: set()}
        for one in alone:
            where = (one.old, one.new)[number]
            if where is not None:
                places[one.about in _NAMES].add(_key(version.module, where))
        lone, names = places[False], places[True]
        result.append(lone | (names - _compared(versions, number, lone)))
    return result


def _compared(versions: Versions, number: int, lone: Collection[_Key]) -> set[_Key]:
    """The places of the schemas of one version that what both have leads to, not
    counting the `lone` parts of them."""
    pairs, found, seen = versions.pairs, set[_Key](), set[ir.SchemaId]()
    module = (versions.old, versions.new)[number].module
    paired = [*pairs.partner.items(), *((v.old, v.new) for v in pairs.values)]
    stack = [module.schemas[pair[number]] for pair in paired]
    while stack:
        schema = stack.pop()
        key = _key(module, schema.location)
        if schema.id in seen or key in lone:
            continue
        seen.add(schema.id)
        found.add(key)
        stack += walk.children(schema)
        for one in schema.assertions:
            if isinstance(one, ir.Ref):
                stack.append(module.schemas[one.target])
    return found


def _beside(versions: Versions, found: Iterable[Finding]) -> Iterator[Finding]:
    """What stands beside references and has no meaning, where nothing else tells."""
    old, new = (
        _by_place(v.module, v.module.interface.beside)
        for v in (versions.old, versions.new)
    )
    told = _spoken_of(versions, found)
    for key in dict.fromkeys((*old, *new)):
        a, b = old.get(key), new.get(key)
        if a is not None and b is not None and _same(a, b):
            continue
        if told.intersection(_around(key)):
            continue
        record = Record(key[1])
        record.add(
            rules.DOCUMENTATION_CHANGED,
            Verdict.COMPATIBLE,
            ir.Direction.UNKNOWN,
            "what stands beside a reference, and means nothing, changed",
            a and a[0],
            b and b[0],
        )
        yield from record.found


_Value: TypeAlias = tuple[ir.Location, ir.Json]
"""A value, with where it stands."""

_Key: TypeAlias = tuple[str, str]
"""A place by its file, which has no name if it is the document itself, and pointer."""


def _same(a: _Value, b: _Value) -> bool:
    return freeze(a[1]) == freeze(b[1])


def _key(module: ir.Module, place: ir.Location) -> _Key:
    root = module.files[0].path if module.files else ""
    return "" if place.document == root else place.document, place.pointer


def _spoken_of(versions: Versions, found: Iterable[Finding]) -> set[_Key]:
    """The places that findings speak of, in either version."""
    return {
        _key(version.module, place)
        for f in found
        for version, place in ((versions.old, f.old), (versions.new, f.new))
        if place is not None
    }


def _around(key: _Key) -> Iterator[_Key]:
    """A place and those around it, the document itself aside."""
    file, pointer = key
    while pointer:
        yield file, pointer
        pointer = pointer.rpartition("/")[0]
    if file:
        yield file, pointer


def _by_place(
    module: ir.Module, many: Mapping[ir.Location, ir.Json]
) -> dict[_Key, _Value]:
    """Values of a module by place."""
    return {_key(module, where): (where, value) for where, value in many.items()}


# --- components that nothing uses --------------------------------------------------


def _unused(versions: Versions, found: Iterable[Finding]) -> Iterator[Finding]:
    """Objects that can be referred to, differ, and that no finding speaks of."""
    modules = versions.old.module, versions.new.module
    told = _spoken_of(versions, found)
    told |= {_key(m, place) for m in modules for place in _places(m.interface)}
    told = {place for key in told for place in _around(key)}
    old, new = sides = [m.interface.components for m in modules]
    for pointer in dict.fromkeys((*old, *new)):
        both = pointer in old and pointer in new
        if both and freeze(old[pointer].value) == freeze(new[pointer].value):
            continue
        held = ((m, m.interface.components.get(pointer)) for m in modules)
        if any(_key(m, one.location) in told for m, one in held if one):
            continue
        name = pointer.removeprefix("/components/")
        word = "changed" if both else "came" if pointer in new else "went"
        record = Record(name)
        record.add(
            rules.UNUSED_COMPONENT_CHANGED,
            Verdict.COMPATIBLE,
            ir.Direction.UNKNOWN,
            f"the component {word}; where that shows, it is told there",
            *((side[pointer].location if pointer in side else None) for side in sides),
        )
        yield from record.found


def _places(value: object) -> Iterator[ir.Location]:
    """The places of all parts of an interface."""
    stack = [value]
    while stack:
        match stack.pop():
            case ops.Part() as part:
                yield part.location
                names = (f.name for f in fields(part))
                stack.extend(getattr(part, name) for name in names)
            case ops.Interface() as whole:
                stack += [*whole.operations, *whole.channels, *whole.actions]
                stack += [*whole.servers, *whole.parts.values()]
            case tuple() as many:
                stack.extend(many)
            case dict() as by_name:
                stack.extend(by_name.values())
            case _:
                pass


# --- the version -------------------------------------------------------------------


def version_note(versions: Versions, bump: str) -> Iterator[Finding]:
    """A note where the version moved, but back, or less than the changes ask for."""
    old, new = versions.old.module, versions.new.module
    before, after = (_VERSION.fullmatch(m.version) for m in (old, new))
    if before is None or after is None or old.version == new.version:
        return
    first, second = ([int(n or 0) for n in found.groups()] for found in (before, after))
    step = next((i for i in range(3) if first[i] != second[i]), 3)
    moved, back = _BUMPS[3 - step], second < first
    way = "back from" if back else "from"
    if first[0] == second[0] == 0 and bump == "major":
        bump = "minor"  # Before 1.0 the second number says what breaks.
    if not back and _BUMPS.index(moved) >= _BUMPS.index(bump):
        return
    places = [
        m.interface.parts["info"].location.child("version")
        for m in (old, new)
        if "info" in m.interface.parts
    ]
    if len(places) < 2:
        return
    record = Record("document")
    record.add(
        rules.VERSION_TOO_SMALL,
        Verdict.COMPATIBLE,
        None,
        f"the version moved {way} {old.version} to {new.version}, a"
        f" {moved} step; the changes ask for a {bump} one",
        *places,
    )
    yield from record.found
