"""Reading ahead: what comes of a file is the same, whoever has read it, and when."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codegen import workers
from codegen.source import ahead, yaml_text
from codegen.source.document import Document

LONG = "".join(
    f"name{n}: {{type: string, at: [1, 2.5, null, true, {n}]}}\n" for n in range(4_000)
)


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """How often this process has read a text of YAML."""
    if not workers.spare():
        pytest.skip("there is no core to spare")
    read, here, count = yaml_text.read, os.getpid(), 0

    def counted(text: str) -> object:
        nonlocal count
        count += os.getpid() == here
        return read(text)

    monkeypatch.setattr(yaml_text, "read", counted)
    yield lambda: count
    for one in ahead._begun.values():
        one.end()
    ahead._begun.clear()


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        f"\ufeff{LONG}",
        LONG.replace("\n", "\r\n"),
        f"a: &a {{b: 'é \U0001f600', c: {10**40}}}\n'1': *a\nm:\n  <<: *a\n{LONG}",
    ],
    ids=["plain", "mark", "newlines", "anchors"],
)
def test_what_was_read_elsewhere_is_the_same(
    tmp_path: Path, parses: Callable[[], int], text: str
) -> None:
    place = tmp_path / "spec.yaml"
    content = text.encode()
    place.write_bytes(content)
    ahead.begin(["--lenient", "no/such.yaml", str(tmp_path), str(place)])
    found = Document("spec.yaml", "spec.yaml", content)
    assert parses() == 0
    expected = Document("spec.yaml", "spec.yaml", content)
    assert parses() == 1
    assert found.data == expected.data
    assert found.root == expected.root
    assert found.span("/name7/at/1") == expected.span("/name7/at/1")


@pytest.mark.parametrize(
    "content",
    [
        f"{LONG}name7: again\n".encode(),
        f"{LONG}{{".encode(),
        f"{LONG}more: ".encode() + b"\xff\n",
        LONG.encode("utf-16"),
    ],
    ids=["twice", "broken", "bytes", "utf-16"],
)
def test_what_is_wrong_with_a_file_is_found_here(
    tmp_path: Path, parses: Callable[[], int], content: bytes
) -> None:
    place = tmp_path / "spec.yaml"
    place.write_bytes(content)
    ahead.begin([str(place)])
    found = Document("spec.yaml", "spec.yaml", content)
    expected = Document("spec.yaml", "spec.yaml", content)
    assert parses() in (0, 2)
    assert found._parsed == expected._parsed


def test_a_file_that_was_changed_meanwhile_is_read_here(
    tmp_path: Path, parses: Callable[[], int]
) -> None:
    place = tmp_path / "spec.yaml"
    place.write_text(LONG)
    ahead.begin([str(place)])
    other = LONG.replace("name7:", "name_:")
    found = Document("spec.yaml", "spec.yaml", other.encode())
    assert parses() == 1
    assert "name_" in found.data


def test_small_files_are_not_worth_it(
    tmp_path: Path, parses: Callable[[], int]
) -> None:
    place = tmp_path / "spec.yaml"
    place.write_text("a: 1\n")
    (tmp_path / "large.json").write_text(f'{{"a": "{LONG}"}}')
    ahead.begin([str(place), str(tmp_path / "large.json")])
    assert not ahead._begun
    assert Document("spec.yaml", "spec.yaml", b"a: 1\n").data == {"a": 1}
    assert parses() == 1
