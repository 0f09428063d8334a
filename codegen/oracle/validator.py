"""A second opinion on validity, from a validator that this project did not write.

`jsonschema-rs` passes all of the required JSON Schema Test Suite of 2020-12 and its
optional files on ECMA-262 patterns, big numbers and formats. It was measured to
leave the standard in these places, which `tests/unit/oracle` pins:

* patterns: `.` matches `\\r`, U+2028 and U+2029; `\\b` knows letters beyond ASCII;
  `[^]`, `[]`, `[\\b]`, `\\0`, `\\k<n>` and surrogate pairs written as
  `\\ud83d\\ude00` do not compile; letters escaped for nothing mean something (`\\A`),
  a group that took no part fails a reference to it, and `a+b?a+` matches `a`, so
  `ecma.portable` has spelled these out before;
* numbers: integers beyond 2**53 equal a float that is near in `uniqueItems`;
  infinity and NaN are read as null;
* strings with lone surrogates cannot be handed over;
* the place of a violation leaves out property names that are empty and makes numbers
  of those that look like indices; `paths` finds out what they were.

What it cannot judge raises `Undecided`; nobody guesses.
"""

from __future__ import annotations

import json
import marshal
import math
import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar

import jsonschema_rs

from codegen.ir import export
from codegen.ir import model as ir
from codegen.ir.repeats import Repeats
from codegen.ir.weights import Weights
from codegen.oracle.kept import Kept
from codegen.oracle.neighbours import Neighbours

T = TypeVar("T")

_BACKTRACKS: Final = 200_000
_DEEP: Final = 10
_FEW: Final = 8
"""A schema that leads to so many is compiled in no time."""
_ALONE: Final = 2_000
"""So many schemas are compiled for one schema after the other before neighbours are
compiled together, which takes longer where few are asked about."""
_TEXT: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False
)


Narrower: TypeAlias = Mapping[str, Callable[[str], bool]]
"""For each format of which only some texts are meant, a function that tells whether a
text is meant."""


class Undecided(Exception):
    """The validator cannot judge this schema or this value."""


class Validator:
    """One compiled schema."""

    __slots__ = ("compiled",)

    def __init__(
        self,
        document: dict[str, ir.Json],
        *,
        formats: bool = False,
        narrower: Narrower = MappingProxyType({}),
        registry: jsonschema_rs.Registry | None = None,
        mask: str | None = None,
    ) -> None:
        """`formats` says whether formats are assertions, and `narrower` which texts of
        some formats are meant. `mask` stands in sentences in place of the value. Raises
        `Undecided`."""
        options = jsonschema_rs.FancyRegexOptions(backtrack_limit=_BACKTRACKS)
        try:
            self.compiled = jsonschema_rs.Draft202012Validator(
                document,
                validate_formats=formats,
                formats={name: _both(name, holds) for name, holds in narrower.items()},
                pattern_options=options,
                registry=registry,
                mask=mask,
                offline=True,
            )
        except (jsonschema_rs.ValidationError, ValueError, UnicodeError) as error:
            raise Undecided(reason(error)) from None

    def accepts(self, value: ir.Json) -> bool:
        """Whether a value is valid. Raises `Undecided`."""
        _check_value(value)
        try:
            return self.compiled.is_valid(value)
        except (ValueError, UnicodeError, OverflowError) as error:
            raise Undecided(reason(error)) from None

    def errors(
        self, value: ir.Json, *, sound: bool = False
    ) -> list[jsonschema_rs.ValidationError]:
        """Everything that is wrong with a value. `sound` says that `is_sound` holds of
        it. Raises `Undecided`."""
        if not sound:
            _check_value(value)
        try:
            return list(self.compiled.iter_errors(value))
        except (ValueError, UnicodeError, OverflowError) as error:
            raise Undecided(reason(error)) from None


class Counted:
    """How many schemas may still be compiled. A schema and all that it leads to count
    once, however often it is asked about; one that leads to few does not count."""

    def __init__(self, left: int) -> None:
        self.left = left
        self._met: set[ir.SchemaId] = set()

    def take(self, schema_id: ir.SchemaId, size: int) -> None:
        """Count a schema, and as many others as it leads to. Raises `Undecided` beyond
        the limit."""
        if size <= _FEW:
            return
        self.spend(0 if schema_id in self._met else size)
        self._met.add(schema_id)

    def spend(self, size: int) -> None:
        """Count so many schemas. Raises `Undecided` beyond the limit."""
        self.left -= size
        if self.left < 0:
            raise Undecided("too many schemas lead to very many others")


class Judge:
    """Judges values by the schemas of one module. Each schema is compiled when it is
    first asked about.

    `formats` are the formats that are assertions. `narrower` says for some of them
    which texts are meant, and defines those that no standard knows. `wary` says whether
    some schema could keep the validator busy for ever; if it is not given, that is
    found out. `most` limits how many schemas are compiled, and `room` how many are
    kept; a schema counts as often as it is part of a validator.
    """

    def __init__(
        self,
        module: ir.Module,
        *,
        formats: Collection[str] = (),
        narrower: Narrower = MappingProxyType({}),
        wary: bool | None = None,
        most: int = sys.maxsize,
        room: float = math.inf,
    ) -> None:
        self.module = module
        self.formats = tuple(formats)
        self._narrower = narrower
        self.weights = Weights(module, wary)
        self._repeats = Repeats(module)
        self._counted = Counted(most)
        self._compiled: Kept[Validator] = Kept(room)
        self._together: Kept[Validator] = Kept(room)
        self._alone = 0
        self._refused: dict[ir.SchemaId, str] = {}
        self.written = export.Written()
        self._unmarked = export.Written()
        self.neighbours = Neighbours(module, self.written)
        self._marks = False

    def valid(self, schema_id: ir.SchemaId, value: ir.Json) -> bool:
        """Whether a schema of the module accepts a value. Raises `Undecided`."""
        return self.valid_under(self.module.schemas[schema_id], value)

    def valid_under(self, schema: ir.Schema, value: ir.Json) -> bool:
        """Whether any schema accepts a value, wherever it stands. Validators are kept
        by the id of the schema. Raises `Undecided`."""
        self._bound(schema, value)
        found = self._compiled.get(schema.id)
        if found is None and self._alone > _ALONE and not self.weights.wary:
            together = self._with_neighbours(schema)
            if together is not None:
                return together.accepts({self.written.keys[schema.id]: value})
        return (found or self.validator(schema)).accepts(value)

    def valid_under_all(self, schemas: Iterable[ir.Schema], value: ir.Json) -> bool:
        """Whether all of these schemas accept a value."""
        return all(self.valid_under(schema, value) for schema in schemas)

    def validator(self, schema: ir.Schema) -> Validator:
        """The compiled validator of a schema. Raises `Undecided`."""
        found = self._compiled.get(schema.id)
        if found is None:
            if schema.id in self._refused:
                raise Undecided(self._refused[schema.id])
            try:
                found = self._compile(schema)
            except Undecided as error:
                self._refused[schema.id] = str(error)
                raise
        return found

    def document(self, schema: ir.Schema, *, marked: bool) -> dict[str, ir.Json]:
        """A schema with all that it refers to, as the validator reads it. If `marked`,
        each schema has its id as `$comment`. Raises `Undecided`."""
        written = self.written if marked else self._unmarked
        return self._written(
            lambda: export.schema_document(
                self.module,
                schema,
                formats=self.formats,
                marked=marked,
                written=written,
            )
        )

    def document_of(self, ids: Collection[ir.SchemaId]) -> dict[str, ir.Json]:
        """A marked document for several schemas of the module: see `shared_document`.
        Raises `Undecided`."""
        return self._written(
            lambda: export.shared_document(
                self.module,
                ids,
                formats=self.formats,
                marked=True,
                written=self.written,
            )
        )

    def _with_neighbours(self, schema: ir.Schema) -> Validator | None:
        """The validator of a schema and its neighbours, which is given an object with
        the value; None where a schema is compiled alone. Raises `Undecided`."""
        return self._shared(schema, self._together, self.compiled, self._counted)

    def _shared(
        self,
        schema: ir.Schema,
        kept: Kept[T],
        make: Callable[[dict[str, ir.Json]], T],
        counted: Counted | None = None,
    ) -> T | None:
        """What is made, and kept, of the document for a schema and its neighbours; None
        where a schema is compiled alone. Raises `Undecided` beyond what is counted."""
        ids = self.neighbours.of(schema)
        found = kept.get(ids[0]) if ids else None
        if found is None and ids:
            try:
                document = self.document_of(ids)
                found = make(document)
            except Undecided:
                self.neighbours.part(ids)
                return None
            size = len(document["$defs"])
            kept.put(ids[0], found, size)
            if counted is not None:
                counted.spend(size)
        return found

    @staticmethod
    def _written(write: Callable[[], dict[str, ir.Json]]) -> dict[str, ir.Json]:
        try:
            return write()
        except (ValueError, UnicodeError, RecursionError) as error:
            raise Undecided(f"the schema does not compile: {reason(error)}") from None

    def _bound(self, schema: ir.Schema, value: ir.Json) -> None:
        if _is_deep(value) and self._repeats.too_many(schema, value):
            raise Undecided("it takes too long")

    def _weigh(self, schema: ir.Schema) -> None:
        if self.weights.too_heavy(schema):
            raise Undecided("too many schemas apply to one value")

    def _compile(self, schema: ir.Schema) -> Validator:
        self._weigh(schema)
        document = self.document(schema, marked=self._marks)
        size = len(document["$defs"])
        self._counted.take(schema.id, size)
        self._alone += size
        found = self.compiled(document)
        self._compiled.put(schema.id, found, size)
        return found

    def compiled(self, document: dict[str, ir.Json]) -> Validator:
        """The validator of a document. Its sentences leave out the values, because
        nobody reads them. Raises `Undecided`."""
        try:
            formats, narrower = bool(self.formats), self._narrower
            return Validator(document, formats=formats, narrower=narrower, mask="")
        except Undecided as error:
            raise Undecided(f"the schema does not compile: {error}") from None


def _both(name: str, holds: Callable[[str], bool]) -> Callable[[str], bool]:
    """A function that tells whether a text is of a format in the validator's own
    opinion, and is also meant."""
    standard = jsonschema_rs.Draft202012Validator(
        {"format": name}, validate_formats=True, ignore_unknown_formats=True
    )
    return lambda text: standard.is_valid(text) and holds(text)


def reason(error: Exception) -> str:
    """Why the validator gave up, on one line."""
    return str(error).split("\n")[0]


def _is_deep(value: ir.Json) -> bool:
    """Whether a value nests so deep that schemas which lead to one schema in several
    ways would be asked about it again and again."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(_DEEP):
        if not level:
            return False
        level = [
            part
            for item in level
            for part in (item.values() if isinstance(item, dict) else item)
            if isinstance(part, (dict, list))
        ]
    return True


_SUSPECT: Final = re.compile(rb"\xed[\xa0-\xbf]|[\xf0-\xff][\x7f\xff]")
"""Bytes that `marshal` writes for a lone surrogate, or for a number that is not finite.
Some other values have them as well, and are looked at in vain."""


def is_sound(value: ir.Json) -> bool:
    """Whether the validator is certain to read a value as it is. The same then holds
    for everything inside, and for what is made of such values."""
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, str) and value.isascii():
        return True
    try:
        # As JSON a value is written in five times the time, and there are many.
        return not _SUSPECT.search(marshal.dumps(value, 2))
    except ValueError:
        return False


def _check_value(value: ir.Json) -> None:
    """Refuse what the validator would read as something else, or not at all."""
    if is_sound(value):
        return
    try:
        _TEXT.encode(value).encode()
    except UnicodeEncodeError:
        raise Undecided("a lone surrogate") from None
    except (ValueError, RecursionError) as error:
        raise Undecided(str(error)) from None
