"""Keeps names apart where several texts would get the same one.

A name must not depend on what else there is, or adding a text would rename others. So a
text that is itself the name keeps it, and every other one gets a digest of its own
text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Final, TypeVar

_DIGITS: Final = 4

_Text = TypeVar("_Text", bound=str | int)


def apart(wishes: Mapping[str, str], reserved: Collection[str] = ()) -> dict[str, str]:
    """A name for each text; all are different, and none is `reserved`.

    `wishes` maps each text to the name that it should have. It gets that name if no
    other text wishes it, or if the text is spelled exactly so.
    """
    found = {text: wish for text, wish in wishes.items() if text == wish}
    found = {text: name for text, name in found.items() if name not in reserved}
    taken = {*reserved, *found.values()}
    rest: list[tuple[str, list[str]]] = []
    for wish, group in groups(wishes).items():
        others = [text for text in group if text not in found]
        if len(group) == 1 and wish not in taken:
            found[group[0]] = wish
            taken.add(wish)
        elif others:
            rest.append((wish, others))
    for wish, others in rest:
        digested = with_digests(wish, others, taken)
        taken.update(digested.values())
        found |= digested
    return {text: found[text] for text in wishes}


def groups(wishes: Mapping[_Text, str]) -> dict[str, list[_Text]]:
    """The texts by the name that they wish for."""
    found: dict[str, list[_Text]] = {}
    for text, wish in wishes.items():
        found.setdefault(wish, []).append(text)
    return found


def with_digests(
    wish: str, texts: Iterable[str], taken: Collection[str]
) -> dict[str, str]:
    """A name for each text that ends in a digest of the text. The digest has four
    digits, and more only if names would be the same or taken otherwise."""
    texts = list(texts)
    digests = {
        text: hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        for text in texts
    }
    for digits in range(_DIGITS, 65, _DIGITS):
        found = {text: f"{wish}_{digests[text][:digits]}" for text in texts}
        names = set(found.values())
        if len(names) == len(texts) and names.isdisjoint(taken):
            break
    return found
