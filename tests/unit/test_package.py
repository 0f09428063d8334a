"""What is decided about a package stands before a line is written, and stays."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from codegen import frontend, golden, python
from codegen.diagnostics import Report
from codegen.python.emit import search, tree
from codegen.python.logic import Logic
from codegen.python.model.shapes import named_in
from tests.corpus_paths import ROOT

KEYWORDS = ROOT / "benchmarks" / "every-keyword.yaml"
DIRECTIONS = ROOT / "specs" / "realtime" / "2024-12-17" / "asyncapi.yaml"


def loaded(path: Path) -> frontend.Loaded:
    return frontend.load(path, frontend.Options(), Report())


def decided(path: Path) -> python.Package:
    return python.decide(loaded(path).module, python.Settings("sdk"))


def changeable(value: Any, where: str) -> Iterator[str]:
    """The places inside a value at which something could be assigned.

    The IR is not looked into: nothing of a package stands between it and its maker.
    """
    if dataclasses.is_dataclass(value):
        if type(value).__module__.startswith("codegen.ir."):
            return
        settings = type(value).__dataclass_params__  # type: ignore[attr-defined]  # typeshed leaves it out
        if not settings.frozen or hasattr(value, "__dict__"):
            yield f"{where}: {type(value).__name__}"
        for field in dataclasses.fields(value):
            yield from changeable(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, MappingProxyType):
        for key, inner in value.items():
            yield from changeable(key, f"{where}, a key")
            yield from changeable(inner, f"{where}[{key!r}]")
    elif isinstance(value, tuple | frozenset):
        for inner in value:
            yield from changeable(inner, f"{where}[]")
    elif not isinstance(value, str | int | float | enum.Enum | None):
        yield f"{where}: {type(value).__name__}"


@pytest.mark.parametrize("spec", [KEYWORDS, DIRECTIONS], ids=lambda path: path.stem)
def test_nothing_in_it_can_be_changed(spec: Path) -> None:
    package = decided(spec)
    assert package.classes
    assert package.all_tables
    assert list(changeable(package, "package")) == []


@pytest.mark.parametrize(
    "field", [field.name for field in dataclasses.fields(python.Package)]
)
def test_nothing_can_be_assigned(field: str) -> None:
    package = decided(KEYWORDS)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(package, field, getattr(package, field))


def test_writing_leaves_it_as_it_was() -> None:
    before, package = decided(KEYWORDS), decided(KEYWORDS)
    files = list(python.package_files(package))
    assert package == before
    assert golden.test_files(package, files, {}, Report(), loaded(KEYWORDS).span)
    assert package == before
    assert list(python.package_files(package)) == files


CASES = sorted((ROOT / "tests" / "generated").glob("*/spec.*"))


@pytest.mark.parametrize(
    "spec", [KEYWORDS, DIRECTIONS, *CASES], ids=lambda path: path.parent.name
)
def test_what_is_used_of_the_models_is_written(spec: Path) -> None:
    """Annotations, decoders and encoders know the classes that are decided on."""
    package = decided(spec)
    names, logic = package.names, Logic(package)
    written = {schema.id for schema, _ in package.classes}
    written |= {schema.id for schema in package.enums}
    written |= {schema.id for schema, _, _ in package.aliases}
    declared = [field.shape for _, fields in package.classes for field in fields]
    declared += [shape for _, shape, _ in package.aliases]
    assert {used for shape in declared for used in named_in(shape)} <= written
    groups = [*logic.codec_groups, *logic.checks_groups]
    nodes = [node for _, group in groups for node in group]
    used = search.mentions(nodes).imported.get(tree.MODELS, set())
    assert used <= {names.of(schema_id) for schema_id in written}
