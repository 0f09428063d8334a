"""What templates of users may say, and whether the names in them exist.

All of it is found before anything is rendered. So one run reports every mistake in
every template, even in those that this specification does not use.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from jinja2 import nodes

from codegen.templating.folder import near
from codegen.templating.marks import Mistake

Variables: TypeAlias = Mapping[str, Any]
"""What a template is given: types by name."""

STATEMENTS: Final = (
    nodes.Output,
    nodes.For,
    nodes.If,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Macro,
    nodes.Assign,
    nodes.FilterBlock,
)
EXPRESSIONS: Final = (
    nodes.And,
    nodes.Call,
    nodes.Compare,
    nodes.Concat,
    nodes.CondExpr,
    nodes.Const,
    nodes.Dict,
    nodes.Filter,
    nodes.Getattr,
    nodes.Getitem,
    nodes.List,
    nodes.Name,
    nodes.Neg,
    nodes.Not,
    nodes.Or,
    nodes.Slice,
    nodes.Sub,
    nodes.Add,
    nodes.TemplateData,
    nodes.Test,
    nodes.Tuple,
)
PARTS: Final = (nodes.Keyword, nodes.Operand, nodes.Pair)
SAID: Final = (*STATEMENTS, *EXPRESSIONS, *PARTS)

DOORS: Final = ("docstring", "comment", "string", "literal")
"""Filters through which text becomes Python."""
BLOCKS: Final = ("docstring", "comment")
"""Filters that a block may go through."""
FILTERS: Final = (
    *(*DOORS, "indent", "replace", "first", "last", "length", "count", "join"),
    *("lower", "upper", "capitalize", "title", "trim", "default", "d", "sort"),
    *("unique", "reverse", "list", "selectattr", "rejectattr", "map"),
)
METHODS: Final = frozenset(
    (
        *("capitalize", "endswith", "isidentifier", "islower", "isupper", "lower"),
        *("lstrip", "partition", "removeprefix", "removesuffix", "rpartition"),
        *("rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "title"),
        "upper",
    )
)
"""Methods of texts that a template may call. None of them makes a much longer text."""
LOOP: Final = frozenset(
    (
        *("changed", "cycle", "depth", "depth0", "first", "index", "index0", "last"),
        *("length", "nextitem", "previtem", "revindex", "revindex0"),
    )
)

_ANY: Final = object()
"""The type of something of which nothing is known."""
_LOOP: Final = object()


@dataclasses.dataclass(frozen=True, slots=True)
class Views:
    """What templates can refer to: our templates, with what each is given, and those of
    the user."""

    ours: Mapping[str, Variables]
    own: Sequence[str]

    def mentioned(self, name: str) -> bool:
        """Whether there is a template with this name."""
        return name in self.ours or name in self.own


def mistakes(name: str, tree: nodes.Template, views: Views) -> Iterator[Mistake]:
    """Everything in a template that is not allowed or does not exist."""
    reader = _Reader(views)
    given = views.ours.get(name)
    reader.body(tree.body, dict(given or {}), strict=given is not None)
    for line, message in reader.found:
        yield Mistake(name, line, message)


def included(tree: nodes.Template) -> Iterator[str]:
    """The names of the templates that a template includes."""
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport)):
        match node:
            case nodes.Include(template=nodes.Const(value=name)):
                yield name
            case nodes.Import(template=nodes.Const(value=name)):
                yield name
            case nodes.FromImport(template=nodes.Const(value=name)):
                yield name
            case _:
                pass


class _Reader:
    """Reads a template from top to bottom."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._strict = True
        self.found: list[tuple[int, str]] = []

    def wrong(self, node: nodes.Node, message: str) -> None:
        self.found.append((node.lineno, message))

    def body(
        self, body: Sequence[nodes.Node], names: dict[str, Any], *, strict: bool
    ) -> None:
        """Read a template. With `strict`, its names must exist. It is not known what a
        template that others include is given, so its names are not checked."""
        self._strict = strict
        self._all(body, names)

    def _all(self, body: Sequence[nodes.Node], names: dict[str, Any]) -> None:
        for node in body:
            self._statement(node, names)

    def _statement(self, node: nodes.Node, names: dict[str, Any]) -> None:
        match node:
            case nodes.Output(nodes=parts):
                for part in parts:
                    self._value(part, names)
            case nodes.If():
                self._value(node.test, names)
                for body in (node.body, node.elif_, node.else_):
                    self._all(body, names)
            case nodes.For():
                self._loop(node, names)
            case nodes.Macro():
                given = {arg.name: _ANY for arg in node.args}
                extra = {"varargs": _ANY, "kwargs": _ANY, node.name: _ANY}
                self._values(node.defaults, names)
                self._all(node.body, names | extra | given)
                names[node.name] = _ANY
            case nodes.Assign():
                found = self._value(node.node, names)
                names.update(_bound(node.target, found))
            case nodes.FilterBlock():
                self._block(node, names)
            case nodes.Include() | nodes.Import() | nodes.FromImport():
                self._template(node, names)
            case _:
                self.wrong(node, _unknown(node))

    def _loop(self, node: nodes.For, names: dict[str, Any]) -> None:
        if node.recursive:
            self.wrong(node, "a recursive loop; a macro that calls itself does as much")
        over = self._value(node.iter, names)
        inner = names | {"loop": _LOOP} | _bound(node.target, _item(over))
        if node.test is not None:
            self._value(node.test, inner)
        self._all(node.body, inner)
        self._all(node.else_, names)

    def _block(self, node: nodes.FilterBlock, names: dict[str, Any]) -> None:
        inner = node.filter
        if inner.name not in BLOCKS or inner.node is not None:
            message = f"a block through {inner.name!r}; blocks may go through "
            self.wrong(node, f"{message}{' or '.join(BLOCKS)}, and nothing else")
        self._values(inner.args, names)
        self._all(node.body, names)

    def _template(
        self,
        node: nodes.Include | nodes.Import | nodes.FromImport,
        names: dict[str, Any],
    ) -> None:
        match node.template:
            case nodes.Const(value=str(name)):
                if not self._views.mentioned(name):
                    known = dict.fromkeys([*self._views.ours, *self._views.own])
                    self.wrong(
                        node, f"there is no template {name!r}{near(name, known)}"
                    )
            case _:
                self.wrong(node, "a template is taken in by its name, in quotes")
        match node:
            case nodes.Import(target=target):
                names[target] = _ANY
            case nodes.FromImport(names=imported):
                for one in imported:
                    names[one if isinstance(one, str) else one[1]] = _ANY
            case _:
                pass

    # --- expressions ---------------------------------------------------------------

    def _values(self, found: Sequence[nodes.Expr], names: dict[str, Any]) -> None:
        for node in found:
            self._value(node, names)

    def _value(self, node: nodes.Node, names: dict[str, Any]) -> Any:
        """Read an expression. Returns its type, as far as it is known."""
        if not isinstance(node, SAID):
            self.wrong(node, _unknown(node))
            return _ANY
        match node:
            case nodes.Name(name=name):
                return self._name(node, name, names)
            case nodes.Getattr(node=of, attr=attribute):
                return self._attribute(node, self._value(of, names), attribute)
            case nodes.Getitem(node=of, arg=nodes.Const(value=str(key))):
                return self._attribute(node, self._value(of, names), key)
            case nodes.Getitem(node=of, arg=key):
                self._value(key, names)
                return _item(self._value(of, names))
            case nodes.Filter(name=("default" | "d")) | nodes.Test(
                name=("defined" | "undefined")
            ):
                # What may be absent is asked for, so that is no mistake.
                return _ANY
            case nodes.Filter():
                return self._filter(node, names)
        for inner in node.iter_child_nodes():
            self._value(inner, names)
        return _ANY

    def _name(self, node: nodes.Node, name: str, names: Mapping[str, Any]) -> Any:
        if name in names:
            return names[name]
        if name not in _GLOBALS and self._strict:
            given = (
                f"it is given {', '.join(names)}" if names else "it is given nothing"
            )
            self.wrong(node, f"there is no {name!r} here{near(name, names)}; {given}")
        return _ANY

    def _attribute(self, node: nodes.Node, of: Any, name: str) -> Any:
        known: Sequence[str] | None = None
        if of is _LOOP:
            known, what = sorted(LOOP), "a loop"
        elif isinstance(of, type) and dataclasses.is_dataclass(of):
            hints = typing.get_type_hints(of)
            if name in hints:
                return hints[name]
            known, what = list(hints), f"a {of.__name__}"
        elif isinstance(of, type) and issubclass(of, str):
            known, what = sorted(METHODS), "a text"
        if known is not None and name not in known:
            found = f"{what} has no {name!r}{near(name, known)}; it has "
            self.wrong(node, found + ", ".join(known))
        return _ANY

    def _filter(self, node: nodes.Filter, names: dict[str, Any]) -> Any:
        of = _ANY if node.node is None else self._value(node.node, names)
        self._values([*node.args, *node.kwargs], names)  # type: ignore[list-item]  # nodes, untyped
        if node.name not in FILTERS:
            found = f"no filter {node.name!r}{near(node.name, FILTERS)}; there are "
            self.wrong(node, found + ", ".join(FILTERS))
        if node.name == "map":
            self._mapped(node)
        return _item(of) if node.name in ("first", "last") else _ANY

    def _mapped(self, node: nodes.Filter) -> None:
        match node.args:
            case [nodes.Const(value=str(name))] if name in FILTERS:
                pass
            case [] if [pair.key for pair in node.kwargs] == ["attribute"]:
                pass
            case _:
                self.wrong(node, "`map` takes the name of a filter, or `attribute=`")


_GLOBALS: Final = ("range",)


_SUMS: Final = (nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Pos)


def _unknown(node: nodes.Node) -> str:
    said: dict[type[nodes.Node], str] = {
        **dict.fromkeys(_SUMS, "arithmetic other than `+` and `-`"),
        nodes.AssignBlock: "a block that is assigned; a macro does as much",
        nodes.CallBlock: "`call`; print what the macro gives",
        nodes.Extends: "`extends`; templates take each other in by `include`",
        nodes.Block: "`block`; templates take each other in by `include`",
    }
    what = said.get(type(node), f"{type(node).__name__}, as Jinja calls it")
    return f"no template of a package may say: {what}"


def _item(of: Any) -> Any:
    """The type of the items of a list."""
    if typing.get_origin(of) in (tuple, list):
        arguments = typing.get_args(of)
        if len(arguments) == 1 or arguments[1:] == (...,):
            return arguments[0]
    return _ANY


def _bound(target: nodes.Node, found: Any) -> dict[str, Any]:
    """The names that a target assigns."""
    match target:
        case nodes.Name(name=name):
            return {name: found}
        case nodes.Tuple(items=items):
            types = typing.get_args(found) if typing.get_origin(found) is tuple else ()
            if len(types) != len(items):
                types = (_ANY,) * len(items)
            bound: dict[str, Any] = {}
            for item, of in zip(items, types, strict=True):
                bound |= _bound(item, of)
            return bound
        case _:
            return {}
