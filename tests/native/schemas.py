"""Random specifications of events, in every dialect, with all that schemas can say."""

from __future__ import annotations

import random
from typing import Any

NAMES = ("a", "b", "kind", "a b", "é", "class", "id", "type2")
FORMATS = ("date-time", "date", "time", "duration", "uuid", "decimal", "byte")
TEXTS = ("x", "y", "z", "é", "a b")


class Maker:
    """Makes schemas of one dialect out of dice."""

    def __init__(self, dialect: str, dice: random.Random) -> None:
        self._dialect = dialect
        self._dice = dice
        self._refs = "#/$defs/" if dialect == "2020-12" else "#/definitions/"
        if dialect == "openapi-3.1":
            self._refs = "#/components/schemas/"

    def specification(self) -> dict[str, Any]:
        """A document whose root, or whose `Event`, is a union of events."""
        named = {f"N{i}": self.schema(2) for i in range(4)}
        count = self._dice.randrange(2, 5)
        events = {f"E{i}": self._event(i, count) for i in range(count)}
        union = {"oneOf": [{"$ref": f"{self._refs}{name}"} for name in events]}
        if self._dialect == "openapi-3.1":
            return {
                "openapi": "3.1.0",
                "info": {"title": "T", "version": "1"},
                "paths": {},
                "components": {"schemas": {**named, **events, "Event": union}},
            }
        uri = {
            "2020-12": "https://json-schema.org/draft/2020-12/schema",
            "draft-07": "http://json-schema.org/draft-07/schema#",
            "draft-04": "http://json-schema.org/draft-04/schema#",
        }[self._dialect]
        place = self._refs.strip("#/")
        return {"$schema": uri, "title": "Event", place: {**named, **events}, **union}

    def _event(self, number: int, count: int) -> dict[str, Any]:
        made = self._object(3)
        one = ["enum", [f"event.{number}"]]
        if self._dialect != "draft-04" and self._dice.random() < 0.7:
            one = ["const", f"event.{number}"]
        if count > 2 and number < 2 and self._dice.random() < 0.3:
            # Two events share a tag, and a second one tells them apart.
            one = ["enum", ["shared"]]
            made["properties"]["second"] = {"enum": [f"s{number}"]}
            made.setdefault("required", []).append("second")
        made["properties"]["type"] = {"type": "string", one[0]: one[1]}
        made["required"] = sorted({*made.get("required", ()), "type"})
        return made

    def schema(self, depth: int) -> dict[str, Any]:
        """Any schema; objects and arrays nest so deep."""
        dice = self._dice
        makers = [self._scalar] * 4 + [self._union, self._reference]
        if depth:
            makers += [self._object, self._array, self._map, self._odd]
        found = dice.choice(makers)(depth)
        if dice.random() < 0.15 and self._dialect not in ("draft-04", "draft-07"):
            return {"anyOf": [found, {"type": "null"}]}
        return found

    def _scalar(self, depth: int) -> dict[str, Any]:
        dice = self._dice
        match dice.randrange(10):
            case 0:
                return {"type": "string"}
            case 9:
                types = dice.choice(("string", "string", ["string", "integer"]))
                return {"type": types, "format": dice.choice(FORMATS)}
            case 1:
                low = dice.randrange(3)
                return {"type": "string", "minLength": low, "maxLength": low + 2}
            case 2:
                return {
                    "type": "string",
                    "pattern": dice.choice(("^[a-z]*$", "é|x", ".")),
                }
            case 3:
                return {"type": "string", "enum": dice.sample(TEXTS, 3)}
            case 4:
                least = dice.choice((0, -5, 0.5, 2**53))
                return {"type": "integer", "minimum": least, "maximum": least + 7}
            case 5:
                step = dice.choice((1, 0.5, 3, 0.01, 0.3, 2.5))
                return {
                    "type": dice.choice(("number", "integer")),
                    "multipleOf": step,
                }
            case 6:
                return {"type": "boolean"}
            case 7:
                whole = [-3, 7, 2**40]
                lists = ([1, 2], whole, [1, None], ["x", None], [True], [1.5, "x"])
                return {"enum": dice.choice(lists)}
            case _:
                return {"type": dice.choice(("integer", "number"))}

    def _union(self, depth: int) -> dict[str, Any]:
        dice = self._dice
        match dice.randrange(8):
            case 0:
                texts = {"type": "string", "enum": dice.sample(TEXTS, 2)}
                return {"anyOf": [texts, {"type": "string"}]}
            case 1:
                return {"type": dice.sample(["string", "integer", "null", "array"], 2)}
            case 2:
                return {"oneOf": [self._scalar(0), self._scalar(0)]}
            case 3 if depth:
                branches = []
                for tag in ("p", "q"):
                    branch = self._object(depth - 1)
                    branch["properties"]["kind"] = {"enum": [tag]}
                    branch["required"] = ["kind"]
                    branches.append(branch)
                return {"oneOf": branches}
            case 4 if depth:
                # Nothing but trying tells these apart.
                word = dice.choice(("anyOf", "oneOf"))
                found = [self._object(depth - 1) for _ in range(dice.choice((2, 2, 3)))]
                return {word: [*found, *dice.choice(([], [{"type": "null"}]))]}
            case 5:
                short = {"type": "string", "maxLength": 2}
                others = [{"type": "string", "enum": ["x", "abc"]}, self._scalar(0)]
                return {dice.choice(("anyOf", "oneOf")): [short, *others]}
            case 6 if depth:
                arrays = [self._array(depth), self._array(depth)]
                return {dice.choice(("anyOf", "oneOf")): arrays}
            case _:
                return {"anyOf": [{"type": "string"}, {"type": "array"}, self._map(1)]}

    def _reference(self, depth: int) -> dict[str, Any]:
        return {"$ref": f"{self._refs}N{self._dice.randrange(4)}"}

    def _object(self, depth: int) -> dict[str, Any]:
        dice = self._dice
        names = dice.sample(NAMES, dice.randrange(1, 5))
        below = max(depth - 1, 0)
        made: dict[str, Any] = {
            "type": "object",
            "properties": {name: self.schema(below) for name in names},
        }
        if dice.random() < 0.5:
            made["required"] = dice.sample(names, dice.randrange(1, len(names) + 1))
        match dice.randrange(8):
            case 0:
                made["additionalProperties"] = False
            case 1:
                more = dice.choice((self._scalar, self.schema))
                made["additionalProperties"] = more(min(below, 1))
            case 2:
                made["minProperties"], made["maxProperties"] = 1, 5
            case _:
                pass
        return made

    def _array(self, depth: int) -> dict[str, Any]:
        dice = self._dice
        made: dict[str, Any] = {"type": "array", "items": self.schema(depth - 1)}
        if dice.random() < 0.3:
            made["uniqueItems"] = True
        if dice.random() < 0.3:
            made["minItems"], made["maxItems"] = 1, 3
        return made

    def _map(self, depth: int) -> dict[str, Any]:
        made = {"type": "object", "additionalProperties": self.schema(depth - 1)}
        return made | ({"maxProperties": 2} if self._dice.random() < 0.3 else {})

    def _odd(self, depth: int) -> dict[str, Any]:
        """What is seldom said, and mostly has no form in tables."""
        dice, plain = self._dice, self._object(depth - 1)
        below = max(depth - 1, 0)
        name = next(iter(plain["properties"]))
        match dice.randrange(9):
            case 0:
                return {"allOf": [plain, self._object(depth - 1)]}
            case 1:
                return {**plain, "not": {"required": [name, "never"]}}
            case 2 if self._dialect == "2020-12":
                pair = [self.schema(below), self.schema(0)]
                more: dict[str, Any] = dice.choice(
                    ({}, {"items": False}, {"items": self.schema(below)})
                )
                size = dice.choice(
                    ({"minItems": 2}, {}, {"minItems": 2, "maxItems": 2})
                )
                return {"type": "array", "prefixItems": pair, **size, **more}
            case 3:
                return {**plain, "patternProperties": {"^x": self._scalar(0)}}
            case 5 if self._dialect == "2020-12":
                inner = {"anyOf": [self._array(depth), {"type": "null"}]}
                found = dice.choice((self._array(depth), inner))
                return {**found, "contains": self._scalar(0)}
            case 6:
                named = {"^b": self._object(0), "a": self.schema(0)}
                of_class = {
                    "patternProperties": dict(
                        list(named.items())[: dice.choice((1, 2))]
                    )
                }
                closed = {"type": "object", "additionalProperties": False}
                others = (plain, self._map(depth), {"type": "object"}, closed)
                return {**dice.choice(others), **of_class}
            case 7 if self._dialect != "draft-04":
                return {**self._map(depth), "propertyNames": {"maxLength": 3}}
            case 4 if self._dialect in ("2020-12", "openapi-3.1", "draft-07"):
                then = {"required": [name]}
                return {**plain, "if": {"required": ["never"]}, "then": then}
            case _:
                return {"oneOf": [plain, self._object(depth - 1)]}


DIALECTS = ("2020-12", "draft-07", "draft-04", "openapi-3.1")
