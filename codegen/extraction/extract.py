"""The document of a part of a specification.

Everything stays where it is, but for what nothing of the part needs. What stands in
another file, or inside of what is dropped, moves to where schemas are kept by names,
under the name that it has; references follow. Whether the meaning is the same is not
decided here: the outcome is read again and compared (`codegen.flows.extract`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from codegen.extraction.references import (
    Reference,
    Spot,
    references,
    spot,
)
from codegen.extraction.wanted import Unwanted
from codegen.frontend import Loaded
from codegen.frontend.resources import Place
from codegen.frontend.session_rules import KEYWORD as RULES
from codegen.ir import model as ir
from codegen.source import pointer as pointers
from codegen.source.node import Json

ELSEWHERE: Final = "x-extracted"
"""Where a schema goes that has no name."""

_DEFINITIONS: Final = ("$defs", "definitions")
_MESSAGES: Final = "/components/messages"
_MESSAGE: Final = re.compile(r"/(publish|subscribe)/message(/oneOf/[0-9]+)?/\$ref\Z")
"""Where a channel of AsyncAPI 2 refers to a message."""

_NO_SECURITY: Final = ("components", "schema", "payload", "example", "examples")
"""Where nothing is asked for."""

IDENTIFIERS: Final = ("$id", "id", "$schema")
"""What a document says of itself, and a schema that moves out of it does not."""


class NotExtracted(ValueError):
    """There is no document with the same meaning; the message says why."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document, and how many schemas went into it from elsewhere."""

    data: Json
    moved: int


@dataclass(slots=True)
class _Part:
    """What is needed, and where it goes."""

    needed: dict[Spot, tuple[Place, bool]] = field(default_factory=dict)
    found: list[Reference] = field(default_factory=list)
    moved: dict[Spot, str] = field(default_factory=dict)


def extract(loaded: Loaded) -> Extracted:
    """The part of a specification that was taken. Raises `NotExtracted`."""
    return _Extraction(loaded).run()


class _Extraction:
    def __init__(self, loaded: Loaded) -> None:
        self._resources = loaded.resources
        self._module = loaded.module
        self._home = loaded.workspace.home
        self._root = loaded.resources.roots[self._home]
        options = loaded.options
        self._whole = not (options.include or options.exclude)
        """Whether all of it is asked for, and only put into one file."""
        self._included = bool(options.include)
        self._dropped = set() if self._whole else Unwanted(loaded).drop()
        self._part = _Part()

    def run(self) -> Extracted:
        """All of it, in order."""
        if not isinstance(self._root.data, dict):
            return Extracted(self._root.data, 0)
        self._need_all()
        for where, (place, schema) in self._part.needed.items():
            if schema and not self._stays(where):
                self._move(where, place)
        schemas = len(self._part.moved)
        unneeded = set() if self._whole else self._unneeded()
        moved = (self._part.needed[where][0] for where in self._part.moved)
        defined = set[Spot]().union(*map(self._definitions, moved))
        copier = _Copier(unneeded | self._dropped | defined)
        for found in self._part.found:
            at_home = found.spot[0] == self._home
            if found.schema or (at_home and not self._is_dropped(found.spot)):
                copier.texts[found.at] = self._text(found)
            elif message := self._as_message(found):
                copier.texts[found.at] = _fragment(message)
            elif at_home or not self._leads_through(found):
                copier.inlined[found.at] = found.target
        data = copier.copy((self._home, ""), self._root.data)
        for where, target in self._part.moved.items():
            inner = copier.copy(where, self._part.needed[where][0].data, moved=True)
            _put(data, target, inner)
        if "openapi" in data and not ("paths" in data or "webhooks" in data):
            data["paths"] = {}
        return Extracted(data, schemas)

    # --- what is needed ------------------------------------------------------------

    def _need_all(self) -> None:
        # The objects of all parameters stand nowhere in the document.
        names = [call.parameters for call in self._module.calls]
        made = {self._module.names[name] for name in names if name is not None}
        for identity, schema in self._module.schemas.items():
            if identity not in made:
                self._need(self._place(schema.location), schema=True)
        for rule in self._module.session_rules:
            self._need(self._place(rule.location), schema=False)
        for message in self._module.messages:
            # Nothing refers to one that no operation sends or receives.
            document, pointer = message.location.document, message.location.pointer
            if (document, pointer.rpartition("/")[0]) == (self._home, _MESSAGES):
                self._need(self._place(message.location), schema=False)
        if not self._whole and not self._included:
            self._need_shared()
        self._need_around()
        for name in self._asked_schemes():
            where = f"/components/securitySchemes/{pointers.escape(name)}"
            self._need(self._resources.at(self._root, where), schema=False)
        if self._is_schema() and (self._home, "") not in self._part.needed:
            kept = (*_DEFINITIONS, *IDENTIFIERS, "title")
            lost = (f"/{pointers.escape(k)}" for k in self._root.data if k not in kept)
            self._dropped |= {(self._home, pointer) for pointer in lost}

    def _need_shared(self) -> None:
        """What operations may share has classes, whether any operation is left that
        does, where nothing is asked for by name."""
        inside = _ancestors(self._part.needed)
        for kind in ("requestBodies", "responses", "parameters", "headers"):
            components = _mapping(self._root.data.get("components"))
            for key in _mapping(components.get(kind)):
                pointer = f"/components/{kind}/{pointers.escape(key)}"
                if (self._home, pointer) in inside:
                    self._need(self._resources.at(self._root, pointer), schema=False)

    def _need_around(self) -> None:
        """What stands around the schemas. An extension goes with what it refers to: who
        reads it would look for that in vain."""
        extensions = []
        for key, value in () if self._is_schema() else self._root.data.items():
            place = Place(self._root, f"/{pointers.escape(key)}", value)
            if key.startswith("x-") and key != RULES:
                extensions.append(place)
            elif self._whole or not (
                key == "components" or spot(place) in self._dropped
            ):
                self._need(place, schema=False)
        for place in extensions:
            inside = references(self._resources, place, (), schema=False)
            if self._whole or all(one.spot in self._part.needed for one in inside):
                self._need(place, schema=False)
            else:
                self._dropped.add(spot(place))

    def _asked_schemes(self) -> Iterator[str]:
        """The security schemes that what is kept asks for by name."""
        components = _mapping(self._root.data.get("components"))
        known = _mapping(components.get("securitySchemes"))
        pending = [("", self._root.data)]
        while pending:
            where, value = pending.pop()
            for key, inner in _members(value):
                here = f"{where}/{pointers.escape(key)}"
                if (self._home, here) in self._dropped or key in _NO_SECURITY:
                    continue
                if key == "security" and isinstance(inner, list):
                    ways = (way for way in inner if isinstance(way, dict))
                    yield from (name for way in ways for name in way if name in known)
                elif isinstance(inner, dict | list):
                    pending.append((here, inner))

    def _is_schema(self) -> bool:
        return not {"openapi", "asyncapi"} & self._root.data.keys()

    def _place(self, location: ir.Location) -> Place:
        root = self._resources.roots[location.document]
        return self._resources.at(root, location.pointer)

    def _need(self, place: Place, *, schema: bool) -> None:
        pending = [(place, schema)]
        while pending:
            here, kind = pending.pop()
            if spot(here) in self._part.needed:
                continue
            self._part.needed[spot(here)] = here, kind
            dropped = self._dropped | self._definitions(here)
            for found in references(self._resources, here, dropped, schema=kind):
                self._part.found.append(found)
                pending.append((found.target, found.schema))

    def _goes_with_another(self, where: Spot) -> bool:
        """Whether a place goes where one around it goes: not a document that only
        defines it, and nothing around what is dropped."""
        pointer = where[1]
        defined = pointer.startswith(tuple(f"/{key}/" for key in _DEFINITIONS))
        for above in _above(where):
            if above in self._dropped:
                return False
            if above in self._part.needed and (above[1] or not defined):
                return True
        return False

    def _definitions(self, place: Place) -> set[Spot]:
        """What a schema that is a whole document defines is needed by itself."""
        if place.pointer or not isinstance(place.data, dict):
            return set()
        document = spot(place)[0]
        return {(document, f"/{key}") for key in _DEFINITIONS}

    def _unneeded(self) -> set[Spot]:
        """What is kept by names in the document, and is not needed."""
        inside = _ancestors(self._part.needed)
        data = self._root.data
        maps = [(f"/{key}", data.get(key)) for key in _DEFINITIONS]
        for section, entries in _mapping(data.get("components")).items():
            maps.append((f"/components/{pointers.escape(section)}", entries))
        found: set[Spot] = set()
        for where, entries in maps:
            if not isinstance(entries, dict):
                continue
            spots = [(self._home, f"{where}/{pointers.escape(key)}") for key in entries]
            lost = {one for one in spots if one not in inside or not self._stays(one)}
            found |= {(self._home, where)} if len(lost) == len(spots) else lost
        return found

    # --- where it goes -------------------------------------------------------------

    def _leads_through(self, found: Reference) -> bool:
        """Whether a reference leads elsewhere through a reference in the document. What
        that means stands there afterwards, so that this one leads to it."""
        return found.at[0] == self._home and found.text.startswith("#")

    def _as_message(self, found: Reference) -> str:
        """Where a message of another file goes: to the other messages, under its key,
        which is its name to a channel of AsyncAPI 2. Empty for anything else, and where
        the name is another message's."""
        where, pointer = found.spot, found.at[1]
        if where in self._part.moved:
            return self._part.moved[where]
        if not _MESSAGE.search(pointer) or "asyncapi" not in self._root.data:
            return ""
        *_, name = ("", *pointers.tokens(where[1]))
        target = f"{_MESSAGES}/{pointers.escape(name)}"
        known = _mapping(_mapping(self._root.data.get("components")).get("messages"))
        if not name or name in known or target in self._part.moved.values():
            return ""
        self._part.moved[where] = target
        return target

    def _stays(self, where: Spot) -> bool:
        """Whether a place of the document is still there."""
        document, pointer = where
        if document != self._home:
            return False
        if self._whole:
            return True
        parent = pointer.rpartition("/")[0]
        if not pointer or parent in ("/$defs", "/definitions", "/components/schemas"):
            return where in self._part.needed
        if pointer.startswith("/components/") and pointer.count("/") == 3:
            return where in self._part.needed
        for above in _above(where):
            if above in self._dropped:
                return False
            if above in self._part.needed:
                return self._stays(above) if above[1] else self._kept_by_root(pointer)
        return False

    def _is_dropped(self, where: Spot) -> bool:
        """Whether a place, or one around it, is dropped."""
        return any(one in self._dropped for one in (where, *_above(where)))

    def _kept_by_root(self, pointer: str) -> bool:
        first = pointer.split("/")[1]
        return first not in ("$defs", "definitions", "components")

    def _move(self, where: Spot, place: Place) -> None:
        """Give a schema a place in the document, unless one around it has one."""
        if self._goes_with_another(where):
            return
        # What these say otherwise with the same words is found when it is read again.
        if place.resource.dialect.age != self._root.dialect.age:
            message = f"{where[0]} is written in {place.resource.dialect.title}"
            raise NotExtracted(
                f"{message}, and the document in another dialect; `--include` or "
                "`--exclude` leaves out what needs it"
            )
        identity = self._identities.get(where)
        name = self._names.get(identity) if identity else None
        if name is not None:
            self._part.moved[where] = f"{self._map}/{pointers.escape(name)}"
            return
        *_, last = ("", *pointers.tokens(where[1]))
        stem = last or PurePosixPath(where[0]).stem or "schema"
        number = len(self._part.moved) + 1
        name = pointers.escape(f"{stem}-{number}")
        self._part.moved[where] = f"/{ELSEWHERE}/{name}"

    @property
    def _map(self) -> str:
        """Where the document keeps schemas by names."""
        if not self._is_schema():
            return "/components/schemas"
        return "/$defs" if self._root.dialect.age >= 2019 else "/definitions"

    @cached_property
    def _names(self) -> dict[ir.SchemaId, str]:
        inline = self._module.inline
        known = self._module.names_by_id().items()
        return {one: name for one, name in known if name not in inline}

    @cached_property
    def _identities(self) -> dict[Spot, ir.SchemaId]:
        return {
            (schema.location.document, schema.location.pointer): identity
            for identity, schema in self._module.schemas.items()
            if "@" not in identity
        }

    def _text(self, found: Reference) -> str:
        """The text of a reference after the move."""
        target = self._new(found.spot)
        holder = self._resources.roots[found.at[0]]
        same = (self._home, target) == found.spot and found.at[0] == self._home
        if same and (found.text.startswith("#") or found.target.resource is not holder):
            return found.text
        if found.dynamic:
            message = f"{found.at[0]}#{found.at[1]} is a dynamic reference"
            raise NotExtracted(f"{message}, and what it leads to moves")
        return _fragment(target)

    def _new(self, where: Spot) -> str:
        """The pointer of a place in the document that is made."""
        if where in self._part.moved:
            return self._part.moved[where]
        for above in _above(where):
            if above in self._part.moved:
                return self._part.moved[above] + where[1][len(above[1]) :]
        if where[0] != self._home:
            raise NotExtracted(f"{where[0]}#{where[1]} has no place in one document")
        return where[1]


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _members(value: Json) -> Iterable[tuple[str, Json]]:
    if isinstance(value, dict):
        return value.items()
    return ((str(index), item) for index, item in enumerate(value))


def _fragment(pointer: str) -> str:
    """A reference to a place of the same document."""
    return "#" + quote(pointer, safe="/~!$&'()*+,;=:@")


def _above(where: Spot) -> list[Spot]:
    """The places around a place, from the nearest."""
    document, pointer = where
    found = []
    while pointer:
        pointer = pointer.rpartition("/")[0]
        found.append((document, pointer))
    return found


def _ancestors(spots: Iterable[Spot]) -> set[Spot]:
    found: set[Spot] = set()
    for where in spots:
        found |= {where, *_above(where)}
    return found


def _put(data: Json, pointer: str, value: Json) -> None:
    """Put a value where a pointer leads, with the mappings on the way."""
    *way, last = pointers.tokens(pointer)
    for token in way:
        data = data.setdefault(token, {})
    data[last] = value


class _Copier:
    """Copies values with other references and without what is dropped: `texts` are
    those references, by their place, and in place of those in `inlined` stands what
    they lead to."""

    def __init__(self, dropped: set[Spot]) -> None:
        self.texts: dict[Spot, str] = {}
        self.inlined: dict[Spot, Place] = {}
        self._dropped = dropped

    def copy(self, where: Spot, value: Json, *, moved: bool = False) -> Json:
        """A value as it is to be; one that is `moved` is no resource of its own."""
        document, pointer = where
        if isinstance(value, dict):
            target = self.inlined.get((document, pointer + "/$ref"))
            if target is not None:
                return self.copy(spot(target), target.data)
            found = {}
            for key, inner in value.items():
                here = document, f"{pointer}/{pointers.escape(key)}"
                if here in self._dropped or (moved and key in IDENTIFIERS):
                    continue
                found[key] = self.copy(here, inner)
            return found
        if isinstance(value, list):
            items = ((document, f"{pointer}/{i}") for i in range(len(value)))
            return [
                self.copy(here, inner)
                for here, inner in zip(items, value, strict=True)
                if here not in self._dropped
            ]
        return self.texts.get(where, value)
