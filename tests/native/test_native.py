"""The native codec: the same as Python in everything, or not there at all."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest

from tests.native.conftest import GENERATED, Run
from tests.sweeps import many

PACKAGE = "openai_realtime"
GOLDEN = GENERATED / "tests" / PACKAGE / "golden"
TELL = """
    import openai_realtime as package

    event = package.SERVER_EVENTS.decode(
        '{"type":"response.text.done","event_id":"e","response_id":"r","item_id":"i",'
        '"output_index":0,"content_index":1,"text":"hello"}'
    )
    print(type(event).__name__, event.text, event.content_index)
    print(package.__codec__)
"""
SAID = "RealtimeServerEventResponseTextDone hello 1\n"


def told(run: Run, *folders: Path, code: str = TELL, **environment: str) -> str:
    done = run("-c", textwrap.dedent(code), folders=folders, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_damaged_frames_decode_the_same(built: Path, run: Run) -> None:
    folder = GENERATED / PACKAGE
    count = str(many(1_000, 40_000))
    arguments = (str(folder), str(GOLDEN), "--count", count)
    done = run("-m", "tests.native.fuzz", *arguments, folders=(built,))
    assert done.returncode == 0, done.stdout + done.stderr


def test_other_instructions_make_no_difference(built_otherwise: Path, run: Run) -> None:
    arguments = (
        str(GENERATED / PACKAGE),
        str(GOLDEN),
        "--count",
        str(many(300, 40_000)),
    )
    done = run("-m", "tests.native.fuzz", *arguments, folders=(built_otherwise,))
    assert done.returncode == 0, done.stdout + done.stderr


def test_random_schemas_decode_the_same(built: Path, run: Run) -> None:
    arguments = ("random", "--count", str(many(400, 12_000)), "--each", "150")
    done = run("-m", "tests.native.fuzz", *arguments, folders=(built,))
    assert done.returncode == 0, done.stdout + done.stderr


def test_valid_frames_are_not_handed_to_python(built: Path, run: Run) -> None:
    code = f"""
        import importlib
        from pathlib import Path
        import wirewright_native as native
        from tests.native.fuzz import is_known, pairs_of, texts_of

        drift = importlib.import_module("{PACKAGE}._runtime.registry").drift
        for pair in pairs_of(Path({str(GENERATED / PACKAGE)!r})):
            for text in texts_of(Path({str(GOLDEN)!r})):
                before, mark = native.counts(pair.native), drift.mark
                if is_known(pair, text):
                    pair.native(text)
                if native.counts(pair.native) > before and drift.mark is mark:
                    continue
                if native.counts(pair.native)[1] > before[1] and drift.mark is mark:
                    print(text)
    """
    assert told(run, built, code=code) == ""


def test_a_table_has_the_native_functions_themselves(built: Path, run: Run) -> None:
    code = """
        import openai_realtime as package

        table = package.SERVER_EVENTS
        for method in (table.decode, table.encode):
            print(type(method).__name__, method is getattr(table, method.__name__))
        print(package.__codec__.partition(" ")[0])
    """
    function = "builtin_function_or_method True\n"
    assert told(run, built, code=code) == f"{function}{function}native\n"


def test_strict_decoding_is_native_too(built: Path, run: Run) -> None:
    code = """
        import openai_realtime as package
        import wirewright_native as native

        decode = package.SERVER_EVENTS.decode
        frame = '{"type":"input_audio_buffer.cleared","event_id":"e"}'
        for option in ({}, {"strict": True}, {"strict": False}, {"keep_frame": True}):
            before = native.counts(decode)
            decode(frame, **option)
            print(*(b - a for a, b in zip(before, native.counts(decode))))
        try:
            decode(frame[:-1] + ',"type":"input_audio_buffer.cleared"', strict=True)
        except ValueError as error:
            print(type(error).__name__)
        for arguments in ((frame, True), ()):
            try:
                decode(*arguments)
            except TypeError as error:
                print("TypeError")
    """
    assert told(run, built, code=code).splitlines() == [
        "1 0",
        "1 0",
        "1 0",
        "1 0",
        "JSONError",
        "TypeError",
        "TypeError",
    ]


def test_what_is_left_to_python_is_said(built: Path, tmp_path: Path, run: Run) -> None:
    odd = {"enum": [True, 2.5]}
    spec = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Event",
        "oneOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}],
        "$defs": {
            name: {
                "type": "object",
                "required": ["type"],
                "properties": {"type": {"const": name}, "x": extra},
            }
            for name, extra in (("A", odd), ("B", {"type": "string"}))
        },
    }
    (tmp_path / "spec.json").write_text(json.dumps(spec))
    made = run(
        *("-m", "codegen", "generate", str(tmp_path / "spec.json"), "--no-tests"),
        *("--package", "talk", "--output", str(tmp_path), "--quiet"),
    )
    assert made.returncode == 0, made.stderr
    said = told(run, built, tmp_path, code="import talk; print(talk.__codec__)")
    assert said.strip().endswith("; Python decodes A)")
    doctor = run("-m", "codegen", "doctor", str(tmp_path / "talk"), folders=(built,))
    assert said.strip() in doctor.stdout


def test_strict_decoding_and_kept_frames(built: Path, run: Run) -> None:
    code = """
        import openai_realtime as package

        table = package.SERVER_EVENTS
        frame = '{"type":"input_audio_buffer.cleared", "event_id":"e"}'
        event = table.decode(frame, keep_frame=True)
        print(table.encode(event).decode())
        print(table.decode(frame, strict=True) == table.decode(frame) == event)
        try:
            table.decode('{"type":"input_audio_buffer.cleared"}', strict=True)
        except package.ValidationError as error:
            print(error.violations[0].keyword)
        print(table.decode({"type": "new", "a": 1}))
    """
    assert told(run, built, code=code).splitlines() == [
        '{"type":"input_audio_buffer.cleared", "event_id":"e"}',
        "True",
        "required",
        "UnknownEvent(type='new', raw={'type': 'new', 'a': 1})",
    ]


def test_classes_of_a_users_own_are_made_by_python(built: Path, run: Run) -> None:
    code = """
        import openai_realtime as package

        class Mine(package.RealtimeServerEventInputAudioBufferCleared):
            pass

        table = package.SERVER_EVENTS.with_classes([Mine])
        frame = '{"type":"input_audio_buffer.cleared","event_id":"e"}'
        print(type(table.decode(frame)).__name__, type(table.decode).__name__)

        class Table(type(table)):
            def decode(self, frame, **options):
                return "mine", type(super().decode(frame, **options)).__name__

        classes = dict(package.SERVER_EVENTS)
        own = Table("SERVER_EVENTS", "type", classes, "openai_realtime")
        print(own.decode(frame))
    """
    assert told(run, built, code=code).splitlines() == [
        "Mine method",
        "('mine', 'RealtimeServerEventInputAudioBufferCleared')",
    ]


def test_what_objects_keep_is_made_when_it_is_asked_for(built: Path, run: Run) -> None:
    """Lists and maps are shared with it, so changing one shows when it is sent on."""
    code = """
        import copy, json, pickle
        import openai_realtime as package

        frame = json.dumps({
            "type": "session.update",
            "session": {"voice": "alloy", "modalities": ["text"], "tools": [
                {"type": "function", "name": "f", "parameters": {"a": 1}}]},
        })
        table = package.CLIENT_EVENTS
        event = table.decode(frame)
        assert json.loads(table.encode(event)) == json.loads(frame)
        event.session.tools[0].parameters["b"] = 2
        event.session.modalities.append("audio")
        print(table.encode(event).decode())
        for other in (copy.deepcopy(event), pickle.loads(pickle.dumps(event)),
                      copy.replace(event) if hasattr(copy, "replace") else event):
            assert table.encode(other) == table.encode(event)
        assert event._wire["session"] is event.session._wire
    """
    assert told(run, built, code=code) == (
        '{"type":"session.update","session":{"voice":"alloy","modalities":["text",'
        '"audio"],"tools":[{"type":"function","name":"f","parameters":{"a":1,"b":2}}]}}\n'
    )


def test_an_event_of_another_table_is_refused(built: Path, run: Run) -> None:
    code = """
        import openai_realtime as package

        event = package.SERVER_EVENTS.decode(
            '{"type":"input_audio_buffer.cleared","event_id":"e"}')
        print(package.SERVER_EVENTS.encode(event).decode())
        try:
            package.CLIENT_EVENTS.encode(event)
        except TypeError as error:
            print(error)
    """
    assert told(run, built, code=code).splitlines() == [
        '{"event_id":"e","type":"input_audio_buffer.cleared"}',
        "RealtimeServerEventInputAudioBufferCleared is no event of CLIENT_EVENTS: "
        "a table takes what it decodes, and objects of its classes",
    ]


def test_deep_values_may_end_wherever_memory_ends(built: Path, run: Run) -> None:
    """Behind them stands a bracket for each level, and perhaps a name."""
    code = """
        import json
        import openai_realtime as package
        import wirewright_native as native

        table, deep = package.SERVER_EVENTS, 7
        for _ in range(90):
            deep = [deep]
        event = {"type": "session.created", "event_id": "e", "session": {"more": []}}
        for size in range(3_600, 4_200):
            start = [[7] * (size // 2), "x" * (size % 2)]
            for end in ([deep], [{"a": deep, "b" * 31: 1}]):
                event["session"]["more"] = start + end
                text = json.dumps(event, separators=(",", ":"))
                assert table.encode(table.decode(text)).decode() == text, size
        print(native.counts(table.encode))
    """
    assert told(run, built, code=code) == "(1200, 0)\n"


def test_nothing_leaks(built: Path, run: Run) -> None:
    code = """
        import gc, sys
        from pathlib import Path
        from tests.native.fuzz import pairs_of, texts_of, is_known

        for pair in pairs_of(Path(%r)):
            frames = [t for t in texts_of(Path(%r)) if is_known(pair, t)][:60]
            frames += [frame[:-9] for frame in frames] + [f.encode() for f in frames]

            def all_of_them():
                for frame in frames:
                    try:
                        pair.table.encode(pair.native(frame))
                    except ValueError:
                        pass

            for _ in range(3):
                all_of_them()
            gc.collect()
            before = sys.getallocatedblocks()
            for _ in range(20):
                all_of_them()
            gc.collect()
            # One block for each frame would be thousands.
            assert sys.getallocatedblocks() - before < 200, pair.name
    """
    told(run, built, code=code % (str(GENERATED / PACKAGE), str(GOLDEN)))


def test_without_memory_frames_are_handed_on(built: Path, run: Run) -> None:
    """Not to Python here, where other code in C may not survive it."""
    code = """
        import importlib, sys
        try:
            import _testcapi
        except ImportError:
            sys.exit()
        import openai_realtime as package

        table = package.SERVER_EVENTS
        frame = ('{"type":"session.created","event_id":"e","new":[1,2.5,"\\u00e9"],'
                 '"session":{"voice":"alloy","modalities":["text"],"tools":[{"name":"f",'
                 '"type":"function","parameters":{"a":1}}],"temperature":0.8}}')
        expected = table.decode(frame)
        name = "openai_realtime._runtime._accelerator"
        decode = importlib.import_module(name)._STATE.codec.decoder(table.name, bool)
        found = []
        for nth in range(1, 100):
            for last in (nth + 1, 0):
                _testcapi.set_nomemory(nth, last)
                try:
                    event = decode(frame)
                except MemoryError:
                    event = True
                finally:
                    _testcapi.remove_mem_hooks()
                assert event is True or event == expected, nth
                found.append(event is True)
        assert any(found) and not all(found)
    """
    told(run, built, code=code)


def test_each_interpreter_has_its_own(built: Path, run: Run) -> None:
    code = f"""
        import sys
        try:
            import _xxsubinterpreters as interpreters
        except ImportError:
            try:
                import _interpreters as interpreters
            except ImportError:
                sys.exit()
        code = '''
        import sys
        sys.path[:0] = {[str(built), str(GENERATED)]!r}
        import openai_realtime as package
        frame = '{{"type":"input_audio_buffer.cleared","event_id":"e"}}'
        for _ in range(100):
            assert package.SERVER_EVENTS.decode(frame).event_id == "e"
        assert package.__codec__.startswith("native"), package.__codec__
        '''
        import textwrap
        code = textwrap.dedent(code)
        exec(code)
        for isolated in (False, True) * 2:
            kind = "isolated" if isolated else "legacy"
            made = interpreters.create(isolated=isolated) \\
                if sys.version_info < (3, 13) else interpreters.create(kind)
            failed = interpreters.run_string(made, code)
            assert failed is None, failed
            interpreters.destroy(made)
        exec(code)
    """
    told(run, built, code=code)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("raise ImportError('no such file')", "ImportError: no such file"),
        ("raise OSError('damaged')", "OSError: damaged"),
        (
            "import wirewright_native._codec",
            "ModuleNotFoundError: No module named 'wirewright_native._codec'",
        ),
        ("", "AttributeError: "),
        (
            "__version__, TABLES = '9.0', {9}",
            "wirewright-native 9.0 reads no tables of version 4",
        ),
        (
            "__version__, TABLES = '1.0', {4}\n"
            "def Codec(*given):\n"
            "    raise ValueError(1)",
            "ValueError: 1",
        ),
        (
            "__version__, TABLES = '1.0', {4}\n"
            "class Codec:\n"
            "    def __init__(self, *given): pass\n"
            "    def keeping(self, model): return None\n"
            "    def writing(self, to_json): return to_json\n"
            "    def decoder(self, name, python): raise KeyError(name)",
            "KeyError: 'SERVER_EVENTS'",
        ),
    ],
)
def test_one_that_is_broken_leaves_it_to_python(
    content: str, why: str, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "wirewright_native.py").write_text(content)
    said = told(run, tmp_path)
    assert said.startswith(SAID)
    assert said.removeprefix(SAID).startswith(f"python ({why}")


def test_one_that_is_not_installed_is_not_missed(tmp_path: Path, run: Run) -> None:
    (tmp_path / "wirewright_native.py").write_text(
        "raise ModuleNotFoundError('No module', name='wirewright_native')"
    )
    assert told(run, tmp_path) == f"{SAID}python (wirewright-native is not installed)\n"


def test_one_that_is_switched_off(built: Path, run: Run) -> None:
    said = told(run, built, WIREWRIGHT_NATIVE="0")
    assert said == f"{SAID}python (WIREWRIGHT_NATIVE is 0)\n"
