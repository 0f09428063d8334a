"""Between JSON values and pydantic's models."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    SerializationInfo,
    TypeAdapter,
    ValidationInfo,
    model_serializer,
    model_validator,
)
from pydantic.fields import FieldInfo

_MODELS = f"{__name__.rpartition('._runtime.')[0]}.models"

_WIRE = object()
"""What tells that a value comes from the wire, where nothing is filled in."""

_CAME = "_came"
"""What is beside the fields of a model that was decoded, and is no program's own."""


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
        return handler(_unwritten(core_schema))

    @classmethod
    def model_rebuild(
        cls,
        *,
        force: bool = False,
        raise_errors: bool = True,
        _parent_namespace_depth: int = 2,
        _types_namespace: Mapping[str, Any] | None = None,
    ) -> bool | None:
        """As pydantic's. What the classes of the package mean by a name is in their
        module, and not what bears it where a program first uses them."""
        if cls.__module__ == _MODELS and _types_namespace is None:
            _types_namespace = vars(sys.modules[_MODELS])
        return super().model_rebuild(
            force=force,
            raise_errors=raise_errors,
            _parent_namespace_depth=_parent_namespace_depth + 1,
            _types_namespace=_types_namespace,
        )

    @model_validator(mode="wrap")
    @classmethod
    def _as_it_came(
        cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        """A tag that did not come is absent. Where it is required, the object is of
        another class. An unknown property that has the name of a field gives nothing to
        the field."""
        made = handler(value)
        if made.model_extra and isinstance(value, dict):
            for name in made.model_extra.keys() & cls.model_fields.keys():
                if _key(name, cls.model_fields[name]) not in value:
                    made.model_fields_set.discard(name)
        if info.context is _WIRE and isinstance(value, dict):
            vars(made)[_CAME] = True
            for name, key, required in _tags(cls):
                if key not in value:
                    if required:
                        raise ValueError(f"the property {key!r} is missing")
                    vars(made)[name] = None
        return made

    @model_serializer(mode="wrap")
    def _given(
        self, handler: Callable[[Any], dict[str, Any]], info: SerializationInfo
    ) -> dict[str, Any]:
        found = handler(self)
        of = type(self)
        if not of.__pydantic_complete__:
            of.model_rebuild()  # Until then nothing is known of aliases.
        for name, field in of.model_fields.items():
            given = name in self.model_fields_set
            if not given and vars(self).get(name) is None:
                found.pop(_key(name, field) if info.by_alias else name, None)
        return found


def _unwritten(core_schema: Any) -> Any:
    """What is read, without how it is written."""
    made = {key: it for key, it in core_schema.items() if key != "serialization"}
    if made["type"] == "function-wrap":
        made["schema"] = _unwritten(made["schema"])
    return made


def _key(name: str, field: FieldInfo) -> str:
    """The property of a field; that may be called by no letter at all."""
    return name if field.alias is None else field.alias


@cache
def _tags(of: type[BaseModel]) -> tuple[tuple[str, str, bool], ...]:
    """The fields that have a value of their own, each with its property and whether
    that is required."""
    return tuple(
        (name, _key(name, field), type(None) not in get_args(field.annotation))
        for name, field in of.model_fields.items()
        if not field.is_required() and field.default is not None
    )


_ANYTHING = TypeAdapter[Any](Any)


# Pydantic looks for what names mean here, too, where no type has the name.
def reader(_of: Any, sided: bool = False) -> Callable[[Any], Any]:
    """What makes a value of a type from JSON that meets its schema."""
    validate = TypeAdapter(_of).validate_python

    def read(value: Any) -> Any:
        # On the wire only the names of properties count; programs use attributes.
        return validate(value, by_alias=True, by_name=False, context=_WIRE)

    return read


def is_built(value: Any) -> bool:
    """Whether a program made any of the models in a value."""
    pending = [value]
    for one in pending:  # There may be more and more of them.
        if isinstance(one, BaseModel):
            if _CAME not in vars(one):
                return True
            pending += [*vars(one).values(), *(one.model_extra or {}).values()]
        elif isinstance(one, (dict, list, tuple)):
            pending += one.values() if isinstance(one, dict) else one
    return False


def writer(of: Any) -> Callable[[Any], Any]:
    """What makes JSON of a value of a type."""
    # By the type itself, pydantic takes an alias that leads to itself for a circle.
    dump = _ANYTHING.dump_python

    def written(value: Any) -> Any:
        return dump(value, mode="json", by_alias=True, warnings=False)

    return written
