"""The coarsest partition of a graph in which equal nodes lead to equal nodes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def coarsest(labels: Mapping[K, Hashable], edges: Mapping[K, Sequence[K]]) -> list[K]:
    """For each node, in the order of `labels`, the node that stands for its class: two
    are of one class where their labels are equal and their edges lead, each in its
    place, to nodes of one class. Equal labels have the same number of edges.

    This is Hopcroft's algorithm: a class is taken apart by what leads into the smaller
    part of another, so a node is looked at a logarithmic number of times, however
    long the chains are.
    """
    nodes = list(labels)
    number = {node: n for n, node in enumerate(nodes)}
    into: list[list[tuple[int, int]]] = [[] for _ in nodes]
    for node, targets in edges.items():
        for place, target in enumerate(targets):
            into[number[target]].append((place, number[node]))
    found = _Partition([labels[node] for node in nodes])
    while found.pending:
        by_place: dict[int, list[int]] = {}
        for member in found.members[found.pending.popitem()[0]]:
            for place, source in into[member]:
                by_place.setdefault(place, []).append(source)
        for sources in by_place.values():
            found.split(sources)
    least = [nodes[min(members)] for members in found.members]
    return [least[n] for n in found.of]


class _Partition:
    """Numbers of nodes in classes; `pending` are the classes by which others are still
    to be split."""

    def __init__(self, labels: Iterable[Hashable]) -> None:
        numbers: dict[Hashable, int] = {}
        self.of = [numbers.setdefault(label, len(numbers)) for label in labels]
        self.members: list[set[int]] = [set() for _ in numbers]
        for node, its in enumerate(self.of):
            self.members[its].add(node)
        self.pending = dict.fromkeys(range(len(numbers)))

    def split(self, nodes: Iterable[int]) -> None:
        """Take each class apart into those among some nodes and the others."""
        among: dict[int, set[int]] = {}
        for node in nodes:
            among.setdefault(self.of[node], set()).add(node)
        for its, part in among.items():
            whole = self.members[its]
            if len(part) == len(whole):
                continue
            smaller = part if 2 * len(part) <= len(whole) else whole - part
            whole -= smaller
            self.pending[len(self.members)] = None
            for node in smaller:
                self.of[node] = len(self.members)
            self.members.append(smaller)
