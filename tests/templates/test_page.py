"""The page of templates: its examples run, and its reference is that of the code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from jinja2 import meta

from codegen import cli, render
from codegen.template_views import TEMPLATES, VERSION, reference
from codegen.templating import language
from tests.architecture.test_doors import PYTHON
from tests.corpus_paths import ROOT
from tests.expectations import expect

PAGE: Final = ROOT / "docs" / "templates.md"
HERE: Final = Path(__file__).parent
SPEC: Final = HERE / "cases" / "whole" / "spec.yaml"

_EXAMPLE = re.compile(
    r"^`(?P<path>[\w/.]+)`[^\n]*:\n\n```(?:jinja|python)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def examples(title: str) -> dict[str, str]:
    """The files of one section of the page."""
    section = PAGE.read_text("utf-8").partition(f"## {title}\n")[2].partition("\n## ")
    return {found["path"]: found["text"] for found in _EXAMPLE.finditer(section[0])}


def generated(files: dict[str, str]) -> None:
    for path, text in files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text, "utf-8")
    arguments = ["generate", str(SPEC), "--package", "shop", "--output", "."]
    assert cli.main([*arguments, "--templates", "templates", "-q", "--no-cache"]) == 0


def run(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_header_in_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    generated(examples("A header in every file"))
    files = [*Path("shop").rglob("*.py"), *Path("tests").rglob("*.py")]
    assert len(files) > 50
    for file in files:
        assert file.read_text().startswith("# Copyright 2026 Example Ltd.\n# SPDX")
    # Of what is copied one file is as good as all.
    copies = ("--extend-exclude", r"/_runtime/|/_golden_\w+/")
    one = "shop/_runtime/_depth.py"
    run("-m", "black", "--check", "-q", *copies, "shop", "tests", one)
    run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")


def test_a_base_class_and_a_decorator_on_every_class(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = examples("A base class and a decorator on every class")
    assert sorted(files) == [
        "ourapp/base.py",
        "templates/python/class.jinja",
        "templates/python/models.jinja",
    ]
    generated(files)
    said = run(
        "-c",
        "import shop, ourapp.base as base\n"
        "order = shop.Order(id='1')\n"
        "print(order.label(), order.to_json(), sorted(base.REGISTERED))\n",
    )
    assert said == "Order of ourapp.base b'{\"id\":\"1\"}' ['Order']\n"
    run("-m", "black", "--check", "-q", "--extend-exclude", "/_runtime/", "shop")
    run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")


# --- the reference -----------------------------------------------------------------


def test_the_reference_is_that_of_the_code() -> None:
    text = PAGE.read_text("utf-8")
    head, mark, _ = text.partition("template_views.py. -->\n\n")
    expect("".join([head, mark, *(f"{line}\n" for line in reference())]), PAGE)


def test_every_template_of_a_package_is_in_it() -> None:
    assert sorted(TEMPLATES) == PYTHON


@pytest.mark.parametrize("name", PYTHON)
def test_our_own_templates_are_given_what_it_says(name: str) -> None:
    """And use nothing else; some take in others, which are given the same."""
    environment = render.python_environment()
    source = (ROOT / "templates" / name).read_text("utf-8")
    tree = environment.parse(source)
    assert meta.find_undeclared_variables(tree) <= set(TEMPLATES[name].names)
    views = language.Views(
        {
            key: {n: of for n, (of, _) in g.names.items()}
            for key, g in TEMPLATES.items()
        },
        [],
    )
    assert list(language.mistakes(name, tree, views)) == []


def test_what_is_promised_stays_while_the_version_does() -> None:
    """`promised.txt` has what version 1 is given; a line that goes raises VERSION."""
    recorded = HERE / "promised.txt"
    found = [
        f"{template}: {line}" for template, line in _promises("\n".join(reference()))
    ]
    first, *lines = recorded.read_text("utf-8").splitlines()
    if first == f"version {VERSION}":
        assert [line for line in lines if line not in found] == []
    expect("\n".join([f"version {VERSION}", *found, ""]), recorded)


def _promises(text: str) -> list[tuple[str, str]]:
    """The names of each template and view, with their types."""
    found, home = [], ""
    for line in text.splitlines():
        if " writes " in line or line.startswith("### "):
            home = line.strip("#- ").split(" ")[0].strip("`")
        elif line.lstrip().startswith("- "):
            name, _, of = line.strip(" -").partition(": ")
            found.append((home, f"{name}: {of.partition(': ')[0]}"))
    return found
