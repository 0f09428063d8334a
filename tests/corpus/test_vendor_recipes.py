"""The recipes in `examples/vendors/`, with the documents that they are for.

Each is a configuration, with an overlay where the document needs one, and frames as the
vendor describes them. Nothing that is generated is edited: `--check` finds it current.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from codegen import cli, exits
from tests.corpus_paths import ASYNCAPI, CORPUS, OPENAI, ROOT, require

RECIPES = ROOT / "examples" / "vendors"
VENDORS = CORPUS / "vendors"

DOCUMENTS: dict[str, dict[str, Path]] = {
    "deepgram": {"deepgram-asyncapi.yml": VENDORS / "deepgram-asyncapi.yml"},
    "slack": {"slack-rtm-asyncapi.yml": ASYNCAPI / "slack-rtm-asyncapi.yml"},
    "gitter": {
        "gitter-streaming-asyncapi.yml": ASYNCAPI / "gitter-streaming-asyncapi.yml"
    },
    "streetlights": {
        "streetlights-mqtt-asyncapi.yml": ASYNCAPI / "streetlights-mqtt-asyncapi.yml"
    },
    "social-media": {
        "frontend": VENDORS / "asyncapi-social-media" / "frontend",
        "common": VENDORS / "asyncapi-social-media" / "common",
    },
    "openai-webhooks": {"openapi.yaml": OPENAI / "openapi-2026-08-15.yaml"},
}
"""Where in a recipe which file or folder of the corpus belongs."""


def test_each_recipe_has_a_document() -> None:
    assert {path.name for path in RECIPES.iterdir() if path.is_dir()} == set(DOCUMENTS)


@pytest.fixture(params=sorted(DOCUMENTS))
def recipe(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The working directory of somebody who follows a recipe."""
    folder = shutil.copytree(RECIPES / request.param, tmp_path / "recipe")
    for name, source in DOCUMENTS[request.param].items():
        require(source)
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    monkeypatch.chdir(folder)
    return folder


def test_recipe(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["generate"]) == exits.OK
    said = capsys.readouterr().err
    assert "overlay" not in said, "every action selects something"
    assert cli.main(["generate", "--check"]) == exits.OK
    capsys.readouterr()

    recordings = sorted(recipe.glob("*.jsonl"))
    assert recordings
    for recording in recordings:
        checked = cli.main(["check-traffic", recording.stem, recording.name])
        out = capsys.readouterr().out
        assert "no drift" in out
        # Gitter's heartbeat is a line break.
        assert out.count("not judged") == (recording.stem == "gitter")
        assert checked == exits.OK
