"""Components as they are written, with what they refer to in other files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from codegen.frontend.components import last_token
from codegen.frontend.context import Context
from codegen.frontend.resources import Place
from codegen.frontend.whole import Wholes
from codegen.ir import model as ir
from codegen.ir import operations as ops


class Components(Wholes):
    """Keeps values of one specification, in which components are called by name."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.lowering)
        self._context = context

    def component(self, entry: Place) -> ops.Component:
        """A component, or what stands for it in another file."""
        once = self._context.follow_once(entry, quiet=True)
        away = once is not None and not self.is_at_home(once)
        end = self._context.follow(entry, quiet=True) if away else None
        found = end or entry
        return ops.Component(self._context.lowering.location(found), self.value(found))

    def key(self, place: Place) -> str | None:
        """The key of the component that stands at a place, or for which it stands; None
        where that is none."""
        found = self.components.get(self._context.lowering.location(place))
        return None if found is None else last_token(found.pointer)

    @cached_property
    def components(self) -> Mapping[ir.Location, Place]:
        """The entry of each component, by where the component stands."""
        context = self._context
        found: dict[ir.Location, Place] = {}
        for kind, entries in context.members(context.place("components")):
            for _, entry in () if kind.startswith("x-") else context.entries(entries):
                end = context.follow(entry, quiet=True)
                if end is not None:
                    found.setdefault(context.lowering.location(end), entry)
        return found
