"""The pieces of a large package: modules that are loaded when something of them is
first asked for.

`from . import audio as audio_codec` gives a stand-in, and the first attribute that is
asked of it loads the module. From then on the stand-in is a module like any other, with
everything that the real one has, so that a call through it costs what a call in the
same module does. Pieces may refer to each other in circles.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from ._depth import with_room
from .registry import in_piece


class _StandIn(ModuleType):
    """A piece that has not been asked for anything."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        module = with_room(import_module, self.__name__)
        # In this order: whoever comes meanwhile waits for the import.
        vars(self).update(vars(module))
        object.__setattr__(self, "__class__", ModuleType)
        return getattr(module, name)


class Folder:
    """A package of pieces; `homes` takes names to the pieces that they are in."""

    def __init__(self, name: str, homes: Mapping[str, str]) -> None:
        self._name = name
        self._homes = homes
        self._pieces = frozenset(homes.values())

    def find(self, name: str) -> Any:
        """A piece, or something that is in one: the `__getattr__` of the package.

        Something is found by what follows the first `_` in its name, or by the whole
        name: `decode_Voice` is where `Voice` is, even if a type is called so.
        """
        if name in self._pieces:
            stand_in = _StandIn(f"{self._name}.{name}")
            setattr(sys.modules[self._name], name, stand_in)
            return stand_in
        for owner in (name.partition("_")[2], name):
            piece = self._homes.get(owner)
            there = {} if piece is None else vars(self._loaded(piece))
            if name in there:
                return there[name]
        raise AttributeError(f"module {self._name!r} has no attribute {name!r}")

    def load(self, name: str) -> ModuleType:
        """The piece that something is in. Raises `KeyError`."""
        return self._loaded(self._homes[name])

    def _loaded(self, piece: str) -> ModuleType:
        return with_room(import_module, f"{self._name}.{piece}")


class Rules(dict[str, Any]):
    """The constraints of a package, loaded with their pieces."""

    def __init__(self, folder: Folder) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, name: str) -> Any:
        self.update(self._folder.load(name).CONSTRAINTS)
        return self[name]


class ByTag(dict[Any, Any]):
    """From tags to decoders. One that is in another piece, see `in_piece`, is loaded
    when its tag first comes."""

    def __init__(self, decoders: Mapping[Any, Any]) -> None:
        super().__init__()
        self.all = decoders

    def __missing__(self, tag: Any) -> Any:
        decoder = self[tag] = in_piece(self.all[tag])
        return decoder


_own: Any = vars(ModuleType)["__dict__"].__get__
"""What a module has by now."""


class _Models(ModuleType):
    """The module of all types. It is where they are found and pickled, and whoever asks
    for all that it has (as `typing.get_type_hints` does) is given all."""

    _folder: Folder
    _homes: Mapping[str, str]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        folder = self._folder
        known = name in self._homes
        found = getattr(folder.load(name), name) if known else folder.find(name)
        setattr(self, name, found)
        return found

    def __dir__(self) -> list[str]:
        return sorted(self._homes)

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]  # asks for all
        own: dict[str, Any] = _own(self)
        if "_whole" not in own:
            for piece in sorted(set(self._homes.values())):
                module = import_module(f"{self.__name__}.{piece}")
                for name, value in vars(module).items():
                    if not name.startswith("__"):
                        own.setdefault(name, value)
            own["_whole"] = True
        return own


def open_models(name: str, homes: Mapping[str, str]) -> None:
    """Make the package of all types, which is being imported, one that loads them when
    they are asked for."""
    module: Any = sys.modules[name]
    module._folder = Folder(name, homes)
    module._homes = homes
    module.__class__ = _Models
