"""Every Python name, decided once.

A named schema keeps its own name. Everything inside it is named after its place:
`RealtimeSession` and its property `turn_detection` give
`RealtimeSessionTurnDetection`. A number is added only where two places would get
the same name, in the order of the specification, and named schemas never yield.
"""

from __future__ import annotations

import keyword
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, assert_never

from codegen.ir import facts
from codegen.ir import model as ir
from codegen.python.model import identifiers
from codegen.python.model.joints import Joints
from codegen.text import Name
from codegen.text import name as checked

FACE: Final = frozenset(
    [
        "SCHEMAS",
        "EVENTS",
        "SERVER_EVENTS",
        "CLIENT_EVENTS",
        "Schema",
        "EventTable",
        "Dispatcher",
        "UnknownEvent",
        "Violation",
        "ValidationError",
        "Unset",
        "UNSET",
        "violations_of",
        "SessionRules",
    ]
)
"""What a package offers beside its schemas; a schema of that name gets `_` behind."""

_TYPES: Final = frozenset(["str", "int", "float", "bool", "list", "dict", "tuple"])
_TYPING: Final = frozenset(["Any", "Literal", "TypeAlias", "Union"])
_MODULES: Final = "models events rules schemas"
_INIT: Final = (
    "annotations sys import_module TYPE_CHECKING getattr setattr AttributeError"
)
_RESERVED: Final = FACE.union(
    _TYPES, _TYPING, _MODULES.split(), _INIT.split(), ["IntEnum", "StrEnum", "property"]
)
"""What the modules `models` and `__init__` use themselves, and the package's
submodules. Any other builtin is a name like all others."""

_METHODS: Final = frozenset(["to_dict", "to_json", "from_dict", "from_json"])
_ANNOTATIONS: Final = _TYPES | _TYPING | {"Unset", "UNSET"}
"""What annotations and defaults use: a field of such a name would hide it."""

_MEMBERS: Final = frozenset(["mro", "name", "value"])


@dataclass(frozen=True, slots=True)
class Names:
    """The names of classes, enums, aliases and functions, by schema, and all names
    that are taken."""

    module: ir.Module
    symbols: Mapping[ir.SchemaId, Name]
    taken: frozenset[str]

    def of(self, schema_id: ir.SchemaId) -> Name:
        """The name of a schema: of its class, enum or alias, and of its functions."""
        return self.symbols[schema_id]

    def has(self, name: str) -> bool:
        """Whether something in the package bears a name."""
        return name in self.taken

    @property
    def base(self) -> Name:
        """What the module `models` calls the base class of all its classes."""
        return checked("_Model" if self.has("Model") else "Model")


def decide(
    module: ir.Module,
    classes: frozenset[ir.SchemaId],
    wrapped: Mapping[ir.SchemaId, ir.Schema],
    joints: Joints,
) -> Names:
    """The names of all schemas. `classes` are those that become classes: they choose
    first. `wrapped` are named ones that add null, or children, to one that inherits the
    name,
    `joints` those that were made of several and are named by their place."""
    naming = _Naming(module, classes, wrapped, joints)
    return Names(module, MappingProxyType(naming.symbols), frozenset(naming.taken))


class _Naming:
    """The names that have been given so far."""

    def __init__(
        self,
        module: ir.Module,
        classes: frozenset[ir.SchemaId],
        wrapped: Mapping[ir.SchemaId, ir.Schema],
        joints: Joints,
    ) -> None:
        self.module = module
        self._joints = joints
        self._classes = classes
        self._wrapped = wrapped
        self.symbols: dict[ir.SchemaId, Name] = {}
        self.taken: set[str] = set(_RESERVED)
        self._named()
        self._inline()

    def _take(self, schema_id: ir.SchemaId, wish: str) -> None:
        # Where words meet, letters can form others: Hangul does.
        wish = unicodedata.normalize("NFKC", wish)
        name, number = wish, 2
        while name in self.taken:
            name, number = f"{wish}{number}", number + 1
        self.taken.add(name)
        self.symbols[schema_id] = checked(name)

    def _named(self) -> None:
        """Names that are free as they stand are given first: nothing takes them."""
        wishes = {name: self._wish(name) for name in self.module.names}
        for exact in (True, False):
            for name, schema_id in self.module.names.items():
                inner = self._wrapped.get(schema_id)
                chosen = inner.id if inner else schema_id
                if (wishes[name] == name) is exact and chosen not in self.symbols:
                    self._take(chosen, wishes[name])
        for name, schema_id in self.module.names.items():
            if schema_id in self._wrapped:
                hint = self.module.schemas[schema_id].annotations.discriminator
                based = hint is not None and hint.base is not None
                word = "OrChild" if based else "OrNull"
                self._take(schema_id, f"{wishes[name]}{word}")

    def _wish(self, name: str) -> str:
        title = self.module.named(name).annotations.title
        wish = identifiers.class_name((title or "Root") if name == "#" else name)
        return f"{wish}_" if wish in _RESERVED else wish

    def _inline(self) -> None:
        wishes: dict[ir.SchemaId, str] = dict(self.symbols)
        for outer, inner in self._wrapped.items():
            wishes[outer] = wishes[inner.id]
        for schema_id, schema in self.module.schemas.items():
            if schema_id in self.symbols:
                self._wish_below(schema, wishes)
        for schema_id, schema in self.module.schemas.items():
            if schema_id not in wishes:
                tokens = schema.location.pointer.split("/")[-2:]
                wishes[schema_id] = identifiers.class_name(" ".join(tokens))
                self._wish_below(schema, wishes)
        for schema_id, joint in self._joints.found.items():
            wishes[schema_id] = _joined(wishes[joint.outer], joint.label)
        for classes_first in (True, False):
            for schema_id, wish in wishes.items():
                chosen = (schema_id in self._classes) is classes_first
                if chosen and schema_id not in self.symbols:
                    self._take(schema_id, wish)

    def _wish_below(self, root: ir.Schema, wishes: dict[ir.SchemaId, str]) -> None:
        stack = [root]
        seen: set[ir.SchemaId] = set()
        while stack:
            schema = stack.pop()
            inner = []
            for label, part in places(self.module, schema):
                if part.id not in wishes:
                    wishes[part.id] = _joined(wishes[schema.id], label)
                    inner.append(part)
                elif part.id in self.symbols and part.id not in seen:
                    inner.append(part)
                seen.add(part.id)
            stack.extend(reversed(inner))


def places(module: ir.Module, schema: ir.Schema) -> Iterator[tuple[str, ir.Schema]]:
    """The schemas inside a schema, each with a word or two for its place."""
    for assertion in schema.assertions:
        match assertion:
            case ir.OnArrays():
                yield from _array_places(assertion)
            case ir.OnObjects():
                yield from _object_places(assertion)
            case ir.InPlace():
                yield from _same_places(module, assertion)
            case ir.OnAnyValue() | ir.OnNumbers() | ir.OnStrings():
                pass
            case _:
                assert_never(assertion)


def _array_places(assertion: ir.ArrayAssertion) -> Iterator[tuple[str, ir.Schema]]:
    match assertion:
        case ir.Items(schema=part):
            yield "Item", part
        case ir.PrefixItems(schemas=parts):
            for index, part in enumerate(parts):
                yield f"Item{index}", part
        case ir.Contains(schema=part):
            yield "Contained", part
        case ir.UnevaluatedItems(schema=part):
            yield "Rest", part
        case ir.MinItems() | ir.MaxItems() | ir.UniqueItems():
            pass
        case _:
            assert_never(assertion)


def _object_places(assertion: ir.ObjectAssertion) -> Iterator[tuple[str, ir.Schema]]:
    match assertion:
        case ir.Properties(schemas=by_name):
            for name, part in by_name.items():
                yield identifiers.pascal(name) or "Property", part
        case ir.PatternProperties(schemas=by_name):
            for part in by_name.values():
                yield "Value", part
        case ir.DependentSchemas(schemas=by_name):
            for name, part in by_name.items():
                yield f"With{identifiers.pascal(name)}", part
        case ir.AdditionalProperties(schema=part):
            yield "Value", part
        case ir.PropertyNames(schema=part):
            yield "Name", part
        case ir.UnevaluatedProperties(schema=part):
            yield "Rest", part
        case ir.Required() | ir.DependentRequired():
            pass
        case ir.MinProperties() | ir.MaxProperties():
            pass
        case _:
            assert_never(assertion)


def _same_places(
    module: ir.Module, assertion: ir.InPlaceApplicator
) -> Iterator[tuple[str, ir.Schema]]:
    match assertion:
        case ir.AnyOf(schemas=parts) | ir.OneOf(schemas=parts):
            alone = sum(facts.only(s) != ir.Type(("null",)) for s in parts) == 1
            for part in parts:
                yield "" if alone else _variant(module, part), part
        case ir.AllOf(schemas=parts):
            for part in parts:
                yield "Part", part
        case ir.Not(schema=part):
            yield "Excluded", part
        case ir.IfThenElse(condition, then, otherwise):
            yield "If", condition
            if then is not None:
                yield "Then", then
            if otherwise is not None:
                yield "Else", otherwise
        case ir.Ref():
            pass
        case _:
            assert_never(assertion)


_TAGS: Final = ("type", "event", "kind", "role", "object", "status")


def _variant(module: ir.Module, branch: ir.Schema) -> str:
    """A word for a branch of a union: its tag, its title, or its type."""
    tags = {}
    for name, schemas in facts.properties(module, branch).items():
        values = facts.tag_values(module, schemas)
        if values is not None and len(values) == 1:
            tags[name] = str(values[0])
    for name in (*_TAGS, *tags):
        if name in tags and identifiers.pascal(tags[name]):
            return identifiers.pascal(tags[name])
    title = identifiers.pascal(branch.annotations.title)
    if title and len(title) < 40:
        return title
    types = sorted(facts.types(module, branch))
    if len(types) == 1:
        return types[0].capitalize()
    return "Variant"


def _joined(base: str, label: str) -> str:
    """A place's name: words that the base ends in and the label repeats stand once
    (`Tracing` and `TracingConfiguration`), unless nothing new would be said."""
    left, right = identifiers.words(base), identifiers.words(label)
    for count in range(min(len(left), len(right) - 1), 0, -1):
        if left[-count:] == right[:count]:
            return base + "".join(right[count:])
    return base + label


def field_names(
    properties: list[str], types: frozenset[str] = frozenset()
) -> dict[str, Name]:
    """Attribute names for the properties of one class, by property name.

    `types` are the names that the annotations of the class use: a field of such a
    name would hide its own type.
    """
    reserved = _METHODS | _ANNOTATIONS | types
    taken: set[str] = set(reserved)
    found: dict[str, Name] = {}
    order = sorted(properties, key=lambda p: identifiers.attribute(p) != p)
    for name in order:
        wish: str = identifiers.attribute(name)
        if wish in reserved:
            wish += "_"
        attribute, number = wish, 2
        while attribute in taken:
            attribute, number = f"{wish}_{number}", number + 1
        taken.add(attribute)
        found[name] = checked(attribute)
    return {name: found[name] for name in properties}


def fact_names(metadata: Mapping[str, Mapping[str, ir.Json]]) -> dict[str, Name]:
    """The properties of an enum's members, by what the specification calls them.

    Members are strings, so what strings have keeps its name, and so does what
    annotations use. A fact that is spelled as another would be called keeps its name.
    """
    keys = dict.fromkeys(key for own in metadata.values() for key in own)
    found = {key: key for key in keys if key.isidentifier()}
    for key in [key for key in found if _is_apart(key)]:
        name = f"{key}_"
        while name in found.values():
            name = f"{name}_"
        found[key] = name
    return {key: checked(name) for key, name in found.items()}


def _is_apart(key: str) -> bool:
    """Whether a fact cannot be called by its own name."""
    own = key in _TYPES or key in ("name", "value", "property")
    return own or keyword.iskeyword(key) or hasattr(str, key)


def integer_names(values: tuple[int, ...]) -> dict[int, Name]:
    """Names for the members of an enum of integers, by value."""
    minus = {True: "VALUE_MINUS", False: "VALUE"}
    return {value: checked(f"{minus[value < 0]}_{abs(value)}") for value in values}


def member_names(values: tuple[str, ...]) -> dict[str, Name]:
    """Names for the members of an enum, by value."""
    taken: set[str] = set(_MEMBERS)
    found: dict[str, Name] = {}
    for value in values:
        wish: str = identifiers.constant(value)
        name, number = wish, 2
        while name in taken:
            name, number = f"{wish}_{number}", number + 1
        taken.add(name)
        found[value] = checked(name)
    return found
