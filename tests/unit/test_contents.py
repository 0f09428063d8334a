"""The digests of what schemas lead to."""

from __future__ import annotations

from codegen.ir import model as ir
from codegen.ir.contents import Reached, digest, wordless


def schema(description: str = "", default: ir.Json = 1, limit: float = 1) -> ir.Schema:
    notes = ir.Annotations("Title", description, default)
    inner = ir.Schema(ir.SchemaId("#/x"), ir.Location("", "/x"), annotations=notes)
    said = (ir.Minimum(limit), ir.Properties({"x": inner}))
    return ir.Schema(ir.SchemaId("#"), ir.Location("", ""), said)


def test_words_are_told_apart_from_all_else() -> None:
    plain, words = schema(), schema("Words.")
    assert digest(plain) == digest(schema()) != digest(words)
    assert wordless(plain) == wordless(words)
    others = [schema(default=1.0), schema(default=True), schema(limit=1.0), plain]
    assert len(set(map(wordless, others))) == len(others)


LEADS: dict[str, str] = {"a": "b", "b": "ac", "c": "d", "d": "", "e": "a", "f": "f"}


def digests(**otherwise: bytes) -> dict[str, bytes]:
    """The digests of small schemas, of which some say something else."""
    own = {name: name.encode() for name in LEADS} | otherwise
    reached = Reached(lambda i: own[i], lambda i: map(ir.SchemaId, LEADS[i]))
    return {name: reached.of(ir.SchemaId(name)) for name in LEADS}


def changed(**otherwise: bytes) -> set[str]:
    """Those whose digests are others."""
    before, after = digests(), digests(**otherwise)
    return {name for name in LEADS if before[name] != after[name]}


def test_what_is_behind_a_circle_counts_and_what_leads_to_it_does_not() -> None:
    assert changed(d=b"x") == {"a", "b", "c", "d", "e"}
    assert changed(a=b"x") == {"a", "b", "e"}
    assert changed(e=b"x") == {"e"}
    assert changed(f=b"x") == {"f"}


def test_where_one_begins_does_not_count() -> None:
    reached = Reached(str.encode, lambda i: map(ir.SchemaId, LEADS[i]))
    found = {name: reached.of(ir.SchemaId(name)) for name in reversed(LEADS)}
    same = Reached(str.encode, lambda i: map(ir.SchemaId, LEADS[i]))
    assert found == {name: same.of(ir.SchemaId(name)) for name in LEADS}


def test_a_long_chain_is_followed() -> None:
    last = 50_000
    reached = Reached(
        str.encode, lambda i: [ir.SchemaId(str(int(i) + 1))] if int(i) < last else []
    )
    assert reached.of(ir.SchemaId("0")) != reached.of(ir.SchemaId("1"))
