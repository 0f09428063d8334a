"""The libraries people use instead, each in the way its documentation recommends.

Models are made from `shapes.Shapes`: msgspec tagged Structs, pydantic models with
a discriminated union, standard dataclasses for cattrs and mashumaro. The vendor's
SDK brings its own.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import importlib.metadata
import importlib.util
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Annotated, Any, Literal, Union

from benchmarks import shapes
from benchmarks.shapes import TAG, Array, Field, Literals, Map, Object, Scalar, Shapes

Decode = Callable[[Any], Any]
Encode = Callable[[Any], bytes]


@dataclasses.dataclass(frozen=True)
class Peer:
    """A contender: from a frame to an object, back, and to plain values."""

    name: str
    distributions: tuple[str, ...]
    decode: Decode
    encode: Encode
    plain: Callable[[Any], Any]
    """The object as JSON values, for checking it; absent fields may be null."""
    remark: str = ""

    def version(self) -> str:
        return ", ".join(
            f"{name} {importlib.metadata.version(name)}" for name in self.distributions
        )


Optional = Callable[[Any], Any]


def annotation(
    shape: shapes.Shape, classes: Mapping[str, Any], union: Callable[[Any], Any]
) -> Any:
    """A shape as a type; `union` marks a union of several classes."""
    match shape:
        case Scalar("any"):
            return Any
        case Scalar(kind):
            return {"str": str, "int": int, "float": float, "bool": bool}[kind]
        case Literals(values):
            return Literal[values]
        case Array(items):
            return list[annotation(items, classes, union)]  # type: ignore[misc]
        case Map(values):
            return dict[str, annotation(values, classes, union)]  # type: ignore[misc]
        case Object(name):
            return classes[name]
        case shapes.Union(branches):
            objects = [b for b in branches if isinstance(b, Object)]
            others = [b for b in branches if not isinstance(b, Object)]
            types = [annotation(b, classes, union) for b in others]
            if objects:
                found = either(classes[b.name] for b in objects)
                types.append(union(found) if len(objects) > 1 else found)
            return either(types)
    raise AssertionError(shape)


def either(types: Iterable[Any]) -> Any:
    """The union of types that are known only now."""
    return functools.reduce(lambda one, other: Union[one, other], types)  # noqa: UP007


def _ordered(fields: tuple[Field, ...]) -> list[Field]:
    return sorted(fields, key=lambda field: not field.required)


def dataclass_models(
    model: Shapes, union: Callable[[Any], Any], owner: str, *, tagged: bool = False
) -> dict[str, type]:
    """Dataclasses, in a module of their own so that names can be resolved.

    With slots, or (`tagged`) with the tag as a class attribute.
    """
    module = sys.modules[f"_{owner}_models"] = ModuleType(f"_{owner}_models")
    classes: dict[str, type] = {}
    for name, fields in model.objects.items():
        members: list[Any] = []
        for field in _ordered(fields):
            kind = annotation(field.shape, classes, union)
            if tagged and field.name == TAG and name in model.tags:
                default = dataclasses.field(default=model.tags[name])
                members.append((field.name, kind, default))
            elif field.required:
                members.append((field.name, kind))
            else:
                members.append(
                    (field.name, kind | None, dataclasses.field(default=None))
                )
        classes[name] = dataclasses.make_dataclass(
            name, members, slots=not tagged, kw_only=True
        )
        classes[name].__module__ = module.__name__
        setattr(module, name, classes[name])
    return classes


# --- peers -------------------------------------------------------------------------


def json_floor(model: Shapes) -> Peer:
    def encode(value: Any) -> bytes:
        return json.dumps(value, separators=(",", ":")).encode()

    return Peer("json.loads", (), json.loads, encode, lambda value: value, "no objects")


def orjson_floor(model: Shapes) -> Peer:
    import orjson

    return Peer(
        "orjson.loads",
        ("orjson",),
        orjson.loads,
        orjson.dumps,
        lambda value: value,
        "no objects",
    )


def ssrjson_floor(model: Shapes) -> Peer:
    ssrjson: Any = importlib.import_module("ssrjson")
    whole = {"decode": ssrjson.loads, "encode": ssrjson.dumps_to_bytes}
    return Peer(
        "ssrjson.loads", ("ssrjson",), **whole, plain=_same, remark="no objects"
    )


def _same(value: Any) -> Any:
    return value


def msgspec_models(model: Shapes) -> dict[str, Any]:
    import msgspec

    classes: dict[str, Any] = {}
    for name, fields in model.objects.items():
        tag = model.tags.get(name)
        members: list[Any] = []
        for field in _ordered(fields):
            if tag is not None and field.name == TAG:
                continue
            kind = annotation(field.shape, classes, lambda union: union)
            if field.required:
                members.append((field.name, kind))
            else:
                members.append((field.name, kind | None, None))
        options: dict[str, Any] = {"tag_field": TAG, "tag": tag} if tag else {}
        classes[name] = msgspec.defstruct(
            name, members, kw_only=True, omit_defaults=True, **options
        )
    return classes


def msgspec_peer(model: Shapes) -> Peer:
    import msgspec

    classes = msgspec_models(model)
    events = either(classes[name] for name in model.events.values())
    return Peer(
        "msgspec Struct",
        ("msgspec",),
        msgspec.json.Decoder(events).decode,
        msgspec.json.Encoder().encode,
        msgspec.to_builtins,
        "C; drops unknown properties, raises on unknown tags and values",
    )


def pydantic_peer(model: Shapes) -> Peer:
    import pydantic

    def discriminated(union: Any) -> Any:
        return Annotated[union, pydantic.Field(discriminator=TAG)]

    classes: dict[str, Any] = {}
    config = pydantic.ConfigDict(extra="allow", protected_namespaces=())
    for name, fields in model.objects.items():
        members: dict[str, Any] = {}
        for field in fields:
            kind = annotation(field.shape, classes, discriminated)
            members[field.name] = kind if field.required else (kind | None, None)
        classes[name] = pydantic.create_model(name, __config__=config, **members)
    events = discriminated(either(classes[n] for n in model.events.values()))
    adapter: Any = pydantic.TypeAdapter(events)

    def encode(event: Any) -> bytes:
        text: bytes = event.model_dump_json(exclude_unset=True).encode()
        return text

    return Peer(
        "pydantic v2 model",
        ("pydantic",),
        adapter.validate_json,
        encode,
        lambda event: event.model_dump(mode="json"),
        "Rust; extra='allow', raises on unknown tags and values",
    )


def cattrs_peer(model: Shapes) -> Peer:
    import orjson
    from cattrs.preconf.orjson import make_converter

    classes = dataclass_models(model, lambda union: union, "cattrs")
    converter = make_converter(omit_if_default=True)
    table = {tag: classes[name] for tag, name in model.events.items()}
    structure, unstructure = converter.structure, converter.unstructure

    def decode(frame: Any) -> Any:
        data = orjson.loads(frame)
        return structure(data, table[data[TAG]])

    return Peer(
        "cattrs",
        ("cattrs",),
        decode,
        lambda event: orjson.dumps(unstructure(event)),
        unstructure,
        "slotted dataclasses over orjson; a table of tags by hand",
    )


def mashumaro_peer(model: Shapes) -> Peer:
    import orjson
    from mashumaro.codecs.basic import BasicDecoder, BasicEncoder
    from mashumaro.types import Discriminator

    def discriminated(union: Any) -> Any:
        return Annotated[union, Discriminator(field=TAG, include_supertypes=True)]

    classes = dataclass_models(model, discriminated, "mashumaro", tagged=True)
    decoders: dict[str, Decode] = {}
    encoders: dict[type, Callable[[Any], Any]] = {}
    for tag, name in model.events.items():
        decoders[tag] = BasicDecoder(classes[name]).decode
        encoders[classes[name]] = BasicEncoder(classes[name]).encode

    def decode(frame: Any) -> Any:
        data = orjson.loads(frame)
        return decoders[data[TAG]](data)

    def plain(event: Any) -> Any:
        return encoders[event.__class__](event)

    return Peer(
        "mashumaro",
        ("mashumaro",),
        decode,
        lambda event: orjson.dumps(plain(event)),
        plain,
        "dataclasses over orjson; a table of tags by hand",
    )


def openai_peer(model: Shapes) -> Peer:
    from openai._models import construct_type_unchecked
    from openai.types.realtime import RealtimeServerEvent

    kind: Any = RealtimeServerEvent

    def decode(frame: Any) -> Any:
        return construct_type_unchecked(value=json.loads(frame), type_=kind)

    return Peer(
        "openai SDK",
        ("openai",),
        decode,
        lambda event: event.to_json(indent=None).encode(),
        lambda event: event.to_dict(mode="json"),
        "its own classes, as its connection parses events; does not validate",
    )


PEERS: tuple[Callable[[Shapes], Peer], ...] = (
    json_floor,
    orjson_floor,
    *([ssrjson_floor] if importlib.util.find_spec("ssrjson") else []),
    msgspec_peer,
    pydantic_peer,
    cattrs_peer,
    mashumaro_peer,
    openai_peer,
)


def verify(peer: Peer, frame: str) -> None:
    """Raises ValueError unless the peer's object says what the frame says.

    Everything the frame holds must be in the object, but for properties that the
    schema does not declare, which some libraries drop, and for nulls.
    """
    expected = json.loads(frame)
    found = json.loads(json.dumps(peer.plain(peer.decode(frame)), default=vars))
    wrong = list(differences(expected, found, ""))
    if wrong:
        raise ValueError(f"{peer.name} decodes wrongly: {wrong[:3]}")


def differences(expected: Any, found: Any, path: str) -> Any:
    if isinstance(expected, dict) and isinstance(found, dict):
        for name, value in expected.items():
            if name in found:
                yield from differences(value, found[name], f"{path}/{name}")
            elif not isinstance(value, (dict, list)) and value is not None:
                yield f"{path}/{name} is lost"
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield f"{path} has {len(found)} items"
        for index, pair in enumerate(zip(expected, found, strict=False)):
            yield from differences(*pair, f"{path}/{index}")
    elif expected != found:
        yield f"{path}: {expected!r:.40} became {found!r:.40}"
