"""A user's folder of templates, read and checked as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import jinja2

from codegen import config, render
from codegen.config import Sdk
from codegen.diagnostics import Report, Span
from codegen.flows import finishing
from codegen.template_views import VERSION, VIEWS
from codegen.templating import language
from codegen.templating.folder import OwnTemplates, near, read
from codegen.templating.language import Variables, Views
from codegen.templating.marks import Mistake


def own_templates(
    folder: Path,
    shown: str,
    ours: Mapping[str, Variables],
    version: int,
    report: Report,
) -> OwnTemplates:
    """Read the templates of a folder, each of which takes the place of ours of the same
    name or is included by one that does. `ours` says what each of our templates is
    given, in the version of the views that is meant. Every mistake of every template is
    reported."""
    own = OwnTemplates(tuple(read(folder, shown, version, report)))
    environment = render.own_environment(own)
    views = Views(ours, [one.name for one in own.templates])
    taken_in: set[str] = set()
    for one in own.templates:
        try:
            tree = environment.parsed(one.name)
            taken_in |= set(language.included(tree))
            found = list(language.mistakes(one.name, tree, views))
            if not found:
                environment.get_template(one.name)
        except jinja2.TemplateSyntaxError as error:
            found = [Mistake(one.name, error.lineno, error.message or "no template")]
        except (SyntaxError, RecursionError, MemoryError):
            found = [Mistake(one.name, 1, "nested too deeply")]
        for mistake in found:
            own.report(mistake, report)
    for name in _strangers(own, ours, taken_in):
        message = f"there is no template {name!r} to be replaced{near(name, ours)}, and"
        message += " no other takes it in; docs/templates.md lists those there are"
        report.add("template", message, Span(f"{shown}/{name}"))
    return own


def _strangers(
    own: OwnTemplates, ours: Iterable[str], taken_in: Iterable[str]
) -> list[str]:
    known = {*ours, *taken_in}
    return [one.name for one in own.templates if one.name not in known]


def of_sdk(sdk: Sdk, report: Report) -> OwnTemplates | None:
    """The templates of the user for an SDK; None where it has none."""
    if sdk.templates is None:
        return None
    folder = sdk.base / sdk.templates
    shown = config.relative(folder).as_posix()
    if not finishing.can_lay_out():
        report.add("template", finishing.HOW_TO_HAVE_BLACK, Span(shown))
        return None
    return own_templates(folder, shown, VIEWS, VERSION, report)
