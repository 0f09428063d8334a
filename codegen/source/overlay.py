"""OpenAPI Overlay 1.0 and 1.1: corrections to a specification that one does not own.

An action selects places by JSONPath (RFC 9535) and removes them or merges a value
into them, which it holds itself or, from 1.1 on, which stands elsewhere (`copy`). What
an overlay adds is shown where the overlay says it, and what it copies where it says so;
what stays keeps its line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codegen.diagnostics import Report, Severity
from codegen.source import pointer as pointers
from codegen.source import positions
from codegen.source.document import Document
from codegen.source.limits import MAX_DEPTH, MAX_NODES
from codegen.source.node import Json, Node
from codegen.source.selection import Exhausted, Parts, SelectionError, Steps, select

EXTENDS: Final = "x-extends"
"""The key by which an action names the document that it changes, if that is not the
overlay's. It is a path relative to the folder of the specification. So one overlay can
mend a specification of several files."""


def extended(overlay: Document) -> list[str]:
    """The documents that single actions of an overlay name, each once."""
    actions = overlay.data.get("actions") if isinstance(overlay.data, dict) else None
    names = [
        action[EXTENDS]
        for action in (actions if isinstance(actions, list) else ())
        if isinstance(action, dict) and isinstance(action.get(EXTENDS), str)
    ]
    return list(dict.fromkeys(names))


def apply(
    document: Document,
    overlay: Document,
    report: Report,
    extends: str = "",
    steps: Steps | None = None,
) -> None:
    """Apply the actions of an overlay to a document, in order: those that name it by
    `extends`, or name none. `steps` is what is left to all overlays together."""
    actions = [
        (index, action)
        for index, action in enumerate(_actions(overlay, report))
        if not isinstance(action, dict) or action.get(EXTENDS, "") == extends
    ]
    if not actions:
        return
    size, _ = _extent(document.data)
    values, root = _copied(document.data), positions.copied(document.root)
    target = _Target(values, root, size, steps or Steps())
    if overlay.path:
        target.first = document.graft(overlay)
    for index, action in actions:
        place = _Place(overlay, f"/actions/{index}", report, document.path)
        try:
            _apply(target, action, place)
        except _TooMuch as error:
            # What follows would be done to a document that nobody gets.
            place.problem(error.member, str(error))
            break
    document.replace(target.data, target.node)


def of_a_folder(overlay: Document, report: Report) -> None:
    """Warn of the first action that names no document, if the specification is a
    folder, which has no document of its own."""
    for index, action in enumerate(_actions(overlay, report)):
        if not isinstance(action, dict) or EXTENDS not in action:
            message = (
                "a folder has no document of its own: `extends` of the overlay, or "
            )
            message += f"`{EXTENDS}` of the action, names the file that this is about"
            place = _Place(overlay, f"/actions/{index}", report)
            place.problem("", message, Severity.WARNING)
            return


class _TooMuch(Exception):
    """What an action makes goes beyond the limits for documents, or what it looks for
    beyond those for overlays. `member` is its key that says so."""

    def __init__(self, member: str, message: str) -> None:
        super().__init__(message)
        self.member = member


@dataclass(slots=True)
class _Target:
    """The document while it is changed: its values and their positions, kept in step.
    Whatever is added, it stays within the limits for documents. `first` is the number
    of the overlay's first line among the positions; None for one that is in no file, of
    which none are kept."""

    data: Json
    node: Node | None
    size: int
    steps: Steps
    first: int | None = None

    def added(self, overlay: Document, pointer: str) -> Node | None:
        """Where the overlay says what is to be added."""
        if self.first is None:
            return None
        node = positions.at(overlay.root, pointers.tokens(pointer))
        return positions.copied(node, self.first)


@dataclass(frozen=True, slots=True)
class _Place:
    """An action of an overlay, for diagnostics."""

    overlay: Document
    pointer: str
    report: Report
    document: str = ""
    """The name of what it is applied to, for people."""

    @property
    def replaces(self) -> bool:
        """Whether an action may replace a plain value. It may from version 1.1 on."""
        return not str(self.overlay.data["overlay"]).startswith("1.0")

    def problem(
        self, member: str, message: str, severity: Severity = Severity.ERROR
    ) -> None:
        span = self.overlay.span(self.pointer + member)
        source = self.overlay.line(span.line)
        self.report.add("overlay", message, span, severity=severity, source=source)


def _actions(overlay: Document, report: Report) -> list[Json]:
    """The actions of an overlay document; problems are reported."""
    data = overlay.data
    place = _Place(overlay, "", report)
    if not overlay.readable:
        return []
    version = data.get("overlay") if isinstance(data, dict) else None
    if not isinstance(version, str) or not version.startswith("1."):
        where = "/overlay" if isinstance(data, dict) and "overlay" in data else ""
        place.problem(where, "an overlay starts with `overlay: 1.0.0`")
        return []
    actions = data.get("actions")
    if not isinstance(actions, list) or not actions:
        where = "/actions" if "actions" in data else ""
        place.problem(where, "`actions` takes a list of actions, one at least")
        return []
    return actions


def _apply(target: _Target, action: Json, place: _Place) -> None:
    if not isinstance(action, dict) or not isinstance(action.get("target"), str):
        place.problem("", "an action has a `target`, which is a JSONPath")
        return
    if not isinstance(action.get("remove", False), bool):
        place.problem("/remove", "`remove` takes true or false")
        return
    remove = action.get("remove", False)
    ways = [word for word in ("update", "copy") if word in action]
    if not remove and not ways:
        message = "an action has an `update`, a `copy`, or `remove: true`"
        place.problem("", message)
        return
    if len(ways) > 1 and not remove:
        place.problem("/copy", "an action has an `update` or a `copy`, not both")
        return
    found = _selected(target, action, "target", place)
    if found is None:
        return
    if not found:
        message = f"{action['target']} selects nothing in {place.document}: it is "
        message += "misspelt, or the document has been mended"
        if isinstance(data := place.overlay.data, dict) and "extends" not in data:
            message += "; `extends: FILE` applies an overlay to another document"
        place.problem("/target", message, Severity.WARNING)
    value = None if remove else _value(target, action, place)
    if not remove and value is None:
        return
    # From the last to the first and from the inside out, so that nothing shifts or
    # goes under a later one.
    for parts in sorted(found, key=_order, reverse=True):
        if remove:
            _remove(target, parts, place)
        else:
            assert value is not None
            _update(target, parts, value, place)


def _selected(
    target: _Target, action: Json, member: str, place: _Place
) -> list[Parts] | None:
    """The places that an action's JSONPath selects; None if it is not a JSONPath."""
    try:
        return select(action[member], target.data, target.steps)
    except Exhausted as error:
        raise _TooMuch(f"/{member}", str(error)) from None
    except SelectionError as error:
        place.problem(f"/{member}", f"the JSONPath is not understood: {error}")
        return None


@dataclass(frozen=True, slots=True)
class _Value:
    """What is merged into the places of an action, and where that is said. `member` is
    the key that it comes from, `size` and `height` are its extent."""

    data: Json
    member: str
    node: Node | None
    size: int
    height: int


def _value(target: _Target, action: Json, place: _Place) -> _Value | None:
    """What an action merges: its `update`, or a copy of the one place that `copy`
    selects, as it is before the action."""
    member = "/copy" if "copy" in action else "/update"
    node = target.added(place.overlay, place.pointer + member)
    if "copy" not in action:
        update = action["update"]
        return _Value(update, member, node, *_extent(update))
    if not isinstance(action["copy"], str):
        place.problem("/copy", "`copy` takes a JSONPath")
        return None
    found = _selected(target, action, "copy", place)
    if found is None:
        return None
    if len(found) != 1:
        times = f"{len(found)} places" if found else "nothing"
        message = f"`copy` selects one place, and {action['copy']} selects {times}"
        place.problem("/copy", message)
        return None
    source = target.data
    for part in found[0]:
        source = source[part]
    return _Value(_copied(source), member, node, *_extent(source))


def _order(parts: Parts) -> list[tuple[int, int, str]]:
    return [(0, p, "") if isinstance(p, int) else (1, 0, p) for p in parts]


def _remove(target: _Target, parts: Parts, place: _Place) -> None:
    if not parts:
        place.problem("/target", "the whole document cannot be removed")
        return
    parent, last = target.data, parts[-1]
    for part in parts[:-1]:
        parent = parent[part]
    del parent[last]
    positions.remove(positions.at(target.node, parts[:-1]), last)


def _update(target: _Target, parts: Parts, value: _Value, place: _Place) -> None:
    parent: Json = None
    old, update = target.data, value.data
    for part in parts:
        parent, old = old, old[part]
    if len(parts) + isinstance(old, list) + value.height > MAX_DEPTH:
        message = f"this nests more than {MAX_DEPTH} levels deep"
        raise _TooMuch(value.member, message)
    target.size += value.size
    if target.size > MAX_NODES:
        raise _TooMuch(value.member, f"this makes more than {MAX_NODES} values")
    there, node = positions.at(target.node, parts), positions.copied(value.node)
    if isinstance(old, list):
        # A list that is copied is a list of entries; what an update says is one.
        many = value.member == "/copy" and isinstance(update, list)
        entries = update if many else [update]
        one = node and (node[0], node[1], [node] * len(entries))
        positions.extend(there, old, one, len(entries))
        old.extend(_copied(entries))
    elif isinstance(old, dict):
        if isinstance(update, dict):
            _merge(old, update, there, node)
        else:
            message = f"`{value.member[1:]}` of a mapping takes a mapping"
            place.problem(value.member, message)
    elif place.replaces and parts and not isinstance(update, dict | list):
        parent[parts[-1]] = update
        positions.replace(positions.at(target.node, parts[:-1]), parts[-1], node)
    else:
        message = "a target of `update` is a mapping or a list"
        message += "; from `overlay: 1.1.0` on, also a plain value that becomes another"
        place.problem("/target", message)


def _merge(
    value: dict[str, Json],
    update: dict[str, Json],
    there: Node | None,
    node: Node | None,
) -> None:
    """Merge a value into another one: mappings are merged, lists joined, and everything
    else is replaced. `there` and `node` are the positions of the two."""
    for key, new in update.items():
        old = value.get(key)
        inside = positions.inner(there, key)
        if isinstance(old, dict) and isinstance(new, dict):
            _merge(old, new, inside, positions.inner(node, key) or node)
        elif isinstance(old, list) and isinstance(new, list):
            own = positions.inner(node, key) or node
            positions.extend(inside, old, own, len(new))
            old.extend(_copied(new))
        else:
            value[key] = _copied(new)
            positions.put(there, key, node)


def _extent(value: Json) -> tuple[int, int]:
    """How many values are in a value, itself included, and how many levels it has."""
    if not isinstance(value, dict | list):
        return 1, 0
    inner = [
        _extent(item) for item in (value.values() if isinstance(value, dict) else value)
    ]
    size = 1 + sum(size for size, _ in inner)
    return size, 1 + max((height for _, height in inner), default=0)


def _copied(value: Json) -> Json:
    """A copy in which nothing is shared, unlike with YAML aliases."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_copied(item) for item in value]
    return value
