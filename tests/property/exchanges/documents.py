"""Small random OpenAPI documents, of which every part may come into play."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any, Final

from tests.property.exchanges.schemas import Spec

Json = Any

TEXTS: Final = ("red", "green", "5", "true", "aa", "1.5")
NAMES: Final = ("a", "b", "c")
MEDIA: Final = (
    "application/json", "application/json", "application/x-www-form-urlencoded",
    "multipart/form-data", "text/plain", "application/vnd.a+json", "application/*",
    "*/*", "application/json; charset=utf-8", "text/plain; charset=utf-8",
)  # fmt: skip
STATUSES: Final = ("200", "201", "204", "2XX", "404", "4XX", "default", "500")
STYLES: Final = {
    "query": ("form", "form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "path": ("simple", "label", "matrix"),
    "header": ("simple",),
    "cookie": ("form",),
}
SCHEMES: Final[dict[str, Json]] = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "other": {"type": "apiKey", "in": "query", "name": "key"},
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "oauth": {
        "type": "oauth2",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "https://id.example/token",
                "scopes": {"read": "", "write": "", "admin": ""},
            }
        },
    },
}
SERVERS: Final[tuple[Json, ...]] = (
    {"url": "/"},
    {"url": "/v1"},
    {"url": "https://a.example"},
    {"url": "https://a.example/v1"},
    {"url": "https://b.example/"},
    {
        "url": "https://{region}.example/v1",
        "variables": {"region": {"default": "a", "enum": ["a", "b"]}},
    },
    {"url": "https://A.example:443/v1/"},
    {"url": "https://a.example/{base}", "variables": {"base": {"default": "v1"}}},
)


@dataclass(slots=True)
class Maker:
    """Makes parts of documents of one version of OpenAPI."""

    rng: random.Random
    old: bool

    # --- schemas -------------------------------------------------------------------

    def flat(self) -> Json:
        """A schema of values that have one text."""
        rng = self.rng
        match rng.randrange(9):
            case 0 | 1:
                return {"type": "string"}
            case 2:
                return {"type": "string", "enum": rng.sample(TEXTS, rng.randint(1, 3))}
            case 3:
                return {"type": "string", rng.choice(["minLength", "maxLength"]): 2}
            case 4 | 5:
                return {"type": "integer"}
            case 6:
                return {
                    "type": "integer",
                    rng.choice(["minimum", "maximum"]): rng.choice([0, 3]),
                }
            case 7:
                return {"type": "boolean"}
            case _:
                return {"type": "number"}

    def listed(self, items: Json | None = None) -> Json:
        """A schema of lists."""
        found = {"type": "array", "items": items or self.flat()}
        if self.rng.random() < 0.3:
            found[self.rng.choice(["minItems", "maxItems"])] = self.rng.choice([1, 2])
        return found

    def object(self, depth: int, marks: bool = True) -> Json:
        """A schema of objects."""
        rng = self.rng
        names = rng.sample(NAMES, rng.randint(1, 3))
        members = {n: self.schema(depth - 1, marks) for n in names}
        for member in members.values():
            if marks and "$ref" not in member and rng.random() < 0.12:
                member[rng.choice(["readOnly", "writeOnly"])] = True
        found: Json = {"type": "object", "properties": members}
        needed = [n for n in names if rng.random() < 0.4]
        if needed:
            found["required"] = needed
        if rng.random() < 0.3:
            found["additionalProperties"] = rng.choice(
                [False, False, True, self.flat()]
            )
        return found

    def schema(self, depth: int, marks: bool = True) -> Json:
        """Any schema, of which deeper ones are plainer."""
        rng = self.rng
        pick = rng.random()
        if depth <= 0 or pick < 0.45:
            found = self.flat()
            if rng.random() < 0.12:
                if self.old:
                    if "enum" not in found:
                        found["nullable"] = True
                elif "enum" not in found:
                    found["type"] = [found["type"], "null"]
            return found
        if pick < 0.58:
            return self.listed(self.schema(depth - 1, marks))
        if pick < 0.85:
            return self.object(depth, marks)
        if pick < 0.93:
            key = rng.choice(["anyOf", "oneOf"])
            return {key: [self.schema(depth - 1, marks) for _ in range(2)]}
        return {"allOf": [self.object(depth, marks), self.object(depth, marks)]}

    # --- parameters ----------------------------------------------------------------

    def parameter(self, where: str, name: str) -> Json:
        """A parameter at one place."""
        rng = self.rng
        found: Json = {"name": name, "in": where}
        if where == "path" or rng.random() < 0.35:
            found["required"] = True
        if rng.random() < 0.1:
            schema = self.schema(1, False) if rng.random() < 0.6 else self.flat()
            return {**found, "content": {"application/json": {"schema": schema}}}
        style = rng.choice(STYLES[where])
        if style == "deepObject":
            schema = self.object(1, False)
        elif style in ("spaceDelimited", "pipeDelimited"):
            schema = self.listed()
        elif where == "cookie":
            schema = self.flat()
        else:
            schema = rng.choice([self.flat, self.flat, self.listed, self.members])()
        found["schema"] = schema
        if rng.random() < 0.7 or style not in ("form", "simple"):
            found["style"] = style
        if style == "deepObject":
            found["explode"] = True
        elif style in ("spaceDelimited", "pipeDelimited"):
            found["explode"] = False
        elif rng.random() < 0.4:
            found["explode"] = rng.random() < 0.5
        if where == "query" and rng.random() < 0.1:
            found[rng.choice(["allowReserved", "allowEmptyValue"])] = True
        return found

    def members(self) -> Json:
        """A schema of objects of flat members."""
        found = self.object(0, False)
        for member in found["properties"].values():
            member.pop("nullable", None)
        return found

    # --- bodies --------------------------------------------------------------------

    def media(self, name: str) -> Json:
        """A media type object."""
        rng = self.rng
        if name.startswith(("multipart", "application/x-www")):
            found: Json = {"schema": self.object(2)}
            if rng.random() < 0.6:
                found["encoding"] = self.encoding(name, found["schema"])
            return found
        if name.startswith("text/plain"):
            return {"schema": self.flat()}
        if rng.random() < 0.05:
            return {}
        return {"schema": self.schema(2)}

    def encoding(self, name: str, schema: Json) -> Json:
        """How some properties of a form are written."""
        rng = self.rng
        found: Json = {}
        for one in schema["properties"]:
            pick = rng.random()
            if name.startswith("multipart"):
                types = [
                    "text/plain",
                    "application/json",
                    "text/plain, application/json",
                ]
                if pick < 0.5:
                    found[one] = {"contentType": rng.choice(types)}
                elif pick < 0.65:
                    found[one] = {"headers": {"X-Part": self.part_header()}}
            elif pick < 0.2:
                found[one] = {"contentType": "application/json"}
            elif pick < 0.6:
                found[one] = {"explode": rng.random() < 0.5}
                if rng.random() < 0.5:
                    found[one]["style"] = "form"
        return found

    def part_header(self) -> Json:
        """A header of a part of a form."""
        found: Json = {"schema": self.flat()}
        if self.rng.random() < 0.4:
            found["required"] = True
        return found

    def content(self, most: int = 2) -> Json:
        """Bodies by media type."""
        names = self.rng.sample(MEDIA, self.rng.randint(1, most))
        return {name: self.media(name) for name in names}

    def body(self) -> Json:
        """The body of a request."""
        found: Json = {"content": self.content()}
        if self.rng.random() < 0.5:
            found["required"] = True
        return found

    def header(self) -> Json:
        """A header of an answer."""
        found: Json = {"schema": self.rng.choice([self.flat, self.flat, self.listed])()}
        if self.rng.random() < 0.4:
            found["required"] = True
        if self.rng.random() < 0.15:
            found["explode"] = self.rng.random() < 0.5
        return found

    def response(self) -> Json:
        """An answer."""
        rng = self.rng
        found: Json = {"description": ""}
        if rng.random() < 0.7:
            found["content"] = self.content()
        if rng.random() < 0.35:
            names = rng.sample(["X-One", "X-Two"], rng.randint(1, 2))
            found["headers"] = {name: self.header() for name in names}
        return found

    # --- operations ----------------------------------------------------------------

    def security(self) -> Json:
        """Ways to get in."""
        rng = self.rng
        ways: list[Json] = []
        for _ in range(rng.randint(1, 2)):
            names = rng.sample(list(SCHEMES), rng.choice([1, 1, 2]))
            scopes = ["read", "write", "admin"]
            ways.append({
                n: rng.sample(scopes, rng.randint(0, 2)) if n == "oauth" else []
                for n in names
            })  # fmt: skip
        if rng.random() < 0.2:
            ways.append({})
        return ways

    def operation(self, path: str) -> Json:
        """An operation of a path."""
        rng = self.rng
        found: Json = {"responses": {}}
        parameters = [self.parameter("path", n) for n in names_in(path)]
        for _ in range(rng.choice([0, 1, 1, 2])):
            where = rng.choice(["query", "query", "query", "header", "cookie"])
            name = rng.choice(["p", "q", "X-Head" if where == "header" else "r"])
            if all((one["in"], one["name"]) != (where, name) for one in parameters):
                parameters.append(self.parameter(where, name))
        if parameters:
            found["parameters"] = parameters
        if rng.random() < 0.5:
            found["requestBody"] = self.body()
        for status in rng.sample(STATUSES, rng.randint(1, 3)):
            found["responses"][status] = self.response()
        if rng.random() < 0.15:
            found["security"] = self.security()
        if path and rng.random() < 0.08:
            inner = {"post": self.operation("")}
            found["callbacks"] = {"back": {"{$request.query.p}": inner}}
        if rng.random() < 0.06:
            found["servers"] = [rng.choice(SERVERS)]
        return found

    def document(self) -> Spec:
        """A document of one or two operations."""
        rng = self.rng
        spec: Spec = {
            "openapi": "3.0.3" if self.old else "3.1.0",
            "info": {"title": "Exchanges", "version": "1"},
            "paths": {},
            "components": {"securitySchemes": SCHEMES, "schemas": {}},
        }
        for path in rng.sample(
            ["/one", "/two/{id}", "/three/{id}/x"], rng.randint(1, 2)
        ):
            method = rng.choice(["get", "post"])
            spec["paths"][path] = {method: self.operation(path)}
        if not self.old and rng.random() < 0.25:
            spec["webhooks"] = {"told": {"post": self.operation("")}}
        if rng.random() < 0.3:
            spec["security"] = self.security()
        if rng.random() < 0.4:
            spec["servers"] = rng.sample(SERVERS, rng.randint(1, 2))
        return spec


def names_in(path: str) -> list[str]:
    """The names of the parameters of a path."""
    return [piece.partition("}")[0] for piece in path.split("{")[1:]]
