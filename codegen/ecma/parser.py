"""A parser of ECMA-262 patterns (section 22.2.1), with flag `u` or by Annex B.

The Annex B grammar is what a pattern means without the flag. One thing is read
as under the flag there too, since nobody means anything else by it: `\\p{…}`,
`\\u{…}` and surrogate pairs, for JSON text is a sequence of code points.

ECMA-262 has no flags inside of a pattern but `(?i:…)`; other languages do, and vendors
who write `(?i)` mean it. With `inline` they are read: from where they stand to the end
of the group around them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from codegen.ecma import charset as cs
from codegen.ecma import syntax as ast
from codegen.ecma.charset import CharSet
from codegen.ecma.folding import folded
from codegen.ecma.syntax import ECMASyntaxError, ECMAUnsupportedError, Node
from codegen.ecma.unicode_sets import property_set

MAX_DEPTH = 80
"""How deep groups may nest: `re` compiles by recursion, so it must be bounded."""

_SYNTAX_CHARACTERS = "^$\\.*+?()[]{}|"
_CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_CLASSES = {"d": cs.DIGIT, "w": cs.WORD, "s": cs.SPACE}
_BRACES = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
_SCAN = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]?|\((?!\?)|\(\?<(?![=!])", re.DOTALL | re.ASCII
)
_NAME = re.compile(r"((?:[^>\\]|\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]+\})*)>")
_NAME_ESCAPE = re.compile(r"\\u(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{4}))")
_HEX4 = re.compile(r"[0-9a-fA-F]{4}")


@dataclass(slots=True)
class Parser:
    """Reads one pattern; `parse` may be called once."""

    source: str
    unicode: bool
    inline: bool = False
    flags: frozenset[str] = frozenset()
    at: int = 0
    depth: int = 0
    groups: int = 0
    total: int = 0
    named: bool = False
    names: dict[str, int] = field(default_factory=dict)
    pending: list[tuple[str, int]] = field(default_factory=list)

    def parse(self) -> Node:
        """The syntax tree. Raises ECMASyntaxError."""
        openings = _SCAN.findall(self.source)
        self.named = self.unicode or "(?<" in openings
        self.total = sum(opening in ("(", "(?<") for opening in openings)
        tree = self._disjunction()
        if self.at < len(self.source):
            raise self._error("unmatched )")
        for name, offset in self.pending:
            if name not in self.names:
                raise ECMASyntaxError(f"no group is named {name!r}", offset)
        return _resolve(tree, [self.names[name] for name, _ in self.pending])

    # --- reading characters

    def _error(self, message: str, at: int | None = None) -> ECMASyntaxError:
        return ECMASyntaxError(message, self.at if at is None else at)

    def _peek(self, width: int = 1) -> str:
        return self.source[self.at : self.at + width]

    def _take(self, text: str) -> bool:
        if self.source.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    # --- structure

    def _disjunction(self) -> Node:
        options = [self._alternative()]
        while self._take("|"):
            options.append(self._alternative())
        return options[0] if len(options) == 1 else ast.Choice(tuple(options))

    def _alternative(self) -> Node:
        items: list[Node] = []
        while self.at < len(self.source) and self._peek() not in "|)":
            items.append(self._term())
        return items[0] if len(items) == 1 else ast.Sequence(tuple(items))

    def _term(self) -> Node:
        start = self.at
        atom = self._atom()
        anchor = self.source[start] in "^$"
        repeatable = not (anchor or isinstance(atom, ast.Boundary))
        if isinstance(atom, ast.Lookaround):
            repeatable = not self.unicode and not atom.behind
        bounds = self._quantifier()
        if bounds is None:
            return atom
        if not repeatable:
            raise self._error("nothing to repeat", start)
        return ast.Repeat(atom, *bounds, lazy=self._take("?"), offset=start)

    def _quantifier(self) -> tuple[int, int | None] | None:
        char = self._peek()
        if char in ("*", "+", "?"):
            self.at += 1
            return (int(char == "+"), 1 if char == "?" else None)
        match = _BRACES.match(self.source, self.at)
        if match is None:
            if self.unicode and char == "{":
                raise self._error("incomplete quantifier")
            return None
        low, comma, high = _number(match[1]), match[2], match[3]
        limit = _number(high) if high else None if comma else low
        if limit is not None and limit < low:
            raise self._error("numbers out of order in {} quantifier")
        self.at = match.end()
        return low, limit

    def _atom(self) -> Node:
        start = self.at
        char = self._peek()
        self.at += 1
        match char:
            case "^":
                return self._anchor(ast.Start(), behind=True)
            case "$":
                return self._anchor(ast.End(), behind=False)
            case "(":
                return self._inline(start) or self._group(start)
            case ".":
                return ast.Chars(cs.ALL if "s" in self.flags else ~cs.LINE_END)
            case "[":
                return ast.Chars(self._class(start))
            case "\\":
                return self._escape(start)
            case "*" | "+" | "?":
                raise self._error("nothing to repeat", start)
            case "{" if self.unicode or _BRACES.match(self.source, start):
                raise self._error("nothing to repeat", start)
            case "]" | "}" if self.unicode:
                raise self._error(f"lone {char}", start)
        return ast.Chars(self._cased(CharSet.chars(char)))

    def _anchor(self, anchor: Node, *, behind: bool) -> Node:
        """`^` or `$`, which with the flag `m` also hold beside a line break."""
        if "m" not in self.flags:
            return anchor
        beside = ast.Lookaround(behind, False, ast.Chars(cs.LINE_END), self.at - 1)
        return ast.Choice((anchor, beside))

    def _cased(self, chars: CharSet) -> CharSet:
        """A set, with all that differs in case only where case is ignored."""
        return folded(chars) if "i" in self.flags else chars

    def _inline(self, start: int) -> Node | None:
        """Flags from here on, or of one group; None if there are none."""
        match = _FLAGS.match(self.source, start) if self.inline else None
        if match is None:
            return None
        self.at = match.end()
        flags = (self.flags | set(match[1])) - set(match[2] or "")
        if match[3] == ")":
            self.flags = flags
            return ast.Sequence(())
        return ast.Sequence((self._body(start, flags),))

    def _body(self, start: int, flags: frozenset[str]) -> Node:
        """What a group holds, and its end. Flags that are set in it end there."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ECMAUnsupportedError(f"nested deeper than {MAX_DEPTH} groups", start)
        around, self.flags = self.flags, flags
        body = self._disjunction()
        if not self._take(")"):
            raise self._error("unterminated group", start)
        self.flags = around
        self.depth -= 1
        return body

    def _group(self, start: int) -> Node:
        index = 0
        lookaround: tuple[bool, bool] | None = None
        for prefix, kind in _LOOKS.items():
            if self._take(prefix):
                lookaround = kind
                break
        else:
            index = self._group_index(start)
        body = self._body(start, self.flags)
        if lookaround is not None:
            return ast.Lookaround(*lookaround, body, start)
        return ast.Group(index, body) if index else ast.Sequence((body,))

    def _group_index(self, start: int) -> int:
        """The index of a capturing group, 0 of one that captures nothing."""
        if self._take("?:"):
            return 0
        name = ""
        if self._take("?<"):
            name = self._group_name(start)
            if name in self.names:
                raise self._error(f"two groups are named {name!r}", start)
        elif self._peek() == "?":
            raise self._error(
                f"invalid group {self.source[start : start + 3]!r}", start
            )
        self.groups += 1
        if name:
            self.names[name] = self.groups
        return self.groups

    def _group_name(self, start: int) -> str:
        match = _NAME.match(self.source, self.at)
        if match is None:
            raise self._error("invalid group name", start)
        try:
            name = _NAME_ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), match[1])
        except (ValueError, OverflowError):
            raise self._error("invalid group name", start) from None
        if not name.replace("$", "_").isidentifier():
            raise self._error(f"invalid group name {name!r}", start)
        self.at = match.end()
        return name

    # --- escapes

    def _escape(self, start: int) -> Node:
        char = self._peek()
        if char in ("b", "B"):
            self.at += 1
            return ast.Boundary(negated=char == "B")
        if char == "k" and self.named:
            self.at += 1
            if not self._take("<"):
                raise self._error("invalid named reference", start)
            self.pending.append((self._group_name(start), start))
            self._not_ignoring_case(start)
            return ast.Back(-len(self.pending), start)
        if char and char in "123456789":
            index = self._back_reference(start)
            if index:
                self._not_ignoring_case(start)
                return ast.Back(index, start)
        return ast.Chars(self._character(start))

    def _not_ignoring_case(self, start: int) -> None:
        if "i" in self.flags:
            raise ECMAUnsupportedError("reference where case is ignored", start)

    def _back_reference(self, start: int) -> int:
        """The number of the group, or 0 where Annex B sees no reference."""
        digits = re.compile("[0-9]+").match(self.source, self.at)
        index = _number(digits[0]) if digits else 0
        if digits and index <= self.total:
            self.at = digits.end()
            return index
        if self.unicode:
            raise self._error(f"there is no group {index}", start)
        return 0

    def _character(self, start: int, in_class: bool = False) -> CharSet:
        """The set that an escape stands for; `at` is behind the backslash."""
        char = self._peek()
        if not char:
            raise self._error("\\ at end of pattern", start)
        self.at += 1
        if char.lower() in _CLASSES:
            chars = self._cased(_CLASSES[char.lower()])
            return ~chars if char.isupper() else chars
        if char in "pP":
            found = self._property(start)
            if found is not None:
                return self._cased(~found if char == "P" else found)
        code = _one(self._code(char, start, in_class))
        return code if in_class else self._cased(code)  # It may start a range.

    def _property(self, start: int) -> CharSet | None:
        match = re.compile(r"\{([A-Za-z0-9_]+)(?:=([A-Za-z0-9_]+))?\}").match(
            self.source, self.at
        )
        if match is None:
            if self.unicode:
                raise self._error("invalid property name", start)
            return None
        self.at = match.end()
        try:
            return property_set(match[1], match[2])
        except KeyError:
            message = f"unknown Unicode property {match[0][1:-1]}"
            raise ECMASyntaxError(message, start) from None

    def _code(self, char: str, start: int, in_class: bool) -> int:
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char == "b" and in_class:
            return 8
        if char == "c":
            return self._control(start, in_class)
        if char == "0" and not ("0" <= self._peek() <= "9"):
            return 0
        if char in "01234567" and not self.unicode:
            return self._octal()
        if char == "x":
            return self._hex(start, "x")
        if char == "u":
            return self._unicode_escape(start)
        allowed = _SYNTAX_CHARACTERS + ("/-" if in_class else "/")
        if self.unicode and char not in allowed:
            raise self._error(f"invalid escape \\{char}", start)
        if char == "k" and self.named:
            raise self._error("invalid escape \\k", start)
        return ord(char)

    def _control(self, start: int, in_class: bool) -> int:
        char = self._peek()
        wider = in_class and not self.unicode
        if re.fullmatch("[A-Za-z0-9_]" if wider else "[A-Za-z]", char, re.ASCII):
            self.at += 1
            return ord(char) % 32
        if self.unicode:
            raise self._error("invalid escape \\c", start)
        self.at -= 1  # Annex B: the backslash stands for itself, the c follows.
        return ord("\\")

    def _octal(self) -> int:
        self.at -= 1
        match = re.compile("[0-3][0-7]{0,2}|[4-7][0-7]?").match(self.source, self.at)
        assert match is not None
        self.at = match.end()
        return int(match[0], 8)

    def _hex(self, start: int, letter: str) -> int:
        match = re.compile("[0-9a-fA-F]{2}").match(self.source, self.at)
        if match is None:
            if self.unicode:
                raise self._error(f"invalid escape \\{letter}", start)
            return ord(letter)
        self.at = match.end()
        return int(match[0], 16)

    def _unicode_escape(self, start: int) -> int:
        if match := re.compile(r"\{([0-9a-fA-F]+)\}").match(self.source, self.at):
            code = int(match[1], 16) if len(match[1].lstrip("0")) <= 6 else cs.LAST + 1
            if code <= cs.LAST:
                self.at = match.end()
                return code
        elif match := _HEX4.match(self.source, self.at):
            self.at = match.end()
            code = int(match[0], 16)
            low = _HEX4.match(self.source, self.at + 2)
            if 0xD800 <= code < 0xDC00 and low and self._peek(2) == "\\u":
                trail = int(low[0], 16)
                if 0xDC00 <= trail < 0xE000:
                    self.at = low.end()
                    return 0x10000 + ((code - 0xD800) << 10) + (trail - 0xDC00)
            return code
        if self.unicode:
            raise self._error("invalid Unicode escape", start)
        return ord("u")

    # --- classes

    def _class(self, start: int) -> CharSet:
        negated = self._take("^")
        ranges: list[tuple[int, int]] = []
        while not self._take("]"):
            if self.at >= len(self.source):
                raise self._error("unterminated character class", start)
            first_at = self.at
            first = self._class_atom()
            if self._peek() != "-" or self._peek(2) in ("-", "-]"):
                ranges.extend(first.ranges)
                continue
            self.at += 1
            last = self._class_atom()
            low, high = _single(first), _single(last)
            if low is None or high is None:
                if self.unicode:
                    raise self._error("invalid character class", first_at)
                ranges.extend((first | last | CharSet.chars("-")).ranges)
            elif low > high:
                raise self._error("range out of order in character class", first_at)
            else:
                ranges.append((low, high))
        chars = self._cased(CharSet.of(ranges))
        return ~chars if negated else chars

    def _class_atom(self) -> CharSet:
        start = self.at
        self.at += 1
        if self.source[start] == "\\":
            return self._character(start, in_class=True)
        return CharSet.chars(self.source[start])


_FLAGS = re.compile(r"\(\?(?=[ims-])([ims]*)(?:-([ims]+))?([:)])")
_LOOKS = {
    "?=": (False, False),
    "?!": (False, True),
    "?<=": (True, False),
    "?<!": (True, True),
}


def _one(code: int) -> CharSet:
    return CharSet(((code, code),))


def _single(chars: CharSet) -> int | None:
    if len(chars.ranges) == 1 and chars.ranges[0][0] == chars.ranges[0][1]:
        return chars.ranges[0][0]
    return None


def _number(digits: str) -> int:
    # More repetitions than any text has characters are all the same.
    return int(digits) if len(digits.lstrip("0")) <= 9 else 10**9


def _resolve(node: Node, indices: list[int]) -> Node:
    """Named references, parsed as negative indices, turned into numbered ones."""
    match node:
        case ast.Back(index, offset) if index < 0:
            return ast.Back(indices[-index - 1], offset)
        case ast.Lookaround(behind, negated, body, offset):
            return ast.Lookaround(behind, negated, _resolve(body, indices), offset)
        case ast.Group(index, body):
            return ast.Group(index, _resolve(body, indices))
        case ast.Repeat(body, low, high, lazy, offset):
            return ast.Repeat(_resolve(body, indices), low, high, lazy, offset)
        case ast.Sequence(items):
            return ast.Sequence(tuple(_resolve(item, indices) for item in items))
        case ast.Choice(options):
            return ast.Choice(tuple(_resolve(item, indices) for item in options))
        case _:
            return node
