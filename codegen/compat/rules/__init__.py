"""The catalogue: every kind of change that the comparison knows.

A rule stands where its change is found, as `rules.MAX_LENGTH_DECREASED`; its id is that
name in small letters with hyphens. What it does to whom is not looked up here but
proved or shown by a document.
"""

from __future__ import annotations

from typing import Final

from codegen.compat.rules import (
    access,
    actions,
    constraints,
    containers,
    documentation,
    events,
    operations,
    properties,
    types,
    unions,
)
from codegen.compat.rules.access import *
from codegen.compat.rules.actions import *
from codegen.compat.rules.constraints import *
from codegen.compat.rules.containers import *
from codegen.compat.rules.documentation import *
from codegen.compat.rules.events import *
from codegen.compat.rules.operations import *
from codegen.compat.rules.properties import *
from codegen.compat.rules.rule import Rule
from codegen.compat.rules.types import *
from codegen.compat.rules.unions import *

RULES: Final = {
    rule.id: rule
    for family in (
        operations,
        access,
        actions,
        events,
        properties,
        types,
        constraints,
        containers,
        unions,
        documentation,
    )
    for rule in vars(family).values()
    if isinstance(rule, Rule)
}
"""Every rule by its id, in the order of the documentation."""
