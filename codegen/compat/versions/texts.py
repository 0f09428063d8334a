"""Which schemas say what travels as texts: of parameters, headers, forms, plain text.

So do the schemas of which these are made, where nothing else leads to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from codegen.compat.normal.normalise import Side
from codegen.compat.normal.texts import AsTexts, both, told_apart
from codegen.compat.versions.media import FORM, essence
from codegen.compat.versions.reach import Reach
from codegen.ir import model as ir
from codegen.ir import operations as ops

_FORMS: Final = (FORM, "multipart/form-data")
_PLAIN: Final = "text/plain"
_JOINING: Final = ("form", "cookie", "label", "matrix")
"""Styles in which items are put together with commas unless they are put apart."""


def of_parameter(one: ops.Parameter) -> AsTexts | None:
    """How a parameter or header travels; None where it has a media type that is neither
    a form nor plain text."""
    if "content" in one.settings:
        return _of_content(one)
    style, exploded = one.settings.get("style"), one.settings.get("explode") is True
    joined = style == "simple" or (style in _JOINING and not exploded)
    between = "," if joined else ""
    if one.where not in ("query", "cookie"):
        return AsTexts(between=between)
    unsent = exploded or style == "deepObject"
    repeated = exploded and style in ("form", "cookie")
    return AsTexts(repeated=repeated, unsent=unsent, between=between)


def _of_content(one: ops.Parameter) -> AsTexts | None:
    kind = essence(str(one.settings["content"]))
    if kind == FORM and "content encoding" not in one.unread:
        return AsTexts(form=True, repeated=True)
    return AsTexts(alone=True) if kind == _PLAIN else None


def of_media(media: ops.Media) -> AsTexts | None:
    """How a body travels; None where it is neither a form nor plain text."""
    kind = essence(media.media)
    if kind == _PLAIN:
        return AsTexts(alone=True)
    if kind not in _FORMS:
        return None
    every = media.encoding.items()
    told = {name: one.settings.get("contentType") for name, one in every}
    but = frozenset(name for name, types in told.items() if not _plain(types))
    # Unless something else is said, the items of a list have a part each.
    repeated = not any(one.settings.keys() & {"style", "explode"} for _, one in every)
    return AsTexts(True, but, repeated)


def _plain(types: ir.Json) -> bool:
    """Whether a part can have no other content type than that of texts."""
    if types is None:
        return True
    return all(essence(one) == _PLAIN for one in str(types).split(","))


def find(side: Side, reach: Reach) -> Mapping[ir.SchemaId, AsTexts]:
    """How those schemas travel that everywhere travel as texts."""
    used: dict[ir.SchemaId, AsTexts | None] = {}
    for target, how in _uses(side.module):
        used[target] = both(how, used.get(target, how))
    travel = _Travel(side, reach, used)
    waiting = [target for target, how in used.items() if how is not None]
    found: dict[ir.SchemaId, AsTexts] = {}
    while waiting:
        target = waiting.pop()
        how = None if target in found else travel.how(target)
        if how is not None:
            found[target] = how
            waiting.extend(travel.parts(target))
    return found


@dataclass(slots=True)
class _Travel:
    """How schemas travel; `used` says it of those that operations speak of."""

    side: Side
    reach: Reach
    used: Mapping[ir.SchemaId, AsTexts | None]
    _known: dict[ir.SchemaId, AsTexts | None] = field(default_factory=dict)
    _parts: dict[ir.SchemaId, Counter[ir.SchemaId]] = field(default_factory=dict)

    def how(self, target: ir.SchemaId) -> AsTexts | None:
        """How a schema travels wherever it does; None where not always as texts."""
        if target not in self._known:
            self._known[target] = None  # Of what leads to itself nothing is known.
            self._known[target] = self._how(target)
        return self._known[target]

    def _how(self, target: ir.SchemaId) -> AsTexts | None:
        ways = [self.used[target]] if target in self.used else []
        for outer in self.reach.referrers(target):
            led = self.reach.led(outer)[target]
            alone = self.parts(outer)[target] == led
            ways.append(self.how(outer) if alone else None)
        found = ways[0] if ways else None
        for way in ways:
            found = both(found, way)
        return found

    def parts(self, target: ir.SchemaId) -> Counter[ir.SchemaId]:
        """The schemas that a schema is made of, how often it refers to each as such."""
        if target not in self._parts:
            self._parts[target] = Counter(self._made_of(target))
        return self._parts[target]

    def _made_of(self, target: ir.SchemaId) -> Iterator[ir.SchemaId]:
        module = self.side.module
        waiting = [module.schemas[target]] if target in module.schemas else []
        while waiting:
            schema = waiting.pop()
            for assertion in schema.assertions:
                if isinstance(assertion, ir.Ref):
                    yield assertion.target
                if not isinstance(assertion, ir.AllOf | ir.AnyOf | ir.OneOf):
                    continue
                one = isinstance(assertion, ir.OneOf)
                if one and not told_apart(self.side, schema):
                    continue
                yield from (s.id for s in assertion.schemas if s.id in module.schemas)
                waiting.extend(assertion.schemas)


def _uses(module: ir.Module) -> Iterator[tuple[ir.SchemaId, AsTexts | None]]:
    for operation in module.interface.operations:
        yield from _of_parameters(operation.parameters)
        if operation.body is not None:
            yield from _of_bodies(operation.body.content.values())
        for response in operation.responses.values():
            yield from _of_parameters(response.headers.values())
            yield from _of_bodies(response.content.values())
    for channel in module.interface.channels:
        yield from _of_parameters(channel.parameters.values())
        for target in channel.handshake.values():
            yield target, AsTexts()
    for action in module.interface.actions:
        yield from _of_bound(action)
        replies = () if action.reply is None else action.reply.messages
        for part in (*action.messages, *replies):
            yield from _of_bound(part)
            if part.headers is not None:
                yield part.headers, None
    for message in module.messages:
        if message.kind == "event" and message.payload is not None:
            yield message.payload, None


def _of_bound(
    part: ops.Action | ops.MessagePart,
) -> Iterator[tuple[ir.SchemaId, AsTexts | None]]:
    for what, target in part.bound.items():
        yield target, AsTexts() if what.startswith("http ") else None


def _of_parameters(
    many: Iterable[ops.Parameter],
) -> Iterator[tuple[ir.SchemaId, AsTexts | None]]:
    for one in many:
        if one.schema is not None:
            yield one.schema, of_parameter(one)


def _of_bodies(
    many: Iterable[ops.Media],
) -> Iterator[tuple[ir.SchemaId, AsTexts | None]]:
    for media in many:
        if media.schema is not None:
            yield media.schema, of_media(media)
        if media.item is not None:
            yield media.item, None
        for target in media.data.values():
            yield target, None
        for encoding in media.encoding.values():
            yield from _of_parameters(encoding.headers.values())
