"""From schemas of any dialect to `ir.Schema`.

One `Lowering` serves a whole module: it owns the queue of referenced places and
the schemas made so far. What each keyword means is in `codegen.frontend.keywords`.
"""

from __future__ import annotations

from collections import deque
from typing import TypeAlias

from codegen.diagnostics import Report, Severity
from codegen.frontend import annotations as annotate
from codegen.frontend import keywords
from codegen.frontend.resources import (
    RECURSIVE,
    Place,
    Resource,
    Resources,
    Unresolved,
)
from codegen.frontend.scope import Scope
from codegen.ir import model as ir
from codegen.source import pointer as pointers

Environment: TypeAlias = tuple[tuple[str, Resource], ...]
"""The outermost resource that binds each dynamic anchor, by name, sorted.

A dynamic reference means what the path to it has bound. Environments are finite,
so making one copy of a schema for each of them ends."""


def enter(resource: Resource, environment: Environment) -> Environment:
    """The environment inside a resource that is reached in `environment`."""
    if not resource.dynamic:
        return environment
    bound = {name: resource for name in resource.dynamic}
    bound.update(environment)
    return tuple(sorted(bound.items(), key=lambda item: item[0]))


class Lowering:
    """Makes the schemas of one module."""

    def __init__(self, resources: Resources, report: Report) -> None:
        self.resources = resources
        self.report = report
        self.schemas: dict[ir.SchemaId, ir.Schema] = {}
        self.components: Place | None = None
        """Where discriminators that name a schema look for it."""
        self.places: dict[ir.SchemaId, Place] = {}
        self._made: dict[ir.SchemaId, ir.Schema] = {}
        self._queue: deque[tuple[ir.SchemaId, Place, Environment]] = deque()

    # --- what front ends call ------------------------------------------------------

    def want(self, place: Place, environment: Environment = ()) -> ir.SchemaId:
        """The id of the schema at a place, which will be in the module."""
        environment = enter(place.resource, environment)
        identity = self.identity(place, environment)
        if identity not in self.schemas:
            # Reserves the id, so that the order is that of discovery.
            self.schemas[identity] = ir.Schema(identity, self.location(place))
            self.places[identity] = place
            self._queue.append((identity, place, environment))
        return identity

    def peek(self, place: Place) -> ir.SchemaId:
        """The id that `want` would give, without wanting it."""
        return self.identity(place, enter(place.resource, ()))

    def run(self) -> None:
        """Lower everything that is wanted, and what that refers to in turn."""
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
        base = f"{place.resource.document.name}#{place.pointer}"
        if environment and environment != enter(place.resource, ()):
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
        environment = enter(place.resource, environment)
        identity = self.identity(place, environment)
        found = self._made.get(identity)
        if found is None:
            found = self._lower(identity, place, environment)
            self._made[identity] = found
        return found

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
            return ir.Schema(identity, location, keywords.assertions(scope, ("$ref",)))
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
        return ir.Ref(self.want(target, environment), text)

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
        bound = dict(environment).get(name)
        if bound is None:
            return target
        return self.resources.at(bound, bound.dynamic[name])
