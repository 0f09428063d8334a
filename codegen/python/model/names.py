"""Every Python name of a package, decided once.

A named schema keeps its own name. Everything inside it is named after its place: the
property `turn_detection` of `RealtimeSession` gives `RealtimeSessionTurnDetection`.
Where two would get the same name, the one that is spelled so has it, and the other one
gets a digest (`apart`). Named schemas never give way to inner ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.ir.apart import apart, groups, with_digests
from codegen.python.model import enumerations, identifiers, placed, renames
from codegen.python.model.joints import Joints
from codegen.python.model.members import Member, members_of
from codegen.python.model.renames import NONE, Renames
from codegen.python.model.reserved import OF_MEMBERS, TYPES, free
from codegen.python.model.wishes import Wish, joined
from codegen.styles import PLAIN, Style
from codegen.text import Name
from codegen.text import name as checked

FACE: Final = frozenset(
    {"SCHEMAS", "EVENTS", "SERVER_EVENTS", "CLIENT_EVENTS", "Schema", "EventTable"}
    | {"Dispatcher", "UnknownEvent", "Violation", "ValidationError", "Unset", "UNSET"}
    | {"extra_of", "violations_of", "with_extra", "SessionRules", "Recorder"}
)
"""What a package offers beside its schemas. A schema of such a name gets an
underscore."""

_TYPING: Final = frozenset(["Any", "Literal", "TypeAlias", "Union"])
_MODULES: Final = "models events rules schemas"
_INIT: Final = (
    "annotations sys import_module TYPE_CHECKING getattr setattr AttributeError"
)
RESERVED: Final = FACE.union(
    TYPES, _TYPING, _MODULES.split(), _INIT.split(), ["IntEnum", "StrEnum", "property"]
)
"""Names that the modules `models` and `__init__` use themselves, and those of the
package's submodules. Any other builtin is a name like all others."""

_OF_OPERATIONS: Final = frozenset(["OPERATIONS", "operations"])
"""What packages with operations offer as well."""

METHODS: Final = frozenset(["to_dict", "to_json", "from_dict", "from_json"])
ANNOTATIONS: Final = TYPES | _TYPING | {"Unset", "UNSET"}
"""Names in annotations and defaults. A field of such a name would hide what it
means."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a package.

    `symbols` has those of classes, enums, aliases and functions, by schema. `of_sent`
    has the names of functions for schemas that mean something else to the other side.
    `taken` are all names that are in use.
    """

    module: ir.Module
    symbols: Mapping[ir.SchemaId, Name]
    of_sent: Mapping[ir.SchemaId, Name]
    taken: frozenset[str]
    style: Style = PLAIN
    renames: Renames = NONE

    def of(self, schema_id: ir.SchemaId) -> Name:
        """The name of a schema's class, enum or alias, which is part of its functions'
        names, too."""
        return self.symbols[schema_id]

    def sent(self, schema_id: ir.SchemaId) -> Name:
        """The name of the functions for a schema as the other side reads it."""
        return self.of_sent[schema_id]

    def has(self, name: str) -> bool:
        """Whether anything in the package has this name."""
        return name in self.taken

    def fields(
        self,
        properties: Mapping[str, str | None],
        types: frozenset[str] = frozenset(),
    ) -> dict[str, Name]:
        """The attributes of a class, by property. `properties` says for each property
        how it should be called, or None; `types` are the names that annotations of the
        class use."""
        return field_names(list(properties), types, self.style, properties)

    def members(
        self, schema: ir.Schema, values: Iterable[ir.Json]
    ) -> tuple[Member, ...]:
        """The members for these values in the enum of a schema."""
        said = enumerations.said(self.module, schema)
        return members_of(said, values, self.renames.of_values(self.module, schema))

    @property
    def base(self) -> Name:
        """The name of the base class in `models`."""
        return checked("_Model" if self.has("Model") else "Model")


def decide(
    module: ir.Module,
    classes: frozenset[ir.SchemaId],
    wrapped: Mapping[ir.SchemaId, ir.Schema],
    joints: Joints,
    sided: frozenset[ir.SchemaId],
    style: Style = PLAIN,
) -> Names:
    """Decide all names.

    `classes` are the schemas that become classes; among inner schemas these choose
    first. `wrapped` are named schemas that pass their name on to a schema inside them,
    and `joints` those that were made of several and are named after their place.
    `sided` are those that mean something else to the other side, for which they have
    functions of another name.
    """
    given = renames.decide(module, style)
    naming = _Naming(module, classes, wrapped, joints, given.classes)
    sent = {i: naming.sent(i) for i in naming.symbols if i in sided}
    symbols = MappingProxyType(naming.symbols)
    taken = frozenset(naming.taken)
    return Names(module, symbols, MappingProxyType(sent), taken, style, given)


@dataclass(slots=True)
class _Branch:
    """A branch of a union, with the word for it and what the schema around it wishes to
    be called. `stem` is what its name begins with."""

    outer: Wish
    word: str
    schema: ir.Schema
    stem: str


class _Naming:
    """Gives names, step by step; `symbols` has what has been given."""

    def __init__(
        self,
        module: ir.Module,
        classes: frozenset[ir.SchemaId],
        wrapped: Mapping[ir.SchemaId, ir.Schema],
        joints: Joints,
        given: Mapping[ir.Location, str],
    ) -> None:
        self.module = module
        self._given = given
        self._joints = joints
        self._classes = classes - set(placed.aside(module))
        self._wrapped = wrapped
        self.symbols: dict[ir.SchemaId, Name] = {}
        self.taken: set[str] = set(_reserved(module))
        self._numbers: dict[str, int] = {}
        # Schemas inside of which everything has a name, or wishes for one.
        self._done: set[ir.SchemaId] = set()
        # Branches of unions.
        self._branches: dict[ir.SchemaId, _Branch] = {}
        # What the specification names, and all inside of it, chooses first.
        inline = module.inline
        self._named(tuple(name for name in module.names if name not in inline))
        if inline:
            named = [i for name, i in module.names.items() if name not in inline]
            ids = {name: module.names[name] for name in inline}
            # A class inside of them has its name then; what is none gets a public one.
            later = frozenset(ids.values()) - self._classes
            self._below(frozenset(walk.closure(module, named)), later)
            known = frozenset(self.symbols)
            self._named(tuple(name for name, i in ids.items() if i not in known))
        self._below(module.schemas.keys())

    def sent(self, schema_id: ir.SchemaId) -> Name:
        """A name for the functions of a schema as the other side reads it."""
        name = self._numbered(f"{self.symbols[schema_id]}Sent")
        self.taken.add(name)
        return checked(name)

    def _take(self, schema_id: ir.SchemaId, name: str) -> None:
        self.taken.add(name)
        self.symbols[schema_id] = checked(name)

    def _named(self, some: tuple[str, ...]) -> None:
        """Name schemas that have names in the specification. Where several names mean
        the same schema, it gets the first that is a Python name as it is spelled."""
        wishes = {name: self._wish(name) for name in some}
        chosen: dict[ir.SchemaId, str] = {}
        for name in some:
            schema_id = self.module.names[name]
            inner = self._wrapped.get(schema_id)
            own = inner.id if inner else schema_id
            first = chosen.setdefault(own, name)
            if wishes[first] != first and wishes[name] == name:
                chosen[own] = name
        names = {name: wishes[name] for name in chosen.values()}
        found = apart(names, self.taken)
        for schema_id, name in chosen.items():
            self._take(schema_id, found[name])
        ids = {name: self.module.names[name] for name in some}
        outer = {name: i for name, i in ids.items() if i in self._wrapped}
        added = apart({n: wishes[n] + self._added(n) for n in outer}, self.taken)
        for name, symbol in added.items():
            self._take(outer[name], symbol)

    def _wish(self, name: str) -> str:
        """The name that a named schema should have, or the schema inside it that takes
        its name."""
        schema = self.module.named(name)
        inner = self._wrapped.get(schema.id, schema)
        given = self._given.get(schema.location) or self._given.get(inner.location)
        reserved = _reserved(self.module)
        return free(given, reserved) if given else class_wish(self.module, name)

    def _added(self, name: str) -> str:
        """The word for what a named schema adds to the schema inside it that takes its
        name."""
        schema = self.module.named(name)
        hint = schema.annotations.discriminator
        if hint is not None and hint.base is not None:
            return "OrChild"
        return "OrNull" if facts.only_part(schema) is None else "Whole"

    def _below(
        self,
        some: Collection[ir.SchemaId],
        later: Collection[ir.SchemaId] = frozenset(),
    ) -> None:
        """Name everything inside these schemas, and those of them that have no name,
        but for what is named `later`."""
        wishes = {i: Wish.given(name) for i, name in self.symbols.items()}
        for outer, inner in self._wrapped.items():
            if inner.id in wishes:
                wishes[outer] = wishes[inner.id]
        for schema_id, schema in self.module.schemas.items():
            if schema_id in self.symbols and schema_id in some:
                self._wish_below(schema, wishes)
        for schema_id, schema in self.module.schemas.items():
            if schema_id not in wishes and schema_id in some:
                tokens = schema.location.pointer.split("/")[-2:]
                own = identifiers.class_name(" ".join(tokens))
                given = self._given.get(schema.location)
                wishes[schema_id] = Wish.given(given or own)
                self._wish_below(schema, wishes)
        for schema_id, joint in self._joints.found.items():
            if schema_id not in wishes and joint.outer in wishes:
                wishes[schema_id] = wishes[joint.outer].inside(joint.label)
        left = {i: wish for i, wish in wishes.items() if i not in self.symbols}
        inline = {i: wish for i, wish in left.items() if i in self._classes}
        self._apart(self._settled(inline))
        for schema_id, wish in left.items():
            if schema_id not in inline and schema_id not in later:
                self._take(schema_id, self._numbered(_formed(wish.of_parts)))

    def _settled(self, wishes: Mapping[ir.SchemaId, Wish]) -> dict[ir.SchemaId, str]:
        """What inline classes wish to be called: something longer where something else
        has the name or others wish for it. Among the branches of one union it is their
        order that decides."""
        found = {i: _formed(wish.name) for i, wish in wishes.items()}
        for name, group in groups(found).items():
            taken = name in self.taken
            several = len(_unions(group)) > 1
            for schema_id in group if taken or len(group) > 1 else ():
                branch = self._branches.get(schema_id)
                if taken or branch is None:
                    found[schema_id] = _formed(wishes[schema_id].of_branches)
                elif several:
                    branch.stem = branch.outer.of_branches
                    found[schema_id] = _formed(joined(branch.stem, branch.word))
        return found

    def _numbered(self, wish: str) -> str:
        """A free name for functions that only the package itself calls."""
        number = self._numbers.get(wish, 1)
        while (name := f"{wish}{number}" if number > 1 else wish) in self.taken:
            number += 1
        self._numbers[wish] = number
        return name

    def _apart(self, wishes: Mapping[ir.SchemaId, str]) -> None:
        """Name inline classes. Of those that wish for the same name, one may come
        first, and further branches are told by a property; all others get a digest."""
        self._firsts(wishes)
        further = (i for i in self._branches if i in wishes and i not in self.symbols)
        told = {i: self._by_property(self._branches[i]) for i in further}
        self._firsts({i: wish for i, wish in told.items() if wish})
        left = {i: wish for i, wish in wishes.items() if i not in self.symbols}
        for wish, group in groups(left).items():
            places = {schema_id.partition("#")[2]: schema_id for schema_id in group}
            if len(places) < len(group):  # The files tell them apart.
                places = {str(schema_id): schema_id for schema_id in group}
            for place, name in with_digests(wish, places, self.taken).items():
                self._take(places[place], name)

    def _firsts(self, wishes: Mapping[ir.SchemaId, str]) -> None:
        """Name those that come first among all that wish for the same name."""
        for wish, group in groups(wishes).items():
            first = None if wish in self.taken else self._first(wish, group)
            if first is not None:
                self._take(first, wish)

    def _by_property(self, branch: _Branch) -> str:
        """What a branch is called after a property of it, if it has any."""
        word = placed.by_property(self.module, branch.schema)
        return _formed(joined(branch.stem, word)) if word else ""

    def _first(self, wish: str, group: list[ir.SchemaId]) -> ir.SchemaId | None:
        """Who gets a name that several wish for. What was made of several schemas of a
        place is what the place means. Of branches of the same union it is the first,
        because further ones may be added behind; of properties, which have no order,
        the one that is spelled so."""
        joints = [schema_id for schema_id in group if schema_id in self._joints.found]
        if len(joints) == 1:
            return joints[0]
        unions = _unions(group)
        if len(unions) > 1:
            return None
        if len(group) > 1 and unions.pop().endswith("/properties"):
            return next((i for i in group if _is_spelled(i, wish)), None)
        return group[0]

    def _wish_below(self, root: ir.Schema, wishes: dict[ir.SchemaId, Wish]) -> None:
        if root.id in self._done:
            return
        self._done.add(root.id)
        stack = [root]
        seen: set[ir.SchemaId] = set()
        while stack:
            schema = stack.pop()
            if walk.is_leaf(schema):
                continue
            inner = []
            outer, roles = wishes[schema.id], placed.roles(schema)
            longer = placed.longer(self.module, schema)
            words: set[str] = set()  # Those of the branches that came before.
            for word, part in placed.places(self.module, schema):
                role, told = roles.get(part.id), longer.get(part.id, "")
                if role == "branch":
                    branch = _Branch(outer, word, part, outer.stem)
                    self._branches.setdefault(part.id, branch)
                    if word in words:
                        told = placed.by_property(self.module, part)
                    words.add(word)
                if part.id not in wishes:
                    given = self._given.get(part.location)
                    wish = outer.inside(word, role, told)
                    wishes[part.id] = Wish.given(given) if given else wish
                    inner.append(part)
                elif part.id in self.symbols and part.id not in seen:
                    inner.append(part)
                seen.add(part.id)
            stack.extend(reversed(inner))


def _unions(group: Iterable[ir.SchemaId]) -> set[str]:
    """What stands around these schemas: for branches, their unions."""
    return {schema_id.rpartition("/")[0] for schema_id in group}


def _formed(wish: str) -> str:
    """A wish as one word. Where words meet, letters can form others: Hangul does."""
    return unicodedata.normalize("NFKC", wish)


def _is_spelled(schema_id: ir.SchemaId, wish: str) -> bool:
    """Whether a name ends in the key under which a schema stands, letter by letter."""
    key = schema_id.rpartition("/")[2]
    return bool(key) and wish.endswith(key)


def class_wish(module: ir.Module, name: str) -> str:
    """The name that a named schema gets if no other schema wishes for it."""
    if name in module.inline:
        inline = identifiers.pascal(module.inline[name])
        return free(identifiers.class_name(inline), _reserved(module))
    title = module.named(name).annotations.title
    wish = identifiers.class_name((title or "Root") if name == "#" else name)
    return free(wish, _reserved(module))


def _reserved(module: ir.Module) -> frozenset[str]:
    return RESERVED | _OF_OPERATIONS if module.calls else RESERVED


def field_names(
    properties: list[str],
    types: frozenset[str] = frozenset(),
    style: Style = PLAIN,
    given: Mapping[str, str | None] = MappingProxyType({}),
) -> dict[str, Name]:
    """The attributes for the properties of one class, by property.

    A field must not have one of the names in `types`, which the annotations of the
    class use. `given` says how properties should be called, where anything does.
    """
    reserved = METHODS | ANNOTATIONS | types
    return _checked(
        apart(
            {
                name: free(given.get(name) or attribute(name, style), reserved)
                for name in properties
            },
            reserved,
        )
    )


def attribute(text: str, style: Style = PLAIN) -> Name:
    """The attribute of a property, if no other property wishes for it."""
    return (identifiers.snake if style.snake_case else identifiers.attribute)(text)


def fact_names(metadata: Mapping[str, Mapping[str, ir.Json]]) -> dict[str, Name]:
    """The attributes of enum members that hold facts about them (`x-enum-metadata`), by
    what the specification calls these.

    Members are strings, so attributes of strings and names in annotations are not
    available; such a fact gets an underscore.
    """
    keys = dict.fromkeys(key for own in metadata.values() for key in own)
    wishes = {key: free(key, OF_MEMBERS) for key in keys if key.isidentifier()}
    return _checked(apart(wishes, OF_MEMBERS))


def _checked(names: Mapping[str, str]) -> dict[str, Name]:
    return {text: checked(name) for text, name in names.items()}
