"""How clients reach a server: addresses and security. These have no direction, but for
the security of what the server calls."""

from __future__ import annotations

from typing import Final

from codegen.compat.rules.rule import Rule

SERVER_ADDED: Final = Rule(
    "server-added",
    "Servers and security",
    "S/S",
    "A server was added",
    "The others are what they were.",
    "`https://eu.example/v1` is new",
)

SERVER_REMOVED: Final = Rule(
    "server-removed",
    "Servers and security",
    "B/S",
    "A server was removed",
    "Clients that are set up for it reach nobody.",
    "`https://eu.example/v1` is gone",
)

SERVER_CHANGED: Final = Rule(
    "server-changed",
    "Servers and security",
    "B/S",
    "A server has another address",
    "Clients that are set up for the old one reach nobody.",
    "`https://a.example/v1` → `https://a.example/v2`",
    hint="configure the new address",
)

SERVER_VARIABLE_CHANGED: Final = Rule(
    "server-variable-changed",
    "Servers and security",
    "B/S",
    "A variable of a server's address changed",
    "A value that is gone leads nowhere; another default leads elsewhere.",
    "`region` can no longer be `us`",
)

SECURITY_TIGHTENED: Final = Rule(
    "security-tightened",
    "Servers and security",
    "B/S",
    "A way to get in was taken away",
    "Clients that show what sufficed before are turned away.",
    "`security: [{key: []}]` → `[{oauth: [read]}]`",
)

SECURITY_RELAXED: Final = Rule(
    "security-relaxed",
    "Servers and security",
    "S/S",
    "There are further ways to get in, or less is asked",
    "Whatever sufficed before suffices still.",
    "`security` is gone",
)

SECURITY_SCHEME_ADDED: Final = Rule(
    "security-scheme-added",
    "Servers and security",
    "-/-",
    "A security scheme was added",
    "On its own it asks nothing; where it is needed, that is reported there.",
    "`components/securitySchemes/oauth` is new",
)

SECURITY_SCHEME_REMOVED: Final = Rule(
    "security-scheme-removed",
    "Servers and security",
    "-/-",
    "A security scheme was removed",
    "Where it was needed, that is reported there.",
    "`components/securitySchemes/key` is gone",
)

SECURITY_SCHEME_CHANGED: Final = Rule(
    "security-scheme-changed",
    "Servers and security",
    "B/S",
    "Clients show who they are in another way",
    "What old clients send is not looked at.",
    "`in: header` → `in: query`",
)

TOKEN_ADDRESS_CHANGED: Final = Rule(
    "token-address-changed",
    "Servers and security",
    "D/S",
    "Tokens come from another address",
    "The old address may or may not go on; the specification does not say.",
    "`tokenUrl` has another host",
    hint="get tokens from the new address",
)

SCOPE_ADDED: Final = Rule(
    "scope-added",
    "Servers and security",
    "S/S",
    "A scope or a flow was added to a security scheme",
    "Whoever does not ask for it is not concerned.",
    "`admin` beside `read` and `write`",
)

SCOPE_REMOVED: Final = Rule(
    "scope-removed",
    "Servers and security",
    "B/S",
    "A scope or a flow was removed from a security scheme",
    "Clients that ask for it get no token.",
    "`write` is gone",
)
