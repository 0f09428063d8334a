"""Which schemas have one digest of what they say of values."""

from __future__ import annotations

import pickle

import pytest

from codegen.ir import model as ir
from codegen.ir.likeness import Likeness

SchemaId = ir.SchemaId


def schema(name: str, *assertions: ir.Assertion, **said: object) -> ir.Schema:
    annotations = ir.Annotations(**said)  # type: ignore[arg-type]  # as a test gives it
    return ir.Schema(SchemaId(name), ir.Location("", name), assertions, annotations)


def alike(*schemas: ir.Schema) -> bool:
    """Whether the first two schemas of a module have one digest; only these have
    names."""
    names = {str(one.id): one.id for one in schemas[:2]}
    module = ir.Module("", "", "", (), {one.id: one for one in schemas}, names)
    likeness = Likeness(module)
    return likeness.of(schemas[0]) == likeness.of(schemas[1])


def ref(name: str) -> ir.Ref:
    return ir.Ref(SchemaId(name), name)


def test_names_places_and_words_for_people_do_not_count() -> None:
    inner = {"p": schema("a/p", ir.MinLength(1))}, {"p": schema("b/p", ir.MinLength(1))}
    one, other = map(ir.Properties, inner)
    assert alike(schema("a", one, title="A"), schema("b", other, description="B"))


def test_what_is_said_of_values_counts_to_the_letter() -> None:
    for one, other in ((1, 1.0), (1, True), (0.0, -0.0), ("1", 1), ("", None)):
        assert not alike(schema("a", ir.Enum((one,))), schema("b", ir.Enum((other,))))
    assert not alike(schema("a", examples=("x",)), schema("b", examples=("y",)))
    order, opposite = ({"p": 1, "q": 2}, {"q": 2, "p": 1})
    assert not alike(schema("a", extensions=order), schema("b", extensions=opposite))


def test_where_references_lead_counts_however_far() -> None:
    ends = schema("x", ir.MinLength(1)), schema("y", ir.MinLength(2))
    same = schema("x", ir.MinLength(1)), schema("y", ir.MinLength(1))
    between = schema("m", ref("x")), schema("n", ref("y"))
    one, other = schema("a", ref("m")), schema("b", ref("n"))
    assert alike(one, other, *between, *same)
    assert not alike(one, other, *between, *ends)


def test_who_is_met_again_counts() -> None:
    both = schema("x", ir.MinLength(1)), schema("y", ir.MinLength(1))
    one = schema("a", ir.AllOf((schema("a/0", ref("x")), schema("a/1", ref("x")))))
    other = schema("b", ir.AllOf((schema("b/0", ref("x")), schema("b/1", ref("y")))))
    assert not alike(one, other, *both)
    assert alike(schema("a", ref("a")), schema("b", ref("b")))
    assert not alike(schema("a", ref("a")), schema("b", ref("a")))


def circle(name: str, size: int, last: int) -> list[ir.Schema]:
    """Schemas that each lead to the next, and the last to the first."""
    found = []
    for number in range(size):
        following = ref(f"{name}{(number + 1) % size}")
        limit = ir.MinLength(last if number == size - 1 else 1)
        found.append(schema(f"{name}{number}", limit, following))
    return found


@pytest.mark.parametrize("size", [2, 3, 40])
def test_circles_are_alike_by_all_that_is_in_them(size: int) -> None:
    one, same, other = (
        circle(*n) for n in (("a", size, 2), ("b", size, 2), ("c", size, 3))
    )
    assert alike(one[0], same[0], *one[1:], *same[1:])
    assert not alike(one[0], other[0], *one[1:], *other[1:])
    assert not alike(one[0], one[1], *one[2:])


def test_who_is_met_again_in_circles_counts() -> None:
    # All of them say the same; one has two in its circle, the other three.
    two, three = circle("a", 2, 1), circle("b", 3, 1)
    assert not alike(two[0], three[0], *two[1:], *three[1:])
    assert alike(two[0], two[1])


def test_a_chain_is_not_walked_from_each_of_its_schemas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def walked(*_: object) -> str:
        raise AssertionError("all that follow are met from each")

    monkeypatch.setattr(Likeness, "_in_order", walked)
    count = 1_000
    chain = [
        schema(f"a{n}", ir.MinLength(n), *[ref(f"a{n + 1}")] * (n < count - 1))
        for n in range(count)
    ]
    module = ir.Module("", "", "", (), {one.id: one for one in chain}, {})
    likeness = Likeness(module)
    assert len({likeness.of(one) for one in chain}) == count


def test_what_one_process_has_found_is_known_to_another() -> None:
    circle = schema("x", ref("y")), schema("y", ref("x"), ir.MinLength(1))
    both = schema("a", ref("x")), schema("b", ref("x"))
    every = (*both, *circle)
    names = {str(one.id): one.id for one in every[:3]}
    module = ir.Module("", "", "", (), {one.id: one for one in every}, names)
    found = pickle.loads(pickle.dumps(Likeness(module).found()))
    given = Likeness.given(module, found)
    for one in (*every, schema("c", ref("y"))):
        assert given.of(one) == Likeness(module).of(one)
