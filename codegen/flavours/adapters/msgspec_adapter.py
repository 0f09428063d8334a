"""Between JSON values and msgspec's structs.

msgspec drops properties that a struct does not declare. They are kept beside its fields
here, so that what is decoded goes out as it came.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Self

import msgspec

_EXTRA = "_extra"


class PackageModel(msgspec.Struct, dict=True):
    """The base of all structs; what no field holds is in `__dict__`, of which msgspec's
    own ways of copying know nothing."""

    def __copy__(self) -> Self:
        made = msgspec.structs.replace(self)
        vars(made).update(vars(self))
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        # Pickle looks for msgspec's UNSET in all modules, and finds it in some orders.
        fields = {name: getattr(self, name) for name in self.__struct_fields__}
        given = {name: it for name, it in fields.items() if it is not msgspec.UNSET}
        return _made, (type(self), given), vars(self)


def _made(of: type[Any], given: dict[str, Any]) -> Any:
    made = of(**given)
    for name in of.__struct_fields__:
        if name not in given:
            setattr(made, name, msgspec.UNSET)
    return made


@cache
def _known(of: type[msgspec.Struct]) -> Mapping[str, str]:
    """The fields of a struct by the names of their properties."""
    known = {field.encode_name: field.name for field in msgspec.structs.fields(of)}
    tag = of.__struct_config__.tag_field
    return known if tag is None else {**known, tag: ""}


def _whole(value: Any) -> Any:
    """The same value with integers for 5.0, which msgspec takes for none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {name: _whole(item) for name, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list) else value


def _keep(value: Any, made: Any) -> None:
    """Put what was dropped of a value beside the fields of what was made of it; what
    did not come is absent."""
    if isinstance(made, PackageModel) and isinstance(value, dict):
        known = _known(type(made))
        extra = {name: item for name, item in value.items() if name not in known}
        if extra:
            vars(made)[_EXTRA] = extra
        for name, attribute in known.items():
            if attribute and name in value:
                _keep(value[name], getattr(made, attribute))
            elif attribute:
                setattr(made, attribute, msgspec.UNSET)  # Not the tag of the class.
    elif isinstance(made, dict):
        for name, item in made.items():
            _keep(value[name], item)
    elif isinstance(made, (list, tuple)):
        for inner, item in zip(value, made, strict=True):
            _keep(inner, item)


def _restore(made: Any, value: Any) -> Any:
    """The JSON of what was made, with what was kept beside its fields."""
    if isinstance(made, PackageModel):
        for name, attribute in _known(type(made)).items():
            if attribute and name in value:
                _restore(getattr(made, attribute), value[name])
        value.update(vars(made).get(_EXTRA, {}))
    elif isinstance(made, dict):
        for name, item in made.items():
            _restore(item, value[name])
    elif isinstance(made, (list, tuple)):
        for item, inner in zip(made, value, strict=True):
            _restore(item, inner)
    return value


def reader(of: Any) -> Callable[[Any], Any]:
    """What makes a value of a type from JSON that meets its schema."""

    def read(value: Any) -> Any:
        whole = _whole(value)
        made = msgspec.convert(whole, of)
        _keep(whole, made)
        return made

    return read


def writer(of: Any) -> Callable[[Any], Any]:
    """What makes JSON of a value of a type."""

    def write(value: Any) -> Any:
        return _restore(value, msgspec.to_builtins(value))

    return write
