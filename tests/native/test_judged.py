"""`is_valid` by the native codec: the answers of Python, to whatever it is asked of."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.native.conftest import GENERATED, Run
from tests.sweeps import many

PACKAGE = "openai_realtime_ga"
GOLDEN = GENERATED / "tests" / PACKAGE / "golden"
FRAME = {
    "type": "session.updated",
    "event_id": "e",
    "session": {
        "type": "transcription",
        "id": "s",
        "object": "realtime.transcription_session",
        "expires_at": 1,
        "audio": {"input": {"format": {"type": "audio/pcm", "rate": 24000}}},
        "new": {"a": [1.5]},
    },
}
TREE = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Event",
    "oneOf": [{"$ref": "#/$defs/Tree"}, {"$ref": "#/$defs/Leaf"}],
    "$defs": {
        "Tree": {
            "type": "object",
            "required": ["type", "inner"],
            "properties": {
                "type": {"const": "tree"},
                "inner": {"type": "array", "items": {"$ref": "#/$defs/Tree"}},
                "any": {"type": "array"},
                "names": {
                    "type": "array",
                    "uniqueItems": True,
                    "items": {"type": "string"},
                },
                "sizes": {"type": "array", "items": {"type": "integer"}},
                "one": {
                    "oneOf": [
                        {"type": "object", "required": ["a"]},
                        {"type": ["object", "null"], "required": ["b"]},
                    ]
                },
            },
        },
        "Leaf": {
            "type": "object",
            "required": ["type"],
            "properties": {
                "type": {"const": "leaf"},
                "maybe": {"$ref": "#/$defs/Maybe"},
                "kind": {"$ref": "#/$defs/Kind"},
            },
        },
        "Maybe": {
            "type": ["object", "null"],
            "properties": {"a": {"type": "string"}},
        },
        "Kind": {
            "oneOf": [
                {"anyOf": [{"$ref": "#/$defs/Known"}, {"type": "string"}]},
                {"$ref": "#/$defs/Named"},
            ]
        },
        "Known": {"enum": ["oak", "elm"]},
        "Named": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}},
        },
    },
}


def told(run: Run, *folders: Path, code: str, **environment: str) -> str:
    done = run("-c", textwrap.dedent(code), folders=folders, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def judged(run: Run, built: Path, *arguments: str) -> None:
    done = run("-m", "tests.native.judged", *arguments, folders=(built,))
    assert done.returncode == 0, done.stdout + done.stderr


def test_changed_values_are_judged_alike(built: Path, run: Run) -> None:
    folder = GENERATED / PACKAGE
    count = str(many(600, 25_000))
    judged(run, built, str(folder), str(GOLDEN), "--count", count)


def test_values_of_random_schemas_are_judged_alike(built: Path, run: Run) -> None:
    count = str(many(250, 9_000))
    judged(run, built, "random", "--count", count, "--each", "100")


def test_whatever_stands_anywhere_is_judged_alike(built: Path, run: Run) -> None:
    code = f"""
        import copy
        import {PACKAGE} as package
        from tests.native.judged import judged_by, makers_of

        (judged,) = [j for j in judged_by(package) if j.schema.name.endswith(
            "RealtimeServerEventSessionUpdated")][:1]

        def places(value, path=()):
            yield path
            inner = value.items() if isinstance(value, dict) else ()
            for name, item in inner:
                yield from places(item, (*path, name))

        def replaced(path, maker):
            value = found = {{"": copy.deepcopy({FRAME!r})}}
            *before, last = ("", *path)
            for name in before:
                value = value[name]
            value[last] = maker(value[last])
            return found[""]

        assert judged.said(lambda: {FRAME!r}) is True
        for place, path in enumerate(places({FRAME!r})):
            for number, maker in enumerate(makers_of(package)):
                if (place + number) % {many(2, 1)}:
                    continue
                found = judged.difference(lambda: replaced(path, maker))
                assert found is None, (path, number, found)
    """
    told(run, built, code=code)


def test_valid_events_need_no_python(built: Path, run: Run) -> None:
    code = f"""
        import {PACKAGE} as package
        import wirewright_native as native

        def counted(name, value):
            schema = package.SCHEMAS[name]
            said = schema.is_valid(value)
            print(said, type(schema._valid).__name__, *native.counts(schema._valid))

        frame = {{"type": "input_audio_buffer.cleared", "event_id": "e"}}
        for name in ("RealtimeServerEventInputAudioBufferCleared",
                     "RealtimeServerEvent"):
            counted(name, frame)
            counted(name, frame | {{"event_id": 1}})
            counted(name, package.SERVER_EVENTS.decode(frame))
    """
    function = "builtin_function_or_method"
    expected = [f"True {function} 1 0", f"False {function} 3 0"]
    assert told(run, built, code=code).splitlines() == [
        *expected,
        f"True {function} 4 1",
        *expected,
        f"True {function} 4 1",
    ]


def test_what_is_deep_or_much_or_endless(built: Path, run: Run) -> None:
    code = f"""
        import json, sys
        from tests.differential.packages import compile_package, module_of
        from tests.native.judged import judged_by

        def tree(levels, **more):
            found = {{"type": "tree", "inner": [], **more}}
            for _ in range(levels):
                found = {{"type": "tree", "inner": [found]}}
            return found

        def endless():
            found = tree(3)
            found["inner"][0]["inner"].append(found)
            return found

        def wide():
            found = tree(0)
            for _ in range(12):
                found = {{"type": "tree", "inner": [found, found]}}
            return found

        def deep(levels):
            found = []
            for _ in range(levels):
                found = [found]
            return found

        with compile_package(module_of({TREE!r})) as package:
            by_name = {{j.schema.symbol: j for j in judged_by(package)}}
            judged = by_name["Tree"]
            for make in (
                *(lambda n=n: tree(n) for n in (0, 40, 48, 49, 50, 51, 511, 513, 3000)),
                *(lambda n=n: tree(1, any=deep(n)) for n in (5, 1020, 1025, 3000)),
                *(lambda n=n: tree(1, names=["a", deep(n)]) for n in (5, 1025, 9000)),
                *(lambda n=n: tree(1, names=[deep(n)]) for n in (5, 1025, 9000)),
                *(lambda n=n: tree(1, sizes=[1] * n) for n in (10, 1_000_000)),
                *(lambda v=v: tree(1, one=v) for v in (
                    {{"a": 1}}, {{"b": 1}}, {{"a": 1, "b": 1}}, {{}}, None, [])),
                endless, wide,
            ):
                print(judged.said(make), judged.difference(make))
            assert "Maybe" in by_name
            kinds = "oak", "ash", {{"name": 1}}, {{}}, 1
            leaves = [{{"type": "leaf", "kind": kind}} for kind in kinds]
            leaves.append({{"type": "leaf", "maybe": None}})
            for value in (None, *leaves, {{"a": 1}}, [], 1):
                found = [by_name[name].difference(lambda: value) for name in by_name]
                assert not any(found), found
    """
    said = [
        *("True",) * 4,
        *("None",) * 5,
        *("True",) * 4,
        *("False",) * 3,
        *("False",) * 3,
        *("True", "None"),
        *("True", "True", "False", "False", "True", "False"),
        *("None", "True"),
    ]
    lines = told(run, built, code=code).splitlines()
    assert [line.split(" ", 1)[0] for line in lines] == said
    assert {line.split(" ", 1)[1] for line in lines} == {"None"}


def test_judging_leaks_nothing(built: Path, run: Run) -> None:
    code = f"""
        import gc, json, sys
        from pathlib import Path
        import {PACKAGE} as package
        from tests.native.fuzz import texts_of
        from tests.native.judged import judged_by, makers_of

        values = [json.loads(text) for text in texts_of(Path({str(GOLDEN)!r}))][:200]
        values += [{{**v, "x": 1, "type": v}} for v in values[:50]]
        values += [{{**v, "é": "é", "a": ("é",)}} for v in values[:50]]
        natives = [j._native for j in judged_by(package)]

        def all_of_them():
            for native in natives:
                for value in values:
                    native(value)

        for _ in range(2):
            all_of_them()
        gc.collect()
        before = sys.getallocatedblocks()
        for _ in range(5):
            all_of_them()
        gc.collect()
        # One block for each value would be thousands.
        assert sys.getallocatedblocks() - before < 200
    """
    told(run, built, code=code)


OLDER = """
__version__, TABLES = "0.0", {{4}}
class Codec:
    def __init__(self, *given): pass
    def keeping(self, model): return None
    def writing(self, to_json): return to_json
    {validator}
"""


@pytest.mark.parametrize(
    "validator",
    [
        "",
        "def validator(self, name, python): return None",
        "def validator(self, name, python): raise KeyError(name)",
    ],
)
def test_one_that_cannot_judge_leaves_it_to_python(
    validator: str, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "wirewright_native.py").write_text(OLDER.format(validator=validator))
    code = f"""
        import {PACKAGE} as package

        schema = package.SCHEMAS["RealtimeServerEventSessionUpdated"]
        print(schema.is_valid({FRAME!r}), schema.is_valid({{}}))
        print(schema._valid.__name__, package.__codec__)
    """
    codec = "python (KeyError" if "raise" in validator else "native (wirewright"
    judged, said = told(run, tmp_path, code=code).splitlines()
    assert judged == "True False"
    assert said.startswith(f"valid_RealtimeServerEventSessionUpdated {codec}")
