"""Names of texts that would have one name: each keeps apart by itself.

What a name is must not depend on what came to stand beside it, in which order: adding a
text would rename others, or give their names to it. So a text that is spelled as the
name has it, and all others carry a digest of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Final, TypeVar

_DIGITS: Final = 4

_Text = TypeVar("_Text", bound=str)


def apart(wishes: Mapping[str, str], reserved: Collection[str] = ()) -> dict[str, str]:
    """A name for each text, all different, none of them reserved: the one that it
    wishes, where no other text does or where it is that text."""
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
    """The texts by the names that they wish."""
    found: dict[str, list[_Text]] = {}
    for text, wish in wishes.items():
        found.setdefault(wish, []).append(text)
    return found


def with_digests(
    wish: str, texts: Iterable[str], taken: Collection[str]
) -> dict[str, str]:
    """A name for each text with a digest of the text behind it: four digits, and more
    only where these are the same or spell what another text has for a name."""
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
