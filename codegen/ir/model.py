"""The intermediate representation: what a specification means, nothing about Python.

Every dialect (OpenAPI 3.0 to 3.2, AsyncAPI, JSON Schema drafts) is lowered into
these types with the meaning of JSON Schema 2020-12. A schema *is* a conjunction
of assertions, so `Schema` holds a tuple of small assertion types; consumers
match them exhaustively with `match` and `typing.assert_never`.

Each assertion belongs to one group, by the values that it is about. A group has two
names: a class for patterns (`case ir.OnStrings():` takes all of them at once) and a
union for annotations (`assertion: ir.StringAssertion` can be matched exhaustively).
A consumer names a group as a whole only where what it does follows from the group,
and each member where it does not, so that the type checker finds every place that a
new assertion concerns.

What lowering has already settled, so that no consumer meets it:

* `$ref`, `$anchor`, `$id` and `$dynamicRef` are all `Ref` to a schema of the
  same module. A dynamic reference depends on the path that leads to it; lowering
  makes one copy of the schema for each path that differs, so the meaning is static.
* `const` is `Enum` with one value; `nullable`, boolean `exclusiveMinimum`,
  array-valued `items`, `dependencies` and `$recursiveRef` are spelled as 2020-12.
* A boolean schema is a `Schema` with no assertions (true) or with `Never` (false).
* A discriminator decides: where a branch does not confine the property to its tags
  itself, it is made to; a base whose children name it in `allOf` is a union of them.

Everything is frozen. Recursion goes through `Ref` only, so a schema is a finite tree.

This module defines nothing. It is the one import for users of the IR, `from codegen.ir
import model as ir`, and gathers what stands in four files: `scalars` and `schemas` have
the assertions, `annotations` what asserts nothing, `module` the whole.
"""

from __future__ import annotations

from codegen.ir.annotations import MISSING as MISSING
from codegen.ir.annotations import Annotations as Annotations
from codegen.ir.annotations import Departure as Departure
from codegen.ir.annotations import Discriminator as Discriminator
from codegen.ir.annotations import EnumMember as EnumMember
from codegen.ir.basics import Direction as Direction
from codegen.ir.basics import Json as Json
from codegen.ir.basics import Location as Location
from codegen.ir.basics import SchemaId as SchemaId
from codegen.ir.calls import Call as Call
from codegen.ir.module import EventCondition as EventCondition
from codegen.ir.module import Example as Example
from codegen.ir.module import Message as Message
from codegen.ir.module import Module as Module
from codegen.ir.module import SessionRule as SessionRule
from codegen.ir.module import SourceFile as SourceFile
from codegen.ir.scalars import JSON_TYPES as JSON_TYPES
from codegen.ir.scalars import AnyValueAssertion as AnyValueAssertion
from codegen.ir.scalars import Enum as Enum
from codegen.ir.scalars import Format as Format
from codegen.ir.scalars import Maximum as Maximum
from codegen.ir.scalars import MaxLength as MaxLength
from codegen.ir.scalars import Minimum as Minimum
from codegen.ir.scalars import MinLength as MinLength
from codegen.ir.scalars import MultipleOf as MultipleOf
from codegen.ir.scalars import Never as Never
from codegen.ir.scalars import NumberAssertion as NumberAssertion
from codegen.ir.scalars import OnAnyValue as OnAnyValue
from codegen.ir.scalars import OnNumbers as OnNumbers
from codegen.ir.scalars import OnStrings as OnStrings
from codegen.ir.scalars import Pattern as Pattern
from codegen.ir.scalars import StringAssertion as StringAssertion
from codegen.ir.scalars import Type as Type
from codegen.ir.schemas import AdditionalProperties as AdditionalProperties
from codegen.ir.schemas import AllOf as AllOf
from codegen.ir.schemas import AnyOf as AnyOf
from codegen.ir.schemas import ArrayAssertion as ArrayAssertion
from codegen.ir.schemas import Assertion as Assertion
from codegen.ir.schemas import Contains as Contains
from codegen.ir.schemas import DependentRequired as DependentRequired
from codegen.ir.schemas import DependentSchemas as DependentSchemas
from codegen.ir.schemas import IfThenElse as IfThenElse
from codegen.ir.schemas import InPlace as InPlace
from codegen.ir.schemas import InPlaceApplicator as InPlaceApplicator
from codegen.ir.schemas import Items as Items
from codegen.ir.schemas import MaxItems as MaxItems
from codegen.ir.schemas import MaxProperties as MaxProperties
from codegen.ir.schemas import MinItems as MinItems
from codegen.ir.schemas import MinProperties as MinProperties
from codegen.ir.schemas import Not as Not
from codegen.ir.schemas import ObjectAssertion as ObjectAssertion
from codegen.ir.schemas import OnArrays as OnArrays
from codegen.ir.schemas import OneOf as OneOf
from codegen.ir.schemas import OnObjects as OnObjects
from codegen.ir.schemas import PatternProperties as PatternProperties
from codegen.ir.schemas import PrefixItems as PrefixItems
from codegen.ir.schemas import Properties as Properties
from codegen.ir.schemas import PropertyNames as PropertyNames
from codegen.ir.schemas import Ref as Ref
from codegen.ir.schemas import Required as Required
from codegen.ir.schemas import Schema as Schema
from codegen.ir.schemas import UnevaluatedItems as UnevaluatedItems
from codegen.ir.schemas import UnevaluatedProperties as UnevaluatedProperties
from codegen.ir.schemas import UniqueItems as UniqueItems
