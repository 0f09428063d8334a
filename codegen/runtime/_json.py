"""JSON text to values and back, with one verdict whichever engine does the work.

orjson is used when it is installed, the C scanner of the standard library
otherwise. The two disagree on many texts. Wherever they could, `_json_exact`
decides, which reads as the standard library does but accepts none of Python's
additions to JSON:

=========================  ======================================================
a number without fraction  exact, whatever its size (up to Python's own limit of
                           4,300 digits)
a float too large (1e400)  rejected: no Python value writes it back
NaN, Infinity              rejected
lone surrogate             accepted escaped, and raw in a `str`; written escaped
invalid UTF-8              rejected; so are UTF-16, UTF-32 and a byte order mark
duplicate names            the last one wins
raw control characters     rejected by strict reading, accepted by open reading
inside strings             (`loads(frame, strict=False)`)
nesting                    at most `MAX_DEPTH` levels
trailing text              rejected
=========================  ======================================================

Importing this module imports neither orjson (20 ms) nor `json` (6 ms): both wait
for the first text.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from . import _json_exact as exact
from ._depth import MAX_DEPTH, roomy
from ._json_exact import JSONError
from ._remembering import was_inside
from .registry import UNSET, drift

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

__all__ = [
    "MAX_DEPTH",
    "WIDE",
    "JSONError",
    "dumps",
    "dumps_trusted",
    "engine",
    "is_rounded",
    "loads",
    "note_rounded",
    "reader",
    "writer",
]

_DIGITS = bytes.maketrans(b"123456789", b"000000000")
_LONG_RUN = b"0" * 19
_PLUS = ord("+")
WIDE = 2.0**63
"""A float of this size may have been an integer of more than 64 bits in its text."""


def loads(frame: bytes | bytearray | memoryview | str, strict: bool = True) -> Any:
    """The value of a JSON text.

    `strict` rejects raw control characters inside strings, as RFC 8259 demands.
    Without it they are accepted: a receiver has nothing to gain from losing a
    message over a tab, and is spared the search for one in strings of any size.

    Raises JSONError for whatever else is not JSON, and nothing else.
    """
    parse = _parse
    if parse is None:
        return exact.loads(frame, strict)
    try:
        value = parse(frame)
    except ValueError:
        # What orjson rejects is not always wrong: lone surrogates, huge integers.
        return exact.loads(frame, strict)
    return exact.loads(frame, strict) if is_rounded(frame, value) else value


def reader() -> Callable[[Any], Any]:
    """What reads a frame openly and fast, but may round integers beyond 64 bits.

    Whoever calls it answers for `is_rounded`. It raises ValueError where only
    `loads` can tell whether the frame is JSON.
    """
    engine()
    return _parse or exact.open_reader()


def writer() -> tuple[Callable[[Any, Callable[[Any], Any], int], bytes], int]:
    """What writes JSON values with objects in their lists and maps, and its options: it
    is given such a value, what gives the JSON value of an object, and these.

    It raises TypeError for what only `dumps_trusted` can write.
    """
    engine()
    return _serialize or exact.dumps_holding, _options


def is_rounded(frame: bytes | bytearray | memoryview | str, value: Any) -> bool:
    """Whether a value that `reader` read lost digits of an integer of its text.

    A flat object shows at once that it has no number that matters; elsewhere a run
    of 19 digits is looked for in the text. By now some of the value may have become
    objects.
    """
    if _parse is None:
        return False
    if value.__class__ is dict:
        for item in value.values():
            if not (item.__class__ is str or item.__class__ is int or item is None):
                break
        else:
            return False
    if not _may_have_long_run(frame):
        return False
    from .wire import plain

    value = plain(value)
    return holds_wide(value) or _holds_long(value)


def _may_have_long_run(frame: Any) -> bool:
    """Whether a run of 19 digits is possible in a frame.

    Very long frames are mostly base64, in which such runs are common and values
    few: those are searched by value. A run of 19 digits covers three places in a
    row when every sixth one is looked at.
    """
    if len(frame) > 4096:
        return True
    sample = frame[::6]
    sample = _in_bytes(sample)
    if b"000" not in sample.translate(_DIGITS):
        return False
    return _LONG_RUN in _in_bytes(frame).translate(_DIGITS)


def _in_bytes(text: Any) -> bytes:
    """The bytes of a frame; a `str` may hold lone surrogates, which have none."""
    return text.encode("utf-8", "replace") if isinstance(text, str) else bytes(text)


def holds_wide(value: Any) -> bool:
    """Whether a float of `WIDE` or more stands anywhere in a value."""
    return any(not -WIDE < item < WIDE for item in _all_of(float, value))


def _holds_long(value: Any) -> bool:
    """Whether an integer beyond 64 bits stands in a value, which can only be what a
    decoder has made of such a float."""
    return any(not -WIDE <= item < 2 * WIDE for item in _all_of(int, value))


def _all_of(cls: type, value: Any) -> Iterator[Any]:
    """Every number of a class in a value, at any depth."""
    pending: list[Any] = [[value]]
    for parent in pending:
        for item in parent.values() if parent.__class__ is dict else parent:
            kind = item.__class__
            if kind is cls:
                yield item
            elif kind is dict or kind is list:
                pending.append(item)


def note_rounded(value: Any) -> None:
    """Count a float that may have been a longer integer as drift.

    It breaks nothing; but whoever had the text read fast then reads it again.
    Writing the value and looking for the sign of an exponent takes a quarter of the
    time that walking through it does.
    """
    if value is UNSET or was_inside(value):
        return  # Nothing to round, nor to write, or nothing new.
    if _write_quickly is not None:
        try:
            # Its number: looking for a `bytes` begins with an error inside CPython.
            if _PLUS not in _write_quickly(value):
                return
        except TypeError:
            pass
    elif _parse is None:
        return
    if holds_wide(value):
        drift()


def dumps(value: Any) -> bytes:
    """Compact JSON text of `value` in UTF-8.

    Raises JSONError for what JSON cannot express: NaN and infinities, names that
    are not strings, foreign objects, circular structures.
    """
    text = dumps_trusted(value)
    if b"null" in text and _has_nonfinite(value):
        raise JSONError("NaN and infinities are not JSON")
    return text


def dumps_trusted(value: Any) -> bytes:
    """`dumps` for values that are known to hold no NaN and no infinity.

    orjson writes those as null; finding one takes longer than writing the text.
    Values that were read from a text, or validated, cannot hold any.
    """
    serialize = _serialize
    if serialize is None:
        return exact.dumps(value)
    try:
        return serialize(value, None, _options)
    except TypeError:
        # orjson knows no lone surrogates, no integers beyond 64 bits and no
        # nesting beyond 254 levels.
        return exact.dumps(value)


def _has_nonfinite(value: Any) -> bool:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            pending.extend(item.values())
        elif isinstance(item, (list, tuple)):
            pending.extend(item)
        elif isinstance(item, float) and item - item != 0:
            return True
    return False


# --- the engine --------------------------------------------------------------------


def engine() -> str:
    """Which engine reads and writes: `orjson` or `json`. Once asked, it is settled."""
    if _parse is _parse_first:
        _choose()
    return "json" if _parse is None else "orjson"


def _choose() -> None:
    """Replaces the stand-ins below by orjson, or by None where there is none."""
    global _parse, _serialize, _options, _write_quickly
    from importlib import import_module

    try:
        orjson = roomy(import_module, "orjson")
    except ImportError:
        _parse = _serialize = None
        return
    _options = (
        orjson.OPT_PASSTHROUGH_DATACLASS
        | orjson.OPT_PASSTHROUGH_DATETIME
        | orjson.OPT_PASSTHROUGH_SUBCLASS
    )
    _parse, _serialize = orjson.loads, orjson.dumps
    # Some versions write 1e+19, others 1e19, for which strings are too alike.
    if b"e+" in orjson.dumps(WIDE):
        _write_quickly = orjson.dumps


def _parse_first(frame: Any) -> Any:
    _choose()
    if _parse is None:
        raise ValueError  # which sends `loads` the exact way
    return _parse(frame)


def _serialize_first(value: Any, default: None, options: int) -> bytes:
    return dumps_trusted(value) if engine() == "orjson" else exact.dumps(value)


_parse: Callable[[Any], Any] | None = _parse_first
_serialize: Callable[..., bytes] | None = _serialize_first
_options = 0
_write_quickly: Callable[[Any], bytes] | None = None
