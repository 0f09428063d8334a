"""A second opinion on validity, from a validator that this project did not write.

`jsonschema-rs` passes all of the required JSON Schema Test Suite of 2020-12 and its
optional files on ECMA-262 patterns, big numbers and formats. It was measured to
leave the standard in these places, which `tests/unit/samples/test_oracle.py` pins:

* patterns: `.` matches `\\r`, U+2028 and U+2029; `\\b` knows letters beyond ASCII; a
  group that took no part fails a reference to it; `[^]`, `[]`, `[\\b]`, `\\0`, `\\k<n>`
  and surrogate pairs written as `\\ud83d\\ude00` do not compile;
* numbers: integers beyond 2**53 equal a float that is near in `uniqueItems`;
  infinity and NaN are read as null;
* strings with lone surrogates cannot be handed over;
* the place of a violation leaves out property names that are empty and makes numbers
  of those that look like indices; `places` finds out what they were.

What it cannot judge raises `Undecided`; nobody guesses.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any, Final, TypeAlias

import jsonschema_rs

from codegen.ir import export
from codegen.ir import model as ir
from codegen.samples.places import BY_NAME, Path, Places, Unclear, pointer

Error: TypeAlias = tuple[str, str]
"""A JSON Pointer into the value and the schema keyword that failed there."""

_BACKTRACKS: Final = 200_000

_Marked: TypeAlias = tuple[jsonschema_rs.Draft202012Validator, dict[str, ir.Json]]


class Undecided(Exception):
    """The validator cannot judge this schema or this value."""


class Oracle:
    """Judges values by the schemas of one module; compiles each when first asked.

    `formats` names the formats that are assertions.
    """

    def __init__(self, module: ir.Module, *, formats: Collection[str] = ()) -> None:
        self._module = module
        self._formats = tuple(formats)
        self._compiled: dict[ir.SchemaId, jsonschema_rs.Draft202012Validator] = {}
        self._marked: dict[ir.SchemaId, _Marked] = {}
        self._loose: dict[ir.SchemaId, jsonschema_rs.Draft202012Validator] = {}

    def valid(self, schema_id: ir.SchemaId, value: ir.Json) -> bool:
        """Whether a schema of the module accepts a value. Raises `Undecided`."""
        return self._judge(self._validator(schema_id), value)

    def valid_under(self, schema: ir.Schema, value: ir.Json) -> bool:
        """Whether a schema that may stand anywhere accepts a value.

        Compiled validators are kept by the schema's id. Raises `Undecided`.
        """
        validator = self._loose.get(schema.id)
        if validator is None:
            validator = self._compile(self._document(schema))
            self._loose[schema.id] = validator
        return self._judge(validator, value)

    def errors(self, schema_id: ir.SchemaId, value: ir.Json) -> list[Error]:
        """Where and by which keyword a value fails, each once, in document order.

        A union counts as one failure. Raises `Undecided`.
        """
        failures = self.failures(self._module.schemas[schema_id], value)
        return list(dict.fromkeys((f.pointer, f.keyword) for f in failures))

    def failures(self, schema: ir.Schema, value: ir.Json) -> list[Failure]:
        """The failures of a value with what is known of each. Raises `Undecided`."""
        _check_value(value)
        validator = self._marked.get(schema.id)
        if validator is None:
            document = export.schema_document(
                self._module, schema, formats=self._formats, marked=True
            )
            validator = self._compile(document), document
            self._marked[schema.id] = validator
        try:
            errors = list(validator[0].iter_errors(value))
        except (ValueError, UnicodeError) as error:
            raise Undecided(str(error)) from None
        places = Places(validator[0], value)
        try:
            return [Failure(error, validator[1], places) for error in errors]
        except Unclear as error:
            raise Undecided(str(error)) from None

    def _validator(self, schema_id: ir.SchemaId) -> jsonschema_rs.Draft202012Validator:
        validator = self._compiled.get(schema_id)
        if validator is None:
            document = export.document_for(
                self._module, schema_id, formats=self._formats
            )
            validator = self._compiled[schema_id] = self._compile(document)
        return validator

    def _document(self, schema: ir.Schema) -> dict[str, ir.Json]:
        return export.schema_document(self._module, schema, formats=self._formats)

    def _compile(
        self, document: dict[str, ir.Json]
    ) -> jsonschema_rs.Draft202012Validator:
        options = jsonschema_rs.FancyRegexOptions(backtrack_limit=_BACKTRACKS)
        try:
            return jsonschema_rs.Draft202012Validator(
                document,
                validate_formats=bool(self._formats),
                pattern_options=options,
                offline=True,
            )
        except (jsonschema_rs.ValidationError, ValueError, UnicodeError) as error:
            reason = str(error).split("\n")[0]
            raise Undecided(f"the schema does not compile: {reason}") from None

    @staticmethod
    def _judge(validator: jsonschema_rs.Draft202012Validator, value: ir.Json) -> bool:
        _check_value(value)
        try:
            return validator.is_valid(value)
        except (ValueError, UnicodeError) as error:
            raise Undecided(str(error)) from None


class Failure:
    """One failure: the pointer of the value, the keyword, what the keyword names.

    `keyword` is the schema keyword that failed, also where its subschema is `false`
    (`properties`, `additionalProperties`, …); it is empty for a schema that is `false`
    itself, and `is_false` tells such cases. `names` holds the properties that are
    missing or not allowed, where the keyword speaks of properties; for
    `propertyNames` the name that is wrong. `owner` is the id of the schema in which
    the keyword stands, or of the nearest one around it. `cause` is the keyword that a
    wrong property name breaks.
    """

    __slots__ = ("cause", "is_false", "keyword", "names", "owner", "pointer")

    def __init__(
        self,
        error: jsonschema_rs.ValidationError,
        document: dict[str, ir.Json],
        places: Places,
    ) -> None:
        instance = places.of_instance(error)
        self.pointer = pointer(instance)
        self.is_false = error.kind.name == "falseSchema"
        path = places.of_schema(error, document, instance)
        within = error.kind.name == "propertyNames"
        self.keyword = "propertyNames" if within else _keyword(path)
        refused = self.is_false or (within and _is_false(error.kind))
        self.cause = "false" if refused else str(path[-1]) if path else ""
        self.names = tuple(_names(error.kind))
        self.owner = _owner(document, path)

    def __repr__(self) -> str:
        return f"Failure({self.pointer!r}, {self.keyword!r})"


def _owner(document: dict[str, ir.Json], path: Path) -> ir.SchemaId | None:
    """The id marked at the innermost schema that holds the last keyword of a path."""
    owner: ir.SchemaId | None = None
    place: ir.Json = document
    for token in path:
        if isinstance(place, dict):
            # A property may be called `$comment` as well; its schema is no string.
            if isinstance(place.get("$comment"), str):
                owner = ir.SchemaId(place["$comment"])
            place = place.get(str(token))
        elif isinstance(place, list) and isinstance(token, int):
            place = place[token]
    return owner


def _keyword(path: Path) -> str:
    """The last keyword of a path; names and indices below it do not count."""
    keyword = ""
    is_name = False
    for token in path:
        if is_name or isinstance(token, int):
            is_name = False
        else:
            keyword = token
            is_name = token in BY_NAME
    return "" if keyword == "$defs" else keyword


def _names(kind: object) -> Iterator[str]:
    facts: dict[str, ir.Json] = getattr(kind, "as_dict", dict)()
    if "property" in facts:
        yield facts["property"]
    yield from (str(name) for name in facts.get("unexpected", ()))
    if "error" in facts:
        yield str(facts["error"].instance)


def _is_false(kind: object) -> bool:
    """Whether a property name is wrong because none is allowed."""
    facts: dict[str, Any] = getattr(kind, "as_dict", dict)()
    return "error" in facts and facts["error"].kind.name == "falseSchema"


def _check_value(value: ir.Json) -> None:
    """Refuse what the validator would read as something else, or not at all."""
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeEncodeError:
        raise Undecided("a lone surrogate") from None
    except ValueError as error:
        raise Undecided(str(error)) from None
