"""Documents, where they come from and where their values stand."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from codegen.diagnostics import Report, Span
from codegen.source.document import Document
from codegen.source.reader import FileReader, GitReader, OutsideError, ReadError
from codegen.source.workspace import Unavailable, Workspace, shown_folder

TEXT = 'a:\n  "b/c": [1, {d: x}]\n'


def test_places_of_values_and_keys() -> None:
    document = Document("n.yaml", "shown/n.yaml", TEXT.encode())
    assert document.data == {"a": {"b/c": [1, {"d": "x"}]}}
    assert document.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert document.span("") == Span("shown/n.yaml", 1, 1)
    assert document.span("/a/b~1c/1/d") == Span("shown/n.yaml", 2, 18)
    assert document.span("/a/b~1c/1/d", key=True) == Span("shown/n.yaml", 2, 15)
    assert document.span("/a/b~1c") == Span("shown/n.yaml", 2, 10)
    assert document.span("/a/b~1c", key=True) == Span("shown/n.yaml", 2, 3)
    assert document.line(2) == '  "b/c": [1, {d: x}]'
    assert document.line(99) == document.line(0) == ""


@pytest.mark.parametrize("pointer", ["/a/b~1c/7", "/a/b~1c/x", "/a/b~1c/0/y"])
def test_a_pointer_that_leads_nowhere_gives_its_ancestor(pointer: str) -> None:
    document = Document("n.yaml", "n.yaml", TEXT.encode())
    column = 11 if pointer.startswith("/a/b~1c/0") else 10
    assert document.span(pointer) == Span("n.yaml", 2, column)


def test_encodings() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        for text in ("a: ä\r\nb: 1\r\n", '{"a": "ä", "b": 1}'):
            document = Document("n", "n", text.encode(encoding))
            assert document.data == {"a": "ä", "b": 1}
    assert Document("n", "n", b"a: 1\r\nb: 2").line(1) == "a: 1"
    report = Report()
    broken = Document("n", "n", b"a: 1\nb: \xff\n")
    broken.report(report)
    assert not broken.readable
    assert [str(p) for p in report] == ["n:2:4: error[syntax]: the bytes are not UTF-8"]


def test_json_by_its_first_character_whatever_it_is_called() -> None:
    text = b'{\n\t"a": {"b": 1}\n}'
    for name in ("n.yaml", "n.json", "n"):
        document = Document(name, name, text)
        assert document.data == {"a": {"b": 1}}
        assert document.span("/a/b") == Span(name, 2, 13)


def test_yaml_by_its_first_character_whatever_it_is_called() -> None:
    text = b"# made by hand\na:\n  b: 1\n"
    for name in ("n.yaml", "n.json", "n"):
        document = Document(name, name, text)
        assert document.data == {"a": {"b": 1}}
        document.let_go()
        assert document.span("/a/b") == Span(name, 3, 6)
    # Documents of the web lie in files with names of their own.
    mapped = Document("https://example.com/n.json", "n.yaml", b"{a: {b: 1}}")
    assert mapped.data == {"a": {"b": 1}}


def test_reading_stays_in_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "spec"
    (inside / "sub").mkdir(parents=True)
    (inside / "sub" / "a.yaml").write_text("a: 1")
    (tmp_path / "secret.yaml").write_text("secret: 1")
    (inside / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (inside / "fine.yaml").symlink_to(inside / "sub" / "a.yaml")
    (inside / "loop.yaml").symlink_to(inside / "loop.yaml")
    reader = FileReader(inside)
    assert reader.read("sub/a.yaml") == reader.read("fine.yaml") == b"a: 1"
    assert reader.read("sub/../sub/a.yaml") == b"a: 1"
    for path in ("../secret.yaml", "link.yaml", str(tmp_path / "secret.yaml")):
        with pytest.raises(OutsideError):
            reader.read(path)
    for path in ("sub", "missing.yaml", "loop.yaml", "a\0b", "x" * 5000):
        with pytest.raises(ReadError) as caught:
            reader.read(path)
        assert str(tmp_path) not in str(caught.value)


def test_reading_a_git_revision(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=n", "-c", "user.email=n@example.com"]
        subprocess.run(["git", "-C", tmp_path, *identity, *arguments], check=True)

    git("init", "-q")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text("a: 1")
    git("add", ".")
    git("commit", "-qm", "one")
    (tmp_path / "specs" / "a.yaml").write_text("a: 2")
    reader = GitReader(tmp_path, "HEAD", "specs")
    assert reader.read("specs/a.yaml") == b"a: 1"
    with pytest.raises(ReadError):
        reader.read("specs/b.yaml")
    with pytest.raises(OutsideError):
        reader.read("../x.yaml")
    with pytest.raises(ReadError):
        GitReader(tmp_path, "--help", "specs").read("specs/a.yaml")
    with pytest.raises(ReadError):
        GitReader(tmp_path, "nope", "specs").read("specs/a.yaml")


def test_documents_are_shown_as_the_user_named_their_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_folder(Path("specs")) == "specs/"
    assert shown_folder(Path("../x")) == "../x/"
    assert shown_folder(Path(".")) == ""
    assert shown_folder(tmp_path / "specs") == "specs/"
    assert shown_folder(tmp_path) == ""
    assert shown_folder(Path("/somewhere/else")) == ""


def test_a_workspace_finds_by_uri(tmp_path: Path) -> None:
    (tmp_path / "a b.yaml").write_text("a: 1")
    (tmp_path / "mounted").mkdir()
    (tmp_path / "mounted" / "x.json").write_text('{"x": 1}')
    mounts = {"http://localhost:1234/": tmp_path / "mounted"}
    workspace = Workspace(FileReader(tmp_path), mounts=mounts, report=Report())
    local = workspace.document(workspace.uri("a b.yaml"))
    assert (local.name, local.path, local.data) == ("a b.yaml", "a b.yaml", {"a": 1})
    assert workspace.document(workspace.uri("a b.yaml")) is local
    mounted = workspace.document("http://localhost:1234/x.json")
    assert (mounted.name, mounted.data) == ("http://localhost:1234/x.json", {"x": 1})
    draft = "https://json-schema.org/draft/2020-12/schema"
    assert workspace.document(draft).data["$id"] == draft
    for uri, code in {
        "http://example.com/a": "remote-ref",
        "file:///etc/passwd": "remote-ref",
        "http://localhost:1234/../a%20b.yaml": "remote-ref",
        "urn:x": "dangling-ref",
        workspace.uri("nope.yaml"): "dangling-ref",
    }.items():
        with pytest.raises(Unavailable) as caught:
            workspace.document(uri)
        assert caught.value.code == code


TEXTS = {
    "n.yaml": "a: {b/c: [1, {d: [2, 3]}]}\ne:\n  - f\n",
    "n.json": '{"a": {"b/c": [1, {"d": [2, 3]}]},\n "e":\n  ["f"]}',
}
PLACES = ("", "/a/b~1c/1/d", "/a/b~1c/7", "/e", "/e/0")


@pytest.mark.parametrize("name", TEXTS)
def test_places_are_there_when_values_are_given_up(name: str) -> None:
    document = Document(name, name, TEXTS[name].encode())
    before = [
        document.span(place, key=key) for place in PLACES for key in (False, True)
    ]
    line = document.line(2)
    document.let_go()
    assert document.data is None
    assert [
        document.span(place, key=key) for place in PLACES for key in (False, True)
    ] == before
    assert document.line(2) == line


def test_what_an_overlay_gave_is_not_given_up() -> None:
    document = Document("n.yaml", "n.yaml", b"a: 1\n")
    other = Document("o.yaml", "o.yaml", b"b:\n  c: 2\n")
    document.replace(other.data, other.root)
    document.let_go()
    assert document.data == {"b": {"c": 2}}
    assert document.span("/b/c") == Span("n.yaml", 2, 6)
