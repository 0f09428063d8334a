"""The flavours: what datamodel-code-generator is asked for, and what each can bear."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Any, Final

from codegen.ir import model as ir
from codegen.python.model import enumerations
from codegen.python.model import shapes as sh
from codegen.python.model.fields import Field
from codegen.python.model.package import Package


def _anything(_shape: sh.Union, _package: Package) -> bool:
    return True


def _alternatives(shape: sh.Shape, package: Package) -> tuple[sh.Shape, ...]:
    """The shapes that a value may have, whatever they are called together."""
    found: dict[sh.Shape, None] = {}
    pending = [shape]
    for one in pending:  # There may be more and more of them.
        if one not in found:
            found[one] = None
            of = package.shapes.by_id
            inner = of[one.id] if isinstance(one, sh.AliasShape) else one
            pending += sh.members(inner)
    return tuple(found)


def _unequal(shape: sh.Union, package: Package) -> bool:
    """Whether no literal of a union is equal to what another member has, and no tag to
    that of another class: to pydantic 1 is true where one of them is a literal."""
    every = _alternatives(shape, package)
    if not _are_unequal(every):
        return False
    tags: dict[str, list[sh.Shape]] = {}
    classes = [one.id for one in every if isinstance(one, sh.ClassShape)]
    for each in (each for one in classes for each in package.class_fields[one]):
        of = each.constant
        own = (sh.Literals((of,)),) if of is not None else sh.members(each.shape)
        tags.setdefault(each.wire, []).extend(own)
    return all(map(_are_unequal, tags.values()))


def _are_unequal(shapes: Iterable[sh.Shape]) -> bool:
    """Whether 0 and 1 of these shapes are never false and true."""
    every = tuple(shapes)
    values = [v for m in every if isinstance(m, sh.Literals) for v in m.values]
    kinds = {type(value) for value in values if not isinstance(value, str)}
    if kinds:
        names = {m.name for m in every if isinstance(m, sh.Scalar)}
        kinds |= {_NUMBERS[name] for name in names if name in _NUMBERS}
        kinds |= {int for m in every if isinstance(m, sh.EnumShape) and m.integers}
    return not (bool in kinds and len(kinds) > 1)


_NUMBERS: Final = {"int": int, "float": int, "bool": bool}


def _as_given(shape: sh.Union, package: Package) -> bool:
    """Whether pydantic takes each value of a union for what it is. What no member is
    without a conversion goes to the first that can be made of it, so a text of an
    enumeration may become a number or a truth value."""
    every = _alternatives(shape, package)
    enums = [member for member in every if isinstance(member, sh.EnumShape)]
    values = [value for enum in enums for value in _values(enum, package)]
    made = {kind for text in values if isinstance(text, str) for kind in _made_of(text)}
    others = {m.name for m in every if isinstance(m, sh.Scalar)}
    return _unequal(shape, package) and others.isdisjoint(made)


def _made_of(text: str) -> Iterator[str]:
    """The scalars that pydantic makes of a text."""
    if text.lower() in _TRUTHS:
        yield "bool"
    with contextlib.suppress(ValueError):
        float(text)
        yield from ("int", "float")


_TRUTHS: Final = {*"01fnty", "false", "no", "off", "on", "true", "yes"}


def tag_of(schema_id: ir.SchemaId, package: Package) -> Field | None:
    """The property that tells objects of a class from others wherever they stand: the
    first that each has, that is a text and the same in all of them."""
    if schema_id in (table.default for table in package.all_tables):
        return None  # It is open to any tag.
    for field in package.class_fields[schema_id]:
        if field.required and isinstance(field.constant, str):
            return field
    return None


def tags_of(
    shape: sh.Union, package: Package
) -> tuple[str, dict[ir.SchemaId, str]] | None:
    """The property that tells the members of a union apart, but null, and what it is in
    each; None where they are no classes, or there is no such property."""
    members = [m for m in shape.members if m != sh.Null()]
    classes = [m.id for m in members if isinstance(m, sh.ClassShape)]
    found = [tag_of(one, package) for one in classes]
    names = {field.wire if field else None for field in found}
    values = {i: str(f.constant) for i, f in zip(classes, found, strict=True) if f}
    name = names.pop() if len(names) == 1 else None
    if name is None or not len(members) == len(set(values.values())) > 1:
        return None
    return name, values


def _told_apart(shape: sh.Union, package: Package) -> bool:
    """Whether msgspec can have a union: of several classes it must be one tag, a text,
    that tells which, and there is one kind of lists, of objects, of texts and of
    numbers. A number of 64 bits is the largest of which it can have one."""
    objects = [m for m in shape.members if isinstance(m, sh.ClassShape | sh.Map)]
    lists = [m for m in shape.members if isinstance(m, sh.Array | sh.Tuple)]
    texts = [m for m in shape.members if isinstance(m, sh.EnumShape | sh.Literals)]
    aliases = [m for m in shape.members if isinstance(m, sh.AliasShape)]
    plain = sh.Scalar("str") in shape.members and texts
    numbers = sum(not _is_text(m, package) for m in texts)
    numbers += sum(m in _OF_NUMBERS for m in shape.members) if numbers else 0
    single = (v for m in shape.members if isinstance(m, sh.Literals) for v in m.values)
    return (
        (len(objects) < 2 or tags_of(shape, package) is not None)
        and len(lists) < 2
        and len(texts) < 2
        and numbers < 2
        and _unequal(shape, package)
        and all(isinstance(v, str) or -_LARGEST <= v < _LARGEST for v in single)
        and not (plain or aliases)
    )


_LARGEST: Final = 2**63

_OF_NUMBERS: Final = (sh.Scalar("int"), sh.Scalar("float"), sh.Scalar("bool"))


def _is_text(shape: sh.EnumShape | sh.Literals, package: Package) -> bool:
    """Whether an enumeration has texts only."""
    return all(isinstance(value, str) for value in _values(shape, package))


def _values(shape: sh.EnumShape | sh.Literals, package: Package) -> Collection[ir.Json]:
    """The values of an enumeration."""
    if isinstance(shape, sh.Literals):
        return shape.values
    return enumerations.members(package.module, package.shapes.enum(shape))


@dataclass(frozen=True)
class Flavour:
    """One flavour: its name, what has to be installed, what the generator is asked
    for, and whether it bears a union; what it does not is `Any`."""

    name: str
    needs: str
    kind: str
    options: Mapping[str, Any] = made_by(default_factory=dict)
    bears: Callable[[sh.Union, Package], bool] = _anything
    bears_recursion: bool = True
    """Whether an alias may lead back to itself; if not, it is `Any`."""
    names: re.Pattern[str] = re.compile(r".*", re.DOTALL)
    """What properties may be called."""
    methods: frozenset[str] = frozenset()
    """What every class of the flavour has: an attribute of that name would hide it."""
    absent_is_none: bool = False
    """Whether the attribute of an absent property is None."""
    tagged: bool = False
    """Whether a tag belongs to a class, which has no field for it."""
    attributes: bool = True
    """Whether there are attributes; if not, keys are called like properties."""


_OF_PYDANTIC: Final = """
    construct copy dict from_orm json model_computed_fields model_config model_construct
    model_copy model_dump model_dump_json model_extra model_fields model_fields_set
    model_json_schema model_parametrized_name model_post_init model_rebuild
    model_validate model_validate_json model_validate_strings mro parse_file parse_obj
    parse_raw register schema schema_json update_forward_refs validate
"""


FLAVOURS: Final = {
    flavour.name: flavour
    for flavour in (
        Flavour(
            "pydantic",
            "pydantic",
            "PydanticV2BaseModel",
            {
                "base_class": "wirewright_adapter.PackageModel",
                "apply_default_values_for_required_fields": True,
            },
            bears=_as_given,
            methods=frozenset(_OF_PYDANTIC.split()),
            absent_is_none=True,
        ),
        Flavour(
            "msgspec",
            "msgspec",
            "MsgspecStruct",
            {
                "base_class": "wirewright_adapter.PackageModel",
                "apply_default_values_for_required_fields": True,
                "keyword_only": True,
            },
            _told_apart,
            bears_recursion=False,
            tagged=True,
            names=re.compile(r"[^\x00-\x1f\\\"]+"),
            methods=frozenset(["field"]),
        ),
        Flavour(
            "typeddict",
            "",
            "TypingTypedDict",
            {"use_closed_typed_dict": False},
            names=re.compile(r".+", re.DOTALL),
            attributes=False,
        ),
    )
}
