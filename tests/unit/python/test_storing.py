"""Where decoders put what they make of a value: in its place, at once."""

from __future__ import annotations

from codegen.python.codec import storing
from codegen.python.codec.wide_integers import DRIFT
from codegen.python.emit import printer, tree
from codegen.python.emit.tree import Assign, Attribute, Call, Constant, Name, call

V, X, OUT = Name("v"), Name("x"), Name("items")
PLACE = Attribute(Name("o"), "a")
READ = tree.Subscript(V, Constant("a"))
NO_TEXT = tree.If(tree.compare(X, "is not", V), (DRIFT,))
MADE = Assign(X, call("made", X))


def text(block: tree.Block) -> str:
    return printer.statements([block])


def read(*body: tree.Statement, place: tree.Expr = PLACE) -> str:
    return text(storing.read(place, READ, X, body))


def if_there(*body: tree.Statement) -> str:
    fewer = (tree.Change(Name("n"), "-=", Constant(1)),)
    return text(
        storing.read_if_there(PLACE, READ, X, Constant(None), lacking=fewer, there=body)
    )


def test_what_stays_as_it_is_goes_there_while_it_is_read() -> None:
    assert read() == 'o.a = v["a"]\n'
    assert read(NO_TEXT) == 'o.a = x = v["a"]\nif x is not v:\n    drift()\n'
    assert if_there(NO_TEXT) == (
        'o.a = x = v["a"]\nif x is None:\n    n -= 1\nelif x is not v:\n    drift()\n'
    )


def test_what_is_made_of_it_goes_there_where_it_is_made() -> None:
    assert read(MADE) == 'o.a = made(v["a"])\n'
    assert read(tree.If(V, (MADE,))) == 'o.a = x = v["a"]\nif v:\n    o.a = made(x)\n'
    assert read(tree.If(V, (MADE,), (MADE,))) == (
        'x = v["a"]\nif v:\n    o.a = made(x)\nelse:\n    o.a = made(x)\n'
    )
    tried = tree.Try((MADE,), Name("KeyError"), (DRIFT,))
    assert read(tried) == (
        'o.a = x = v["a"]\ntry:\n    o.a = made(x)\nexcept KeyError:\n    drift()\n'
    )


def test_what_is_asked_afterwards_has_its_variable_still() -> None:
    assert read(tree.If(V, (MADE, NO_TEXT))) == (
        'o.a = x = v["a"]\nif v:\n    o.a = x = made(x)\n'
        "    if x is not v:\n        drift()\n"
    )
    # What is made twice is there at last.
    assert read(MADE, MADE) == 'x = v["a"]\nx = made(x)\no.a = made(x)\n'
    # The second may make nothing, and then the first has to be there.
    assert read(MADE, tree.If(V, (MADE,))) == (
        'x = v["a"]\nx = made(x)\nif v:\n    x = made(x)\no.a = x\n'
    )


def test_a_list_is_filled_in_its_place() -> None:
    append = Call(Attribute(OUT, "append"), (V,))
    loop = tree.For(V, X, (tree.Do(append),))
    body = (Assign(OUT, tree.Display("[]", ())), loop, Assign(X, OUT))
    assert read(tree.If(V, body, (DRIFT,))) == (
        'o.a = x = v["a"]\nif v:\n    o.a = items = []\n    for v in x:\n'
        "        items.append(v)\nelse:\n    drift()\n"
    )


def test_what_is_made_whenever_it_is_there_is_put_there_once() -> None:
    assert if_there(MADE) == (
        'if (x := v["a"]) is None:\n    n -= 1\nelse:\n    x = made(x)\no.a = x\n'
    )


def test_nothing_stands_beside_a_long_name() -> None:
    place = Attribute(Name("o"), "a" * 41)
    assert read(NO_TEXT, place=place).startswith('x = v["a"]\n')


def test_what_a_decoder_makes_last_is_returned() -> None:
    decoder = (Assign(V, call("made", V)), tree.Return(V))
    assert text(storing.returned(decoder, V)) == "return made(v)\n"
    drifting = (tree.If(X, (DRIFT, tree.Return(V))), tree.Return(V))
    assert text(storing.returned(drifting, V)) == (
        "if x:\n    return drifted(v)\nreturn v\n"
    )
