"""Random edits of documents: of anything, small or large, with whatever effect."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Final

from tests.property.exchanges import edited_around as around
from tests.property.exchanges import edited_bodies as bodies
from tests.property.exchanges import edited_parameters as parameters
from tests.property.exchanges import edited_schemas as schemas
from tests.property.exchanges.bodies import normal
from tests.property.exchanges.documents import Maker
from tests.property.exchanges.places import Impossible, holders
from tests.property.exchanges.schemas import Spec


def versions(number: int, seed: int = 1) -> tuple[Spec, Spec]:
    """The pair of a number: a document, and the same with one to four edits."""
    rng = random.Random(f"exchanges:{seed}:{number}")
    maker = Maker(rng, rng.random() < 0.5)
    old = copy.deepcopy(maker.document())
    while not _plain(old):
        old = copy.deepcopy(maker.document())
    new = copy.deepcopy(old)
    for _ in range(rng.choice([1, 1, 1, 2, 2, 3, 4])):
        edit(new, maker)
    return (new, old) if rng.random() < 0.5 else (old, new)


def edit(spec: Spec, maker: Maker) -> None:
    """One edit, wherever it can be made."""
    for _ in range(20):
        before = copy.deepcopy(spec)
        try:
            maker.rng.choice(EDITS)(spec, maker)
        except Impossible:
            _restore(spec, before)
            continue
        if _plain(spec):
            return
        _restore(spec, before)


def _restore(spec: Spec, before: Spec) -> None:
    spec.clear()
    spec.update(before)


def _plain(spec: Spec) -> bool:
    """Whether no body is told twice for one media type."""
    contents = [list(one["content"]) for one in holders(spec)]
    return all(len({*map(normal, told)}) == len(told) for told in contents)


EDITS: Final[tuple[Callable[[Spec, Maker], None], ...]] = (
    parameters.parameter_added,
    parameters.parameter_removed,
    parameters.parameter_required,
    parameters.parameter_moved,
    parameters.parameter_remade,
    parameters.parameter_remade,
    parameters.parameter_rewritten,
    parameters.parameter_rewritten,
    parameters.parameter_by_content,
    parameters.parameter_of_path_item,
    parameters.parameter_shared,
    parameters.parameter_renamed,
    parameters.parameter_in_another_case,
    parameters.parameter_of_the_path_undescribed,
    parameters.parameter_overridden,
    bodies.body_emptied,
    bodies.schema_toggled,
    bodies.header_of_a_part,
    bodies.status_respelled,
    parameters.parameter_deprecated,
    bodies.body_toggled,
    bodies.body_required,
    bodies.media_added,
    bodies.media_removed,
    bodies.media_renamed,
    bodies.media_renamed,
    bodies.encoding_changed,
    bodies.encoding_changed,
    bodies.response_added,
    bodies.response_removed,
    bodies.response_renamed,
    bodies.response_body_toggled,
    bodies.header_changed,
    bodies.header_changed,
    bodies.response_shared,
    schemas.flat_remade,
    schemas.flat_remade,
    schemas.flat_remade,
    schemas.enum_changed,
    schemas.listed,
    schemas.listed,
    schemas.member_changed,
    schemas.member_changed,
    schemas.required_changed,
    schemas.required_changed,
    schemas.closed,
    schemas.sided,
    schemas.sided,
    schemas.wrapped,
    schemas.branched,
    schemas.nulled,
    schemas.named,
    schemas.named,
    around.security_changed,
    around.security_changed,
    around.scheme_changed,
    around.servers_changed,
    around.variable_changed,
    around.base_moved,
    around.operation_added,
    around.operation_removed,
    around.words,
)
"""Some twice, which are likelier so."""
