"""Values that are merged by JSON Merge Patch (RFC 7386), as those of traits are."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import reduce

from codegen.addresses import join
from codegen.frontend.resources import Place
from codegen.source.node import Json


def merged(at: Place, places: Iterable[Place]) -> Json:
    """The values at some places as one value, which is read at another place."""
    return reduce(_patch, [_seen_from(at, place) for place in places])


def _seen_from(at: Place, place: Place) -> Json:
    """A value as it reads at another place. References of a value from another document
    still lead to where they led."""
    if place.resource.document is at.resource.document:
        return place.data
    base = place.resource.uri

    def moved(value: Json) -> Json:
        if isinstance(value, list):
            return [moved(item) for item in value]
        if not isinstance(value, dict):
            return value
        found = {key: moved(item) for key, item in value.items()}
        if isinstance(found.get("$ref"), str):
            with suppress(ValueError):  # No URI, which is said where it is followed.
                found["$ref"] = join(base, found["$ref"])
        return found

    return moved(place.data)


def _patch(target: Json, patch: Json) -> Json:
    if not isinstance(patch, dict) or not isinstance(target, dict):
        return patch
    result = dict(target)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _patch(result.get(key), value)
    return result
