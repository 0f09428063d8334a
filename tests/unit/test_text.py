"""Text of a specification enters Python as one constant and nothing else."""

from __future__ import annotations

import ast
import doctest
import inspect
import io
import math
import tokenize
from typing import Any

import black
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen import text

HOSTILE = st.text(
    st.one_of(
        st.sampled_from(
            list("\"'\\\n\r\f\v\t #{}%:.-*`\x85\u2028\u2029\u202e\x00\ud800")
        ),
        st.characters(),
    ),
    max_size=200,
)
PROSE = st.lists(
    st.one_of(
        st.text("abcdefghij .,-\"'\\", min_size=1, max_size=30),
        st.sampled_from(
            ["\n", "\n\n", "- ", "    ", "```\n", "https://x.test/" + "a" * 99]
        ),
    ),
    max_size=60,
).map(" ".join)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | HOSTILE,
    lambda inner: st.lists(inner, max_size=6)
    | st.dictionaries(st.text(max_size=12), inner, max_size=6),
    max_leaves=20,
)


MODE = black.Mode(target_versions={black.TargetVersion.PY311})


def unchanged_by_black(source: str) -> bool:
    return black.format_str(source, mode=MODE) == source


@pytest.mark.parametrize("indent", [0, 4, 8])
@given(spec_text=HOSTILE | PROSE)
def test_docstring_is_one_constant_that_black_leaves(
    indent: int, spec_text: str
) -> None:
    doc = text.docstring(spec_text, indent)
    lines = text.clean_lines(spec_text)
    if not doc:
        assert lines == []
        return
    margin = " " * indent
    heads = [f"{' ' * 4 * n}class C{n}:\n" for n in range(indent // 4)]
    source = "".join(heads) + margin + doc + "\n"
    assert unchanged_by_black(source)
    node: Any = ast.parse(source)
    for _ in heads:
        [node] = node.body
    [statement] = node.body
    found = inspect.cleandoc(statement.value.value).rstrip()
    assert found == "\n".join(text._docstring_lines(spec_text, indent))
    # Wrapping moves words to other lines and loses none; a prompt becomes two words.
    assert found.replace("> >>", ">>>").split() == (
        " ".join(lines).replace("> >>", ">>>").split()
    )


@given(words=st.lists(st.text("abcdefghij.,", min_size=1, max_size=30), min_size=1))
def test_docstring_of_words_fits_the_line(words: list[str]) -> None:
    first, *rest = text.docstring(" ".join(words), 4).splitlines()
    assert len(first) + 4 <= 88
    assert all(len(line) <= 88 for line in rest)


@pytest.mark.parametrize(
    "spec_text",
    [
        ">>> 1 / 0",
        "Like this:\n\n    >>> 1 / 0\n    5",
        "- a\n  >>> 1 / 0\n\n\t>>>1",
        "```\n>>> 1 / 0\n```",
        *(f"{'w' * size} >>> 1 / 0 {'w' * 30}" for size in range(74, 90)),
    ],
)
def test_docstring_has_nothing_for_doctest(spec_text: str) -> None:
    source = f"    {text.docstring(spec_text, 4)}\n"
    doc = ast.literal_eval(source.strip())
    assert doctest.DocTestParser().get_examples(doc) == []
    assert "1 / 0" in " ".join(doc.split())


def test_docstring_joins_prose_and_keeps_lists_and_code() -> None:
    source = "One\nsentence.\n\n- item\n- other\n\n```\na  =  1\n  b\n```\n"
    assert text.docstring(source) == (
        '"""One sentence.\n\n- item\n- other\n\n```\na  =  1\n  b\n```\n"""'
    )


def test_docstring_breaks_no_line_of_code() -> None:
    code = '{"said": "' + "word " * 20 + '"}'
    source = f"Prose.\n\n```json\n{code}\n```\n\n{'word ' * 20}"
    lines = text.docstring(source, 4).splitlines()
    assert lines[3] == f"    {code}"
    assert max(len(line) for line in lines[5:]) <= 88


@pytest.mark.parametrize(
    ("spec_text", "written"),
    [
        ('say "hi"', '"""say "hi" """'),
        ('"', '"""\\x22"""'),
        ('close with """', '"""close with \\"\\"" """'),
        ('a \\"""', '"""a \\\\\\"\\"" """'),
        ('four """"', '"""four \\"\\"\\"" """'),
    ],
)
def test_docstring_ends_with_a_bare_quote(spec_text: str, written: str) -> None:
    """Black and Ruff agree about the space behind such a quote and no other. One that
    is all there is cannot be bare."""
    assert text.docstring(spec_text) == written
    assert ast.literal_eval(written).rstrip() == spec_text


def test_docstring_wraps_at_the_line_length() -> None:
    lines = text.docstring("word " * 60, 4).splitlines()
    assert len(lines) > 3
    assert max(len(line) for line in lines[1:]) <= 88
    assert len(lines[0]) + 4 <= 88


@pytest.mark.parametrize(
    ("spec_text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("left\u202eright", "left\\u202eright"),
        ("lone \ud800", "lone \\ud800"),
        ("wide\u3000space", "wide space"),
        ("\U000e0041", "\\U000e0041"),
        ("ümlaut 日本 🎧", "ümlaut 日本 🎧"),
    ],
)
def test_what_cannot_be_seen_is_shown(spec_text: str, shown: str) -> None:
    assert text.visible(spec_text) == shown


@given(spec_text=HOSTILE, indent=st.sampled_from([0, 4]))
def test_comment_is_only_a_comment(spec_text: str, indent: int) -> None:
    written = text.comment(spec_text, indent)
    source = f"# first\n# second\n{' ' * indent}{written}\n"
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    kinds = {tokenize.tok_name[token.type] for token in tokens}
    assert kinds <= {"COMMENT", "NL", "ENDMARKER", "NEWLINE"}


@pytest.mark.parametrize(
    "pragma",
    [
        "fmt: off",
        "type: ignore",
        "noqa",
        "# noqa: F401",
        "x # fmt: skip",
        "pyright: basic",
    ],
)
def test_comment_gives_no_orders_to_tools(pragma: str) -> None:
    written = text.comment(pragma)
    word = pragma.lstrip("x# ").split(":")[0]
    assert f'"{word}"' in written


def test_comment_declares_no_encoding() -> None:
    source = text.comment("vim: set fileencoding=utf-16 :") + "\n"
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source.encode()).readline)
    assert encoding == "utf-8"


@given(value=JSON)
def test_literal_reads_back_and_black_leaves_it(value: Any) -> None:
    literal = text.literal(value, 4, 4, 1)
    source = f"x = [\n    {literal},\n]\n"
    assert ast.literal_eval(source.removeprefix("x = ")) == [value]
    assert repr(ast.literal_eval(literal)) == repr(value)
    if "\n" not in literal and len(literal) > 83:
        return  # What cannot be broken Black would try to break elsewhere.
    assert unchanged_by_black(source)


@given(value=HOSTILE)
def test_string_has_the_quotes_that_black_wants(value: str) -> None:
    literal = text.string(value)
    assert ast.literal_eval(literal) == value
    assert unchanged_by_black(f"x = {literal}\n") or len(literal) > 84


@settings(deadline=None)
@given(value=st.integers(min_value=10**4290, max_value=10**4400))
def test_huge_integers_are_hexadecimal(value: int) -> None:
    for number in (value, -value):
        literal = text.literal(number)
        assert ast.literal_eval(literal) == number
        assert unchanged_by_black(f"x = [\n    {literal},\n    0,\n]\n")


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_json_lacks_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not a JSON number"):
        text.literal(value)


def test_what_is_no_json_value_is_refused() -> None:
    with pytest.raises(ValueError, match="not a JSON value: set"):
        text.literal({1})


def test_long_containers_are_exploded_with_trailing_commas() -> None:
    value = {"a": list(range(30)), "b": "short"}
    assert text.literal(value, 0, 4).splitlines()[:3] == [
        "{",
        '    "a": [',
        "        0,",
    ]


# --- what has gone through a door ----------------------------------------------------


@given(value=HOSTILE)
def test_doors_give_code(value: str) -> None:
    doors = (text.docstring, text.comment, text.string, text.literal)
    assert all(type(door(value)) is text.Code for door in doors)
    numbers = (text.integer(7), text.number(0.5), text.literal([value, {value: 1}]))
    assert all(type(number) is text.Code for number in numbers)


def test_code_is_composed_of_code() -> None:
    inner = text.listed([text.name("int"), text.code("None")], " | ")
    assert text.code("dict[{}, {}]", text.name("str"), inner) == "dict[str, int | None]"
    assert text.code("{{{}: {}}}", text.string("a"), 1) == '{"a": 1}'
    assert type(text.code("{}", inner)) is text.Code
    with pytest.raises(TypeError, match="text that is no source: 'str'"):
        text.code("list[{}]", "str")  # type: ignore[arg-type]  # It is what is tried.
    with pytest.raises(TypeError, match="text that is no source"):
        text.listed([text.name("a"), f"{inner}"])  # type: ignore[list-item]  # So is it.


@pytest.mark.parametrize("word", ["a", "A1", "_x", "match", "\u52a0"])
def test_a_name_is_one(word: str) -> None:
    assert text.name(word) == word
    assert type(text.name(word)) is text.Name


@pytest.mark.parametrize(
    "word",
    ["", "1a", "a b", "a.b", "None", "class", "a\n", "\ufb01t", "a;b", '"""', "\u2e2f"],
)
def test_what_is_no_name_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="not a Python name"):
        text.name(word)


@pytest.mark.parametrize(
    ("prose", "shown"),
    [
        ("One <!-- not shown --> word.", "One word."),
        ("<!-- theme: warning -->\nText.", "\nText."),
        ("  <!-- a --> <!-- b --> Text.", "Text."),
        ("Above.\n<!--\nof\nseveral\n-->\nBelow.", "Above.\n\nBelow."),
        ("Is `<!-- code -->` here.", "Is `<!-- code -->` here."),
        ("```html\n<!-- code -->\n```\n<!-- x -->", "```html\n<!-- code -->\n```\n"),
        ("A `tick and <!-- a comment -->.", "A `tick and."),
        ("One.<br/>Two.<BR> Three", "One.\n\nTwo.\n\nThree"),
        ("| a<br>b |\n`c<br>d`", "| a<br>b |\n`c<br>d`"),
        ("A <!-- b --><br >c", "A\n\nc"),
        ("Never <!-- closed, `as` it --", "Never <!-- closed, `as` it --"),
    ],
)
def test_comments_of_prose_are_not_shown(prose: str, shown: str) -> None:
    assert text.as_read(prose) == shown


@pytest.mark.parametrize(
    "part", ["<!--", "<!-- --> ", "`<!--", "``", " ", "```\n", "<br>"]
)
def test_comments_are_found_in_one_pass(part: str) -> None:
    repeated = part * 20_000
    assert text.as_read(f"{repeated}<!-- last -->End").endswith("End")
