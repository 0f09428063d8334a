"""Old names of what was renamed: they work, and warn whoever uses them."""

# Who reads an old name is seen by the frame alone. What marks it for checkers need not
# be installed: they know it.
# pyright: reportPrivateUsage=false, reportMissingModuleSource=false

from __future__ import annotations

import sys
from warnings import warn

__all__ = ["OldMember", "deprecated", "old_names"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Generic, TypeVar

    from typing_extensions import deprecated

    _Member = TypeVar("_Member")

    class OldMember(Generic[_Member]):
        """A member of an enum under its old name; it is no member of its own."""

        def __init__(self, told: Callable[[Any], _Member]) -> None: ...

        @deprecated("this member has another name now")
        def __get__(self, instance: object, owner: type) -> _Member: ...

else:

    def deprecated(message):
        """Stand in for `typing_extensions.deprecated`, which need not be installed."""

        def decorate(method):
            def told(self):
                warn(message, DeprecationWarning, stacklevel=2)
                return method(self)

            told.message, told.method = message, method
            return told

        return decorate

    class OldMember:
        __slots__ = ("_told",)

        def __init__(self, told):
            self._told = told

        def __get__(self, instance, owner):
            warn(self._told.message, DeprecationWarning, stacklevel=2)
            return self._told.method(instance)


def old_names(
    module: str, names: Mapping[str, tuple[str, str]]
) -> Callable[[str], Any]:
    """The `__getattr__` of the module of all types. `names` takes each old name to the
    name of today and the text of the warning."""
    package = module.rpartition(".")[0]

    def find(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        new, message = names[name]
        # Whoever imports from the package comes by its own `__getattr__`.
        by_package = sys._getframe(1).f_globals.get("__name__") == package
        warn(message, DeprecationWarning, stacklevel=3 if by_package else 2)
        return getattr(sys.modules[module], new)

    return find
