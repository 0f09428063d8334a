"""`uuid` (RFC 9562) as `UUID`."""

from __future__ import annotations

from uuid import UUID

from ._typed import Carrying, Form
from .checks import matches

_HELD = r"^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z"


class Uuid(Carrying, UUID):
    """A UUID with the text that it came as."""

    __slots__ = ("_text",)

    def _plain(self) -> UUID:
        return UUID(int=self.int)


def _made(text: str) -> Uuid | None:
    return Uuid(text) if matches(_HELD, text) else None


def _why(text: str) -> str:
    return "is not a valid uuid"


UUIDS = Form(Uuid, UUID, make=_made, why=_why, spell=UUID.__str__)
