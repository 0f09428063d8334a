"""Places at which nothing can be written, because a document would never end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form, Node
from codegen.compat.normal.normalise import Side, TooManyForms, is_never

_VISITS: Final = 200
"""Places that are looked at for one question."""
_ITEMS: Final = 20

_Key = tuple[str, ...]


@dataclass(slots=True)
class Emptiness:
    """Which places of one side need a document of themselves inside every document.

    Such a document would be infinite, so there is none. What is not looked at, because
    there is too much of it, is taken for something that can be written.
    """

    side: Side
    _known: dict[_Key, bool] = field(default_factory=dict)
    _running: set[_Key] = field(default_factory=set)
    _left: int = 0

    def of(self, node: Node) -> bool:
        """Whether there is no document of a place."""
        key = forms.node_key(node)
        if key not in self._known:
            self._left = _VISITS
            self._running.clear()
            self._known[key] = not self._inhabited(node)
        return self._known[key]

    def _inhabited(self, node: Node) -> bool:
        """Whether a place has a document without one of the places that are being
        looked at, of which a smallest document is never a part."""
        key = forms.node_key(node)
        if key in self._running or is_never(node):
            return False
        self._left -= 1
        if self._left < 0 or self._known.get(key) is False:
            return True
        self._running.add(key)
        try:
            return any(self._writable(form) for form in self.side.expand(node).all())
        except TooManyForms:
            return True
        finally:
            self._running.discard(key)

    def _writable(self, form: Form) -> bool:
        if form.values is not None:
            return True
        match form.facets:
            case forms.Object() as facets:
                needed = (self.side.member(facets, name) for name in facets.required)
                return all(map(self._inhabited, needed))
            case forms.Array() as array:
                count = min(array.minimum, len(array.prefix) + 1, _ITEMS)
                return all(
                    self._inhabited(forms.item_node(array, index))
                    for index in range(count)
                )
            case _:
                return True
