"""Addresses of servers: whether what one of them stands for is another one's, too."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from codegen.ir import operations as ops

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_HEAD: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://[^/?#\n]*")
_PORTS: Final = {
    "amqp": ":5672",
    "amqps": ":5671",
    "http": ":80",
    "https": ":443",
    "mqtt": ":1883",
    "mqtts": ":8883",
    "secure-mqtt": ":8883",
    "ws": ":80",
    "wss": ":443",
}

_MOST: Final = 30
"""Addresses of one server, and values of one variable, that are looked at."""
_FEW: Final = 4
"""Variables of one address that are."""
_LONGEST: Final = 200
"""Characters of the longest address that is."""

_ANY: Final = "\0"
"""Stands for a value that nothing is known of."""


def same(a: ops.Server, b: ops.Server) -> bool:
    """Whether two servers have the same addresses, however they are spelled."""
    return reached(a, [b]) and reached(b, [a])


def spelled(server: ops.Server) -> str:
    """The address of a server, in one spelling of those that mean the same wherever it
    has no variables."""
    head, rest = _parted(_text(server))
    return head.lower() + rest


def scheme(server: ops.Server) -> str:
    """The scheme of a server's address, or its protocol; empty if none is said."""
    head, _ = _parted(_text(server))
    return head.partition(":")[0].lower()


def reached(old: ops.Server, new: Iterable[ops.Server]) -> bool:
    """Whether every address of a server is one of others, as far as that is looked
    at."""
    others = [one for one in new if one.security == old.security]
    every = list(itertools.islice(_addresses(old), _MOST + 1))
    return len(every) <= _MOST and all(
        any(_is_of(other, address) for other in others) for address in every
    )


def _addresses(server: ops.Server) -> Iterator[str]:
    """What a server's address may be, each variable replaced by each of its values."""
    pieces = _VARIABLE.split(_text(server))
    values = [_values(server, name) or (_ANY,) for name in pieces[1::2]]
    for chosen in itertools.product(*values):
        filled = itertools.chain(*zip(pieces[::2], chosen, strict=False))
        yield "".join((*filled, pieces[-1]))


def _is_of(server: ops.Server, address: str) -> bool:
    """Whether a server has an address. Neither scheme nor host has a case."""
    told = _text(server)
    if max(len(told), len(address)) > _LONGEST or told.count("{") > _FEW:
        return False
    (head, rest), (there, behind) = _parted(told), _parted(address)
    return _fits(server, head, there, str.lower) and _fits(server, rest, behind, str)


def _fits(
    server: ops.Server, told: str, text: str, folded: Callable[[str], str]
) -> bool:
    """Whether a text is what a part of an address stands for: where each piece of it
    may end, from left to right."""
    text, ends = folded(text), {0}
    for index, piece in enumerate(_VARIABLE.split(told)):
        values = _values(server, piece) if index % 2 else (piece,)
        if not values:
            ends = set(_inside(text, ends))
            continue
        ends = {
            end + len(value)
            for end in ends
            for value in map(folded, values[:_MOST])
            if text.startswith(value, end)
        }
    return len(text) in ends


def _inside(text: str, starts: set[int]) -> Iterator[int]:
    """Where a value that may be anything can end; it has no slash."""
    open_ = False
    for place, letter in enumerate(text):
        open_ = (open_ or place in starts) and letter not in "/\n"
        if open_:
            yield place + 1


def _values(server: ops.Server, name: str) -> tuple[str, ...]:
    """The values of a variable; none where it may be anything."""
    variable = server.variables.get(name)
    return () if variable is None else variable.values or ()


def _text(server: ops.Server) -> str:
    """All that is said of an address, its protocol first."""
    said = {key: str(value) for key, value in server.settings.items()}
    protocol, url = said.pop("protocol", ""), said.pop("url", said.pop("host", ""))
    if said.get("pathname") == "/":  # as if there were no path
        del said["pathname"]
    # A path follows, which begins with a slash.
    address = f"{protocol}://{url}" if protocol else url.removesuffix("/")
    rest = "".join(f"\n{key}={value}" for key, value in sorted(said.items()))
    return f"{address}{rest}"


def _parted(address: str) -> tuple[str, str]:
    """Scheme and host of an address, without the port that the scheme has anyhow, and
    the rest."""
    found = _HEAD.match(address)
    if found is None:
        return "", address
    head, rest = found[0], address[found.end() :]
    return head.removesuffix(_PORTS.get(found[1].lower(), "\n")), rest
