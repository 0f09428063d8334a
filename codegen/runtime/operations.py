"""Operations: the types of what is sent and of what comes back. Nothing here sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .parameters import Parameters
from .schema import Schema, schema_named, type_named


class Body:
    """A body of one media type.

    `schema` is the schema of the whole, `item` that of each item of a body that is a
    stream; both are None for bytes.
    """

    __slots__ = ("_data", "_item", "_package", "_schema", "events_have_fields")

    def __init__(
        self,
        schema: str | None = None,
        *,
        item: str | None = None,
        events_have_fields: bool = False,
        data: Mapping[str, str] | None = None,
    ) -> None:
        """`events_have_fields` tells whether `item` describes server-sent events with
        their fields (`event`, `data`), not what is in `data` alone; `data` has the
        schemas of that by the types of events."""
        self._schema = schema
        self._item = item
        self._data = data or {}
        self._package = ""
        self.events_have_fields = events_have_fields

    def bind(self, package: str) -> None:
        """Tell the package that the body is of."""
        self._package = package

    def __repr__(self) -> str:
        return f"<Body {self._schema or self._item or 'of bytes'}>"

    @property
    def schema(self) -> Schema | None:
        """The schema of the whole."""
        return self._named(self._schema)

    @property
    def type(self) -> Any:
        """What values of the body are in Python: a class, or another annotation."""
        return None if self._schema is None else type_named(self._package, self._schema)

    @property
    def item(self) -> Schema | None:
        """The schema of each item."""
        return self._named(self._item)

    @property
    def item_type(self) -> Any:
        """What items are in Python: a class, or another annotation."""
        return None if self._item is None else type_named(self._package, self._item)

    @property
    def stream(self) -> Any:
        """The reader of a body that is a stream, an `EventStream`; None where the body
        has no items."""
        if self._item is None:
            return None
        from .event_stream import EventStream

        fields = self.events_have_fields
        return EventStream(self._package, self._item, fields, self._data)

    def _named(self, name: str | None) -> Schema | None:
        return None if name is None else schema_named(self._package, name)


class Operation:
    """An operation: its method and path, its parameters, and its bodies by media type,
    of responses by status as well. `kind` is empty for an operation of the API,
    `webhook` or `callback` for one that the server calls.
    """

    __slots__ = ("kind", "method", "parameters", "path", "request", "responses")

    def __init__(
        self,
        method: str,
        path: str,
        *,
        kind: str = "",
        parameters: Parameters | None = None,
        request: Mapping[str, Body] | None = None,
        responses: Mapping[str, Mapping[str, Body]] | None = None,
    ) -> None:
        self.method = method
        self.path = path
        self.kind = kind
        self.parameters = parameters
        self.request = request or {}
        self.responses = responses or {}

    def __repr__(self) -> str:
        return f"<Operation {self.method} {self.path}>"

    def response(self, status: int) -> Mapping[str, Body]:
        """The bodies of the answer with a status code: those of the code itself, else
        of its range (`4XX`), else of `default`; none where nothing is said of it."""
        for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
            if key in self.responses:
                return self.responses[key]
        return {}


class Operations(Mapping[str, Operation]):
    """Every operation by its id, or by method and path."""

    def __init__(self, operations: Mapping[str, Operation], package: str) -> None:
        self._operations = operations
        for operation in operations.values():
            if operation.parameters is not None:
                operation.parameters.bind(package, operation.path)
            every = (operation.request, *operation.responses.values())
            for body in (body for bodies in every for body in bodies.values()):
                body.bind(package)

    def __getitem__(self, key: str) -> Operation:
        return self._operations[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._operations)

    def __len__(self) -> int:
        return len(self._operations)
