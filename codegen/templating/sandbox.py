"""Runs templates of users in Jinja's sandbox, within bounds, and marks what they say
themselves.

A template sees the views and nothing else: no attribute that a view does not declare,
no method that makes a long text of a short one, no file outside of its folder. What it
prints is `Code`, made by the doors, as in our own templates. Steps and sizes are
counted, with limits that follow from the view, so that every machine comes to the same
result.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, Final

import jinja2
from jinja2 import nodes, sandbox
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro

from codegen import text
from codegen.templating import language, marks
from codegen.templating.folder import OwnTemplates
from codegen.text import Code

STEPS: Final = 10_000
SIZE: Final = 200_000
"""What a template may do and print for the smallest view. A larger view allows a
hundred steps and fifty characters more for each thing and each character in it."""

_OURS: Final = 2_000
"""The length of the longest of our own templates, and some more."""

_BIGGEST: Final = 1_000_000
"""The longest text or list that an expression may make."""


_HOME: Final = "template:"
"""The beginning of the file name under which Python knows a user's template."""


class TooMuch(Exception):
    """A template exceeds its limits."""


class Budget:
    """What a rendering may still do."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        things, letters = _measured(view)
        self._steps = STEPS + 100 * things
        self._size = SIZE + 50 * letters

    def step(self, size: int = 0, *, steps: int = 1) -> None:
        """Count a step, and the characters that it may print. Raises TooMuch."""
        self._steps -= steps
        self._size -= size
        if self._steps < 0:
            raise TooMuch("too many steps of loops, calls and inclusions")
        if self._size < 0:
            raise TooMuch("far more is printed than the view holds")


def _measured(value: Any) -> tuple[int, int]:
    """How many things and characters there are in a view."""
    things = letters = 0
    pending = [value]
    while pending:
        found = pending.pop()
        things += 1
        if isinstance(found, str):
            letters += len(found)
        elif isinstance(found, Mapping):
            pending += found.values()
        elif isinstance(found, list | tuple | set | frozenset):
            pending += found
        elif dataclasses.is_dataclass(found):
            pending += (getattr(found, f.name) for f in dataclasses.fields(found))
    return things, letters


class Environment(sandbox.ImmutableSandboxedEnvironment):
    """The environment for templates of a user, with ours behind them."""

    intercepted_binops = frozenset("+")

    def __init__(self, own: OwnTemplates, ours: jinja2.BaseLoader, **how: Any) -> None:
        self.own = own
        self.budget = Budget({})
        self._macros: dict[str, int] = {}
        loader = jinja2.ChoiceLoader([jinja2.FunctionLoader(self._own), ours])
        super().__init__(loader=loader, finalize=self._printed, **how)
        self.globals = {"range": self.globals["range"]}
        known = self.filters
        self.filters = {
            name: _bounded(known[name]) for name in language.FILTERS if name in known
        }
        doors: dict[str, Callable[..., Code]] = {
            "docstring": text.docstring,
            "comment": text.comment,
            "string": text.string,
            "literal": text.literal,
        }
        self.filters.update({name: _unmarked(door) for name, door in doors.items()})
        self.filters.update(
            replace=_replaced,
            _counted=self._counted,
            _joined=_joined,
            _text=_text,
            indent=_indented,
        )

    def _own(self, name: str) -> tuple[str, str, None] | None:
        found = self.own.get(name)
        return None if found is None else (found.text, f"{_HOME}{name}", None)

    def _printed(self, value: object) -> Code:
        """What a template prints, if it is source. Raises TypeError otherwise."""
        if isinstance(value, jinja2.Undefined):
            str(value)  # Says what there is not.
        if not isinstance(value, Code):
            raise TypeError(_no_source(value))
        self.budget.step(len(value), steps=0)
        return value

    @staticmethod
    def concat(parts: Iterable[str]) -> Code:
        """What a template or a macro prints. Each part was `Code`, or is the
        template's own text."""
        return Code("".join(parts))

    def parsed(self, name: str) -> nodes.Template:
        """A user's template as it stands. Raises TemplateSyntaxError."""
        found = self.own.get(name)
        assert found is not None
        return super()._parse(found.text, name, None)

    def _parse(
        self, source: str, name: str | None, filename: str | None
    ) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if name is not None and self.own.get(name) is not None:
            tree.body = [self._rewritten(node, name) for node in tree.body]
        return tree

    def _rewritten(self, node: Any, name: str, *, quiet: bool = False) -> Any:
        """A part of a template with marks on what it says itself, with its loops and
        inclusions counted. What goes through a door as a whole has no marks."""
        inside = quiet or isinstance(node, nodes.FilterBlock)
        if quiet and isinstance(node, nodes.Output):
            # What goes through the door of a block need not go through one before.
            node.nodes = [_as_text(part) for part in node.nodes]
        for key, value in node.iter_fields():
            if isinstance(value, nodes.Node):
                setattr(node, key, self._rewritten(value, name, quiet=inside))
            elif isinstance(value, list):
                found = [
                    (
                        self._rewritten(one, name, quiet=inside)
                        if isinstance(one, nodes.Node)
                        else one
                    )
                    for one in value
                ]
                setattr(node, key, found)
        match node:
            case nodes.TemplateData(data=data) if not quiet:
                return nodes.TemplateData(
                    marks.said(data, name, node.lineno), lineno=node.lineno
                )
            case nodes.Macro(name=macro):
                weight = max(_weight(node), self._macros.get(macro, 0))
                self._macros[macro] = weight
            case nodes.For():
                node.iter = _filtered(node.iter, "_counted", _weight(node))
            case nodes.Include() | nodes.Import() | nodes.FromImport():
                weight = self._size(node.template)
                node.template = _filtered(node.template, "_counted", weight)
            case nodes.Concat(nodes=parts):
                return _filtered(nodes.List(parts, lineno=node.lineno), "_joined")
            case _:
                pass
        return node

    def _size(self, template: nodes.Expr) -> int:
        """The text that a template that is taken in may add."""
        found = None
        if isinstance(template, nodes.Const):
            found = self.own.get(template.value)
        return _OURS if found is None else len(found.text)

    @jinja2.pass_context  # Or it would be asked once, while a template is compiled.
    def _counted(self, _context: Any, value: Any, weight: int) -> Any:
        self.budget.step(weight)
        return value if isinstance(value, str) else self._each(value, weight)

    def _each(self, values: Iterable[Any], weight: int) -> Any:
        found = values if isinstance(values, list | tuple) else list(values)
        for _ in found:
            self.budget.step(weight)
        return found

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template sees an attribute: of views their fields, of others a
        few that make nothing."""
        if dataclasses.is_dataclass(obj):
            return attr in {field.name for field in dataclasses.fields(obj)}
        if isinstance(obj, str):
            return attr in language.METHODS
        if isinstance(obj, LoopContext):
            return attr in language.LOOP
        if isinstance(obj, dict):
            return attr in ("get", "items", "keys", "values")
        module = isinstance(obj, jinja2.environment.TemplateModule)
        return module and not attr.startswith("_")

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something: macros, `range`, and methods that it
        may see."""
        if isinstance(obj, Macro) or obj is self.globals["range"]:
            return True
        of = getattr(obj, "__self__", None)
        return isinstance(of, str | dict | LoopContext)

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call something that may be called, and count it."""
        if isinstance(obj, jinja2.Undefined):
            str(obj)  # Says what there is not, or what is not to be had.
        if not self.is_safe_callable(obj):
            what = getattr(obj, "__name__", type(obj).__name__)
            raise SecurityError(f"{what!r} is not to be called here")
        weight = self._macros.get(obj.name, 0) if isinstance(obj, Macro) else 0
        self.budget.step(weight)
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The sum of two values, if it is not too long. Raises TooMuch."""
        for one in (left, right):
            if isinstance(one, str | list | tuple) and len(one) > _BIGGEST // 2:
                raise TooMuch("a text or list that is too long")
        return super().call_binop(context, operator, left, right)


def _no_source(value: object) -> str:
    shown = repr(str(value)[:60])
    doors = ", ".join(f"`| {door}`" for door in language.DOORS)
    return f"{shown} is printed, which is no source; print it through {doors}"


def _filtered(node: Any, name: str, *given: int) -> nodes.Filter:
    arguments = [nodes.Const(value, lineno=node.lineno) for value in given]
    return nodes.Filter(node, name, arguments, [], None, None, lineno=node.lineno)


def _as_text(node: nodes.Expr) -> nodes.Expr:
    return node if isinstance(node, nodes.TemplateData) else _filtered(node, "_text")


def _text(value: object) -> Code:
    """A value in a block that goes through a door as a whole."""
    return value if isinstance(value, Code) else Code(marks.harmless(str(value)))


def _weight(node: nodes.Node) -> int:
    """How many characters a part of a template says itself."""
    return sum(len(found.data) for found in node.find_all(nodes.TemplateData))


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of Jinja with a limit on the length of its result."""

    @functools.wraps(function)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        found = function(*args, **kwargs)
        if isinstance(found, str | list | tuple) and len(found) > _BIGGEST:
            raise TooMuch("a text or list that is too long")
        return found

    return bounded


def _unmarked(door: Callable[..., Code]) -> Callable[..., Code]:
    """A door for what a macro may have printed, which has marks."""

    def through(value: Any, *args: Any, **kwargs: Any) -> Code:
        if isinstance(value, jinja2.Undefined):
            str(value)  # Says what there is not.
        own = marks.plain(value) if isinstance(value, Code) else value
        return door(own, *args, **kwargs)

    return through


def _replaced(value: str, old: str, new: str) -> str:
    """A text in which another one is replaced everywhere. Raises TooMuch."""
    if len(value) + str(value).count(old) * len(new) > _BIGGEST:
        raise TooMuch("a text or list that is too long")
    return str(value).replace(old, new)


def _joined(parts: list[Any]) -> str:
    """Texts joined. Raises TooMuch."""
    texts = [
        marks.plain(part) if isinstance(part, Code) else str(part) for part in parts
    ]
    if sum(map(len, texts)) > _BIGGEST:
        raise TooMuch("a text or list that is too long")
    return "".join(texts)


def _indented(value: Code, columns: int = 4, first: bool = False) -> Code:
    """Source moved to the right: each line but the first, or each."""
    if not isinstance(value, Code):
        raise TypeError(_no_source(value))
    if not 0 <= columns <= 80:
        raise TooMuch("a margin that is too wide")
    margin = " " * columns
    lines = value.split("\n")
    moved = [margin + line if line else line for line in lines]
    return Code("\n".join(moved if first else [lines[0], *moved[1:]]))


# --- renderings --------------------------------------------------------------------

_FAILURES: Final = (
    *(jinja2.TemplateError, TooMuch, TypeError, ValueError, ArithmeticError),
    *(LookupError, AttributeError, RecursionError, MemoryError, SyntaxError),
)
"""The exceptions that a mistake in a template can cause."""


def rendered(environment: Environment, template: str, view: Mapping[str, Any]) -> Code:
    """The source that a template makes of a view, with marks. If it cannot be made, the
    mistake stands in its place, together with the mistakes in the parts that it was
    given."""
    environment.budget = Budget(view)
    try:
        made = Code(environment.get_template(template).render(view))
    except _FAILURES as error:
        wrong = [_mistake(environment.own, template, error)]
    else:
        if not marks.marked(made):
            return made
        wrong = list(_no_python(made, view))
        if not wrong:
            return made
    told = [
        mistake for part in _parts(view) for mistake in marks.settled(part).mistakes
    ]
    return Code("".join(mistake.in_text() for mistake in [*wrong, *told]))


def _parts(view: Mapping[str, Any]) -> Iterator[Code]:
    """The source in a view."""
    for value in view.values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, Code):
                yield part


def _mistake(own: OwnTemplates, template: str, error: Exception) -> marks.Mistake:
    """A failure, as a mistake at the place where it happened. Raises it again if it
    happened outside of the user's templates."""
    if isinstance(error, RecursionError):
        message = "templates or macros take each other in without an end"
    elif isinstance(error, MemoryError):
        message = "more than fits into memory"
    else:
        message = str(error) or type(error).__name__
    if isinstance(error, jinja2.TemplateSyntaxError) and error.name is not None:
        return marks.Mistake(error.name, error.lineno, message)
    line = 0
    home = template
    traceback: TracebackType | None = error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file.startswith(_HOME):
            home, line = file.removeprefix(_HOME), traceback.tb_lineno
        traceback = traceback.tb_next
    if own.get(home) is None:
        raise error
    return marks.Mistake(home, max(line, 1), message)


def _no_python(made: Code, view: Mapping[str, Any]) -> Iterator[marks.Mistake]:
    """Why a rendering is no Python, or not what its file may have."""
    found = marks.settled(made)
    if found.mistakes:
        return  # Those of other renderings, which are told already.
    if mixed := list(found.mixed()):
        yield from mixed
        return
    try:
        tree = ast.parse(found.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        yield found.mistake(error, "what comes of it is no Python")
        return
    wanted = getattr(view.get("view"), "name", None)
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    if wanted is not None and wanted not in classes:
        own = found.parts[0]
        message = f"no class {wanted} comes of it, which others refer to; print "
        message += "`view.head`, or `view.name` behind `class`"
        yield marks.Mistake(own.template, own.line, message)
