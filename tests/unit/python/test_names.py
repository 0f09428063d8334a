"""Adding to a specification renames nothing that was there, with one exception."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.golden.names import file_names
from codegen.python import Settings, decide, heads
from codegen.python.model import identifiers
from codegen.python.model.members import members_of
from codegen.python.model.names import field_names
from codegen.styles import Style

TEXTS = st.text(
    st.sampled_from("aAbB1_-+ .$\u00e9\u00c9\u2075<"), min_size=1, max_size=4
)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:4]


def members(texts: list[str]) -> dict[str, str]:
    return {str(m.value): m.name for m in members_of((), texts)}


def fields(texts: list[str]) -> dict[str, str]:
    return {text: str(name) for text, name in field_names(texts).items()}


def snake_fields(texts: list[str]) -> dict[str, str]:
    return {text: str(n) for text, n in field_names(texts, style=SNAKE).items()}


SNAKE = Style(naming="snake_case")

NAMING: list[tuple[Callable[[list[str]], dict[str, str]], Callable[[str], str]]] = [
    (members, identifiers.constant),
    (fields, identifiers.attribute),
    (snake_fields, identifiers.snake),
    (file_names, lambda text: file_names([text])[text].casefold()),
]


@pytest.mark.parametrize(
    ("naming", "wish"), NAMING, ids=["members", "fields", "by PEP 8", "file names"]
)
@given(st.lists(TEXTS, unique=True, max_size=6), TEXTS, st.integers(0, 6))
@example(["+1"], "-1", 0)
@example(["a-b"], "a.b", 0)
@example(["a b"], "a_b", 0)
def test_adding_renames_only_what_has_the_same_name(
    naming: Callable[[list[str]], dict[str, str]],
    wish: Callable[[str], str],
    texts: list[str],
    added: str,
    index: int,
) -> None:
    if added in texts:
        return
    before = naming(texts)
    after = naming([*texts[:index], added, *texts[index:]])
    assert len(set(after.values())) == len(after)
    for text, name in before.items():
        if wish(text) != wish(added):
            assert after[text] == name
    # And whatever comes in which order.
    assert naming(sorted(after)) == after


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HTTPStatus", "http_status"),
        ("shipTo", "ship_to"),
        ("ShipTo", "ship_to"),
        ("2fa", "field_2fa"),
        ("3DModel", "field_3d_model"),
        ("_id", "id"),
        ("userIDs", "user_ids"),
        ("sha256Hash", "sha256_hash"),
        ("utf8mb4", "utf8mb4"),
        ("ISO8601Date", "iso8601_date"),
        ("class", "class_"),
        ("x-rate-limit", "x_rate_limit"),
        ("gpt-4o.mini", "gpt_4o_mini"),
        ("a__b", "a_b"),
        ("@type", "type"),
        ("+1", "plus_1"),
        ("ÄrgerLevel", "ärger_level"),
        ("ПриветМир", "привет_мир"),
        ("İstanbul", "i\u0307stanbul"),
        ("ﬁnalState", "final_state"),
        ("名前", "名前"),
        ("", "field"),
    ],
)
def test_attributes_by_pep_8(text: str, name: str) -> None:
    assert identifiers.snake(text) == name
    assert identifiers.snake(name.removeprefix("field_")) in (name, f"{name}_")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("dischargeSummary", "DISCHARGE_SUMMARY"),
        ("DischargeSummary", "DISCHARGE_SUMMARY"),
        ("discharge-summary", "DISCHARGE_SUMMARY"),
        ("DISCHARGE_SUMMARY", "DISCHARGE_SUMMARY"),
        ("DISCHARGESUMMARY", "DISCHARGESUMMARY"),
        ("HTTPStatus", "HTTP_STATUS"),
        ("X509Certificate", "X509_CERTIFICATE"),
        ("v1Beta.OrderLine", "V1_BETA_ORDER_LINE"),
        ("p2pTransfer", "P2P_TRANSFER"),
        ("userIDs", "USER_IDS"),
        ("planB", "PLAN_B"),
        ("iOS", "IOS"),
        ("kHz", "KHZ"),
        ("H264", "H264"),
        ("gpt-4o", "GPT_4O"),
        ("größeÄndern", "GRÖSSE_ÄNDERN"),
        ("ПриветМир", "ПРИВЕТ_МИР"),
    ],
)
def test_members_by_words(text: str, name: str) -> None:
    assert identifiers.constant(text) == name


def test_the_one_that_is_spelled_so_has_the_name() -> None:
    assert fields(["a-b", "a_b", "a.b"]) == {
        "a-b": f"a_b_{digest('a-b')}",
        "a_b": "a_b",
        "a.b": f"a_b_{digest('a.b')}",
    }
    assert members(["mp3", "MP3", "Mp3"]) == {
        "mp3": f"MP3_{digest('mp3')}",
        "MP3": "MP3",
        "Mp3": f"MP3_{digest('Mp3')}",
    }
    assert fields(["class", "class_"])["class"] == f"class__{digest('class')}"
    # Another text may be spelled as a name with a digest.
    other = f"a_b_{digest('a-b')}"
    longer = hashlib.sha256(b"a-b").hexdigest()[:8]
    names = fields(["a-b", "a_b", other])
    assert names == {"a-b": f"a_b_{longer}", "a_b": "a_b", other: other}


def classes(schemas: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """The names of classes by their places, of the schemas of a document."""
    spec = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    path = folder / "spec.json"
    path.write_text(json.dumps({**spec, "$defs": schemas}), "utf-8")
    report = Report()
    module = load(path, Options(), report).module
    assert not report.failed
    package = decide(module, Settings("p"))
    prefix = len("#/$defs/")
    return {
        schema.id.partition("#")[2][prefix - 1 :]: str(package.names.of(schema.id))
        for schema, _ in package.classes
    }


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties or {"x": {}}}


def test_a_named_schema_keeps_its_name(tmp_path: Path) -> None:
    before = {"user-event": obj(), "Order": obj(item=obj())}
    assert classes(before, tmp_path) == {
        "user-event": "UserEvent",
        "Order": "Order",
        "Order/properties/item": "OrderItem",
    }
    added = {"UserEvent": obj(), **before, "OrderItem": obj(), "Schema": obj()}
    place = "/$defs/Order/properties/item"
    assert classes(added, tmp_path) == {
        "UserEvent": "UserEvent",
        "user-event": f"UserEvent_{digest('user-event')}",
        "Order": "Order",
        "Order/properties/item": f"OrderItem_{digest(place)}",
        "OrderItem": "OrderItem",
        "Schema": "Schema_",
    }


def test_no_order_decides_about_names(tmp_path: Path) -> None:
    one = {"A-b": obj(), "AB": obj(), "A b": obj(), "Part": obj(list_item=obj())}
    two = {"PartList": obj(item=obj())}
    names = classes(one | two, tmp_path)
    assert names["AB"] == "AB"
    assert names["A-b"] == f"AB_{digest('A-b')}"
    assert len(set(names.values())) == len(names)
    assert classes(two | dict(reversed(one.items())), tmp_path) == names


def test_no_order_of_properties_decides_about_names(tmp_path: Path) -> None:
    properties = {key: obj() for key in ("a-b", "a_b", "AB", "+", "-", "")}
    names = classes({"P": obj(**properties)}, tmp_path)
    assert names["P/properties/AB"] == "PAB"
    for key, word in {
        "a-b": "AB",
        "a_b": "AB",
        "+": "Property",
        "-": "Property",
    }.items():
        place = f"P/properties/{key}"
        assert names[place] == f"P{word}_{digest('/$defs/' + place)}"
    other = dict(reversed(properties.items()))
    assert classes({"P": obj(**other)}, tmp_path) == names


def test_a_branch_that_is_added_renames_none(tmp_path: Path) -> None:
    a, b = obj(a={}), obj(b={})
    tagged = obj(kind={"const": "new"})
    for union in ([a, {"type": "null"}], [a, {"type": "string"}]):
        before = classes({"U": obj(u={"anyOf": union})}, tmp_path)
        for more in ([*union, b], [*union, tagged], [*union, {"type": "integer"}]):
            after = classes({"U": obj(u={"anyOf": more})}, tmp_path)
            assert before.items() <= after.items()


def test_further_branches_are_told_by_a_property(tmp_path: Path) -> None:
    def branch(*names: str, required: tuple[str, ...] = ()) -> dict[str, Any]:
        return {**obj(**{name: {} for name in names}), "required": list(required)}

    union = [branch("run"), branch("id", "from-file", required=("from-file", "name"))]
    union += [branch("wait"), branch("wait", "more")]
    before = classes({"Step": {"anyOf": union}}, tmp_path)
    assert before == {
        "Step/anyOf/0": "StepObject",
        "Step/anyOf/1": "StepWithFromFile",
        "Step/anyOf/2": "StepWithWait",
        "Step/anyOf/3": f"StepObject_{digest('/$defs/Step/anyOf/3')}",
    }
    more = [*union, branch("wait"), branch("run"), {"type": "object"}]
    after = classes({"Step": {"anyOf": more}}, tmp_path)
    assert before.items() <= after.items()
    assert after["Step/anyOf/5"] == "StepWithRun"


def test_a_tag_that_all_branches_have_tells_none(tmp_path: Path) -> None:
    def branch(**properties: Any) -> dict[str, Any]:
        tagged = obj(type={"const": "ON_END"}, **properties)
        return {**tagged, "required": ["type", *properties]}

    union = [branch(), branch(delay={}), branch()]
    assert classes({"Trigger": {"oneOf": union}}, tmp_path) == {
        "Trigger/oneOf/0": "TriggerOnEnd",
        "Trigger/oneOf/1": "TriggerOnEndWithDelay",
        "Trigger/oneOf/2": f"TriggerOnEnd_{digest('/$defs/Trigger/oneOf/2')}",
    }


def test_unions_inside_of_branches_are_told_by_these(tmp_path: Path) -> None:
    def branch(name: str) -> dict[str, Any]:
        source = {"oneOf": [obj(kind={"const": "git"}), obj(path={}), obj(url={})]}
        return obj(**{name: {}, "source": source, "at": obj()})

    first = classes({"Job": {"oneOf": [branch("run")]}}, tmp_path)
    assert first["Job/oneOf/0/properties/at"] == "JobAt"
    names = classes({"Job": {"oneOf": [branch("run"), branch("use")]}}, tmp_path)
    assert set(names.values()) == {
        *("JobObject", "JobObjectBranchAt", "JobObjectBranchSourceGit"),
        *("JobObjectBranchSourceObject", "JobObjectBranchSourceWithUrl"),
        *("JobWithUse", "JobWithUseAt", "JobWithUseSourceGit"),
        *("JobWithUseSourceObject", "JobWithUseSourceWithUrl"),
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("ON_MEDIA_END", "OnMediaEnd"), ("UTF-8-BOM", "Utf8Bom")),
        *(("HTTP", "HTTP"), ("HTTP-2", "HTTP2"), ("H264AAC", "H264AAC")),
        *(("HTTP_Error", "HTTPError"), ("\u00c4RGER_\u00d6L", "\u00c4rger\u00d6l")),
    ],
)
def test_constants_as_words_of_a_class(text: str, name: str) -> None:
    assert identifiers.pascal(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("https://example.com/schemas/2.6.0/line-item.json", "LineItem"),
        ("https://example.com/schemas/kafka/0.4.0/channel.json", "KafkaChannel"),
        ("http://example.com/draft-07/schema", "Draft07Schema"),
        ("https://example.com/shop#/definitions/Order", "Order"),
        ("https://example.com/order/1-0-0", "Order"),
        ("urn:example:shop:line.schema.yaml", "ShopLine"),
        ("https://example.com", "HttpsExampleCom"),
        ("https://example.com/v1/", "HttpsExampleComV1"),
        (
            "https://example.com/a b/\u043f\u0443\u0442\u044c",
            "AB\u041f\u0443\u0442\u044c",
        ),
        ("https://example.com/shop/class", "ShopClass"),
        ("example.com/order", "ExampleComOrder"),
    ],
)
def test_classes_of_addresses(text: str, name: str) -> None:
    assert identifiers.class_name(text) == name


def test_addresses_that_end_alike_are_told_by_digests(tmp_path: Path) -> None:
    one, other = (f"https://{host}.example/order.json" for host in "ab")
    names = classes({one: obj(), other: obj()}, tmp_path)
    assert set(names.values()) == {f"Order_{digest(text)}" for text in (one, other)}


def test_what_no_object_is_made_of_is_no_class(tmp_path: Path) -> None:
    ways = [{**obj(run={}), "required": ["run"]}, {**obj(use={}), "required": ["use"]}]
    step = {**obj(run={}, use={}), "oneOf": ways}
    steps = {"type": "array", "items": {"$ref": "#/$defs/Step"}}
    schemas = {"Step": step, "Steps": steps, "Job": obj(steps=steps)}
    assert set(classes(schemas, tmp_path)) == {"Step", "Job"}


def test_what_parts_declare_is_named_after_the_whole(tmp_path: Path) -> None:
    parts = [{"$ref": "#/$defs/Base"}, obj(body=obj(of=obj()))]
    before = {"Base": obj(), "Child": {"allOf": parts}}
    assert classes(before, tmp_path) == {
        "Base": "Base",
        "Child": "Child",
        "Child/allOf/1/properties/body": "ChildBody",
        "Child/allOf/1/properties/body/properties/of": "ChildBodyOf",
    }
    added = classes({**before, "ChildBody": obj(), "ChildBodyOf": obj()}, tmp_path)
    assert added["ChildBody"] == "ChildBody"
    assert added["Child/allOf/1/properties/body"] == "ChildPartBody"
    assert added["Child/allOf/1/properties/body/properties/of"] == "ChildPartBodyOf"
    nested = {"Child": {"allOf": [{"allOf": parts}, obj(more=obj())]}, "Base": obj()}
    assert set(classes(nested, tmp_path).values()) == {
        *("Base", "Child", "ChildBody", "ChildBodyOf", "ChildMore")
    }


def test_what_several_parts_say_of_a_property_has_its_name(tmp_path: Path) -> None:
    part = {"allOf": [obj(body=obj(b={}))]}
    names = classes({"C": {**obj(body=obj(a={})), **part}}, tmp_path)
    (joint,) = (place for place in names if "&" in place)
    assert names[joint] == "CBody"
    assert names["C/allOf/0/properties/body"] == "CPartBody"


def test_a_branch_that_adds_a_tag_to_a_schema_is_told_from_it(tmp_path: Path) -> None:
    tagged = {**obj(type={"const": "http"}), "allOf": [{"$ref": "#/$defs/ServerHttp"}]}
    headers = {"ServerHttp": obj(headers=obj())}
    names = classes({"Server": {"anyOf": [tagged, obj(x=obj())]}, **headers}, tmp_path)
    assert names["Server/anyOf/0"] == "ServerHttpBranch"
    assert names["ServerHttp/properties/headers"] == "ServerHttpHeaders"
    tagged["properties"]["of"] = obj()
    more = {"ServerHttpOf": obj(), **headers}
    names = classes({"Server": {"anyOf": [tagged, obj()]}, **more}, tmp_path)
    assert names["Server/anyOf/0/properties/of"] == "ServerHttpBranchOf"


def test_titles_name_branches_before_tags_of_unusual_names(tmp_path: Path) -> None:
    def branch(title: str, **properties: Any) -> dict[str, Any]:
        version = {"jsonrpc": {"const": "2.0"}}
        return {**obj(**version, **properties), "title": title}

    union = [branch("Request", id={}), branch("Notice"), obj(mood={"const": "good"})]
    usual = branch("Answer", kind={"const": "reply"})
    names = classes({"U": {"anyOf": [*union, usual]}}, tmp_path)
    assert set(names.values()) == {"URequest", "UNotice", "UGood", "UReply"}


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"allOf": [obj(x={})]}, "/allOf/0"),
        ({"description": "Said.", "oneOf": [obj(x={})]}, "/oneOf/0"),
        ({"type": "object", "allOf": [obj(x={})]}, "/allOf/0"),
        ({"allOf": [{"anyOf": [obj(x={})]}]}, "/allOf/0/anyOf/0"),
    ],
)
def test_what_is_nothing_but_one_part_gives_it_its_name(
    schema: dict[str, Any], place: str, tmp_path: Path
) -> None:
    user = obj(whole={"$ref": "#/$defs/Whole"})
    found = classes({"Whole": schema, "User": user}, tmp_path)
    assert found == {f"Whole{place}": "Whole", "User": "User"}


def test_what_says_more_than_its_part_keeps_its_name(tmp_path: Path) -> None:
    more = {"allOf": [obj(x={})], "minProperties": 1}
    assert classes({"More": more}, tmp_path) == {"More/allOf/0": "MorePart"}


def test_what_stands_under_conditions_is_told_by_their_values(tmp_path: Path) -> None:
    def case(kind: str, **more: Any) -> dict[str, Any]:
        asked = {"properties": {"kind": {"const": kind}}}
        return {"if": asked, "then": {"properties": {"by": obj(x={})}}, **more}

    one = {"properties": {"kind": {"type": "string"}}, **case("card")}
    many = {**one, "allOf": [case("card"), case("cash")]}
    for key in ("if", "then"):
        del many[key]
    found = classes({"One": {"type": "object", **one}, "Many": many}, tmp_path)
    assert set(found.values()) == {
        "One",
        "OneThenBy",
        "Many",
        "ManyPartThenCardBy",
        "ManyPartThenCashBy",
    }


def test_heads_end_in_one_full_stop(tmp_path: Path) -> None:
    spec = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    path = tmp_path / "spec.json"
    path.write_text(json.dumps({**spec, "title": "A schema."}), "utf-8")
    module = load(path, Options(), Report()).module
    assert heads.made_from(module) == "Generated by codegen from A schema. Do not edit."
