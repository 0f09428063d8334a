"""Documents from the web. Each is read if the lock file has it and its bytes match.

What is fetched is bounded in bytes, seconds and redirects, and each redirect must lead
to where a document may come from. A user may allow documents that are not in the lock
file; what came is then recorded there.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from typing import IO, TYPE_CHECKING, Any, Final

from codegen import addresses, sightings
from codegen.source.limits import (
    MAX_BYTES,
    MAX_FETCHED,
    MAX_REDIRECTS,
    MAX_SECONDS,
    MAX_SILENCE,
)
from codegen.source.locks import LOCK, Locked

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from urllib.request import OpenerDirector, Request

Keep = Callable[[str, Locked], None]
"""Is called with an address and what came from it."""

_PIECE: Final = 64 * 1024
MAP: Final = "`[tool.codegen.documents]` maps it to a file"


class RemoteError(Exception):
    """A document from the web is not available; the message says why."""


class Remote:
    """Fetches documents that are in a lock file and, if there is a `keep`, others as
    well."""

    def __init__(self, locked: Mapping[str, Locked], keep: Keep | None = None) -> None:
        self._locked = dict(locked)
        self._keep = keep
        self._fetched = 0

    def read(self, address: str) -> bytes:
        """The bytes of a document. Raises `RemoteError`."""
        known = self._locked.get(address)
        try:
            addresses.check(address)
        except addresses.AddressError as error:
            raise RemoteError(f"{address} cannot be fetched: {error}") from None
        if known is None and self._keep is None:
            message = f"{address} is not in {LOCK}; `--allow-remote` fetches it and "
            raise RemoteError(f"{message}writes the entry, {MAP}")
        from http.client import HTTPException

        self._fetched += 1
        if self._fetched > MAX_FETCHED:
            raise RemoteError(f"more than {MAX_FETCHED} documents would be fetched")
        try:
            data = _fetched(address)
        except (OSError, ValueError, HTTPException) as error:
            reason = _reason(error)
            raise RemoteError(f"{address} cannot be fetched: {reason}") from None
        found = Locked(hashlib.sha256(data).hexdigest(), len(data))
        if found != known:
            if self._keep is None:
                assert known is not None
                raise RemoteError(_difference(address, known, found))
            self._keep(address, found)
            self._locked[address] = found
        return data


def _difference(address: str, known: Locked, found: Locked) -> str:
    return (
        f"{address} is not what it was: {LOCK} has sha256:{known.sha256} of "
        f"{known.size} bytes, and sha256:{found.sha256} of {found.size} bytes came; "
        "`--allow-remote` takes what came"
    )


def _fetched(address: str) -> bytes:
    """The bytes at an address. Raises OSError, ValueError or HTTPException."""
    from urllib.request import Request

    sightings.elsewhere()
    headers = {"User-Agent": "wirewright", "Accept-Encoding": "identity"}
    end = time.monotonic() + MAX_SECONDS
    with _opener().open(Request(address, headers=headers), timeout=MAX_SILENCE) as come:
        pieces, size = [], 0
        # One read of the system at a time, so that a trickle can not go on for ever.
        while piece := come.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_BYTES:
                raise ValueError(f"it is larger than {MAX_BYTES} bytes")
            if time.monotonic() > end:
                raise ValueError(f"it takes longer than {MAX_SECONDS} seconds")
        if come.headers.get("Content-Length", "") not in ("", str(size)):
            raise ValueError("the connection ended before all had come")
    return b"".join(pieces)


def _opener() -> OpenerDirector:
    """What opens addresses and nothing else: no file, no ftp, no data."""
    import urllib.request as web

    class Redirects(web.HTTPRedirectHandler):
        """Follows redirects to where documents may come from."""

        max_redirections = max_repeats = MAX_REDIRECTS

        def redirect_request(
            self,
            req: Request,
            fp: IO[bytes],
            code: int,
            msg: str,
            headers: HTTPMessage,
            newurl: str,
        ) -> Request | None:
            """The request to where a redirect leads. Raises `AddressError`."""
            addresses.check(newurl)
            if req.type == "https" and not newurl.startswith("https:"):
                raise ValueError("a redirect leads away from `https:`")
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    found = web.OpenerDirector()
    handlers: tuple[Any, ...] = (
        web.ProxyHandler,
        web.HTTPHandler,
        web.HTTPSHandler,
        web.HTTPDefaultErrorHandler,
        web.HTTPErrorProcessor,
        Redirects,
    )
    for handler in handlers:
        found.add_handler(handler())
    return found


def _reason(error: Exception) -> str:
    """Why a document did not come, without naming a path of this machine."""
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError

    if isinstance(error, HTTPError):
        if error.code // 100 == 3:
            return (
                f"there are more than {MAX_REDIRECTS} redirects, or they lead nowhere"
            )
        return f"the server answers {error.code}"
    if isinstance(error, URLError):
        inner = error.reason
        return _reason(inner) if isinstance(inner, Exception) else "there is no answer"
    if isinstance(error, TimeoutError):
        return f"there is no answer in {MAX_SILENCE} seconds"
    if isinstance(error, HTTPException):
        return "the answer is none of HTTP"
    if isinstance(error, OSError):
        return (error.strerror or type(error).__name__).lower()
    return str(error)
