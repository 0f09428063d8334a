"""What each template of a package is given: the table of which `docs/templates.md` is
made, and by which templates of users are checked.

What is here is a promise to those who have templates of their own, so it has a version.
A name may be added; one that goes, or comes to mean something else, raises it.
"""

from __future__ import annotations

import dataclasses
import inspect
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Final

from codegen.python import session_rules, views
from codegen.text import Code, Name

VERSION: Final = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Given:
    """A template: what it writes, and what it is given by which names, each with its
    type and what it is."""

    writes: str
    names: Mapping[str, tuple[Any, str]] = dataclasses.field(default_factory=dict)


_IMPORTS: Final = {
    "imports": (list[Code], "the imports of the pieces, for checkers and bundlers")
}
_TESTS: Final[dict[str, tuple[Any, str]]] = {
    "package": (Code, "the import name of the package"),
    "way": (str, "the path from the tests to the folder to import it from"),
    "machinery": (Name, "the module that runs the tests"),
    "kinds": (
        set[str],
        "what is to be tested: `table`, `union`, `session` and others",
    ),
}


def _view(of: type) -> dict[str, tuple[Any, str]]:
    return {"view": (of, "what to write")}


def _head(what: str) -> Given:
    return Given(f"the docstring of {what}")


TEMPLATES: Final[dict[str, Given]] = {
    "python/header.jinja": Given(
        "each Python file: the comment at its head, and `body` below it. Files "
        "that are copied verbatim can have other comments at the head only",
        {
            "notice": (str, "what made the file, and from what"),
            "body": (Code, "the file, or only what stands above its first import"),
        },
    ),
    "python/models.jinja": Given(
        "`models.py`, or one of its pieces, below the docstring",
        {
            "imports": (Code, "the imports of all types"),
            "types": (list[Code], "classes and enums, as written by their templates"),
            "aliases": (list[Code], "all other types"),
        },
    ),
    "python/class.jinja": Given("one class", _view(views.ClassView)),
    "python/enum.jinja": Given("one enum", _view(views.EnumView)),
    "python/alias.jinja": Given("one type that is neither", _view(views.AliasView)),
    "python/old_types.jinja": Given(
        "the end of `models.py`, which makes types available under old names",
        {
            "shown": (list[Code], "the old names as aliases, for type checkers"),
            "finder": (Code, "the import of the function that finds old names"),
            "find": (Code, "the `__getattr__` of the module, made by it"),
            "alone": (bool, "whether the module has no other code for type checkers"),
        },
    ),
    "python/init.jinja": Given(
        "`__init__.py`, below its docstring",
        {
            "imports": (list[Code], "the imports that type checkers see"),
            "homes": (
                list[tuple[Name, Code]],
                "names that are not in `models`, each with its module",
            ),
            "everything": (list[str], "all names of the package"),
            "codec": (bool, "whether the package has a codec of its own"),
        },
    ),
    "python/rules.jinja": Given(
        "`rules.py`, below its imports", _view(session_rules.RulesView)
    ),
    "python/init_header.jinja": Given(
        "the docstring and the first imports of `__init__.py`",
        {"title": (str, "the title of the specification")},
    ),
    "python/operations_header.jinja": Given("the docstring of `operations.py`"),
    "python/rules_header.jinja": Given("the docstring and the imports of `rules.py`"),
    **{
        f"python/{module}_header.jinja": _head(f"`{module}.py`, or of its folder")
        for module in ("models", "_codec", "_checks", "_constraints")
    },
    **{
        f"python/{module}_header.jinja": _head(f"`{module}.py`")
        for module in (
            "events",
            "schemas",
            "_fields",
            "_json_schemas",
            "_native",
            "_pieces",
        )
    },
    **{
        f"python/{folder}_piece.jinja": _head(f"each module in `{folder}/`")
        for folder in ("models", "_codec", "_checks", "_constraints")
    },
    **{
        f"python/{folder}_pieces.jinja": Given(
            f"`{folder}/__init__.py`, below its docstring", _IMPORTS
        )
        for folder in ("models", "_codec", "_checks", "_constraints")
    },
    "golden/conftest.py.jinja": Given("`conftest.py` beside the tests", _TESTS),
    "golden/test_golden.py.jinja": Given("the module of golden tests", _TESTS),
    "golden/test_imports.jinja": Given("what that module imports of its own", _TESTS),
    "golden/schema_tests.jinja": Given("the tests of schemas, in that module", _TESTS),
    "golden/table_tests.jinja": Given("the tests of event tables, in it", _TESTS),
    "golden/operation_tests.jinja": Given("the tests of operations, in it", _TESTS),
    "golden/session_tests.jinja": Given("the tests of session rules, in it", _TESTS),
    "golden/strategies.py.jinja": Given(
        "`strategies.py`, above the strategies",
        {
            "package": (Code, "the import name of the package"),
            "example": (Code, "the name of a schema, in quotes"),
        },
    ),
}
"""Every template of a package, in the order of the documentation."""

VIEWS: Final = {
    template: {name: of for name, (of, _) in given.names.items()}
    for template, given in TEMPLATES.items()
}
"""The types of what each is given."""


def reference() -> Iterator[str]:
    """The lines of the reference of templates and views."""
    yield f"## Templates (views of version {VERSION})"
    used: list[type] = []
    yield ""
    for template, given in TEMPLATES.items():
        yield f"- `{template}` writes {given.writes}."
        for name, (of, what) in given.names.items():
            yield f"    - `{name}`: {_shown(of)}: {what}"
            used += [of] if _is_view(of) else []
    yield "\n## Views"
    for view in used:
        used += (of for of in _inside(view) if of not in used)
        said = inspect.cleandoc(view.__doc__ or "").replace("\n", " ")
        yield f"\n### {view.__name__}\n\n{said}\n"
        for name, of in typing.get_type_hints(view).items():
            yield f"- `{name}`: {_shown(of)}"


def _inside(view: type) -> Iterator[type]:
    """The views that a view holds."""
    for of in typing.get_type_hints(view).values():
        yield from filter(_is_view, typing.get_args(of))


def _is_view(of: Any) -> bool:
    return isinstance(of, type) and dataclasses.is_dataclass(of)


def _shown(of: Any) -> str:
    """A type as people read it."""
    arguments = [a for a in typing.get_args(of) if a is not ...]
    if typing.get_origin(of) is tuple and len(arguments) > 1:
        return f"a pair of {' and '.join(map(_shown, arguments))}"
    if arguments:
        many = "set" if typing.get_origin(of) is set else "list"
        return f"a {many} of {_shown(arguments[0])}"
    return _WORDS.get(of) or f"[{of.__name__}](#{of.__name__.lower()})"


_WORDS: Final = {
    Code: "source",
    Name: "an identifier",
    str: "text",
    bool: "true or false",
}
