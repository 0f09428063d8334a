"""A repository with a package, and the next version of its document."""

import subprocess
from pathlib import Path

from codegen import cli

OLD = """\
openapi: 3.1.0
info: {title: Orders, version: "1"}
paths:
  /orders:
    post:
      operationId: place
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
      responses: {'204': {description: Placed.}}
components:
  schemas:
    Order:
      type: object
      properties:
        lines: {type: array, items: {$ref: '#/components/schemas/OrderLine'}}
        note: {type: string, maxLength: 200}
    OrderLine:
      type: object
      required: [isbn]
      properties:
        isbn: {type: string}
        gift: {type: boolean}
"""
NEW = OLD.replace("OrderLine", "LineItem").replace("200", "100")

Path("openapi.yaml").write_text(OLD, "utf-8")
Path("codegen.toml").write_text(
    '[[sdk]]\nspec = "openapi.yaml"\npackage = "my_api"\ntests = false\n', "utf-8"
)
Path("downloads").mkdir()
Path("downloads/openapi.yaml").write_text(NEW, "utf-8")
assert cli.main(["generate", "--quiet"]) == 0
for arguments in (
    ["init", "--quiet"],
    ["add", "."],
    ["-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "1"],
):
    subprocess.run(["git", *arguments], check=True)
