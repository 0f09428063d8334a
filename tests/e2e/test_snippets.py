"""The documentation is carried out as it says: Python, commands, what they say.

`tests/pages.py` tells how a page is read.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import importlib
import inspect
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import types
from pathlib import Path

import click
import jsonschema
import pytest
import yaml

from codegen import cli, config
from tests import pages
from tests.corpus_paths import ROOT

MOST_NOT_RUN = 14
"""Blocks of all pages that no test carries out, each with its reason above it."""
OWN_TEST = {"first-ten-minutes.md": "test_first_minutes.py"}
"""Pages that another test carries out, word by word."""
COUNT = re.compile(r"\d+(?= files| changed| passed)")
"""How many files a package has, and how many a change touches, is no promise."""
SHELL = {"cat", "cp", "git", "ls", "mkdir", "mv", "python", "pytest", "sed"}
TOP_LEVEL_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def pages_to_run() -> list[Path]:
    return [
        page
        for page in pages.pages()
        if page.name not in OWN_TEST
        and any(
            (block.language in {"python", "console", "yaml", "toml", "json"})
            and not block.why
            for block in pages.blocks(page)
        )
    ]


@pytest.mark.parametrize("page", pages_to_run(), ids=lambda page: page.stem)
def test_a_page_does_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.syspath_prepend(str(folder / "sdk"))
    module = types.ModuleType(f"page_{page.stem.replace('-', '_')}")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    before = pages.BEFORE / f"{page.stem}.py"
    known = {*sys.modules}
    try:
        if before.exists():
            exec(compile(before.read_text("utf-8"), str(before), "exec"), vars(module))
        do(page, folder, vars(module))
    finally:
        for name in {*sys.modules} - known:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder)):
                del sys.modules[name]


def do(page: Path, folder: Path, names: dict[str, object]) -> None:
    """Carry out the blocks of a page in a folder."""
    for block in pages.blocks(page):
        if block.why:
            continue
        where = f"{page.relative_to(ROOT)}:{block.line}"
        if block.source:
            assert block.text in (ROOT / block.source).read_text("utf-8"), where
        elif block.file:
            path = folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text.partition("\n")[2], "utf-8")
        elif block.language == "python":
            run_python(block.text, where, names)
        elif block.language == "console":
            for command in pages.commands(block):
                run_command(command, where, folder.parent)
        else:
            read_data(block, where)


def read_data(block: pages.Block, where: str) -> None:
    """Data has to be readable, as far as nothing is left out of it, and a configuration
    one of ours."""
    if "…" in block.text:
        return
    try:
        match block.language:
            case "json":
                for line in block.text.splitlines():
                    json.loads(line)
            case "yaml":
                yaml.safe_load(block.text)
            case "toml":
                told = tomllib.loads(block.text)
                ours = told.get("tool", {}).get("codegen", told)
                if isinstance(ours.get("sdk"), list):
                    jsonschema.validate(ours, json.loads(config.schema()))
    except (ValueError, yaml.YAMLError, jsonschema.ValidationError) as error:
        pytest.fail(f"{where}: {error}")


def run_python(text: str, where: str, names: dict[str, object]) -> None:
    """Statement by statement, with the comment below each as what it says."""
    importlib.invalidate_caches()  # A command may have written packages.
    lines = text.splitlines()
    for statement in ast.parse(text).body:
        assert statement.end_lineno is not None
        comment = []
        for line in lines[statement.end_lineno :]:
            if not line.startswith("# "):
                break
            comment.append(line[2:])
        code = compile(
            ast.Module([statement], []),
            where,
            "exec",
            TOP_LEVEL_AWAIT,
            dont_inherit=True,
        )
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            try:
                if code.co_flags & inspect.CO_COROUTINE:
                    asyncio.run(eval(code, names))
                else:
                    exec(code, names)
            except Exception as error:
                if not comment:
                    raise AssertionError(
                        f"{where}: {ast.unparse(statement)}"
                    ) from error
                said.write(f"{type(error).__name__}: {error}\n")
        if said.getvalue() and comment:
            assert pages.told(comment).fullmatch(
                said.getvalue()
            ), f"{where}: {said.getvalue()}"
        if isinstance(statement, ast.FunctionDef) and statement.name.startswith("test"):
            called = names[statement.name]
            assert callable(called)
            called()


def run_command(command: pages.Command, where: str, tmp_path: Path) -> None:
    """One command line, held against what is told of it."""
    words = shlex.split(command.line, comments=True)
    assert words, where
    if words[0] == "make":
        words = of_make(words[1:], where)
    if words[0] in {"codegen", "wirewright"} and not {"|", ">", "&&"} & {*words}:
        said, code = in_process(words[1:])
        allowed = {0} if command.code is None else {command.code}
        if command.code is None and words[1] in {"diff", "lint", "check-traffic"}:
            allowed = {0, 1}  # A verdict, which the page shows.
    else:
        first = next(word for word in words if "=" not in word)
        assert first in {*SHELL, "codegen"}, f"{where}: say why {first} is not run"
        said, code = in_a_shell(command.line, tmp_path)
        allowed = {command.code or 0}
    assert code in allowed, f"{where}: {command.line}\n{said}"
    if command.says:
        shown = "\n".join(command.says).rstrip().splitlines()
        pattern = pages.told([COUNT.sub("N", line) for line in shown])
        assert pattern.fullmatch(
            COUNT.sub("N", said.rstrip() + "\n")
        ), f"{where}: {command.line}\n{said}"


def of_make(arguments: list[str], where: str) -> list[str]:
    """What a target of ours does, if it is one command of ours."""
    values = dict(word.split("=", 1) for word in arguments if "=" in word)
    match [word for word in arguments if "=" not in word]:
        case ["diff"]:
            return ["codegen", "diff", values["OLD"], values["NEW"]]
        case ["generate"]:
            return ["codegen", "generate"]
        case other:
            pytest.fail(f"{where}: say why `make {other}` is not run")


def in_process(arguments: list[str]) -> tuple[str, int]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = cli.main(arguments)
    return said.getvalue(), code


def in_a_shell(line: str, tmp_path: Path) -> tuple[str, int]:
    """With `codegen`, `python` and `pytest` of these tests, and a name for git."""
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    for name, arguments in {
        "codegen": "-m codegen",
        "python": "",
        "pytest": "-m pytest -p no:cacheprovider",
    }.items():
        script = folder / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        script.chmod(0o755)
    someone = {
        f"GIT_{who}_{what}": "somebody@example.com"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    environment = {
        **os.environ,
        **someone,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    done = subprocess.run(
        ["sh", "-c", line],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout, done.returncode


def test_what_is_not_run_is_counted_and_says_why() -> None:
    every = [(page, block) for page in pages.pages() for block in pages.blocks(page)]
    left = [
        f"{page.name}:{block.line}: {block.why}" for page, block in every if block.why
    ]
    assert len(left) <= MOST_NOT_RUN, left
    assert sum(block.language == "python" for _, block in every) > 40
    commands = [line for _, block in every for line in pages.commands(block)]
    assert len(commands) > 40


def test_a_command_stands_in_a_console() -> None:
    """Where it is run: no other block has one, but for the help of commands."""
    hidden = [
        f"{page.name}:{block.line}"
        for page in pages.pages()
        for block in pages.blocks(page)
        if not block.why
        and block.language in {"", "text", "sh", "bash", "shell"}
        and page.name != "commands.md"
        and re.search(r"^(?:\$|codegen|git|make|pip|python) ", block.text, re.M)
    ]
    assert hidden == []


@pytest.mark.parametrize("page", pages.pages(), ids=lambda page: page.stem)
def test_commands_in_sentences_are_ones_that_there_are(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    context = click.Context(cli.cli)
    for line in pages.mentions(page):
        words = line.replace("…", "").split()
        if words[0] == "make":
            assert words[1] in targets, line
            continue
        command = cli.cli.get_command(context, words[1])
        if command is None:
            assert words[1] in {"--help", "--version"} or words[1].isupper(), line
            continue
        known = {"--help", *(option for each in command.params for option in each.opts)}
        asked = {word.split("=")[0] for word in words if word.startswith("--")}
        assert asked <= known, line
