"""What an entry of `encoding` can be about: the properties that a form may hold."""

from __future__ import annotations

from codegen.compat.normal.emission import Emission
from codegen.compat.normal.forms import Form
from codegen.compat.normal.normalise import Side, TooManyForms
from codegen.compat.versions.media import FORM, essence
from codegen.ir import operations as ops


def is_form(media: ops.Media) -> bool:
    """Whether a body is made of parts of which `encoding` may speak."""
    found = essence(media.media)
    return found in (FORM, "*/*") or found.startswith("multipart/")


def may_hold(emission: Emission, media: ops.Media, name: str) -> bool:
    """Whether a sender may write a property into a form, which may hold anything where
    it has no schema."""
    if not is_form(media):
        return False
    if media.schema is None:
        return True
    many = _objects(emission.side, media)
    return many is None or any(emission.may_write(form, name) for form in many)


def _objects(side: Side, media: ops.Media) -> tuple[Form, ...] | None:
    """The alternatives of a form; None where there are too many of them."""
    assert media.schema is not None
    try:
        return side.expand((side.module.schemas[media.schema],)).forms.get("object", ())
    except TooManyForms:
        return None
