"""Base64 means the same whether or not a faster decoder is installed."""

from __future__ import annotations

import base64
import binascii
import sys
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.runtime import _base64


def lax(text: str, altchars: None, validate: bool) -> bytes:
    """A decoder that is stricter and laxer about its errors than the standard one."""
    assert validate
    if "+" in text:
        raise binascii.Error("a whim")
    return binascii.a2b_base64(text, strict_mode=True)


@pytest.fixture(params=["standard", "faster"], autouse=True)
def decoder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    faster = ModuleType("pybase64")
    faster.b64decode = lax  # type: ignore[attr-defined]
    installed = faster if request.param == "faster" else None
    monkeypatch.setitem(sys.modules, "pybase64", installed)
    monkeypatch.setattr(_base64, "_fast", _base64._first)
    assert _base64.decode("AAAA") == b"\0\0\0"
    assert (_base64._fast is None) == (installed is None)


def test_reads_what_base64_writes() -> None:
    for data in (b"", b"x", b"xy", b"xyz", bytes(range(256)), b"\xfb\xff" * 9):
        assert _base64.decode(base64.b64encode(data).decode()) == data


@pytest.mark.parametrize(
    "text",
    ["A", "AA", "AAA", "AA=", "AAA==", "A===", "=", "AAAA=", "AA==AA==", "é",
     "AA\n==", "AAAA\n", " AAAA", "AA-_", "AA*A", "A\x00AA"],
)  # fmt: skip
def test_refuses_everything_else(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not base64: "):
        _base64.decode(text)


@pytest.mark.parametrize(
    "text", ["A", "AAAAA", "AA=", "AAA==", "=", "AAAA=", "AA+/", "AA\n", "AA--=", "é"]
)
def test_refuses_what_is_no_base64url(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not base64: "):
        _base64.decode_url(text)


@given(data=st.binary())
def test_round_trip(data: bytes) -> None:
    padded = base64.urlsafe_b64encode(data).decode()
    assert _base64.decode_url(padded) == data
    assert _base64.decode_url(padded.rstrip("=")) == data
    assert _base64.decode(base64.b64encode(data).decode()) == data
