"""Which schemas are checked where they stand, and which by a function of their own."""

from __future__ import annotations

from pathlib import Path

from codegen import frontend
from codegen import python as python_sdk
from codegen.diagnostics import Report

INLINE = """
type: object
properties:
  unit: {type: object, properties: {name: {type: string}, kind: {enum: [a, b]}}}
  either: {oneOf: [{type: string}, {type: array, items: {type: integer}}]}
"""

CHECKED_IN_PLACE = """\
def valid_Root(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "unit" in v:
        x = v["unit"]
        if x.__class__ is not dict:
            return False
        if "name" in x and x["name"].__class__ is not str:
            return False
        if "kind" in x and x["kind"] != "a" and x["kind"] != "b":
            return False
    if "either" in v:
        x = v["either"]
        if x.__class__ is not str:
            if x.__class__ is list:
                for x2 in x:
                    if x2.__class__ is not int and not integral(x2):
                        return False
            else:
                return False
    return True
"""

LEADS_BACK = """
type: object
properties:
  leaf: {type: object, properties: {inner: {$ref: "#/properties/leaf"}}}
"""

CALLED = """\
def valid_RootLeaf(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "inner" in v:
        x = v["inner"]
        if not valid_RootLeaf(x):
            return False
    return True
"""


NOTHING_ASKED = """
$defs:
  Some: {type: array, contains: true, maxContains: 3}
  None: {type: array, contains: false, minContains: 0}
  Rest: {type: array, contains: true, unevaluatedItems: {type: string}}
  Short: {type: array, prefixItems: [true, false]}
"""


BRANCHES = """
$defs:
  Some: {type: object, anyOf: [{required: [a]}, {required: [b]}]}
  One: {oneOf: [{required: [a]}, {type: string}]}
  Least: {not: {anyOf: [{required: [a]}, {required: [b]}]}}
"""

ASKED_AT_ONCE = """\
def valid_Some(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    return "a" in v or "b" in v


def valid_One(v: Any) -> bool:
    n = [v.__class__ is not dict or "a" in v, v.__class__ is str].count(True)
    return n == 1
"""

PATTERNS = """
type: object
patternProperties: {^s: {enum: [a, b]}, ^n: {type: integer, minimum: 1}}
"""

ASKED_ANEW = """\
    for k, x in v.items():
        if matches("^s", k) and x != "a" and x != "b":
            return False
        if matches("^n", k):
            x = v[k]
            if (x.__class__ is not int and not integral(x)) or x < 1:
                return False
"""


def written(folder: Path, text: str) -> dict[str, str]:
    """The modules of a package."""
    spec = folder / "spec.yaml"
    head = "$schema: https://json-schema.org/draft/2020-12/schema\n"
    spec.write_text(head + text.lstrip("\n"), encoding="utf-8")
    loaded = frontend.load(spec, frontend.Options(), Report())
    package = python_sdk.decide(loaded.module, python_sdk.Settings(package="p"))
    return {file.path: file.text for file in python_sdk.package_files(package)}


def checks(folder: Path, text: str) -> str:
    """The checks of a schema."""
    return written(folder, text)["p/_checks.py"]


def test_what_stands_in_one_place_is_checked_there(tmp_path: Path) -> None:
    found = checks(tmp_path, INLINE)
    assert CHECKED_IN_PLACE in found
    assert found.count("def ") == 1


def test_what_is_referred_to_has_a_function(tmp_path: Path) -> None:
    """Also without a name: it may lead back to itself."""
    assert CALLED in checks(tmp_path, LEADS_BACK)


def test_nothing_is_asked_of_what_may_be_anything(tmp_path: Path) -> None:
    files = written(tmp_path, NOTHING_ASKED)
    found = files["p/_checks.py"] + files["p/_codec.py"]
    assert "if True" not in found
    assert "if False" not in found
    assert "    return not len(v) > 3\n" in found
    assert "places.update(range(len(v)))\n" in found
    assert "        if len(v) > 1:\n            drift()\n" in found


def test_branches_that_ask_little_have_no_function(tmp_path: Path) -> None:
    found = checks(tmp_path, BRANCHES)
    assert ASKED_AT_ONCE in found
    assert 'return v.__class__ is not dict or "a" in v or "b" in v' in found
    assert "Variant" not in found


def test_one_pattern_says_nothing_of_values_of_another(tmp_path: Path) -> None:
    """Type checkers would take a value for what the first has asked."""
    assert ASKED_ANEW in checks(tmp_path, PATTERNS)


def test_a_function_asks_no_more_than_type_checkers_follow(tmp_path: Path) -> None:
    """What there is no room for has functions of its own, and what is inside of these
    stands in them."""
    inner = "{type: object, properties: {a: {type: string}, b: {type: integer}}}"
    names = [f"p{number}" for number in range(60)]
    found = checks(
        tmp_path,
        "type: object\nproperties:\n" + "".join(f"  {n}: {inner}\n" for n in names),
    )
    assert found.count("def ") == 2, "equal ones are written once"
    assert found.count("if not valid_Root") == 30


BESIDE_NULL = """
$defs:
  Holder:
    type: object
    properties:
      inner: {$ref: "#/$defs/InnerOrNull"}
      open: {$ref: "#/$defs/Open"}
      many: {$ref: "#/$defs/ManyOrNull"}
  Inner: {type: object, properties: {a: {type: string}}}
  InnerOrNull: {oneOf: [{$ref: "#/$defs/Inner"}, {type: "null"}]}
  ManyOrNull: {anyOf: [{$ref: "#/$defs/Many"}, {type: "null"}]}
  Many: {oneOf: [{$ref: "#/$defs/Inner"}, {type: integer}]}
  Open: {anyOf: [{type: string}, {type: string, enum: [a, b]}, {type: "null"}]}
"""

ASKED_IN_PLACE = """\
def valid_Holder(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "open" in v and v["open"].__class__ is not str and v["open"] is not None:
        return False
    if "inner" in v:
        x = v["inner"]
        if x is not None and not valid_Inner(x):
            return False
    if "many" in v:
        x = v["many"]
        if not valid_ManyOrNull(x):
            return False
    return True
"""


def test_what_names_say_of_null_and_types_is_asked_in_place(tmp_path: Path) -> None:
    """A union is asked as a whole: its branches have no function without null."""
    assert ASKED_IN_PLACE in checks(tmp_path, BESIDE_NULL)


CONTRADICTING = """
$defs:
  Both: {type: [string, array], not: {type: number}, enum: [a, 3]}
  Then: {if: {type: array}, then: {type: integer, minimum: 2}}
  Parts: {allOf: [{enum: [a]}, {enum: [b]}]}
  Never: {type: "null", enum: [1]}
  Always: {if: true, then: {type: string}, else: {type: "null"}}
  Thrice:
    allOf:
      - anyOf: [{type: integer}, {type: "null"}]
      - {type: integer, minimum: 2}
      - {type: integer, minimum: 3}
"""

TOLD_APART = """\
def valid_Both(v: Any) -> bool:
    v_1 = v
    if (v.__class__ is not str and v.__class__ is not list) or v != "a":
        return False
    return v_1.__class__ is not float and v_1.__class__ is not int


def valid_Then(v: Any) -> bool:
    v_then = v
    return v.__class__ is not list or (
        (v_then.__class__ is int or integral(v_then)) and not v_then < 2
    )


def valid_Parts(v: Any) -> bool:
    v_part1 = v
    if v != "a":
        return False
    return bool(v_part1 == "b")


def valid_Never(v: Any) -> bool:
    if v is not None:
        return False
    return False


def valid_Always(v: Any) -> bool:
    return v.__class__ is str


def valid_Thrice(v: Any) -> bool:
    v_part1 = v
    v_part2 = v
    if v.__class__ is not int and not integral(v) and v is not None:
        return False
    if v_part1.__class__ is not int and not integral(v_part1):
        return False
    if v_part1 < 2:
        return False
    return not v_part2 < 3
"""


def test_what_contradicts_itself_is_told_apart(tmp_path: Path) -> None:
    """Type checkers would call a question whose answer they know an error."""
    assert TOLD_APART in checks(tmp_path, CONTRADICTING)
