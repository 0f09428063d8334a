"""Between JSON values and msgspec's structs.

msgspec drops properties that a struct does not declare. They are kept beside its fields
here, so that what is decoded goes out as it came.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Self

import msgspec

_EXTRA = "_extra"
_CAME = "_came"
"""What tells that a struct was decoded, and is no program's own."""


class PackageModel(msgspec.Struct, dict=True, weakref=True):
    """The base of all structs; what no field holds is in `__dict__`, of which msgspec's
    own ways of comparing and copying know nothing."""

    def __eq__(self, other: object) -> bool:
        same: bool = super().__eq__(other)
        if same is not True:  # Of something else it may be the other who knows.
            return same
        return vars(self).get(_EXTRA) == vars(other).get(_EXTRA)

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
    whole = [value]
    pending: list[Any] = [whole]
    for inside in pending:  # There may be more and more of them.
        items = inside.items() if isinstance(inside, dict) else enumerate(inside)
        for key, item in items:
            if isinstance(item, float) and item.is_integer():
                inside[key] = int(item)
            elif isinstance(item, (dict, list)):
                pending.append(item)
    return whole[0]


def _pairs(made: Any, value: Any) -> Iterator[tuple[PackageModel, dict[str, Any]]]:
    """Each struct of what was made with the object that it stands for."""
    pending = [(made, value)]
    for one, other in pending:  # There may be more and more of them.
        if isinstance(one, PackageModel) and isinstance(other, dict):
            yield one, other
            known = _known(type(one)).items()
            inner = [(getattr(one, a), other[n]) for n, a in known if a and n in other]
        elif isinstance(one, dict):
            inner = [(item, other[name]) for name, item in one.items()]
        elif isinstance(one, (list, tuple)):
            inner = list(zip(one, other, strict=True))
        else:
            continue
        pending += inner


def _keep(made: Any, value: Any, sided: bool) -> None:
    """Put what was dropped of a value beside the fields of what was made of it; what
    did not come is absent. Where both sides do not ask for the same, what came is
    marked."""
    for one, given in _pairs(made, value):
        known = _known(type(one))
        extra = {name: item for name, item in given.items() if name not in known}
        if extra:
            vars(one)[_EXTRA] = extra
        if sided:
            vars(one)[_CAME] = True
        for name, attribute in known.items():
            if attribute and name not in given:
                setattr(one, attribute, msgspec.UNSET)  # Not the tag of the class.


def is_built(value: Any) -> bool:
    """Whether a program made any of the structs in a value."""
    pending = [value]
    for one in pending:  # There may be more and more of them.
        if isinstance(one, PackageModel):
            if _CAME not in vars(one):
                return True
            pending += (getattr(one, name) for name in one.__struct_fields__)
        elif isinstance(one, (dict, list, tuple)):
            pending += one.values() if isinstance(one, dict) else one
    return False


def reader(of: Any, sided: bool = False) -> Callable[[Any], Any]:
    """What makes a value of a type from JSON that meets its schema, and is nobody
    else's; `sided` says whether the other side asks for something else."""

    def read(value: Any) -> Any:
        whole = _whole(value)
        made = msgspec.convert(whole, of)
        _keep(made, whole, sided)
        return made

    return read


def writer(of: Any) -> Callable[[Any], Any]:
    """What makes JSON of a value of a type."""

    def write(value: Any) -> Any:
        made = msgspec.to_builtins(value)
        for one, sent in _pairs(value, made):
            sent.update(vars(one).get(_EXTRA, {}))
        return made

    return write
