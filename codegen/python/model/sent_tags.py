"""Which tags objects of a class send without being asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from codegen.ir import facts, tags
from codegen.ir import model as ir
from codegen.python.model import event_tables


def of_classes(
    module: ir.Module,
    parts: Iterable[ir.Schema],
    tables: Iterable[event_tables.Table],
) -> dict[ir.SchemaId, Mapping[str, facts.Tag]]:
    """The value of each property that is a tag wherever objects of the class are told
    from others, by class. A property with several tags in different unions has no such
    value."""
    found: dict[ir.SchemaId, dict[str, set[facts.Tag]]] = {}
    for path, branch in _tagged_branches(module, parts, tables):
        for names, tag in path:
            holder = _holder(module, branch, names[:-1])
            if holder is not None:
                by_name = found.setdefault(holder, {})
                by_name.setdefault(names[-1], set()).add(tag)
    return {
        schema_id: {n: next(iter(v)) for n, v in by_name.items() if len(v) == 1}
        for schema_id, by_name in found.items()
    }


def _holder(
    module: ir.Module, branch: ir.Schema, path: tuple[str, ...]
) -> ir.SchemaId | None:
    """The class of the inner object that holds the tag of a branch; `path` leads to it.
    None where there is no single one."""
    for name in path:
        declared = facts.properties(module, branch).get(name, ())
        if len(declared) != 1:
            return None
        branch = facts.unwrap(module, declared[0])
    return branch.id


def _tagged_branches(
    module: ir.Module,
    parts: Iterable[ir.Schema],
    tables: Iterable[event_tables.Table],
) -> Iterator[tuple[tags.Path, ir.Schema]]:
    """The tags of every branch of every union, and of every key of every table."""
    for schema in parts:
        for union in schema.assertions:
            if isinstance(union, ir.AnyOf | ir.OneOf):
                hint = schema.annotations.discriminator
                tagged = tags.among(module, union, hint)
                if tagged is not None:
                    yield from event_tables.branches_of(module, tagged)
    for table in tables:
        yield from ((entry.path, entry.branch) for entry in table.routes())
