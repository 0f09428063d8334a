"""A cache on disk is believed only as far as it says what it was asked for, and is
used only where nobody else could have written it."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen import format_cache
from codegen.diagnostics import Report, Severity
from codegen.flows import generate as flow
from codegen.format import Formatter, is_same_program
from codegen.format_cache import FILE, Cache

PIECES = [
    "LIMITS = {'low':1, 'high': [2,\n3]}",
    'class Order:\n    """  Doc.\n      More. """\n    kind: str = \'a\' # Why.',
    "def total(first,second): return call(*first, last=second)",
]


def formatted(folder: Path) -> str:
    cache = Cache("v", folder)
    text = Formatter(cache).file('"""Doc."""', PIECES)
    cache.close()
    return text


def forge(folder: Path, change: Callable[[str], object]) -> int:
    """Change what every entry says, with the digest that goes with it."""
    with sqlite3.connect(folder / FILE) as disk:
        rows = disk.execute("SELECT key, text FROM entry").fetchall()
        for key, text in rows:
            new = change(text)
            data = new if isinstance(new, bytes) else str(new).encode()
            digest = hashlib.sha256(key + data).digest()[:16]
            update = "UPDATE entry SET text = ?, digest = ? WHERE key = ?"
            disk.execute(update, (new, digest, key))
    disk.close()
    return len(rows)


FORGERIES: dict[str, Callable[[str], object]] = {
    "a statement more": lambda text: text + "\n\nprint(1)\n",
    "a statement before": lambda text: "print(1)\n" + text,
    "another statement": lambda text: "print(1)\n",
    "a comment more": lambda text: text.rstrip("\n") + "  # type: ignore\n",
    "a statement less": lambda text: "",
    "an argument moved": lambda text: text.replace("*N, N=N", "N=N, *N"),
    "another name": lambda text: text.replace("kind", "find").replace("N", "M"),
    "a decorator": lambda text: f"@print\n{text}",
    "no Python": lambda text: "x = = 1\n",
    "a NUL": lambda text: text + "\0",
    "too deep": lambda text: "(" * 5000 + ")" * 5000,
    "bytes": lambda text: text.encode(),
    "bytes that are no UTF-8": lambda text: b"\xff\xfe",
    "a number": lambda text: 7,
    "nothing": lambda text: None,
    "huge": lambda text: text + "#" * (format_cache.MAX_TEXT + 1),
}


@pytest.mark.parametrize("change", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_entry_changes_nothing(
    tmp_path: Path, change: Callable[[str], object]
) -> None:
    plain = formatted(tmp_path)
    assert forge(tmp_path, change) > 2
    assert formatted(tmp_path) == plain


def test_a_forged_text_that_is_not_text_is_not_decoded(tmp_path: Path) -> None:
    plain = formatted(tmp_path)
    with sqlite3.connect(tmp_path / FILE) as disk:
        disk.execute("UPDATE entry SET text = CAST(x'fffe' AS TEXT), used = 'x'")
    disk.close()
    assert formatted(tmp_path) == plain


@pytest.mark.parametrize(
    "statements",
    [
        "CREATE TABLE other (x)",
        "CREATE TRIGGER t AFTER UPDATE ON entry BEGIN DELETE FROM entry; END",
        "ALTER TABLE entry ADD COLUMN more",
        "ALTER TABLE entry RENAME TO old; CREATE VIEW entry AS SELECT * FROM old",
    ],
)
def test_a_database_with_more_than_our_table_is_replaced(
    tmp_path: Path, statements: str
) -> None:
    plain = formatted(tmp_path)
    disk = sqlite3.connect(tmp_path / FILE)
    disk.executescript(statements)
    disk.close()
    assert formatted(tmp_path) == plain
    disk = sqlite3.connect(tmp_path / FILE)
    assert disk.execute("SELECT name FROM sqlite_master").fetchall() == [("entry",)]
    disk.close()


@pytest.mark.parametrize(
    ("piece", "text", "same"),
    [
        ("x = 'a'", 'x = "a"\n', True),
        ("f(a,\n b)", "f(a, b)", True),
        ("x = (1)  #why", "x = 1  # why", True),
        ('def f():\n  """ A.\n    B."""', 'def f():\n    """A.\n    B."""', True),
        ("x = (1,)", "x = 1", False),
        ("x = 1", "x = True", False),
        ("x = 1", "x = 1.0", False),
        ("x = ' a'", "x = 'a'", False),
        ("x = 1  # why", "x = 1", False),
        ("x = 1", "x = 1\nx", False),
        ("f(*a, b=c)", "f(a=b, *c)", False),
        ("x =", "x = ", False),
    ],
)
def test_programs_are_the_same_in_any_layout(piece: str, text: str, same: bool) -> None:
    assert is_same_program(piece, text) is same


# --- the place ---------------------------------------------------------------------

unix = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes of Unix")


def make_link(folder: Path) -> None:
    elsewhere = folder.with_name("elsewhere")
    elsewhere.mkdir(mode=0o700)
    folder.symlink_to(elsewhere, target_is_directory=True)


def make_shared(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o770)


def make_public(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o707)


def make_file(folder: Path) -> None:
    folder.write_text("")


def make_linked_file(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / FILE).symlink_to(folder.with_name("elsewhere"))


def make_pipe(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    os.mkfifo(folder / FILE)


def make_public_file(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    (folder / FILE).write_text("")
    (folder / FILE).chmod(0o606)


@unix
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (make_link, "the folder is a symbolic link"),
        (make_shared, "others may write to the folder"),
        (make_public, "others may write to the folder"),
        (make_file, "the folder is something else"),
        (make_linked_file, f"{FILE} in it is a symbolic link"),
        (make_pipe, f"{FILE} in it is something else"),
        (make_public_file, f"others may write to {FILE} in it"),
    ],
)
def test_what_others_could_have_written_is_not_used(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], None],
    why: str,
) -> None:
    make(tmp_path / "shared")
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(format_cache.VARIABLE, "shared")
    report = Report()
    assert flow.generate([], report) == []
    (told,) = report
    assert (told.code, told.severity) == ("cache", Severity.WARNING)
    assert told.span.file == "shared"
    assert why in told.message
    assert sorted(tmp_path.rglob("*")) == before


@unix
def test_a_folder_of_another_user_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    cache = Cache("v", tmp_path)
    assert cache.refused == "the folder belongs to another user"
    cache.put("a", "b")
    cache.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="folders of XDG")
def test_the_place_is_the_users_and_never_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(format_cache.VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    place = format_cache.place()
    assert place is not None
    assert place.shown == "~/.cache/codegen"
    assert place.folder == tmp_path / "home/.cache/codegen"
    formatted(place.folder)
    assert place.folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in place.folder.iterdir()] == [FILE]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    place = format_cache.place()
    assert place is not None
    assert place.folder == tmp_path / "xdg/codegen"
    monkeypatch.setenv(format_cache.VARIABLE, "mine")
    place = format_cache.place()
    assert place is not None
    assert (place.folder, place.shown) == (Path("mine"), "mine")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="folders of XDG")
@pytest.mark.parametrize("home", ["", "relative", "/dev/null"])
def test_without_a_home_there_is_only_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(format_cache.VARIABLE, raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", home)
    report = Report()
    assert flow.generate([], report) == []
    assert len(report) == 0
    assert list(tmp_path.iterdir()) == []
