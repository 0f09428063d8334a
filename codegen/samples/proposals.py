"""What is proposed for a place in a document."""

from __future__ import annotations

from dataclasses import dataclass

from codegen.ir import model as ir


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a place, or for the member `token` of it."""

    value: ir.Json
    valid: bool
    keyword: str
    note: str
    token: str | None = None
