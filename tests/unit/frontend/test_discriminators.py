"""What discriminators assert once a document has been read."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.ir.accepts import accepts
from tests.memory import MemoryReader

OPENAPI = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths: {}
components:
  schemas:
"""


def read(
    text: str, include: tuple[str, ...] = (), head: str = OPENAPI, **files: str
) -> ir.Module:
    names = {name.replace("__", "."): content for name, content in files.items()}
    reader = MemoryReader({"spec.yaml": head + text, **names})
    report = Report()
    module = load("spec.yaml", Options(include=include), report, reader=reader).module
    assert len(report) == 0, [str(problem) for problem in report]
    return module


def keys(module: ir.Module, name: str) -> dict[Any, str]:
    """The tags of a union with the names of what they stand for."""
    decided = tags.tagged(module, module.named(name))
    assert decided is not None
    names = module.names_by_id()
    return {
        tag: names[facts.plain(module, case).id]
        for tag, case in decided.cases.items()
        if isinstance(case, ir.Schema)
    }


BRANCHES = """\
    A: {type: object, required: [t], properties: {t: {type: string}}}
    B: {type: object, required: [t], properties: {t: {type: string}}}
    C: {type: object, required: [t], properties: {t: {enum: [c, C]}}}
"""


@pytest.mark.parametrize(
    ("mapping", "found"),
    [
        ("", {"A": "A", "B": "B", "c": "C", "C": "C"}),
        ("a: A", {"a": "A", "B": "B", "c": "C", "C": "C"}),
        ("B: A, A: B", {"B": "A", "A": "B", "c": "C", "C": "C"}),
        ("a1: A, a2: '#/components/schemas/A'", {"a1": "A", "a2": "A", "B": "B"}),
        ("c: A", {"c": "A", "B": "B", "C": "C"}),
        ("c: C", {"A": "A", "B": "B", "c": "C"}),
        # It contradicts the schema, which is right; `lint` names it.
        ("no: C", {"A": "A", "B": "B", "c": "C", "C": "C"}),
    ],
)
@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_tags_of_branches(mapping: str, found: dict[str, str], keyword: str) -> None:
    refs = ", ".join(f"{{$ref: '#/components/schemas/{n}'}}" for n in "ABC")
    text = f"""{BRANCHES}
    U:
      {keyword}: [{refs}]
      discriminator: {{propertyName: t, mapping: {{{mapping}}}}}
"""
    module = read(text)
    assert found.items() <= keys(module, "U").items()
    union = module.named("U")
    for tag in (*found, "none"):
        assert accepts(module, union, {"t": tag}) is (tag in keys(module, "U"))
    # Alone a branch keeps its own meaning.
    assert accepts(module, module.named("A"), {"t": "none"})


def test_what_is_no_named_branch_is_left_as_it_is() -> None:
    module = read(f"""{BRANCHES}
    Inner: {{oneOf: [{{$ref: '#/components/schemas/C'}}]}}
    U:
      anyOf:
        - $ref: '#/components/schemas/A'
        - $ref: '#/components/schemas/Inner'
        - {{type: object, required: [t], properties: {{t: {{const: here}}}}}}
        - {{type: 'null'}}
      discriminator: {{propertyName: t}}
""")
    union = module.named("U")
    for value in (None, {"t": "A"}, {"t": "c"}, {"t": "here"}):
        assert accepts(module, union, value)
    assert not accepts(module, union, {"t": "Inner"})


BASE = """\
    Base: {type: object, required: [t], properties: {t: {type: string}},
      discriminator: {propertyName: t}}
    Child: {allOf: [{$ref: '#/components/schemas/Base'},
      {required: [x], properties: {x: {$ref: '#/components/schemas/Base'}}}]}
    Grandchild: {allOf: [{$ref: '#/components/schemas/Child'},
      {required: [y]}]}
    Wrapped: {allOf: [{$ref: '#/components/schemas/Base'}], description: The same.}
    Holder: {properties: {b: {$ref: '#/components/schemas/Wrapped'}}}
"""

FAMILY = {"Base": "Base", "Child": "Child", "Grandchild": "Grandchild"}


@pytest.mark.parametrize("include", [(), ("Holder",), ("Base",)])
def test_a_base_stands_for_its_children(include: tuple[str, ...]) -> None:
    module = read(BASE, include)
    if "Base" in module.names:
        assert keys(module, "Base") == FAMILY
    if "Holder" in module.names:
        holder = module.named("Holder")
        inner = {"t": "Child", "x": {"t": "Base"}}
        assert accepts(module, holder, {"b": inner})
        assert accepts(module, holder, {"b": {"t": "Grandchild", "x": inner, "y": 1}})
        assert not accepts(module, holder, {"b": {"t": "Child"}})
        assert not accepts(module, holder, {"b": {"t": "Wrapped"}})
        assert not accepts(module, holder, {"b": {"t": "Child", "x": {"t": "?"}}})


def test_a_base_of_asyncapi() -> None:
    head = """\
asyncapi: 3.0.0
info: {title: T, version: "1"}
channels:
  c: {address: c, messages: {m: {payload: {$ref: '#/components/schemas/Base'}}}}
operations: {o: {action: send, channel: {$ref: '#/channels/c'}}}
components:
  schemas:
"""
    text = BASE.replace("{propertyName: t}", "t")
    module = read(text, head=head)
    assert keys(module, "Base") == FAMILY
    assert module.messages[0].payload == module.names["Base"]


def test_a_union_of_a_base_and_its_children_means_the_base_alone() -> None:
    module = read(f"""{BASE}
    U: {{oneOf: [{{$ref: '#/components/schemas/Base'}},
      {{$ref: '#/components/schemas/Child'}}]}}
""")
    assert keys(module, "U") == {"Base": "Base", "Child": "Child"}
    assert accepts(module, module.named("U"), {"t": "Base"})
    assert accepts(module, module.named("U"), {"t": "Child", "x": {"t": "Base"}})


def test_children_in_other_files() -> None:
    base = "spec.yaml#/components/schemas/Base"
    other = f"Child: {{allOf: [{{$ref: '{base}'}}, {{required: [z]}}]}}"
    module = read(
        """\
    Base: {type: object, properties: {t: {type: string}},
      discriminator: {propertyName: t, mapping: {c: 'other.yaml#/Child'}}}
""",
        other__yaml=other,
    )
    assert accepts(module, module.named("Base"), {"t": "c", "z": 1})
    assert not accepts(module, module.named("Base"), {"t": "c"})


@pytest.mark.parametrize(
    ("kind", "mapping", "good", "bad"),
    [
        ("integer", "'1': A, '2': B", [1, 2, 1.0], ["1", True, 3]),
        ("boolean", "'true': A, 'false': B", [True, False], [1, 0, "true"]),
        ("number", "'-1': A, '2': B", [-1, 2], [True, "2"]),
    ],
)
def test_keys_of_a_mapping_mean_values(
    kind: str, mapping: str, good: list[Any], bad: list[Any]
) -> None:
    module = read(f"""\
    A: {{type: object, required: [t], properties: {{t: {{type: {kind}}}}}}}
    B: {{type: object, required: [t], properties: {{t: {{type: {kind}}}}}}}
    U:
      oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}]
      discriminator: {{propertyName: t, mapping: {{{mapping}}}}}
""")
    union = module.named("U")
    assert all(accepts(module, union, {"t": tag}) for tag in good)
    assert not any(accepts(module, union, {"t": tag}) for tag in bad)
