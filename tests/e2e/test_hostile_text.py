"""A specification that attacks through every text it has gives harmless code."""

from __future__ import annotations

import subprocess
import sys
import tokenize
from pathlib import Path
from typing import Any

import yaml

from tests.e2e.conftest import Run
from tests.e2e.talk import SPEC

ATTACKS = [
    '"""\nimport os\nopen("pwned", "w")\n"""',
    "\\",
    '\\"""; open("pwned", "w") #',
    "\N{LINE SEPARATOR}open('pwned', 'w')\x85open('pwned', 'w')\x0copen('pwned')",
    "{{ 7 * 7 }}{% for x in y %}{# #}",
    "# fmt: off\n# type: ignore\n# -*- coding: utf-7 -*-\n>>> open('pwned', 'w')",
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


def test_text_stays_text(tmp_path: Path, run: Run) -> None:
    """Each text attacks a package of its own, and all of them in one run."""
    names = [f"talk{number}" for number, _ in enumerate(ATTACKS)]
    sdks = []
    for name, text in zip(names, ATTACKS, strict=True):
        spec = yaml.safe_dump(attacked(text), allow_unicode=False)
        (tmp_path / f"{name}.yaml").write_text(spec)
        sdks.append(
            f'[[tool.codegen.sdk]]\npackage = "{name}"\nspec = "{name}.yaml"\n'
            'output = "out"\n'
        )
    (tmp_path / "pyproject.toml").write_text("\n".join(sdks))
    done = run("generate")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    sources = sorted(out.rglob("*.py"))
    encodings = [tokenize.detect_encoding(path.open("rb").readline) for path in sources]
    assert {encoding for encoding, _ in encodings} == {"utf-8"}
    used = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    talk = importlib.import_module(name)\n"
        "    session = talk.SCHEMAS['Session']\n"
        "    assert session.violations({'voice': 'sage'}) == []\n"
        "    assert session.decode({'voice': 'sage'}).voice == 'sage'\n"
        "    import doctest\n"
        "    assert doctest.testmod(talk.models).attempted == 0\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", used, *names],
        cwd=out,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert not list(tmp_path.rglob("pwned"))
    # What is copied is formatted where it comes from.
    written = ["--extend-exclude", "/(_runtime|_golden_[^/]*)/", str(out)]
    black = [sys.executable, "-m", "black", "--check", "-q", *written]
    assert subprocess.run(black, check=False).returncode == 0
