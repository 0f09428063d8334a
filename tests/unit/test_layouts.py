"""Where files stand on disk, by what the parts of the generator call them."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import copies, import_roots
from codegen.artifact import OutputFile
from codegen.layouts import Layout

FILES = ("NAME/models.py", "NAME/_runtime/build.py", "tests/NAME/golden/A.json")


def placed(layout: Layout) -> list[str]:
    files = [OutputFile(path.replace("NAME", layout.package), "") for path in FILES]
    return [
        f"{tree.root.as_posix()}: {file.path}"
        for tree in layout.trees(files)
        for file in tree.files
    ]


def test_a_package_and_its_tests_stand_beside_each_other() -> None:
    layout = Layout("shop", Path("out"))
    assert placed(layout) == [
        "out: shop/models.py",
        "out: shop/_runtime/build.py",
        "out: tests/shop/golden/A.json",
    ]
    assert layout.way == "../.."


def test_dots_are_folders() -> None:
    layout = Layout("ours.shop", Path("out"))
    assert placed(layout) == [
        "out: ours/shop/models.py",
        "out: ours/shop/_runtime/build.py",
        "out: tests/ours/shop/golden/A.json",
    ]
    assert layout.way == "../../.."


def test_tests_in_a_folder_of_their_own_are_a_tree_of_their_own() -> None:
    layout = Layout("ours.shop", Path("base/src"), Path("base/tests/shop"))
    assert placed(layout) == [
        "base/src: ours/shop/models.py",
        "base/src: ours/shop/_runtime/build.py",
        "base/tests: shop/golden/A.json",
    ]
    assert layout.way == "../../src"
    assert [tree.folder for tree in layout.trees(())] == ["ours/shop", "shop"]


@pytest.mark.parametrize(
    ("place", "output", "root"),
    [
        ("src/tests/a", "src", "src"),
        ("src/ours/tests/a", "src/ours", "src"),
        ("libs/a/src/tests/a", "libs/a/src", "libs/a/src"),
        ("tests/a", "src", None),
        ("generated/tests/a", "generated", None),
        ("python/tests/a", "python", "python"),
        ("tests/a", ".", None),
        ("src", "src", None),
    ],
)
def test_what_lies_below_an_import_root(
    place: str, output: str, root: str | None
) -> None:
    assert import_roots.above(place, output, frozenset(["python"])) == root


def test_no_two_packages_share_the_names_of_their_tests() -> None:
    """pytest makes modules of them that have no folder in their names."""
    packages = ("a.b", "a_b", "a__b", "a.b.c", "a_.b", "a._b", "a___b")
    names = [copies.test_module(package) for package in packages]
    assert len(set(names)) == len(packages)
    assert names[:2] == ["test_golden_a__b", "test_golden_a_b"]
