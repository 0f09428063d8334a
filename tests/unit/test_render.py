"""The environment of the templates."""

from __future__ import annotations

import jinja2
import pytest

from codegen import render
from tests.corpus_paths import ROOT


def template(text: str, **view: object) -> str:
    return render.python_environment().from_string(text).render(view)


def test_the_templates_of_the_checkout_are_found() -> None:
    assert render.templates_folder() == ROOT / "templates"


def test_a_name_that_is_missing_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        template("{{ nothing }}")
    with pytest.raises(jinja2.UndefinedError):
        template("{{ view.nothing }}", view=object())


def test_only_html_is_escaped() -> None:
    assert render.report_environment("html").autoescape
    for other in (render.report_environment("text"), render.python_environment()):
        assert not other.autoescape


def test_blocks_leave_no_lines_behind() -> None:
    text = "a\n  {% if true %}\nb\n  {% endif %}\nc\n"
    assert template(text) == "a\nb\nc\n"


def test_the_filters_write_python() -> None:
    text = (
        "{{ 'say \"hi\"' | string }} {{ [1, none] | literal }} {{ 'Doc.' | docstring }}"
    )
    assert template(text) == '\'say "hi"\' [1, None] """Doc."""'


@pytest.mark.parametrize(
    ("block", "moved"),
    [
        ("a\nb\n", "a\n    b\n"),
        ("a\n\n\n\nb", "a\n\n\n\n    b"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_indent_moves_lines_and_leaves_blank_ones(block: str, moved: str) -> None:
    assert render.indent(block) == moved


def test_every_template_compiles() -> None:
    environment = render.python_environment()
    names = environment.list_templates()
    assert len(names) > 10
    for name in names:
        environment.get_template(name)


def test_templates_of_reports_are_for_their_environments_only() -> None:
    with pytest.raises(jinja2.TemplateNotFound):
        render.python_environment().get_template("report/text.jinja")
    with pytest.raises(jinja2.TemplateNotFound):
        render.report_environment("text").get_template("python/class.jinja")
    folders = {path.parent.name for path in (ROOT / "templates").rglob("*.jinja")}
    assert folders == {"python", "golden", "reference", "report"}
