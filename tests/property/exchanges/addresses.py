"""Where requests go: the addresses of servers, and paths with their parameters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

Json = Any

NAMED: Final = re.compile(r"\{([^{}]*)\}")


def _served(url: str) -> str:
    """The address of a server, the place of the document filled in."""
    url = url.removesuffix("/")
    if "://" in url:
        head, _, rest = url.partition("://")
        host, slash, path = rest.partition("/")
        host = host.removesuffix(
            {"http": ":80", "https": ":443"}.get(head.lower(), "/")
        )
        return f"{head.lower()}://{host.lower()}{slash}{path}"
    return f"http://here{url}"


def addresses(server: dict[str, Json]) -> Iterator[str]:
    """The addresses that a server may have."""
    pieces = NAMED.split(_served(server["url"]))
    pools: list[Sequence[str]] = []
    for index, piece in enumerate(pieces):
        told = server.get("variables", {}).get(piece, {}) if index % 2 else {}
        values = told.get("enum") or [told.get("default", "any"), "other"]
        pools.append(values if index % 2 else [piece])
    yield from map("".join, itertools.product(*pools))


def pattern(server: dict[str, Json], path: str) -> re.Pattern[str]:
    """The address of a request to a path, with a group for each parameter."""
    found = ""
    for index, piece in enumerate(NAMED.split(_served(server["url"]))):
        if index % 2:
            values = server.get("variables", {}).get(piece, {}).get("enum")
            told = "|".join(map(re.escape, values)) if values else "[^/]+"
            found += f"(?:{told})"
        else:
            found += re.escape(piece)
    for index, piece in enumerate(NAMED.split(path)):
        found += "([^/]+)" if index % 2 else re.escape(piece)
    return re.compile(found)
