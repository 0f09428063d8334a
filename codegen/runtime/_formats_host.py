"""Host names (RFC 1123) and their international form (IDNA 2008, RFC 5890 to 5893).

What a letter is follows the `unicodedata` of the running Python.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

LDH: Final = re.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
"""A label of letters, digits and inner hyphens."""
_DOTS: Final = re.compile("[.\u3002\uff0e\uff61]")


def is_hostname(text: str) -> bool:
    """A name of RFC 1123; labels that start with `xn--` must decode by IDNA 2008."""
    return len(text) <= 253 and _host(text.split("."), international=False)


def is_idn_hostname(text: str) -> bool:
    """A name of RFC 5890, as U-labels or A-labels."""
    return len(text) <= 253 and _host(_DOTS.split(text), international=True)


def _host(labels: list[str], international: bool) -> bool:
    decoded: list[str] = []
    length = -1
    for label in labels:
        ascii_form = label
        if not label.isascii():
            if not international or not _is_u_label(label):
                return False
            ascii_form = "xn--" + label.encode("punycode").decode("ascii")
        elif label[:4].lower() == "xn--":
            label = _decoded(label.lower())
            if not _is_u_label(label):
                return False
        elif international and label[2:4] == "--":
            return False
        length += len(ascii_form) + 1
        if LDH.fullmatch(ascii_form) is None:
            return False
        decoded.append(label)
    return length <= 253 and _keeps_bidi_rule(decoded)


def _decoded(label: str) -> str:
    """The U-label of an A-label; the empty text where there is none."""
    try:
        text = label[4:].encode("ascii").decode("punycode")
        again = "xn--" + text.encode("punycode").decode("ascii")
    except (UnicodeError, ValueError, OverflowError):
        return ""
    return text if again == label and not text.isascii() else ""


# --- IDNA 2008 ---------------------------------------------------------------------

_VALID: Final = frozenset("\u00df\u03c2\u06fd\u06fe\u0f0b\u3007")
_DISALLOWED: Final = frozenset(
    "\u0640\u07fa\u302e\u302f\u3031\u3032\u3033\u3034\u3035\u303b"
)
_ARABIC_INDIC: Final = frozenset(map(chr, range(0x660, 0x66A)))
_EXTENDED_ARABIC_INDIC: Final = frozenset(map(chr, range(0x6F0, 0x6FA)))
# RFC 5892: blocks that are ignored, old Hangul letters, default ignorable letters.
_IGNORED: Final = re.compile(
    "[\u20d0-\u20ff\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb\u115f\u1160\u3164\uffa0"
    "\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f"
    "\U0001d100-\U0001d24f\U000e0000-\U000e0fff]"
)
_LETTERS_AND_DIGITS: Final = frozenset(("Ll", "Lu", "Lo", "Nd", "Lm", "Mn", "Mc"))


def _is_u_label(label: str) -> bool:
    """Whether a label keeps RFC 5891, 4.2, its length and direction aside."""
    if not label or label[0] == "-" or label[-1] == "-" or label[2:4] == "--":
        return False
    if unicodedata.category(label[0])[0] == "M":
        return False
    if unicodedata.normalize("NFC", label) != label:
        return False
    return all(_is_allowed(label, index) for index in range(len(label)))


def _is_allowed(label: str, index: int) -> bool:
    """RFC 5892, 3: whether a code point may stand at this place of a label."""
    char = label[index]
    if char in _VALID or char == "-" or "0" <= char <= "9" or "a" <= char <= "z":
        return True
    if char in _DISALLOWED:
        return False
    in_context = _CONTEXTS.get(char)
    if in_context is not None:
        return in_context(label, index)
    if _IGNORED.match(char) or not _is_stable(char):
        return False
    return unicodedata.category(char) in _LETTERS_AND_DIGITS


def _is_stable(char: str) -> bool:
    folded = unicodedata.normalize("NFKC", char).casefold()
    return unicodedata.normalize("NFKC", folded) == char


def _script(char: str, *names: str) -> bool:
    return unicodedata.name(char, "").startswith(names)


def _middle_dot(label: str, index: int) -> bool:
    return label[index - 1 : index] == "l" and label[index + 1 : index + 2] == "l"


def _keraia(label: str, index: int) -> bool:
    return index + 1 < len(label) and _script(label[index + 1], "GREEK ")


def _geresh(label: str, index: int) -> bool:
    return index > 0 and _script(label[index - 1], "HEBREW ")


def _katakana_dot(label: str, index: int) -> bool:
    scripts = ("HIRAGANA ", "KATAKANA LETTER ", "CJK UNIFIED", "CJK COMPATIBILITY I")
    return any(char != "\u30fb" and _script(char, *scripts) for char in label)


def _joiner(label: str, index: int) -> bool:
    return index > 0 and unicodedata.combining(label[index - 1]) == 9


def _non_joiner(label: str, index: int) -> bool:
    """RFC 5892, A.1; which letters join is read from their presentation forms."""
    if _joiner(label, index):
        return True
    before = [c for c in label[:index] if unicodedata.category(c) != "Mn"]
    after = [c for c in label[index + 1 :] if unicodedata.category(c) != "Mn"]
    if not before or not after:
        return False
    both = unicodedata.bidirectional(before[-1]), unicodedata.bidirectional(after[0])
    return both == ("AL", "AL") and before[-1] not in _JOINS_BACKWARDS


_JOINS_BACKWARDS: Final = frozenset(
    "\u0622\u0623\u0624\u0625\u0627\u0629\u062f\u0630\u0631\u0632\u0648\u0671\u0672"
    "\u0673\u0675\u0676\u0677\u0688\u0689\u068a\u068b\u068c\u068d\u068e\u068f\u0690"
    "\u0691\u0692\u0693\u0694\u0695\u0696\u0697\u0698\u0699\u06c0\u06c3\u06c4\u06c5"
    "\u06c6\u06c7\u06c8\u06c9\u06ca\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef"
)
_CONTEXTS: Final[dict[str, Callable[[str, int], bool]]] = {
    "\u00b7": _middle_dot,
    "\u0375": _keraia,
    "\u05f3": _geresh,
    "\u05f4": _geresh,
    "\u30fb": _katakana_dot,
    "\u200c": _non_joiner,
    "\u200d": _joiner,
    **dict.fromkeys(
        _ARABIC_INDIC, lambda label, _: _EXTENDED_ARABIC_INDIC.isdisjoint(label)
    ),
    **dict.fromkeys(
        _EXTENDED_ARABIC_INDIC, lambda label, _: _ARABIC_INDIC.isdisjoint(label)
    ),
}


def _keeps_bidi_rule(labels: list[str]) -> bool:
    """RFC 5893, 2: asked only of names that hold right-to-left characters."""
    kinds = [list(map(unicodedata.bidirectional, label)) for label in labels]
    if not any(kind in ("R", "AL", "AN") for label in kinds for kind in label):
        return True
    return all(_one_direction(label) for label in kinds)


def _one_direction(kinds: list[str]) -> bool:
    neutral = {"EN", "ES", "CS", "ET", "ON", "BN", "NSM"}
    last = next((kind for kind in reversed(kinds) if kind != "NSM"), "")
    if kinds[0] == "L":
        return neutral.issuperset(set(kinds) - {"L"}) and last in ("L", "EN")
    if kinds[0] not in ("R", "AL") or ("EN" in kinds and "AN" in kinds):
        return False
    allowed = neutral | {"R", "AL", "AN"}
    return allowed.issuperset(kinds) and last in ("R", "AL", "EN", "AN")
