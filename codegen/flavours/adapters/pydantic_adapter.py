"""Between JSON values and pydantic's models."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    SerializationInfo,
    TypeAdapter,
    model_serializer,
)


class PackageModel(BaseModel):
    """The base of all models: unknown properties are kept, and what was never given
    is not sent, so that absent and null stay two things."""

    model_config = ConfigDict(
        extra="allow", populate_by_name=True, protected_namespaces=()
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: Any, handler: GetJsonSchemaHandler, /
    ) -> dict[str, Any]:
        """What is sent is described by the fields, whatever writes it."""
        described: Any = dict(core_schema)
        described.pop("serialization", None)
        return handler(described)

    @model_serializer(mode="wrap")
    def _given(
        self, handler: Callable[[Any], dict[str, Any]], info: SerializationInfo
    ) -> dict[str, Any]:
        found = handler(self)
        of = type(self)
        if not of.__pydantic_complete__:
            of.model_rebuild()  # Until then nothing is known of aliases.
        unknown = self.model_extra or {}
        for name, field in of.model_fields.items():
            given = name in self.model_fields_set and name not in unknown
            if not given and field.default is None:
                found.pop((info.by_alias and field.alias) or name, None)
        return found


def reader(of: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from JSON that meets its schema."""
    validate = TypeAdapter(of).validate_python

    def read(value: Any) -> Any:
        # On the wire only the names of properties count; programs use attributes.
        return validate(value, by_alias=True, by_name=False)

    return read


def writer(of: Any) -> Callable[[Any], Any]:
    """What makes JSON of a value of a type."""
    dump = TypeAdapter(of).dump_python

    def written(value: Any) -> Any:
        return dump(value, mode="json", by_alias=True, warnings=False)

    return written
