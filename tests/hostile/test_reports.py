"""Hostile text in every slot of a specification, in every report of every command.

What is printed must have the structure that it has for a harmless twin: the same
lines, workflow commands, elements of HTML and tokens of Markdown.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest
from markdown_it import MarkdownIt

from codegen import cli, escaping
from codegen.compat.report.render import FORMATS, render
from codegen.diagnostics import Report
from codegen.flows import diff, pairs
from tests import sarif_log
from tests.sweeps import LONG

T = TypeVar("T")

TWIN: Final = "harmless"

PAYLOADS: Final = {
    "workflow-command": "::error file=x::y%0A\n::set-output name=x::y\r\n::add-mask::z",
    "indented-command": " \t\u3000::warning::x",
    "old-command": "x ##[error]y ##vso[task.complete]z ###[group]",
    "terminal": "\x1b]0;x\x07\x1b[2J\x1b[31m\x9b31m\x08\x7f\r\x0b\x0c",
    "invisible": "\u202ea\u2066b\u200b\u200d\u2060\ufeffc\u00ad\U000e0041",
    "separators": "a\u2028::error::b\u2029::error::c\x85::error::d\x1e::error::e",
    "html": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&lt;<!-- ",
    "html-attribute": "' onmouseover=alert(1) x=\" onclick=alert(1) `",
    "markdown-link": "`](javascript:alert(1)) ![x](http://e.x/y.png) [a](b) [c]: d",
    "markdown-blocks": "| a |\n\n# H\n<details>\n```\n| --- |\n~~~\n- x\n1. y\n> z",
    "markdown-spans": "`` ` ``` **b** __c__ ~~d~~ *e* \\` \\",
    "mentions": "@everyone #12 o/r#3 GH-4 http://evil.example www.evil.example a@b.cd",
    "templates": "{{ 7 * 7 }}{% raw %}{# x #} ${{ github.token }} %s {0}",
}

SLOTS: Final = (
    "title",
    "version",
    "path",
    "operation",
    "schema",
    "gone-schema",
    "property",
    "gone-property",
    "required",
    "enum",
    "const",
    "default",
    "description",
    "format",
    "pattern",
    "tag",
    "keyword",
    "example",
    "reference",
    "file",
)

FORBIDDEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Nothing of a report is one of these, whoever put it there."""


def specification(slots: dict[str, str], new: bool) -> dict[str, Any]:
    """A document with its texts in the slots, and a second version that breaks it."""
    at = {slot: slots.get(slot, f"{TWIN}-{slot}") for slot in SLOTS}
    name = pointer(at["schema"])
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    known: dict[str, Any] = {
        at["property"]: {"type": "integer" if new else "string"},
        "kind": {"const": at["const"] + ("2" if new else "")},
        "e": {"type": "string", "enum": ["b", at["enum"]][: 1 if new else 2]},
        "d": {"type": "string", "default": at["default"] + ("2" if new else "")},
        "f": {"type": "string", "format": at["format"] + ("2" if new else "")},
        "p": {"type": "string", "pattern": literally(at["pattern"]) + "x" * new},
        "w": {"type": "string", at["keyword"]: 1, "minLength": 1 + new},
        "x": {"type": "integer", "example": at["example"]},
        "r": {"$ref": "#/components/schemas/" + pointer(at["reference"])},
    }
    if not new:
        known[at["gone-property"]] = {"type": "string"}
    schemas: dict[str, Any] = {
        at["schema"]: {
            "type": "object",
            "description": at["description"] + ("2" if new else ""),
            "required": ["kind", at["required"]][: 2 if new else 1],
            "properties": known,
            "additionalProperties": False,
        },
        "Server": {
            "oneOf": [
                event("a" if new else at["tag"]),
                event("other"),
            ]
        },
    }
    if not new:
        schemas[at["gone-schema"]] = {"type": "string"}
    operation = {
        "operationId": at["operation"],
        "requestBody": {"content": body},
        "responses": {"200": {"description": "x", "content": body}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": at["title"], "version": at["version"] + ("2" if new else "")},
        "paths": {"/" + at["path"]: {"post": operation}},
        "components": {"schemas": schemas},
    }


def event(tag: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"const": tag}},
    }


def pointer(name: str) -> str:
    """A name as part of a reference."""
    text = name.replace("~", "~0").replace("/", "~1")
    return "".join(
        char if char.isascii() and char.isalnum() else percent(char) for char in text
    )


def percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))


def literally(text: str) -> str:
    """A pattern that matches a text."""
    return "^" + re.sub(r"([\\^$.*+?()\[\]{}|/])", r"\\\1", text)


def written(folder: Path, slots: dict[str, str]) -> tuple[str, str]:
    """Two versions in a folder, under names of the file slot."""
    stem = slots.get("file", f"{TWIN}-file").replace("/", "_").replace("\0", "_")
    stem = stem.encode("utf-8", "replace").decode()[:80]
    names = (f"{stem}.old.json", f"{stem}.new.json")
    for name, new in zip(names, (False, True), strict=True):
        text = json.dumps(specification(slots, new), indent=1)
        (folder / name).write_text(text, "utf-8")
    return names


class Printed:
    """Runs commands in this process; holds what they print against the rules."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *args: str, code: int | None = None) -> tuple[str, str]:
        found = cli.main(list(args))
        out, err = self._capture.readouterr()
        assert "internal error" not in out + err
        assert code is None or found == code, err
        github = "github" in args
        clean(err)
        clean(out, commands=github)
        return out, err


def clean(text: str, *, commands: bool = False) -> None:
    found = FORBIDDEN.search(text)
    assert found is None, (hex(ord(found[0])), text[max(0, found.start() - 60) :][:120])
    # Lines as any tool may see them, not only as we write them.
    for line in text.splitlines():
        assert commands or not line.lstrip().startswith("::"), line
        assert not re.search(r"##\w*\[", line), line


@pytest.fixture
def printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Printed:
    monkeypatch.chdir(tmp_path)
    return Printed(capsys)


# --- structures --------------------------------------------------------------------


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.found.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.found.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.found.append("instruction")


def elements(text: str) -> list[object]:
    parser = _Elements()
    parser.feed(text)
    parser.close()
    return parser.found


def markdown(text: str) -> list[object]:
    """The tokens, without what they say; text runs count once."""
    parser = MarkdownIt("commonmark", {"html": True})
    found: list[object] = []
    for token in parser.enable(["table", "strikethrough"]).parse(text):
        for item in [token, *(token.children or [])]:
            kind = "text" if item.type == "text_special" else item.type
            if kind == "text":
                assert not re.search(
                    r"@\w|#\d|GH-\d|:/|www\.", item.content
                ), item.content
            if kind != "text" or not found or found[-1] != ("text", ""):
                found.append((kind, item.tag))
    return found


def commands(text: str) -> list[object]:
    form = re.compile(
        r"::(error|warning|notice) (?:file=([^,:\n]+),line=\d+,col=\d+,)?"
        r"title=([^,:\n]+)::[^\r\n]*\n"
    )
    found = [(match[1], match[3]) for match in form.finditer(text)]
    assert "".join(match[0] for match in form.finditer(text)) == text
    return list(found)


def verdicts(text: str) -> list[object]:
    return [(f["rule"], f["verdict"]) for f in json.loads(text)["findings"]]


def results(text: str) -> list[object]:
    """What code scanning is told; a message is text, never a link or an argument."""
    log = json.loads(text)
    sarif_log.check(log)
    (run,) = log["runs"]
    return [(r["ruleId"], r["level"], len(r["locations"])) for r in run["results"]]


def lines(text: str) -> list[object]:
    """How each line begins, in our words; space may be a specification's."""
    return [
        re.sub(r"^(\w+\[|old |new )?.*", r"\1", line.strip())
        for line in text.split("\n")
    ]


STRUCTURES: Final[dict[str, Callable[[str], list[object]]]] = {
    "text": lines,
    "json": verdicts,
    "markdown": markdown,
    "html": elements,
    "github": commands,
    "sarif": results,
}


def test_every_format_has_a_structure() -> None:
    assert tuple(STRUCTURES) == FORMATS


# --- diff --------------------------------------------------------------------------


def judged(texts: dict[str, str]) -> dict[str, list[Any]]:
    """The structure of every report, each held against the rules."""
    found: dict[str, list[Any]] = {
        form: structure(texts[form]) for form, structure in STRUCTURES.items()
    }
    for form in STRUCTURES:
        clean(texts[form], commands=form == "github")
    harmful = [verdict for _, verdict in found["json"] if verdict != "compatible"]
    # What GitHub shows of them, and a word about the others.
    told = [title for level, title in found["github"] if level != "notice"]
    assert 5 < len(told) <= len(found["sarif"]) <= len(harmful)
    return found


def rendered(folder: Path, slots: dict[str, str]) -> dict[str, list[Any]]:
    """The reports as the library makes them; printing would change nothing of them."""
    report = Report()
    pair = pairs.load_pair(*written(folder, slots), report)
    assert pair is not None
    comparison = diff.compare(pair, assume_open=False)
    texts = {form: render(comparison, form, pair.sides) for form in FORMATS}
    painted = render(comparison, "text", pair.sides, colour=True)
    assert re.sub("\x1b\\[[0-9;]+m", "", painted) == texts["text"]
    for form, text in texts.items():
        assert form == "github" or escaping.terminal(text) == text
    return judged(texts)


_TWIN: Final[dict[str, Any]] = {}


def of_twin(what: str, find: Callable[[], T]) -> T:
    """What is found of the harmless twin: the same in each test, and found once."""
    if what not in _TWIN:
        _TWIN[what] = find()
    found: T = _TWIN[what]
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_diff_in_each_slot(printed: Printed, tmp_path: Path, payload: str) -> None:
    wanted = of_twin("rendered", lambda: rendered(tmp_path, {}))
    # Every slot is of one third or another; all at once are those of the next test.
    third = list(PAYLOADS).index(payload) % 3
    for slot in SLOTS if LONG else SLOTS[third::3]:
        found = rendered(tmp_path, {slot: PAYLOADS[payload]})
        for form in FORMATS:
            assert found[form] == wanted[form], (form, slot)


def everywhere(payload: str) -> dict[str, str]:
    """A payload in every slot; names differ at their ends, so that they are many."""
    return {slot: f"{payload}{number}" for number, slot in enumerate(SLOTS)}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_diff_on_the_command_line(
    printed: Printed, tmp_path: Path, payload: str
) -> None:
    def found(text: str) -> tuple[dict[str, list[Any]], list[list[object]]]:
        names = written(tmp_path, everywhere(text))
        pairs = {f: printed("diff", *names, "--format", f, code=1) for f in FORMATS}
        texts = {form: out for form, (out, _) in pairs.items()}
        return judged(texts), [lines(err) for _, err in pairs.values()]

    assert found(PAYLOADS[payload]) == of_twin("diff", lambda: found(TWIN))


# --- the other commands ------------------------------------------------------------


@pytest.mark.parametrize("payload", PAYLOADS)
def test_lint(printed: Printed, tmp_path: Path, payload: str) -> None:
    def count(text: str) -> int:
        out, err = printed("lint", written(tmp_path, everywhere(text))[0], code=1)
        assert not out
        found = len(re.findall(r"(?m)^.*:\d+:\d+: (?:error|warning|info)\[", err))
        # And a line that sums up.
        assert len(err.splitlines()) <= 3 * found + 1
        return found

    assert count(PAYLOADS[payload]) >= of_twin("lint", lambda: count(TWIN)) > 1


@pytest.mark.parametrize("payload", PAYLOADS)
def test_lint_for_programs(printed: Printed, tmp_path: Path, payload: str) -> None:
    def count(text: str) -> int:
        spec = written(tmp_path, everywhere(text))[0]
        texts = {
            form: printed("lint", spec, "--format", form, code=1)[0]
            for form in ("json", "github", "sarif")
        }
        for form, text in texts.items():
            clean(text, commands=form == "github")
        log = json.loads(texts["sarif"])
        sarif_log.check(log)
        (run,) = log["runs"]
        found = json.loads(texts["json"])["diagnostics"]
        assert len(commands(texts["github"])) == len(run["results"]) == len(found)
        return len(found)

    twin = of_twin("lint for programs", lambda: count(TWIN))
    assert count(PAYLOADS[payload]) >= twin > 1


@pytest.mark.parametrize("payload", [*PAYLOADS.values(), "a\udc80::error::b"])
@pytest.mark.parametrize(
    "args",
    [
        ("{}",),
        ("diff", "{}.json", "HEAD:{}.json"),
        ("diff", "{}:a.json", "{}"),
        ("diff", "a", "b", "--format", "{}"),
        ("diff", "a", "b", "--{}"),
        ("diff", "a", "b", "--ignore", "{}"),
        ("lint", "{}", "x/{}"),
        ("lint", "a", "--severity", "{}=off"),
        ("lint", "a", "--format", "{}"),
        ("lint", "a", "--today", "{}"),
        ("diff", "{}"),
        ("diff", "{}", "--against", "{}"),
        ("generate", "{}", "--package", "{}", "--output", "{}"),
        ("generate", "--include", "{}"),
        ("generate", "a", "--models", "{}"),
    ],
    ids=" ".join,
)
def test_arguments(printed: Printed, args: tuple[str, ...], payload: str) -> None:
    text = payload.replace("\0", "")
    out, err = printed(*(part.replace("{}", text) for part in args), code=2)
    assert not out
    assert err


@pytest.mark.parametrize("payload", PAYLOADS)
def test_texts_of_files(printed: Printed, tmp_path: Path, payload: str) -> None:
    """Files that are no specifications, configurations and lists of ignored findings
    that are wrong: each complaint names what is hostile."""
    text = PAYLOADS[payload]
    quoted = json.dumps(text)
    (tmp_path / "broken.yaml").write_text(f"a: {{{text}\n::error::x\n", "utf-8")
    (tmp_path / "keys.json").write_text(f"{{{quoted}: 1, {quoted}: 2}}", "utf-8")
    (tmp_path / "kind.json").write_text(f'{{"openapi": {quoted}}}', "utf-8")
    for name in ("broken.yaml", "keys.json", "kind.json"):
        printed("lint", name)
        printed("generate", name, "--package", "p", "--output", "o", code=2)
        printed("diff", name, name, "--format", "github")
    names = written(tmp_path, {})
    entry = {"rule": text, "expires": text, "reason": text, text: text}
    (tmp_path / "ignored.json").write_text(json.dumps([entry]), "utf-8")
    printed("diff", *names, "--ignore", "ignored.json", code=2)
    entry = {"rule": "type-changed", "expires": "2999-01-01", "reason": text}
    stale = entry | {"schema": text}
    (tmp_path / "ignored.json").write_text(json.dumps([entry, stale]), "utf-8")
    for form, structure in STRUCTURES.items():
        args = ("diff", *names, "--ignore", "ignored.json", "--format", form)
        out, err = printed(*args, code=1)
        assert structure(out)
        assert "stale-ignore" in err
    # Escapes of TOML's basic strings are those of JSON.
    settings = f"[[tool.codegen.sdk]]\nspec = {quoted}\npackage = {quoted}\n"
    for more in ("", f"{quoted} = {quoted}\n"):
        (tmp_path / "pyproject.toml").write_text(settings + more, "utf-8")
        printed("generate", code=2)


def test_stale_files(printed: Printed, tmp_path: Path) -> None:
    """A unified diff quotes both what stands on disk and what a description says."""
    spec = {
        "$defs": {
            "Thing": {
                "type": "object",
                "description": "\n\n".join(["Thing.", *PAYLOADS.values()]),
                "properties": {"a": {"type": "string", "description": "::error::x"}},
            }
        }
    }
    (tmp_path / "pyproject.toml").write_text(
        '[[tool.codegen.sdk]]\nspec = "s.json"\npackage = "things"\n'
        'output = "out"\ntests = false\n'
    )
    (tmp_path / "s.json").write_text(json.dumps(spec), "utf-8")
    printed("generate", code=0)
    models = tmp_path / "out" / "things" / "models.py"
    hostile = "".join(f"# {text}\n{text}\n" for text in PAYLOADS.values())
    models.write_text(models.read_text("utf-8") + hostile, "utf-8")
    out, _ = printed("generate", "--check", code=1)
    assert "-\\x3a:error file=x" in out or "\\x1b[31m" in out
    models.unlink()
    out, _ = printed("generate", "--check", code=1)
    assert "::error::x" in out


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_terminal(
    printed: Printed, tmp_path: Path, payload: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Colours and the line that tells of progress are ours, and nothing else."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    old, new = written(tmp_path, everywhere(PAYLOADS[payload]))
    for args in (["lint", old], ["diff", old, new]):
        screens = _Terminal(), _Terminal()
        monkeypatch.setattr(sys, "stdout", screens[0])
        monkeypatch.setattr(sys, "stderr", screens[1])
        assert cli.main(args) == 1
        ours = r"\x1b\[(?:[\d;]*m|\?25[hl]|\d?[AK])|\r"
        for screen in screens:
            text = re.sub(ours, "", screen.getvalue())
            assert FORBIDDEN.search(text) is None, text
