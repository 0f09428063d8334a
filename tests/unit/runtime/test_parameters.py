"""Every style of parameters: what is written is read back as the same, or refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from codegen.runtime._paths import path_values, pathed
from codegen.runtime._styles import Parameter, cookies, pairs
from codegen.runtime._texts import Texts
from codegen.runtime.checks import equal
from tests.sweeps import LONG

NUMBER, STRING = Texts("number"), Texts("string")
MEMBERS = Texts(members={"a": STRING, "n": NUMBER}, others=STRING)
KINDS: dict[str, tuple[Texts, st.SearchStrategy[Any]]] = {
    "text": (STRING, st.text(max_size=8)),
    "number": (
        NUMBER,
        st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    ),
    "boolean": (Texts("boolean"), st.booleans()),
    "texts": (Texts(items=STRING), st.lists(st.text(max_size=5), max_size=4)),
    "numbers": (Texts(items=NUMBER), st.lists(st.integers(), max_size=4)),
    "object": (
        MEMBERS,
        st.dictionaries(st.sampled_from("abé&[ "), st.text(max_size=5)),
    ),
}
STYLES = [
    *(("path", style) for style in ("simple", "label", "matrix")),
    *(("query", s) for s in ("form", "spaceDelimited", "pipeDelimited", "deepObject")),
    *(("header", "simple"), ("cookie", "form"), ("cookie", "cookie")),
]


def back(parameter: Parameter, value: Any) -> Any:
    """A value, written and read."""
    if parameter.where == "path":
        template = "/a/{p}/b"
        path = pathed(template, {"p": parameter.write_segment(value)})
        return parameter.read_segment(path_values(template, path)["p"])
    if parameter.where == "header":
        return parameter.read_header(parameter.write_header(value))
    found: dict[str, Any] = {}
    between, read = ("; ", cookies) if parameter.where == "cookie" else ("&", pairs)
    parameter.take(read(between.join(parameter.write_query(value))), found)
    return found.get("p")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("explode", [False, True])
@pytest.mark.parametrize(("where", "style"), STYLES)
@settings(max_examples=100 if LONG else 15)
@given(data=st.data())
def test_simple_values_come_back(
    where: str, style: str, explode: bool, kind: str, data: st.DataObject
) -> None:
    """What has no form is refused here or, as another value comes back, by
    `Parameters`: empty lists, and what parts items inside of them."""
    texts, values = KINDS[kind]
    value = data.draw(values)
    parameter = Parameter("p", where, texts, style=style, explode=explode)
    try:
        found = back(parameter, value)
    except ValueError:
        return
    if not may_be_lost(where, style, explode, value):
        assert equal(found, value)


def may_be_lost(where: str, style: str, explode: bool, value: Any) -> bool:
    """Whether OpenAPI has no form for a value."""
    if isinstance(value, (list, dict)) and not value:
        return True
    if where == "header":
        return isinstance(value, str | list | dict)  # Nothing is escaped in them.
    if style == "cookie":
        return isinstance(value, list | dict)  # Nor here.
    if isinstance(value, dict) and style == "deepObject":
        return True  # A bracket in a name.
    apart = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style)
    inside = isinstance(value, list | dict) and apart and not explode
    return bool(inside) and apart in str(value)


@pytest.mark.parametrize(
    ("style", "explode", "value", "written"),
    [
        ("simple", False, ["blue", "black"], "blue,black"),
        ("simple", False, {"R": "100", "G": "200"}, "R,100,G,200"),
        ("simple", True, {"R": "100", "G": "200"}, "R=100,G=200"),
        ("label", False, ["blue", "black"], ".blue,black"),
        ("label", True, ["blue", "b.k"], ".blue.b%2Ek"),
        ("label", True, {"R": "100", "G": "200"}, ".R=100.G=200"),
        ("matrix", False, "blue", ";p=blue"),
        ("matrix", False, ["blue", "black"], ";p=blue,black"),
        ("matrix", True, ["blue", "black"], ";p=blue;p=black"),
        ("matrix", True, {"R": "100", "G": "200"}, ";R=100;G=200"),
    ],
)
def test_styles_of_paths(style: str, explode: bool, value: Any, written: str) -> None:
    texts = Texts(items=STRING) if isinstance(value, list) else MEMBERS
    texts = STRING if isinstance(value, str) else texts
    parameter = Parameter("p", "path", texts, style=style, explode=explode)
    assert parameter.write_segment(value) == written
    assert back(parameter, value) == value


@pytest.mark.parametrize(
    ("style", "explode", "value", "written"),
    [
        ("form", True, ["blue", "a b"], "p=blue&p=a%20b"),
        ("form", False, ["blue", "a,b"], "p=blue,a%2Cb"),
        ("form", False, {"R": "100", "G": "200"}, "p=R,100,G,200"),
        ("form", True, {"R": "100", "G": "200"}, "R=100&G=200"),
        ("spaceDelimited", False, ["blue", "black"], "p=blue%20black"),
        ("pipeDelimited", False, ["blue", "black"], "p=blue%7Cblack"),
        ("deepObject", True, {"R": "1", "n": 2}, "p%5BR%5D=1&p%5Bn%5D=2"),
    ],
)
def test_styles_of_queries(style: str, explode: bool, value: Any, written: str) -> None:
    texts = Texts(items=STRING) if isinstance(value, list) else MEMBERS
    parameter = Parameter("p", "query", texts, style=style, explode=explode)
    assert "&".join(parameter.write_query(value)) == written
    assert back(parameter, value) == value


@pytest.mark.parametrize(
    ("style", "explode", "value", "written"),
    [
        ("cookie", True, ["a/b", "50%25"], "p=a/b; p=50%25"),
        ("cookie", False, ["blue", "black"], "p=blue,black"),
        ("cookie", True, {"R": "100", "G": "2+3"}, "R=100; G=2+3"),
        ("form", True, ["a/b", "50%"], "p=a%2Fb; p=50%25"),
    ],
)
def test_styles_of_cookies(style: str, explode: bool, value: Any, written: str) -> None:
    texts = Texts(items=STRING) if isinstance(value, list) else MEMBERS
    parameter = Parameter("p", "cookie", texts, style=style, explode=explode)
    assert "; ".join(parameter.write_query(value)) == written
    assert back(parameter, value) == value


@pytest.mark.parametrize("value", ["a; b=c", 'a"', "a b", "é", "a\r\nb", "a\\"])
def test_a_cookie_takes_only_what_it_has_room_for(value: str) -> None:
    with pytest.raises(ValueError, match="no room"):
        Parameter("p", "cookie", style="cookie").write_query(value)


@pytest.mark.parametrize("value", [".", ".."])
def test_a_value_does_not_lead_to_another_path(value: str) -> None:
    with pytest.raises(ValueError, match="another path"):
        Parameter("p", "path").write_segment(value)


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: b", "é", "\0"])
def test_a_value_does_not_end_its_header(value: str) -> None:
    with pytest.raises(ValueError, match="no room"):
        Parameter("p", "header").write_header(value)


@given(st.text("/{}ab.-%"), st.text("/ab.-%"))
@example("/a/{x}-{y}.json", "/a/1-2.json")
@example("/{x}{y}", "/1")
def test_paths_that_are_read_are_written_so(template: str, path: str) -> None:
    try:
        found = path_values(template, path)
    except ValueError:
        return
    names = [name.partition("}")[0] for name in template.split("{")[1:]]
    if len(set(names)) == len(names):
        assert pathed(template, found) == path


def test_what_is_inside_of_deep_objects_is_read() -> None:
    inner = Texts(
        items=Texts(members={"x": NUMBER}), members={"t": Texts(items=STRING)}
    )
    parameter = Parameter("p", "query", inner, style="deepObject")
    for value in ({"t": ["a", "b"]}, [{"x": 1}, {"x": 2}], {"deep": {"er": "y"}}):
        assert back(parameter, value) == value
    left = pairs("p[t]=a&p%5Bt%5D=b&q[p]=1")
    found: dict[str, Any] = {}
    parameter.take(left, found)
    assert found == {"p": {"t": ["a", "b"]}}
    assert left == [("q[p]", "1")]
