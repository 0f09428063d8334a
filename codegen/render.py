"""Views to text: the Jinja environments, and the only place that finds `templates/`.

Templates of Python print `Code` and nothing else: text of a specification that has
not gone through a door of `codegen.text` is an error where it is printed.

A user's templates stand in place of ours in an environment of their own, a sandbox
(`codegen.templating`).

Reports have an environment for each medium, in which every value that a template
prints passes through the door of that medium: a template cannot forget it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import jinja2
from markupsafe import Markup

from codegen import escaping, text
from codegen.templating import sandbox
from codegen.templating.folder import OwnTemplates
from codegen.text import Code

Medium: TypeAlias = Literal["text", "markdown", "html", "toml"]


def templates_folder() -> Path:
    """Where the templates are: inside an installed package, or atop the checkout.

    Raises FileNotFoundError if they are in neither place.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "templates", package.parent / "templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no templates beside {package.name}")


def _environment(*folders: str, **options: Any) -> jinja2.Environment:
    """An environment of the templates in some folders, which finds no others.

    A name that a view lacks is an error, never empty text.
    """
    return jinja2.Environment(loader=_loader(*folders), **_HOW, **options)


_HOW: Final[dict[str, Any]] = {
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "auto_reload": False,
}


def _loader(*folders: str) -> jinja2.BaseLoader:
    below = templates_folder()
    return jinja2.PrefixLoader(
        {name: jinja2.FileSystemLoader(below / name) for name in folders}
    )


# --- reports -----------------------------------------------------------------------


def _into_text(value: object) -> str:
    if isinstance(value, escaping.Painted):
        return value
    return escaping.quoted(str(value))


def _into_markdown(value: object) -> str:
    if isinstance(value, escaping.Markdown):
        return value
    return escaping.prose(str(value))


def _into_html(value: object) -> str:
    """Jinja escapes what comes out of here, unless it is markup by its type."""
    return value if isinstance(value, Markup) else escaping.line(str(value))


def _into_toml(value: object) -> str:
    return value if isinstance(value, escaping.Toml) else escaping.toml(str(value))


_DOORS: Final[dict[Medium, Callable[[object], str]]] = {
    "text": _into_text,
    "markdown": _into_markdown,
    "html": _into_html,
    "toml": _into_toml,
}


@cache
def report_environment(medium: Medium) -> jinja2.Environment:
    """The environment of what is for people, or for their tools, in one medium."""
    escape = medium == "html"
    made = _environment("report", finalize=_DOORS[medium], autoescape=escape)
    made.filters.update(sentence=_sentence)
    if medium == "markdown":
        made.filters.update(
            code=escaping.code, in_turns=escaping.in_turns, fenced=escaping.fenced
        )
        made.filters.update(block=escaping.block)
    return made


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def report(medium: Medium, **view: Any) -> str:
    """The text of the report for one medium."""
    template = report_environment(medium).get_template(f"report/{medium}.jinja")
    return template.render(view)


def distribution(medium: Medium, name: str, view: object) -> str:
    """The text of a file that makes an SDK a distribution."""
    template = report_environment(medium).get_template(f"report/{name}.jinja")
    return template.render(view=view)


# --- reference pages ---------------------------------------------------------------


@cache
def _reference_environment() -> jinja2.Environment:
    """The environment of reference pages: text of a specification is on one line, or
    goes through `lines`, and what is ours is markup by its type."""
    made = _environment("reference", finalize=_into_html, autoescape=True)
    made.filters.update(lines=_lines, breakable=_breakable)
    return made


def _breakable(name: str) -> Markup:
    """A long name that may go on in the next line behind a dot or underscore."""
    return Markup(_JOINTS.sub(r"\1<wbr>", str(Markup.escape(_into_html(name)))))


_JOINTS: Final = re.compile(r"([._/])(?=[^._/])")


def _lines(value: str) -> Markup:
    """Lines of text as they are."""
    return Markup.escape(escaping.terminal(value))


def reference(found: object, **view: Any) -> str:
    """A reference page. `found` is what its search knows, in JSON."""
    environment = _reference_environment()
    below = templates_folder() / "reference"
    style = (below / "style.css").read_text("utf-8")
    script = (below / "search.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    template = environment.get_template("reference/page.jinja")
    # In a script only the end of the element has a meaning to HTML.
    data = escaping.json_text(found).replace("<", "\\u003c")
    return template.render(
        view,
        macros=environment.get_template("reference/macros.jinja").module,
        style=Markup(style),
        script=Markup(script),
        script_digest=Markup(f"sha256-{digest}"),
        found=Markup(data),
    )


# --- Python source -----------------------------------------------------------------


@cache
def python_environment() -> jinja2.Environment:
    """The environment of Python source, where filters are the doors."""
    made = _environment("python", "golden", finalize=_source)
    made.filters.update(
        docstring=text.docstring,
        comment=text.comment,
        literal=text.literal,
        string=text.string,
        indent=indent,
    )
    return made


def _source(value: object) -> Code:
    """What a template prints, if it is source. Raises TypeError otherwise, and
    UndefinedError for what its view lacks."""
    if isinstance(value, jinja2.Undefined):
        str(value)
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


@cache
def own_environment(own: OwnTemplates) -> sandbox.Environment:
    """The environment of a user's templates, with ours behind them."""
    return sandbox.Environment(own, _loader("python", "golden"), **_HOW)


def python(template: str, own: OwnTemplates | None = None, **view: Any) -> Code:
    """The Python source of one template, named by its path below `templates/`, or of
    that which a user has in its place; then it has marks (`codegen.templating`)."""
    if own is not None:
        return sandbox.rendered(own_environment(own), template, view)
    return Code(python_environment().get_template(template).render(view))
