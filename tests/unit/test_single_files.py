"""Files that stand in no tree: those that somebody named, and those that we do."""

from __future__ import annotations

import os
import resource
import stat
import threading
from pathlib import Path

import pytest

from codegen import output
from codegen.diagnostics import Report
from tests.unit.test_output import FIRST, plan, tree


def write(path: Path, text: str) -> list[str]:
    report = Report()
    output.write_file(path, text, report)
    return [f"{item.code}: {item.message}" for item in report]


@pytest.mark.parametrize("target", ["real.yaml", "missing.yaml"])
def test_a_link_is_followed_and_stays(tmp_path: Path, target: str) -> None:
    (tmp_path / "real.yaml").write_text("old")
    (tmp_path / "real.yaml").chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(target)
    assert write(link, "new") == []
    assert link.is_symlink()
    assert (tmp_path / target).read_text() == "new"
    assert stat.S_IMODE((tmp_path / "real.yaml").stat().st_mode) == 0o640


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    came: list[str] = []
    reader = threading.Thread(target=lambda: came.append(pipe.read_text()), daemon=True)
    reader.start()
    assert write(pipe, "new") == []
    reader.join(10)
    assert came == ["new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_circle_of_links_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("a")
    (told,) = write(tmp_path / "a", "new")
    assert told.startswith("write: cannot write: ")


def test_what_does_not_fit_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
    try:
        told = [write(tmp_path / name, "x" * 11) for name in ("there", "new")]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert told == [["write: cannot write: File too large"]] * 2
    assert tree(tmp_path) == {"there": "old"}


def test_runs_at_once_do_not_take_each_other_s_texts(tmp_path: Path) -> None:
    texts = {f"{n}" * 200_000 for n in range(4)}
    told: list[str] = []

    def run(text: str) -> None:
        for _ in range(20):
            told.extend(write(tmp_path / "one", text))

    runs = [threading.Thread(target=run, args=(text,)) for text in texts]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert told == []
    assert (tmp_path / "one").read_text() in texts
    assert list(tree(tmp_path)) == ["one"]


def test_no_file_of_ours_is_written_through_a_link(tmp_path: Path) -> None:
    """Nor does one take the place of the link, or does anything else become new."""
    (tmp_path / "precious").write_text("old")
    (tmp_path / "log").symlink_to("precious")
    root = tmp_path / "out"
    before = tree(tmp_path)
    report, (made, _) = Report(), plan(root, FIRST)
    assert made is not None
    output.write_own(tmp_path / "log", "new", report)
    output.commit([made], report, {tmp_path / "log": "new"})
    assert {item.code for item in report} == {"output"}
    assert (tmp_path / "log").is_symlink()
    assert tree(tmp_path) == before
