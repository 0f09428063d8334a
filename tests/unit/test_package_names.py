"""Names under which a package can be imported, and hides no other."""

from __future__ import annotations

import sys

import pytest

from codegen.diagnostics import Report, Span
from codegen.package_names import STANDARD_LIBRARY, check_package_name


@pytest.mark.parametrize(
    "name",
    [
        "ok",
        "_private",
        "openai_realtime",
        "V2",
        "tested",
        "a.b",
        "ours.json.v2",
        "ours.conftest",
    ],
)
def test_package_names_that_do(name: str) -> None:
    report = Report()
    check_package_name(name, Span("x"), report)
    assert len(report) == 0


@pytest.mark.parametrize(
    "name",
    [
        *("", "a-b", "1a", "class", "../a", "json", "tests", "ünï", "__x__", "a/b"),
        *("a.", ".a", "a..b", "a.class", "tests.a", "json.a", "a.__init__", "a.b-c"),
        *("test", "test.a", "conftest", "pytest", "hypothesis", "hypothesis.a"),
    ],
)
def test_package_names_that_do_not(name: str) -> None:
    report = Report()
    check_package_name(name, Span("x"), report)
    assert [item.code for item in report] == ["package-name"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "ours.my-api",
            "'ours.my-api' is no Python package name; 'ours.my_api' is one",
        ),
        ("1-a", "'1-a' is no Python package name"),
    ],
)
def test_a_name_that_is_nearly_one_is_corrected(name: str, said: str) -> None:
    report = Report()
    check_package_name(name, Span("x"), report)
    assert [item.message for item in report] == [said]


@pytest.mark.parametrize("name", ["copy", "uuid", "asyncore", "_thread", "_io"])
def test_names_of_the_standard_library_say_what_they_hide(name: str) -> None:
    """Also those that the running Python no longer has."""
    report = Report()
    check_package_name(name, Span("x"), report)
    assert [item.message for item in report] == [
        f"a package named {name!r} would hide the module {name!r} of the standard "
        "library from the whole program; choose another name"
    ]


@pytest.mark.parametrize(
    ("name", "part"), [("tests.a", "tests"), ("a.__init__.b", "__init__")]
)
def test_what_hides_something_is_named(name: str, part: str) -> None:
    report = Report()
    check_package_name(name, Span("x"), report)
    [message] = [item.message for item in report]
    assert message.startswith(f"a package named {part!r} would hide")


def test_the_list_has_all_that_this_python_has() -> None:
    names = {name for name in sys.stdlib_module_names if not name.startswith("__")}
    assert names - STANDARD_LIBRARY == set()
