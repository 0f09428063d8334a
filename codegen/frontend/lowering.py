"""Turns schemas of any dialect into `ir.Schema`.

One `Lowering` makes the schemas of a whole module: it has the queue of places that were
referred to, and the schemas made so far. What each keyword means is in
`codegen.frontend.keywords`.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from codegen.diagnostics import WAYS_OUT, Report, Severity
from codegen.frontend import annotations as annotate
from codegen.frontend import keywords, no_schemas, pasted, unread, values
from codegen.frontend.environments import Environment, Environments, Needs
from codegen.frontend.resources import RECURSIVE, Place, Resource, Resources, Unresolved
from codegen.frontend.scope import Cut, Scope
from codegen.frontend.whole import Wholes
from codegen.ir import model as ir
from codegen.source import pointer as pointers
from codegen.source.limits import MAX_COPIES
from codegen.source.node import Json

_LEAVES_GAPS: Final = (Severity.ERROR, Severity.WARNING)
"""Severities of problems that leave something out of the module."""


_ASIDE: Final = ("not", "if", "then", "else", "additionalItems", "contentSchema")
"""Keywords whose subschemas may be ignored: they give way to a fault inside them, mean
nothing without another keyword, or are notes."""

_STORES: Final = ("$defs", "definitions")


@dataclass(frozen=True, slots=True)
class Settings:
    """How schemas are lowered.

    lenient  accept anything where something has no safe meaning, instead of refusing
    matters  which dynamic anchors matter at each place; without it all do, and
             `Lowering.needs` tells afterwards which did
    cuts     references that close a circle, by the place of each, and what becomes of
             them
    aside    have schemas in the module, too, that stand in others and assert nothing
    """

    lenient: bool = False
    aside: bool = False
    matters: Mapping[str, frozenset[str]] | None = None
    cuts: Mapping[ir.Location, Cut] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A schema that waits to be lowered."""

    identity: ir.SchemaId
    place: Place
    environment: Environment
    tolerant: bool = False
    """Whether a fault in it is a warning, because no class is made of it."""
    bare: bool = False
    """Whether it is to be a copy without branches."""


class Lowering:
    """Makes the schemas of one module."""

    def __init__(
        self, resources: Resources, report: Report, settings: Settings
    ) -> None:
        self.resources = resources
        self.report = report
        self.settings = settings
        self.needs = Needs()
        self._environments = Environments()
        self.dynamic = False
        """Whether anything was lowered in an environment."""
        self._children: dict[str, list[Place]] | None = None
        self._open: list[str] = []
        self._copies = 0
        self._tolerant = False
        self.schemas: dict[ir.SchemaId, ir.Schema] = {}
        self.components: Place | None = None
        """Where discriminators that name a schema look for it."""
        self._standing_for: dict[str, Place] = {}
        self._referred: set[str] = set()
        self.meant: Callable[[Place], Place] | None = None
        """What a reference means that leads to a place, where that holds a schema
        without being one."""
        self.places: dict[ir.SchemaId, Place] = {}
        self.gaps: dict[ir.Location, None] = {}
        """Where something stands that could not be read."""
        self.beside: dict[ir.Location, dict[str, object]] = {}
        """What stands beside references that are no schemas."""
        self._made: dict[ir.SchemaId, ir.Schema] = {}
        self.whole = Wholes(self).value
        self._queue: deque[_Pending] = deque()

    # --- what front ends call ------------------------------------------------------

    def require(
        self,
        place: Place,
        environment: Environment = (),
        *,
        tolerant: bool = False,
        bare: bool = False,
    ) -> ir.SchemaId:
        """The id of the schema at a place, which will be in the module. With `bare`, it
        is that of a copy without branches; with `tolerant`, faults in the schema are
        warnings."""
        environment = self._enter(place, environment)
        if self._copies > MAX_COPIES:
            message = f"dynamic references need more than {MAX_COPIES} copies"
            self.problem("too-large", message, self.location(place))
            environment = self._own(place)
        identity = self.identity(place, environment)
        if bare:
            identity = ir.SchemaId(f"{identity}@bare")
        if identity not in self.schemas:
            # Reserves the id, so that the order is that of discovery.
            self.schemas[identity] = ir.Schema(identity, self.location(place))
            self.places[identity] = place
            self._queue.append(_Pending(identity, place, environment, tolerant, bare))
        return identity

    def peek(self, place: Place) -> ir.SchemaId:
        """The id that `require` would return, without requiring the schema."""
        return self.identity(place, self._own(place))

    def give_name(self, entry: Place, schema: Place) -> None:
        """Have an entry of a map of schemas, which only refers to a schema elsewhere
        and gives that its name, be the same schema to everybody who refers to it."""
        self._standing_for[_label(entry)] = schema

    def named_by(self, place: Place) -> Place:
        """The schema to which a place gives its name; the place itself if it gives its
        name to none."""
        return self._standing_for.get(_label(place), place)

    def is_referred(self, place: Place) -> bool:
        """Whether a reference that was followed has led to a place."""
        return _label(place) in self._referred

    def require_children(self, base: Place) -> None:
        """Put into the module every component that extends `base` by `allOf`, directly
        or not. Nothing may refer to these, but if `base` has a discriminator it stands
        for all of them."""
        if self._children is None:
            self._children = self._extended()
        seen: set[str] = set()
        pending = [_label(base)]
        while pending:
            label = pending.pop()
            for child in self._children.get(label, ()):
                if _label(child) not in seen:
                    seen.add(_label(child))
                    self.require(child)
                    pending.append(_label(child))

    def _extended(self) -> dict[str, list[Place]]:
        """The components that extend each schema, by the label of that schema."""
        found: dict[str, list[Place]] = {}
        components = self.components
        for name in () if components is None else components.data:
            assert components is not None
            child = self.named_by(self.child(components, name))
            parts = child.data.get("allOf") if isinstance(child.data, dict) else None
            for part in parts if isinstance(parts, list) else ():
                text = part.get("$ref") if isinstance(part, dict) else None
                with contextlib.suppress(Unresolved):
                    if isinstance(text, str):
                        parent = self.resources.resolve(text, child.resource)
                        parent = self.named_by(parent)
                        found.setdefault(_label(parent), []).append(child)
        return found

    def run(self) -> None:
        """Lower everything that is required, and what that refers to."""
        while self._queue:
            item = self._queue.popleft()
            self._tolerant = item.tolerant
            lower = self._bare if item.bare else self.lower
            self.schemas[item.identity] = lower(item.place, item.environment)
        self._tolerant = False

    @contextlib.contextmanager
    def tolerant(self) -> Iterator[None]:
        """A context in which something without a safe meaning is left out with a
        warning. It is used for what surrounds schemas, whose faults must not stop
        generation."""
        before, self._tolerant = self._tolerant, True
        try:
            yield
        finally:
            self._tolerant = before

    def problem(
        self,
        code: str,
        message: str,
        where: ir.Location,
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
        read: bool = False,
    ) -> None:
        """Report something at a location. The location counts as a gap, unless the
        value is `read` in spite of the problem."""
        if severity in _LEAVES_GAPS and not read:
            self.gaps[where] = None
        workspace = self.resources.workspace
        document = workspace.named(where.document)
        span = document.span(where.pointer, key=key)
        source = document.source(span)
        self.report.add(code, message, span, severity=severity, source=source)

    def refuse(self, code: str, message: str, where: ir.Location, instead: str) -> None:
        """Report something that has no safe meaning. It is an error that says what can
        be done or, where leniency was asked for or no class is made of it, a warning
        that says what stands `instead`."""
        if self._tolerant and where in self.gaps:
            return  # What it is part of has said so already.
        if self.settings.lenient or self._tolerant:
            text, severity = f"{message}; {instead}", Severity.WARNING
        else:
            text, severity = f"{message}; {WAYS_OUT}", Severity.ERROR
        self.problem(code, text, where, severity=severity)

    # --- one schema ----------------------------------------------------------------

    def location(self, place: Place) -> ir.Location:
        """The location of a place."""
        return ir.Location(place.resource.document.name, place.pointer)

    def identity(self, place: Place, environment: Environment) -> ir.SchemaId:
        """The id of the schema at a place: `document#pointer`, and behind `@` what
        dynamic references mean there, if that differs from what they mean when one
        starts at the place."""
        base = _label(place)
        if environment and environment != self._own(place):
            base += "@" + ",".join(
                f"{name}={resource.label}" for name, resource in environment
            )
        return ir.SchemaId(base)

    def child(self, place: Place, *tokens: str) -> Place:
        """The place of a member. If an embedded resource starts there, it belongs to
        that."""
        data, pointer = place.data, place.pointer
        for token in tokens:
            data = data[int(token)] if isinstance(data, list) else data[token]
            pointer += "/" + pointers.escape(token)
        embedded = self.resources.embedded[place.resource.document.name]
        resource = place.resource
        if embedded:
            resource = embedded.get(pointer, resource)
        return Place(resource, pointer, data)

    def lower(
        self, place: Place, environment: Environment, *, is_property: bool = False
    ) -> ir.Schema:
        """The schema at a place. `environment` is that of the place around it."""
        environment = self._enter(place, environment)
        identity = self.identity(place, environment)
        found = self._made.get(identity)
        if found is None:
            self._open.append(_label(place))
            found = self._lower(identity, place, environment, is_property)
            self._open.pop()
            self._made[identity] = found
            self._copies += identity != _label(place)
        return found

    def _bare(self, place: Place, environment: Environment) -> ir.Schema:
        """A copy of a schema without its branches, from which its own branches can
        inherit."""
        environment = self._enter(place, environment)
        identity = ir.SchemaId(f"{self.identity(place, environment)}@bare")
        scope = Scope(self, place, environment, self.location(place))
        words = [word for word in scope.data if word not in ("oneOf", "anyOf")]
        self._open.append(_label(place))
        assertions = keywords.assertions(scope, words)
        self._open.pop()
        notes = replace(annotate.of(scope), discriminator=None)
        return ir.Schema(identity, scope.location, assertions, notes)

    def _own(self, place: Place) -> Environment:
        """The environment when one starts at a place."""
        return self._restrict(place, self._environments.enter(place.resource, ()))

    def _enter(self, place: Place, environment: Environment) -> Environment:
        """The environment at a place that is reached from `environment`."""
        environment = self._environments.enter(place.resource, environment)
        if environment:
            self.dynamic = True
            if self._open:
                self.needs.leads(self._open[-1], _label(place))
        return self._restrict(place, environment)

    def _restrict(self, place: Place, environment: Environment) -> Environment:
        matters = self.settings.matters
        if not environment or matters is None:
            return environment
        names = matters.get(_label(place), frozenset())
        return self._environments.restrict(environment, names)

    def _lower(
        self,
        identity: ir.SchemaId,
        place: Place,
        environment: Environment,
        is_property: bool,
    ) -> ir.Schema:
        location = self.location(place)
        data = place.data
        if not isinstance(data, dict):
            if not place.resource.document.readable:  # Which has been said.
                return ir.Schema(identity, location)
            return self._plain(identity, location, data)
        scope = Scope(self, place, environment, location, is_property)
        dialect = place.resource.dialect
        if dialect.ref_hides_siblings and "$ref" in data:
            assertions = keywords.assertions(scope, ("$ref",))
            notes = annotate.beside_reference(scope)
        else:
            assertions = keywords.assertions(scope, data)
            unread.note(scope)
            notes = annotate.with_remarks(annotate.of(scope), scope.remarks)
        if self.settings.aside:
            self._require_aside(place)
        if scope.departures:
            departures = tuple(dict.fromkeys(scope.departures))
            notes = replace(notes, departures=departures)
        return ir.Schema(identity, location, assertions, notes)

    def _require_aside(self, place: Place) -> None:
        """Put into the module the schemas inside this one that may assert nothing, such
        as definitions. Those at the top of a file have names, or are not part of the
        specification."""
        known = place.resource.dialect.keywords
        for key, value in place.data.items():
            if not isinstance(value, dict):
                continue
            if key in _ASIDE and key in known:
                self.require(self.child(place, key), tolerant=True)
            elif key in _STORES and place.pointer:
                for name in value:
                    self.require(self.child(place, key, name), tolerant=True)

    def _plain(
        self, identity: ir.SchemaId, location: ir.Location, data: Json
    ) -> ir.Schema:
        """The schema for a value that is no mapping: true, false, one of these as text,
        or something that means nothing."""
        reading = values.BOOLEAN.read(data)
        notes: tuple[ir.Departure, ...] = ()
        if not isinstance(data, bool):
            key = pointers.unescape(location.pointer.rpartition("/")[2])
            shown, code = values.shown(data), "invalid-keyword"
            said = f"`{key}: {shown}`" if location.pointer else f"`{shown}`"
            if reading.value is not None:
                code, outcome = "read-as-meant", f"is read as {reading.meant}"
                text = f"Read as meant: {said} as {reading.meant}."
            else:
                outcome = "is not enforced"
                text = f"Not enforced: {said}, which is no schema."
            notes = (ir.Departure(text, weaker=reading.value is None),)
            message = f"a schema is a mapping or a boolean; {said} {outcome}"
            known = code == "read-as-meant"
            self.problem(code, message, location, severity=Severity.WARNING, read=known)
        return ir.Schema(
            identity,
            location,
            (ir.Never(),) if reading.value is False else (),
            ir.Annotations(departures=notes),
        )

    # --- references ----------------------------------------------------------------

    @property
    def is_lenient(self) -> bool:
        """Whether leniency was asked for."""
        return self.settings.lenient

    def cut(self, where: ir.Location) -> Cut | None:
        """What is done with the reference at a location, if it closes a circle; None
        otherwise."""
        return self.settings.cuts.get(where)

    def resolve(self, text: str, base: Resource, where: ir.Location) -> Place:
        """The place to which a reference leads; where it had to be read with some
        goodwill, that is a warning. Raises `Unresolved`."""
        target = pasted.resolve(self.resources, text, base, where.pointer)
        for remark in target.remarks:
            severity = Severity.WARNING
            self.problem("dangling-ref", remark, where, severity=severity, read=True)
        self._referred.add(_label(target))
        return replace(target, remarks=()) if target.remarks else target

    def reference(
        self,
        place: Place,
        environment: Environment,
        keyword: str,
        *,
        bare: bool = False,
    ) -> ir.Ref:
        """The `Ref` for a reference keyword of the schema at a place. With `bare`, it
        leads to a copy of the target without branches. Raises `Unresolved`."""
        text = place.data[keyword]
        where = self.location(place).child(keyword)
        target = self.resolve(text, place.resource, where)
        if (other := no_schemas.found(target)) is not None:
            way = no_schemas.inside(target)
            target = self.child(target, *way)
            message = f"{text!r} leads to {other}{no_schemas.read_as(way)}"
            self.problem("invalid-keyword", message, where, severity=Severity.WARNING)
        target = self.named_by(target)
        target = target if self.meant is None else self.meant(target)
        target = self._dynamic(target, environment, keyword, text)
        return ir.Ref(self.require(target, environment, bare=bare), text)

    def _dynamic(
        self, target: Place, environment: Environment, keyword: str, text: str
    ) -> Place:
        """The place to which a dynamic reference leads: the outermost resource on the
        path that has the anchor, provided that the static target has it, too."""
        if keyword == "$ref":
            return target
        name = RECURSIVE if keyword == "$recursiveRef" else text.partition("#")[2]
        statically = target.resource.dynamic.get(name)
        if statically is None or statically != target.pointer:
            return target
        self.needs.refers(self._open[-1], name)
        bound = dict(environment).get(name)
        if bound is None:
            return target
        return self.resources.at(bound, bound.dynamic[name])


def _label(place: Place) -> str:
    return f"{place.resource.document.name}#{place.pointer}"
