"""Objects in states that nobody should bring them into: written as by Python, or an
error. None may end the process."""

from __future__ import annotations

import textwrap
from pathlib import Path

from tests.native.conftest import Run

START = """
    import openai_realtime as package

    table = package.CLIENT_EVENTS
    FRAME = '{"type":"session.update","session":{"voice":"alloy"},"new":1}'
    event = table.decode(FRAME)
"""


def told(run: Run, built: Path, code: str, **environment: str) -> list[str]:
    done = run("-c", textwrap.dedent(code), folders=(built,), **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_what_was_beside_the_fields_is_gone(built: Path, run: Run) -> None:
    code = """
    print(table.encode(event).decode())
    object.__setattr__(event, "_extra", {})
    print(table.encode(event).decode())
    for kept in (None, 5, [1]):
        event = table.decode(FRAME)
        object.__setattr__(event, "_extra", kept)
        print(event._wire)
    event = table.decode(FRAME)
    object.__delattr__(event, "_extra")
    print(table.encode(event).decode())
    """
    rest = '{"type":"session.update","session":{"voice":"alloy"}}'
    wire = "{'type': 'session.update', 'session': {'voice': 'alloy'}}"
    expected = [rest.removesuffix("}") + ',"new":1}', rest, wire, wire, wire, rest]
    assert told(run, built, START + code) == expected


def test_a_field_is_gone(built: Path, run: Run) -> None:
    code = """
    object.__delattr__(event.session, "voice")
    for ask in (lambda: event.session._wire, lambda: table.encode(event)):
        try:
            ask()
        except AttributeError as error:
            print(error)
    """
    assert told(run, built, START + code) == ["voice", "voice"]


def test_an_object_is_inside_itself(built: Path, run: Run) -> None:
    code = """
    object.__setattr__(event.session, "voice", event.session)
    for ask in (lambda: event.session._wire, lambda: table.encode(event)):
        try:
            ask()
        except (RecursionError, ValueError) as error:
            print("an error")
    """
    assert told(run, built, START + code) == ["an error", "an error"]


def test_the_order_of_one_object_is_not_given_to_another(built: Path, run: Run) -> None:
    code = """
    import gc

    other = table.decode('{"type":"input_audio_buffer.clear"}')
    for found in gc.get_referents(event):
        if type(found).__name__ == "Order":
            try:
                object.__setattr__(other, "_wire", found)
            except TypeError as error:
                print(error)
    print(table.encode(other).decode())
    """
    assert told(run, built, START + code) == [
        "this object keeps no JSON object",
        '{"type":"input_audio_buffer.clear"}',
    ]


def test_what_is_beside_the_fields_has_the_name_of_one(built: Path, run: Run) -> None:
    code = """
    object.__setattr__(event, "_extra", {"type": 1})
    print(table.encode(event).decode().count("type"))
    """
    assert told(run, built, START + code) == ["1"]


def test_a_scalar_in_place_of_an_object_that_was_kept(built: Path, run: Run) -> None:
    code = """
    table.encode(event), event._wire
    object.__setattr__(event, "session", 5)
    print(table.encode(event) == type(table).encode.__get__(table)(event))
    """
    assert told(run, built, START + code) == ["True"]


def test_a_map_changes_while_a_class_is_looked_for(built: Path, run: Run) -> None:
    """Another thread may do so: that takes Python, in which threads take turns."""
    code = """
    import importlib
    from tests.differential.packages import compile_package, module_of
    from tests.native.fuzz import pairs_in
    from tests.native.test_tables import spec_of

    of_objects = {"type": "object", "additionalProperties": {"$ref": "#/$defs/O"}}
    with compile_package(module_of(spec_of(of_objects))) as package:
        (pair,) = pairs_in(package)
        table, find = pair.table, importlib.import_module
        table.encode(table.decode('{"type":"a"}'))
        event = package.A(v={"x": package.O(a="b"), "y": package.O(a="c")})

        def clear_and_find(*names):
            event.v.clear()
            return find(*names)

        importlib.import_module = clear_and_find
        print(table.encode(event).decode())
        importlib.import_module = find
    """
    assert told(run, built, code, PYTHONMALLOC="debug") == ['{"type":"a","v":{}}']
