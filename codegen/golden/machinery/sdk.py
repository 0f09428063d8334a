"""The package under test."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from .annotations import misfits
from .objects import gathered, is_object
from .violations import Pairs, pairs


class Sdk:
    """What golden tests ask of a package."""

    def __init__(self, package: ModuleType) -> None:
        self._package: Any = package
        self._registry = self._module("_runtime.registry")
        self._models = self._module("models")
        self.refusal: Any = self._package.ValidationError
        self.unknown_event: Any = self._package.UnknownEvent

    def _module(self, name: str) -> Any:
        """A module that every generated package has."""
        package: str = self._package.__name__
        try:
            return import_module(f"{package}.{name}")
        except ModuleNotFoundError as error:
            if error.name is None or not error.name.startswith(f"{package}."):
                raise
            file = getattr(self._package, "__file__", None)
            places = [file] if file else list(getattr(self._package, "__path__", ()))
            message = (
                f"these tests are of the generated package {package!r}, but "
                f"{', '.join(places)} is imported by that name: rename one of them, "
                "or remove `__init__.py` from the folders of tests"
            )
            raise ImportError(message) from error

    @property
    def operations(self) -> Any:
        """The operations of the specification, by their keys."""
        return self._package.OPERATIONS

    def schema(self, name: str) -> Any:
        """A schema by its name in the specification."""
        return self._package.SCHEMAS[name]

    def any_schema(self) -> Any:
        """A schema, where all would say the same."""
        return next(iter(self._package.SCHEMAS.values()))

    def has_schema(self, name: str) -> bool:
        """Whether the specification has a schema of this name."""
        return name in self._package.SCHEMAS

    def table(self, name: str) -> Any:
        """An event table by its name in the golden file."""
        events = self._package.EVENTS
        return events[name] if name in events else getattr(self._package, name)

    def is_class_of(self, schema: Any, decoded: Any) -> bool:
        """Whether a decoded value is of the class that is a schema's own. Both decode
        by the same function and judge by the same constraints, so that to ask the other
        about the same value is to ask the same."""
        name: str = schema.symbol
        return is_object(decoded) and type(decoded).__name__ == name

    def observer(self, name: str) -> Any:
        """A new observer of a session."""
        return getattr(self._package, name)()

    def found(self, schema: Any, value: Any) -> Pairs:
        """What the constraints find wrong with a value. Asked for no side, a schema
        takes the word of its checks for what is valid."""
        return pairs(schema.violations(value, side=self.reader))

    @cached_property
    def reader(self) -> str:
        """The side that uses the package, and reads what comes."""
        return (
            "server" if self._module("_constraints").SENT_TO == "client" else "client"
        )

    def violations(self, decoded: Any) -> Pairs:
        """What is wrong with a decoded value, by its own account."""
        return pairs(self._package.violations_of(decoded))

    def refuses(
        self, decode: Callable[..., object], value: object, **options: bool
    ) -> Pairs:
        """The violations for which a value is refused, as it must be."""
        found = self.refusal_of(decode, value, **options)
        return found or pytest.fail(f"{decode} refuses nothing")

    def refusal_of(
        self, decode: Callable[..., object], value: object, **options: bool
    ) -> Pairs:
        """The violations for which a value is refused, none if it is not."""
        try:
            decode(value, **options)
        except self.refusal as refusal:
            return pairs(refusal.violations)
        return []

    def misfits(self, schema: Any, decoded: Any, known: Any = None) -> list[str]:
        """Where a decoded value of a schema, or anything in it, is not what the models
        say; `known` is an object that is as they say, and may share what it holds."""
        hint = getattr(self._models, schema.symbol, None)
        if hint is None or isinstance(hint, type):
            # A class speaks for its own objects.
            hint = Any
        return [*misfits(decoded, hint, self._models.__name__, known)]

    def mark(self) -> object:
        """Another one whenever a value has been taken for invalid in between."""
        return self._registry.drift.mark

    def gathered(self, decoded: Any) -> Any:
        """The JSON value of what the fields of a decoded value hold."""
        return gathered(decoded, self._package.UNSET, self._registry.codec_of)
