"""Edits of schemas whose effect is known beforehand, and rewrites that have none.

`python -m tests.property.mutations 10000` judges that many edits of the corpus and
prints what was judged otherwise.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from codegen.compat import Comparison, Verdict, compare
from codegen.diagnostics import Report
from codegen.frontend import Options, load
from codegen.ir import model as ir
from codegen.ir.walk import closure, find
from tests.corpus_paths import OPENAI

Effect = tuple[str, str]
"""What an edit does: client to server, server to client. `B` harm, `S` none."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A schema before and after, and what the edit does."""

    kind: str
    new: ir.Schema
    effect: Effect


Editor = Callable[[ir.Schema, random.Random], Edit | None]


def _with(schema: ir.Schema, *more: ir.Assertion) -> ir.Schema:
    """The schema with assertions put in place of those of the same kind."""
    kinds = tuple(type(assertion) for assertion in more)
    kept = [a for a in schema.assertions if not isinstance(a, kinds)]
    return replace(schema, assertions=(*kept, *more))


def _sub(schema: ir.Schema, token: str, *assertions: ir.Assertion) -> ir.Schema:
    return ir.Schema(
        ir.SchemaId(f"{schema.id}/{token}"), schema.location.child(token), assertions
    )


def _types(schema: ir.Schema) -> tuple[str, ...]:
    found = find(schema, ir.Type)
    return found.types if found else ()


def _plain(schema: ir.Schema, kind: str) -> bool:
    """A schema that says nothing but its type."""
    return schema.assertions == (ir.Type((kind,)),)


# --- edits -------------------------------------------------------------------------


def _object(schema: ir.Schema) -> tuple[ir.Properties, set[str], bool] | None:
    properties = find(schema, ir.Properties)
    if _types(schema) != ("object",) or properties is None or not properties.schemas:
        return None
    required = find(schema, ir.Required)
    extra = find(schema, ir.AdditionalProperties)
    if extra is not None and extra.schema.assertions not in ((), (ir.Never(),)):
        return None
    closed = extra is not None and bool(extra.schema.assertions)
    return properties, set(required.names if required else ()), closed


def _rebuilt(
    schema: ir.Schema, properties: dict[str, ir.Schema], required: set[str]
) -> ir.Schema:
    more: list[ir.Assertion] = [ir.Properties(properties)]
    extra = find(schema, ir.AdditionalProperties)
    if extra is not None:
        more.append(replace(extra, known=tuple(properties)))
    bare = replace(
        schema,
        assertions=tuple(
            a for a in schema.assertions if not isinstance(a, ir.Required)
        ),
    )
    if required:
        more.append(ir.Required(tuple(sorted(required))))
    return _with(bare, *more)


def _fresh(schema: ir.Schema, names: set[str]) -> tuple[str, ir.Schema]:
    name = "zzz_new"
    while name in names:
        name += "_"
    return name, _sub(schema, name, ir.Type(("integer",)))


def add_optional(schema: ir.Schema, rng: random.Random) -> Edit | None:
    parts = _object(schema)
    if parts is None:
        return None
    properties, required, closed = parts
    name, inner = _fresh(schema, set(properties.schemas))
    new = _rebuilt(schema, {**properties.schemas, name: inner}, required)
    return Edit("add-optional", new, ("S", "B" if closed else "S"))


def add_required(schema: ir.Schema, rng: random.Random) -> Edit | None:
    parts = _object(schema)
    if parts is None:
        return None
    properties, required, closed = parts
    name, inner = _fresh(schema, set(properties.schemas))
    new = _rebuilt(schema, {**properties.schemas, name: inner}, required | {name})
    return Edit("add-required", new, ("B", "B" if closed else "S"))


def remove_optional(schema: ir.Schema, rng: random.Random) -> Edit | None:
    parts = _object(schema)
    if parts is None:
        return None
    properties, required, closed = parts
    names = [n for n in properties.schemas if n not in required]
    if not names or len(properties.schemas) < 2:
        return None
    name = rng.choice(names)
    rest = {n: s for n, s in properties.schemas.items() if n != name}
    return Edit(
        "remove-optional",
        _rebuilt(schema, rest, required),
        ("B" if closed else "S", "S"),
    )


def remove_required(schema: ir.Schema, rng: random.Random) -> Edit | None:
    parts = _object(schema)
    if parts is None:
        return None
    properties, required, closed = parts
    names = [n for n in properties.schemas if n in required]
    if not names or len(properties.schemas) < 2:
        return None
    name = rng.choice(names)
    rest = {n: s for n, s in properties.schemas.items() if n != name}
    new = _rebuilt(schema, rest, required - {name})
    return Edit("remove-required", new, ("B" if closed else "S", "B"))


def require(schema: ir.Schema, rng: random.Random) -> Edit | None:
    parts = _object(schema)
    if parts is None:
        return None
    properties, required, _ = parts
    names = [n for n in properties.schemas if n not in required]
    if not names:
        return None
    name = rng.choice(names)
    new = _rebuilt(schema, dict(properties.schemas), required | {name})
    return Edit("require", new, ("B", "S"))


def unrequire(schema: ir.Schema, rng: random.Random) -> Edit | None:
    parts = _object(schema)
    if parts is None:
        return None
    properties, required, _ = parts
    names = sorted(required & set(properties.schemas))
    if not names:
        return None
    new = _rebuilt(schema, dict(properties.schemas), required - {rng.choice(names)})
    return Edit("unrequire", new, ("S", "B"))


def close(schema: ir.Schema, rng: random.Random) -> Edit | None:
    parts = _object(schema)
    if parts is None or parts[2]:
        return None
    never = _sub(schema, "additionalProperties", ir.Never())
    new = _with(schema, ir.AdditionalProperties(never, tuple(parts[0].schemas)))
    # A name that is required without being declared is forbidden from now on.
    hidden = parts[1] - set(parts[0].schemas)
    return Edit("close", new, ("B" if hidden else "S", "S"))


def drop_value(schema: ir.Schema, rng: random.Random) -> Edit | None:
    found = find(schema, ir.Enum)
    if found is None or len(found.values) < 2 or len(set(map(repr, found.values))) < 2:
        return None
    index = rng.randrange(len(found.values))
    rest = tuple(v for i, v in enumerate(found.values) if i != index)
    if found.values[index] in rest or not _typed(schema, found.values[index]):
        return None
    return Edit("drop-value", _with(schema, ir.Enum(rest)), ("B", "S"))


def _typed(schema: ir.Schema, value: ir.Json) -> bool:
    return isinstance(value, str) and _types(schema) in ((), ("string",))


def add_value(schema: ir.Schema, rng: random.Random) -> Edit | None:
    found = find(schema, ir.Enum)
    if found is None or _types(schema) not in ((), ("string",)):
        return None
    if not all(isinstance(value, str) for value in found.values):
        return None
    new = _with(schema, ir.Enum((*found.values, "zzz-new")))
    return Edit("add-value", new, ("S", "B"))


def open_values(schema: ir.Schema, rng: random.Random) -> Edit | None:
    found = find(schema, ir.Enum)
    if found is None or _types(schema) != ("string",):
        return None
    rest = tuple(a for a in schema.assertions if not isinstance(a, ir.Enum))
    return Edit("open-values", replace(schema, assertions=rest), ("S", "B"))


def _free_array(schema: ir.Schema) -> bool:
    """An array of something, of any length."""
    counted = (ir.MinItems, ir.MaxItems, ir.UniqueItems)
    return (
        _types(schema) == ("array",)
        and find(schema, ir.Items) is not None
        and not any(isinstance(a, counted) for a in schema.assertions)
    )


def constrain(schema: ir.Schema, rng: random.Random) -> Edit | None:
    choices: list[ir.Assertion] = []
    if _plain(schema, "string"):
        choices = [
            ir.MaxLength(rng.choice((0, 1, 7, 40))),
            ir.MinLength(rng.choice((1, 2, 9))),
            ir.Enum(("a", "b")),
            ir.Pattern(rng.choice(("^z+$", "^[a-f0-9]{4}$", "x.*y", "^.$"))),
            ir.Not(_sub(schema, "not", ir.Enum(("root",)))),
        ]
    elif _plain(schema, "integer") or _plain(schema, "number"):
        choices = [
            ir.Minimum(rng.choice((0, 1, -5)), rng.random() < 0.5),
            ir.Maximum(rng.choice((0, 10, 1.5)), rng.random() < 0.5),
            ir.MultipleOf(rng.choice((2, 5, 10))),
        ]
    elif _free_array(schema):
        choices = [ir.MinItems(1), ir.MinItems(3), ir.MaxItems(0)]
        choices += [ir.MaxItems(2), ir.UniqueItems()]
    if not choices:
        return None
    more = rng.choice(choices)
    return Edit(f"add-{type(more).__name__}", _with(schema, more), ("B", "S"))


def retype(schema: ir.Schema, rng: random.Random) -> Edit | None:
    for old, other in (("string", "integer"), ("boolean", "string")):
        if _plain(schema, old):
            new = replace(schema, assertions=(ir.Type((other,)),))
            return Edit("retype", new, ("B", "B"))
    return None


def integers_only(schema: ir.Schema, rng: random.Random) -> Edit | None:
    if not _plain(schema, "number"):
        return None
    new = replace(schema, assertions=(ir.Type(("integer",)),))
    return Edit("integers-only", new, ("B", "S"))


def allow_null(schema: ir.Schema, rng: random.Random) -> Edit | None:
    types = _types(schema)
    if not types or "null" in types or find(schema, ir.Enum) is not None:
        return None
    if len(schema.assertions) > 1 and types != ("object",):
        return None
    if any(isinstance(a, (ir.AllOf, ir.AnyOf, ir.OneOf)) for a in schema.assertions):
        return None
    return Edit("allow-null", _with(schema, ir.Type(("null", *types))), ("S", "B"))


def more_types(schema: ir.Schema, rng: random.Random) -> Edit | None:
    if not _plain(schema, "string"):
        return None
    new = replace(schema, assertions=(ir.Type(("boolean", "string")),))
    return Edit("more-types", new, ("S", "B"))


def wrap(schema: ir.Schema, rng: random.Random) -> Edit | None:
    inner = replace(schema, id=ir.SchemaId(f"{schema.id}/inner"))
    word = rng.choice(("all", "any", "one", "twice"))
    assertion: ir.Assertion
    match word:
        case "all":
            assertion = ir.AllOf((inner,))
        case "any":
            assertion = ir.AnyOf((inner,))
        case "one":
            assertion = ir.OneOf((inner,))
        case _:
            other = replace(schema, id=ir.SchemaId(f"{schema.id}/other"))
            assertion = ir.AllOf((inner, other))
    new = replace(schema, assertions=(assertion,))
    return Edit(f"wrap-{word}", new, ("=", "="))


def respell(schema: ir.Schema, rng: random.Random) -> Edit | None:
    """Another spelling of the same meaning."""
    types = _types(schema)
    enum = find(schema, ir.Enum)
    if enum is not None:
        new = _with(schema, ir.Enum(tuple(reversed(enum.values))))
        return Edit("respell-enum", new, ("=", "="))
    if len(types) == 2 and "null" in types and len(schema.assertions) <= 2:
        rest = tuple(t for t in types if t != "null")
        one = replace(_with(schema, ir.Type(rest)), id=ir.SchemaId(f"{schema.id}/0"))
        other = _sub(schema, "1", ir.Type(("null",)))
        kind = rng.choice((ir.AnyOf, ir.OneOf))
        return Edit(
            "respell-null",
            replace(schema, assertions=(kind((other, one)),)),
            ("=", "="),
        )
    if types == ("boolean",) and len(schema.assertions) == 1:
        new = replace(schema, assertions=(ir.Enum((True, False)),))
        return Edit("respell-boolean", new, ("=", "="))
    parts = _object(schema)
    if parts is not None and not parts[2] and not _others(schema):
        first = _sub(schema, "a", ir.Type(("object",)), ir.Properties(parts[0].schemas))
        second = _sub(schema, "b", ir.Required(tuple(sorted(parts[1]))))
        new = replace(schema, assertions=(ir.AllOf((second, first)),))
        return Edit("respell-object", new, ("=", "="))
    return None


def _others(schema: ir.Schema) -> bool:
    known = (ir.Type, ir.Properties, ir.Required, ir.AdditionalProperties)
    return any(not isinstance(a, known) for a in schema.assertions)


EDITORS: tuple[Editor, ...] = (
    add_optional,
    add_required,
    remove_optional,
    remove_required,
    require,
    unrequire,
    close,
    drop_value,
    add_value,
    open_values,
    constrain,
    retype,
    integers_only,
    allow_null,
    more_types,
    wrap,
    respell,
)


# --- places ------------------------------------------------------------------------


def places(schema: ir.Schema) -> Iterator[tuple[tuple[str, ...], ir.Schema]]:
    """Subschemas whose documents can be written and that nothing else judges."""
    yield from _places((), schema)


def _places(
    path: tuple[str, ...], schema: ir.Schema
) -> Iterator[tuple[tuple[str, ...], ir.Schema]]:
    combined = (ir.AllOf, ir.AnyOf, ir.OneOf, ir.Not, ir.IfThenElse, ir.Ref, ir.Never)
    if any(isinstance(a, combined) for a in schema.assertions):
        return
    yield path, schema
    for assertion in schema.assertions:
        match assertion:
            case ir.Properties(schemas):
                for name, inner in schemas.items():
                    yield from _places((*path, f".{name}"), inner)
            case ir.Items(schema=inner):
                if find(schema, ir.MaxItems) is None:
                    yield from _places((*path, "[]"), inner)
            case _:
                pass


def put(schema: ir.Schema, path: tuple[str, ...], new: ir.Schema) -> ir.Schema:
    """A schema with another one at a place."""
    if not path:
        return new
    token, rest = path[0], path[1:]
    assertions: list[ir.Assertion] = []
    for assertion in schema.assertions:
        match assertion:
            case ir.Properties(schemas) if token.startswith("."):
                inner = put(schemas[token[1:]], rest, new)
                assertions.append(ir.Properties({**schemas, token[1:]: inner}))
            case ir.Items(schema=inner, start=start) if token == "[]":
                assertions.append(ir.Items(put(inner, rest, new), start))
            case _:
                assertions.append(assertion)
    return replace(schema, assertions=tuple(assertions))


def part(module: ir.Module, name: str) -> ir.Module:
    """Only one named schema and what it refers to; nobody says who sends it."""
    wanted = closure(module, [module.names[name]])
    return replace(
        module,
        schemas={target: module.schemas[target] for target in wanted},
        names={"Thing": module.names[name]},
        inline={},
        calls=(),
        messages=(),
        session_rules=(),
    )


def edited(
    module: ir.Module, name: str, rng: random.Random
) -> tuple[ir.Module, ir.Module, Edit] | None:
    """A small module around one schema, and the same after a random edit."""
    old = part(module, name)
    target = old.names["Thing"]
    every = list(places(old.schemas[target]))
    if not every:
        return None
    for _ in range(20):
        path, schema = rng.choice(every)
        edit = rng.choice(EDITORS)(schema, rng)
        if edit is not None:
            changed = put(old.schemas[target], path, edit.new)
            new = replace(old, schemas={**old.schemas, target: changed})
            return old, new, edit
    return None


def mistake(comparison: Comparison, edit: Edit) -> str:
    """What is wrong with a comparison's verdicts; empty for nothing, `unknown` where
    it does not say."""
    if comparison.contradictions:
        return "contradiction"
    verdicts = list(comparison.directions.values())
    if Verdict.UNKNOWN in verdicts:
        return "unknown"
    if edit.effect == ("=", "="):
        return "" if not comparison.findings else "a finding for the same meaning"
    for verdict, wanted in zip(verdicts, edit.effect, strict=True):
        harm = verdict in (Verdict.BREAKING, Verdict.RISKY)
        if harm != (wanted == "B"):
            return f"{edit.effect} judged {[v.value for v in verdicts]}"
    return ""


def main(count: int, seed: int) -> None:
    """Judge that many edits and say what came out."""
    rng = random.Random(seed)
    modules = [
        load(path, Options(), Report()).module for path in sorted(OPENAI.glob("*.yaml"))
    ]
    names = [(m, n) for m in modules for n in m.names if len(n) < 80]
    outcomes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    start = time.perf_counter()
    while sum(outcomes.values()) < count:
        module, name = rng.choice(names)
        found = edited(module, name, rng)
        if found is None:
            continue
        old, new, edit = found
        result = mistake(compare(old, new), edit)
        kinds[edit.kind] += 1
        outcomes[result.split(" ")[0] or "right"] += 1
        if result:
            print(f"{module.files[0].path} {name} {edit.kind}: {result}")
    print(f"{count} edits in {time.perf_counter() - start:.0f} s: {dict(outcomes)}")
    print(dict(kinds))


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 1,
    )
