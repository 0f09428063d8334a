"""`Schema`: one named schema of the specification, object or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, Literal

from ._accelerator import native_check
from ._depth import TooDeep, with_room
from ._json import dumps, loads
from .build import copied
from .errors import ValidationError, Violation, counted, too_deep
from .registry import drift
from .wire import decode_with_room, located, plain


class Schema:
    """Converts between JSON values and typed values of one schema.

    `name` is the schema's name in the specification, `symbol` what the modules of the
    package call it.
    """

    __slots__ = (
        "__weakref__",
        "_ask",
        "_decode",
        "_package",
        "_rules",
        "_valid",
        "name",
        "symbol",
    )

    def __init__(self, name: str, symbol: str, package: str) -> None:
        self.name = name
        self.symbol = symbol
        self._package = package
        self._ask: Callable[..., list[Violation]] | None = None
        self._decode: Callable[[Any], Any] | None = None
        self._rules: Any = None
        self._valid: Callable[[Any], bool] | None = None

    def __repr__(self) -> str:
        return f"<Schema {self.name}>"

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        return Schema, (self.name, self.symbol, self._package)

    def _decoder(self) -> Callable[[Any], Any]:
        decode = self._decode
        if decode is None:
            codec = with_room(import_module, f"{self._package}._codec")
            decode = self._decode = getattr(codec, f"decode_{self.symbol}")
        return decode

    def _check(self) -> Callable[[Any], bool]:
        checks = with_room(import_module, f"{self._package}._checks")
        found: Callable[[Any], bool] = getattr(checks, f"valid_{self.symbol}")
        valid = self._valid = with_room(native_check, self.symbol, found)
        return valid

    def decode(self, value: Any, *, strict: bool = True) -> Any:
        """The typed value of a JSON value; the two share nothing.

        Raises `ValidationError` with every violation; with `strict=False` only if
        arrays and objects nest more than 1,024 levels. Raises `TypeError` for what
        JSON cannot express.
        """
        return self._decode_read(strict, copied, self.name, value)

    def _decode_read(self, strict: bool, read: Callable[..., Any], *given: Any) -> Any:
        """The typed value of what a function reads, each time anew. Decoders put typed
        values where the others stay, so what is wrong is asked of another reading."""
        value = read(*given)
        before = drift.mark
        try:
            found = decode_with_room(self._decode or self._decoder(), value)
        except TooDeep:
            raise ValidationError(self.name, [too_deep()]) from None
        if strict and drift.mark is not before:
            violations = self.violations(read(*given))
            if violations:
                raise ValidationError(self.name, violations)
        return found

    def encode(self, obj: Any) -> Any:
        """The JSON value of a typed value.

        Raises `TypeError` for what JSON cannot express, `ValueError` for more than
        1,024 levels of arrays and objects.
        """
        try:
            return plain(obj)
        except TypeError as error:
            raise located(self.name, obj, error) from None

    def from_json(self, text: str | bytes, *, strict: bool = True) -> Any:
        """Decode JSON text, like `decode`. Raises `ValueError` if it is not JSON."""
        return self._decode_read(strict, with_room, loads, text)

    def to_json(self, obj: Any) -> bytes:
        """The JSON text of a typed value, compact, in UTF-8."""
        return with_room(dumps, self.encode(obj))

    def is_valid(
        self, value: Any, *, side: Literal["client", "server"] | None = None
    ) -> bool:
        """Whether a JSON value meets the schema; for a valid value much faster than
        `violations`.

        Parts that the schema does not constrain are not checked, so they may hold what
        JSON cannot express. Unlike `violations` and `decode`, this does not limit
        levels. `side` is the reader, as for `violations`.
        """
        if side is None:
            valid = self._valid or self._check()
            try:
                # It may hold objects, which mean what they are encoded to.
                return valid(value) or valid(plain(value))
            except (RecursionError, TypeError, ValueError):
                pass
        return not self.violations(value, side=side)

    def violations(
        self, value: Any, *, side: Literal["client", "server"] | None = None
    ) -> list[Violation]:
        """Every way in which a JSON value breaks the schema; empty if it is valid.

        `side` is the reader of the value, by default the user of this package. It
        matters if a property that only one side writes is required.
        """
        ask = self._ask
        if ask is None:
            from ._asked import violations_for

            ask = self._ask = violations_for
        # Where the side is named, the constraints are asked in any case.
        valid = None if side is not None else self._valid or self._check()
        return ask(side, self.name, self.symbol, value, self._constraints, valid)

    def _constraints(self) -> Any:
        if self._rules is None:
            name = f"{self._package}._constraints"
            self._rules = with_room(import_module, name)
        return self._rules


def schema_named(package: str, name: str) -> Schema:
    """The schema of a package with a name of the specification."""
    found: Schema = import_module(f"{package}.schemas").SCHEMAS[name]
    return found


def type_named(package: str, name: str) -> Any:
    """What values of a schema are in Python: a class, or another annotation."""
    models = import_module(f"{package}.models")
    return getattr(models, schema_named(package, name).symbol)


class Schemas(Mapping[str, Schema]):
    """Every named schema by its name in the specification; made on first use."""

    def __init__(self, symbols: Mapping[str, str], package: str) -> None:
        self._symbols = symbols
        self._package = package
        self._made: dict[str, Schema] = {}

    def __getitem__(self, name: str) -> Schema:
        schema = self._made.get(name)
        if schema is None:
            schema = Schema(name, self._symbols[name], self._package)
            self._made[name] = schema
        return schema

    def __iter__(self) -> Iterator[str]:
        return iter(self._symbols)

    def __len__(self) -> int:
        return len(self._symbols)

    def __repr__(self) -> str:
        return f"<Schemas: {counted(len(self), 'schema', 'schemas')}>"
