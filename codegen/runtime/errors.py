"""`Violation` and `ValidationError`: what is said of a value that breaks its schema."""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from functools import reduce

from ._depth import MAX_DEPTH

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from typing import Any

SHOWN = 20
"""How many violations the text of an error shows; of the others it says how many."""

KEPT = 10_000
"""How many violations of one value are kept; the others are only counted."""

_LONGEST = 500
"""How many characters of a place are shown."""


def counted(number: int, one: str, many: str) -> str:
    """A number with the word for what it counts: "1 item", "2 items"."""
    return f"{number} {one if number == 1 else many}"


def place(path: str) -> str:
    """What a sentence calls the value at a pointer: its name or index."""
    if not path:
        return "value"
    name = unescape(path.rpartition("/")[2])
    if 0 < len(name) <= 60 and name.isprintable():
        return name
    return show(name)


def show(value: Any) -> str:
    """A short form of a JSON value for a sentence."""
    if isinstance(value, dict):
        return f"an object with {counted(len(value), 'property', 'properties')}"
    if isinstance(value, list):
        return f"an array of {counted(len(value), 'item', 'items')}"
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and value.bit_length() > 256:
        return f"an integer of {value.bit_length()} bits"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def unescape(token: str) -> str:
    """A reference token as the name it stands for."""
    return token.replace("~1", "/").replace("~0", "~")


class Violation:
    """One way in which a JSON value breaks its schema.

    `path` is a JSON Pointer into the value, `keyword` the schema keyword that failed,
    `message` a sentence that names the last step of the path. `str()` gives the
    sentence with the whole path.
    """

    __slots__ = ("__weakref__", "keyword", "message", "path")
    path: str
    keyword: str
    message: str

    def __init__(self, path: str, keyword: str, message: str) -> None:
        self.path = path
        self.keyword = keyword
        self.message = message

    def __repr__(self) -> str:
        return f"Violation({self.path!r}, {self.keyword!r}, {self.message!r})"

    def __str__(self) -> str:
        where = spelled(self.path)
        return f"{where}: {sentence(self)}" if where else self.message

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        return self.__class__, (self.path, self.keyword, self.message)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Violation):
            return NotImplemented
        mine = (self.path, self.keyword, self.message)
        return mine == (other.path, other.keyword, other.message)

    def __hash__(self) -> int:
        return hash((self.path, self.keyword, self.message))


def sentence(violation: Violation) -> str:
    """What is wrong, without the place, with whose last step a message begins."""
    return violation.message.removeprefix(f"{place(violation.path)}: ")


class Found(list[Violation]):
    """The violations of one value: the first `KEPT`, and how many `more` there are."""

    more: int = 0


def spelled(path: str) -> str:
    """A JSON Pointer as people write a place: `lines[1].unitPrice`."""
    text = ""
    for token in path.split("/")[1:]:
        name = unescape(token)
        if name.isascii() and name.isdigit() and len(name) <= 60:
            text += f"[{name}]"
        elif name.isidentifier() and len(name) <= 60:
            text += f".{name}" if text else name
        else:
            text += f"[{show(name)}]"
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} ... {text[-half:]}"


def too_deep() -> Violation:
    """What is said of a value with more levels than JSON text may have."""
    return Violation("", "depth", f"value: is nested deeper than {MAX_DEPTH} levels")


class ValidationError(ValueError):
    """A value breaks its schema.

    `violations` lists every way in which it does, up to 10,000; `count` is the number
    of all. The text shows the first 20.
    """

    violations: tuple[Violation, ...]
    count: int

    def __init__(self, subject: str, violations: list[Violation]) -> None:
        self.subject = subject
        self.violations = tuple(violations)
        self.count = len(violations) + getattr(violations, "more", 0)
        super().__init__(subject, violations)

    def __repr__(self) -> str:
        more = "" if self.count <= SHOWN else f", and {self.count - SHOWN} more"
        name = self.__class__.__name__
        return f"{name}({self.subject!r}, {list(self.violations[:SHOWN])}{more})"

    def __str__(self) -> str:
        lines = [f"{counted(self.count, 'violation', 'violations')} in {self.subject}"]
        lines.extend(f"  {violation}" for violation in self.violations[:SHOWN])
        if self.count > SHOWN:
            lines.append(f"  and {self.count - SHOWN} more")
        return "\n".join(lines)


def unknown_tag(tag: Any, way: tuple[str, ...], table: str) -> Violation:
    """What is wrong with an object that has no tag of a table; `way` leads to the tag,
    and is empty where none tells events apart."""
    from .checks import child

    if not way:
        return Violation("", "anyOf", f"this is no event of {table}")
    why = f"{'.'.join(way)}: {show(tag)} is no event of {table}"
    return Violation(reduce(child, way, ""), "enum", why)


def no_event(name: str, table: str) -> TypeError:
    """The error for an object of a class that a table does not hold."""
    takes = "a table takes what it decodes, and objects of its classes"
    return TypeError(f"{name} is no event of {table}: {takes}")
