"""Pages of reference that are made from the code: commands, configuration, face."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any, Final, get_overloads

import click

from codegen import cli, config, options

COMMANDS: Final = """\
# Commands

Made from the help of each command (`codegen COMMAND --help`). `wirewright`
is a second name of the command.

| exit code | means |
|---|---|
| 0 | done |
| 1 | a check failed: that of `diff`, `lint`, `doctor`, `update`, `check-traffic`, \
`generate --check` |
| 2 | bad input; every problem is reported, nothing is written |
| 130 | interrupted |
| 141 | the pipe was closed |
"""
CONFIGURATION: Final = """\
# Configuration

The configuration is the nearest `codegen.toml`, or `[tool.codegen]` in
`pyproject.toml`. Paths are relative to that file. `codegen init` writes one
with comments. This page is made from the JSON Schema that
`codegen config --schema` prints.

```toml
[[tool.codegen.sdk]]            # [[sdk]] in codegen.toml
spec = "specs/shop.yaml"
package = "shop"
```

## Keys of an SDK

In each `[[tool.codegen.sdk]]`:
"""
FACE: Final = """\
# The API of a package

What every generated package has, made from the docstrings of its runtime. It also
has a class for each object, an enum for each named set of values, and an alias
for each other named schema. Modules whose names begin with `_` are private.

## Constants
"""
SHARED: Final = "These options mean the same in every command that has them."
CONSTANTS: Final = {
    "SCHEMAS": "Every named schema by its name in the specification: a mapping of "
    "names to `Schema`. The root of a plain JSON Schema is `#`.",
    "EVENTS": "An event table for every tagged union of objects, by its name in the "
    "specification: a mapping of names to `EventTable`.",
    "SERVER_EVENTS": "The `EventTable` of what the server sends, if the "
    "specification or the configuration names it.",
    "CLIENT_EVENTS": "The `EventTable` of what the client sends.",
    "ServerEvent": "The union of the events of `SERVER_EVENTS`, for annotations.",
    "ClientEvent": "The union of the events of `CLIENT_EVENTS`, for annotations.",
    "UNSET": "The value of an absent field that may also be null, which is `None`. "
    "False in a condition.",
}


def commands() -> str:
    """docs/commands.md, from the command line's own help."""
    shared = [_option(option) for option in _shared().values()]
    return "\n".join(
        [
            COMMANDS,
            *(line for name in cli.cli.commands for line in _command(name)),
            "## Shared options",
            "",
            SHARED,
            "",
            *_table("option", shared),
            "",
        ]
    )


def _shared() -> dict[str, click.Option]:
    """The options that `reads` and `talks` give to a command, by their names."""

    @click.command()
    @options.reads
    @options.talks
    def probe(**_: Any) -> None: ...

    return {p.opts[-1]: p for p in probe.params if isinstance(p, click.Option)}


def _command(name: str) -> Iterator[str]:
    command = cli.cli.commands[name]
    context = click.Context(command, info_name=f"codegen {name}")
    usage = command.get_usage(context).removeprefix("Usage: ")
    yield from (f"## `{name}`", "", "```text", " ".join(usage.split()), "```", "")
    yield from (*inspect.cleandoc(command.help or "").splitlines(), "")
    if isinstance(command, options.Example):
        yield from ("For example:", "", "```text", command.example, "```", "")
    shared = _shared()
    own, others = [], []
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            if parameter.opts[-1] in shared:
                others.append(f"`{parameter.opts[-1]}`")
            else:
                own.append(_option(parameter))
    if own:
        yield from (*_table("option", own), "")
    if others:
        yield f"[Shared](#shared-options): {', '.join(others)}."
        yield ""


def _option(option: click.Option) -> tuple[str, str]:
    context = click.Context(cli.cli)
    name, text = option.get_help_record(context) or ("", "")
    return name, text.replace("  [default:", " [default:")


def _table(head: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    yield f"| {head} | |"
    yield "|---|---|"
    for name, text in rows:
        yield f"| `{name.replace('|', chr(92) + '|')}` | {_cell(text)} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def configuration() -> str:
    """docs/configuration.md, from the JSON Schema of the configuration."""
    schema = json.loads(config.schema())
    definitions = schema["$defs"]
    root = {k: v for k, v in schema["properties"].items() if k != "sdk"}
    return "\n".join(
        [
            CONFIGURATION,
            *_table("key", list(_keys(definitions["sdk"], definitions))),
            "",
            "## Keys for all SDKs",
            "",
            "In `[tool.codegen]` itself. A key that SDKs have, too, is the default for",
            "every SDK that does not set it.",
            "",
            *_table("key", list(_keys({"properties": root}, definitions))),
            "",
            "## `lint` and `diff`",
            "",
            "In `[tool.codegen.lint]` and `[tool.codegen.diff]`:",
            "",
            *_table("key", list(_keys(definitions["terms"], definitions))),
            "",
        ]
    )


def _keys(
    schema: Mapping[str, Any], definitions: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for name, key in schema["properties"].items():
        whole = {**definitions.get(key.get("$ref", "").rpartition("/")[2], {}), **key}
        text = whole.get("description", "")
        if "enum" in whole:
            text += " " + ", ".join(f"`{json.dumps(value)}`" for value in whole["enum"])
            text += "."
        if "default" in whole and "Default:" not in text:
            text += f" Default: `{json.dumps(whole['default'])}`."
        if name in schema.get("required", ()):
            text += " Required."
        yield name, text


def face(package: ModuleType) -> str:
    """docs/package.md, from what every package brings: its names and docstrings."""
    lines = [
        FACE,
        *_table("name", list(CONSTANTS.items())),
        "",
        "## Every class of the API",
        "",
        *_members(package.RealtimeSession.__mro__[1]),
    ]
    runtime = f"{package.__name__}._runtime"
    for name in sorted(dir(package), key=str.casefold):
        thing = getattr(package, name)
        if name in CONSTANTS or not getattr(thing, "__module__", "").startswith(
            runtime
        ):
            continue
        lines += [f"## `{name}`", ""]
        if isinstance(thing, FunctionType):
            faces = get_overloads(thing) or [thing]
            lines += [f"    {name}{_signature(each)}" for each in faces]
            lines += ["", *_doc(thing), ""]
        else:
            lines += _members(thing)
    return "\n".join(lines)


def _members(cls: type) -> list[str]:
    """What a class is, and its public methods."""
    lines = [*_doc(cls), ""]
    for name, member in inspect.getmembers(cls):
        function = inspect.unwrap(getattr(member, "__func__", member))
        if name.startswith("_") or not isinstance(function, FunctionType):
            continue
        if "._runtime" not in function.__module__ or not function.__doc__:
            continue
        lines += [
            f"### `.{name}`",
            "",
            f"    {_async(function)}{name}{_signature(function)}",
            "",
        ]
        lines += [*_doc(function), ""]
    return lines


def _signature(function: Callable[..., Any]) -> str:
    return str(inspect.signature(function)).replace("'", "")


def _async(function: FunctionType) -> str:
    return "async " if inspect.iscoroutinefunction(function) else ""


def _doc(thing: Any) -> list[str]:
    return (inspect.getdoc(thing) or "").splitlines()
