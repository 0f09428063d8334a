"""What of a document is not wanted: what carries no message that was taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.extraction.references import Spot, spot
from codegen.frontend import Loaded
from codegen.frontend.openapi import METHODS
from codegen.frontend.resources import Place, Resources, Unresolved
from codegen.source import pointer as pointers
from codegen.source.node import Json

_AROUND: Final = ("servers", "security", "tags", "externalDocs")
"""What says nothing where there are no operations."""

_PATHS: Final = ("paths", "webhooks")


class Unwanted:
    """The places of a specification that are to be dropped (`spots`)."""

    def __init__(self, loaded: Loaded) -> None:
        self._resources: Resources = loaded.resources
        home = loaded.workspace.home
        self._root = Place(
            loaded.resources.roots[home], "", loaded.resources.roots[home].data
        )
        self._taken = {
            (message.location.document, message.location.pointer)
            for message in loaded.module.messages
        }
        self._calls = {
            (call.location.document, call.location.pointer)
            for call in loaded.module.calls
        }
        self._by_schemas = bool(loaded.options.include) and not self._calls
        """Whether schemas are asked for, and no operations."""
        self.spots: set[Spot] = set()

    def drop(self) -> set[Spot]:
        """All of them."""
        data = self._root.data
        if not isinstance(data, dict):
            return self.spots
        if "openapi" in data:
            self._openapi()
        elif "asyncapi" in data:
            self._asyncapi()
        return self.spots

    # --- OpenAPI -------------------------------------------------------------------

    def _openapi(self) -> None:
        left = 0
        for section in _PATHS:
            for item in self._children(self._root, section):
                kept = self._path_item(self._followed(item))
                left += kept
                if not kept:
                    self.spots.add(spot(item))
        if not left:
            for key in _AROUND:
                self.spots.add((self._root.resource.document.name, f"/{key}"))

    def _path_item(self, item: Place) -> int:
        """How many operations of a path item are left."""
        left = 0
        for operation in self._operations(item):
            kept = self._operation(operation)
            left += kept
            if not kept:
                self.spots.add(spot(operation))
        if not any(map(self._is_called, self._operations(item))):
            self._without(item, "parameters")
        return left

    def _operations(self, item: Place) -> Iterator[Place]:
        for child in self._children(item):
            method = child.pointer.rpartition("/")[2]
            if method in METHODS:
                yield child
            elif method == "additionalOperations":
                yield from self._children(child)

    def _is_called(self, operation: Place) -> bool:
        """Whether types are made of an operation, its parameters included."""
        return spot(self._followed(operation)) in self._calls

    def _operation(self, operation: Place) -> bool:
        """Whether an operation is left: one that is asked for, or where only schemas
        are, one that carries some; or its callbacks."""
        called = self._is_called(operation)
        left = called or (self._by_schemas and self._carries(operation))
        if not called:
            self._without(operation, "parameters")
        if not left:
            self._without(operation, "requestBody", "responses")
        for callback in self._children(operation, "callbacks"):
            for item in self._children(self._followed(callback)):
                left |= bool(self._path_item(self._followed(item)))
        return left

    def _carries(self, operation: Place) -> bool:
        """Whether an operation has messages that were taken; the others are dropped."""
        left = False
        body = self._child(operation, "requestBody")
        for holder in (*self._children(operation, "responses"), body):
            kept = holder is not None and self._content(self._followed(holder))
            left |= kept
            if holder is not None and holder is body and not kept:
                self.spots.add(spot(holder))
        return left

    def _content(self, holder: Place) -> bool:
        """Whether a body has a message that was taken; the others are dropped."""
        media = list(self._children(holder, "content"))
        kept = [one for one in media if spot(self._followed(one)) in self._taken]
        self.spots |= {spot(one) for one in media if one not in kept}
        if media and not kept:
            self._without(holder, "content")
        return bool(kept)

    # --- AsyncAPI ------------------------------------------------------------------

    def _asyncapi(self) -> None:
        for channel in self._children(self._root, "channels"):
            inner = self._followed(channel)
            kept = self._messages(self._children(inner, "messages"))
            for verb in ("publish", "subscribe"):
                operation = self._child(inner, verb)
                if operation is not None:
                    kept |= self._verb(operation)
            if not kept:
                self.spots.add(spot(channel))
        for operation in self._children(self._root, "operations"):
            inner = self._followed(operation)
            if not self._action(inner):
                self.spots.add(spot(operation))
        self._messages(self._children(self._root, "components", "messages"))

    def _messages(self, entries: Iterator[Place]) -> bool:
        """Whether one of some messages was taken; the others are dropped."""
        left = False
        for entry in entries:
            kept = spot(self._followed(entry)) in self._taken
            left |= kept
            if not kept:
                self.spots.add(spot(entry))
        return left

    def _verb(self, operation: Place) -> bool:
        """An operation of AsyncAPI 2."""
        message = self._child(operation, "message")
        inner = None if message is None else self._followed(message)
        if inner is None:
            kept = False
        elif isinstance(inner.data, dict) and "oneOf" in inner.data:
            kept = self._messages(self._children(inner, "oneOf"))
        else:
            kept = spot(inner) in self._taken
        if not kept:
            self.spots.add(spot(operation))
        return kept

    def _action(self, action: Place) -> bool:
        """An operation of AsyncAPI 3: what it lists, or all of its channel."""
        reply = self._child(action, "reply")
        for holder in (action, *([] if reply is None else [self._followed(reply)])):
            listed = list(self._children(holder, "messages"))
            if listed and not self._messages(iter(listed)) and holder is action:
                return False
        channel = self._child(action, "channel")
        if channel is None:
            return False
        target = spot(self._followed(channel))
        return target not in self.spots

    def _without(self, place: Place, *keys: str) -> None:
        """Drop what a part of a document says besides its messages: that is read of
        the whole only."""
        self.spots |= {(spot(place)[0], f"{place.pointer}/{key}") for key in keys}

    # --- the way down --------------------------------------------------------------

    def _children(self, place: Place, *keys: str) -> Iterator[Place]:
        for key in keys:
            inner = self._child(place, key)
            if inner is None:
                return
            place = inner
        members: Iterator[str] = iter(())
        if isinstance(place.data, dict):
            members = (key for key in place.data if not key.startswith("x-"))
        elif isinstance(place.data, list):
            members = map(str, range(len(place.data)))
        for key in members:
            found = self._child(place, key)
            if found is not None:
                yield found

    def _child(self, place: Place, key: str) -> Place | None:
        try:
            value: Json = pointers.step(place.data, key)
        except pointers.Missing:
            return None
        return Place(place.resource, f"{place.pointer}/{pointers.escape(key)}", value)

    def _followed(self, place: Place) -> Place:
        """Where references lead that stand for what is there."""
        for _ in range(20):
            text = place.data.get("$ref") if isinstance(place.data, dict) else None
            if not isinstance(text, str):
                break
            try:
                place = self._resources.resolve(text, place.resource)
            except Unresolved:
                break
        return place
