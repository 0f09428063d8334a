"""What the action of action.yml does: the specifications of a pull request, judged.

Lints what is configured, compares each SDK's specification with what it was at the base
of the pull request, and asks whether generated packages are current. Annotations go to
the log, the report to the job's summary and into one comment that is kept up to date,
SARIF into a folder for whoever uploads it. Everything it is told comes from the
environment, and no text of a specification or an event becomes a command.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import os
import re
import secrets
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from codegen import cli, config
from codegen.diagnostics import Report

MARK: Final = "<!-- wirewright: this comment is kept up to date -->"
LONGEST: Final = 60_000
"""Characters of a comment; GitHub takes 65,536."""
BUMPS: Final = ("none", "patch", "minor", "major")

_PAGES: Final = 30
_SHA: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_FAILS: Final = ("breaking", "risky", "unknown", "never")


@dataclass(slots=True)
class Verdict:
    """What was found: the worst exit code, the report, the version to release."""

    code: int = 0
    parts: list[str] = field(default_factory=list)
    bump: str = "none"

    @property
    def text(self) -> str:
        return "\n\n".join(self.parts)


def main() -> int:
    """Judge, publish, and end as the worst that was found."""
    event = _event()
    base = _base(event)
    verdict = Verdict()
    _lint(verdict)
    for name in _names():
        _diff(name, base, verdict)
    if _asked("CHECK", "true"):
        _check(verdict)
    _write("GITHUB_STEP_SUMMARY", verdict.text + "\n")
    _write("GITHUB_OUTPUT", f"bump={verdict.bump}\n")
    if _asked("COMMENT", "true"):
        _comment(event, verdict)
    return verdict.code


# --- what is asked ----------------------------------------------------------------


def _told(name: str, default: str = "") -> str:
    return os.environ.get(f"WIREWRIGHT_{name}") or default


def _asked(name: str, default: str) -> bool:
    return _told(name, default).lower() == "true"


def _event() -> dict[str, Any]:
    path = os.environ.get("GITHUB_EVENT_PATH")
    if not path:
        raise SystemExit("GITHUB_EVENT_PATH names no event: run this as an action")
    event = json.loads(Path(path).read_text("utf-8"))
    if not isinstance(event, dict) or "pull_request" not in event:
        raise SystemExit("this looks at pull requests: use `on: pull_request`")
    return event


def _base(event: dict[str, Any]) -> str:
    """The commit that the pull request is to be merged into, fetched if need be."""
    sha = str(event["pull_request"]["base"]["sha"])
    if not _SHA.fullmatch(sha):
        raise SystemExit("the event names no commit as its base")
    known = subprocess.run(
        ["git", "cat-file", "-e", f"{sha}^{{commit}}"], stderr=subprocess.DEVNULL
    )
    if known.returncode:
        fetch = ["git", "fetch", "--quiet", "--no-tags", "--depth=1", "origin", sha]
        if subprocess.run(fetch).returncode:
            raise SystemExit(f"the base, {sha}, cannot be fetched from origin")
    return sha


def _names() -> list[str]:
    """The SDKs that are compared: those that are named, or all that are configured."""
    names = _told("NAMES").split()
    if names:
        return names
    path = config.find(Path.cwd())
    # What is wrong with it, `codegen lint` has said.
    found = path and config.read(config.relative(path), Report())
    if found and found.sdks:
        return [sdk.package for sdk in found.sdks]
    raise SystemExit("no SDK is configured here: `codegen init SPEC` begins with one")


# --- what is found ----------------------------------------------------------------


def _lint(verdict: Verdict) -> None:
    code, annotations = _codegen("lint", "--format", "github")
    _annotations(annotations)
    _sarif("lint", "lint", "--format", "sarif")
    verdict.code = max(verdict.code, code)
    errors = "has errors, see the annotations" if code else "finds no error"
    verdict.parts.append(f"**lint** {errors}")


def _diff(name: str, base: str, verdict: Verdict) -> None:
    """Compare one SDK's specification with what it was at the base."""
    fail_on = _told("FAIL_ON", "breaking")
    if fail_on not in _FAILS:
        raise SystemExit(f"fail-on is one of {', '.join(_FAILS)}")
    asked = ("diff", "--against", base, "--fail-on", fail_on)

    def told(form: str) -> tuple[str, ...]:
        """The command line; what comes from outside is no option of it."""
        return (*asked, "--format", form, "--", name)

    code, data = _codegen(*told("json"))
    if code == 2:
        verdict.code = 2
        verdict.parts.append(f"`{name}` could not be compared, see the log")
        return
    _annotations(_codegen(*told("github"))[1])
    _sarif(f"diff-{name}", *told("sarif"))
    bump = json.loads(data)["release"]
    verdict.bump = max(verdict.bump, bump, key=BUMPS.index)
    verdict.code = max(verdict.code, code)
    verdict.parts.append(_codegen(*told("markdown"))[1].strip())


def _check(verdict: Verdict) -> None:
    code, stale = _codegen("generate", "--check")
    verdict.code = max(verdict.code, code)
    if code == 1:
        verdict.parts.append("**Generated packages are stale**: run `codegen generate`")
        _quoted(stale)


def _codegen(*arguments: str) -> tuple[int, str]:
    """The exit code of a command and its report; what else it says goes to the log."""
    report, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(report), contextlib.redirect_stderr(told):
        code = cli.main(list(arguments))
    _quoted(told.getvalue())
    return code, report.getvalue()


def _sarif(name: str, *arguments: str) -> None:
    folder = _told("SARIF")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        path = Path(folder, re.sub(r"[^\w.-]", "_", name) + ".sarif")
        path.write_text(_codegen(*arguments)[1], "utf-8")


# --- what is told -----------------------------------------------------------------


def _annotations(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _quoted(text: str) -> None:
    """Text for the log, in which nothing is a command to the runner."""
    if text:
        end = secrets.token_hex(16)
        print(f"::stop-commands::{end}", text.rstrip("\n"), f"::{end}::", sep="\n")
        sys.stdout.flush()


def _write(variable: str, text: str) -> None:
    """Append to the file that the runner names; there may be none."""
    path = os.environ.get(variable)
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(text)


def _comment(event: dict[str, Any], verdict: Verdict) -> None:
    """Write the report into the one comment, or into a first one."""
    repository = os.environ.get("GITHUB_REPOSITORY", "")
    number = int(event["pull_request"]["number"])
    issues = f"/repos/{repository}/issues"
    body = {"body": _cut(f"{MARK}\n{verdict.text}")}
    try:
        for comment in _comments(f"{issues}/{number}/comments"):
            if str(comment.get("body")).startswith(MARK) and _is_bot(comment):
                _api("PATCH", f"{issues}/comments/{int(comment['id'])}", body)
                return
        _api("POST", f"{issues}/{number}/comments", body)
    except urllib.error.HTTPError as error:
        # Pull requests from forks have a token that may only read.
        _quoted(f"no comment was written: GitHub answers {error.code}")
    except (OSError, http.client.HTTPException, ValueError) as error:
        # The network, or what answers in the place of GitHub.
        _quoted(f"no comment was written: {error or type(error).__name__}")


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST].rpartition("\n")[0]
    return f"{kept}\n\nThe rest is in the summary of the job."


def _is_bot(comment: dict[str, Any]) -> bool:
    return (comment.get("user") or {}).get("type") == "Bot"


def _comments(path: str) -> Iterator[dict[str, Any]]:
    for page in range(1, _PAGES + 1):
        found = _api("GET", f"{path}?per_page=100&page={page}")
        if not isinstance(found, list):
            raise ValueError("GitHub answers with no list of comments")
        yield from found
        if len(found) < 100:
            return


def _api(method: str, path: str, body: object = None) -> Any:
    """One request to GitHub. Raises OSError, HTTPException, ValueError."""
    token = _told("TOKEN")
    request = urllib.request.Request(
        os.environ.get("GITHUB_API_URL", "https://api.github.com") + path,
        data=None if body is None else json.dumps(body).encode(),
        method=method,
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main())
