"""The releases of the development environment are those that the project allows."""

from __future__ import annotations

import importlib.metadata
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.corpus_paths import ROOT

LINES = [
    line
    for line in (ROOT / ".ci" / "constraints.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
PINNED = dict(line.split("==") for line in LINES)


def wanted() -> set[str]:
    """What pyproject.toml asks for, and what builds the package."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lists = [
        data["project"]["dependencies"],
        data["build-system"]["requires"],
        *data["dependency-groups"].values(),
    ]
    return {each for requirements in lists for each in requirements}


def test_everything_that_is_asked_for_is_pinned_within_its_bounds() -> None:
    wrong = [
        str(requirement)
        for requirement in map(Requirement, sorted(wanted()))
        if PINNED.get(canonicalize_name(requirement.name), "")
        not in requirement.specifier
    ]
    assert wrong == [], "make update-constraints"


def test_what_that_asks_for_is_pinned_too() -> None:
    lacking = {
        canonicalize_name(requirement.name)
        for name in PINNED
        # Only an installation of the working tree needs the one, `make fuzz` the other.
        if name not in ("editables", "atheris")
        for requirement in map(Requirement, importlib.metadata.requires(name) or ())
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    }
    assert lacking <= set(PINNED), "make update-constraints"


def test_pip_knows_groups() -> None:
    assert Version(PINNED["pip"]) >= Version("25.1")


def test_the_list_is_in_order_and_names_each_once() -> None:
    assert list(PINNED) == sorted(PINNED)
    assert len(LINES) == len(PINNED)
    assert all(name == canonicalize_name(name) for name in PINNED)
