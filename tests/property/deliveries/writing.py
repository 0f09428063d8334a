"""Writes facts down as a document of AsyncAPI 2.6 or 3.0, in one of many ways."""

from __future__ import annotations

import random
from typing import Any, Final

from tests.property.deliveries.facts import KINDS, Facts

Spec = dict[str, Any]

_OTHER: Final[Spec] = {
    "contentType": "application/xml",
    "correlationId": {"location": "$message.header#/other"},
    "security": [],
}
"""What stands where it is overridden."""


def written(facts: Facts, rng: random.Random, version: int) -> Spec:
    """A document that says these facts."""
    return Writer(facts, rng, version).document()


class Writer:
    """Writes one document; `components` collects what references lead to."""

    def __init__(self, facts: Facts, rng: random.Random, version: int) -> None:
        self.facts = facts
        self.rng = rng
        self.version = version
        self.components: Spec = {}
        self._messages: dict[tuple[str, str], Spec] = {}

    def document(self) -> Spec:
        facts = self.facts
        for name, scheme in facts["schemes"].items():
            self._keep(
                "securitySchemes", name, self._scheme(scheme, scheme.get("scopes"))
            )
        servers = {k: self._server(k, one) for k, one in facts["servers"].items()}
        found: Spec = {
            "asyncapi": {2: "2.6.0", 3: "3.0.0"}[self.version],
            "info": {"title": "Deliveries", "version": "1.0.0"},
            "defaultContentType": facts["default"],
            "servers": servers,
            "channels": {},
        }
        if self.version == 3:
            found["operations"] = {}
            for key, channel in facts["channels"].items():
                found["channels"][key] = self._channel_3(key, channel)
            for key, action in facts["actions"].items():
                found["operations"][key] = self._action_3(key, action)
        else:
            for key, channel in facts["channels"].items():
                found["channels"][channel["address"]] = self._channel_2(key, channel)
        return {**found, "components": self.components}

    # --- references --------------------------------------------------------------

    def _keep(self, kind: str, name: str, value: Spec) -> Spec:
        """Keep a value among the components; a reference to it."""
        self.components.setdefault(kind, {})[name] = value
        return {"$ref": f"#/components/{kind}/{name}"}

    def _maybe(self, kind: str, name: str, value: Spec) -> Spec:
        """A value, or a reference to it."""
        return self._keep(kind, name, value) if self.rng.random() < 0.3 else value

    # --- servers and security ----------------------------------------------------

    def _scheme(self, scheme: Spec, scopes: list[str] | None) -> Spec:
        if scheme["type"] != "oauth2":
            return scheme
        key = "availableScopes" if self.version == 3 else "scopes"
        flow = {"tokenUrl": "https://example.com/token", key: {"read": "", "write": ""}}
        found = {"type": "oauth2", "flows": {"clientCredentials": flow}}
        return {**found, "scopes": scopes} if self.version == 3 else found

    def _security(self, ways: list[Spec]) -> list[Spec]:
        if self.version == 2:
            return [{way["scheme"]: way["scopes"]} for way in ways]
        return [self._needed(way) for way in ways]

    def _needed(self, way: Spec) -> Spec:
        """A scheme of AsyncAPI 3, which says itself which scopes are needed."""
        scheme = self.facts["schemes"][way["scheme"]]
        if scheme["type"] != "oauth2":
            return {"$ref": f"#/components/securitySchemes/{way['scheme']}"}
        name = "-".join([way["scheme"], *way["scopes"]])
        return self._keep("securitySchemes", name, self._scheme(scheme, way["scopes"]))

    def _server(self, name: str, server: Spec) -> Spec:
        found: Spec = {"protocol": server["protocol"]}
        path = server["pathname"]
        if self.version == 2:
            found["url"] = f"{server['host']}{path}"
        else:
            found |= {"host": server["host"], **({"pathname": path} if path else {})}
        if server["variables"]:
            variables = {
                key: self._maybe(
                    "serverVariables", f"{name}-{key}", self._texts(values)
                )
                for key, values in server["variables"].items()
            }
            found["variables"] = variables
        if server["ways"]:
            found["security"] = self._security(server["ways"])
        return self._maybe("servers", name, found)

    def _texts(self, values: list[str] | None) -> Spec:
        return {} if values is None else {"enum": values}

    # --- channels ----------------------------------------------------------------

    def _around(self, key: str, channel: Spec) -> Spec:
        """What both versions say of a channel."""
        found: Spec = {}
        for name, one in channel["parameters"].items():
            text = self._texts(one["values"])
            if self.version == 2:
                text = {"schema": {"type": "string", **text}}
            if one["location"] is not None:
                text["location"] = one["location"]
            kept = self._maybe("parameters", f"{key}-{name}", text)
            found.setdefault("parameters", {})[name] = kept
        every = sorted(self.facts["servers"])
        on = channel["on"]
        if on is not None or self.rng.random() < 0.5:
            listed = self.rng.choice(([], every)) if on is None else on
            found["servers"] = [
                {"$ref": f"#/servers/{name}"} if self.version == 3 else name
                for name in listed
            ]
        return found

    def _channel_3(self, key: str, channel: Spec) -> Spec:
        messages = {kind: self._message(key, kind) for kind in KINDS}
        found = {"address": channel["address"], "messages": messages}
        return self._maybe("channels", key, {**found, **self._around(key, channel)})

    def _channel_2(self, key: str, channel: Spec) -> Spec:
        found = self._around(key, channel)
        for name, action in self.facts["actions"].items():
            if action["channel"] == key:
                messages = [self._message(key, kind) for kind in action["messages"]]
                one = messages[0] if len(messages) == 1 else {"oneOf": messages}
                word = "publish" if action["verb"] == "receive" else "subscribe"
                said = {"operationId": name, "message": one}
                found[word] = self._with_traits(said, self._secured(action), name)
        return found

    def _action_3(self, name: str, action: Spec) -> Spec:
        there = f"#/channels/{action['channel']}"
        found: Spec = {"action": action["verb"], "channel": {"$ref": there}}
        listed = action["messages"]
        if set(listed) != set(KINDS) or self.rng.random() < 0.5:
            found["messages"] = [{"$ref": f"{there}/messages/{one}"} for one in listed]
        found = self._with_traits(found, self._secured(action), name)
        return self._maybe("operations", name, found)

    def _secured(self, action: Spec) -> Spec:
        ways = action["ways"]
        return {"security": self._security(ways)} if ways else {}

    # --- messages ----------------------------------------------------------------

    def _message(self, key: str, kind: str) -> Spec:
        """A message, the same wherever it is used."""
        if (key, kind) not in self._messages:
            self._messages[key, kind] = self._new_message(key, kind)
        return self._messages[key, kind]

    def _new_message(self, key: str, kind: str) -> Spec:
        facts, name = self.facts["channels"][key]["messages"][kind], f"{key}-{kind}"
        tag = {"type": {"const": kind}}
        payload = {"type": "object", "required": ["type"], "properties": tag}
        own: Spec = {"payload": self._maybe("schemas", name, payload)}
        if self.version == 2:
            own["name"] = kind
        said: Spec = {}
        media = facts["media"] or self.facts["default"]
        if media != self.facts["default"] or self.rng.random() < 0.3:
            said["contentType"] = media
        if facts["correlation"] is not None:
            where = {"location": facts["correlation"]}
            said["correlationId"] = self._maybe("correlationIds", name, where)
        if facts["headers"] is not None:
            said["headers"] = _object(facts["headers"])
        bindings: Spec = {}
        if facts["key"] is not None:
            bindings["kafka"] = {"key": facts["key"]}
        if facts["http"] is not None:
            bindings["http"] = {"headers": _object(facts["http"])}
        if bindings:
            said["bindings"] = bindings
        found = self._with_traits(own, said, name)
        return self._maybe("messages", name, found)

    # --- traits ------------------------------------------------------------------

    def _with_traits(self, own: Spec, said: Spec, name: str) -> Spec:
        """An object that says something itself, or by traits, or both."""
        kind = "messageTraits" if "payload" in own else "operationTraits"
        traits: list[Spec] = []
        rest = dict(said)
        for number in range(self.rng.choice((0, 0, 1, 2))):
            trait, rest = self._shared(rest)
            # What an object says itself is weaker than its traits in AsyncAPI 2.
            at = 0 if self.version == 2 else number
            traits.insert(at, self._maybe(kind, f"{name}{number}", trait))
        return {**own, **rest, **({"traits": traits} if traits else {})}

    def _shared(self, said: Spec) -> tuple[Spec, Spec]:
        """What an object says, shared between a trait and itself."""
        trait: Spec = {}
        rest: Spec = {}
        for key, value in said.items():
            match self.rng.choice(("own", "own", "trait", "both")):
                case "trait":
                    trait[key] = value
                case "both" if key == "bindings":
                    trait[key], rest[key] = _divided(value)
                case "both" if key in _OTHER and self.version == 2:
                    trait[key], rest[key] = value, _OTHER[key]
                case "both" if key in _OTHER:
                    trait[key], rest[key] = _OTHER[key], value
                case _:
                    rest[key] = value
        return trait, rest


def _divided(bindings: Spec) -> tuple[Spec, Spec]:
    """Bindings in two parts, each protocol in one or in both of them."""
    if len(bindings) > 1:
        first, *rest = bindings
        return {first: bindings[first]}, {key: bindings[key] for key in rest}
    for protocol, binding in bindings.items():
        for field, schema in binding.items():
            one = dict(list(schema.items())[:1])
            others = dict(list(schema.items())[1:])
            return {protocol: {field: one}}, {protocol: {field: others}}
    return {}, {}


def _object(members: Spec) -> Spec:
    return {
        "type": "object",
        "properties": {
            name: {"type": "string", "maxLength": most}
            for name, (most, _) in members.items()
        },
        "required": [name for name, (_, needed) in members.items() if needed],
    }
