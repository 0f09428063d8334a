"""Classes of nodes that lead to nodes of equal classes."""

from __future__ import annotations

import random

from codegen.compat.normal.partition import coarsest

Labels = dict[int, str]
Edges = dict[int, tuple[int, ...]]


def naive(labels: Labels, edges: Edges) -> list[int]:
    """The same by taking everything apart until nothing changes."""
    current: dict[int, object] = dict(labels)
    for _ in labels:
        table: dict[object, int] = {}
        for node in labels:
            table.setdefault((current[node], *map(current.get, edges[node])), node)
        current = {
            node: table[current[node], *map(current.get, edges[node])]
            for node in labels
        }
    return [
        min(other for other in labels if current[other] == current[n]) for n in labels
    ]


def test_it_is_what_taking_everything_apart_comes_to() -> None:
    chance = random.Random(1)
    for _ in range(300):
        size = chance.randint(1, 12)
        labels = {n: chance.choice("abc") for n in range(size)}
        degrees = {label: chance.randint(0, 3) for label in "abc"}
        edges = {
            n: tuple(chance.randrange(size) for _ in range(degrees[labels[n]]))
            for n in range(size)
        }
        assert coarsest(labels, edges) == naive(labels, edges)


def test_a_chain_takes_no_step_of_each_from_each() -> None:
    count = 20_000
    labels = {n: "end" if n == count else "link" for n in range(count + 1)}
    edges = {n: (n + 1,) if n < count else () for n in range(count + 1)}
    assert coarsest(labels, edges) == list(range(count + 1))
