"""Where references may lead, and what reads a specification with all around it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from codegen.diagnostics import CodegenError, Report
from codegen.frontend import Loaded, Options, load
from codegen.source import roots
from codegen.source.reader import GitReader, ReadError

SPEC = '{"$ref": "../common/money.json"}'
MONEY = '{"type": "string"}'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    for name, text in {
        "specs/orders.json": SPEC,
        "common/money.json": MONEY,
        "../outside.json": MONEY,
        "specs/climbing.json": '{"$ref": "../../outside.json"}',
        "specs/linked.json": '{"$ref": "link.json"}',
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "specs/link.json").symlink_to(tmp_path / "outside.json")
    monkeypatch.chdir(folder)
    return folder


def read(path: Path | str, options: Options) -> tuple[Loaded | None, list[str]]:
    report = Report()
    try:
        loaded = load(path, options, report)
    except CodegenError:
        return None, [item.code for item in report]
    return loaded, [item.code for item in report]


def test_the_root_is_the_nearest_mark_or_what_is_named(project: Path) -> None:
    spec = Path("specs/orders.json")
    assert roots.reader(spec, None, None).root == project / "specs"
    (project.parent / "pyproject.toml").touch()
    assert roots.reader(spec, None, None).root == project.parent
    (project / ".git").mkdir()
    assert roots.reader(spec, None, None).root == project
    assert roots.reader(spec, None, project / "specs").root == project / "specs"
    assert roots.reader(spec, None, project / "common").root == project
    assert roots.reader(spec, Path("specs"), None).root == project / "specs"
    with pytest.raises(roots.NotBelowError):
        roots.reader(spec, Path("common"), None)


def test_a_reference_leads_anywhere_below_the_root(project: Path) -> None:
    assert read("specs/orders.json", Options())[1] == ["remote-ref"]
    for root in (project, Path()):
        loaded, problems = read("specs/orders.json", Options(root=root))
        assert problems == []
        assert loaded is not None
        names = [file.path for file in loaded.module.files]
        assert names == ["orders.json", "../common/money.json"]
        span = loaded.workspace.span("../common/money.json", "")
        assert span.file == "common/money.json"


def test_names_do_not_depend_on_the_root(project: Path) -> None:
    modules = []
    for root in (project, project.parent):
        loaded, problems = read("specs/orders.json", Options(root=root))
        assert loaded is not None
        assert problems == []
        modules.append(loaded.module)
    assert modules[0] == modules[1]


@pytest.mark.parametrize("name", ["climbing", "linked"])
def test_nothing_above_the_root_is_read(name: str, project: Path) -> None:
    path = f"specs/{name}.json"
    assert read(path, Options(root=project))[1] == ["remote-ref"]
    assert read(path, Options(root=project.parent))[1] == []


def test_a_root_that_does_not_hold_the_specification_is_said(project: Path) -> None:
    assert read("specs/orders.json", Options(root=Path("common")))[1] == ["read"]


def test_the_root_of_a_revision_is_the_root_of_its_tree(project: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=n", "-c", "user.email=n@example.com"]
        subprocess.run(["git", *identity, *arguments], cwd=project, check=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    (project / "common/money.json").write_text("{")
    reader = GitReader(project, "HEAD", "specs")
    report = Report()
    loaded = load("HEAD:specs/orders.json", Options(), report, reader=reader)
    assert len(report) == 0
    span = loaded.workspace.span("../common/money.json", "")
    assert span.file == "HEAD:common/money.json"
    assert reader.siblings() == ["climbing.json", "linked.json", "orders.json"]
    with pytest.raises(ReadError, match="symbolic link"):
        reader.read("specs/link.json")
    report = Report()
    load("HEAD:specs/climbing.json", Options(), report, reader=reader)
    assert [item.code for item in report] == ["remote-ref"]


def test_documents_are_mapped_by_uri_and_by_its_beginning(project: Path) -> None:
    (project / "mapped.json").write_text(
        '{"properties": {"a": {"$ref": "https://example.com/money.json#"},'
        '"b": {"$ref": "https://example.com/all/money.json"},'
        '"c": {"$ref": "https://example.com/all/../specs/orders.json"},'
        '"d": {"$ref": "https://example.com/allowed.json"}}}'
    )
    mounts = {
        "https://example.com/money.json": project / "common/money.json",
        "https://example.com/all": project / "common",
    }
    loaded, problems = read("mapped.json", Options(mounts=mounts))
    assert problems == ["remote-ref", "remote-ref"]
    assert loaded is not None
    assert [file.path for file in loaded.module.files] == [
        "mapped.json",
        "https://example.com/all/money.json",
        "https://example.com/money.json",
    ]
