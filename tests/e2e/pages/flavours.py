"""A shop of another flavour than ours, what it sends, and what it is asked about."""

import json
from pathlib import Path

from codegen import cli

ORDER = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}},
}
PAID = {
    "type": "object",
    "required": ["type"],
    "properties": {"type": {"const": "paid"}},
}
LOST = {
    "type": "object",
    "required": ["type"],
    "properties": {"type": {"const": "lost"}},
}
Path("shop.json").write_text(
    json.dumps(
        {
            "$defs": {
                "Order": ORDER,
                "Paid": PAID,
                "Lost": LOST,
                "ShopServerEvent": {
                    "oneOf": [{"$ref": "#/$defs/Paid"}, {"$ref": "#/$defs/Lost"}]
                },
            }
        }
    ),
    "utf-8",
)
command = "generate shop.json --package shop --output sdk --no-tests --quiet --models"
assert cli.main([*command.split(), "typeddict"]) == 0
USER = {
    "type": "object",
    "required": ["id", "name", "password"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "name": {"type": "string"},
        "password": {"type": "string", "writeOnly": True},
    },
}
BODY = {
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}
}
Path("users.json").write_text(
    json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "Users", "version": "1"},
            "paths": {
                "/users": {
                    "post": {
                        "requestBody": BODY,
                        "responses": {"200": {"description": "Made.", **BODY}},
                    }
                }
            },
            "components": {"schemas": {"User": USER}},
        }
    ),
    "utf-8",
)
command = command.replace("shop", "users")
assert cli.main([*command.split(), "msgspec"]) == 0
frame = '{"type": "paid"}'
value = {"id": 3}
