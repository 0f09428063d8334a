"""The doors to people: each one alone, and that templates cannot go around them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from markdown_it import MarkdownIt

from codegen import escaping, render


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain: text::with colons #1 ##", "plain: text::with colons #1 ##"),
        ("a\r\nb\tc\n", "a b c "),
        ("\x1b[1m\x9b1m\x07", "\\x1b[1m\\x9b1m\\x07"),
        ("\u202eab\u2066\u200b\ufeff", "\\u202eab\\u2066\\u200b\\ufeff"),
        ("a\u2028b\x85c\x0bd\ud800", "a\\u2028b\\x85c\\x0bd\\ud800"),
        ("::error::x", "\\x3a:error::x"),
        ("\n \t::error::x", "   \\x3a:error::x"),
        ("\u3000::error::x", " \\x3a:error::x"),
        ("a ##[error]b ##vso[task]c", "a #\\x23[error]b #\\x23vso[task]c"),
        ("###[x] ##teamcity[y]", "##\\x23[x] #\\x23teamcity[y]"),
    ],
)
def test_a_line(text: str, shown: str) -> None:
    assert escaping.line(text) == shown
    assert escaping.terminal(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://me:secret@host/a b", "https://me:***@host/a b"),
        ("'http:/me:a:b@host'", "'http:/me:***@host'"),
        ("pg://:secret@host and pg://me:x@y", "pg://:***@host and pg://me:***@y"),
        ("https://me@host/a:b@c", "https://me@host/a:b@c"),
        ("a:b@c, mailto:me@host", "a:b@c, mailto:me@host"),
    ],
)
def test_passwords_of_addresses_are_masked(text: str, shown: str) -> None:
    assert escaping.masked(text) == shown


def test_lines_stay_lines() -> None:
    text = "a\n\n  ::b\nc\td\x1b\r\n"
    assert escaping.terminal(text) == "a\n\n  \\x3a:b\nc d\\x1b\\x0d\n"


def test_reports_hold_no_tags() -> None:
    assert escaping.quoted("a < b <i> </i> <!--") == "a < b \\x3ci> \\x3c/i> \\x3c!--"
    assert escaping.quoted("(?<year>[0-9]+)(?<!x)") == "(?<year>[0-9]+)(?<!x)"


def test_a_command_is_one_line_whatever_is_in_it() -> None:
    made = escaping.command(
        "error", {"file": "a:b,c%\n::x.yaml", "line": 3}, ["100%", "::b\r\nc"]
    )
    assert made == (
        "::error file=a%3Ab%2Cc%25 %3A%3Ax.yaml,line=3::100%25%0A\\x3a:b c\n"
    )
    assert escaping.command("notice", {}, ["x"]) == "::notice::x\n"


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "text",
    ["\x7f\x9b\u202e\ud800\U000e0001", "##[a]###vso[b]", "<b>&</b>", "é日 🙂\\##["],
)
def test_json_keeps_its_value(text: str, indent: int | None) -> None:
    made = escaping.json_text({text: [text, 1.5, None]}, indent)
    assert json.loads(made) == {text: [text, 1.5, None]}
    assert escaping.terminal(made) == made
    assert "<b" not in made


def test_json_stays_readable() -> None:
    assert escaping.json_text(["é日🙂", "a::b#c"]) == '["é日🙂","a::b#c"]'


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

MARKUP = [
    "# h",
    "1. one",
    "12) twelve",
    "- x",
    "+ x",
    "===",
    "---",
    "> q",
    "    code",
    "a *b* __c__ ~~d~~",
    "[a](b) ![c](d) [e]: f",
    "<b> <i>x</i> &amp; <!-- x -->",
    "`a` ``b`` \\`c",
    "ends with \\",
    "| a |",
    "```js",
    "~~~",
    "x  ",
]


def tokens(text: str) -> list[tuple[str, str]]:
    """Every token of a text with what it says, those inside of lines too."""
    found = []
    for token in MARKDOWN.parse(text):
        found += [(t.type, t.content) for t in token.children or [token]]
    return found


@pytest.mark.parametrize("text", MARKUP)
def test_prose_is_text_anywhere(text: str) -> None:
    made = escaping.prose(text)
    for before in ("", "a\n", "- "):
        found = tokens(f"{before}{made}")
        kinds = {kind for kind, _ in found}
        assert kinds <= {
            "paragraph_open",
            "paragraph_close",
            "text",
            "text_special",
            "softbreak",
            "bullet_list_open",
            "bullet_list_close",
            "list_item_open",
            "list_item_close",
        }
        said = "".join(content for kind, content in found if kind.startswith("text"))
        assert said.endswith(text.strip())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ask @team", "ask \\x40team"),
        ("see #12, a # b", "see \\x2312, a # b"),
        ("fixes GH-12, gl-3, GH-x", "fixes GH\\x2d12, gl\\x2d3, GH-x"),
        ("http://a.b, at: 10", "http\\x3a//a.b, at: 10"),
        ("www.a.b", "www\\x2ea.b"),
    ],
)
def test_prose_calls_nobody(text: str, said: str) -> None:
    found = tokens(escaping.prose(text))
    assert "".join(c for k, c in found if k.startswith("text")) == said


def test_what_must_call_nobody_is_code_where_people_read_it() -> None:
    address = "the url is https://a.b"
    assert escaping.legible(address) == escaping.code(address)
    assert escaping.legible("at *: 10") == escaping.prose("at *: 10") == r"at \*: 10"


@pytest.mark.parametrize(
    "text", [*MARKUP, "`", "``", "`a", "a`", " a", "a ", " ", "``` `` `"]
)
def test_a_code_span_holds_all_of_it(text: str) -> None:
    assert tokens(f"x {escaping.code(text)} y")[1:-1] == [
        ("text", "x "),
        ("code_inline", escaping.quoted(text)),
        ("text", " y"),
    ]


def test_a_block_of_code_ends_where_it_should() -> None:
    made = escaping.fenced('"```"\n````', "json", 2)
    assert tokens(f"- a\n\n  {made}\n- b\n")[5][1] == '"```" ````\n'


@pytest.mark.parametrize(
    ("medium", "printed"),
    [
        ("text", "\\x1b a \\x3ci>*b*"),
        ("markdown", "\\\\x1b a &lt;i&gt;\\*b\\*"),
        ("html", "\\x1b a &lt;i&gt;*b*"),
    ],
)
def test_a_template_prints_nothing_past_its_door(
    medium: render.Medium, printed: str
) -> None:
    value: Any = "\x1b\na <i>*b*"
    environment = render.report_environment(medium)
    made = environment.from_string(
        "{{ x }}{{ x | upper | lower }}{{ x ~ '' }}{{ [x][0] }}"
    )
    assert made.render(x=value) == printed * 4
