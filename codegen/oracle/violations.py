"""Says in sentences what is wrong with a value."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import jsonschema_rs

from codegen.ecma import portable
from codegen.ir import model as ir
from codegen.ir.export import export
from codegen.ir.exporter import key_of
from codegen.ir.walk import references, walk
from codegen.oracle.paths import Path, Places, Unclear, pointer
from codegen.oracle.validator import Judge, Narrower, Undecided, Validator, reason

_BUDGET: Final = 200_000
"""How many schemas may be compiled; those behind references count each time."""
_MOST_VALIDATORS: Final = 200
_URI: Final = "urn:module"
_MASK: Final = "\ufffc"
"""Stands in sentences in place of the value, which may be long; what is shown of that
is cut."""

Violation: TypeAlias = tuple[str, str]
"""A JSON Pointer into the value, and what is wrong there."""


class Examiner(Judge):
    """Judges by any schema of a module, inner ones included, and says what is wrong. It
    is made for thousands of schemas: they are exported once, and the cost of compiling
    them is bounded."""

    def __init__(
        self,
        module: ir.Module,
        schemas: Iterable[ir.Schema],
        *,
        formats: Collection[str] = (),
        narrower: Narrower = MappingProxyType({}),
    ) -> None:
        """`schemas` are those to judge by besides the module's own; `formats` and
        `narrower` as of `Judge`. Raises `Undecided`."""
        by_id = {schema.id: schema for schema in schemas}
        whole = dataclasses.replace(module, schemas={**by_id, **module.schemas})
        super().__init__(whole, formats=formats, narrower=narrower)
        try:
            exported = export(whole, formats=formats)
            self._registry = jsonschema_rs.Registry([(_URI, exported)])
        except (ValueError, UnicodeError, RecursionError) as error:
            raise Undecided(reason(error)) from None
        self._validators: OrderedDict[ir.SchemaId, Validator] = OrderedDict()
        self._targets: dict[ir.SchemaId, tuple[ir.SchemaId, ...]] = {}
        self._budget = _BUDGET

    def violations(self, schema: ir.Schema, value: ir.Json) -> list[Violation]:
        """Everything that is wrong with a value. For a union, it is what is wrong by
        the branch that the value comes nearest to. Raises `Undecided`."""
        if self.valid_under(schema, value):
            return []
        validator = self.validator(schema)
        explainer = _Explainer(Places(validator.compiled, value), value, self)
        found = [
            item for error in validator.errors(value) for item in explainer.of(error)
        ]
        return list(dict.fromkeys(found))

    @cached_property
    def patterns(self) -> Mapping[str, str]:
        """The patterns of the schemas by how they are spelled for the validator."""
        inner = (part for outer in self.module.schemas.values() for part in walk(outer))
        regexes = (
            a.regex for s in inner for a in s.assertions if isinstance(a, ir.Pattern)
        )
        return {portable(regex): regex for regex in regexes}

    def validator(self, schema: ir.Schema) -> Validator:
        """The compiled validator of a schema; only a few are kept. Raises
        `Undecided`."""
        found = self._validators.get(schema.id)
        if found is None:
            found = self._validators[schema.id] = self._compile(schema)
            if len(self._validators) > _MOST_VALIDATORS:
                self._validators.popitem(last=False)
        return found

    def _compile(self, schema: ir.Schema) -> Validator:
        self._spend(schema.id)
        self._weigh(schema)
        document = {"$ref": f"{_URI}#/$defs/{key_of(schema.id)}"}
        try:
            return Validator(
                document,
                registry=self._registry,
                formats=bool(self.formats),
                narrower=self._narrower,
                mask=_MASK,
            )
        except Undecided as error:
            text = str(error).replace(_MASK, "a pattern of the schema")
            raise Undecided(text) from None

    def _spend(self, start: ir.SchemaId) -> None:
        """Count the compilation of a schema with all that it refers to. Each schema is
        compiled on its own, so the cost of a long chain of references grows with the
        square of its length."""
        seen = {start}
        queue = [start]
        for id_ in queue:
            if id_ not in self._targets:
                targets = references(self.module.schemas[id_])
                self._targets[id_] = tuple(dict.fromkeys(targets))
            new = [t for t in self._targets[id_] if t not in seen]
            seen.update(new)
            queue.extend(new)
            self._budget -= 1
            if self._budget < 0:
                raise Undecided("the references of this specification are too long")


class _Explainer:
    """Says what is wrong with one value, and where."""

    def __init__(self, places: Places, value: ir.Json, examiner: Examiner) -> None:
        self._places = places
        self._value = value
        self._examiner = examiner

    def of(self, error: jsonschema_rs.ValidationError) -> Iterator[Violation]:
        """One violation or, where a branch explains that of a union, the branch's."""
        yield from self._of(error, self._place(error))

    def _of(
        self, error: jsonschema_rs.ValidationError, here: Path | None
    ) -> Iterator[Violation]:
        branches = getattr(error.kind, "context", None) or []
        judged = [
            [(inner, self._place(inner)) for inner in branch]
            for branch in branches
            if branch
        ]
        entered = [b for b in judged if not any(_refused(*inner, here) for inner in b)]
        if entered:
            nearest = min(entered, key=lambda b: (_wrong_tags(b, here), len(b)))
            for inner, place in nearest:
                yield from self._of(inner, place)
            return
        value = error.instance if here is None else _at(self._value, here)
        yield pointer(here or ()), _sentence(self._message(error), value)

    def _message(self, error: jsonschema_rs.ValidationError) -> str:
        """What the validator says, with a pattern as the specification has it."""
        kind = error.kind
        while isinstance(kind, jsonschema_rs.ValidationErrorKind.PropertyNames):
            kind = kind.error.kind
        if isinstance(kind, jsonschema_rs.ValidationErrorKind.Pattern):
            written = self._examiner.patterns.get(kind.pattern, kind.pattern)
            return error.message.replace(f'"{kind.pattern}"', f'"{written}"')
        return error.message

    def _place(self, error: jsonschema_rs.ValidationError) -> Path | None:
        """The path to what failed; None where that is not certain."""
        try:
            return self._places.of_instance(error)
        except Unclear:
            return None


def _refused(
    error: jsonschema_rs.ValidationError, place: Path | None, here: Path | None
) -> bool:
    """Whether a branch is about another kind of value altogether."""
    return place == here and error.schema_path[-1] in (
        "type",
        "const",
        "enum",
        "pattern",
        "falseSchema",
    )


def _wrong_tags(
    branch: list[tuple[jsonschema_rs.ValidationError, Path | None]], here: Path | None
) -> int:
    """How many properties have a value that another branch is meant for."""
    return sum(
        place is not None
        and len(place) > 0
        and place[:-1] == here
        and place[-1] in ("type", "role", "object", "kind", "event")
        and error.schema_path[-1] in ("const", "enum")
        for error, place in branch
    )


def _at(value: Any, path: Path) -> ir.Json:
    for token in path:
        value = value[token]
    return value


def _sentence(message: str, value: ir.Json) -> str:
    text = _plainer(message).replace(_MASK, shown(value))
    return text if len(text) <= 200 else text[:197] + "..."


_REQUIRED: Final = re.compile(r"^(\".*\") is a required property$", re.DOTALL)
_UNION: Final = re.compile(
    r" is (not valid under any|valid under more than one) of the schemas listed in the "
    r"'(anyOf|oneOf)' keyword$"
)


def _plainer(message: str) -> str:
    """The validator's sentence where another says it in fewer words."""
    if match := _REQUIRED.match(message):
        return f"the required property {match[1]} is missing"
    if match := _UNION.search(message):
        what = "no branch" if match[1].startswith("not") else "more than one branch"
        return f"{message[: match.start()]} fits {what} of `{match[2]}`"
    return message


def shown(value: ir.Json) -> str:
    """A value as JSON, or what it is where that is long."""
    text = json.dumps(value, ensure_ascii=True)
    if len(text) <= 60:
        return text
    if isinstance(value, str):
        return "the string"
    return "the object" if isinstance(value, dict) else "the array"


def summary(violations: list[Violation], limit: int = 3) -> str:
    """Violations in one line."""
    parts = [f"{pointer}: {text}" if pointer else text for pointer, text in violations]
    more = len(parts) - limit
    return "; ".join(parts[:limit]) + (f"; and {more} more" if more > 0 else "")
