"""Writes the `checks` module: functions that judge JSON values by a schema.

Each schema gets up to three functions, and only those that something calls:

* `check_X(v, p, out)` appends a violation for everything that is wrong with `v`,
  whose JSON Pointer is `p`;
* `valid_X(v)` answers yes or no, for unions, `not`, `if` and `contains`;
* `names_X(v, seen)` and `places_X(v, seen)` add the properties or items that the
  schema evaluated, for `unevaluatedProperties` and `unevaluatedItems`.

The first two are written by one emitter with two ways of failing, so they agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from codegen.ir import facts, tags, walk
from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python import ecma, evaluated
from codegen.python.dispatch import Dispatch, dispatch_of
from codegen.python.lines import Lines, block, literal
from codegen.python.names import Names


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


class Checks:
    """All check functions of a module. `functions` holds their source by name."""

    def __init__(
        self, module: ir.Module, names: Names, formats: frozenset[str] = frozenset()
    ) -> None:
        self.module = module
        self.names = names
        self.formats = formats
        self.functions: dict[str, Lines] = {}
        self.entries: dict[str, str] = {}
        self._wanted: list[tuple[str, str, ir.Schema]] = []
        self._depth = 0

    # --- which functions there are ---------------------------------------------------

    def want(self, kind: str, schema: ir.Schema) -> str:
        """The name of a function, which will be written."""
        schema = facts.unwrap(self.module, schema)
        name = f"{kind}_{self.names.of(schema.id)}"
        if name not in self.functions:
            self.functions[name] = []
            self._wanted.append((name, kind, schema))
        return name

    def enter(self, schema: ir.Schema) -> None:
        """Make the collecting check of a schema reachable by the schema's own name."""
        self.entries[self.names.of(schema.id)] = self.want("check", schema)

    def write(self) -> None:
        """Write everything that was wanted, and what that wants in turn."""
        while self._wanted:
            name, kind, schema = self._wanted.pop()
            self._depth = 0
            self.functions[name] = self._function(name, kind, schema)

    def _function(self, name: str, kind: str, schema: ir.Schema) -> Lines:
        if kind == "check":
            body = self.statements(schema, "v", "p", COLLECT)
            return block(f"def {name}(v: Any, p: str, out: Found) -> None:", body)
        if kind == "valid":
            body = [*self.statements(schema, "v", "p", ANSWER), "return True"]
            return block(f"def {name}(v: Any) -> bool:", body)
        if kind == "names":
            body = evaluated.names(self, schema)
            return block(f"def {name}(v: Any, seen: set[str]) -> None:", body)
        body = evaluated.places(self, schema)
        return block(f"def {name}(v: Any, seen: set[int]) -> None:", body)

    def fresh(self, letter: str) -> str:
        """A variable name that the function at hand has not used."""
        self._depth += 1
        return f"{letter}{self._depth}"

    # --- statements ------------------------------------------------------------------

    def apply(self, schema: ir.Schema, v: str, p: str, way: Way) -> Lines:
        """Statements that apply a subschema to a value: in place if it is small."""
        if cond.is_true(schema, self.formats):
            return []
        if cond.is_leaf(schema):
            return self.statements(schema, v, p, way)
        if way.collecting:
            return [f"{self.want('check', schema)}({v}, {p}, out)"]
        return block(f"if not {self.want('valid', schema)}({v}):", ["return False"])

    def answer(self, schema: ir.Schema, v: str) -> str:
        """An expression that is true exactly if a value is valid."""
        if cond.is_true(schema, self.formats):
            return "True"
        match facts.only(schema):
            case ir.Type(types=types) if "number" not in types:
                test = cond.is_type(types, v)
                return f"({test})" if len(types) > 1 else test
            case ir.Never():
                return "False"
            case _:
                return f"{self.want('valid', schema)}({v})"

    def statements(self, schema: ir.Schema, v: str, p: str, way: Way) -> Lines:
        """Statements for all assertions of a schema."""
        if any(isinstance(a, ir.Never) for a in schema.assertions):
            return way.fail(v, p, "false", "is not allowed here")
        lines = self._typed(schema, v, p, way)
        for assertion in schema.assertions:
            lines += self._in_place(schema, assertion, v, p, way)
        return lines

    def _typed(self, schema: ir.Schema, v: str, p: str, way: Way) -> Lines:
        """The type, the enumeration, and what holds for values of one type only."""
        groups = {
            "string": self._tests(
                cond.string_conditions(schema, v, self.formats), v, p, way
            ),
            "number": self._tests(cond.number_conditions(schema, v), v, p, way),
            "array": self._array(schema, v, p, way),
            "object": self._object(schema, v, p, way),
        }
        lines: Lines = []
        known = cond.only_type(schema)
        type_ = walk.find(schema, ir.Type)
        if type_ is not None:
            test = cond.type_condition(type_, v)
            failing = way.fail(v, p, test.keyword, test.why)
            lines += block(f"if {test.failing}:", failing)
            group = groups.get("number" if known == "integer" else known or "", [])
            if known is not None and group:
                lines += block("else:", group) if way.collecting else group
                groups = {}
        for name, body in groups.items():
            possible = type_ is None or _admits(type_, name)
            if body and possible:
                lines += block(f"if {cond.is_type((name,), v)}:", body)
        enum = walk.find(schema, ir.Enum)
        if enum is not None:
            lines += self._tests([cond.enum_condition(enum, v)], v, p, way)
        return lines

    def _tests(self, tests: list[cond.Condition], v: str, p: str, way: Way) -> Lines:
        lines: Lines = []
        for test in tests:
            failing = way.fail(v, p, test.keyword, test.why)
            lines += block(f"if {test.failing}:", failing)
        return lines

    # --- arrays ----------------------------------------------------------------------

    def _array(self, schema: ir.Schema, v: str, p: str, way: Way) -> Lines:
        lines: Lines = []
        for a in schema.assertions:
            match a:
                case ir.MinItems(limit) if limit > 0:
                    why = f"has fewer than {limit} items"
                    test = cond.Condition(f"len({v}) < {limit}", "minItems", why)
                    lines += self._tests([test], v, p, way)
                case ir.MaxItems(limit):
                    why = f"has more than {limit} items"
                    test = cond.Condition(f"len({v}) > {limit}", "maxItems", why)
                    lines += self._tests([test], v, p, way)
                case ir.UniqueItems():
                    why = "holds the same item twice"
                    test = cond.Condition(f"not unique({v})", "uniqueItems", why)
                    lines += self._tests([test], v, p, way)
                case ir.PrefixItems(schemas):
                    lines += self._prefix(schemas, v, p, way)
                case ir.Items(inner, start):
                    lines += self._items(inner, start, v, p, way)
                case ir.Contains():
                    lines += self._contains(a, v, p, way)
                case ir.UnevaluatedItems(inner):
                    lines += self._unevaluated_items(schema, inner, v, p, way)
                case _:
                    pass
        return lines

    def _prefix(
        self, schemas: tuple[ir.Schema, ...], v: str, p: str, way: Way
    ) -> Lines:
        lines: Lines = []
        for index, inner in enumerate(schemas):
            x = self.fresh("x")
            body = self.apply(inner, x, f'{p} + "/{index}"', way)
            if body:
                lines += block(
                    f"if len({v}) > {index}:", [f"{x} = {v}[{index}]", *body]
                )
        return lines

    def _items(self, inner: ir.Schema, start: int, v: str, p: str, way: Way) -> Lines:
        i, x = self.fresh("i"), self.fresh("x")
        body = self.apply(inner, x, f'f"{{{p}}}/{{{i}}}"', way)
        if not body:
            return []
        if not way.collecting:
            part = f"{v}[{start}:]" if start else v
            return block(f"for {x} in {part}:", body)
        part = f"enumerate({v}[{start}:], {start})" if start else f"enumerate({v})"
        return block(f"for {i}, {x} in {part}:", body)

    def _contains(self, a: ir.Contains, v: str, p: str, way: Way) -> Lines:
        n, x = self.fresh("n"), self.fresh("x")
        answer = self.answer(a.schema, x)
        lines = [f"{n} = sum(1 for {x} in {v} if {answer})"]
        tests = []
        if a.minimum > 0:
            why = f"holds fewer than {a.minimum} items of the kind asked for"
            key = "contains" if a.minimum == 1 else "minContains"
            tests.append(cond.Condition(f"{n} < {a.minimum}", key, why))
        if a.maximum is not None:
            why = f"holds more than {a.maximum} items of the kind limited"
            tests.append(cond.Condition(f"{n} > {a.maximum}", "maxContains", why))
        return lines + self._tests(tests, v, p, way) if tests else []

    def _unevaluated_items(
        self, schema: ir.Schema, inner: ir.Schema, v: str, p: str, way: Way
    ) -> Lines:
        seen, i = self.fresh("seen"), self.fresh("i")
        x = self.fresh("x")
        path = f'f"{{{p}}}/{{{i}}}"'
        body = self.apply(inner, x, path, way)
        if walk.find(inner, ir.Never):
            body = way.fail(x, path, "unevaluatedItems", "is one item too many")
        if not body:
            return []
        gather = evaluated.places(self, schema, v, seen, skip_own=True)
        loop = [f"if {i} not in {seen}:", *[f"    {line}" for line in body]]
        return [
            f"{seen}: set[int] = set()",
            *gather,
            *block(f"for {i}, {x} in enumerate({v}):", loop),
        ]

    # --- objects ---------------------------------------------------------------------

    def _object(self, schema: ir.Schema, v: str, p: str, way: Way) -> Lines:
        lines: Lines = []
        for a in schema.assertions:
            match a:
                case ir.Required(names):
                    for name in names:
                        test = f"if {literal(name)} not in {v}:"
                        lines += block(test, way.lack(p, name))
                case ir.MinProperties(limit) if limit > 0:
                    why = f"has fewer than {limit} properties"
                    test = f"len({v}) < {limit}"
                    tests = [cond.Condition(test, "minProperties", why)]
                    lines += self._tests(tests, v, p, way)
                case ir.MaxProperties(limit):
                    why = f"has more than {limit} properties"
                    test = f"len({v}) > {limit}"
                    tests = [cond.Condition(test, "maxProperties", why)]
                    lines += self._tests(tests, v, p, way)
                case ir.Properties(schemas):
                    lines += self._properties(dict(schemas), v, p, way)
                case ir.DependentRequired(by_name):
                    lines += self._dependent(dict(by_name), v, p, way)
                case ir.DependentSchemas(schemas):
                    for name, inner in schemas.items():
                        body = self.apply(inner, v, p, way)
                        if body:
                            lines += block(f"if {literal(name)} in {v}:", body)
                case _:
                    lines += self._each_property(schema, a, v, p, way)
        return lines

    def _properties(
        self, schemas: dict[str, ir.Schema], v: str, p: str, way: Way
    ) -> Lines:
        lines: Lines = []
        for name, inner in schemas.items():
            x = self.fresh("x")
            token = name.replace("~", "~0").replace("/", "~1")
            body = self.apply(inner, x, f"{p} + {literal('/' + token)}", way)
            if body:
                value = f"{x} = {v}[{literal(name)}]"
                lines += block(f"if {literal(name)} in {v}:", [value, *body])
        return lines

    def _dependent(
        self, by_name: dict[str, tuple[str, ...]], v: str, p: str, way: Way
    ) -> Lines:
        lines: Lines = []
        for name, needed in by_name.items():
            for other in needed:
                test = f"if {literal(name)} in {v} and {literal(other)} not in {v}:"
                lines += block(test, way.lack(p, other, "dependentRequired"))
        return lines

    def _each_property(
        self, schema: ir.Schema, a: ir.Assertion, v: str, p: str, way: Way
    ) -> Lines:
        """Assertions that go through the properties one by one."""
        k, x = self.fresh("k"), self.fresh("x")
        match a:
            case ir.PatternProperties(schemas):
                body: Lines = []
                for regex, inner in schemas.items():
                    part = self.apply(inner, x, f"child({p}, {k})", way)
                    test = f"if matches({literal(ecma.translate(regex))}, {k}):"
                    body += block(test, part) if part else []
                return block(f"for {k}, {x} in {v}.items():", body) if body else []
            case ir.AdditionalProperties(inner, known, patterns):
                body = self._rest(inner, a, k, x, p, way)
                tests = [f"{k} not in {_set(known)}"] if known else []
                for regex in patterns:
                    tests.append(f"not matches({literal(ecma.translate(regex))}, {k})")
                if body and tests:
                    body = block(f"if {' and '.join(tests)}:", body)
                return block(f"for {k}, {x} in {v}.items():", body) if body else []
            case ir.PropertyNames(inner):
                body = self.apply(inner, k, f"child({p}, {k})", way)
                return block(f"for {k} in {v}:", body) if body else []
            case ir.UnevaluatedProperties(inner):
                body = self._rest(inner, a, k, x, p, way)
                if not body:
                    return []
                seen = self.fresh("seen")
                gather = evaluated.names(self, schema, v, seen, skip_own=True)
                loop = block(f"if {k} not in {seen}:", body)
                return [
                    f"{seen}: set[str] = set()",
                    *gather,
                    *block(f"for {k}, {x} in {v}.items():", loop),
                ]
            case _:
                return []

    def _rest(
        self, inner: ir.Schema, a: ir.Assertion, k: str, x: str, p: str, way: Way
    ) -> Lines:
        """Statements for a property that nothing else covers."""
        path = f"child({p}, {k})"
        if walk.find(inner, ir.Never):
            unevaluated = isinstance(a, ir.UnevaluatedProperties)
            key = "unevaluatedProperties" if unevaluated else "additionalProperties"
            return way.fail(x, path, key, "is a property the schema does not know")
        return self.apply(inner, x, path, way)

    # --- applicators in place --------------------------------------------------------

    def _in_place(
        self, schema: ir.Schema, a: ir.Assertion, v: str, p: str, way: Way
    ) -> Lines:
        match a:
            case ir.Ref(target):
                return self.apply(self.module.schemas[target], v, p, way)
            case ir.AllOf(schemas):
                return [line for s in schemas for line in self.apply(s, v, p, way)]
            case ir.AnyOf() | ir.OneOf():
                return self._union(schema, a, v, p, way)
            case ir.Not(inner):
                failing = way.fail(v, p, "not", "is what the schema excludes")
                answer = self.answer(inner, v)
                return [] if answer == "False" else block(f"if {answer}:", failing)
            case ir.IfThenElse(condition, then, otherwise):
                return self._conditional(condition, then, otherwise, v, p, way)
            case _:
                return []

    def _conditional(
        self,
        condition: ir.Schema,
        then: ir.Schema | None,
        otherwise: ir.Schema | None,
        v: str,
        p: str,
        way: Way,
    ) -> Lines:
        yes = [] if then is None else self.apply(then, v, p, way)
        no = [] if otherwise is None else self.apply(otherwise, v, p, way)
        answer = self.answer(condition, v)
        if yes:
            return block(f"if {answer}:", yes) + (block("else:", no) if no else [])
        return block(f"if not {answer}:", no) if no else []

    def _union(
        self, schema: ir.Schema, a: ir.AnyOf | ir.OneOf, v: str, p: str, way: Way
    ) -> Lines:
        key = "anyOf" if isinstance(a, ir.AnyOf) else "oneOf"
        hint = schema.annotations.discriminator
        found = dispatch_of(self.module, a, hint)
        if found is not None:
            return self._dispatched(schema, found, key, v, p, way)
        answers = [self.answer(inner, v) for inner in a.schemas]
        none = "matches none of the alternatives"
        if key == "anyOf":
            if "True" in answers:
                return []
            test = f"if not ({' or '.join(answers)}):"
            return block(test, way.fail(v, p, key, none))
        n = self.fresh("n")
        count = f"{n} = [{', '.join(answers)}].count(True)"
        if not way.collecting:
            return [count, f"if {n} != 1:", "    return False"]
        many = "matches more than one of the alternatives"
        return [
            count,
            *block(f"if {n} == 0:", way.fail(v, p, key, none)),
            *block(f"elif {n} > 1:", way.fail(v, p, key, many)),
        ]

    def _dispatched(
        self, schema: ir.Schema, found: Dispatch, key: str, v: str, p: str, way: Way
    ) -> Lines:
        """A union that the value itself decides: only one branch is looked at."""
        lines: Lines = []
        word = "if"
        by_branch: dict[ir.SchemaId, tuple[ir.Schema, list[str]]] = {}
        for name, branch in found.by_type.items():
            by_branch.setdefault(branch.id, (branch, []))[1].append(name)
        type_ = walk.find(schema, ir.Type)
        for branch, types in by_branch.values():
            if (
                not way.collecting
                and type_
                and not any(_admits(type_, t) for t in types)
            ):
                continue  # such values have been turned away already
            body = self.apply(branch, v, p, way)
            lines += block(f"{word} {cond.is_type(tuple(types), v)}:", body)
            word = "elif"
        if found.objects is not None:
            body = self._tagged(schema, found.objects, key, v, p, way)
            lines += block(f"{word} {v}.__class__ is dict:", body)
            word = "elif"
        why = "matches none of the alternatives"
        failing = way.fail(v, p, key, why)
        if found.nullable:
            return lines + block(f"{word} {v} is not None:", failing)
        return lines + block("else:", failing)

    def _tagged(
        self,
        schema: ir.Schema,
        tagged: tags.Tagged,
        key: str,
        v: str,
        p: str,
        way: Way,
    ) -> Lines:
        """Branches told apart by a property: `if` for few, a table for many."""
        t = self.fresh("t")
        lines = [f"{t} = {v}.get({literal(tagged.property)})"]
        by_case: dict[int, tuple[ir.Schema | tags.Tagged, list[str]]] = {}
        for value, case in tagged.cases.items():
            by_case.setdefault(id(case), (case, []))[1].append(value)
        word = "if"
        for case, values in by_case.values():
            if isinstance(case, tags.Tagged):
                body = self._tagged(schema, case, key, v, p, way)
            else:
                body = self.apply(case, v, p, way)
            tests = " or ".join(f"{t} == {literal(value)}" for value in values)
            lines += block(f"{word} {tests}:", body)
            word = "elif"
        shown = ", ".join(list(tagged.cases)[:6])
        more = ", …" if len(tagged.cases) > 6 else ""
        why = f"has no {tagged.property} of {shown}{more}"
        return lines + block("else:", way.fail(v, p, key, why))


def _admits(type_: ir.Type, name: str) -> bool:
    return name in type_.types or (name == "number" and "integer" in type_.types)


def _set(names: tuple[str, ...]) -> str:
    return "{" + ", ".join(literal(name) for name in names) + "}"
