"""Reference pages: what stands on them is right, leads somewhere, and is text."""

from __future__ import annotations

import importlib
import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from codegen import cli, python, reference
from codegen.diagnostics import Report
from codegen.flows import docs, reading
from codegen.frontend import Options, load
from codegen.reference import prose
from codegen.reference.entries import Writer, items
from codegen.styles import TYPES, Style
from tests.corpus_paths import ROOT

GA = ROOT / "specs" / "realtime" / "2026-08" / "asyncapi.yaml"
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'`{{ 7*7 }}"


class Names(dict[str, Any]):
    """The names of a package, of which some are there when they are asked for."""

    def __init__(self, package: ModuleType) -> None:
        super().__init__()
        self._package = package

    def __missing__(self, name: str) -> Any:
        return getattr(self._package, name)


class Reader(HTMLParser):
    """The elements of a page, its anchors, the ways from it, and what it says."""

    VOID = frozenset(["meta", "input", "wbr"])

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: dict[str, int] = {}
        self.anchors: list[str] = []
        self.ways: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] = self.elements.get(tag, 0) + 1
        self.attributes |= {name for name, _ in attrs}
        self.anchors += [value or "" for name, value in attrs if name == "id"]
        self.ways += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["script"], ["style"]):
            self.said.append(data)


def written(spec: Path, folder: Path, *options: str) -> dict[str, Reader]:
    """The pages of a specification, by their names."""
    assert cli.main(["docs", str(spec), "--output", str(folder), *options]) == 0
    pages = {path.name: Reader(path.read_text()) for path in folder.glob("*.html")}
    assert not any(page.open for page in pages.values())
    return pages


def test_every_way_leads_somewhere(tmp_path: Path) -> None:
    pages = written(GA, tmp_path / "one", "--perspective", "client")
    assert list(pages) == ["index.html"]
    page = pages["index.html"]
    assert len(page.anchors) == len(set(page.anchors))
    assert {way for way in page.ways if way[1:] not in page.anchors} == set()
    text = " ".join(page.said)
    assert "session.update" in text
    assert "The voice cannot change any more" in text


def test_events_of_both_directions_and_of_several_tags(tmp_path: Path) -> None:
    """Each section has all its events, and each event all its tags."""
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        "asyncapi: 2.6.0\ninfo: {title: t, version: '1'}\nchannels: {all: {\n"
        "publish: &both {message: {oneOf: [{$ref: '#/components/messages/turn'},\n"
        "{$ref: '#/components/messages/stop'}]}}, subscribe: *both}}\n"
        "components: {messages: {turn: {payload: {type: object, required: [to],\n"
        "properties: {to: {enum: [left, right]}}}}, stop: {payload: {type: object,\n"
        "required: [to], properties: {to: {const: stop}}}}}}\n",
        "utf-8",
    )
    package = python.decide(
        load(spec, Options(), Report()).module, python.Settings("turns")
    )
    found = {
        section: [(item.tag, item.anchor) for item in listed]
        for section, listed in items(package).items()
    }
    assert found == {
        "client-events": [("left · right", "turnPayload"), ("stop", "stopPayload")],
        "server-events": [
            ("left · right", "server-events-turnPayload"),
            ("stop", "server-events-stopPayload"),
        ],
    }


def test_names_are_told_from_what_pages_call_their_parts(tmp_path: Path) -> None:
    """No class has a name with a hyphen."""
    spec = tmp_path / "spec.json"
    every = written(GA, tmp_path / "one", "--perspective", "client")["index.html"]
    words = {word for one in every.anchors for word in one.split("-")}
    named = {word: {"type": "object"} for word in words if word.islower()}
    assert {"search", "found", "objects"} <= named.keys()
    spec.write_text(json.dumps({"$defs": named}))
    page = written(spec, tmp_path / "two")["index.html"]
    assert {"search", "found", "objects"} <= {*page.anchors}
    assert len(page.anchors) == len(set(page.anchors))


def test_many_are_on_several_pages(tmp_path: Path) -> None:
    many: dict[str, Any] = {
        f"T{n:03}": {"type": "object", "properties": {"a": {}}} for n in range(300)
    }
    many["T000"] = {"type": "object", "properties": {"b": {"$ref": "#/$defs/T299"}}}
    spec = tmp_path / "many.json"
    spec.write_text(json.dumps({"$defs": many}))
    pages = written(spec, tmp_path / "many")
    assert sorted(pages) == [
        "index.html",
        "objects-1.html",
        "objects-2.html",
        "objects-3.html",
        "other-schemas.html",
    ]
    for page in pages.values():
        for way in page.ways:
            name, _, anchor = way.partition("#")
            target = pages[name] if name else page
            assert not anchor or anchor in target.anchors, way
    assert "objects-3.html#T299" in pages["objects-1.html"].ways


def test_pages_of_earlier_runs_go(tmp_path: Path) -> None:
    spec = tmp_path / "spec.json"
    names = {f"T{n}": {"type": "object"} for n in range(300)}
    spec.write_text(json.dumps({"$defs": names}))
    assert len(written(spec, tmp_path / "site")) > 1
    spec.write_text('{"type": "object", "properties": {"a": {}}}')
    (tmp_path / "site" / "own.txt").write_text("mine")
    assert list(written(spec, tmp_path / "site")) == ["index.html"]
    assert (tmp_path / "site" / "own.txt").read_text() == "mine"


@pytest.mark.parametrize(("folder", "here"), [(".", "site"), ("..", "site/inner")])
def test_a_folder_without_a_name_is_shown_as_it_was_given(
    folder: str,
    here: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text('{"type": "object", "properties": {"a": {}}}')
    (tmp_path / "site" / "inner").mkdir(parents=True)
    (tmp_path / "site" / "index.html").write_text("mine")
    monkeypatch.chdir(tmp_path / here)
    assert cli.main(["docs", str(spec), "--output", folder]) == 2
    assert f"{folder}/../site/index.html:0:0" in f"./{capsys.readouterr().err}"
    (tmp_path / "site" / "index.html").unlink()
    assert cli.main(["docs", str(spec), "--output", folder]) == 0
    assert (tmp_path / "site" / "index.html").exists()


def hostile(text: str) -> dict[str, Any]:
    """A specification with one text in every place that has one."""
    event = {
        "type": "object",
        "description": text,
        "title": text,
        "required": ["type"],
        "properties": {
            "type": {"const": text},
            text: {"type": "string", "default": text, "description": text},
            "kind": {"$ref": "#/components/schemas/Kind"},
        },
        "example": {"type": text, text: text},
    }
    kind = {"type": "string", "enum": ["a", text], "description": f"`{text}`\n- {text}"}
    other = {"type": "object", "properties": {"type": {"const": "other"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": text, "version": text, "description": f"```\n{text}\n```"},
        "paths": {},
        "components": {
            "schemas": {
                "Event": event,
                "Other": {**other, "required": ["type"]},
                "Kind": kind,
                text: {"type": "array", "items": {"type": "string", "pattern": text}},
                "ServerEvent": {
                    "oneOf": [
                        {"$ref": "#/components/schemas/Event"},
                        {"$ref": "#/components/schemas/Other"},
                    ]
                },
            }
        },
    }


@pytest.mark.parametrize(
    "text",
    [EVIL, "\u202e<b>\x07", "-->]]><svg/onload=1>", "&lt;b&gt;", "##[error]##vso[x]"],
)
def test_text_of_a_specification_is_text(text: str, tmp_path: Path) -> None:
    pages = []
    for number, one in enumerate((text, "benign.words")):
        spec = tmp_path / f"{number}.json"
        spec.write_text(json.dumps(hostile(one)))
        found = written(spec, tmp_path / f"site{number}", "--lenient")
        pages.append(found["index.html"])
    evil, benign = pages
    # Long texts break at other places, and are left out of sentences.
    assert evil.elements.keys() - {"wbr"} == benign.elements.keys() - {"wbr"}
    assert evil.elements["script"] == 2
    assert evil.attributes == benign.attributes
    assert all(way.startswith("#") for way in evil.ways)
    assert "\x07" not in "".join(evil.said)
    assert "\u202e" not in "".join(evil.said)
    # Build servers obey these wherever they stand in what is printed.
    assert not re.search(r"##\w*\[", (tmp_path / "site0" / "index.html").read_text())


def test_examples_in_python_make_those_in_json() -> None:
    sdk = importlib.import_module("generated.openai_realtime_ga")
    loaded = load(GA, Options(perspective="client"), Report())
    settings = python.Settings("openai_realtime_ga")
    package = python.decide(loaded.module, settings)
    writer = Writer(package, lambda name: "", {})
    made = 0
    for section in items(package).values():
        for item in section:
            example = writer.entry(item).example
            if example is None or not example.python:
                continue
            value = eval(example.python, Names(sdk))
            if hasattr(value, "to_dict"):
                assert value.to_dict() == json.loads(example.json), item.name
                made += 1
    assert made > 100


def test_examples_make_values_of_the_types_of_texts() -> None:
    spec = ROOT / "tests" / "generated" / "style_types" / "spec.yaml"
    loaded = load(spec, Options(), Report())
    settings = python.Settings("shop", style=Style(types=frozenset(TYPES)))
    package = python.decide(loaded.module, settings)
    found = {
        item.name: Writer(package, lambda name: "", {}).entry(item)
        for section in items(package).values()
        for item in section
    }
    example = found["Booking"].example
    assert example is not None
    for line in (
        'price=Decimal("12.50"),',
        'until=datetime.fromisoformat("2024-12-17T12:30:00Z"),',
        'days=[date.fromisoformat("2024-12-17")],',
    ):
        assert line in example.python


def test_a_page_is_a_function_of_the_specification(tmp_path: Path) -> None:
    sdk = reading.unconfigured(GA, None)
    first, second = Report(), Report()
    docs.publish(sdk, tmp_path / "a", first)
    docs.publish(sdk, tmp_path / "b", second)
    one, two = (tmp_path / name / "index.html" for name in "ab")
    assert one.read_text() == two.read_text()
    assert str(tmp_path) not in one.read_text()


def test_prose() -> None:
    text = (
        "# Head\nOne `code` and **bold**, [a link](https://e.org).\n\n- a\n  b\n- c\n"
    )
    text += "```json\n{}\n```\nlast"
    found = prose.blocks(text)
    assert [len(block.items) for block in found] == [1, 2, 0, 1]
    first = [(span.text, span.code) for span in found[0].items[0]]
    assert first == [
        ("Head One ", False),
        ("code", True),
        (" and bold, a link (https://e.org).", False),
    ]
    assert found[1].points
    assert [item[0].text for item in found[1].items] == ["a b", "c"]
    assert found[2].code == "{}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a `` ` `` b", ["`"]),
        ("``a` b`` c", ["a` b"]),
        ("``a` b", []),
        ("`a`` b`", ["a`` b"]),
    ],
)
def test_as_many_backticks_end_code_as_begin_it(text: str, code: list[str]) -> None:
    assert [span.text for span in prose.spans(text) if span.code] == code


def test_code_that_does_not_end_takes_a_bounded_time() -> None:
    before = time.process_time()
    (block,) = prose.blocks("x " + "`" * 9_000 + "a" * 9_000)
    assert len(block.items) == 1
    assert time.process_time() - before < 2


def test_pages_are_data(tmp_path: Path) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text('{"type": "object", "properties": {"a": {"type": "string"}}}')
    loaded = load(spec, Options(), Report())
    package = python.decide(loaded.module, python.Settings("one"))
    (page,) = reference.pages(package, "About it.")
    assert page.path == "index.html"
    assert "About it." in page.text
