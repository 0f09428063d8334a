"""Generated classes in pydantic and FastAPI: the real packages, a real request."""

# No future import: pydantic reads annotations of classes that are local to a test.

import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import jsonschema
import pydantic
import pydantic_core
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.wire.packages import build

SPEC = """
openapi: 3.0.3
info: {title: Shop, version: "1"}
paths: {}
components:
  schemas:
    Money:
      type: object
      description: An amount in a currency.
      required: [amount]
      properties:
        amount: {type: string, pattern: '^-?\\d+\\.\\d{2}$', example: "12.50"}
        currency: {$ref: '#/components/schemas/Currency'}
        note: {type: string, nullable: true, description: Of the clerk.}
    Currency: {type: string, enum: [EUR, USD], description: "{as in ISO 4217}"}
    Coin: {type: string, maxLength: 3, allOf: [{$ref: '#/components/schemas/Currency'}]}
    Maybe: {type: object, nullable: true, properties: {size: {type: integer}}}
    Size: {type: string, nullable: true, enum: [S, M, null]}
    Bare: {}
    Never: {not: {}}
    Tree:
      type: object
      additionalProperties: false
      properties:
        price: {$ref: '#/components/schemas/Money'}
        children: {type: array, items: {$ref: '#/components/schemas/Tree'}, maxItems: 2}
        any: {$ref: '#/components/schemas/Anything'}
        free: {}
        maybe: {$ref: '#/components/schemas/Maybe'}
        size: {$ref: '#/components/schemas/Size'}
        bare: {$ref: '#/components/schemas/Bare'}
        never: {$ref: '#/components/schemas/Never'}
        coin: {$ref: '#/components/schemas/Coin'}
        pet: {$ref: '#/components/schemas/Pet'}
        inner: {type: object, nullable: true, properties: {$ref: {type: integer}}}
    Anything:
      oneOf:
        - {type: string}
        - {type: array, items: {$ref: '#/components/schemas/Anything'}}
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator:
        propertyName: kind
        mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}
    Cat:
      type: object
      required: [kind]
      properties: {kind: {type: string}, lives: {type: integer}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
"""
TREE = {
    "price": {"amount": "1.00", "currency": "EUR", "note": None, "more": 2**70},
    "children": [{}, {"children": []}],
    "any": ["a", ["b"]],
    "pet": {"kind": "cat", "lives": 9},
    "inner": {"$ref": 3},
}


def made(folder: Path, name: str, spec: str = SPEC) -> Any:
    (folder / "spec.yaml").write_text(spec, encoding="utf-8")
    return build(folder / "spec.yaml", name, folder).sdk


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return made(tmp_path_factory.mktemp("pydantic"), "pydantic_shop")


def test_an_adapter_decodes_and_encodes(sdk: Any) -> None:
    adapter = pydantic.TypeAdapter(sdk.Tree)
    for tree in (
        adapter.validate_python(TREE),
        adapter.validate_json(json.dumps(TREE)),
        adapter.validate_python(sdk.Tree.from_dict(TREE)),
    ):
        assert type(tree) is sdk.Tree
        assert tree == sdk.Tree.from_dict(TREE)
        assert tree.price.currency is sdk.Currency.EUR
        assert adapter.dump_python(tree) == TREE
        assert json.loads(adapter.dump_json(tree)) == TREE
        assert (
            adapter.dump_python(tree, exclude_none=True) == TREE
        ), "null is no absence"


def test_errors_are_pydantics_with_our_places(sdk: Any) -> None:
    class Order(pydantic.BaseModel):
        trees: list[sdk.Tree]  # type: ignore[name-defined]

    bad = {"children": [{}, {"price": {"currency": "{NOK}"}, "zz": 1}], "pet": []}
    with pytest.raises(pydantic.ValidationError) as caught:
        Order.model_validate({"trees": [{}, bad]})
    found = [(e["loc"], e["type"], e["msg"], e["input"]) for e in caught.value.errors()]
    assert found == [
        (
            ("trees", 1, "children", 1, "price", "currency"),
            "enum",
            "'{NOK}' is not one of 'EUR', 'USD'",
            "{NOK}",
        ),
        (
            ("trees", 1, "children", 1, "price"),
            "required",
            "the property 'amount' is missing",
            {"currency": "{NOK}"},
        ),
        (
            ("trees", 1, "children", 1, "zz"),
            "additionalProperties",
            "1 is a property the schema does not know",
            1,
        ),
        (
            ("trees", 1, "pet"),
            "oneOf",
            "an array of 0 items matches none of the alternatives",
            [],
        ),
    ]
    for value in (None, 5, "x", [], sdk.Currency.EUR, {"price": object()}):
        with pytest.raises(pydantic.ValidationError):
            Order(trees=[value])


def test_a_model_holds_objects_and_writes_them(sdk: Any) -> None:
    class Mine(sdk.Money):  # type: ignore[misc, name-defined]
        """A user's own class."""

        note_of_mine: str = ""

    class Order(pydantic.BaseModel):
        price: sdk.Money | None = None  # type: ignore[name-defined]
        mine: Mine
        by_name: dict[str, sdk.Money] = {}  # type: ignore[name-defined]

    order = Order(mine={"amount": "2.00"}, by_name={"a": {"amount": "1.00"}})  # type: ignore[arg-type]
    assert type(order.mine) is Mine
    assert type(order.by_name["a"]) is sdk.Money
    assert order.model_dump(mode="json") == {
        "price": None,
        "mine": {"amount": "2.00"},
        "by_name": {"a": {"amount": "1.00"}},
    }
    assert Order.model_validate_json(order.model_dump_json()) == order
    assert Order(mine=sdk.Money(amount="1.00")).mine == Mine(amount="1.00")
    assert set(Order.model_json_schema()["$defs"]) == {"Money", "Mine", "Currency"}


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_json_schema_is_that_of_the_specification(sdk: Any, mode: Any) -> None:
    schema = pydantic.TypeAdapter(sdk.Tree).json_schema(mode=mode)
    definitions = schema["$defs"]
    assert definitions["Money"] == {
        "description": "An amount in a currency.",
        "type": "object",
        "required": ["amount"],
        "properties": {
            "amount": {
                "type": "string",
                "pattern": "^-?\\d+\\.\\d{2}$",
                "examples": ["12.50"],
            },
            "currency": {"$ref": "#/$defs/Currency"},
            "note": {"type": ["null", "string"], "description": "Of the clerk."},
        },
    }
    assert definitions["Currency"]["enum"] == ["EUR", "USD"]
    assert definitions["Coin"] == {
        "type": "string",
        "maxLength": 3,
        "allOf": [{"$ref": "#/$defs/Currency"}],
    }
    assert definitions["Pet"] == {
        "oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"cat": "#/$defs/Cat", "dog": "#/$defs/Dog"},
        },
    }
    validator = jsonschema.Draft202012Validator(schema)
    no_pet = {name: value for name, value in TREE.items() if name != "pet"}
    for value, valid in [
        (no_pet, True),
        ({**no_pet, "any": ["a", [5]]}, False),
        ({"children": [{"price": {"amount": "1"}}]}, False),
        ({"zz": 1}, False),
        ({"coin": "EUR"}, True),
        ({"coin": "X"}, False),
        ({"maybe": None, "size": None}, True),
        ({"maybe": {"size": "S"}}, False),
        ({"size": "L"}, False),
        ({"bare": [1]}, True),
        ({"never": 1}, False),
        ({"inner": {"$ref": "x"}}, False),
        ({"inner": None}, True),
    ]:
        assert validator.is_valid(value) is valid, value
        assert (sdk.SCHEMAS["Tree"].violations(value) == []) is valid, value


def test_classes_of_one_name_in_two_packages(
    sdk: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    spec = SPEC.replace("An amount", "A sum")
    other = made(tmp_path_factory.mktemp("other"), "pydantic_other_shop", spec)

    class Both(pydantic.BaseModel):
        one: sdk.Money  # type: ignore[name-defined]
        two: other.Money  # type: ignore[name-defined]

    both = Both.model_validate({"one": {"amount": "1.00"}, "two": {"amount": "2.00"}})
    assert (type(both.one), type(both.two)) == (sdk.Money, other.Money)
    schema = Both.model_json_schema()
    one, two = (schema["properties"][name]["$ref"] for name in ("one", "two"))
    assert one != two
    assert len(schema["$defs"]) == 3, "what is the same in both is one"


def test_a_real_request(sdk: Any) -> None:
    app = FastAPI(separate_input_output_schemas=False)
    seen: list[Any] = []

    @app.post("/trees", response_model=sdk.Tree)
    def add(tree: sdk.Tree) -> Any:  # type: ignore[name-defined]
        seen.append(tree)
        return tree

    @app.post("/wrong", response_model=sdk.Money)
    def wrong() -> Any:
        return {"amount": 1}

    @app.post("/plain", response_model=list[sdk.Money])
    async def plain(prices: list[sdk.Money]) -> Any:  # type: ignore[name-defined]
        return [price.to_dict() for price in prices]

    client = TestClient(app, raise_server_exceptions=False)
    answer = client.post("/trees", json=TREE)
    assert (answer.status_code, answer.json()) == (200, TREE)
    assert seen == [sdk.Tree.from_dict(TREE)]
    refused = client.post("/trees", json={"children": [{"zz": 1}]})
    assert refused.status_code == 422
    (error,) = refused.json()["detail"]
    assert error["loc"] == ["body", "children", 0, "zz"]
    assert error["type"] == "additionalProperties"
    assert client.post("/wrong").status_code == 500
    assert client.post("/plain", json=[{"amount": "1.00"}]).json() == [
        {"amount": "1.00"}
    ]
    document = client.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    assert {"Tree", "Money", "Currency", "Pet", "Cat", "Dog", "Anything"} <= set(
        schemas
    )
    body = document["paths"]["/trees"]["post"]["requestBody"]["content"]
    assert body["application/json"]["schema"] == {"$ref": "#/components/schemas/Tree"}
    assert schemas["Tree"]["properties"]["children"]["items"] == {
        "$ref": "#/components/schemas/Tree"
    }


def test_a_union_that_pydantic_tells_apart(sdk: Any) -> None:
    animal = sdk.Cat | sdk.Dog
    kind = pydantic.Field(discriminator="kind")

    class Owner(pydantic.BaseModel):
        pet: Annotated[animal, kind]  # type: ignore[valid-type]

    for given in ({"kind": "dog"}, sdk.Dog(), sdk.Dog.from_dict({"kind": "dog"})):
        owner = Owner(pet=given)
        assert type(owner.pet) is sdk.Dog
        assert owner.model_dump(mode="json") == {"pet": {"kind": "dog"}}
    with pytest.raises(pydantic.ValidationError) as caught:
        Owner.model_validate({"pet": {"kind": "cat", "lives": "nine"}})
    assert caught.value.errors()[0]["loc"] == ("pet", "cat", "lives")
    with pytest.raises(pydantic.ValidationError, match="union_tag_invalid"):
        Owner.model_validate({"pet": {"kind": "cow"}})
    assert Owner.model_json_schema()["properties"]["pet"] == {
        "discriminator": {
            "mapping": {"cat": "#/$defs/Cat", "dog": "#/$defs/Dog"},
            "propertyName": "kind",
        },
        "oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}],
        "title": "Pet",
    }


def test_a_tag_that_a_class_alone_accepts_tells_branches_apart(sdk: Any) -> None:
    for union in (sdk.Pet, sdk.Cat | sdk.Dog, sdk.Dog | sdk.Cat):
        adapter = pydantic.TypeAdapter(list[union])
        pets: list[Any] = [
            {"kind": "dog"},
            {"kind": "cat"},
            {"kind": "dog", "lives": 2},
            {"kind": "cat", "more": 1},
        ]
        found = [type(pet) for pet in adapter.validate_python(pets)]
        assert found == [sdk.Dog, sdk.Cat, sdk.Dog, sdk.Cat]
    assert type(pydantic.TypeAdapter(sdk.Cat).validate_python(pets[0])) is sdk.Cat


def test_a_union_without_tags_is_what_fits_best(sdk: Any) -> None:
    class Thing(pydantic.BaseModel):
        it: sdk.Cat | sdk.Money | sdk.Dog  # type: ignore[name-defined]

    money = sdk.Money(amount="1.00", note=None)
    for given in (money, money.to_dict()):
        assert Thing.model_validate({"it": given}).it == money
    assert Thing(it={"kind": "cow"}).it == sdk.Cat(kind="cow"), "the first of equals"
    adapter = pydantic.TypeAdapter(sdk.Dog)
    with pytest.raises(pydantic.ValidationError, match="Cat is another class"):
        adapter.validate_python(sdk.Cat(kind="dog"))


def test_an_enum_of_a_model_and_of_a_class_is_one(sdk: Any) -> None:
    class Account(pydantic.BaseModel):
        currency: sdk.Currency  # type: ignore[name-defined]
        money: sdk.Money  # type: ignore[name-defined]

    account = Account.model_validate({"currency": "EUR", "money": {"amount": "1.00"}})
    assert account.currency is sdk.Currency.EUR
    with pytest.raises(pydantic.ValidationError):
        Account.model_validate({"currency": "X", "money": {"amount": "1.00"}})
    definitions = Account.model_json_schema()["$defs"]
    assert definitions.keys() == {"Currency", "Money"}
    assert definitions["Currency"] == {
        "type": "string",
        "title": "Currency",
        "enum": ["EUR", "USD"],
        "description": "{as in ISO 4217}",
    }
    app = FastAPI()

    @app.get("/money")
    def money(currency: sdk.Currency) -> sdk.Money: ...  # type: ignore[name-defined]

    schemas = app.openapi()["components"]["schemas"]
    assert schemas["Currency"] == definitions["Currency"], "also in both directions"


def test_what_has_no_json_form_has_its_place(sdk: Any) -> None:
    adapter = pydantic.TypeAdapter(sdk.Tree)
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter.validate_python({"children": [{"price": {"amount": b"1"}}]})
    (error,) = caught.value.errors()
    assert error["loc"] == ("children", 0, "price", "amount")
    assert error["msg"].startswith("bytes has no JSON form: pass base64.")


def test_objects_of_which_pydantic_knows_no_type(sdk: Any) -> None:
    tree = sdk.Tree.from_dict(TREE)

    class Holder(pydantic.BaseModel):
        data: Any

    assert pydantic_core.to_jsonable_python([tree]) == [TREE]
    assert json.loads(Holder(data={"t": tree}).model_dump_json()) == {
        "data": {"t": TREE}
    }
    app = FastAPI()

    @app.get("/holder")
    def holder() -> dict[str, Any]:
        return {"tree": tree}

    assert TestClient(app).get("/holder").json() == {"tree": TREE}
    unknown = sdk.UnknownEvent("t", {"type": "t"})
    assert json.loads(Holder(data=[unknown]).model_dump_json()) == {
        "data": [{"type": "t"}]
    }
    adapter: Any = pydantic.TypeAdapter(sdk.Money | sdk.UnknownEvent)
    assert adapter.dump_python(adapter.validate_python(unknown)) == {"type": "t"}
    assert adapter.json_schema()["anyOf"][1] == {"type": "object"}


def test_pydantic_is_imported_only_when_it_asks(sdk: Any) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(Path(sdk.__file__).parent.parent)!r})\n"
        "import pydantic_shop as shop\n"
        "shop.Money(amount='1.00').to_json(); shop.SCHEMAS['Tree'].violations({})\n"
        "print([name for name in sys.modules if 'pydantic_' in name and 'face' in name"
        " or name.startswith(('pydantic.', 'pydantic_core')) or '_json_sch' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
