"""From schemas of any dialect to `ir.Schema`.

One `Lowering` serves a whole module: it owns the queue of referenced places and
the schemas made so far. What each keyword means is in `codegen.frontend.keywords`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from codegen.diagnostics import Report, Severity
from codegen.frontend import annotations as annotate
from codegen.frontend import keywords
from codegen.frontend.environments import Environment, Needs, enter
from codegen.frontend.resources import (
    RECURSIVE,
    Place,
    Resources,
    Unresolved,
)
from codegen.frontend.scope import Scope
from codegen.ir import model as ir
from codegen.source import pointer as pointers
from codegen.source.limits import MAX_COPIES


class Lowering:
    """Makes the schemas of one module.

    `matters` says which dynamic anchors matter at each place; without it all do, and
    `needs` tells afterwards which did.
    """

    def __init__(
        self,
        resources: Resources,
        report: Report,
        matters: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.resources = resources
        self.report = report
        self.needs = Needs()
        self.dynamic = False
        """Whether anything was lowered in an environment."""
        self._matters = matters
        self._open: list[str] = []
        self._copies = 0
        self.schemas: dict[ir.SchemaId, ir.Schema] = {}
        self.components: Place | None = None
        """Where discriminators that name a schema look for it."""
        self.places: dict[ir.SchemaId, Place] = {}
        self.gaps: dict[ir.Location, None] = {}
        """Where something stands that could not be read."""
        self.beside: dict[ir.Location, dict[str, object]] = {}
        """What stands beside references that are no schemas."""
        self._made: dict[ir.SchemaId, ir.Schema] = {}
        self._queue: deque[tuple[ir.SchemaId, Place, Environment]] = deque()

    # --- what front ends call ------------------------------------------------------

    def require(self, place: Place, environment: Environment = ()) -> ir.SchemaId:
        """The id of the schema at a place, which will be in the module."""
        environment = self._enter(place, environment)
        if self._copies > MAX_COPIES:
            message = f"dynamic references need more than {MAX_COPIES} copies"
            self.problem("too-large", message, self.location(place))
            environment = self._own(place)
        identity = self.identity(place, environment)
        if identity not in self.schemas:
            # Reserves the id, so that the order is that of discovery.
            self.schemas[identity] = ir.Schema(identity, self.location(place))
            self.places[identity] = place
            self._queue.append((identity, place, environment))
        return identity

    def peek(self, place: Place) -> ir.SchemaId:
        """The id that `require` would give, without requiring it."""
        return self.identity(place, self._own(place))

    def run(self) -> None:
        """Lower everything that is required, and what that refers to in turn."""
        while self._queue:
            identity, place, environment = self._queue.popleft()
            self.schemas[identity] = self.lower(place, environment)

    def problem(
        self,
        code: str,
        message: str,
        where: ir.Location,
        *,
        key: bool = False,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Report something at a location."""
        if severity is Severity.ERROR:
            self.gaps[where] = None
        workspace = self.resources.workspace
        document = workspace.named(where.document)
        span = document.span(where.pointer, key=key)
        source = document.line(span.line)
        self.report.add(code, message, span, severity=severity, source=source)

    # --- one schema ----------------------------------------------------------------

    def location(self, place: Place) -> ir.Location:
        """Where a place is."""
        return ir.Location(place.resource.document.name, place.pointer)

    def identity(self, place: Place, environment: Environment) -> ir.SchemaId:
        """`document#pointer`, and behind `@` what dynamic references mean there
        if that differs from what they mean when one starts at the place."""
        base = _label(place)
        if environment and environment != self._own(place):
            base += "@" + ",".join(
                f"{name}={resource.label}" for name, resource in environment
            )
        return ir.SchemaId(base)

    def child(self, place: Place, *tokens: str) -> Place:
        """The place of a member, inside an embedded resource if one starts there."""
        data, pointer = place.data, place.pointer
        for token in tokens:
            data = data[int(token)] if isinstance(data, list) else data[token]
            pointer += "/" + pointers.escape(token)
        embedded = self.resources.embedded[place.resource.document.name]
        resource = place.resource
        if embedded:
            resource = embedded.get(pointer, resource)
        return Place(resource, pointer, data)

    def lower(self, place: Place, environment: Environment) -> ir.Schema:
        """The schema at a place; `environment` is that of the place around it."""
        environment = self._enter(place, environment)
        identity = self.identity(place, environment)
        found = self._made.get(identity)
        if found is None:
            self._open.append(_label(place))
            found = self._lower(identity, place, environment)
            self._open.pop()
            self._made[identity] = found
            self._copies += identity != _label(place)
        return found

    def _own(self, place: Place) -> Environment:
        """The environment of one who starts at a place."""
        return self._restrict(place, enter(place.resource, ()))

    def _enter(self, place: Place, environment: Environment) -> Environment:
        """The environment at a place that is reached in `environment`."""
        environment = enter(place.resource, environment)
        if environment:
            self.dynamic = True
            if self._open:
                self.needs.leads(self._open[-1], _label(place))
        return self._restrict(place, environment)

    def _restrict(self, place: Place, environment: Environment) -> Environment:
        if not environment or self._matters is None:
            return environment
        names = self._matters.get(_label(place), frozenset())
        return tuple(bound for bound in environment if bound[0] in names)

    def _lower(
        self, identity: ir.SchemaId, place: Place, environment: Environment
    ) -> ir.Schema:
        location = self.location(place)
        data = place.data
        if data is True:
            return ir.Schema(identity, location)
        if data is False:
            return ir.Schema(identity, location, (ir.Never(),))
        if not isinstance(data, dict):
            message = "a schema is a mapping or a boolean"
            self.problem("invalid-keyword", message, location)
            return ir.Schema(identity, location)
        scope = Scope(self, place, environment, location)
        dialect = place.resource.dialect
        if dialect.ref_hides_siblings and "$ref" in data:
            reference = keywords.assertions(scope, ("$ref",))
            beside = annotate.beside_reference(scope)
            return ir.Schema(identity, location, reference, beside)
        return ir.Schema(
            identity,
            location,
            keywords.assertions(scope, data),
            annotate.of(scope),
        )

    # --- references ----------------------------------------------------------------

    def reference(
        self, place: Place, environment: Environment, keyword: str
    ) -> ir.Ref | None:
        """The `Ref` that a reference keyword at a place stands for."""
        text = place.data[keyword]
        location = self.location(place).child(keyword)
        if not isinstance(text, str):
            message = f"`{keyword}` takes a string"
            self.problem("invalid-keyword", message, location)
            return None
        try:
            target = self.resources.resolve(text, place.resource)
            target = self._dynamic(target, environment, keyword, text)
        except Unresolved as error:
            self.problem(error.code, str(error), location)
            return None
        return ir.Ref(self.require(target, environment), text)

    def _dynamic(
        self, target: Place, environment: Environment, keyword: str, text: str
    ) -> Place:
        """Where a dynamic reference leads: to the outermost resource on the path
        that has the anchor, provided that its static target has it as well."""
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
