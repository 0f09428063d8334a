"""The one switch that rewrites expectations."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.expectations import SWITCH, expect, rewriting


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that records something else than is found; nothing is switched on."""
    monkeypatch.delenv(SWITCH, raising=False)
    monkeypatch.delenv("CI", raising=False)
    path = tmp_path / "expect.txt"
    path.write_text("old\n")
    return path


def test_a_difference_fails_and_is_left_alone(record: Path) -> None:
    expect("old\n", record)
    with pytest.raises(AssertionError, match=f"{SWITCH}=1"):
        expect("new\n", record)
    with pytest.raises(AssertionError, match=f"other.txt is missing: {SWITCH}=1"):
        expect("new\n", record.with_name("other.txt"))
    assert record.read_text() == "old\n"


def test_the_switch_rewrites(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "1")
    expect("new\n", record)
    assert record.read_text() == "new\n"


def test_nothing_is_rewritten_on_a_build_server(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "1")
    assert not rewriting()
    monkeypatch.setenv(SWITCH, "1")
    with pytest.raises(pytest.UsageError):
        expect("new\n", record)
    assert record.read_text() == "old\n"
