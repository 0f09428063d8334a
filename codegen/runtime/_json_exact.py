"""JSON through the standard library: the reading and the writing that decide.

Whatever orjson refuses is judged here, so this is what both engines mean. The C
scanner is called directly: `json.loads` spends half of a small frame's time before
and behind it. Where recursion ends (CPython counts it against the stack of the
caller) the same is done once more without.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportUnusedImport=false

from __future__ import annotations

from ._depth import MAX_DEPTH, TooDeep, deeper, pieces

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    Scanner: TypeAlias = Callable[[str, int], tuple[Any, int]]
    Wire: TypeAlias = Callable[[Any], Any]

_WHITESPACE = " \t\n\r"


class JSONError(ValueError):
    """A text that is not JSON, or a value that JSON cannot express."""


# --- reading -----------------------------------------------------------------------


def loads(frame: bytes | bytearray | memoryview | str, strict: bool) -> Any:
    """The standard library's reading, which decides wherever engines differ."""
    if isinstance(frame, str):
        text = frame
    else:
        try:
            text = str(frame, "utf-8")
        except UnicodeDecodeError as error:
            raise JSONError(f"not UTF-8: {error}") from None
        except TypeError:
            if not isinstance(frame, memoryview):
                raise
            # A view may leave out bytes in between, which only a copy does without.
            return loads(frame.tobytes(), strict)
    start = len(text) - len(text.lstrip(_WHITESPACE)) if text[:1] <= " " else 0
    try:
        value, end = _scan(text, start, strict)
    except RecursionError:
        # CPython counts this against the stack of the caller: read it without one.
        value, end = _scan_deep(text, start, strict)
    if end != len(text) and text[end:].strip(_WHITESPACE):
        raise JSONError(f"unexpected text behind the JSON value, at character {end}")
    if _is_too_deep(text, value):
        raise _too_deep()
    return value


def open_reader() -> Callable[[Any], Any]:
    """What reads frames that are received, in which control characters are let be, as
    `loads(frame, False)` does."""
    scanner = _scanners[False] or _make_scanner(False)
    shallow = 2 * MAX_DEPTH

    def read(frame: Any) -> Any:
        if frame.__class__ is not str:
            return loads(frame, False)
        # What nearly every frame is takes no further calls.
        try:
            value, end = scanner(frame, 0)
        except (StopIteration, ValueError, RecursionError):
            return loads(frame, False)
        if end == len(frame) and (end < shallow or not _may_be_deep(frame)):
            return value
        return loads(frame, False)

    return read


def _is_too_deep(text: str, value: Any) -> bool:
    """Whether a value nests too deeply; `text` is its JSON. The recursion of newer
    versions of Python goes further than that, and says nothing."""
    may_be_deep = len(text) >= 2 * MAX_DEPTH and _may_be_deep(text)
    return may_be_deep and deeper(value, MAX_DEPTH)


def _may_be_deep(text: str) -> bool:
    brackets = text.count("[")
    # A level takes two characters, or five if it is an object's: a second search
    # of frames that are not long can be spared.
    if 5 * (MAX_DEPTH + 1) - 3 * brackets > len(text):
        return False
    return brackets + text.count("{") > MAX_DEPTH


def _scan(text: str, start: int, strict: bool) -> tuple[Any, int]:
    """One value from `start` on, and where it ends. Raises RecursionError, too."""
    scanner = _scanners[strict] or _make_scanner(strict)
    try:
        return scanner(text, start)
    except StopIteration as stop:
        raise JSONError(f"expected a JSON value at character {stop.value}") from None
    except ValueError as error:
        raise JSONError(str(error)) from None


def _too_deep() -> JSONError:
    return JSONError(str(TooDeep()))


def _scan_deep(text: str, start: int, strict: bool) -> tuple[Any, int]:
    """`_scan` without recursion: slow, and needed for nothing but deep nesting."""
    stack: list[dict[str, Any] | list[Any]] = []
    names: list[str] = []
    place = start
    while True:
        mark = text[place : place + 1]
        value: Any
        if mark == "[" or mark == "{":
            if len(stack) >= MAX_DEPTH:
                raise _too_deep()
            value = [] if mark == "[" else {}
            place = _skip(text, place + 1)
            if text[place : place + 1] == ("]" if mark == "[" else "}"):
                place += 1
            else:
                stack.append(value)
                if mark == "{":
                    place = _scan_name(text, place, names, strict)
                continue
        else:
            value, place = _scan_scalar(text, place, strict)
        while stack:
            parent = stack[-1]
            if isinstance(parent, list):
                parent.append(value)
                closing = "]"
            else:
                parent[names.pop()] = value
                closing = "}"
            place = _skip(text, place)
            mark = text[place : place + 1]
            if mark == ",":
                place = _skip(text, place + 1)
                if closing == "}":
                    place = _scan_name(text, place, names, strict)
                break
            if mark != closing:
                raise JSONError(f"expected ',' or '{closing}' at character {place}")
            value = stack.pop()
            place += 1
        else:
            return value, place


def _skip(text: str, place: int) -> int:
    while text[place : place + 1] in _WHITESPACE and place < len(text):
        place += 1
    return place


def _scan_scalar(text: str, place: int, strict: bool) -> tuple[Any, int]:
    if text[place : place + 1] in ("", "[", "{"):
        raise JSONError(f"expected a JSON value at character {place}")
    return _scan(text, place, strict)


def _scan_name(text: str, place: int, names: list[str], strict: bool) -> int:
    """Reads a member's name and its colon; pushes the name."""
    if text[place : place + 1] != '"':
        raise JSONError(f"expected a name in double quotes at character {place}")
    name, place = _scan(text, place, strict)
    place = _skip(text, place)
    if text[place : place + 1] != ":":
        raise JSONError(f"expected ':' at character {place}")
    names.append(name)
    return _skip(text, place + 1)


# --- writing -----------------------------------------------------------------------


def dumps(value: Any) -> bytes:
    """The standard library's writing, without what Python adds to JSON."""
    encode = _encoders.get(None) or _make_encoder(None)
    try:
        text = encode(value)
    except (TypeError, ValueError) as error:
        raise JSONError(str(error)) from None
    except RecursionError:
        try:
            text = "".join(pieces(value, encode))
        except TooDeep as error:
            raise JSONError(str(error)) from None
    if _is_too_deep(text, value):
        raise _too_deep()
    _check_names(value, None)
    return _in_utf_8(text)


def dumps_holding(value: Any, wire: Wire, _: int = 0) -> bytes:
    """The same of a value with objects in its lists and maps, of which `wire` gives the
    JSON values. It raises TypeError or RecursionError for what it cannot write; `dumps`
    says of the plain value why that is so, or writes it."""
    encode = _encoders.get(wire) or _make_encoder(wire)
    try:
        text = encode(value)
        _check_names(value, wire)
    except (AttributeError, ValueError) as error:
        raise TypeError(str(error)) from None
    if len(text) >= 2 * MAX_DEPTH and _may_be_deep(text):
        raise RecursionError
    return _in_utf_8(text)


def _in_utf_8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Only lone surrogates cannot be encoded, and only strings can hold them.
        return "".join(
            f"\\u{ord(letter):04x}" if "\ud800" <= letter <= "\udfff" else letter
            for letter in text
        ).encode()


def _make_encoder(wire: Wire | None) -> Callable[[Any], str]:
    from json.encoder import JSONEncoder

    encoder = JSONEncoder(
        ensure_ascii=False,
        check_circular=False,
        allow_nan=False,
        separators=(",", ":"),
        default=wire,
    )
    _encoders[wire] = encoder.encode
    return encoder.encode


_SCALARS = (str, int, float, type(None))


def _check_names(value: Any, wire: Wire | None) -> None:
    """Raises for names that are not strings, which Python would turn into some; also in
    the JSON values of objects, if there is what gives them."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            for name, inner in item.items():
                if name.__class__ is not str and not isinstance(name, str):
                    raise JSONError(f"a name is {type(name).__name__}, not str")
                kind = inner.__class__
                if kind is not str and kind is not int:
                    pending.append(inner)
        elif isinstance(item, (list, tuple)):
            pending.extend(item)
        elif wire is not None and not isinstance(item, _SCALARS):
            pending.append(wire(item))


_scanners: list[Scanner | None] = [None, None]
_encoders: dict[Wire | None, Callable[[Any], str]] = {}


def _make_scanner(strict: bool) -> Scanner:
    """A scanner that rejects what Python would accept beyond JSON. It is that of a
    decoder, for each version of Python asks a decoder for other attributes."""
    from json.decoder import JSONDecoder

    decoder: Any = JSONDecoder(
        parse_float=_finite, parse_constant=_unknown_constant, strict=strict
    )
    scanner: Scanner = decoder.scan_once
    _scanners[strict] = scanner
    return scanner


def _finite(text: str) -> float:
    value = float(text)
    if value - value != 0:
        raise JSONError(f"the number {text:.40} is out of range")
    return value


def _unknown_constant(text: str) -> float:
    raise JSONError(f"{text} is not JSON")
