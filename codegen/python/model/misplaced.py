"""Names that the configuration gives and that could not be given: because there is no
such place, or because the name is not available."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen import nearby
from codegen.ir import model as ir
from codegen.python.model import enumerations, renames
from codegen.python.model.package import Package
from codegen.styles import Rename

_NEAR: Final = 3

Found = dict[tuple[str, ir.Location], set[str]]


def misplaced(package: Package) -> Iterator[tuple[Rename, str]]:
    """Each name that could not be given, with a sentence that says why."""
    asked = package.settings.style.renames
    if not asked:
        return
    found = _found(package)
    for rename in asked:
        at = renames.location(package.module, rename.place)
        kinds = [rename.of] if rename.of else _kinds(at)
        names = next((found[k, at] for k in kinds if (k, at) in found), None)
        if names is None:
            yield rename, _unknown(package, found, kinds, rename.place)
        elif names != {rename.name}:
            other = ", ".join(sorted(names - {rename.name}))
            message = f"{rename.name!r} is not to be had for this place: it is no name "
            message += f"in Python, or taken. It would be called {other!r}"
            yield rename, message


def _kinds(at: ir.Location) -> list[str]:
    if renames.is_property(at):
        return [renames.FIELD]
    return [renames.CLASS, "member"]


def _found(package: Package) -> Found:
    """What can be given a name, by kind and place, each with the name that it has."""
    found: Found = {}
    module = package.module
    for named in package.named:
        name = str(package.public_name(named.schema))
        found.setdefault((renames.CLASS, named.schema.location), set()).add(name)
    for schema, fields in package.classes:
        name = str(package.names.of(schema.id))
        # A named schema that only adds to this one has the name.
        found.setdefault((renames.CLASS, schema.location), {name})
        for field in fields:
            for part in field.schemas:
                places = found.setdefault((renames.FIELD, part.location), set())
                places.add(str(field.attribute))
    for schema in package.enums:
        values = enumerations.members(module, schema)
        called = {m.value: str(m.name) for m in package.names.members(schema, values)}
        for at, value in renames.value_places(module, schema).items():
            if value in called:
                found["member", at] = {called[value]}
    for message, payload in renames.payloads(module).items():
        if (renames.CLASS, payload) in found:
            found[renames.CLASS, message] = found[renames.CLASS, payload]
    return found


def _unknown(package: Package, found: Found, kinds: list[str], place: str) -> str:
    """A sentence that says that there is no such place, with places that are spelled
    alike. Most mistakes are in the last word, or in one word before it."""
    module = package.module
    homes = {
        named.schema.location: "/".join(("#/components/schemas", named.name))
        for named in package.named
        if place.startswith("#/components/schemas/")
    }
    places = dict.fromkeys(
        homes.get(at) or renames.shown(module, at)
        for kind, at in found
        if kind in kinds
    )
    before, _, last = place.rpartition("/")
    likely = [
        other
        for other in places
        if other.rpartition("/")[0] == before
        or other.rpartition("/")[2].casefold() == last.casefold()
    ]
    near = nearby.nearest(place, likely, _NEAR, cutoff=0.4)
    near = near or nearby.nearest(place, places, _NEAR)
    message = f"nothing at {place!r} is a {' or '.join(kinds)} of the package"
    return message + nearby.asked(near)
