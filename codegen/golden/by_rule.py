"""Which strategies the kit can make from the rules of a package alone.

The constraints of a package say what its values are as plainly as a strategy would.
Where nothing has to be combined to meet them, whatever is built as a rule says is
valid, and no function is written for the schema.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, assert_never

from codegen.golden.kit import MORE
from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.ir.accepts import Reading
from codegen.python.model.union_dispatch import Dispatch, dispatch_of
from codegen.python.recursion import recursive
from codegen.samples.formats import SAMPLES

_LONG: Final = 400
"""Characters that a text may have to have: Hypothesis draws no long ones."""

_MANY: Final = 8
"""Items that an array may have to have."""


def readable(module: ir.Module, typed: Collection[str]) -> frozenset[str]:
    """The named schemas whose values are built as their rules say. A schema that leads
    back to itself is none: it wants a small value with which to end. `typed` are the
    formats that have a Python type."""
    names = {schema_id: name for name, schema_id in module.names.items()}
    leads: dict[str, set[str]] = {}
    plain: set[str] = set()
    reading = Reading(module)
    for schema_id, name in names.items():
        found = _Parts(reading, names, typed)
        if found.read(module.schemas[schema_id]):
            plain.add(name)
            leads[name] = found.named
    inside = {name: plain & named for name, named in leads.items()}
    return frozenset(plain - recursive(inside))


class _Parts:
    """Reads a named schema up to the named schemas that it leads to."""

    def __init__(
        self, reading: Reading, names: dict[ir.SchemaId, str], typed: Collection[str]
    ) -> None:
        self._reading, self._module = reading, reading.module
        self._names, self._typed = names, typed
        self._seen: set[ir.SchemaId] = set()
        self._dispatches: dict[ir.SchemaId, Dispatch | None] = {}
        self.named: set[str] = set()
        """The named schemas that were met."""

    def read(self, schema: ir.Schema) -> bool:
        """Whether the schema and all inside it can be read. What is met again without a
        name may be inside itself, and cannot."""
        pending = [schema]
        while pending:
            found = pending.pop()
            if found.id in self._seen or not self._is_plain(found):
                return False
            self._seen.add(found.id)
            for inner in self._inside(found):
                name = self._names.get(inner.id)
                if name is None:
                    pending.append(inner)
                else:
                    self.named.add(name)
        return True

    def _inside(self, schema: ir.Schema) -> Iterator[ir.Schema]:
        """The schemas that the kit comes to by the rule of a schema."""
        if walk.find(schema, ir.Enum) is not None:
            return
        for a in schema.assertions:
            if isinstance(a, ir.Ref):
                yield self._module.schemas[a.target]
            elif isinstance(a, ir.AnyOf | ir.OneOf) and len(a.schemas) > 1:
                found = self._dispatch(schema, a)
                yield from a.schemas if found is None else _branches(found)
            else:
                yield from walk.subschemas(a)

    def _is_plain(self, schema: ir.Schema) -> bool:
        values = walk.find(schema, ir.Enum)
        if values is None:
            return all(self._can_build(schema, a) for a in schema.assertions)
        return all(self._is_valid(schema, value) for value in values.values)

    def _is_valid(self, schema: ir.Schema, value: ir.Json) -> bool:
        if isinstance(value, dict | list | tuple):
            return False
        return self._reading.judged(schema, value).valid

    def _can_build(self, schema: ir.Schema, a: ir.Assertion) -> bool:
        """Whether what is built as one assertion says meets it, and the others too."""
        match a:
            case ir.OnStrings():
                return self._can_write(a)
            case ir.AnyOf() | ir.OneOf():
                return self._stands_alone(schema, a) and self._can_tell(schema, a)
            case ir.Ref():
                return facts.only(schema) == a
            case ir.MinItems(limit):
                unique = walk.find(schema, ir.UniqueItems) is not None
                return limit <= (1 if unique else _MANY)
            case ir.MaxProperties(limit):
                return len(_known_names(schema)) + MORE <= limit
            case ir.MultipleOf(divisor):
                return isinstance(divisor, int)
            case (
                ir.Never()
                | ir.Enum()
                | ir.Type()
                | ir.Minimum()
                | ir.Maximum()
                | ir.MaxItems()
                | ir.UniqueItems()
                | ir.Items()
                | ir.Properties()
                | ir.AdditionalProperties()
                | ir.Required()
            ):
                return True
            case (
                ir.PrefixItems()
                | ir.Contains()
                | ir.UnevaluatedItems()
                | ir.PatternProperties()
                | ir.PropertyNames()
                | ir.MinProperties()
                | ir.DependentRequired()
                | ir.DependentSchemas()
                | ir.UnevaluatedProperties()
                | ir.AllOf()
                | ir.Not()
                | ir.IfThenElse()
            ):
                return False
            case other:
                assert_never(other)

    def _can_write(self, a: ir.StringAssertion) -> bool:
        match a:
            case ir.MinLength(limit):
                return limit <= _LONG
            case ir.MaxLength():
                return True
            case ir.Pattern():
                return False
            case ir.Format(name):
                # There are texts of these that people know.
                return name not in SAMPLES and name not in self._typed
            case other:
                assert_never(other)

    def _stands_alone(self, schema: ir.Schema, a: ir.AnyOf | ir.OneOf) -> bool:
        """Whether nothing is said beside a union that a branch does not say."""
        types = walk.find(schema, ir.Type)
        if types is None:
            return facts.only(schema) == a
        return len(schema.assertions) == 2 and all(
            facts.types(self._module, branch) <= {*types.types} for branch in a.schemas
        )

    def _can_tell(self, schema: ir.Schema, a: ir.AnyOf | ir.OneOf) -> bool:
        """Whether each value of a branch is a value of the union, and each branch is in
        the rule."""
        if len(a.schemas) == 1:
            return True
        found = self._dispatch(schema, a)
        if found is None:
            return isinstance(a, ir.AnyOf) or _are_apart(a.schemas)
        return not (found.absorbed or found.untagged or found.default)

    def _dispatch(self, schema: ir.Schema, a: ir.AnyOf | ir.OneOf) -> Dispatch | None:
        """How the union that stands alone in a schema is decided."""
        if schema.id not in self._dispatches:
            hint = schema.annotations.discriminator
            self._dispatches[schema.id] = dispatch_of(self._module, a, hint)
        return self._dispatches[schema.id]


def _branches(found: Dispatch) -> Iterator[ir.Schema]:
    yield from found.by_type.values()
    if found.objects is not None:
        yield from found.objects.branches


def _known_names(schema: ir.Schema) -> set[str]:
    """The properties that a schema declares or requires."""
    declared, required = (walk.find(schema, k) for k in (ir.Properties, ir.Required))
    return {
        *(declared.schemas if isinstance(declared, ir.Properties) else ()),
        *(required.names if isinstance(required, ir.Required) else ()),
    }


def _are_apart(branches: tuple[ir.Schema, ...]) -> bool:
    """Whether branches list values of which no two are equal."""
    values = [
        facts.distinct(value) if isinstance(value, str | int) else None
        for branch in branches
        for value in getattr(walk.find(branch, ir.Enum), "values", (None, None))
    ]
    return len(values) == len(set(values))
