"""Where the base path of an API stands: at the end of the addresses of its servers, or
at the beginning of its paths. That is the same on the wire.

If it has moved, both versions are compared as if it stood in the paths.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from codegen.ir import model as ir
from codegen.ir import operations as ops
from codegen.ir.paths import plain

_ADDRESS: Final = re.compile(r"((?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]+)?(/[^?#{}]*)?")
"""A server and its base path, in which no variable stands."""


def aligned(old: ir.Module, new: ir.Module) -> tuple[ir.Module, ir.Module]:
    """Both versions with the base path of all servers in the paths of operations, if
    the versions have other ones and more operations in common so; else as they are."""
    sides = old, new
    if len({_base(side.interface.servers) for side in sides}) == 1:
        return sides
    rebased = _rebased(old), _rebased(new)
    return rebased if _common(*rebased) > _common(*sides) else sides


def _common(old: ir.Module, new: ir.Module) -> int:
    """How many operations both versions have."""
    before, after = (
        Counter((o.method, plain(o.path)) for o in side.interface.operations)
        for side in (old, new)
    )
    return (before & after).total()


def _base(servers: Iterable[ops.Server]) -> str | None:
    """The base path that all servers have; None where they differ, or an address does
    not tell it."""
    found = {_parted(server)[1] for server in servers} or {""}
    return found.pop() if len(found) == 1 else None


def _parted(server: ops.Server) -> tuple[str, str | None]:
    """The address of a server without its base path, and that."""
    url = server.settings.get("url")
    found = _ADDRESS.fullmatch(url) if isinstance(url, str) else None
    if found is None:
        return "", None
    return found[1] or "/", (found[2] or "").removesuffix("/")


def _rebased(module: ir.Module) -> ir.Module:
    """A version with the base path of its servers in its paths."""
    interface = module.interface
    operations, paths = [], dict[str, set[str]]()
    for one in interface.operations:
        base = None if one.kind else _base(one.servers)
        if base is not None:
            path = f"{base}{one.path}"
            paths.setdefault(one.path, set()).add(path)
            one = replace(one, path=path, servers=_bare(one.servers))
        operations.append(one)
    # What is said of a path goes by its name.
    names = {path: found.pop() for path, found in paths.items() if len(found) == 1}
    known = _base(interface.servers) is not None
    rebased = replace(
        interface,
        operations=tuple(operations),
        servers=_bare(interface.servers) if known else interface.servers,
        parts={names.get(name, name): part for name, part in interface.parts.items()},
    )
    return replace(module, interface=rebased)


def _bare(servers: Iterable[ops.Server]) -> tuple[ops.Server, ...]:
    """Servers without the base path of their addresses."""
    return tuple(
        replace(server, settings={**server.settings, "url": _parted(server)[0]})
        for server in servers
    )
