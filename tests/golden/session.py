"""`x-session-rules` read plainly: the definition as a program, however slow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from codegen.ir import model as ir
from codegen.oracle import Oracle

_NOTHING = object()


@dataclass
class _State:
    rule: ir.SessionRule
    active: bool = False
    seen: list[Any] = field(default_factory=list)


class ReferenceSession:
    """Observes the events of one session in order."""

    def __init__(self, module: ir.Module, oracle: Oracle) -> None:
        self._oracle = oracle
        self._states = [_State(rule) for rule in module.session_rules]

    def observe(self, event: dict[str, Any]) -> list[tuple[str, str]]:
        """The rules that an event violates, each with the pointer of what is wrong."""
        found = []
        for state in self._states:
            rule = state.rule
            if self._meets(event, rule.until):
                state.active = False
            if state.active and self._meets(event, rule.forbid):
                found.append((rule.name, ""))
            pointer = rule.frozen.get(event["type"])
            value = _NOTHING if pointer is None else resolve(event, pointer)
            if pointer is not None and value is not _NOTHING:
                if state.active and state.seen and state.seen != [value]:
                    found.append((rule.name, pointer))
                else:
                    state.seen = [value]
            if self._meets(event, rule.after):
                state.active = True
        return found

    def _meets(self, event: dict[str, Any], wanted: ir.EventCondition | None) -> bool:
        if wanted is None or event["type"] not in wanted.tags:
            return False
        return wanted.where is None or self._oracle.valid(wanted.where, event)


def resolve(value: Any, pointer: str) -> Any:
    """What a JSON Pointer finds in objects, or `_NOTHING`."""
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        if not isinstance(value, dict) or name not in value:
            return _NOTHING
        value = value[name]
    return value
