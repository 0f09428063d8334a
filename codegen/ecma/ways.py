"""Ways through the places of a pattern, and the places that lead to each other."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.ecma.positions import Positions


def letter_of(made: Positions, mask: int) -> str:
    """A character of a set; nothing if it is empty."""
    return made.alphabet[(mask & -mask).bit_length() - 1] if mask else ""


def way(
    made: Positions,
    starts: list[int],
    goal: int,
    inside: set[int] | None,
    here: int | None = None,
) -> str:
    """A text that leads to a place, by one of some that come first; nothing for one
    who is there."""
    if here == goal:
        return ""
    before: dict[int, int | None] = dict.fromkeys(starts)
    pending = list(before)
    for place in pending:
        if place == goal:
            break
        for after in made.follow[place]:
            if after not in before and (inside is None or after in inside):
                before[after] = place
                pending.append(after)
    word = ""
    step: int | None = goal if goal in before else None
    while step is not None:
        word = letter_of(made, made.masks[step]) + word
        step = before[step]
    return word


def components(made: Positions) -> Iterator[list[int]]:
    """The places that lead to each other or to themselves, each set once."""
    order: list[int] = []
    seen: set[int] = set()
    for root in range(len(made.follow)):
        stack = [(root, iter(made.follow[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            place, targets = stack[-1]
            target = next((t for t in targets if t not in seen), None)
            if target is None:
                order.append(place)
                stack.pop()
            else:
                seen.add(target)
                stack.append((target, iter(made.follow[target])))
    backwards: list[list[int]] = [[] for _ in made.follow]
    for place, follow in enumerate(made.follow):
        for target in follow:
            backwards[target].append(place)
    assigned: set[int] = set()
    for root in reversed(order):
        if root in assigned:
            continue
        assigned.add(root)
        component = [root]
        for place in component:
            for source in backwards[place]:
                if source not in assigned:
                    assigned.add(source)
                    component.append(source)
        if len(component) > 1 or root in made.follow[root]:
            yield sorted(component)
