"""One kind of change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from codegen.ir import model as ir

_VALUES: Final = frozenset(
    (
        "Types",
        "Values",
        "Constraints",
        "Arrays",
        "Objects and maps",
        "Unions and logic",
    )
)
"""The families of rules about constraints; of those about properties people see more
than that."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of change, from the old version to the new one.

    `usual` says what clients and servers usually make of it, "B/S": breaking where
    clients write, safe where servers do; D is risky, `-` no effect, W by witness
    alone. `survivable` marks what the contract calls risky, not breaking, where a
    server starts to send it. `hint` is advice where a change does the harm that is
    usual.
    """

    id: str
    family: str
    usual: str
    title: str
    explanation: str
    example: str
    survivable: bool = False
    hint: str = ""

    @property
    def client_to_server(self) -> str:
        """What is usual where clients write and servers read."""
        return self.usual.split("/")[0]

    @property
    def server_to_client(self) -> str:
        """What is usual where servers write and clients read."""
        return self.usual.split("/")[1]

    def advice(self, way: ir.Direction) -> str:
        """Advice about harm in one direction. Where such a change usually does none,
        something else around it is to blame, as a closed object is."""
        forward = way is ir.Direction.CLIENT_TO_SERVER
        usual = self.client_to_server if forward else self.server_to_client
        return "" if usual in ("S", "-") else self.hint

    @property
    def about_values(self) -> bool:
        """Whether it is about which values are accepted, and nothing else."""
        return self.family in _VALUES

    @property
    def patch(self) -> bool:
        """Whether it says nothing to programs: it asks for a patch release at most."""
        return self.usual == "-/-"
