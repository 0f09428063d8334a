"""The JSON Schema Test Suite as commands of Bowtie's protocol.

`python -m tests.bowtie.suite FOLDER` drives the harness, as a program of its own, over
the required tests of every draft that FOLDER (a checkout of the suite) holds, prints
how many verdicts were right and which were not, and ends with 1 where one was wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from tests.bowtie.harness import DIALECTS

DRAFTS: Final = dict(
    zip(
        ("draft2020-12", "draft2019-09", "draft7", "draft6", "draft4"),
        DIALECTS,
        strict=True,
    )
)
_REMOTES: Final = "http://localhost:1234/"


def cases(suite: Path, draft: str) -> list[dict[str, Any]]:
    """The required cases of a draft: description, schema, registry, tests."""
    registry = dict(_registry(suite / "remotes", draft))
    return [
        {**case, "registry": registry, "tests": [_test(test) for test in case["tests"]]}
        for file in sorted((suite / "tests" / draft).glob("*.json"))
        for case in json.loads(file.read_text(encoding="utf-8"))
    ]


def _test(test: dict[str, Any]) -> dict[str, Any]:
    """A test in the protocol's words, with what the suite says of it."""
    return {
        "description": test["description"],
        "instance": test["data"],
        "valid": test["valid"],
    }


def _registry(remotes: Path, draft: str) -> Iterator[tuple[str, object]]:
    """The documents that the suite serves, by their address: those of the draft, and
    those of no draft."""
    for path in sorted(remotes.rglob("*.json")):
        name = path.relative_to(remotes)
        owner = name.parts[0]
        if owner == draft or not owner.startswith("draft"):
            yield _REMOTES + name.as_posix(), json.loads(path.read_text("utf-8"))


def asked(draft: str, asked_cases: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The commands of one conversation with a harness, a line each."""
    yield _line({"cmd": "start", "version": 1})
    yield _line({"cmd": "dialect", "dialect": DRAFTS[draft]})
    for number, case in enumerate(asked_cases):
        yield _line({"cmd": "run", "seq": number, "case": case})
    yield _line({"cmd": "stop"})


def wrong(
    asked_cases: Iterable[dict[str, Any]], answers: Iterable[dict[str, Any]]
) -> Iterator[str]:
    """Every verdict that is not what the suite says, in words."""
    for case, answer in zip(asked_cases, answers, strict=True):
        results = answer.get("results", [])
        if len(results) != len(case["tests"]):
            yield f"{case['description']}: {json.dumps(answer)}"
            continue
        for test, result in zip(case["tests"], results, strict=True):
            if result["valid"] is not test["valid"]:
                yield f"{case['description']}: {test['description']}"


def _line(command: dict[str, Any]) -> str:
    return json.dumps(command) + "\n"


def main(suite: Path) -> int:
    """Drive the harness over a suite; 1 where a verdict was wrong."""
    failed = 0
    for draft in DRAFTS:
        required = cases(suite, draft)
        if not required:
            print(f"{draft}: absent")
            continue
        command = [sys.executable, "-m", "tests.bowtie.harness"]
        text = "".join(asked(draft, required))
        run = subprocess.run(
            command, input=text, capture_output=True, text=True, check=True
        )
        answers = [json.loads(line) for line in run.stdout.splitlines()][2:]
        found = list(wrong(required, answers))
        count = sum(len(case["tests"]) for case in required)
        print(f"{draft}: {count - len(found)} of {count} verdicts right")
        print("".join(f"  {each}\n" for each in found), end="")
        failed += len(found)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
