"""Yes-or-no checks and constraints have one meaning: each keyword is read by both."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.ir import model as ir
from codegen.python import conditions as cond
from codegen.python.checks.constraints import Constraints
from codegen.python.emit import printer, tree
from codegen.python.model.names import Names
from codegen.python.model.typed_texts import NONE as NO_FORMATS
from codegen.runtime import _linear, _rules, checks
from codegen.runtime import constraints as judging
from tests.sweeps import many

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-4, 4)
    | st.sampled_from([2**53, 2**53 + 1, 10**23, -(2**63), 2**64, 10**400])
    | st.sampled_from([0.0, 0.1, 0.3, 1.5, -2.0, 1e23, 2.0**53, 9007199254740994.0])
    | st.text("aab1\n", max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3),
    max_leaves=4,
)

ASSERTIONS: list[ir.Assertion] = [
    *(ir.Type((name,)) for name in ir.JSON_TYPES),
    ir.Type(("null", "integer")),
    ir.Enum((1, "a", None)),
    ir.Enum((True,), "const"),
    ir.Enum((1e23, 2**53 + 1, [1], {"a": 1})),
    ir.Minimum(1),
    ir.Minimum(1, exclusive=True),
    ir.Minimum(1e23),
    ir.Maximum(2**53 + 1),
    ir.Maximum(1.5),
    ir.Maximum(1.5, exclusive=True),
    ir.Maximum(10**400),
    ir.MultipleOf(0.1),
    ir.MultipleOf(3),
    ir.MinLength(2),
    ir.MaxLength(2),
    ir.Pattern("^a+$"),
    ir.Pattern("(a|a)*b$"),
    ir.Pattern(r"(a+)+\1b"),
    ir.MinItems(1),
    ir.MaxItems(1),
    ir.UniqueItems(),
    ir.MinProperties(1),
    ir.MaxProperties(1),
]


MODULE = ir.Module("", "", "", (), {}, {})
RULES = Constraints(MODULE, Names(MODULE, {}, {}, frozenset()), NO_FORMATS, frozenset())


def schema_of(assertion: ir.Assertion) -> ir.Schema:
    return ir.Schema(ir.SchemaId("#"), ir.Location("", ""), (assertion,))


def breaks(assertion: ir.Assertion, value: Any) -> bool:
    """What conditions say."""
    v = tree.Name("v")
    match assertion:
        case ir.OnArrays():
            found = cond.array_conditions(assertion, v)
            applies = isinstance(value, list)
        case ir.OnObjects():
            found = cond.object_conditions(assertion, v)
            applies = isinstance(value, dict)
        case _:
            found, applies = cond.leaf_conditions(schema_of(assertion), v), True
    names = {**vars(checks), "matches_linear": _linear.matches_linear, "v": value}
    texts = [printer.expression(test.failing) for test in found]
    return applies and any(eval(text, names) for text in texts)


def violated(assertion: ir.Assertion, value: Any) -> bool:
    """What constraints say."""
    written = printer.expression(RULES.written(schema_of(assertion)))
    names = {**vars(_rules), "matches_linear": _linear.matches_linear}
    rules = {"rule": eval(written, names)}
    package = SimpleNamespace(CONSTRAINTS=rules, CIRCULAR=[], MEANINGS={})
    return bool(judging.violations(package, "rule", value))


@pytest.mark.parametrize("assertion", ASSERTIONS, ids=str)
def test_conditions_and_constraints_agree(assertion: ir.Assertion) -> None:
    @settings(max_examples=many(20, 200), deadline=None)
    @given(VALUES)
    def agree(value: Any) -> None:
        assert breaks(assertion, value) == violated(assertion, value)

    agree()
