"""Events: from a frame to the right class, and from an event to its frame.

Decoding is open on receive. An unknown tag gives an `UnknownEvent`, and whatever
else is wrong with a frame stays in the object (`violations_of` names it); only
what is not a JSON object raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, Generic, Self, TypeAlias, TypeVar, cast

from ._accelerator import accelerated
from ._closest import Closest
from ._depth import apart, with_room
from ._frames import Templates
from ._json import reader
from ._peeking import Peeking, is_other_kind, tag_text
from ._reading import read, read_exactly, read_open
from ._sending import encoder_of, keep, sender, written
from .checks import inside
from .errors import ValidationError, Violation, counted, no_event, unknown_tag
from .model import violations_of
from .registry import codec_of, drift, find_codec, in_piece, refuse_foreign
from .unknown import UnknownEvent
from .wire import anew, decode_with_room

E = TypeVar("E")
Tag: TypeAlias = str | int | bool
_Decode: TypeAlias = Callable[[Any], Any]
Frame: TypeAlias = bytes | bytearray | memoryview | str | Mapping[str, Any]
_TEXTS = frozenset({str, bytes})
_NO_TAG = object()


class Events(Peeking, Mapping[Any, type], Generic[E]):
    """The events of one tagged union: a mapping from tag to class.

    Where two classes share a tag, keys are `tag/second tag` (`message/user`). What
    no tag tells apart is found by trying (`_closest.py`): such keys are
    `tag/message`, or only the message's name where it has no tag at all. `tag` is
    empty where no event of the table has one.
    """

    def __init__(
        self,
        name: str,
        tag: str,
        classes: Mapping[Any, type | str],
        package: str,
        tried: Mapping[Any, tuple[Tag, ...]] | None = None,
        paths: Mapping[Any, tuple[tuple[tuple[str, ...], Tag], ...]] | None = None,
        path: tuple[str, ...] = (),
        counts: bool = False,
        other: type | str | None = None,
    ) -> None:
        """`classes` has classes, or their names where they are loaded when first asked
        for. `tried` holds the keys to try for a tag; under None those without one.
        `paths` holds the tags that lead to a key whose class has several, each behind
        the properties that lead to it. `path` has the properties that lead to the tag
        where that is in an object inside. `counts` tells whether no tag says that an
        event is valid, as a `oneOf` has a branch twice. `other` is what objects are
        that have none of these tags, where no tag is for that class."""
        self.name = name
        self.tag = tag
        self._path = path or ((tag,) if tag else ())
        # What no frame has, where the tag is found by its path.
        self._key: Any = object() if path else tag
        self._classes = classes
        self._package = package
        self._given: tuple[Any, ...] = (package, tried, paths, path, counts, other)
        self._tried = tried or {}
        self._counts = counts
        self._other = other
        self._made = (*classes.values(), *(() if other is None else (other,)))
        self._look_for(tag if self._key is tag else "", self._path, classes)
        self._copying: dict[Any, Any] = {}
        self._templates = Templates(self._copying)
        self._paths = paths or {}
        self._parse: Callable[[Any], Any] = read_open
        self._encoders: dict[type, Callable[[Any], Any] | None] = {}
        self._decoders: dict[Any, Callable[[Any], Any]] = {}
        # The keys that events share, and what there is for tags that never came.
        self._shared: frozenset[str] = frozenset()
        self._later: dict[Any, Any] = {}
        self._tags: tuple[Any, ...] = ()
        self._only_texts = True  # Whether all tags are texts.
        self._turns: dict[type, _Decode] = {}
        self._decode_any: Callable[[Any], Any] = _not_loaded

    def _with(self, classes: Mapping[Any, type]) -> Self:
        """The same table with other classes, derived from those that it has."""
        given: tuple[Any, ...] = (*self._given[:-1], classes.get(None))
        by_tag = {tag: cls for tag, cls in classes.items() if tag is not None}
        return self.__class__(self.name, self.tag, by_tag, *given)

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return self.__class__, (self.name, self.tag, self._classes, *self._given)

    def __getitem__(self, tag: Tag) -> type:
        if not isinstance(tag, str) and is_other_kind(tag, self._classes):
            raise KeyError(tag)
        return self._class(tag)

    def _class(self, key: Any) -> type:
        return self._loaded(self._classes[key])

    def _loaded(self, found: type | str) -> type:
        if isinstance(found, str):
            models = with_room(import_module, f"{self._package}.models")
            found = cast(type, getattr(models, found))
        return found

    def _every(self) -> dict[Any, type]:
        """The class of each tag and, under None, that of objects with no such tag."""
        found = dict(self)
        if self._other is not None:
            found[None] = self._loaded(self._other)
        return found

    def __iter__(self) -> Iterator[Any]:
        return iter(self._classes)

    def __hash__(self) -> int:
        # Equal mappings have the same keys; to compare classes would load them all.
        return hash(frozenset(self))

    def __len__(self) -> int:
        return len(self._classes)

    def __repr__(self) -> str:
        count = counted(len(self), "event", "events")
        return f"<{type(self).__name__} {self.name}: {count}>"

    def _load(self) -> None:
        codec = import_module(f"{self._package}._codec")
        decode_any, by_tag = map(in_piece, codec.TABLES[self.name])
        # Some may be of a user's own, which objects of the generated ones turn into.
        given = [codec_of(cls) for cls in self._made if isinstance(cls, type)]
        self._turns = {c.cls: turned for c in given if (turned := c.turned())}
        texts = [key for key in self._classes if isinstance(key, str)]
        self._shared = frozenset(key.partition("/")[0] for key in texts if "/" in key)
        # What is in pieces is loaded when its tag first comes.
        pieces = getattr(by_tag, "all", None)
        self._later = dict(by_tag if pieces is None else pieces)
        # A tag that events share is no key.
        self._tags = (
            *self._classes,
            *self._later,
            *(tag for tag in self._tried if tag is not None),
        )
        self._only_texts = all(isinstance(tag, str) for tag in self._tags)
        for tag in list(self._later) if pieces is None else ():
            self._load_tag(tag)
        if self._tried and self._other is None:
            # Trying all would find some class for events that no class is for.
            decode_any = _none_of_them
        for tag, keys in self._tried.items():
            # Where all are tried the tag is one that an event may do without.
            every = bool(self.tag) and len(keys) == len(self._classes)
            closest = Closest([codec_of(self._class(key)).cls for key in keys], every)
            if tag is None:
                decode_any = self._untagged(closest.decode)
            else:
                self._later.pop(tag, None)
                self._decoders[tag] = self._exact(self._or_unknown(closest.decode))
        if self._turns:
            decode_any = _turned(decode_any, self._turns)
        self._parse = reader()
        self._decode_any = decode_any

    def _load_tag(self, tag: Any) -> None:
        """Load the decoder of a tag that comes for the first time, if it has one."""
        if tag not in self._later:
            return
        decode = in_piece(self._later[tag])
        if isinstance(tag, str) and tag in self._classes and tag not in self._shared:
            copying = codec_of(self._class(tag)).copying
            if copying is not None and tag not in self._tried:
                self._copying[tag] = copying
        if tag_text(tag) in self._shared:
            decode = self._or_unknown(decode)
        self._decoders[tag] = self._exact(decode)
        # Last, because another thread may look for the same.
        self._later.pop(tag, None)

    def _exact(self, decode: _Decode) -> _Decode:
        """A decoder for a tag, where others may be taken for it."""
        exact = decode if self._only_texts else self._exactly(decode)
        return _turned(exact, self._turns) if self._turns else exact

    @accelerated
    def decode(
        self, frame: Frame, *, strict: bool = False, keep_frame: bool = False
    ) -> E | UnknownEvent:
        """The event in a frame.

        Raises `ValueError` if the frame is not a JSON object. With `strict` also raises
        `ValidationError` with every violation, and for unknown tags. With `keep_frame`
        the event keeps its frame, text or bytes, and is encoded to just that at next to
        no cost. Changes to lists and maps inside are then ignored; make a changed event
        with `dataclasses.replace`.
        """
        if strict or keep_frame:
            return self._decode_otherwise(frame, strict, keep_frame)
        data: Any = frame
        kind = data.__class__
        templates = self._templates
        event: Any = None
        if kind is str and data[templates.at] in templates.signs:
            event = templates.recall(data)
        elif kind is bytes and data[templates.at] in templates.byte_signs:
            event = templates.recall_bytes(data)
        if event is not None:
            return event  # type: ignore[no-any-return]  # one of the branches
        try:
            data = self._parse(data) if kind in _TEXTS else read(data, strict=False)
        except (RecursionError, ValueError):
            data = read(frame, strict=False)
        before = drift.doubt
        try:
            tag = data[self._key]
            decode = self._decoders[tag]
        except (KeyError, TypeError):
            return self._decode_other(frame, data)
        try:
            event = decode(data)
        except RecursionError:
            event = apart(anew, decode, data)
        if drift.doubt is not before:
            exact = read_exactly(frame, data)
            return event if exact is data else self._decode_own(exact)
        if tag in self._copying and kind in _TEXTS and event._extra is None:
            templates.learn(frame, tag, data, event)
        return event  # type: ignore[no-any-return]  # one of the branches

    def _decode_otherwise(
        self, frame: Frame, strict: bool, keep_frame: bool
    ) -> E | UnknownEvent:
        event = self._decode_strictly(frame) if strict else self.decode(frame)
        if (
            keep_frame
            and isinstance(frame, str | bytes)
            and not isinstance(event, UnknownEvent)
        ):
            keep(event, frame)
        return event

    def _decode_own(self, data: dict[str, Any]) -> E | UnknownEvent:
        """The event in an object that was read exactly and that nobody else holds."""
        try:
            decode = self._decoders[data[self._key]]
        except (KeyError, TypeError):
            return self._decode_other(data, data)
        event: E = decode_with_room(decode, data)
        return event

    def _tag_of(self, data: Any) -> Any:
        """The tag of an object, `_NO_TAG` where it has none."""
        for name in self._path:
            if data.__class__ is not dict or name not in data:
                return _NO_TAG
            data = data[name]
        return data if self._path else _NO_TAG

    def _as_unknown(self, data: dict[str, Any]) -> UnknownEvent:
        tag = self._tag_of(data)
        return UnknownEvent(None if tag is _NO_TAG else tag, data)

    def _or_unknown(self, decode: _Decode) -> _Decode:
        """A decoder for events that share a tag, of which a frame may be none."""

        def decode_shared(data: dict[str, Any]) -> Any:
            event = decode(data)
            return self._as_unknown(data) if event is data else event

        return decode_shared

    def _exactly(self, decode: _Decode) -> _Decode:
        """A decoder for a tag that is no text: in a dict true would pass for 1."""

        def decode_exactly(data: dict[str, Any]) -> Any:
            if not is_other_kind(self._tag_of(data), self._tags):
                return decode(data)
            return self._or_unknown(self._decode_any)(data)

        return decode_exactly

    def _untagged(self, decode: _Decode) -> _Decode:
        """A decoder for events without a tag: one that has a tag is none of them."""

        def decode_untagged(data: dict[str, Any]) -> Any:
            if self._tag_of(data) is _NO_TAG:
                return decode(data)
            drift()
            return data

        return decode_untagged

    def _decode_other(self, frame: Any, data: Any) -> E | UnknownEvent:
        """What is rare: the first event of all, an event without a known tag, which
        some branch may do without, and what is no event."""
        if data.__class__ is not dict:
            why = f"an event is a JSON object, not {type(data).__name__}"
            raise ValidationError(self.name, [Violation("", "type", why)])
        if self._decode_any is _not_loaded:
            with_room(self._load)
            return self._decode_own(data)
        data = read_exactly(frame, data)
        decode = self._decode_any
        tag = self._tag_of(data)
        if isinstance(tag, str | int | float):
            with_room(self._load_tag, tag)
            decode = self._decoders.get(tag, decode)
        event = decode_with_room(decode, data)
        return self._as_unknown(data) if event is data else cast(E, event)

    def _decode_strictly(self, frame: Frame) -> E | UnknownEvent:
        data = read(frame, strict=True)
        if data.__class__ is not dict:
            return self._decode_other(data, data)
        before = drift.mark
        event = self._decode_own(data)
        # What was found by trying may be one thing too many for a `oneOf`.
        doubtful = self._tried or self._counts or isinstance(event, UnknownEvent)
        drifted = drift.mark is not before
        if drifted or doubtful:
            # Decoders put typed values where the others stay.
            data = read(frame, strict=True) if drifted else data
            schemas = with_room(import_module, f"{self._package}.schemas").SCHEMAS
            schema = schemas.get(self.name)
            found = violations_of(event) if schema is None else schema.violations(data)
            if isinstance(event, UnknownEvent) and not found:
                found = [unknown_tag(event.type, self._path, self.name)]
            if found:
                raise ValidationError(self.name, found)
        return event

    @accelerated
    def encode(self, event: E | UnknownEvent) -> bytes:
        """The frame of an event.

        Raises `TypeError` for what is not an event of this table.
        """
        return self._encode_other(event)

    def _closed_encode(self) -> Callable[[Any], bytes]:
        """`encode` as it is called: without looking up anything of the table."""
        return sender(self._encoders, self._encode_other)

    def _encode_other(self, event: Any) -> bytes:
        """What is rare: the first event of a class, and those that no class is for."""
        if isinstance(event, UnknownEvent):
            return event.to_json()
        self.require_own(event.__class__)
        return written(event)

    def require_own(self, cls: type) -> None:
        """Raise `TypeError` if objects of a class are not events of this table."""
        if cls not in self._encoders:
            refuse_foreign(cls)
            codec = find_codec(cls)
            if codec is None or not any(self._is(own, codec.cls) for own in self._made):
                raise no_event(cls.__name__, self.name)
            self._encoders[cls] = encoder_of(cls)

    @staticmethod
    def _is(own: type | str, cls: type) -> bool:
        """Whether a class of the table, or what is derived from it, is a generated
        one."""
        known = own if isinstance(own, str) else codec_of(own).cls
        return known in (cls, cls.__name__)

    def is_at(self, key: Tag, event: Any) -> bool:
        """Whether an event of a key's class has the tags of that key."""
        data: Any = with_room(codec_of(event.__class__).encode, event)
        return all(inside(data, *p) == tag for p, tag in self._paths.get(key, ()))


def _turned(decode: _Decode, turns: Mapping[type, _Decode]) -> _Decode:
    """A decoder that gives objects of users' classes for those of generated ones."""

    def decode_turned(data: dict[str, Any]) -> Any:
        event = decode(data)
        turn = turns.get(event.__class__)
        return event if turn is None else turn(event)

    return decode_turned


def _not_loaded(data: Any) -> Any:
    return data


def _none_of_them(data: Any) -> Any:
    drift()
    return data
