"""Templates of users: mistakes at their lines, and no text of a specification as code.

Each folder of `cases/` is a working directory with commands (`tests/commands.py`);
`models.py.txt` is what comes of it.
"""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
import yaml

from codegen import cli, render, text
from codegen.cache import folder as cache
from codegen.templating import marks
from codegen.templating.folder import OwnTemplates, Template
from codegen.text import Code
from tests import commands
from tests.expectations import expect

HERE = Path(__file__).parent
CASES = commands.cases(HERE / "cases")
WHOLE = HERE / "cases" / "whole"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_commands(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands.check(case, tmp_path, monkeypatch, capsys)
    out = Path("out")  # `check` leaves us in a copy of the folder.
    if "= 2" in (case / "expect.txt").read_text("utf-8"):
        assert not out.exists(), "something was written all the same"
    for expected in case.glob("*.py.txt"):
        found = out / "shop" / expected.name.removesuffix(".txt")
        expect(found.read_text("utf-8"), expected)


# --- text stays text ---------------------------------------------------------------

HOSTILE = [
    '"""\nimport os\n"""',
    "'''\nimport os\n'''",
    "x\nimport os",
    "\\",
    '"',
    "{{ 7 * 7 }}{% include 'x' %}",
    "\ue000python/class.jinja:1\ue001\nimport os\n\ue002",
    '\ue003["python/class.jinja", 1, "told"]\ue002',
    "\x00\x1b[2J\u202e",
    "x # noqa\r\nimport os",
]


def shape(path: Path) -> list[str]:
    """The kinds of all nodes of a module, texts aside."""
    return [type(node).__name__ for node in ast.walk(ast.parse(path.read_text()))]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_text_through_a_template_stays_text(
    hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    document = yaml.safe_load((WHOLE / "spec.yaml").read_text())
    shapes = []
    for said in ("plain words", hostile):
        order = document["components"]["schemas"]["Order"]
        order["description"] = order["properties"]["id"]["description"] = said
        Path("spec.yaml").write_text(yaml.safe_dump(document, allow_unicode=True))
        if "\x00" in hostile:
            Path("spec.yaml").write_text(yaml.safe_dump(document))
        arguments = ["generate", "spec.yaml", "--package", "shop", "--output", "out"]
        own = ["--templates", str(WHOLE / "templates"), "--no-tests", "--no-cache"]
        assert cli.main([*arguments, *own, "-q"]) == 0
        shapes.append(shape(Path("out/shop/models.py")))
    assert shapes[0] == shapes[1]


def test_what_a_template_says_is_not_run_by_the_generator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Golden tests are made by running the package: as our own templates write it."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(WHOLE / "spec.yaml", "spec.yaml")
    below = Path("templates/python")
    below.mkdir(parents=True)
    said = "open('ran', 'w').close()\nraise SystemExit(9)\n"
    (below / "models.jinja").write_text("{{ imports }}\n" + said)
    (below / "init.jinja").write_text(said)
    (below.parent / "golden").mkdir()
    (below.parent / "golden" / "conftest.py.jinja").write_text(said)
    arguments = ["generate", "spec.yaml", "--package", "shop", "--output", "out"]
    assert cli.main([*arguments, "--templates", "templates", "-q", "--no-cache"]) == 0
    assert not Path("ran").exists()
    assert "SystemExit" in Path("out/shop/models.py").read_text()
    assert Path("out/tests/shop/golden/Order.json").exists()


def test_a_template_that_leads_out_of_its_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(WHOLE / "spec.yaml", "spec.yaml")
    Path("secret").write_text("password = 1")
    Path("templates/python").mkdir(parents=True)
    Path("templates/python/header.jinja").symlink_to("../../secret")
    arguments = ["generate", "spec.yaml", "--package", "shop", "--output", "out"]
    assert cli.main([*arguments, "--templates", "templates"]) == 2
    said = capsys.readouterr().err
    assert "templates/python/header.jinja" in said
    assert "a link that leads out of the folder is not followed" in said
    assert "password" not in said


# --- what has changed --------------------------------------------------------------


def test_a_run_sees_what_has_become_of_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the folder, of each file, and of what is there no longer."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(cache.OFF)
    monkeypatch.setenv(cache.PLACE, str(tmp_path / "cache"))
    shutil.copy(WHOLE / "spec.yaml", tmp_path)
    below = tmp_path / "own" / "python"
    below.mkdir(parents=True)
    (tmp_path / "codegen.toml").write_text(
        "[[sdk]]\nspec = 'spec.yaml'\npackage = 'shop'\ntests = false\n"
        "output = 'out'\ntemplates = 'own'\n"
    )

    def run() -> int:
        code = cli.main(["generate", "--check"])
        assert "internal error" not in capsys.readouterr().err
        return code

    first = below / "init.jinja"
    first.write_text("ours = 1\n")
    assert run() == 1
    assert cli.main(["generate", "-q"]) == 0
    assert run() == 0
    first.write_text("mine = 1\n")
    assert run() == 1
    first.write_text("ours = 1\n")
    assert run() == 0
    (below.parent / "later").mkdir()
    assert run() == 0
    (below.parent / "later" / "x.jinja").write_text("")
    assert run() == 2
    shutil.rmtree(below.parent / "later")
    first.unlink()
    assert run() == 1


# --- the sandbox itself ------------------------------------------------------------


def rendered(template: str, **view: object) -> str:
    own = OwnTemplates((Template("python/alias.jinja", template, "alias.jinja"),))
    made = render.python("python/alias.jinja", own, **view)
    found = marks.settled(made)
    return found.text or "; ".join(mistake.message for mistake in found.mistakes)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ x }}", "is printed, which is no source"),
        ("{{ x.format(1) }}", "'format' is not to be called here"),
        ("{{ x.ljust(1000000000) }}", "attribute 'ljust' of 'str' object is unsafe"),
        ("{{ y.__class__ }}", "access to attribute '__class__'"),
        ("{{ y['__class__'] }}", "access to attribute '__class__'"),
        ("{% set a = x ~ x %}" * 3 + "{{ a }}", "is printed, which is no source"),
        (
            "{% set a = x %}" + "{% set a = a ~ a %}" * 40 + "{{ a | string }}",
            "too long",
        ),
        ("{% set a = [1] %}" + "{% set a = a + a %}" * 40, "too long"),
        ("{% set a = x %}" + "{% set a = a | replace('', a) %}" * 9, "too long"),
        ("{{ range(1000000000) }}", "Range too big"),
        ("{{ y | indent(1000000000) }}", "margin"),
        ("{{ x | indent }}", "is printed, which is no source"),
        (
            "{% for a in range(9999) %}{{ y }}{% include 'golden/schema_tests.jinja' %}"
            "{% endfor %}",
            "far more is printed",
        ),
    ],
)
def test_what_a_template_may_not_do(template: str, said: str) -> None:
    assert said in rendered(template, x="text" * 9, y=Code("pass  # y"))


def test_what_a_macro_prints_is_source() -> None:
    made = rendered(
        "{% macro of(a) %}\nx = {{ a | string }}\n{% endmacro %}\n"
        "{{ of(words) }}{{ of(words ~ '!') }}",
        words='a"b',
    )
    assert made == "x = 'a\"b'\nx = 'a\"b!'\n"


def test_doors_take_no_marks_in() -> None:
    made = rendered("{% macro m() %}said{% endmacro %}{{ m() | docstring }}")
    assert made == text.docstring("said")


def test_positions_are_counted_as_python_counts_them() -> None:
    made = rendered("é = '𝄞'; {{ a }}; z = 1\n", a=Code("b = 1"))
    own = OwnTemplates((Template("python/alias.jinja", "", ""),))
    assert own.get("python/alias.jinja")
    found = marks.settled(
        f"{marks.said('é = 1; ', 'a', 1)}b = 1{marks.said('; z = 1', 'a', 1)}"
    )
    tree = ast.parse(found.text)
    excused = found.nodes(tree)
    assert [id(node) in excused for node in tree.body] == [True, False, True]
    assert made == "é = '𝄞'; b = 1; z = 1\n"
