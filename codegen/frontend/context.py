"""What the front ends of all dialects share while they read one specification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, TypeAlias

from codegen.diagnostics import Severity
from codegen.frontend import values
from codegen.frontend.dialects import Dialect
from codegen.frontend.lowering import Lowering
from codegen.frontend.options import OperationGlobs, Options
from codegen.frontend.resources import Place, Resource, Unresolved
from codegen.ir import model as ir
from codegen.source.node import Json


@dataclass(frozen=True, slots=True)
class Draft:
    """A message whose schemas are not yet required. `taken` tells whether it belongs to
    what the options take for its own sake."""

    message: ir.Message
    payload: Place | None
    headers: Place | None = None
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """An object that holds a schema, with the examples that it shows of it. A text may
    be an example as it is `written` in a media type other than JSON."""

    schema: ir.SchemaId
    location: ir.Location
    examples: tuple[ir.Example, ...]
    written: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """An object of a document that is no schema, and what kind of one."""

    kind: str
    location: ir.Location


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the schemas of a document."""

    holders: tuple[Holder, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(slots=True)
class Content:
    """What a front end finds in a document. `operations` holds every name by which
    options may mean an operation."""

    title: str = ""
    version: str = ""
    dialect: str = ""
    names: dict[str, Place] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    operations: dict[str, None] = field(default_factory=dict)
    session_rules: list[Place] = field(default_factory=list)

    def ids(self, context: Context) -> dict[ir.SchemaId, str]:
        """The names by the id of the schema they name."""
        peek = context.lowering.peek
        return {peek(place): name for name, place in self.names.items()}


_Spot: TypeAlias = tuple[int, str]


def spot(place: Place) -> _Spot:
    """What tells a place from others while the document is read."""
    return id(place.resource), place.pointer


class Context:
    """The root document with everything needed to lower it."""

    def __init__(self, lowering: Lowering, root: Resource, options: Options) -> None:
        self.lowering = lowering
        self.root = root
        self.options = options
        self.around = Around()
        self.globs = OperationGlobs()
        """What the options say of operations, once the names of schemas are known."""
        self._ends: dict[str, Place] = {}
        """Where references that were followed lead: to a value, or to the last of a
        chain that leads nowhere."""
        self._circles: dict[str, tuple[str, ir.Location]] = {}
        """References that lead round in a circle: what is said of it, and where."""

    @property
    def data(self) -> dict[str, Json]:
        """The root document's mapping."""
        data: dict[str, Json] = self.root.data
        return data

    @cached_property
    def channel_keys(self) -> tuple[Mapping[_Spot, str], Mapping[_Spot, str]]:
        """The key that the document has a channel under: by the place of what stands
        there, and by the place that this leads to."""
        standing: dict[_Spot, str] = {}
        meant: dict[_Spot, str] = {}
        for key, entry in self.members(self.place("channels")):
            standing.setdefault(spot(entry), key)
            channel = self.follow(entry, quiet=True)
            if channel is not None:
                meant.setdefault(spot(channel), key)
        return standing, meant

    def place(self, *tokens: str) -> Place | None:
        """The place of a value of the root document; None where there is none."""
        return self.member(Place(self.root, "", self.root.data), *tokens)

    def member(self, place: Place, *tokens: str) -> Place | None:
        """A member of a place after references are followed at each step."""
        for token in tokens:
            if place.data is None:
                return None
            followed = self.mapping(place)
            if followed is None or token not in followed.data:
                return None
            place = self.lowering.child(followed, token)
        return place

    def members(self, place: Place | None) -> Iterator[tuple[str, Place]]:
        """The members of a mapping, by key; what is no mapping is reported."""
        if place is None or place.data is None:
            return
        followed = self.mapping(place)
        if followed is None:
            return
        for key in followed.data:
            yield key, self.lowering.child(followed, key)

    def entries(self, place: Place | None) -> Iterator[tuple[str, Place]]:
        """The members of a map by names that its author chose. One may be called like
        an extension (a header `x-rate`), which is none if an object stands there."""
        for key, entry in self.members(place):
            if isinstance(entry.data, dict) or not key.startswith("x-"):
                yield key, entry

    def elements(self, place: Place | None) -> Iterator[Place]:
        """The elements of a list; what is no list is reported."""
        if place is None or place.data is None:
            return
        if not isinstance(place.data, list):
            self.invalid(place, "a list is expected here")
            return
        for index in range(len(place.data)):
            yield self.lowering.child(place, str(index))

    def follow(self, place: Place, *, quiet: bool = False) -> Place | None:
        """Where a Reference Object leads; the place itself if it is none.

        None, and unless `quiet` a diagnostic, where it leads nowhere or round in a
        circle.
        """
        way: dict[str, Place] = {}
        current: Place | None = place
        while current is not None and _is_reference(current):
            where = self.lowering.location(current)
            label = f"{where.document}#{where.pointer}"
            if label in way:
                circle = [*list(way)[list(way).index(label) :], label]
                message = "references lead only to each other: " + " → ".join(circle)
                self._circles[label] = (message, where.child("$ref"))
            if label in self._circles:
                message, at = self._circles[label]
                self._circles.update(dict.fromkeys(way, (message, at)))
                if not quiet:
                    self.lowering.refuse("circular-ref", message, at, _LEFT_OUT)
                return None
            way[label] = current
            known = self._ends.get(label)
            current = known or self.follow_once(current, quiet=quiet)
        end = current or way.popitem()[1]
        self._ends.update(dict.fromkeys(way, end))
        return current

    def mapping(self, place: Place | None) -> Place | None:
        """Where a place leads if a mapping is there; what is none is reported."""
        followed = None if place is None else self.follow(place)
        if followed is None or isinstance(followed.data, dict):
            return followed
        self.invalid(followed, "a mapping is expected here")
        return None

    def follow_once(self, place: Place, *, quiet: bool = False) -> Place | None:
        """Where the first reference of a chain leads; the place itself if none."""
        if not _is_reference(place):
            return place
        where = self.lowering.location(place).child("$ref")
        self.beside(place)
        try:
            return self.lowering.resolve(place.data["$ref"], place.resource, where)
        except Unresolved as error:
            if not quiet:
                self.lowering.refuse(error.code, str(error), where, _LEFT_OUT)
            return None

    def beside(self, place: Place) -> None:
        """Keep what stands beside a reference, where it has no meaning."""
        if len(place.data) > 1:
            others = {k: v for k, v in place.data.items() if k != "$ref"}
            self.lowering.beside[self.lowering.location(place)] = others

    def examples(
        self,
        holder: Place,
        kind: type[list[Json]] | type[dict[str, Json]],
        fields: Iterable[str],
    ) -> Iterator[ir.Example]:
        """The values that an object has under `examples`, in a list or by name, each in
        one of some fields of an entry. What is no mapping there is reported; it is
        documentation, which no comparison has to know."""
        place = self.member(holder, "examples")
        found = None if place is None else self.follow(place)
        if found is None or found.data is None:
            return
        if not isinstance(found.data, kind):
            word = "list" if kind is list else "mapping"
            message = f"a {word} is expected here"
            self.remark("invalid-keyword", message, found, _LEFT_OUT)
            return
        keys = found.data if isinstance(found.data, dict) else range(len(found.data))
        for key in map(str, keys):
            own = self.lowering.child(found, key)
            entry = self.follow(own)
            if entry is not None and isinstance(entry.data, dict):
                at, end = self.lowering.location(own), self.lowering.location(entry)
                for field in fields:
                    if field in entry.data:
                        last = end.child(field)
                        where = last if entry is own else at
                        yield ir.Example(entry.data[field], where, last)
            elif entry is not None and not key.startswith("x-"):
                message = "a mapping is expected here"
                self.remark("invalid-keyword", message, entry, _LEFT_OUT)

    def text(self, place: Place | None, key: str) -> str:
        """A member of a mapping as text; empty where there is none. `version: 1.0`
        is a number to YAML and meant as text."""
        data = None if place is None else place.data
        value = data.get(key) if isinstance(data, dict) else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        return value if isinstance(value, str) else ""

    def flag(self, place: Place, key: str, usual: bool = False) -> bool:
        """A member of a mapping that is true or false, `usual` where there is none."""
        value = place.data.get(key)
        if value is None or isinstance(value, bool):
            return usual if value is None else value
        member = self.lowering.child(place, key)
        reading = values.BOOLEAN.read(value)
        expected = f"`{key}` takes {values.BOOLEAN.expected}"
        if reading.value is None:
            self.invalid(member, expected)
            return usual
        said = f"`{key}: {values.shown(value)}` is read as {reading.meant}"
        self.remark("read-as-meant", expected, member, said)
        return reading.value

    def remark(self, code: str, message: str, place: Place, outcome: str) -> None:
        """Warn of something that leaves no gap in the module; `outcome` says what
        becomes of it."""
        where, text = self.lowering.location(place), f"{message}; {outcome}"
        severity = Severity.WARNING
        self.lowering.problem(code, text, where, severity=severity, read=True)

    def invalid(self, place: Place, message: str) -> None:
        """Warn of a value that is not what its place takes, and that is left out."""
        if not place.resource.document.readable:  # Which has been said.
            return
        where = self.lowering.location(place)
        text = f"{message}; {_LEFT_OUT}"
        severity = Severity.WARNING
        self.lowering.problem("invalid-keyword", text, where, severity=severity)

    def included(self, name: str) -> bool:
        """Whether the options include a schema of this name."""
        return self.options.takes(name)

    def target(self, place: Place, *, quiet: bool = False) -> Place | None:
        """The schema that a place means: the target where it is only a reference."""
        return (
            self.follow(place, quiet=quiet) if values.only_refers(place.data) else place
        )

    def in_dialect(self, place: Place, dialect: Dialect) -> Place:
        """The same place, read in another dialect than the document around it."""
        resources = self.lowering.resources
        return resources.in_dialect(place, dialect)


_LEFT_OUT: Final = "it is left out"


def _is_reference(place: Place) -> bool:
    return isinstance(place.data, dict) and isinstance(place.data.get("$ref"), str)
