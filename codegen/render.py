"""Views to text: the Jinja environment, and the only place that finds `templates/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from codegen import text


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
