"""What is wrong with a value: every failure as its place and its keyword."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

import jsonschema_rs

from codegen.ir import model as ir
from codegen.ir.exporter import hidden_union, is_hidden_contains
from codegen.oracle.kept import Kept
from codegen.oracle.paths import BY_NAME, Path, Places, Unclear, is_plain, pointer
from codegen.oracle.validator import Counted, Judge, Narrower, Undecided, Validator

_ROOM: Final = 3_600
"""How large the validators that are kept may be together, in schemas. A schema counts
once for each validator that it is part of. Those of a thousand schemas asked once each
would take hundreds of megabytes; a thousand schemas of one specification take
twelve."""

_ROOM_TOGETHER: Final = 6_000
"""The same for validators of neighbours, which are large. Schemas of a specification
ask about each other's, in turn, so several are needed at once: where only one of two
has room, each is compiled again and again."""

_LEAST: Final = 40_000
_EACH: Final = 30
"""How many schemas may be compiled for each schema of the module, counted in the same
way. A thousand schemas in a chain would need half a million; published specifications
need 3 to 30 for each."""

Error: TypeAlias = tuple[str, str]
"""A JSON Pointer into the value, and the keyword that failed there."""


class _Marked(NamedTuple):
    """A validator with its document. `plain` says whether all names in the document
    come back from the validator as they are."""

    validator: Validator
    document: dict[str, ir.Json]
    plain: bool


class _Keyword(NamedTuple):
    """What stands at a path to a keyword. `union` says whether it is the condition as
    which a union is written, `last` is the last keyword of the path, and `owner` the id
    of the schema around it."""

    name: str
    union: bool
    last: str
    owner: ir.SchemaId | None


class _Keywords(dict[Path, _Keyword]):
    """What stands at the paths into one document."""

    def __init__(self, document: dict[str, ir.Json]) -> None:
        super().__init__()
        self.document = document

    def __missing__(self, path: Path) -> _Keyword:
        found = self[path] = _keyword_at(self.document, path)
        return found


def _keyword_at(document: dict[str, ir.Json], path: Path) -> _Keyword:
    union = hidden_union(document, path)
    if union:
        path = (*path[:-3], union)
    name = _keyword(path)
    if name == "not" and is_hidden_contains(_at(document, path[:-1])):
        name = "contains"
    last = str(path[-1]) if path else ""
    return _Keyword(name, bool(union), last, _owner(document, path))


class _Asked(NamedTuple):
    """What judges by a schema: a validator that is given the value itself or, if it is
    the validator of several schemas, an object with the value as this `property`."""

    marked: _Marked
    property: str = ""

    def value(self, value: ir.Json) -> ir.Json:
        return {self.property: value} if self.property else value


class Oracle(Judge):
    """A judge that also says where a value fails, and by which keyword."""

    def __init__(
        self,
        module: ir.Module,
        *,
        formats: Collection[str] = (),
        narrower: Narrower = MappingProxyType({}),
    ) -> None:
        super().__init__(module, formats=formats, narrower=narrower, room=_ROOM // 12)
        # Documents with marks are written anyway, and mean the same.
        self._marks = True
        self._marked: Kept[_Marked] = Kept(_ROOM // 2)
        self._marked_together: Kept[_Marked] = Kept(_ROOM_TOGETHER)
        self._sizes: dict[ir.SchemaId, int] = {}
        self._plain: dict[int, tuple[ir.Json, bool]] = {}
        self._looked_at = Counted(compilations(module))
        self._keywords: dict[int, _Keywords] = {}

    def begin(self, left: int) -> None:
        """Begin to count compilations anew, with this limit. What has been asked before
        then makes no difference."""
        self._looked_at = Counted(left)
        self._keywords.clear()

    @property
    def left(self) -> int:
        """How many schemas may still be compiled."""
        return self._looked_at.left

    def errors(self, schema_id: ir.SchemaId, value: ir.Json) -> list[Error]:
        """Where a value fails, and by which keyword, each once and in the order of the
        document. A union counts as one failure. Raises `Undecided`."""
        failures = self.failures(self.module.schemas[schema_id], value)
        return list(dict.fromkeys((f.pointer, f.keyword) for f in failures))

    def failures(
        self, schema: ir.Schema, value: ir.Json, *, sound: bool = False
    ) -> list[Failure]:
        """The failures of a value, with what is known about each. `sound` says that
        `is_sound` holds of the value. Raises `Undecided`."""
        if schema.id not in self._sizes:
            reachable = self.written.reachable(self.module, schema)
            self._sizes[schema.id] = len(reachable) + 1
        self._looked_at.take(schema.id, self._sizes[schema.id])
        asked = self._asked(self.target(schema))
        value = asked.value(value)
        errors = asked.marked.validator.errors(value, sound=sound)
        if not errors:
            return []
        marked, inside = asked.marked, bool(asked.property)
        keywords = self._keywords.get(id(marked.document))
        if keywords is None:
            # It has the document so that no other can take its identity.
            keywords = _Keywords(marked.document)
            self._keywords[id(marked.document)] = keywords
        places = Places(marked.validator.compiled, value, plain=marked.plain)
        try:
            return [Failure(error, keywords, places, inside=inside) for error in errors]
        except Unclear as error:
            raise Undecided(str(error)) from None

    def valid_under(self, schema: ir.Schema, value: ir.Json) -> bool:
        """As `Judge.valid_under`, by what is compiled for failures as well."""
        if self.weights.wary:
            return super().valid_under(schema, value)
        target = self.target(schema)
        self._bound(target, value)
        asked = self._asked(target)
        return asked.marked.validator.accepts(asked.value(value))

    def target(self, schema: ir.Schema) -> ir.Schema:
        """What a schema leads to that is a reference and nothing else, so that it is
        not compiled again; others themselves."""
        alone = schema.assertions[0] if len(schema.assertions) == 1 else None
        if isinstance(alone, ir.Ref):
            return self.module.schemas[alone.target]
        return schema

    def _asked(self, schema: ir.Schema) -> _Asked:
        """What judges by a schema. Raises `Undecided`."""
        marked = self._marked.get(schema.id)
        if marked is None:
            together = self._shared(schema, self._marked_together, self._mark)
            if together is not None:
                return _Asked(together, self.written.keys[schema.id])
            document = self.document(schema, marked=True)
            marked = self._mark(document)
            self._marked.put(schema.id, marked, len(document["$defs"]))
        return _Asked(marked)

    def _mark(self, document: dict[str, ir.Json]) -> _Marked:
        plain = all(map(self._is_plain, document["$defs"].values()))
        return _Marked(self.compiled(document), document, plain)

    def _is_plain(self, definition: ir.Json) -> bool:
        """Whether all names in the definition of a schema, which many documents share,
        come back as they are."""
        found = self._plain.get(id(definition))
        if found is None:
            # It is kept so that no other can take its identity.
            found = self._plain[id(definition)] = definition, is_plain(definition)
        return found[1]


def compilations(module: ir.Module) -> int:
    """How many schemas may be compiled for a module. A schema counts as often as it is
    part of a validator."""
    return _LEAST + _EACH * len(module.schemas)


class Failure:
    """One failure: the pointer of the value, the keyword that failed, and the names
    that it is about.

    `keyword` is the keyword of the schema that failed, also where its subschema is
    `false` (`properties`, `additionalProperties`, …). It is empty for a schema that is
    `false` itself; `is_false` tells such cases. `names` holds the properties that are
    missing or not allowed, where the keyword is about properties; for `propertyNames`
    it is the wrong name. `owner` is the id of the schema in which the keyword stands,
    or of the nearest one around it. `cause` is the keyword that a wrong property name
    breaks.
    """

    __slots__ = ("_kind", "cause", "is_false", "keyword", "owner", "pointer")

    def __init__(
        self,
        error: jsonschema_rs.ValidationError,
        keywords: _Keywords,
        places: Places,
        *,
        inside: bool,
    ) -> None:
        """`inside` says whether the value is a property of what was judged."""
        self._kind = kind = error.kind
        name = kind.name
        instance = places.of_instance(error)
        self.pointer = pointer(instance[inside:])
        said = keywords[places.of_schema(error, keywords.document, instance)]
        self.is_false = name == "falseSchema" and not said.union
        within = name == "propertyNames"
        self.keyword = "propertyNames" if within else said.name
        refused = self.is_false or (within and not said.union and _is_false(kind))
        self.cause = "false" if refused else said.last
        self.owner = said.owner

    @property
    def names(self) -> tuple[str, ...]:
        """Most failures are not asked for them."""
        return tuple(_names(self._kind))

    def __repr__(self) -> str:
        return f"Failure({self.pointer!r}, {self.keyword!r})"


def _owner(document: dict[str, ir.Json], path: Path) -> ir.SchemaId | None:
    """The id of the innermost schema on a path to a keyword."""
    owner: ir.SchemaId | None = None
    place: ir.Json = document
    for token in path:
        if isinstance(place, dict):
            # A property may be called `$comment` as well; its schema is no string.
            if isinstance(place.get("$comment"), str):
                owner = ir.SchemaId(place["$comment"])
            place = place.get(str(token))
        elif isinstance(place, list) and isinstance(token, int) and token < len(place):
            place = place[token]
    return owner


def _at(document: ir.Json, path: Path) -> ir.Json:
    """The part of a document at a path."""
    for token in path:
        document = document[token]
    return document


def _keyword(path: Path) -> str:
    """The last keyword of a path. Names and indices behind it do not count."""
    keyword = ""
    is_name = False
    for token in path:
        if is_name or isinstance(token, int):
            is_name = False
        else:
            keyword = token
            is_name = token in BY_NAME
    return "" if keyword == "$defs" else keyword


def _names(kind: object) -> Iterator[str]:
    facts: dict[str, ir.Json] = getattr(kind, "as_dict", dict)()
    if "property" in facts:
        yield facts["property"]
    yield from (str(name) for name in facts.get("unexpected", ()))
    if "error" in facts:
        yield str(facts["error"].instance)


def _is_false(kind: object) -> bool:
    """Whether a property name is wrong because no name is allowed."""
    facts: dict[str, Any] = getattr(kind, "as_dict", dict)()
    return "error" in facts and facts["error"].kind.name == "falseSchema"
