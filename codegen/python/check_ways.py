"""What a generated check does when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from codegen.python.lines import Lines, literal


@dataclass(frozen=True, slots=True)
class Way:
    """What a check does when something is wrong: collect it, or answer no."""

    collecting: bool

    def fail(self, v: str, p: str, keyword: str, why: str) -> Lines:
        """The statement for a failed assertion."""
        if not self.collecting:
            return ["return False"]
        return [f"fail(out, {p}, {v}, {literal(keyword)}, {literal(why)})"]

    def lack(self, p: str, name: str, keyword: str = "required") -> Lines:
        """The statement for a missing property."""
        if not self.collecting:
            return ["return False"]
        more = "" if keyword == "required" else f", {literal(keyword)}"
        return [f"lack(out, {p}, {literal(name)}{more})"]


COLLECT = Way(collecting=True)
ANSWER = Way(collecting=False)
