"""What a package was made by and what is missing, told without running it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import codegen
from codegen import cli
from tests.e2e.talk import SPEC


@pytest.fixture(autouse=True)
def made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("talk.yaml").write_text(SPEC)
    Path("codegen.toml").write_text('[[sdk]]\nspec = "talk.yaml"\npackage = "talk"\n')
    assert cli.main(["generate"]) == 0
    capsys.readouterr()
    return Path("generated/talk")


def test_a_package_that_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "talk"]) == 0
    lines = capsys.readouterr().out.splitlines()
    facts = {line.split()[0]: " ".join(line.split()[1:]) for line in lines}
    assert facts["package"] == "generated/talk"
    assert f"made by     codegen {codegen.__version__}" in lines
    assert facts["runtime"].endswith(", that of this version")
    assert facts["python"] == ".".join(map(str, sys.version_info[:3]))
    assert "(parses JSON faster)" in facts["orjson"]
    assert facts["codec"].startswith(("native (wirewright", "python (wirewright"))
    assert cli.main(["doctor", "generated/talk"]) == 0


def test_what_is_wrong_is_said(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made / "models.py").unlink()
    (made / "_checks.py").write_text("")
    Path("talk.yaml").write_text(SPEC + "\n")
    path = made / ".codegen-manifest.json"
    old = json.loads(path.read_text())
    path.write_text(json.dumps({**old, "codegen": "0.0.1", "before": {}}))
    assert cli.main(["doctor", str(made)]) == 1
    by_folder = capsys.readouterr().out
    assert cli.main(["doctor", "talk"]) == 1
    out = capsys.readouterr().out
    assert by_folder == out
    assert f"codegen 0.0.1; this is {codegen.__version__}" in out
    assert [line for line in out.splitlines() if line.startswith("wrong: ")] == [
        "wrong: talk.yaml is not what the package was made from",
        "wrong: a run was broken off; `codegen generate` mends it",
        "wrong: talk/_checks.py is not as it was written",
        "wrong: talk/models.py is missing",
    ]


def test_what_it_was_made_from_is_looked_at_where_it_lies(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def wrong() -> list[str]:
        cli.main(["doctor", "lines"])
        out = capsys.readouterr().out.splitlines()
        return [line for line in out if line.startswith("wrong: ")]

    Path("schemas").mkdir()
    Path("schemas/line.json").write_text('{"type": "string"}')
    action = "{target: $.info, update: {x-a: 1}, x-extends: line.json}"
    Path("mend.yaml").write_text(f"overlay: 1.0.0\nactions: [{action}]\n")
    Path("codegen.toml").write_text(
        '[[sdk]]\nspec = "schemas"\npackage = "lines"\noverlays = ["mend.yaml"]\n'
    )
    assert cli.main(["generate"]) == 0
    capsys.readouterr()
    assert wrong() == []
    Path("schemas/line.json").write_text('{"type": "integer"}')
    Path("mend.yaml").unlink()
    assert wrong() == [
        "wrong: line.json is not what the package was made from",
        "wrong: ../mend.yaml, which it was made from, is missing",
    ]


@pytest.mark.parametrize(
    ("module", "codec"),
    [
        ("__version__, TABLES = '2.0', {1, 4}", "native (wirewright-native 2.0)"),
        (
            "__version__, TABLES = '9.0', {9}",
            "python (wirewright-native 9.0 reads no tables of 4)",
        ),
        ("raise OSError('damaged')", "python (OSError: damaged)"),
    ],
)
def test_which_codec_decodes(
    module: str,
    codec: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("wirewright_native.py").write_text(module)
    monkeypatch.syspath_prepend(Path.cwd())
    monkeypatch.delitem(sys.modules, "wirewright_native", raising=False)
    assert cli.main(["doctor", "talk"]) == 0
    assert f"  {codec}\n" in capsys.readouterr().out
    sys.modules.pop("wirewright_native", None)


@pytest.mark.parametrize(
    "node", ["""'{"python":"decode_Item"}'""", "{'python': 'decode_Item'}"]
)
def test_what_tables_leave_to_python(
    made: Path,
    node: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nodes are texts of JSON; earlier versions wrote them out."""
    tables = f"CLASSES: Any = {{}}\nNODES: Any = {{'Item': {node}}}\n"
    (made / "_native.py").write_text(f"VERSION: int = 4\n{tables}")
    Path("wirewright_native.py").write_text("__version__, TABLES = '2.0', {4}")
    monkeypatch.syspath_prepend(Path.cwd())
    monkeypatch.delitem(sys.modules, "wirewright_native", raising=False)
    cli.main(["doctor", "talk"])
    said = "native (wirewright-native 2.0; Python decodes Item)"
    assert f"  {said}\n" in capsys.readouterr().out
    sys.modules.pop("wirewright_native", None)


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"files": 1, "inputs": {"a": 1}}'])
def test_a_damaged_manifest(
    made: Path, damage: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (made / ".codegen-manifest.json").write_bytes(damage)
    assert cli.main(["doctor", "generated/talk"]) == 1
    assert "wrong: the manifest lists no files" in capsys.readouterr().out


def test_what_is_none_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "elsewhere"]) == 1
    assert "elsewhere:0:0: error[read]: no package" in capsys.readouterr().err


def test_a_manifest_that_cannot_be_read(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", "manifest")

    monkeypatch.setattr(Path, "read_bytes", refused)
    assert cli.main(["doctor", "generated/talk"]) == 1
    assert "error[read]: cannot be read: Permission denied" in capsys.readouterr().err


def test_a_project_that_asks_for_another_version(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path("codegen.toml").read_text()
    Path("codegen.toml").write_text(f'required-version = "==900"\n{text}')
    assert cli.main(["doctor", str(made)]) == 1
    found = capsys.readouterr()
    wrong = [line for line in found.out.splitlines() if line.startswith("wrong: ")]
    assert len(wrong) == 1
    assert "==900 is asked for" in wrong[0]
    assert not found.err
    Path("codegen.toml").write_text("lenient = 1\n")
    assert cli.main(["doctor", str(made)]) == 0


def test_a_package_inside_of_another(capsys: pytest.CaptureFixture[str]) -> None:
    Path("codegen.toml").write_text(
        '[[sdk]]\nspec = "talk.yaml"\npackage = "ours.talk"\ntests_output = "t"\n'
    )
    assert cli.main(["generate"]) == 0
    for name in ("ours.talk", "generated/ours/talk"):
        capsys.readouterr()
        assert cli.main(["doctor", name]) == 0
        assert ", that of this version" in capsys.readouterr().out
