"""Addresses of documents on the web, as far as they are told from paths of files.

A specification is a path everywhere, and a path puts slashes together: the two behind
the scheme of an address become one, and are put back here.
"""

from __future__ import annotations

import ipaddress
import re
from pathlib import PurePath
from typing import Final
from urllib.parse import urljoin, urlsplit

_ADDRESS: Final = re.compile(r"(https?):/+(?=[^/])")


class AddressError(ValueError):
    """Nothing is fetched from an address; the message says why."""


def of(path: PurePath) -> str | None:
    """The address that a path stands for, if it does."""
    text = path.as_posix()
    found = _ADDRESS.match(text)
    return f"{found[1]}://{text[found.end() :]}" if found else None


def shown(path: PurePath) -> str:
    """A path as people write it, or the address that it stands for. Paths at a revision
    begin behind its colon."""
    return of(path) or path.as_posix().replace(":./", ":", 1)


def is_one(uri: str) -> bool:
    """Whether a URI leads to the web."""
    return uri.partition(":")[0] in ("http", "https")


def join(base: str, reference: str) -> str:
    """Resolve a reference against a base; a URN has no path to resolve against."""
    if base.startswith("urn:") and reference.startswith("#"):
        return base + reference
    return urljoin(base, reference)


def check(address: str) -> None:
    """Raises `AddressError` unless a document may be fetched from there: plain `http:`
    leads to this machine only, and an address holds no secret."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise AddressError("it is no address") from None
    if not (is_one(address) and host):
        raise AddressError("it is no address on the web")
    if parts.username is not None or parts.password is not None:
        raise AddressError("a name or a password does not belong into an address")
    if parts.scheme == "http" and not _is_here(host):
        raise AddressError(
            "plain `http:` leads only to this machine; use `https:`, or let "
            "`[tool.codegen.documents]` map it to a file"
        )


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
