"""Events whose tag a table does not hold."""

from __future__ import annotations

from operator import eq
from typing import Any, cast

from ._depth import same, shown, with_room
from ._json import dumps
from .model import PydanticSerializer
from .wire import plain


class UnknownEvent:
    """An event whose tag the table does not hold.

    `type` is the tag as received (None if there is none), `raw` the whole JSON object.
    It encodes to what was received.
    """

    __slots__ = ("__weakref__", "raw", "type")
    __match_args__ = ("type", "raw")
    __pydantic_serializer__ = PydanticSerializer()

    def __init__(self, type: Any, raw: dict[str, Any]) -> None:
        self.type = type
        self.raw = raw

    def __repr__(self) -> str:
        return f"UnknownEvent(type={shown(self.type)}, raw={shown(self.raw)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, UnknownEvent):
            return NotImplemented
        try:
            return self.raw == other.raw
        except RecursionError:
            return same(self.raw, other.raw, eq)

    def __reduce__(self) -> tuple[type, tuple[Any, dict[str, Any]]]:
        return self.__class__, (self.type, self.raw)

    def __deepcopy__(self, memo: object) -> UnknownEvent:
        return UnknownEvent(plain(self.type), plain(self.raw))

    __hash__ = None  # type: ignore[assignment]  # raw is mutable, as in a dict

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from .pydantic_face import unknown_event_schema

        return unknown_event_schema(cls)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object as it was received."""
        return cast(dict[str, Any], plain(self.raw))

    def to_json(self) -> bytes:
        """The JSON text of `to_dict`, compact, in UTF-8."""
        return with_room(dumps, self.raw)
