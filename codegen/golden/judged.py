"""What is found out about a schema by asking others, as data that can be kept.

The documents of a schema, the near misses and what the independent validator says of
them take nearly all the time that golden tests take, and follow from the schema and
what it refers to. What the generated package makes of them is asked in each run: it
also follows from names, which depend on the rest of the specification.

A run that asks exactly what an earlier one has asked about schemas of the same contents
is given the same answers. One that asks anything else asks everything anew, so that
what is written, and what it takes, is the same as if nothing had been kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from codegen import digests
from codegen.golden.documents import Author, Case, Document, SchemaTests
from codegen.golden.expected import Expected
from codegen.ir import model as ir
from codegen.ir.likeness import Likeness
from codegen.oracle import Undecided
from codegen.samples import REMOVED

BAD: Final = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What is raised by data that is not what we have kept."""


class Otherwise(Exception):
    """Something is asked that was not asked when this was found out."""


class Judged:
    """The tests of a schema, and the validator's opinions on objects in them."""

    def __init__(self, author: Author, likeness: Likeness, name: str) -> None:
        """Found out anew; the author has begun."""
        self.tests = author.of(name)
        self._expected: Callable[..., tuple[Expected, ...]] = author.expected
        self._likeness = likeness
        self._opinions: dict[str, Any] = {}
        self._asked: set[str] = set()
        self._kept = False
        self._data = data_of(self.tests)

    @classmethod
    def again(cls, author: Author, likeness: Likeness, name: str, data: Any) -> Judged:
        """As it was found out before. Raises one of `BAD` where the data is not what
        was kept."""
        found = cls.__new__(cls)
        found.tests = tests_of(author.module, name, data["tests"])
        found._data = data["tests"]
        found._opinions = dict(data["opinions"])
        found._expected = author.expected
        found._likeness = likeness
        found._asked = set()
        found._kept = True
        return found

    def expected(self, schema: ir.Schema, value: ir.Json) -> tuple[Expected, ...]:
        """The validator's opinion on an object. Raises `Undecided`, and `Otherwise`
        where the earlier run has not asked for it."""
        # As JSON a value is written in three times the time.
        key = digests.of_strings(self._likeness.of(schema), repr(value))[:32]
        self._asked.add(key)
        if self._kept:
            if key not in self._opinions:
                raise Otherwise
            return _opinion(self._opinions[key])
        try:
            found = self._expected(schema, value)
        except Undecided as error:
            self._opinions[key] = str(error)
            raise
        self._opinions[key] = found
        return found

    def check(self) -> None:
        """Raises `Otherwise` where the earlier run has asked for more."""
        if self._kept and self._asked != self._opinions.keys():
            raise Otherwise

    def data(self) -> Any:
        """As plain data, without what anybody disagrees on."""
        return {"tests": self._data, "opinions": self._opinions}


def _opinion(found: Any) -> tuple[Expected, ...]:
    """Raises `Undecided`, and `Otherwise` for what is no opinion."""
    if isinstance(found, str):
        raise Undecided(found)
    try:
        return _pairs(found)
    except BAD:
        raise Otherwise from None


def _pairs(found: Any) -> tuple[Expected, ...]:
    return tuple((path, keyword) for path, keyword in found)


# --- tests as data -----------------------------------------------------------------


def data_of(tests: SchemaTests) -> Any:
    """Tests as plain data. What the schema itself says is read from there again."""
    return {
        "documents": [[d.name, d.value, d.violations] for d in tests.documents],
        "cases": [
            [c.base, c.pointer, [_put(v) for v in c.values], c.violations]
            for c in tests.cases
        ],
        "nests": dict(tests.nests),
        "notes": list(tests.notes),
        "facts": dict(tests.facts),
    }


def _put(value: ir.Json) -> list[ir.Json]:
    """A value in a list, which is empty for none."""
    return [] if value is REMOVED else [value]


def tests_of(module: ir.Module, name: str, data: Any) -> SchemaTests:
    return SchemaTests(
        name,
        module.named(name).id,
        [Document(n, value, _pairs(found)) for n, value, found in data["documents"]],
        [
            Case(
                base,
                pointer,
                tuple(value[0] if value else REMOVED for value in values),
                _pairs(found),
            )
            for base, pointer, values, found in data["cases"]
        ],
        dict(data["facts"]),
        dict(data["nests"]),
        list(data["notes"]),
    )
