"""What a value that breaks its schema gives."""

from __future__ import annotations

from ._depth import MAX_DEPTH


def counted(number: int, one: str, many: str) -> str:
    """A number with the word for what it counts: "1 item", "2 items"."""
    return f"{number} {one if number == 1 else many}"


class Violation:
    """One way in which a JSON value breaks its schema.

    `path` is a JSON Pointer into the value, `keyword` the schema keyword that
    failed, `message` a sentence for people.
    """

    __slots__ = ("keyword", "message", "path")
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
        return self.message

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Violation):
            return NotImplemented
        mine = (self.path, self.keyword, self.message)
        return mine == (other.path, other.keyword, other.message)

    def __hash__(self) -> int:
        return hash((self.path, self.keyword, self.message))


def too_deep() -> Violation:
    """What is said of a value with more levels than JSON text may have."""
    return Violation("", "depth", f"value: is nested deeper than {MAX_DEPTH} levels")


class ValidationError(ValueError):
    """A value breaks its schema. `violations` lists every way in which it does."""

    violations: tuple[Violation, ...]

    def __init__(self, subject: str, violations: list[Violation]) -> None:
        self.subject = subject
        self.violations = tuple(violations)
        super().__init__(subject, violations)

    def __str__(self) -> str:
        count = counted(len(self.violations), "violation", "violations")
        lines = [f"{count} in {self.subject}"]
        lines.extend(f"  {violation.message}" for violation in self.violations)
        return "\n".join(lines)
