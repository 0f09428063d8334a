"""Views to text: the Jinja environment, and the only place that finds `templates/`.

Templates of Python print `Code` and nothing else: text of a specification that has
not gone through a door of `codegen.text` is an error where it is printed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from codegen import text
from codegen.text import Code


def templates_folder() -> Path:
    """Where the templates are: inside an installed package, or atop the checkout.

    Raises FileNotFoundError if they are in neither place.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no templates beside {package.name}")


def _html(name: str | None) -> bool:
    """Whether a template makes HTML, where every text is escaped unless marked."""
    return name is not None and "html" in name.rpartition("/")[2].split(".")


@cache
def environment() -> jinja2.Environment:
    """The one environment. A name that a view lacks is an error, never empty text."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        autoescape=_html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters.update(
        docstring=text.docstring,
        comment=text.comment,
        literal=text.literal,
        string=text.string,
        indent=indent,
    )
    return made


@cache
def python_environment() -> jinja2.Environment:
    """The environment of the templates of Python."""
    return environment().overlay(finalize=_source)


def _source(value: object) -> Code:
    """What a template prints, if it is source. Raises TypeError otherwise."""
    if not isinstance(value, Code):
        raise TypeError(f"a template prints text that is no source: {value!r}")
    return value


def indent(block: str, columns: int = 4, first: bool = False) -> str:
    """A block with each line but the first moved right; blank lines stay empty."""
    margin = " " * columns
    moved = block.replace("\n", "\n" + margin).replace(f"\n{margin}\n", "\n\n")
    # Two blank lines in a row overlap in the pattern above.
    moved = moved.replace(f"\n{margin}\n", "\n\n").removesuffix(margin)
    return margin + moved if first and block else moved


def render(template: str, **view: Any) -> str:
    """The text of one template, named by its path below `templates/`."""
    return environment().get_template(template).render(view)


def python(template: str, **view: Any) -> Code:
    """The Python source of one template."""
    return Code(python_environment().get_template(template).render(view))
