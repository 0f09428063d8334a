"""Trees are compared and written whole or not at all, and strangers' files stay."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from codegen import output, plans
from codegen.diagnostics import Report, Severity
from codegen.output import MANIFEST, SIGNATURE, OutputFile, Plan

HEADER = f"# {SIGNATURE} from spec.yaml.\n"
SECOND = {"sdk/__init__.py": HEADER, "sdk/models.py": HEADER + "A = 2\n"}
FIRST = {"sdk/__init__.py": HEADER, "sdk/models.py": HEADER + "A = 1\n"}


def plan(root: Path, files: Mapping[str, str]) -> tuple[Plan | None, Report]:
    report = Report()
    listed = [OutputFile(path, text) for path, text in files.items()]
    return output.plan(root, "sdk", listed, report), report


def write(root: Path, files: Mapping[str, str]) -> Report:
    made, report = plan(root, files)
    assert made is not None, list(report)
    output.commit([made], report)
    return report


def tree(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def test_a_tree_is_written_and_then_current(tmp_path: Path) -> None:
    assert len(write(tmp_path / "out", FIRST)) == 0
    assert tree(tmp_path / "out") == FIRST
    again, _ = plan(tmp_path / "out", FIRST)
    assert again is not None
    assert again.current
    assert again.diff() == ""


def test_the_manifest_is_sorted_and_names_every_file(tmp_path: Path) -> None:
    write(tmp_path, dict(reversed(FIRST.items())))
    text = (tmp_path / "sdk" / MANIFEST).read_text()
    assert list(json.loads(text)["files"]) == sorted(FIRST)
    assert str(tmp_path) not in text


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    write(tmp_path, FIRST)
    kept = tmp_path / "sdk/__init__.py"
    os.utime(kept, (1, 1))
    write(tmp_path, {**FIRST, "sdk/models.py": HEADER + "A = 2\n"})
    assert kept.stat().st_mtime == 1
    assert (tmp_path / "sdk/models.py").read_text() == HEADER + "A = 2\n"


def test_stale_files_go_and_files_of_others_stay(tmp_path: Path) -> None:
    write(tmp_path, {**FIRST, "sdk/old/gone.py": HEADER, "tests/sdk/data.json": "{}\n"})
    (tmp_path / "sdk/mine.py").write_text("mine = 1\n")
    (tmp_path / "tests/other.py").write_text("")
    write(tmp_path, FIRST)
    assert tree(tmp_path) == {
        **FIRST,
        "sdk/mine.py": "mine = 1\n",
        "tests/other.py": "",
    }
    assert not (tmp_path / "sdk/old").exists()
    assert not (tmp_path / "tests/sdk").exists()


def test_a_stale_file_that_was_edited_is_kept_and_reported(tmp_path: Path) -> None:
    write(tmp_path, {**FIRST, "sdk/old.py": HEADER})
    (tmp_path / "sdk/old.py").write_text(HEADER + "edited = True\n")
    report = write(tmp_path, FIRST)
    assert [item.code for item in report] == ["kept"]
    assert not report.failed
    assert (tmp_path / "sdk/old.py").exists()


def test_an_edited_file_of_ours_is_written_again_and_named(tmp_path: Path) -> None:
    write(tmp_path, FIRST)
    (tmp_path / "sdk/models.py").write_text("edited = True\n")
    made, _ = plan(tmp_path, FIRST)
    assert made is not None
    assert "-edited = True\n" in made.diff()
    assert "+A = 1\n" in made.diff()
    report = write(tmp_path, FIRST)
    (told,) = report
    assert (told.code, told.severity) == ("edited", Severity.WARNING)
    assert told.span.file == str(tmp_path / "sdk/models.py")
    assert tree(tmp_path) == FIRST


def test_what_nobody_edited_is_replaced_in_silence(tmp_path: Path) -> None:
    write(tmp_path, FIRST)
    (tmp_path / "sdk/__init__.py").unlink()
    (tmp_path / "sdk/models.py").write_text(SECOND["sdk/models.py"])
    assert len(write(tmp_path, SECOND)) == 0  # An edit to the same end is none.
    assert len(write(tmp_path, FIRST)) == 0


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "sdk").mkdir()
    (tmp_path / "sdk/models.py").write_text("precious = 1\n")
    made, report = plan(tmp_path, FIRST)
    assert made is None
    assert [item.code for item in report] == ["occupied"]
    assert tree(tmp_path) == {"sdk/models.py": "precious = 1\n"}


@pytest.mark.parametrize(
    ("path", "shown"),
    [("sdk.py", "sdk.py"), ("sdk/models/__init__.py", "sdk/models")],
)
def test_a_module_and_a_package_of_one_name_hide_each_other(
    tmp_path: Path, path: str, shown: str
) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("precious = 1\n")
    made, report = plan(tmp_path, FIRST)
    assert made is None
    assert [(item.code, item.span.file) for item in report] == [
        ("occupied", str(tmp_path / shown))
    ]


@pytest.mark.parametrize(
    "damage",
    [
        b"not JSON",
        b"\xff",
        b"[]",
        b"[" * 100_000,
        b'{"files": []}',
        b'{"files": {"sdk/models.py": 1}}',
        b'{"before": {"sdk/models.py": [1]}}',
        b'{"files": null, "before": 7}',
    ],
)
def test_our_files_are_known_without_a_manifest(tmp_path: Path, damage: bytes) -> None:
    """But not whether they are as we wrote them."""
    write(tmp_path, FIRST)
    (tmp_path / "sdk" / MANIFEST).write_bytes(damage)
    report = write(tmp_path, SECOND)
    assert [item.code for item in report] == ["edited"]
    assert tree(tmp_path) == SECOND


def test_files_without_our_line_are_known_by_those_around_them(tmp_path: Path) -> None:
    made = {
        "tests/sdk/test_sdk.py": HEADER,
        "tests/sdk/golden/A.json": "1\n",
        "tests/sdk/golden/B.json": "2\n",
    }
    write(tmp_path, {**FIRST, **made})
    (tmp_path / "sdk" / MANIFEST).unlink()
    made["tests/sdk/golden/A.json"] = "3\n"
    (told,) = write(tmp_path, {**FIRST, **made})
    assert (told.code, told.span.file) == (
        "edited",
        str(tmp_path / "tests/sdk/golden/A.json"),
    )
    assert "no manifest to tell by" in told.message
    assert tree(tmp_path) == {**FIRST, **made}


def test_files_among_those_of_others_are_not(tmp_path: Path) -> None:
    others = {"tests/sdk/test_sdk.py": "", "tests/sdk/golden/A.json": "precious\n"}
    for path, text in others.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    ours = {"tests/sdk/test_sdk.py": HEADER, "tests/sdk/golden/A.json": "1\n"}
    made, report = plan(tmp_path, {**FIRST, **ours})
    assert made is None
    assert [item.code for item in report] == ["occupied"]
    assert tree(tmp_path) == others


def test_our_files_are_known_where_a_merge_has_left_two_sides(tmp_path: Path) -> None:
    sides = []
    for name, data in (("left", "1\n"), ("right", "2\n")):
        files = {"sdk/data.json": data, f"sdk/{name}.json": "{}\n"}
        write(tmp_path, {**FIRST, **files})
        sides.append((tmp_path / "sdk" / MANIFEST).read_text())
    conflict = "<<<<<<< HEAD\n{}||||||| base\n{{}}\n=======\n{}>>>>>>> other\n"
    (tmp_path / "sdk" / MANIFEST).write_text(conflict.format(*sides))
    (tmp_path / "sdk/data.json").write_text(conflict.format("1\n", "2\n"))
    (tmp_path / "sdk/left.json").write_text("{}\n")
    report = write(tmp_path, {**FIRST, "sdk/data.json": "3\n"})
    assert [item.code for item in report] == ["edited"]
    assert tree(tmp_path) == {**FIRST, "sdk/data.json": "3\n"}


@pytest.mark.parametrize("part", ["files", "before"])
@pytest.mark.parametrize(
    "listed",
    [
        "../victim.txt",
        "/victim.txt",
        "{root}/victim.txt",
        "sdk/../../victim.txt",
        "sdk/../out/victim.txt",
        "sdk/link/victim.txt",
        "sdk/linked.txt",
        "victim.txt",
        "other/victim.txt",
        "tests/other/victim.txt",
        "sdk\\..\\..\\victim.txt",
        "sdk/\0",
    ],
)
def test_a_forged_manifest_removes_nothing_elsewhere(
    tmp_path: Path, listed: str, part: str
) -> None:
    """Neither what it lists nor what would be the temporary file of that."""
    root = tmp_path / "out"
    write(root, FIRST)
    for folder in (tmp_path, root, root / "other", root / "tests/other"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "victim.txt").write_text("x")
        (folder / ".victim.txt.codegen.tmp").write_text("x")
    (root / "sdk/link").symlink_to(tmp_path, target_is_directory=True)
    (root / "sdk/linked.txt").symlink_to(tmp_path / "victim.txt")
    manifest = root / "sdk" / MANIFEST
    forged = json.loads(manifest.read_text())
    listed = listed.replace("{root}", str(root))
    digest = hashlib.sha256(b"x").hexdigest()
    forged["before"] = {}
    forged[part][listed] = digest if part == "files" else [digest]
    manifest.write_text(json.dumps(forged))
    before = tree(tmp_path)
    assert len(write(root, FIRST)) == 0
    assert tree(tmp_path) == before
    assert (root / "sdk/linked.txt").is_symlink()


def test_no_text_is_written_through_a_link(tmp_path: Path) -> None:
    """That has the name which the text has while it waits for its place."""
    victim = tmp_path / "victim.txt"
    victim.write_text("x")
    write(tmp_path / "out", FIRST)
    for name in ("models.py", "__init__.py", MANIFEST):
        (tmp_path / f"out/sdk/.{name}.codegen.tmp").symlink_to(victim)
    write(tmp_path / "out", SECOND)
    assert victim.read_text() == "x"
    assert not (tmp_path / "out/sdk/.models.py.codegen.tmp").is_symlink()


def make_file_as_root(root: Path) -> None:
    root.write_text("")


def make_file_as_package(root: Path) -> None:
    root.mkdir()
    (root / "sdk").write_text("")


def make_link_as_package(root: Path) -> None:
    (root.parent / "elsewhere").mkdir()
    root.mkdir()
    (root / "sdk").symlink_to(root.parent / "elsewhere", target_is_directory=True)


def make_folder_as_file(root: Path) -> None:
    (root / "sdk/models.py").mkdir(parents=True)


def make_pipe_as_file(root: Path) -> None:
    (root / "sdk").mkdir(parents=True)
    os.mkfifo(root / "sdk/models.py")


def make_pipe_as_manifest(root: Path) -> None:
    (root / "sdk").mkdir(parents=True)
    os.mkfifo(root / "sdk" / MANIFEST)


def make_link_as_manifest(root: Path) -> None:
    (root / "sdk").mkdir(parents=True)
    (root / "sdk" / MANIFEST).symlink_to("elsewhere")


@pytest.mark.parametrize(
    "obstacle",
    [
        make_pipe_as_file,
        make_pipe_as_manifest,
        make_link_as_manifest,
        make_file_as_root,
        make_file_as_package,
        make_link_as_package,
        make_folder_as_file,
    ],
)
def test_what_stands_in_the_way_is_reported(tmp_path: Path, obstacle) -> None:  # type: ignore[no-untyped-def]
    root = tmp_path / "out"
    obstacle(root)
    made, report = plan(root, FIRST)
    assert made is None
    assert {item.code for item in report} == {"output"}


@pytest.mark.parametrize("name", ["n" * 300, "a\0b", "loop/below"])
def test_a_place_that_cannot_be_is_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    made, report = plan(tmp_path / name, FIRST)
    if made is not None:  # Only writing tells.
        output.commit([made], report)
    assert {item.code for item in report} <= {"output", "write"}
    assert report.failed


@pytest.mark.parametrize("refused", [FIRST, SECOND])
def test_what_may_not_be_read_is_reported_and_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: dict[str, str]
) -> None:
    write(tmp_path, FIRST)

    def failing(path: Path | str, *how: Any, **more: Any) -> Any:
        if Path(path).name == "models.py":
            raise PermissionError(13, "Permission denied", str(path))
        return open(path, *how, **more)

    monkeypatch.setattr(plans, "open", failing, raising=False)
    made, report = plan(tmp_path, refused)
    assert made is None
    (told,) = report
    assert told.span.file == str(tmp_path / "sdk/models.py")
    assert told.message == "cannot read: Permission denied"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits the size of files")
def test_a_full_disk_is_told_with_the_file_that_did_not_fit(tmp_path: Path) -> None:
    import resource
    import signal

    write(tmp_path, FIRST)
    before = tree(tmp_path)
    process = os.fork()
    if not process:
        code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
            report = write(tmp_path, {**FIRST, "sdk/big.py": HEADER + "#" * 9000})
            said = [(item.code, item.message, item.span.file) for item in report]
            place = str(tmp_path / "sdk/big.py")
            code = 3 - (said == [("write", "cannot write: File too large", place)])
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 2
    assert tree(tmp_path) == before


@pytest.mark.parametrize("path", ["../x.py", "/x.py", "sdk/../../x.py"])
def test_a_path_outside_is_a_bug(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="no path below"):
        plan(tmp_path, {path: ""})


def test_a_failing_disk_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {**FIRST, "sdk/stale.py": HEADER})
    before = tree(tmp_path)
    made, report = plan(
        tmp_path,
        {"sdk/__init__.py": "new\n", "sdk/models.py": "new\n", "tests/sdk/a": ""},
    )
    assert made is not None
    replace, calls = os.replace, []

    def failing(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    output.commit([made], report)
    assert [item.code for item in report] == ["write"]
    assert tree(tmp_path) == before
    assert not (tmp_path / "tests").exists()


def test_plans_are_carried_out_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, report = plan(tmp_path / "one", FIRST)
    two, _ = plan(tmp_path / "two", FIRST)
    assert one is not None
    assert two is not None
    monkeypatch.setattr(
        os, "chmod", lambda *_: (_ for _ in ()).throw(OSError(1, "refused"))
    )
    write_bytes = Path.write_bytes

    def failing(self: Path, data: bytes) -> int:
        if "two" in self.parts:
            raise OSError(13, "Permission denied", str(self))
        return write_bytes(self, data)

    monkeypatch.setattr(Path, "write_bytes", failing)
    output.commit([one, two], report)
    assert report.failed
    assert not (tmp_path / "one").exists()
    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize("output", ["file", "file/below", "nowhere", "nowhere/below"])
def test_what_stands_in_the_way_of_the_output_folder_is_named(
    tmp_path: Path, output: str
) -> None:
    (tmp_path / "file").write_text("precious")
    (tmp_path / "nowhere").symlink_to("missing")
    made, report = plan(tmp_path / output, FIRST)
    assert made is None
    assert {(item.code, item.span.file, item.message) for item in report} == {
        (
            "output",
            str(tmp_path / output.partition("/")[0]),
            "the output path is not a folder",
        )
    }
