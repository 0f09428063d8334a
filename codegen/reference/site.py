"""Entries to pages: which page each is on, and the pages themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from codegen import render
from codegen.python.model.package import Package
from codegen.reference import entries, sessions
from codegen.reference.entries import TITLES, Item, Writer
from codegen.reference.prose import blocks
from codegen.reference.views import Section

_ALONE: Final = 260
"""Entries up to which there is one page."""

_MOST: Final = 120
"""Entries of a page where there are several."""

INDEX: Final = "index.html"

_ABOUT: Final = {
    "client-events": "What your program sends. The tag tells the event.",
    "server-events": "What arrives. A program meets tags that it does not know, too.",
    entries.OBJECTS: "What events and other objects are made of.",
    entries.ENUMS: "Named sets of values. Others may come when the API grows.",
    entries.OTHERS: "Named schemas that are neither objects nor enumerations.",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class _Leaf:
    """The part of a section that is on one page."""

    section: str
    page: str
    title: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a section, or to a part of it, with how much is there; `items` are what
    is there, by title and way."""

    href: str
    title: str
    count: int
    items: tuple[tuple[str, str], ...] = ()


def pages(
    package: Package, description: str = "", *, dataclasses: bool = True
) -> list[Page]:
    """The reference pages of an API: one, or several where there is much. `dataclasses`
    says whether the package has these, so that examples can show how they are made."""
    found = entries.items(package)
    leaves = _leaves(found)
    places = {item.anchor: leaf.page for leaf in leaves for item in leaf.items}
    writer_uses = entries.uses(package)
    made = []
    for page in dict.fromkeys([INDEX, *(leaf.page for leaf in leaves)]):
        way = _ways(places, page)
        writer = Writer(package, way, writer_uses, dataclasses)
        sections = tuple(
            Section(
                leaf.section,
                leaf.title,
                _ABOUT[leaf.section],
                tuple(map(writer.entry, leaf.items)),
            )
            for leaf in leaves
            if leaf.page == page
        )
        first = page == INDEX
        view: dict[str, Any] = {
            "title": package.module.title or package.settings.package or "API",
            "version": package.module.version,
            "first": first,
            "about": blocks(description) if first else (),
            "links": _links(leaves, page, way),
            "lanes": sessions.lanes(found, way) if first else (),
            "rules": sessions.rules(package, way) if first else (),
            "sections": sections,
            "package": package.settings.package,
        }
        made.append(Page(page, render.reference(_search(found, way), **view)))
    return made


def _leaves(found: dict[str, list[Item]]) -> list[_Leaf]:
    """Which page each item is on."""
    alone = sum(map(len, found.values())) <= _ALONE
    leaves = []
    for section, items in found.items():
        title = TITLES[section]
        if alone:
            leaves.append(_Leaf(section, INDEX, title, items))
            continue
        parts = [items[at : at + _MOST] for at in range(0, len(items), _MOST)]
        for number, part in enumerate(parts, 1):
            several = len(parts) > 1
            name = f"{section}-{number}" if several else section
            shown = f"{title} ({number} of {len(parts)})" if several else title
            leaves.append(_Leaf(section, f"{name}.html", shown, part))
    return leaves


def _ways(places: dict[str, str], page: str) -> Callable[[str], str]:
    """The ways from a page to the entries of names."""

    def way(name: str) -> str:
        place = places.get(name)
        if place is None:
            return ""
        return f"#{name}" if place == page else f"{place}#{name}"

    return way


def _links(
    leaves: Sequence[_Leaf], page: str, way: Callable[[str], str]
) -> tuple[Link, ...]:
    """The ways to all sections; those of this page with what is in them."""
    return tuple(
        Link(
            f"#section-{leaf.section}" if leaf.page == page else leaf.page,
            leaf.title,
            len(leaf.items),
            (
                tuple((item.tag or item.name, way(item.anchor)) for item in leaf.items)
                if leaf.page == page
                else ()
            ),
        )
        for leaf in leaves
    )


def _search(found: dict[str, list[Item]], way: Callable[[str], str]) -> list[list[str]]:
    """What the search of a page knows: title, name, kind, way."""
    return [
        [
            item.tag or item.name,
            item.name if item.tag else "",
            item.kind,
            way(item.anchor),
        ]
        for items in found.values()
        for item in items
    ]
