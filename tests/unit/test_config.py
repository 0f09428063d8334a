"""The configuration is checked by its schema, and its problems have places."""

from __future__ import annotations

import dataclasses
import json
from importlib import import_module
from pathlib import Path

import jsonschema
import pytest

from codegen import __version__, config
from codegen.diagnostics import Report
from codegen.guard_kinds import KINDS
from codegen.python.model.typed_texts import TEXT_TYPES
from codegen.runtime._typed import speller_of
from codegen.samples import formats
from codegen.styles import TYPES

GOOD = """\
[project]
name = "x"

[[tool.codegen.sdk]]
spec = "specs/api.yaml"
package = "api"
include = ["Realtime*"]
server_events = ["ServerEvent"]

[[tool.codegen.sdk]]
spec = "specs/other.yaml"  # comment
package = "other"
output = "elsewhere"
overlays = ["fix.yaml"]
perspective = "client"
tests = false
strategies = true
tests_output = "tests/../checks/other/"
"""


def read(folder: Path, text: str) -> tuple[config.Config | None, list[str]]:
    (folder / "pyproject.toml").write_text(text)
    report = Report()
    found = config.read(folder / "pyproject.toml", report)
    shown = [str(item).replace(f"{folder}/", "") for item in report]
    return found, shown


def test_every_key_arrives(tmp_path: Path) -> None:
    found, problems = read(tmp_path, GOOD)
    assert problems == []
    assert found is not None
    first, second = found.sdks
    assert (first.spec, first.package, first.output) == (
        Path("specs/api.yaml"),
        "api",
        Path("generated"),
    )
    assert (first.include, first.server_events) == (("Realtime*",), ("ServerEvent",))
    assert (first.tests, first.assert_formats, first.models) == (
        True,
        False,
        "dataclass",
    )
    assert (second.output, second.overlays) == (Path("elsewhere"), (Path("fix.yaml"),))
    assert (second.perspective, second.tests) == ("client", False)
    assert (first.strategies, second.strategies) == (None, True)
    assert second.base == tmp_path
    assert second.layout.tests == tmp_path / "checks/other"
    assert (second.span.line, second.span.column) == (10, 1)


def test_a_byte_order_mark_means_nothing(tmp_path: Path) -> None:
    """As in specifications; places count without it."""
    found, problems = read(tmp_path, f"\ufeff{GOOD}")
    assert problems == []
    assert found is not None
    assert (found.sdks[0].span.line, found.sdks[0].span.column) == (4, 1)
    bare = "\ufeff[[tool.codegen.sdk]]\nspec = 1\n"
    assert read(tmp_path, bare)[1] == read(tmp_path, bare.removeprefix("\ufeff"))[1]
    assert config.find(tmp_path) == tmp_path / "pyproject.toml"


def test_what_is_made_of_problems_arrives_with_its_place(tmp_path: Path) -> None:
    found, problems = read(
        tmp_path,
        '[tool.codegen.lint]\nignore = "a.yaml"\n[tool.codegen.lint.severity]\n'
        'prose-default = "off"\n'
        '[tool.codegen.diff]\nseverity = {type-changed = "warn"}\n',
    )
    assert problems == []
    assert found is not None
    assert found.lint.ignore == tmp_path / "a.yaml"
    (setting,) = found.lint.severity
    assert (setting.rule, setting.level, setting.span.line) == (
        "prose-default",
        "off",
        4,
    )
    assert found.diff.ignore is None
    assert [(s.rule, s.level, s.span.line) for s in found.diff.severity] == [
        ("type-changed", "warn", 6)
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "[tool.codegen]\nsdks = []\n",
            "2:1: error[config]: unknown key 'sdks' (did you mean 'sdk'?); known "
            "are required-version, sdk, documents, include, exclude, overlays, "
            "perspective, lenient, assert_formats, root, lint, diff",
        ),
        (
            "[[tool.codegen.sdk]]\npackage = 'a'\n",
            "1:1: error[config]: sdk: 'spec' is a required property",
        ),
        (
            (
                "[[tool.codegen.sdk]]\nspec='a'\npackage='a'\n"
                "[[tool.codegen.sdk]]\nspec='a'\n  package = 'b-c'\n"
            ),
            "6:3: error[config]: sdk.package: 'b-c' does not match "
            "'^[A-Za-z_][A-Za-z0-9_]*(\\\\.[A-Za-z_][A-Za-z0-9_]*)*$'",
        ),
        (
            "[[tool.codegen.sdk]]\nspec='a'\npackage='a'\n\"tests\" = 1\n",
            "4:1: error[config]: sdk.tests: 1 is not of type 'boolean'",
        ),
        (
            (
                "[[tool.codegen.sdk]]\nspec='a'\npackage='a'\n"
                "[[tool.codegen.sdk]]\nspec='b'\npackage='A'\n"
            ),
            "6:1: error[config]: another SDK is written to generated/A already",
        ),
        (
            (
                "[[tool.codegen.sdk]]\nspec='a'\npackage='a.b'\noutput='o'\n"
                "[[tool.codegen.sdk]]\nspec='b'\npackage='b'\noutput='./o/x/../a'\n"
            ),
            "7:1: error[config]: another SDK is written to o/a/b already",
        ),
        (
            (
                "[[tool.codegen.sdk]]\nspec='a'\npackage='a'\ntests_output='t'\n"
                "[[tool.codegen.sdk]]\nspec='b'\npackage='b'\ntests_output='./t/'\n"
            ),
            "8:1: error[config]: another SDK is written to t already",
        ),
        (
            (
                "[[tool.codegen.sdk]]\nspec='a'\npackage='a'\n"
                "[[tool.codegen.sdk]]\nspec='b'\npackage='tests.a'\n"
            ),
            "6:1: error[config]: another SDK is written to generated/tests/a already",
        ),
        (
            (
                "[[tool.codegen.sdk]]\nspec='a'\npackage='a'\n"
                "[[tool.codegen.sdk]]\nspec='b'\npackage='a.models'\n"
            ),
            "6:1: error[config]: 'a' has a module 'models' of its own; "
            "call this package something else",
        ),
        (
            "[[tool.codegen.sdk]]\nspec='a'\npackage='a'\noutput=\"a\\u0000\"\n",
            r"4:1: error[config]: sdk.output: 'a\x00' does not match '^[^\\u0000]*$'",
        ),
        (
            "[tool.codegen]\nsdk = 3\n",
            "2:1: error[config]: sdk: 3 is not of type 'array'",
        ),
        (
            "[tool.codegen\n",
            "1:14: error[syntax]: Expected ']' at the end of a table declaration",
        ),
        ("[tool.other]\n", "0:0: error[config]: there is no [tool.codegen] table"),
        (
            "[tool]\ncodegen = 1\n",
            "0:0: error[config]: there is no [tool.codegen] table",
        ),
    ],
)
def test_problems_have_their_place(tmp_path: Path, text: str, problem: str) -> None:
    _, problems = read(tmp_path, text)
    assert problems == [f"pyproject.toml:{problem}"]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = "[[tool.codegen.sdk]]\nspec = 1\nnonsense = 2\nmodels = 'zod'\n"
    _, problems = read(tmp_path, text)
    assert [problem.split(":")[1] for problem in problems] == ["1", "2", "3", "4"]


def test_what_is_no_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"[tool.codegen]\n# \xc3\xa4 \xe4\n")
    report = Report()
    assert config.read(tmp_path / "pyproject.toml", report) is None
    assert config.read(tmp_path / "absent.toml", report) is None
    assert [(item.code, item.span.line, item.span.column) for item in report] == [
        ("read", 0, 0),
        ("syntax", 2, 5),
    ]


def test_the_nearest_configuration_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(GOOD)
    near = tmp_path / "a" / "pyproject.toml"
    for text in ("[project]\n", "[tool.codegen-other]  # not [tool.codegen]\n"):
        near.write_text(text)
        assert config.find(inner) == tmp_path.resolve() / "pyproject.toml"
    for text in (
        "[ tool . codegen ]\n",
        '[[tool."codegen".sdk]]\n',
        "[tool]\ncodegen = {sdk = []}\n",
        "[tool.codegen\n",  # Whoever reads it is told.
    ):
        near.write_text(text)
        assert config.find(inner) == near.resolve()


def test_the_schema_is_one() -> None:
    path = Path(config.__file__).with_name("config.schema.json")
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text()))


def test_a_configuration_may_have_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(GOOD)
    own = tmp_path / "codegen.toml"
    own.write_text('lenient = true\n[[sdk]]\nspec = "a.yaml"\npackage = "a"\n')
    assert config.find(tmp_path) == own.resolve()
    report = Report()
    found = config.read(own, report)
    config.check_alone(own, report)
    assert found is not None
    assert [(sdk.package, sdk.lenient, sdk.span.line) for sdk in found.sdks] == [
        ("a", True, 2)
    ]
    (warning,) = report
    assert "pyproject.toml" in warning.span.file
    assert "there is a codegen.toml beside it" in warning.message


INLINE = """\
# [[sdk]]
"lenient" = 'no'   # sdk = 1
documents = { "https://x/#a" = "b", 'y.z' = 3 }
sdk = [
  { spec = "a", package = "a" },
  { spec = TQ
] "x = 1 {
TQ, package = "b", include = [
      "*", 7], tests = "\\\"]" },
]
lint.severity.prose-default = "loud"
lint . "ignore" = 1
[diff]
severity = {type-changed = "warn", x.y = "off"}
""".replace("TQ", "'" * 3)


def test_what_is_written_inline_has_its_place_too(tmp_path: Path) -> None:
    (tmp_path / "codegen.toml").write_text(INLINE)
    report = Report()
    assert config.read(tmp_path / "codegen.toml", report) is None
    assert [(item.span.line, item.span.column) for item in report] == [
        (2, 1),
        (3, 37),
        (9, 12),
        (9, 16),
        (11, 1),
        (12, 1),
        (14, 36),
    ]


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (__version__, ""),
        (">=0.0.1,<9000", ""),
        (f"~={__version__}", ""),
        ("==9.*", "==9.* is asked for; pip install 'wirewright==9.*' has it"),
        ("9", "==9 is asked for; pip install 'wirewright==9' has it"),
        ("!=9, >8", "!=9, >8 is asked for; pip install 'wirewright!=9, >8' has it"),
    ],
)
def test_another_version_says_so_and_nothing_else(
    tmp_path: Path, asked: str, problem: str
) -> None:
    text = f'[tool.codegen]\nrequired-version = "{asked}"\n'
    found, problems = read(tmp_path, text + ("key-of-9 = 1\n" if problem else ""))
    assert (found is None) == bool(problem)
    assert len(problems) == bool(problem)
    assert all(problem in said for said in problems)
    assert all(
        said.startswith("pyproject.toml:2:1: error[required-version]")
        for said in problems
    )


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("newest", "required-version: 'newest' is no version, nor one with"),
        ("~=1", "required-version: '~=1' needs a second number"),
    ],
)
def test_what_is_no_version_is_one_mistake_of_all(
    tmp_path: Path, asked: str, problem: str
) -> None:
    text = f'[tool.codegen]\nrequired-version = "{asked}"\nlenient = 1\n'
    found, problems = read(tmp_path, text)
    assert found is None
    assert problem in problems[0]
    assert problems[1:] == [
        "pyproject.toml:3:1: error[config]: lenient: 1 is not of type 'boolean'"
    ]


def test_places_to_rename_are_no_unknown_keys(tmp_path: Path) -> None:
    table = "rename = {'#/$defs/A' = 'B', y = 'Z'}"
    text = f"[[tool.codegen.sdk]]\nspec='a'\npackage='a'\n{table}\n"
    _, problems = read(tmp_path, text)
    assert problems == [
        "pyproject.toml:4:30: error[config]: unknown key 'y'; known are "
        "x-speakeasy-name-override, x-ms-client-name, title, all with `#`"
    ]


def test_the_schema_says_what_every_key_is() -> None:
    whole = json.loads(config.schema())
    tables = [whole, whole["$defs"]["sdk"], whole["$defs"]["terms"]]
    for table in tables:
        for key, value in table["properties"].items():
            name = value.get("$ref", "").rpartition("/")[2]
            assert value.get("description") or whole["$defs"][name]["description"], key
    fields = {field.name for field in dataclasses.fields(config.Sdk)}
    own = {"documents", "allow_remote", "project", "base", "span", "style"}
    chosen = {"naming", "rename", "enums", "types"}  # An SDK's choices of its face.
    assert set(tables[1]["properties"]) == fields - own | chosen


def test_types_are_told_from_what_is_none(tmp_path: Path) -> None:
    asked = """\
[[tool.codegen.sdk]]
spec = "a.yaml"
package = "a"

[tool.codegen.sdk.types]
datetime = "datetime"
date-time = "date"
uuid = "str"
byte = "bytes"
decimal = 3
"""
    found, problems = read(tmp_path, asked)
    assert found is None
    known = "date-time, date, time, duration, uuid, decimal, byte"
    no_type = "is no type for this format"
    assert sorted(problems) == [
        "pyproject.toml:10:1: error[config]: sdk.types.decimal: 3 is no type for this"
        " format, 'Decimal' is",
        "pyproject.toml:6:1: error[config]: unknown key 'datetime' (did you mean"
        f" 'date-time'?); known are {known}",
        f"pyproject.toml:7:1: error[config]: sdk.types.date-time: 'date' {no_type},"
        " 'datetime' is; 'date' is for 'date'",
        f"pyproject.toml:8:1: error[config]: sdk.types.uuid: 'str' {no_type},"
        " 'UUID' is",
    ]
    inline = asked.partition("[tool.codegen.sdk.types]")[0]
    _, (problem,) = read(tmp_path, f'{inline}types = {{ uuid = "UUID", bytes = "b" }}')
    assert problem.startswith("pyproject.toml:5:26: error[config]: unknown key 'bytes'")


def test_types_of_the_schema_are_those_that_there_are() -> None:
    table = json.loads(config.schema())["$defs"]["sdk"]["properties"]["types"]
    known = {name: {"enum": [type_]} for name, type_ in TYPES.items()}
    assert table["properties"] == known
    assert known.keys() == TEXT_TYPES.keys()
    assert known.keys() == formats.TYPED.keys()
    for type_ in TEXT_TYPES.values():
        form = getattr(import_module(f"codegen.runtime.{type_.runtime}"), type_.form)
        texts = formats.TYPED[type_.format]
        assert all(map(form.holds, texts.held))
        assert not any(map(form.holds, texts.beyond))
        carrying = type(form.value_of(texts.held[0]))
        assert speller_of(carrying.__mro__[2]) is form.spell
        assert type_.form in KINDS["_codec.py"].imports[type_.home]
        assert type_.name in KINDS["models.py"].imports[type_.module].split()
