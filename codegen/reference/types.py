"""Shapes as types for people, each name with a way to what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias, assert_never

from codegen.ir import model as ir
from codegen.python.model import shapes as sh
from codegen.python.model.names import Names
from codegen.reference.views import Part
from codegen.text import json_text

Way: TypeAlias = Callable[[str], str]
"""From a name in Python to where it is described; empty if nowhere."""

_WORDS: Final = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
}


def parts(names: Names, shape: sh.Shape, way: Way) -> tuple[Part, ...]:
    """A shape as pieces of text; neighbours without a way are one."""
    return tuple(_joined(_parts(names, shape, way)))


def _parts(names: Names, shape: sh.Shape, way: Way) -> Iterator[Part]:
    match shape:
        case sh.Anything():
            yield Part("any value")
        case sh.Nothing():
            yield Part("no value")
        case sh.Null():
            yield Part("null")
        case sh.Scalar(word):
            yield Part(_WORDS.get(word, word))
        case sh.Typed(type_):
            yield Part(f"string, in Python {type_.name}")
        case sh.Literals(values):
            yield Part(" | ".join(json_text(value) or "…" for value in values))
        case sh.EnumShape(target) | sh.ClassShape(target) | sh.AliasShape(target):
            yield _named(names, target, way)
        case sh.Array(item):
            yield Part("list of ")
            yield from _inside(names, item, way)
        case sh.Tuple(items):
            yield Part("[")
            yield from _listed((_parts(names, item, way) for item in items), ", ")
            yield Part("]")
        case sh.Map(value):
            yield Part("map of ")
            yield from _inside(names, value, way)
        case sh.Union(members):
            yield from _listed((_parts(names, m, way) for m in members), " | ")
        case _:
            assert_never(shape)


def _named(names: Names, target: ir.SchemaId, way: Way) -> Part:
    name = str(names.of(target))
    return Part(name, way(name))


def _inside(names: Names, shape: sh.Shape, way: Way) -> Iterator[Part]:
    """What a list or a map is of, set apart where it is several."""
    several = isinstance(shape, sh.Union) and len(shape.members) > 1
    if several:
        yield Part("(")
    yield from _parts(names, shape, way)
    if several:
        yield Part(")")


def _listed(many: Iterable[Iterable[Part]], between: str) -> Iterator[Part]:
    for number, one in enumerate(many):
        if number:
            yield Part(between)
        yield from one


def _joined(found: Iterable[Part]) -> Iterator[Part]:
    text = ""
    for part in found:
        if part.href:
            if text:
                yield Part(text)
            text = ""
            yield part
        else:
            text += part.text
    if text:
        yield Part(text)
