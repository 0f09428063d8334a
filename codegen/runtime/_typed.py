"""Texts of a format as values of a Python type: what all such types share.

A value that was decoded is of a subclass that carries its text, so it goes out as it
came: `+00:00` stays `+00:00`, and `1.50` keeps its zero. Any other value of the type is
spelled anew. Which formats have a type follows from the configuration of the package;
for each of them there is a module beside this one.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from importlib import import_module

from .registry import drift
from .wire import SPELLED

TYPE_CHECKING: bool = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Self, SupportsIndex


class Carrying:
    """What a value has that carries its text. It cannot change, so a copy is itself."""

    __slots__ = ()
    if TYPE_CHECKING:
        _text: str

    def _plain(self) -> Any:
        """The same value without a text, of the type that everybody knows."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return repr(self._plain())

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        text = getattr(self, "_text", None)
        plain = self._plain()
        if text is None:
            return plain.__reduce_ex__(protocol)
        return _carry, (self.__class__, text)


def _carry(cls: type, text: str) -> Any:
    """The value that a text stood for, when it was pickled."""
    return _FORMS[cls].value_of(text)


class Form:
    """How texts of one format are values of one type.

    `make` gives the value that is to carry a text, and None where the type has none;
    `why` completes the sentence that begins with such a text. `spell` gives the text of
    a value that carries none.
    """

    __slots__ = ("_make", "spell", "why")

    def __init__(
        self,
        carrying: type,
        plain: type,
        *,
        make: Callable[[str], Any],
        why: Callable[[str], str],
        spell: Callable[[Any], str],
    ) -> None:
        self._make = make
        self.why = why
        self.spell = spell
        _FORMS[carrying] = self
        SPELLED[carrying] = self._text_of
        SPELLED[plain] = spell

    def holds(self, text: str) -> bool:
        """Whether the type has a value for a text."""
        return self._make(text) is not None

    def value_of(self, text: str) -> Any:
        """The value that a text stands for, which carries it; None if there is none."""
        made = self._make(text)
        if made is not None:
            _set(made, "_text", text)
        return made

    def read(self, value: Any) -> Any:
        """The value that a text stands for. A text without one drifts and stays, and so
        does what is no text, of which this says nothing."""
        if value.__class__ is not str:
            return value
        made = self.value_of(value)
        if made is None:
            drift()
            return value
        return made

    def _text_of(self, value: Any) -> str:
        """The text of a value of the carrying class; what was computed from one has
        none."""
        try:
            text: str = value._text
        except AttributeError:
            return self.spell(value)
        return text


_set = object.__setattr__
"""Some types refuse to be changed, and this is no change that anybody sees."""

_FORMS: dict[type, Form] = {}
"""The form of each class that carries texts."""

_MODULES = {
    ("datetime", "datetime"): "_typed_datetime",
    ("datetime", "date"): "_typed_date",
    ("datetime", "time"): "_typed_time",
    ("datetime", "timedelta"): "_typed_timedelta",
    ("uuid", "UUID"): "_typed_uuid",
    ("decimal", "Decimal"): "_typed_decimal",
    ("builtins", "bytes"): "_typed_bytes",
}
"""The types that may stand for texts, each with the module that knows how."""


CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6}0*)?"
"""The times of RFC 3339 that Python's types hold."""

OFFSET = r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])\Z"
"""How far a time is from UTC, at the end of a text."""


def zulu(text: str) -> str:
    """A time as `isoformat` has it, with the shorter of two ways to say UTC."""
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def speller_of(cls: type) -> Callable[[Any], str] | None:
    """What spells values of a class, of the types that stand for texts or derived from
    one; None if this package gives it no text. A datetime is a date to Python, and not
    to any format, so the nearest type decides."""
    for base in cls.__mro__:
        module = _MODULES.get((base.__module__, base.__name__))
        if module is not None:
            try:
                import_module(f"{__package__}.{module}")
            except ModuleNotFoundError:
                return None
            spell = SPELLED[cls] = SPELLED[base]
            return spell
    return None
