"""Overlays change values and leave lines where they were."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from codegen.diagnostics import Report, Span
from codegen.frontend import Options, load
from codegen.ir import model as ir
from codegen.ir.accepts import accepts
from codegen.source import overlay, selection
from codegen.source.document import Document
from codegen.source.node import Json

SPEC = """\
a: &shared
  list: [{n: 1}, {n: 2}, {n: 3}]
  text: old
b: *shared
"""


def applied(actions: str) -> tuple[Document, list[str]]:
    document = Document("spec.yaml", "spec.yaml", SPEC.encode())
    text = "overlay: 1.0.0\nactions:\n" + textwrap.dedent(actions)
    report = Report()
    overlay.apply(document, Document("o.yaml", "o.yaml", text.encode()), report)
    return document, [str(problem) for problem in report]


def data(actions: str) -> Json:
    document, problems = applied(actions)
    assert problems == []
    return document.data


def test_update_merges_mappings_joins_lists_and_replaces_the_rest() -> None:
    action = "- {target: $.a, update: {list: [{n: 4}], text: new, more: {x: 1}}}"
    assert data(action) == {
        "a": {
            "list": [{"n": 1}, {"n": 2}, {"n": 3}, {"n": 4}],
            "text": "new",
            "more": {"x": 1},
        },
        "b": {"list": [{"n": 1}, {"n": 2}, {"n": 3}], "text": "old"},
    }


def test_update_of_a_list_appends() -> None:
    assert data("- {target: $.b.list, update: {n: 9}}")["b"]["list"][-1] == {"n": 9}


def test_remove_takes_every_match_and_keeps_the_lines_of_the_rest() -> None:
    document, problems = applied("- {target: '$.a.list[?@.n < 3]', remove: true}")
    assert problems == []
    assert document.data["a"]["list"] == [{"n": 3}]
    assert document.span("/a/list/0/n") == Span("spec.yaml", 2, 30)
    assert document.span("/b/list/0/n") == Span("spec.yaml", 2, 14)


def test_what_is_added_is_shown_where_the_overlay_says_it() -> None:
    document, problems = applied("""\
        - {target: $.a, update: {more: {x: 1}, list: [{n: 4}], text: new}}
        - {target: $.a.list, update: {n: 5}}
        - {target: '$.a.list[0]', remove: true}
        - {target: $.a.more, copy: $.b}
        - {target: $.b.list, copy: $.b.list}
        """)
    assert problems == []
    shown = {
        "/a/more/x": (3, 36),
        "/a/list/2/n": (3, 51),
        "/a/text": (3, 62),
        "/a/list/3/n": (4, 34),
        "/a/more/list/0/n": (6, 28),
        "/b/list/4/n": (7, 28),
    }
    found = {place: document.span(place) for place in shown}
    assert found == {at: Span("o.yaml", *where) for at, where in shown.items()}
    assert document.source(found["/a/text"]).startswith("- {target: $.a, update")
    assert document.span("/a/text", key=True) == Span("o.yaml", 3, 56)
    assert document.span("/a/list/1/n") == Span("spec.yaml", 2, 30)


def test_what_stands_in_no_file_is_shown_at_what_holds_it() -> None:
    document = Document("spec.yaml", "spec.yaml", SPEC.encode())
    text = "overlay: 1.0.0\nactions: [{target: $.a, update: {more: {x: 1}}}]"
    overlay.apply(document, Document("o.yaml", "", text.encode()), Report())
    assert document.span("/a/more/x") == document.span("/a")


def test_nested_matches_are_removed_once() -> None:
    assert data("- {target: '$..list', remove: true}") == {
        "a": {"text": "old"},
        "b": {"text": "old"},
    }


def test_what_is_selected_twice_is_treated_once() -> None:
    assert data("- {target: \"$['a','a']\", remove: true}") == {
        "b": {"list": [{"n": 1}, {"n": 2}, {"n": 3}], "text": "old"}
    }
    # An index and a slice name the same items, which are removed and not their
    # neighbours.
    action = "- {target: '$.a.list[0,0:1,-3]', remove: true}"
    assert data(action)["a"]["list"] == [{"n": 2}, {"n": 3}]
    action = "- {target: '$.b.list[1,-2]', update: {m: [x]}}"
    assert data(f"{action}\n{action}")["b"]["list"][1] == {"n": 2, "m": ["x", "x"]}


def test_a_place_is_removed_with_the_one_that_holds_it() -> None:
    assert data("- {target: '$..*', remove: true}") == {}
    assert data("- {target: '$..*..*', remove: true}") == {"a": {}, "b": {}}
    document, problems = applied("- {target: '$.a..[0,\"n\"]', remove: true}")
    assert problems == []
    assert document.data["a"] == {"list": [{}, {}], "text": "old"}
    assert document.span("/a/list/1") == Span("spec.yaml", 2, 26)


def test_updates_stay_within_the_bounds_of_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = "- {target: $.a, update: {n: {}}}\n"
    _, problems = applied(
        start + "- {target: '$.a..[?length(@) == 0]', update: {n: {}}}\n" * 200
    )
    assert "o.yaml:121:46: error[overlay]: this nests more than 120" in problems[0]
    monkeypatch.setattr(overlay, "MAX_NODES", 1000)
    double = "- {target: '$.b..*', update: {n: {}}}\n"
    _, problems = applied("- {target: $, update: {b: {n: {}}}}\n" + double * 20)
    assert any("this makes more than 1000 values" in problem for problem in problems)


def test_nothing_is_done_to_a_document_that_has_become_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(overlay, "MAX_NODES", 10_000)
    extent, looked = overlay._extent, []
    monkeypatch.setattr(overlay, "_extent", lambda v: looked.append(1) or extent(v))
    large = "{" + ", ".join(f"k{n}: {{}}" for n in range(500)) + "}"
    _, problems = applied(
        f"- {{target: $, update: {{c: {large}}}}}\n"
        f"- {{target: '$.c.*', update: {large}}}\n"
        "- {target: $.nowhere, remove: true}\n"
    )
    assert len(problems) == 1
    assert "this makes more than 10000 values" in problems[0]
    assert len(looked) < 2_000  # Not once more for each of the 500 places.


def test_steps_of_all_paths_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "MAX_ALL_STEPS", 40)
    _, (said,) = applied("- {target: '$.a..list', update: {n: 1}}\n" * 9)
    assert said == (
        "o.yaml:7:12: error[overlay]: all JSONPaths together take more than 40 steps; "
        "name places instead of looking for them by `..` or a filter"
    )


def test_steps_of_all_overlays_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "MAX_ALL_STEPS", 40)
    (tmp_path / "spec.json").write_text('{"type": "object", "properties": {"a": {}}}')
    paths = [tmp_path / f"o{number}.yaml" for number in range(9)]
    action = "overlay: 1.0.0\nactions: [{target: $..a, update: {title: A}}]\n"
    for path in paths:
        path.write_text(action)
    report = Report()
    load(tmp_path / "spec.json", Options(overlays=tuple(paths)), report)
    said = [str(problem) for problem in report]
    assert len(said) == 3
    assert all("together take more than 40 steps" in line for line in said)


def test_what_cannot_be_applied_is_said() -> None:
    document, problems = applied("""\
        - {target: $.nowhere, remove: true}
        - {target: "$.a[", remove: true}
        - {target: $, remove: true}
        - {target: $.a.text, update: {}}
        - {target: $.a, update: 1}
        - {target: $.a}
        - {update: 1}
        - {target: $.a, remove: yes}
        """)
    assert document.data["a"]["text"] == "old"
    assert [problem.partition(": ")[0] for problem in problems] == [
        "o.yaml:3:12",
        "o.yaml:4:12",
        "o.yaml:5:12",
        "o.yaml:6:12",
        "o.yaml:7:25",
        "o.yaml:8:3",
        "o.yaml:9:3",
        "o.yaml:10:25",
    ]
    assert "warning[overlay]" in problems[0]
    assert all("error[overlay]" in problem for problem in problems[1:])


def test_what_is_no_overlay_is_said() -> None:
    for text in ("a: 1", "overlay: 2.0.0\nactions: []", "overlay: 1.0.0", "[]"):
        report = Report()
        document = Document("spec.yaml", "spec.yaml", SPEC.encode())
        overlay.apply(document, Document("o.yaml", "o.yaml", text.encode()), report)
        assert [problem.code for problem in report] == ["overlay"]


def test_copy_takes_one_place_and_merges_it() -> None:
    action = "- {target: '$.a.list[0]', copy: '$.b.list[2]'}"
    assert data(action)["a"]["list"] == [{"n": 3}, {"n": 2}, {"n": 3}]
    moved = "- {target: $, update: {c: {}}}\n- {target: $.c, copy: $.a}\n"
    moved += "- {target: $.a, remove: true}"
    found = data(moved)
    assert list(found) == ["b", "c"]
    assert found["c"]["text"] == "old"
    joined = data("- {target: $.a.list, copy: $.b.list}")
    assert [item["n"] for item in joined["a"]["list"]] == [1, 2, 3, 1, 2, 3]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("copy: $.nothing", "selects nothing"),
        ("copy: '$.a.list[*]'", "selects 3 places"),
        ("copy: 3", "takes a JSONPath"),
        ("copy: '$['", "is not understood"),
        ("copy: $.b, update: {}", "not both"),
    ],
)
def test_copy_that_cannot_be(action: str, said: str) -> None:
    document, problems = applied(f"- {{target: $.a, {action}}}")
    assert len(problems) == 1
    assert "error[overlay]" in problems[0]
    assert said in problems[0]
    assert document.data["a"]["text"] == "old"


def test_plain_values_are_replaced_from_1_1_on() -> None:
    action = "- {target: $.a.text, update: new}"
    assert "mapping or a list" in applied(action)[1][0]
    document = Document("spec.yaml", "spec.yaml", SPEC.encode())
    text = f"overlay: 1.1.0\nactions:\n{action}\n"
    report = Report()
    overlay.apply(document, Document("o.yaml", "o.yaml", text.encode()), report)
    assert not list(report)
    assert document.data["a"]["text"] == "new"
    assert document.data["b"]["text"] == "old"


def extended(tmp_path: Path, extends: str) -> tuple[ir.Module, list[str]]:
    """A specification whose other file an overlay changes."""
    for name, text in {
        "spec.json": '{"$ref": "parts/a.json#/$defs/A"}',
        "parts/a.json": '{"$defs": {"A": {"type": "string"}}}',
        "changes/o.yaml": "overlay: 1.0.0\n"
        + extends
        + "\nactions: [{target: '$..A', update: {minLength: 2}}]\n",
        "parts/idle.json": "{}",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    report = Report()
    options = Options(overlays=(tmp_path / "changes/o.yaml",), root=tmp_path)
    module = load(tmp_path / "spec.json", options, report).module
    return module, [f"{item.severity.value}: {item.message}" for item in report]


def test_an_overlay_changes_the_document_that_it_extends(tmp_path: Path) -> None:
    module, problems = extended(tmp_path, "extends: ../parts/a.json")
    assert problems == []
    assert not accepts(module, module.named("#"), "a")
    module, problems = extended(tmp_path, "")
    assert "selects nothing in spec.json: it is misspelt" in problems[0]
    assert "mended; `extends: FILE` applies" in problems[0]
    assert accepts(module, module.named("#"), "a")


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ("../parts/idle.json", "no reference leads to the document"),
        ("missing.json", "is not there; this is applied to the specification"),
        ("https://example.com/published.json", "selects nothing in spec.json"),
    ],
)
def test_what_an_overlay_extends_in_vain(
    extends: str, said: str, tmp_path: Path
) -> None:
    _, problems = extended(tmp_path, f"extends: {extends}")
    assert any(said in problem for problem in problems)
    assert all(problem.startswith("warning") for problem in problems)


@pytest.mark.parametrize("content", ["", "# Only a comment.\n"])
def test_an_overlay_without_a_value_is_a_problem_of_its_beginning(content: str) -> None:
    document = Document("spec.yaml", "spec.yaml", SPEC.encode())
    report = Report()
    overlay.apply(document, Document("o.yaml", "o.yaml", content.encode()), report)
    assert [str(problem).partition(": ")[0] for problem in report] == ["o.yaml:1:1"]
