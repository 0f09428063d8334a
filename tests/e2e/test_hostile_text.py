"""A specification that attacks through every text it has gives harmless code."""

from __future__ import annotations

import subprocess
import sys
import tokenize
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.conftest import SPEC, Run

ATTACKS = [
    '"""\nimport os\nopen("pwned", "w")\n"""',
    "\\",
    '\\"""; open("pwned", "w") #',
    "\N{LINE SEPARATOR}open('pwned', 'w')\x85open('pwned', 'w')\x0copen('pwned')",
    "{{ 7 * 7 }}{% for x in y %}{# #}",
    "# fmt: off\n# type: ignore\n# -*- coding: utf-7 -*-",
    "'''\n\"\"\"\n\\N{DIGIT ONE}\\x00\\u0000",
    "\u202eabc\u200b\ufeff",
    "') or __import__('os').system('touch pwned') or ('",
    "a" * 300 + ' "',
]


def attacked(text: str) -> dict[str, Any]:
    """The small specification with a text wherever a text may stand."""
    spec: dict[str, Any] = yaml.safe_load(SPEC)
    spec["info"].update(title=text, version=text, description=text)
    schemas = spec["components"]["schemas"]
    for schema in schemas.values():
        schema.update(description=text, title=text)
        for member in schema.get("properties", {}).values():
            if "$ref" not in member:
                member.update(description=text, title=text)
    schemas["Session"]["properties"]["note"] = {
        "type": "string",
        "description": text,
        "default": text,
        "examples": [text],
        "enum": [text, "other"],
    }
    schemas["Session"]["properties"]["free"] = {"const": {text: [text]}}
    return spec


@pytest.mark.parametrize("text", ATTACKS)
def test_text_stays_text(tmp_path: Path, run: Run, text: str) -> None:
    path = tmp_path / "talk.yaml"
    args = ("generate", "talk.yaml", "--package", "talk", "--output", "out")
    path.write_text(yaml.safe_dump(attacked(text), allow_unicode=False))
    done = run(*args)
    assert done.returncode == 0, done.stderr
    sources = sorted((tmp_path / "out").rglob("*.py"))
    encodings = [tokenize.detect_encoding(path.open("rb").readline) for path in sources]
    assert {encoding for encoding, _ in encodings} == {"utf-8"}
    code = (
        "import talk, pickle\n"
        "assert talk.SCHEMAS['Session'].violations({'voice': 'sage'}) == []\n"
        "assert talk.SCHEMAS['Session'].decode({'voice': 'sage'}).voice == 'sage'\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "out",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert not list(tmp_path.rglob("pwned"))
    black = [sys.executable, "-m", "black", "--check", "-q", str(tmp_path / "out")]
    assert subprocess.run(black, check=False).returncode == 0
