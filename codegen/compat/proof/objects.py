"""Containment of objects, whole or case by case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import is_never, is_open
from codegen.compat.proof import scalars
from codegen.compat.proof.context import Proving
from codegen.ecma import languages
from codegen.ir import model as ir
from codegen.ir.equality import freeze
from codegen.oracle import Undecided

MAX_SPLIT: Final = 300
"""Values of a tag over which a proof goes case by case."""


@dataclass(frozen=True, slots=True)
class Objects:
    """The part of a proof that is about objects."""

    prover: Proving

    def within(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        """Whether every object of one alternative is one of the other."""
        written = frozenset(a.required) if b.required else ()
        for name in b.required:
            if name not in written:
                return self.prover.free_of(f"property {name!r} may be missing")
        if not self._counts(form, a, b):
            return False
        return (
            self._declared(form, a, b)
            and self._further(form, a, b)
            and self._names(form, a, b)
            and self._dependent(form, a, b)
        )

    def _counts(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        if max(a.minimum, len(a.required)) < b.minimum:
            return self.prover.free_of("objects may have too few properties")
        if b.maximum is None:
            return True
        most = a.maximum
        if self.prover.emission.rest(form) is None and not a.patterns:
            declared = len(self.prover.emission.names(form))
            most = declared if most is None else min(most, declared)
        if most is None or most > b.maximum:
            return self.prover.free_of("objects may have too many properties")
        return True

    def _declared(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        for name in forms.said_of(b, self.prover.emission.names(form)):
            written = self.prover.writer.side.member(a, name)
            read = self.prover.reader.side.member(b, name)
            if not self.prover.nodes(written, read):
                if is_never(read):
                    self.prover.obstacle = f"property {name!r} is not accepted"
                return False
        return True

    def _further(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        """Members beyond the declared ones: patterns first, then the rest."""
        rest = self.prover.emission.rest(form)
        spreads: list[Node] = [(s,) for _, s in a.patterns]
        if rest is not None:
            spreads.append(rest)
        for index, node in enumerate(spreads):
            regex = a.patterns[index][0] if index < len(a.patterns) else None
            if not self._spread(a, b, node, regex):
                return False
        return True

    def _spread(
        self, a: forms.Object, b: forms.Object, node: Node, regex: str | None
    ) -> bool:
        """Whether members with any (or any matching) name are accepted."""
        for name in b.properties:
            if (
                name not in a.properties
                and (regex is None or languages.matches(regex, name))
                and not self.prover.nodes(
                    self.prover.writer.side.member(a, name), b.properties[name]
                )
            ):
                return self.prover.free_of(f"property {name!r} may hold anything")
        for pattern, schema in b.patterns:
            if not self.prover.nodes(node, (schema,)):
                return self.prover.free_of(
                    f"names that match `{pattern}` may hold anything"
                )
        for rule in b.additional:
            if regex is not None and regex in rule.patterns:
                continue
            if not self.prover.nodes(node, (rule.schema,)):
                return self.prover.free_of("further properties are not accepted")
        return True

    def _names(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        if is_open(b.names):
            return True
        spreads = self.prover.emission.rest(form) is not None or a.patterns
        if spreads and not self.prover.nodes(a.names, b.names):
            return self.prover.free_of("property names may not be accepted")
        try:
            for name in self.prover.emission.names(form):
                if not self.prover.reader.judge.valid_under_all(b.names, name):
                    return self.prover.free_of(f"the name {name!r} is not accepted")
        except Undecided as error:
            return self.prover.free_of(str(error))
        return True

    def _dependent(self, form: Form, a: forms.Object, b: forms.Object) -> bool:
        given: dict[str, set[str]] = {}
        for trigger, needed in a.dependent_required:
            given.setdefault(trigger, set()).update(needed)
        for trigger, needed in b.dependent_required:
            if not self.prover.emission.may_write(form, trigger):
                continue
            missing = set(needed) - set(a.required) - given.get(trigger, set())
            if missing:
                return self.prover.free_of(
                    f"{trigger!r} may come without what it needs"
                )
        for trigger, schema in b.dependent_schemas:
            if not self.prover.emission.may_write(form, trigger):
                continue
            if not self._triggered(form, a, trigger, schema):
                return False
        return True

    def _triggered(
        self, form: Form, a: forms.Object, trigger: str, schema: ir.Schema
    ) -> bool:
        target = self.prover.classes.of(self.prover.reader.number, schema)
        for other, mine in a.dependent_schemas:
            same = self.prover.classes.of(self.prover.writer.number, mine) == target
            if other == trigger and same:
                return True
        with_it = replace(
            form,
            facets=replace(a, required=tuple(dict.fromkeys((*a.required, trigger)))),
        )
        return self.prover.form_within(
            with_it, self.prover.reader.side.expand((schema,)), schema
        )

    # --- case by case --------------------------------------------------------------

    def by_cases(self, form: Form, choices: tuple[Form, ...]) -> bool:
        """Split by a property of finitely many values that tells choices apart."""
        assert isinstance(form.facets, forms.Object)
        for name in form.facets.properties:
            if name not in form.facets.required:
                continue
            cases = self._split(form, name)
            if cases is None or len(cases) < 2:
                continue
            if all(
                any(self.prover.form_in_form(case, choice) for choice in choices)
                for case in cases
            ):
                return True
        return self.prover.free_of(self.prover.obstacle or "no alternative accepts it")

    def _split(self, form: Form, name: str) -> list[Form] | None:
        assert isinstance(form.facets, forms.Object)
        node = self.prover.writer.side.member(form.facets, name)
        alternatives = list(self.prover.writer.side.expand(node).all())
        values: list[ir.Json] = []
        for inner in alternatives:
            listed = scalars.listed(inner)
            if listed is None or len(values) + len(listed) > MAX_SPLIT:
                return None
            values.extend(listed)
        return [
            replace(form, facets=_confined(form.facets, name, value), labels=())
            for value in values
        ]


def _confined(facets: forms.Object, name: str, value: ir.Json) -> forms.Object:
    """An object whose property has one value; the schema for it is made here."""
    marker = ir.Schema(
        ir.SchemaId(f"#case/{freeze(value)!r}"),
        ir.Location("", ""),
        (ir.Enum((value,)),),
    )
    return replace(facets, properties={**facets.properties, name: (marker,)})
