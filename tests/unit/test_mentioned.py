"""Which files a run is likely to read: what the configuration mentions, wherever that
is, and nothing where there is none. Wrong guesses do no harm, so they are no errors."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from codegen import mentioned

TABLE = """\
[[tool.codegen.sdk]]
spec = "specs/shop.yaml"
overlays = ['fixes.yml', "notes.json"]
package = "shop"
"""


def made(arguments: list[str], text: str = TABLE) -> list[str]:
    Path("pyproject.toml").write_text(text)
    return [os.path.relpath(one) for one in mentioned.by_configuration(arguments)]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_yaml_files_of_the_project_are_likely() -> None:
    likely = [os.path.join("specs", "shop.yaml"), "fixes.yml"]
    assert made(["generate"]) == likely
    assert made(["lint", "shop", "--strict"]) == likely
    assert made(["diff", "a.json", "b.json"]) == made([]) == []
    assert made(["generate", "--help"]) == []
    Path("other.json").write_text("{}")
    assert made(["lint", "other.json"]) == []


def test_the_nearest_configuration_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inner" / "deep").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(TABLE)
    (tmp_path / "inner" / "pyproject.toml").write_text('[tool.other]\nx = "no.yaml"\n')
    monkeypatch.chdir(tmp_path / "inner" / "deep")
    outer = str(tmp_path / "specs" / "shop.yaml")
    assert mentioned.by_configuration(["generate"])[0] == outer
    (tmp_path / "inner" / "codegen.toml").write_text('[[sdk]]\nspec = "own.yaml"\n')
    own = str(tmp_path / "inner" / "own.yaml")
    assert mentioned.by_configuration(["generate"]) == [own]


@pytest.mark.parametrize("option", [["--config", "x.toml"], ["--config=x.toml"]])
def test_a_configuration_that_is_named_counts(option: list[str]) -> None:
    Path("x.toml").write_text('spec = "other.yaml"')
    assert made(["generate", *option]) == ["other.yaml"]


def test_what_cannot_be_read_is_no_guess(tmp_path: Path) -> None:
    assert mentioned.by_configuration(["generate"]) == []
    assert mentioned.by_configuration(["generate", "--config", "no.toml"]) == []
    Path("pyproject.toml").write_bytes(b"tool.codegen \xff 'a.yaml'")
    assert mentioned.by_configuration(["generate"]) == []
    os.mkfifo(tmp_path / "pipe.toml")
    assert mentioned.by_configuration(["generate", "pipe.toml"]) == []
