"""Requests and answers as documents, so that one can show what a change does.

The parts of a request (query, headers, body) become members of an object, and what an
operation asks of them becomes its schema. A document that the writer's version accepts
and the reader's rejects is a witness like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from codegen.compat.direction import Traffic
from codegen.compat.findings import Witness
from codegen.compat.versions.version import Versions
from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.oracle import Undecided

_NOWHERE: Final = ir.Location("", "")
_Members: TypeAlias = tuple[Mapping[str, tuple[ir.Schema, ...]], frozenset[str]]
"""Schemas by name, and which names are required."""

_PARTS: Final = ("query", "querystring", "header", "cookie")


@dataclass(frozen=True, slots=True)
class Carried:
    """The request or answer around a part of its body: what it is called and how it
    begins."""

    name: str
    start: Mapping[str, ir.Json]


@dataclass(slots=True)
class Exchanges:
    """Makes requests and answers, and asks both versions of them."""

    versions: Versions
    traffic: Mapping[ir.Direction, Traffic]
    made: int = field(default=0)

    # --- requests ------------------------------------------------------------------

    def request(
        self,
        old: ops.Operation,
        new: ops.Operation,
        *,
        parameter: ops.Parameter | None = None,
        media: ops.Media | None = None,
        body: bool | None = None,
    ) -> Witness | None:
        """A request that the writer's version takes and the reader's does not.

        It is the smallest one, with a parameter, of a media type, or with or without
        a body as asked for.
        """
        traffic = self.traffic[new.direction]
        writer, reader = (old, new) if traffic.forward else (new, old)
        value: dict[str, Any] = {"method": old.method, "path": old.path}
        for one in writer.parameters:
            if (one.required or one is parameter) and one.where in _PARTS:
                if not (found := self._samples(traffic, one.schema)):
                    return None
                value.setdefault(one.where, {})[_name(one)] = found[0]
        carried = writer.body
        if carried is not None and (carried.required or body or media):
            chosen = media or next(iter(carried.content.values()), None)
            if chosen is not None and body is not False:
                value |= self._body(traffic, chosen)
        schemas = (self._request(writer, old), self._request(reader, old))
        return self._shown(traffic, f"request of {new.label}", schemas, value)

    def _request(self, operation: ops.Operation, old: ops.Operation) -> ir.Schema:
        """What an operation asks of a request."""
        properties = {
            "method": self._schema(ir.Enum((old.method,))),
            "path": self._schema(ir.Enum((old.path,))),
        }
        required = ["method", "path"]
        for where in _PARTS:
            mine = [one for one in operation.parameters if one.where == where]
            properties[where] = self._members(mine, closed=True)
            if any(one.required for one in mine):
                required.append(where)
        self._content(properties, operation.body.content if operation.body else None)
        if operation.body is not None and operation.body.required:
            required.append("content type")
        return self._object(properties, required)

    # --- answers -------------------------------------------------------------------

    def answer(
        self,
        old: ops.Operation,
        new: ops.Operation,
        response: ops.Response,
        other: ops.Response | None = None,
        success: bool = False,
    ) -> Witness | None:
        """An answer by the writer's version that the reader's does not take, which may
        have an `other` one in its place; a `success` if it may be none."""
        traffic = self.traffic[new.direction.back]
        writer, reader = (old, new) if traffic.forward else (new, old)
        value: dict[str, Any] = {"status": code(response, other, (old, new), success)}
        for one in response.headers.values():
            if one.required:
                if not (found := self._samples(traffic, one.schema)):
                    return None
                value.setdefault("header", {})[_name(one)] = found[0]
        chosen = next(iter(response.content.values()), None)
        if chosen is not None:
            value |= self._body(traffic, chosen)
        schemas = (self._answers(writer), self._answers(reader))
        return self._shown(traffic, f"answer to {new.label}", schemas, value)

    def _answers(self, operation: ops.Operation) -> ir.Schema:
        """What an operation says of its answers: one of them."""
        branches = []
        for response in operation.responses.values():
            properties = {
                "status": self._status(operation, response.status),
                "header": self._members(response.headers.values(), closed=False),
            }
            required = ["status"]
            if any(one.required for one in response.headers.values()):
                required.append("header")
            self._content(properties, response.content)
            if response.content:
                required.append("content type")
            else:
                del properties["content type"], properties["body"]
            branches.append(self._object(properties, required))
        return self._schema(ir.AnyOf(tuple(branches))) if branches else self._schema()

    def _status(self, operation: ops.Operation, status: str) -> ir.Schema:
        """The codes that a status stands for: not those that have an answer of their
        own, and `default` is for none that another one is for."""
        if status.isdecimal():
            return self._schema(ir.Enum((int(status),)))
        told = set(map(str.upper, operation.responses))
        ranges = {one for one in told if one.endswith("XX") and one[0].isdecimal()}
        named = tuple(sorted(int(one) for one in told if one.isdecimal()))
        others = [self._schema(ir.Enum(named))] if named else []
        own: list[ir.Assertion] = []
        if status.upper() in ranges:
            own += self._range(status).assertions
        else:
            others += map(self._range, sorted(ranges))
        return self._schema(*own, *(ir.Not(one) for one in others))

    def _range(self, status: str) -> ir.Schema:
        low = int(status[0]) * 100
        return self._schema(ir.Minimum(low), ir.Maximum(low + 99))

    # --- parts of a body -----------------------------------------------------------

    def part(
        self,
        carried: Carried,
        direction: ir.Direction,
        media: str,
        name: str,
        types: tuple[tuple[str, ...], tuple[str, ...]],
    ) -> Witness | None:
        """A part of a form, of a content type that only the writer's version knows.

        `types` are those of the old and the new version; none where a version leaves
        it to the schema, and a range of types (`image/*`) takes any.
        """
        traffic = self.traffic[direction]
        wrote, read = types if traffic.forward else (types[1], types[0])
        fresh = [one for one in wrote if one not in read and "*" not in one]
        if not fresh or not read:
            return None
        part = {"content type": fresh[0]}
        start = {**carried.start, "content type": media}
        value: dict[str, ir.Json] = {**start, "parts": {name: part}}
        schemas = (self._part(name, types[0]), self._part(name, types[1]))
        if not traffic.forward:
            schemas = (schemas[1], schemas[0])
        return self._shown(traffic, carried.name, schemas, value)

    def _part(self, name: str, types: tuple[str, ...]) -> ir.Schema:
        """What a version says of the content type of a part."""
        ranged = not types or any("*" in one for one in types)
        told = () if ranged else (ir.Enum(types),)
        part = self._object({"content type": self._schema(*told)}, ["content type"])
        return self._object({"parts": self._object({name: part}, [])}, [])

    # --- pieces --------------------------------------------------------------------

    def _content(
        self,
        properties: dict[str, ir.Schema],
        content: Mapping[str, ops.Media] | None,
    ) -> None:
        """A body, which nobody looks into here, and its media type."""
        known = tuple(content or ())
        ranged = any("*" in media for media in known)
        told = () if ranged else (ir.Enum(known),) if known else (ir.Never(),)
        properties["content type"] = self._schema(*told)
        properties["body"] = self._schema()

    def _members(self, many: Iterable[ops.Parameter], *, closed: bool) -> ir.Schema:
        mine = list(many)
        properties = {
            _name(one): (
                self._schema()
                if one.schema is None
                else self._schema(ir.Ref(one.schema))
            )
            for one in mine
        }
        required = [_name(one) for one in mine if one.required]
        return self._object(properties, required, closed=closed)

    def _object(
        self,
        properties: Mapping[str, ir.Schema],
        required: list[str],
        *,
        closed: bool = False,
    ) -> ir.Schema:
        rest = (ir.AdditionalProperties(self._schema(ir.Never()), tuple(properties)),)
        needed = (ir.Required(tuple(required)),) if required else ()
        return self._schema(
            ir.Type(("object",)),
            ir.Properties(dict(properties)),
            *(rest if closed else ()),
            *needed,
        )

    def _schema(self, *assertions: ir.Assertion) -> ir.Schema:
        self.made += 1
        target = ir.SchemaId(f"#exchange/{self.made}")
        return ir.Schema(target, _NOWHERE, assertions)

    def _body(self, traffic: Traffic, media: ops.Media) -> dict[str, ir.Json]:
        """The smallest body of a media type; without its value where none is found, as
        nobody looks into it here."""
        found = self._samples(traffic, media.schema)
        body: dict[str, ir.Json] = {"body": found[0]} if found else {}
        return {"content type": media.media, **body}

    def writes(self, direction: ir.Direction, many: Collection[ops.Media]) -> bool:
        """Whether a body of any of some media types, if there are any, may be written
        in a direction; none can whose schema is proved to accept nothing."""
        traffic = self.traffic[direction]
        return not many or any(self._written(traffic, one.schema) for one in many)

    def _written(self, traffic: Traffic, target: ir.SchemaId | None) -> bool:
        if target is None or traffic.mine.some(
            node := (traffic.writer.side.module.schemas[target],)
        ):
            return True
        traffic.begin()
        return not traffic.tableau.look(node, (self._schema(ir.Never()),)).empty

    def _samples(
        self, traffic: Traffic, target: ir.SchemaId | None
    ) -> tuple[ir.Json, ...]:
        """A few values that the writer may put at a place, of which the first is to be
        shown; none where none is found."""
        if target is None:
            return ("",)
        node = (traffic.writer.side.module.schemas[target],)
        found = traffic.mine.some(node)
        if not found:
            traffic.begin()
            looked = traffic.tableau.look(node, (self._schema(ir.Never()),)).values
            found = tuple(v for v in looked if traffic.accepted(node, v))
        return tuple(sorted(found, key=lambda value: value is None))

    def _shown(
        self,
        traffic: Traffic,
        name: str,
        schemas: tuple[ir.Schema, ir.Schema],
        value: ir.Json,
    ) -> Witness | None:
        """The witness, if both versions say so."""
        old, new = schemas if traffic.forward else (schemas[1], schemas[0])
        return traffic.confirm(old, new, name, value)

    def are_read(
        self,
        written: _Members,
        read: _Members,
        direction: ir.Direction,
    ) -> bool:
        """Whether members that the old version has are proved to be read by the new
        one, whose are the others; each with those that are always there."""
        traffic = self.traffic[direction]
        old, new = (
            self._object(
                {n: self._schema(*self._all(s)) for n, s in schemas.items()},
                sorted(required),
                closed=True,
            )
            for schemas, required in (written, read)
        )
        traffic.begin()
        return traffic.schema(old, new) or traffic.contained(old, new)

    def _all(self, schemas: tuple[ir.Schema, ...]) -> tuple[ir.Assertion, ...]:
        return (ir.AllOf(schemas),) if schemas else ()

    # --- messages ------------------------------------------------------------------

    def payload(
        self,
        direction: ir.Direction,
        name: str,
        target: ir.SchemaId | None,
        known: Sequence[ir.SchemaId] = (),
    ) -> Witness | None:
        """A payload of a message that the reader's version does not have, and that is
        none of the payloads it knows."""
        if target is None:
            return None
        traffic = self.traffic[direction]
        writer, reader = traffic.writer, traffic.reader
        schema = writer.side.module.schemas[target]
        others = [reader.side.module.schemas[one] for one in known]
        for value in traffic.mine.some((schema,)):
            try:
                taken = any(reader.judge.valid_under(one, value) for one in others)
                if not taken and writer.judge.valid_under(schema, value):
                    forward = traffic.forward
                    return Witness(name, value, forward, not forward)
            except Undecided:
                continue
        pair = self._against(traffic, target, known)
        return traffic.whole(*pair, name) if known else None

    def taken(
        self,
        direction: ir.Direction,
        target: ir.SchemaId | None,
        known: Sequence[ir.SchemaId],
    ) -> bool:
        """Whether a payload is proved to be one of those that the reader knows,
        whatever message it is called."""
        if target is None or not known:
            return False
        traffic = self.traffic[direction]
        traffic.begin()
        pair = self._against(traffic, target, known)
        return traffic.schema(*pair) or traffic.contained(*pair)

    def _against(
        self, traffic: Traffic, target: ir.SchemaId, known: Sequence[ir.SchemaId]
    ) -> tuple[ir.Schema, ir.Schema]:
        """A payload of the writer and all that the reader knows, the older first."""
        schema = traffic.writer.side.module.schemas[target]
        others = tuple(traffic.reader.side.module.schemas[one] for one in known)
        union = self._schema(ir.AnyOf(others))
        return (schema, union) if traffic.forward else (union, schema)


def _name(parameter: ops.Parameter) -> str:
    """The name under which a parameter travels; headers have no case."""
    header = parameter.where == "header"
    return parameter.name.lower() if header else parameter.name


def code(
    one: ops.Response,
    other: ops.Response | None,
    both: tuple[ops.Operation, ops.Operation],
    success: bool = False,
) -> int:
    """A code of an answer and of the `other` one in its place: one of which no further
    answer of either version speaks, if there is any; of a `success`, if it may be
    none."""
    own = [part.status.upper() for part in (one, other) if part is not None]
    for status in own:
        if status.isdecimal():
            return int(status)
    hundreds = next((s[0] for s in own if s[:1].isdecimal()), "2" if success else "543")
    many = [int(first) * 100 + n for first in hundreds for n in range(100)]
    told = {s.upper() for part in both for s in part.responses}.difference(own)
    free = (n for n in many if told.isdisjoint((str(n), f"{n // 100}XX")))
    return next(free, many[0])
