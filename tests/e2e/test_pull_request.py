"""The script of the action: a repository, an event, a server that is like GitHub."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen import cli
from tests import forks
from tests.corpus_paths import ROOT
from tests.e2e.talk import SPEC

SCRIPT = ROOT / ".ci" / "pull_request.py"
CONFIGURATION = """\
[[tool.codegen.sdk]]
spec = "orders.yaml"
package = "orders"
output = "."
"""
OLD = """\
$schema: https://json-schema.org/draft/2020-12/schema
title: Order
type: object
properties:
  size: {type: integer, maximum: 10}
"""
NEW = OLD.replace("maximum: 10", "maximum: 5")


class GitHub:
    """The comments of one pull request; whoever asks is written down."""

    def __init__(self) -> None:
        self.comments: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str, str]] = []
        self.refuses = False

    def answer(self, method: str, path: str, body: dict[str, Any]) -> object:
        match method, path.partition("?")[0].split("/")[-1]:
            case "GET", "comments":
                return self.comments
            case "POST", "comments":
                user = {"type": "Bot"}
                self.comments.append({"id": len(self.comments), "user": user, **body})
                return self.comments[-1]
            case "PATCH", number:
                self.comments[int(number)].update(body)
                return self.comments[int(number)]
        raise AssertionError(method, path)


@contextmanager
def served(github: GitHub) -> Iterator[str]:
    """The address at which it answers for as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size) or b"{}")
            token = self.headers["Authorization"]
            github.requests.append((self.command, self.path, token))
            self.send_response(403 if github.refuses else 200)
            self.end_headers()
            found = github.answer(self.command, self.path, body)
            self.wfile.write(json.dumps(found).encode())

        do_GET = do_POST = do_PATCH = _any

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def git(folder: Path, *arguments: str) -> str:
    user = ["-c", "user.name=t", "-c", "user.email=t@example.com"]
    run = subprocess.run(
        ["git", *user, *arguments], cwd=folder, check=True, capture_output=True
    )
    return run.stdout.decode().strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository with an SDK that is committed and current, and its commit."""
    folder = tmp_path_factory.mktemp("repository")
    (folder / "pyproject.toml").write_text(CONFIGURATION)
    (folder / "orders.yaml").write_text(OLD)
    git(folder, "init", "--quiet")
    command = [sys.executable, "-m", "codegen", "generate"]
    subprocess.run(command, cwd=folder, check=True, env=environment())
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "first")
    return folder, git(folder, "rev-parse", "HEAD")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def run(
    folder: Path, base: str, address: str, tmp_path: Path, **told: str
) -> subprocess.CompletedProcess[str]:
    event = {"pull_request": {"number": 7, "base": {"sha": base}}}
    (tmp_path / "event.json").write_text(json.dumps(event))
    variables = {
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_API_URL": address,
        "GITHUB_REPOSITORY": "people/orders",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "WIREWRIGHT_TOKEN": "a-token",
        **{f"WIREWRIGHT_{name}": value for name, value in told.items()},
    }
    variables = {**environment(), **variables}
    if forks.POSSIBLE:
        return forks.script(SCRIPT, variables, folder)
    return subprocess.run(
        [sys.executable, SCRIPT],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
    )


def test_a_pull_request(repository: tuple[Path, str], tmp_path: Path) -> None:
    folder, base = repository
    github = GitHub()
    stranger = {"type": "User"}
    with served(github) as address:
        clean = run(folder, base, address, tmp_path)
        assert (clean.returncode, clean.stderr) == (0, "")
        (first,) = github.comments
        assert "**lint** finds no error" in first["body"]
        assert "**identical**" in first["body"]

        # Somebody else says the same; it is ours that is kept up to date.
        github.comments.insert(0, {**first, "user": stranger})
        first["id"] = 1
        (folder / "orders.yaml").write_text(NEW)
        sarif = tmp_path / "sarif"
        broken = run(folder, base, address, tmp_path, SARIF=str(sarif))
        (folder / "orders.yaml").write_text(OLD)

    assert broken.returncode == 1
    assert "**identical**" in github.comments[0]["body"]
    assert "maximum-decreased" in github.comments[1]["body"]
    assert "are stale" in github.comments[1]["body"]
    assert len(github.comments) == 2
    assert {token for _, _, token in github.requests} == {"Bearer a-token"}
    assert "::error file=orders.yaml" in broken.stdout
    assert (tmp_path / "output").read_text() == "bump=none\nbump=major\n"
    assert "maximum-decreased" in (tmp_path / "summary.md").read_text()
    assert sorted(path.name for path in sarif.iterdir()) == [
        "diff-orders.sarif",
        "lint.sarif",
    ]


def test_a_token_that_may_only_read(
    repository: tuple[Path, str], tmp_path: Path
) -> None:
    folder, base = repository
    github = GitHub()
    github.refuses = True
    with served(github) as address:
        ended = run(folder, base, address, tmp_path, CHECK="false")
    assert ended.returncode == 0
    assert "no comment was written: GitHub answers 403" in ended.stdout


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
def test_what_is_not_like_github_costs_the_comment_alone(
    repository: tuple[Path, str], tmp_path: Path, said: bytes
) -> None:
    folder, base = repository
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(said)

        threading.Thread(target=answer, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        ended = run(folder, base, address, tmp_path, CHECK="false")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "no comment was written: " in ended.stdout


def test_a_name_is_no_option(repository: tuple[Path, str], tmp_path: Path) -> None:
    folder, base = repository
    names = ("--help", "--config=x", "-q", "$(x)", "'")
    told = {"CHECK": "false", "COMMENT": "false", "NAMES": " ".join(names)}
    ended = run(folder, base, "http://127.0.0.1:1", tmp_path, **told)
    assert (ended.returncode, ended.stderr) == (2, "")
    said = "is not the package of a configured SDK; configured are"
    assert ended.stdout.count(said) == len(names)


@pytest.mark.parametrize(
    ("base", "told", "message"),
    [
        ("--upload-pack=x", {}, "the event names no commit as its base"),
        ("0" * 40, {}, "cannot be fetched from origin"),
        (None, {"FAIL_ON": "$(x)"}, "fail-on is one of"),
    ],
)
def test_what_cannot_be_judged(
    repository: tuple[Path, str],
    tmp_path: Path,
    base: str | None,
    told: dict[str, str],
    message: str,
) -> None:
    folder, first = repository
    ended = run(folder, base or first, "http://127.0.0.1:1", tmp_path, **told)
    assert ended.returncode == 1
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr


def test_text_is_no_command(repository: tuple[Path, str], tmp_path: Path) -> None:
    folder, base = repository
    (folder / "orders.yaml").write_text('"a": 1\n"::error::b": {\n')
    ended = run(folder, base, "http://127.0.0.1:1", tmp_path, COMMENT="false")
    (folder / "orders.yaml").write_text(OLD)
    assert ended.returncode == 2
    stopped = None
    for line in ended.stdout.splitlines():
        if stopped is None and line.startswith("::stop-commands::"):
            stopped = line.removeprefix("::stop-commands::")
        elif stopped is not None and line == f"::{stopped}::":
            stopped = None
        elif line.startswith("::error"):
            assert stopped is not None or line.startswith("::error file=orders.yaml")
    assert stopped is None


def test_the_action_and_the_hooks_are_well_formed() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    told = {
        name
        for step in action["runs"]["steps"]
        for name in step.get("env", {})
        if name.startswith("WIREWRIGHT_")
    }
    script = SCRIPT.read_text("utf-8")
    assert told
    assert all(f'"{name.removeprefix("WIREWRIGHT_")}"' in script for name in told)
    assert all("${{" not in step.get("run", "") for step in action["runs"]["steps"])
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["entry"].split()[0] for hook in hooks] == ["codegen"] * 3


def test_hooks_run_where_a_file_counts(tmp_path: Path) -> None:
    """The first hook looks at whatever stands in a package, all at what is read."""
    (tmp_path / "talk.yaml").write_text(SPEC)
    (tmp_path / "codegen.toml").write_text(
        '[[sdk]]\nspec = "talk.yaml"\npackage = "talk"\n'
        'distribution = {name = "talk"}\n'
    )
    config = str(tmp_path / "codegen.toml")
    assert cli.main(["generate", "--config", config]) == 0
    root = tmp_path / "generated"
    written = [f.relative_to(root).as_posix() for f in root.rglob("*.*")]
    written = [name for name in written if (root / name).is_file()]
    assert {name.rpartition(".")[2] for name in written} > {"py", "toml", "md", "typed"}
    read = ["talk.yaml", "a.yml", "b.json", "pyproject.toml", "talk.release.toml"]
    read += ["codegen.lock", "overlays/fix.yaml"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        looked = {name for name in (*read, *written) if re.search(hook["files"], name)}
        assert looked >= set(read)
        assert looked >= set(written) or hook["id"] != "codegen-generate-check"
    assert re.search(hooks[0]["files"], "templates/python/class.jinja")
