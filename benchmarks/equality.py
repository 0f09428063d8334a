"""Do all ways of reading a frame say the same? Checked on mutated frames.

For each frame there is a reference that shares no code with ours: the standard
library's pure reading of the text, and an independent JSON Schema validator for
the value. Held against it, for every frame and on both engines:

* tolerant decoding raises exactly where the text is no JSON object, and otherwise
  gives the class that the tag names, equal to what decoding the parsed object
  gives, which encodes back to the same value;
* strict decoding raises exactly where the validator finds the value invalid.

Frames are fed in the order of a stream, unharmed ones in between, so the templates
of the fast path are in place when a mutated frame arrives.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Final

import jsonschema_rs

Frame = str | bytes

NASTY: Final = (
    *('"', "\\", "\\u0000", "\\ud800", "\\ude00", '\\"', "\\/", "\\x", "\x00"),
    *("\x01", "\n", "\t", "\x1f", "\x7f", "\u2028", "é", "🎧", "\ufeff", " "),
    *(",", ":", "{", "}", "[", "]", "0", "-", ".", "e", "1e5", "1E400", "-0"),
    *("01", "00", "9" * 19, "9" * 40, "NaN", "Infinity", "null", "true", "1.0"),
    *('""', "{}", "[]", "'", "/", "//", "\r\n", "\x85", "=", "+"),
)
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 1.0, 0.5, 1e300, 2**63, 2**64, -(2**63) - 1),
    *(10**30, "", "x", "\x00", "\ud800", "é", [], {}, [None], {"type": "x"}, [[]]),
)


class Broken(Exception):
    """The text is no JSON object."""


def reference(frame: Frame) -> dict[str, Any]:
    """The JSON object in a frame. Raises Broken."""

    def refuse(text: str) -> Any:
        raise ValueError(text)

    def finite(text: str) -> float:
        value = float(text)
        return value if abs(value) != float("inf") else refuse(text)

    try:
        text = frame if isinstance(frame, str) else frame.decode("utf-8")
        if text.startswith("\ufeff"):
            refuse("byte order mark")
        value = json.loads(
            text, strict=False, parse_constant=refuse, parse_float=finite
        )
    except (ValueError, RecursionError) as error:
        raise Broken(str(error)) from None
    if not isinstance(value, dict):
        raise Broken("not an object")
    return value


def mutations(
    frames: list[str], count: int, chance: Random
) -> Iterator[tuple[str, Frame]]:
    """`count` mutated frames, each with the frame that it came from."""
    ways: tuple[Callable[[str, Random], Frame], ...] = (
        *(_insert, _insert, _replace, _delete, _swap, _truncate, _append),
        *(_value, _value, _value, _remove, _add, _duplicate, _reorder, _spaces),
        *(_escape, _bytes, _identity),
    )
    for index in range(count):
        frame = frames[index % len(frames)]
        yield frame, chance.choice(ways)(frame, chance)


# --- mutations of the text ---------------------------------------------------------


def _place(frame: str, chance: Random) -> int:
    """A place, near a structural character more often than not."""
    place = chance.randrange(len(frame))
    if chance.random() < 0.6:
        near = frame.find(chance.choice('",:}0'), place)
        place = near + chance.randint(0, 1) if near >= 0 else place
    return place


def _insert(frame: str, chance: Random) -> str:
    place = _place(frame, chance)
    return frame[:place] + chance.choice(NASTY) + frame[place:]


def _replace(frame: str, chance: Random) -> str:
    place = _place(frame, chance)
    return frame[:place] + chance.choice(NASTY) + frame[place + 1 :]


def _delete(frame: str, chance: Random) -> str:
    place = _place(frame, chance)
    return frame[:place] + frame[place + chance.randint(1, 3) :]


def _swap(frame: str, chance: Random) -> str:
    place = chance.randrange(len(frame) - 1)
    return frame[:place] + frame[place + 1] + frame[place] + frame[place + 2 :]


def _truncate(frame: str, chance: Random) -> str:
    return frame[: -chance.randint(1, 4)]


def _append(frame: str, chance: Random) -> str:
    return frame + chance.choice((*NASTY, frame[-2:]))


def _spaces(frame: str, chance: Random) -> str:
    return json.dumps(json.loads(frame), indent=chance.choice((None, 1)))


def _escape(frame: str, chance: Random) -> str:
    place = chance.randrange(len(frame))
    return f"{frame[:place]}\\u{ord(frame[place]) & 0xFFFF:04x}{frame[place + 1 :]}"


def _bytes(frame: str, chance: Random) -> bytes:
    text = bytearray(frame.encode())
    text[chance.randrange(len(text))] = chance.randrange(256)
    return bytes(text)


def _identity(frame: str, chance: Random) -> str:
    return frame


# --- mutations of the value --------------------------------------------------------


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for member in value.values():
            yield from objects(member)
    elif isinstance(value, list):
        for item in value:
            yield from objects(item)


def _write(value: Any, frame: str) -> str:
    compact = ": " not in frame[:20]
    separators = (",", ":") if compact else (", ", ": ")
    return json.dumps(value, separators=separators, ensure_ascii=False)


def _changed(
    frame: str, chance: Random, change: Callable[[dict[str, Any]], None]
) -> str:
    value = json.loads(frame)
    target = chance.choice([found for found in objects(value) if found] or [value])
    change(target)
    text = _write(value, frame)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text


def _value(frame: str, chance: Random) -> str:
    def change(target: dict[str, Any]) -> None:
        target[chance.choice(list(target))] = chance.choice(VALUES)

    return _changed(frame, chance, change)


def _remove(frame: str, chance: Random) -> str:
    return _changed(frame, chance, lambda t: t.pop(chance.choice(list(t))))


def _add(frame: str, chance: Random) -> str:
    def change(target: dict[str, Any]) -> None:
        target[chance.choice(("x", "", "extra", "é", "typ"))] = chance.choice(VALUES)

    return _changed(frame, chance, change)


def _duplicate(frame: str, chance: Random) -> str:
    value = json.loads(frame)
    name = chance.choice(list(value))
    again = json.dumps({name: chance.choice((value[name], None, "x", 7))})
    return f"{frame[:-1]},{again[1:]}"


def _reorder(frame: str, chance: Random) -> str:
    value = list(json.loads(frame).items())
    chance.shuffle(value)
    return _write(dict(value), frame)


# --- the check ---------------------------------------------------------------------


def oracle(schemas: dict[str, Any], root: str) -> Callable[[Any], bool]:
    """Whether a value is valid, by a validator that we did not write."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": f"#/components/schemas/{root}",
        "components": {"schemas": schemas},
    }
    is_valid: Callable[[Any], bool] = jsonschema_rs.validator_for(document).is_valid
    return is_valid


def compare(
    table: Any, frame: Frame, before: str, is_valid: Callable[[Any], bool] | None
) -> str:
    """What is wrong with the decoding of a frame; empty if nothing is.

    `before` is decoded first, twice, so that its template exists.
    """
    table.decode(before)
    table.decode(before)
    try:
        value = reference(frame)
    except Broken:
        try:
            table.decode(frame)
        except ValueError:
            return ""
        return "accepted, though it is no JSON object"
    try:
        event = table.decode(frame)
    except Exception as error:  # noqa: BLE001 - reported, whatever it is
        return f"raised {error!r:.200}"
    plainly = table.decode(json.loads(json.dumps(value)))
    if event.__class__ is not plainly.__class__ or event != plainly:
        return f"{event!r:.200} differs from the slow path's {plainly!r:.200}"
    if reference(table.encode(event)) != value:
        return "does not encode back"
    return _strictly(table, frame, value, is_valid)


def _strictly(
    table: Any,
    frame: Frame,
    value: dict[str, Any],
    is_valid: Callable[[Any], bool] | None,
) -> str:
    if is_valid is None:
        return ""
    try:
        json.loads(frame if isinstance(frame, str) else frame.decode())
    except ValueError:
        expected = False  # raw control characters: strict reading takes none
    else:
        try:
            expected = is_valid(value)
        except ValueError:
            return ""  # a lone surrogate, which the validator cannot take
    try:
        table.decode(frame, strict=True)
    except ValueError as error:
        return f"strictly raised, but is valid: {error!s:.300}" if expected else ""
    return "" if expected else "strictly accepted, but is invalid"


def check(
    tables: dict[str, Any],
    frames: list[str],
    count: int,
    is_valid: Callable[[Any], bool] | None,
    seed: int = 2026,
) -> list[str]:
    """Problems found in `count` mutated frames, by every table (one per engine)."""
    problems = []
    for before, frame in mutations(frames, count, Random(seed)):
        for name, table in tables.items():
            for form in _forms(frame):
                wrong = compare(table, form, before, is_valid)
                if wrong:
                    problems.append(f"{name}: {form!r:.300}: {wrong}")
    return problems


def _forms(frame: Frame) -> Iterator[Frame]:
    yield frame
    if isinstance(frame, str):
        try:
            yield frame.encode()
        except UnicodeEncodeError:
            return
