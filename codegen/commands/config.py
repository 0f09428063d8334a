"""`codegen config`: what can be configured."""

from __future__ import annotations

import click

from codegen import console, options
from codegen.exits import OK


@click.command(
    cls=options.Example, example="codegen config --schema > codegen.schema.json"
)
@click.option(
    "--schema",
    is_flag=True,
    required=True,
    help="Print the schema, for example for an editor.",
)
def config(schema: bool) -> int:
    """Print the JSON Schema of the configuration.

    The configuration is codegen.toml, or [tool.codegen] in pyproject.toml.
    """
    from codegen import config as configuration

    console.say(configuration.schema(), document=True)
    return OK
