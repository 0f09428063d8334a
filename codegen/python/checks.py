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

from codegen.ir import facts, walk
from codegen.ir import model as ir
from codegen.python import check_arrays, check_objects, check_unions, evaluated
from codegen.python import conditions as cond
from codegen.python.check_ways import ANSWER, COLLECT, Way
from codegen.python.lines import Lines, block
from codegen.python.names import Names


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

    def apply(
        self, schema: ir.Schema, v: str, p: str, way: Way, sure: str = ""
    ) -> Lines:
        """Statements that apply a subschema to a value: in place if it is small.

        `sure` is the JSON type that the value is known to have.
        """
        if cond.is_true(schema, self.formats):
            return []
        if cond.is_leaf(schema):
            return self.statements(schema, v, p, way, sure)
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

    def statements(
        self, schema: ir.Schema, v: str, p: str, way: Way, sure: str = ""
    ) -> Lines:
        """Statements for all assertions of a schema."""
        if any(isinstance(a, ir.Never) for a in schema.assertions):
            return way.fail(v, p, "false", "is not allowed here")
        lines = self._typed(schema, v, p, way, sure)
        for assertion in schema.assertions:
            lines += self._in_place(schema, assertion, v, p, way)
        return lines

    def _typed(self, schema: ir.Schema, v: str, p: str, way: Way, sure: str) -> Lines:
        """The type, the enumeration, and what holds for values of one type only."""
        groups = {
            "string": self.tests(
                cond.string_conditions(schema, v, self.formats), v, p, way
            ),
            "number": self.tests(cond.number_conditions(schema, v), v, p, way),
            "array": check_arrays.statements(self, schema, v, p, way),
            "object": check_objects.statements(self, schema, v, p, way),
        }
        groups = {name: body for name, body in groups.items() if body}
        lines: Lines = []
        known = cond.only_type(schema)
        type_ = walk.find(schema, ir.Type)
        if type_ is not None and sure in type_.types:
            lines, groups = groups.get(sure, []), {}
        elif type_ is not None:
            test = cond.type_condition(type_, v)
            failing = way.fail(v, p, test.keyword, test.why)
            # A number that is no integer can still be too large.
            whole = known == "integer" and not way.collecting
            group = groups.pop("number" if whole else known or "", [])
            other = _beside_null(type_)
            if other in groups:
                # In this order a checker does not take the value for null.
                head = f"if {cond.is_type((other,), v)}:"
                lines += block(head, groups.pop(other))
                lines += block(f"elif {v} is not None:", failing)
            else:
                lines += block(f"if {test.failing}:", failing)
            if group:
                lines += block("else:", group) if way.collecting else group
        for name, body in groups.items():
            # Of a value of the wrong type, too, everything that is wrong is said.
            possible = type_ is None or cond.admits(type_, name)
            if possible or way.collecting:
                lines += block(f"if {cond.is_type((name,), v)}:", body)
        enum = walk.find(schema, ir.Enum)
        if enum is not None:
            lines += self.tests([cond.enum_condition(enum, v)], v, p, way)
        return lines

    def tests(self, tests: list[cond.Condition], v: str, p: str, way: Way) -> Lines:
        lines: Lines = []
        for test in tests:
            failing = way.fail(v, p, test.keyword, test.why)
            lines += block(f"if {test.failing}:", failing)
        return lines

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
                return check_unions.statements(self, schema, a, v, p, way)
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


def _beside_null(type_: ir.Type) -> str | None:
    """The one type that is allowed, null aside."""
    rest = [name for name in type_.types if name != "null"]
    return rest[0] if len(rest) == 1 else None
