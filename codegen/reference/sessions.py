"""How a session goes: who sends what on a channel, and what rules hold meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from codegen.ir import model as ir
from codegen.python.model.package import Package
from codegen.reference.entries import EVENTS, Item
from codegen.reference.prose import blocks
from codegen.reference.views import Lane, Part, Rule


def lanes(
    sections: dict[str, list[Item]], way: Callable[[str], str]
) -> tuple[Lane, ...]:
    """The events of each direction, with ways to them."""
    return tuple(
        Lane(title, tuple(Part(i.tag, way(i.anchor)) for i in sections[section]))
        for section, title in EVENTS.values()
        if section in sections
    )


def rules(package: Package, way: Callable[[str], str]) -> tuple[Rule, ...]:
    """The rules over the life of a session."""
    tags = {
        tag: str(package.names.of(branch.id))
        for table in reversed(package.all_tables)
        for tag, branch in table.entries()
    }

    def shown(condition: ir.EventCondition) -> tuple[Part, ...]:
        found: list[Part] = []
        for tag in condition.tags:
            found += [Part(", ")] if found else []
            found.append(Part(tag, way(tags[tag]) if tag in tags else ""))
        return (*found, *([Part(" with certain values")] if condition.where else []))

    def steps(rule: ir.SessionRule) -> Iterator[tuple[str, tuple[Part, ...]]]:
        yield "After", shown(rule.after)
        if rule.until is not None:
            yield "Until", shown(rule.until)
        if rule.forbid is not None:
            yield "Forbidden", shown(rule.forbid)
        for tag, pointer in rule.frozen.items():
            place = pointer.replace("/", ".").lstrip(".")
            held = (Part(tag, way(tags[tag]) if tag in tags else ""), Part(f" {place}"))
            yield "Must not change", held

    return tuple(
        Rule(rule.name, blocks(rule.description), tuple(steps(rule)))
        for rule in package.module.session_rules
    )
