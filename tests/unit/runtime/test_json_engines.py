"""One verdict on every text and every value, whichever engine is installed."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen.runtime import _json, _json_exact
from codegen.runtime._json import MAX_DEPTH, JSONError
from tests.sweeps import many

ENGINES = ("orjson", "json")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    yield from use(request.param)


def use(engine: str) -> Iterator[str]:
    """Makes `_json` read and write with an engine."""
    before = _json._parse, _json._serialize
    _json._choose()
    assert _json._parse is not None, "orjson is needed to compare the engines"
    if engine == "json":
        _json._parse = _json._serialize = None
    yield engine
    _json._parse, _json._serialize = before


def nested(depth: int, opening: str = "[", closing: str = "]") -> str:
    return opening * depth + closing * depth


ACCEPTED = [
    ("0", 0),
    ("-0", 0),
    ("-0.0", -0.0),
    ("1E5", 100000.0),
    ("1e-400", 0.0),
    ("5e-324", 5e-324),
    ("123456789012345678901234567890", 123456789012345678901234567890),
    ("9223372036854775808", 2**63),
    ("18446744073709551616", 2**64),
    ("-9223372036854775809", -(2**63) - 1),
    ("1" * 400, int("1" * 400)),
    ("1" * 4000, int("1" * 4000)),
    ("1." + "1" * 400, 1.1111111111111112),
    ("100000000000000000000.0", 1e20),
    ("[" + "1.5," * 20 + "12345678901234567890123]",
     [1.5] * 20 + [12345678901234567890123]),
    ('["' + "9" * 5000 + '",12345678901234567890123]',
     ["9" * 5000, 12345678901234567890123]),
    ('{"a":1,"b":2,"a":3}', {"a": 3, "b": 2}),
    (r'"\ud800"', "\ud800"),
    (r'"\ude00\ud83d"', "\ude00\ud83d"),
    (r'"\ud83d\ude00"', "😀"),
    (r'{"\ud800":1}', {"\ud800": 1}),
    (r'"\u0000\/\b"', "\x00/\b"),
    ('"\x7f\u2028"', "\x7f\u2028"),
    (" \t\r\n[ 1 ,\n2 ]\n", [1, 2]),
    (nested(900), None),
    (nested(MAX_DEPTH), None),
    ('{"a":' * (MAX_DEPTH - 1) + "[]" + "}" * (MAX_DEPTH - 1), None),
]  # fmt: skip

REJECTED = [
    *("", " ", "\ufeff[1]", "[1,]", '{"a":1,}', "{,}", "[1 2]", '{"a" 1}', '{a:1}'),
    *("01", "1.", ".5", "+1", "-", "1e", "0x1", "--1", "1_0", "NaN", "-NaN"),
    *("Infinity", "-Infinity", "1e400", "-1e400", "[1e999]", "tru", "nul", "'a'"),
    *('"', '"\\x"', '"\\u00"', '"\\u00g0"', '"\\', "[1]x", "[1]]", "1\x00", "\x0b1"),
    *("[", "{", '{"a"', '{"a":', "[1,", nested(MAX_DEPTH + 1), "[" * 100_000),
    *(nested(100_000), '{"a":' * 3000 + "1" + "}" * 3000, "1" * 5000, "\x0c[1]"),
    *("[" * 1000 + "1,}" + "]" * 999, "\u00a0[1]", "[1]\u00a0", "/**/1", "[1]//"),
]  # fmt: skip

CONTROLS = ['"\x00"', '"a\tb"', '{"a\nb":1}', '["\x1f"]']


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(("text", "value"), ACCEPTED, ids=range(len(ACCEPTED)))
def test_accepts(engine: str, text: str, value: Any, strict: bool) -> None:
    for frame in (text, text.encode(), bytearray(text.encode())):
        found = _json.loads(frame, strict)
        if value is not None:
            assert found == value
            assert repr(found) == repr(value)


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("text", REJECTED, ids=range(len(REJECTED)))
def test_rejects(engine: str, text: str, strict: bool) -> None:
    for frame in (text, text.encode(), memoryview(text.encode())):
        with pytest.raises(JSONError):
            _json.loads(frame, strict)


@pytest.mark.parametrize("text", CONTROLS)
def test_raw_control_characters_are_open_reading_only(engine: str, text: str) -> None:
    for frame in (text, text.encode()):
        assert _json.loads(frame, False) == json.loads(text, strict=False)
        with pytest.raises(JSONError):
            _json.loads(frame, True)


@pytest.mark.parametrize(
    "frame",
    [
        *(b'"\xff"', b'"\xed\xa0\x80"', b'"\xc0\x80"', b"\xef\xbb\xbf[1]", b"\xff"),
        *("[1]".encode("utf-16"), "[1]".encode("utf-32"), "[1]".encode("utf-16-le")),
    ],
)
def test_only_utf8(engine: str, frame: bytes) -> None:
    with pytest.raises(JSONError):
        _json.loads(frame)


def test_depth_does_not_depend_on_the_stack_of_the_caller(engine: str) -> None:
    def deep(levels: int) -> Any:
        return deep(levels - 1) if levels else _json.loads(nested(900))

    value = deep(sys.getrecursionlimit() // 2)
    assert _json.dumps(value) == nested(900).encode()
    mixed = '{"a": [1, ' * 500 + '"x"' + ', {} ], "b" : null }' * 500
    assert _json.dumps(_json.loads(mixed)) == mixed.replace(" ", "").encode()


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None, categories=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def _pairs(value: Any) -> bool:
    """Whether text puts a high surrogate before a low one, which no JSON can say."""
    return bool(json.loads(json.dumps(value)) != value)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=many(50, 150), deadline=None)
@given(value=json_values)
def test_round_trip(name: str, value: Any) -> None:
    for _ in use(name):
        if not _pairs(value):
            text = _json.dumps(value)
            assert repr(_json.loads(text)) == repr(value)
            assert json.loads(text) == value


@settings(max_examples=many(100, 300), deadline=None)
@given(
    text=json_values.map(json.dumps),
    place=st.integers(0, 10_000),
    insert=st.sampled_from(['"', "\\", ",", "1" * 20, "e9", "\x01", "-", "{", "]", ""]),
    remove=st.integers(0, 2),
    strict=st.booleans(),
)
def test_engines_agree_on_damaged_text(
    text: str, place: int, insert: str, remove: int, strict: bool
) -> None:
    place %= len(text) + 1
    damaged = text[:place] + insert + text[place + remove :]
    verdicts = set()
    for name in ENGINES:
        for _ in use(name):
            for frame in (damaged, damaged.encode()):
                try:
                    verdicts.add(repr(_json.loads(frame, strict)))
                except JSONError:
                    verdicts.add("rejected")
    assert len(verdicts) == 1


class Foreign:
    def __repr__(self) -> str:
        return "Foreign()"  # in the name of a test, which is the same in each process


UNWRITABLE: list[Any] = [
    *(math.nan, math.inf, -math.inf, [None, math.nan], {"a": {"b": math.inf}}),
    *({1: 2}, {None: 1}, {"a": {True: 1}}, {(1, 2): 3}, {1, 2}, b"x", Foreign(), 1j),
]


@pytest.mark.parametrize("value", UNWRITABLE, ids=repr)
def test_writes_json_only(engine: str, value: Any) -> None:
    with pytest.raises(JSONError):
        _json.dumps(value)


def test_writes_no_structure_without_end(engine: str) -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(JSONError):
        _json.dumps(loop)
    loop.append({"a": [loop]})
    with pytest.raises(JSONError):
        _json.dumps(loop)
    with pytest.raises(JSONError):
        _json.dumps(10**5000)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('\ud800é😀\x00\n"\\', '"\\ud800é😀\\u0000\\n\\"\\\\"'),
        (2**70, "1180591620717411303424"),
        ({"a": (1, None), "b": []}, '{"a":[1,null],"b":[]}'),
        ("\u2028\x7f", '"\u2028\x7f"'),
    ],
)
def test_writes(engine: str, value: Any, text: str) -> None:
    assert _json.dumps(value).decode() == text
    assert _json.dumps_trusted(value).decode() == text


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The modules as a generated package holds them, beside nothing else."""
    source = Path(_json.__file__).parent
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").write_text("")
    needed = "_depth _remembering _json _json_exact _frames registry errors"
    for name in needed.split():
        shutil.copy(source / f"{name}.py", tmp_path / "package")
    return tmp_path


def run(program: str, path: Path) -> None:
    subprocess.run([sys.executable, "-c", program], check=True, cwd=path)


def test_import_is_lazy(package: Path) -> None:
    run(
        "import sys; before = set(sys.modules); import package._frames; "
        "import package._json as j; new = set(sys.modules) - before; "
        "slow = {'orjson', 'json', 're', 'typing', 'dataclasses'}; "
        "assert not new & slow, new; "
        "assert j.loads('[1]') == [1]; assert j.dumps([1]) == b'[1]'",
        package,
    )


@pytest.mark.parametrize(
    "first",
    [
        "assert j.loads('\"a\\tb\"', False) == 'a\\tb'",
        "assert j.loads(b'[1]') == [1]",
        "assert j.dumps({'a': 1}) == b'{\"a\":1}'",
        "assert j.dumps([None]) == b'[null]'",
    ],
)
def test_first_use_settles_the_engine(package: Path, first: str) -> None:
    hide = "import sys; sys.modules['orjson'] = None; "
    run(
        f"{hide}import package._json as j; {first}; assert j.engine() == 'json'",
        package,
    )
    run(
        f"import package._json as j; {first}; assert j.engine() == 'orjson'",
        package,
    )


def test_errors_need_no_other_module(package: Path) -> None:
    run(
        "import sys; sys.modules['orjson'] = None; import package._json as j\n"
        "for text in ('[1,', '\"\\\\x\"', '{\"a\"}', '\"a', '[1}', '{1:2}'):\n"
        "    try: j.loads(text)\n"
        "    except j.JSONError: continue\n"
        "    raise AssertionError(text)",
        package,
    )


@pytest.mark.parametrize("value", [{1}, object(), float("nan"), {1: 2}])
def test_what_has_no_json_form_among_objects_is_a_type_error(value: Any) -> None:
    """As orjson says it: whoever sends then asks again, and tells what it is."""
    with pytest.raises(TypeError):
        _json_exact.dumps_holding([value], attrgetter("_wire"))
