"""Servers and security: whether old clients still reach the API and are let in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from codegen.compat import rules
from codegen.compat.findings import Verdict
from codegen.compat.operations import bindings
from codegen.compat.operations.addresses import reached, same, scheme, spelled
from codegen.compat.operations.record import Record, settings_changed
from codegen.compat.rules.rule import Rule
from codegen.compat.versions import operations as pairing
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir.equality import Frozen, freeze
from codegen.ir.model import Json

SAFE, BREAKING = Verdict.COMPATIBLE, Verdict.BREAKING

_SCOPE: Final = re.compile("flows/[^/]*/(scopes|availableScopes)/")

_MOST: Final = 20
"""Servers among which the addresses of another one are looked for."""

_REACH: Final = "clients that are set up for it do not get through"


# --- servers -----------------------------------------------------------------------


def servers(
    record: Record,
    old: Sequence[ops.Server],
    new: Sequence[ops.Server],
    where: tuple[ops.Part, ops.Part],
    schemes: Schemes,
    channels: Sequence[tuple[ops.Channel, ops.Channel]] = (),
) -> None:
    """The servers of a document, a path or an operation. `channels` are those of both
    versions, which may be on some servers only."""
    if len(old) != len(new) and _here(old) and _here(new):
        record.reworded("servers", *where)
        return
    if not old and new and not any(_here_too(one) for one in new):
        _stated(record, new, where)
        return
    found = paired(old, new)
    renamed = [p for p in found.both if p[0].settings == p[1].settings]
    changed = [p for p in found.both if p[0].settings != p[1].settings]
    if len(found.gone) == len(found.come) == 1:
        changed.append((found.gone.pop(), found.come.pop()))
    for a, b in changed:
        if same(a, b):
            record.reworded(f"address of server {_shown(b)}", a, b)
            continue
        told = "; ".join(m for _, m in settings_changed(a.settings, b.settings))
        rule, message = rules.SERVER_CHANGED, f"a server's {told}"
        _lost(record, rule, message, a, b, _others(a, new, channels))
    for one in found.gone:
        rule, message = rules.SERVER_REMOVED, f"server {_shown(one)} was removed"
        _lost(record, rule, message, one, where[1], _others(one, new, channels))
    for one in found.come:
        message = f"server {_shown(one)} was added"
        record.add(rules.SERVER_ADDED, SAFE, None, message, where[0], one)
    for a, b in (*renamed, *changed):
        _server(record, a, b, schemes)


def _others(
    old: ops.Server,
    new: Sequence[ops.Server],
    channels: Sequence[tuple[ops.Channel, ops.Channel]],
) -> list[list[ops.Server]]:
    """For each channel of an old server, the servers that it is on now; all servers,
    if there are no channels."""
    lists = {b.servers for a, b in channels if _is_on(a.servers, old)}
    return [[s for s in new if _is_on(names, s)] for names in lists or {None}]


def _is_on(names: Collection[str] | None, server: ops.Server) -> bool:
    return names is None or server.name in names


def _lost(
    record: Record,
    rule: Rule,
    message: str,
    old: ops.Server,
    place: ops.Part,
    others: Iterable[Sequence[ops.Server]],
) -> None:
    """A server that is not there any more as it was; its addresses may be those of
    others, for each channel that was there."""
    kept = all(len(some) <= _MOST and reached(old, some) for some in others)
    verdict, reason = (SAFE, "") if kept else (BREAKING, _REACH)
    if kept and rule is rules.SERVER_REMOVED:
        message += ", and another one has its address"
    record.add(rule, verdict, None, message, old, place, reason=reason)


def _here(servers: Sequence[ops.Server]) -> bool:
    """Whether an API is served where its document is, which is so if nothing is
    said."""
    plain = all(s.settings == {"url": "/"} and not s.unread for s in servers)
    return plain and len(servers) < 2


def _here_too(server: ops.Server) -> bool:
    """Whether a server is where an API is of which nothing is said; of AsyncAPI, whose
    servers have protocols, that is nowhere."""
    return server.settings.keys() != {"url"} or server.settings["url"] in ("", "/")


def _stated(
    record: Record, new: Sequence[ops.Server], where: tuple[ops.Part, ops.Part]
) -> None:
    """Servers are stated where there were none, so that the API was where its document
    is. That may be one of them, unless all are below that place."""
    listed = ", ".join(map(_shown, new))
    message = f"the API was where its document is, and is at {listed}"
    below = all(re.match("/(?!/)", str(one.settings["url"])) for one in new)
    verdict = BREAKING if below else Verdict.RISKY
    reason = _REACH if below else "whether that is the same place is not said"
    rule = rules.SERVER_CHANGED
    record.add(rule, verdict, None, message, where[0], new[0], reason=reason)


def paired(
    old: Iterable[ops.Server], new: Iterable[ops.Server]
) -> pairing.Match[ops.Server]:
    """Which server is which: by name and address, by address, by name. Of those that
    have neither in common, the ones of one scheme come first."""
    return pairing.match(
        old,
        new,
        lambda s: (s.name, freeze(s.settings)),
        lambda s: freeze(s.settings),
        spelled,
        lambda s: (s.name or None, scheme(s)),
        lambda s: s.name or None,
    )


def _shown(server: ops.Server) -> str:
    return str(server.settings.get("url") or server.settings.get("host") or server.name)


def _server(record: Record, a: ops.Server, b: ops.Server, schemes: Schemes) -> None:
    """What else is said of a server that both versions have."""
    name = _shown(b)
    for key in dict.fromkeys((*a.variables, *b.variables)):
        x, y = a.variables.get(key), b.variables.get(key)
        if (x is None or y is None) and a.settings != b.settings:
            continue  # It came or went with its place in the address.
        if x is None or y is None:
            verdict = SAFE if x is None else BREAKING
            message = (
                f"variable {key} of {name} was {'added' if x is None else 'removed'}"
            )
            reason = "" if x is None else _REACH
            rule = rules.SERVER_VARIABLE_CHANGED
            record.add(rule, verdict, None, message, x or a, y or b, reason=reason)
            continue
        _variable(record, f"variable {key} of {name}", x, y)
        record.compare(f"variable {key}", x, y)
    schemes.needed(record, a.security or (), b.security or (), (a, b))
    bindings.compare(record, a, b)
    if a.name != b.name:
        record.reworded(f"name of server {name}", a, b)
    record.compare(f"server {name}", a, b)


def _variable(record: Record, what: str, x: ops.Variable, y: ops.Variable) -> None:
    rule = rules.SERVER_VARIABLE_CHANGED
    if x.values != y.values:
        known = set(y.values) if y.values is not None else None
        lost = x.values is None or not (known is None or set(x.values) <= known)
        harm = known is not None and lost
        verdict = BREAKING if harm else SAFE
        message = f"{what} has other values" if harm else f"{what} has further values"
        reason = _REACH if harm else ""
        record.add(rule, verdict, None, message, x, y, reason=reason)
    if x.default != y.default:
        message = f"{what} was {x.default!r} by default and is {y.default!r}"
        reason = "clients that do not set it end up elsewhere"
        record.add(rule, Verdict.RISKY, None, message, x, y, reason=reason)


# --- security ----------------------------------------------------------------------


def _meaning(scheme: ops.SecurityScheme) -> Frozen:
    told = dict(scheme.settings), dict(scheme.addresses), sorted(scheme.scopes)
    return freeze(list(told))


def _alike(schemes: Mapping[str, ops.SecurityScheme]) -> dict[str, str]:
    """The first scheme that means the same as each."""
    first: dict[Frozen, str] = {}
    return {
        name: first.setdefault(_meaning(scheme), name)
        for name, scheme in schemes.items()
    }


@dataclass(slots=True)
class Schemes:
    """The security schemes of both versions; `same` takes old names to new ones, and
    `alike` new ones to the first of those that mean the same."""

    old: Mapping[str, ops.SecurityScheme]
    new: Mapping[str, ops.SecurityScheme]
    found: pairing.Match[ops.SecurityScheme] = field(init=False)
    same: dict[str, str] = field(init=False)
    alike: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.found = pairing.match(
            self.old.values(),
            self.new.values(),
            lambda s: s.name,
            _meaning,
        )
        paired = {a.name: b.name for a, b in self.found.both}
        mine, theirs = _alike(self.old), _alike(self.new)
        met = {name: paired.get(name, paired.get(mine[name], name)) for name in mine}
        self.same = {name: theirs.get(other, other) for name, other in met.items()}
        self.alike = theirs

    def needed(
        self,
        record: Record,
        old: tuple[ops.Requirement, ...],
        new: tuple[ops.Requirement, ...],
        where: tuple[ops.Part, ops.Part],
        *,
        called: bool = False,
    ) -> None:
        """What is asked of clients: whatever sufficed must suffice still. Of what the
        server calls, clients ask it: whatever it shows now must have sufficed."""
        places = tuple(part.location.child("security") for part in where)
        before = [
            {self.same.get(name, name): set(scopes) for name, scopes in way.items()}
            for way in old or ({},)
        ]
        after = [
            {self.alike.get(name, name): set(scopes) for name, scopes in way.items()}
            for way in new or ({},)
        ]
        if _ways(before) == _ways(after):
            return
        shut = _shut(zip(old or ({},), before, strict=True), after)
        opened = _shut(zip(new or ({},), after, strict=True), before)
        rule, message = rules.SECURITY_RELAXED, f"{_either(new)} suffices"
        if shut:
            rule, message = rules.SECURITY_TIGHTENED, f"{shut} no longer suffices"
        if called:
            direction, harm = ir.Direction.SERVER_TO_CLIENT, opened
            reason = f"who is called takes {_either(old)}"
        else:
            direction, harm = None, shut
            reason = f"now it takes {_either(new)}"
        verdict = BREAKING if harm else SAFE
        reason = reason if harm else ""
        record.add(rule, verdict, direction, message, *places, reason=reason)

    def schemes(
        self,
        record: Record,
        asked: set[str],
        shown: set[str],
        where: tuple[ops.Part, ops.Part],
    ) -> None:
        """What the schemes themselves say. Somebody notices it only of those that
        clients are `asked` for, and of those `shown` by a server that calls them."""
        for one in (s for s in self.found.gone if not s.inline):
            rule, message = rules.SECURITY_SCHEME_REMOVED, f"{one.name} was removed"
            record.add(rule, SAFE, None, message, one, where[1])
        for one in (s for s in self.found.come if not s.inline):
            rule, message = rules.SECURITY_SCHEME_ADDED, f"{one.name} was added"
            record.add(rule, SAFE, None, message, where[0], one)
        for a, b in self.found.both:
            names = {a.name, b.name}
            self._scheme(record, a, b, bool(names & asked), bool(names & shown))

    def _scheme(
        self,
        record: Record,
        a: ops.SecurityScheme,
        b: ops.SecurityScheme,
        asked: bool,
        shown: bool,
    ) -> None:
        what = f"security scheme {b.name}"
        changed = _settings_changed(a.settings, b.settings)
        moved = _moved(a, b)
        gone, come = _scopes(a, b), _scopes(b, a)
        if not (asked or shown) and (changed or moved or gone or come):
            message = f"{what} changed, which nothing asks for"
            record.add(rules.UNUSED_COMPONENT_CHANGED, SAFE, None, message, a, b)
        elif asked or shown:
            direction = None if asked else ir.Direction.SERVER_TO_CLIENT
            for _, message in changed:
                _shown_otherwise(record, f"{what}: {message}", (a, b), asked, shown)
            for key, message in moved:
                rule, told = rules.TOKEN_ADDRESS_CHANGED, f"{what}: {message}"
                lost = key in a.addresses
                reason = "whether the old address goes on is not said" if lost else ""
                verdict = Verdict.RISKY if lost else SAFE
                record.add(rule, verdict, direction, told, a, b, reason=reason)
            if gone:
                told = f"{what}: no more {', '.join(gone)}"
                reason = "who asks for it gets no token"
                rule = rules.SCOPE_REMOVED
                record.add(rule, BREAKING, direction, told, a, b, reason=reason)
            if come:
                told = f"{what}: {', '.join(come)} came"
                record.add(rules.SCOPE_ADDED, SAFE, direction, told, a, b)
        if a.name != b.name and not (a.inline and b.inline):
            record.reworded(f"name of {what}", a, b)
        if not changed and freeze(dict(a.settings)) != freeze(dict(b.settings)):
            record.reworded(f"spelling of {what}", a, b)
        _deprecation(record, what, a, b)
        # The words of a scope that came or went are no further change.
        lone = {k for k in a.notes.keys() ^ b.notes.keys() if _SCOPE.match(k)}
        lone.add("deprecated")
        first, second = (
            replace(one, notes={k: v for k, v in one.notes.items() if k not in lone})
            for one in (a, b)
        )
        record.compare(what, first, second)


def _shown_otherwise(
    record: Record,
    told: str,
    where: tuple[ops.Part, ops.Part],
    asked: bool,
    shown: bool,
) -> None:
    """A scheme of which clients are asked, or that is shown to them, has changed."""
    direction = None if asked else ir.Direction.SERVER_TO_CLIENT
    reason = "what old clients show is not looked at"
    if not asked:
        reason = "what old clients look for is not shown"
    elif shown:
        direction = ir.Direction.UNKNOWN
        reason = "neither side looks at what the other one showed before"
    rule = rules.SECURITY_SCHEME_CHANGED
    record.add(rule, BREAKING, direction, told, *where, reason=reason)


def _deprecation(
    record: Record, what: str, a: ops.SecurityScheme, b: ops.SecurityScheme
) -> None:
    """Whether people are told to leave a scheme."""
    before, after = (one.notes.get("deprecated") is True for one in (a, b))
    if before is not after:
        rule = rules.DEPRECATED if after else rules.UNDEPRECATED
        told = f"{what} is {'' if after else 'no longer '}deprecated"
        record.add(rule, SAFE, None, told, a, b)


def _settings_changed(
    old: Mapping[str, Json], new: Mapping[str, Json]
) -> list[tuple[str, str]]:
    """What differs between the settings of two schemes. Neither names of headers nor
    schemes of HTTP have a case."""
    sides = old, new
    blind = ["scheme"] if all(s.get("type") == "http" for s in sides) else []
    blind += ["name"] if all(s.get("in") == "header" for s in sides) else []
    return [
        (key, message)
        for key, message in settings_changed(old, new)
        if key not in blind or len({str(s.get(key)).lower() for s in sides}) > 1
    ]


def _moved(a: ops.SecurityScheme, b: ops.SecurityScheme) -> list[tuple[str, str]]:
    """The addresses that differ; those of a flow that came or went came or went with
    it."""
    lone = a.scopes.keys() ^ b.scopes.keys()
    return [
        (key, message)
        for key, message in settings_changed(a.addresses, b.addresses)
        if key.partition("/")[0] not in lone
    ]


def _scopes(a: ops.SecurityScheme, b: ops.SecurityScheme) -> list[str]:
    """The flows and scopes of one version that the other lacks."""
    found = []
    for flow, scopes in a.scopes.items():
        if flow not in b.scopes:
            found.append(f"flow {flow}")
            continue
        found.extend(f"scope {s}" for s in scopes if s not in b.scopes[flow])
    return found


def _suffices(shown: Mapping[str, set[str]], asked: Mapping[str, set[str]]) -> bool:
    """Whether what a client shows is all that is asked."""
    return all(name in shown and asked[name] <= shown[name] for name in asked)


def _shut(
    ways: Iterable[tuple[ops.Requirement, Mapping[str, set[str]]]],
    asked: list[dict[str, set[str]]],
) -> str:
    """The first way that does not do for what is asked, for people; empty if all do."""
    shut = (w for w, shown in ways if not any(_suffices(shown, one) for one in asked))
    return next(map(_said, shut), "")


def _either(ways: tuple[ops.Requirement, ...]) -> str:
    """Ways to get in, for people."""
    return " or ".join(map(_said, ways or ({},)))


def _ways(many: list[dict[str, set[str]]]) -> set[object]:
    return {frozenset((n, frozenset(s)) for n, s in way.items()) for way in many}


def _said(way: Mapping[str, Iterable[str]]) -> str:
    """A way to get in, for people."""
    parts = []
    for name, scopes in way.items():
        listed = ", ".join(sorted(scopes))
        parts.append(f"{name} ({listed})" if listed else name)
    return " with ".join(parts) or "anonymous access"
