"""The Unicode properties of ECMA-262 (tables 67 to 71) as sets of code points.

They come from `unicode.txt`, not from `unicodedata`: that one lacks scripts and
most binary properties, and has another version in each Python, so that the same
specification would give different packages.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from codegen.ecma.charset import ALL, CharSet

_CATEGORIES = """
C Other=Cc,Cf,Cn,Co,Cs; Cc Control cntrl; Cf Format; Cn Unassigned; Co Private_Use;
Cs Surrogate; L Letter=Ll,Lm,Lo,Lt,Lu; LC Cased_Letter=Ll,Lt,Lu; Ll Lowercase_Letter;
Lm Modifier_Letter; Lo Other_Letter; Lt Titlecase_Letter; Lu Uppercase_Letter;
M Mark Combining_Mark=Mc,Me,Mn; Mc Spacing_Mark; Me Enclosing_Mark;
Mn Nonspacing_Mark; N Number=Nd,Nl,No; Nd Decimal_Number digit; Nl Letter_Number;
No Other_Number; P Punctuation punct=Pc,Pd,Pe,Pf,Pi,Po,Ps; Pc Connector_Punctuation;
Pd Dash_Punctuation; Pe Close_Punctuation; Pf Final_Punctuation;
Pi Initial_Punctuation; Po Other_Punctuation; Ps Open_Punctuation;
S Symbol=Sc,Sk,Sm,So; Sc Currency_Symbol; Sk Modifier_Symbol; Sm Math_Symbol;
So Other_Symbol; Z Separator=Zl,Zp,Zs; Zl Line_Separator; Zp Paragraph_Separator;
Zs Space_Separator
"""

_SHORT_BINARY = """
AHex ASCII_Hex_Digit Alpha Alphabetic Bidi_C Bidi_Control Bidi_M Bidi_Mirrored
CI Case_Ignorable CWCF Changes_When_Casefolded CWCM Changes_When_Casemapped
CWKCF Changes_When_NFKC_Casefolded CWL Changes_When_Lowercased
CWT Changes_When_Titlecased CWU Changes_When_Uppercased
DI Default_Ignorable_Code_Point Dep Deprecated Dia Diacritic EComp Emoji_Component
EMod Emoji_Modifier EBase Emoji_Modifier_Base EPres Emoji_Presentation
ExtPict Extended_Pictographic Ext Extender Gr_Base Grapheme_Base
Gr_Ext Grapheme_Extend Hex Hex_Digit IDSB IDS_Binary_Operator
IDST IDS_Trinary_Operator IDC ID_Continue IDS ID_Start Ideo Ideographic
Join_C Join_Control LOE Logical_Order_Exception Lower Lowercase
NChar Noncharacter_Code_Point Pat_Syn Pattern_Syntax Pat_WS Pattern_White_Space
QMark Quotation_Mark RI Regional_Indicator STerm Sentence_Terminal SD Soft_Dotted
Term Terminal_Punctuation UIdeo Unified_Ideograph Upper Uppercase
VS Variation_Selector space White_Space XIDC XID_Continue XIDS XID_Start
"""


@functools.lru_cache(maxsize=64)
def property_set(name: str, value: str | None = None) -> CharSet:
    """The code points of `\\p{name}` or `\\p{name=value}`.

    Raises KeyError for a property or value that ECMA-262 does not know; matching
    is exact there: case and underscores count.
    """
    match name, value:
        case ("General_Category" | "gc"), str():
            return _category(value)
        case ("Script" | "sc"), str():
            return _ranges("sc=" + _scripts()[value])
        case ("Script_Extensions" | "scx"), str():
            script = _scripts()[value]
            extended = "scx=" + script
            return _ranges(extended if extended in _lines() else "sc=" + script)
        case _, str():
            raise KeyError(name)
    if name in _categories():
        return _category(name)
    if name == "Any":
        return ALL
    if name == "ASCII":
        return CharSet(((0, 0x7F),))
    if name == "Assigned":
        return ~_category("Cn")
    full = _short_binary().get(name, name)
    if full == "ASCII_Hex_Digit":
        return _ranges("Hex_Digit") & CharSet(((0, 0x7F),))
    if "=" in full:
        raise KeyError(name)
    return _ranges(full)


def fold_classes() -> Iterator[tuple[int, ...]]:
    """Code points that differ in case only, by simple case folding."""
    for members in _lines()["fold"].split():
        yield tuple(int(code, 16) for code in members.split(":"))


def _category(name: str) -> CharSet:
    found = CharSet(())
    for part in _categories()[name]:
        found |= _ranges("gc=" + part)
    return found


def _ranges(key: str) -> CharSet:
    pairs = (part.partition("-") for part in _lines()[key].split())
    return CharSet(tuple((int(a, 16), int(b or a, 16)) for a, _, b in pairs))


@functools.cache
def _categories() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in _CATEGORIES.replace("\n", " ").split(";"):
        names, _, parts = entry.partition("=")
        short = names.split()
        for name in short:
            found[name] = tuple(parts.strip().split(",")) if parts else (short[0],)
    return found


@functools.cache
def _short_binary() -> dict[str, str]:
    words = _SHORT_BINARY.split()
    return dict(zip(words[::2], words[1::2], strict=True))


@functools.cache
def _scripts() -> dict[str, str]:
    """Long and short names of scripts, each with its long name."""
    words = [word.split(":") for word in _lines()["scripts"].split()]
    return {name: names[-1] for names in words for name in names}


@functools.cache
def _lines() -> dict[str, str]:
    text = (Path(__file__).parent / "unicode.txt").read_text("ascii")
    lines = (line.partition(" ") for line in text.splitlines() if line[:1] != "#")
    return {key: rest for key, _, rest in lines}
