"""What objects hold is held against their annotations, once."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from codegen.golden.machinery.annotations import misfits


@dataclass
class Other:
    inner: Other | Tree | None = field(default=None, metadata={"name": "inner"})


@dataclass
class Tree:
    inner: Other | list[Tree] | Tree | str | None = field(
        default=None, metadata={"name": "inner"}
    )
    size: int | None = field(default=None, metadata={"name": "size"})


def _tree(depth: int, leaf: Any) -> Any:
    value = leaf
    for level in range(depth):
        value = Tree([value] if level % 2 else value)
    return value


def test_what_no_member_of_a_union_is_is_not_looked_into() -> None:
    # Looking into it for each member would double the work at each level.
    assert misfits(_tree(60, None), Other | Tree, __name__) == []


def test_what_does_not_fit_is_found_at_any_depth() -> None:
    wrong: Any = Tree(size="1")  # type: ignore[arg-type]  # what is to be found
    assert misfits(_tree(3, wrong), Tree, __name__) == [
        "/inner/inner/0/inner/size: '1' is no int | None"
    ]
    assert misfits(wrong, Other, __name__) == [
        "the value: Tree(inner=None, size='1') is no Other"
    ]


def test_everything_is_any() -> None:
    for value in (None, "x", [1], {"a": Tree()}):
        assert misfits(value, Any | None, __name__) == []
        assert misfits(value, list[int] | Any, __name__) == []


def test_what_does_not_fit_is_found_in_time_in_proportion_to_the_depth() -> None:
    wrong: Any = Tree(size="1")  # type: ignore[arg-type]  # what is to be found
    started = time.process_time()
    (found,) = misfits(_tree(900, wrong), Tree, __name__)
    assert found.endswith("/size: '1' is no int | None")
    assert found.count("/inner") == 900
    assert time.process_time() - started < 5
