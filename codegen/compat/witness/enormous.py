"""Documents that are not looked for, because they are too large or too exact."""

from __future__ import annotations

from codegen.compat.normal import forms
from codegen.compat.normal.forms import Form
from codegen.compat.witness.sampler import LARGEST
from codegen.compat.witness.values import MAX_TEXT
from codegen.ir.numbers import EXACT


def needed(written: tuple[Form, ...], read: Form | None) -> str:
    """Why only such a document could show that a reader does not accept what it says
    of alternatives of the writer; empty where another one may."""
    match read.facets if read else None:
        case forms.String(maximum=int(limit)) if limit >= MAX_TEXT:
            return f"a document that shows it has more than {limit} characters"
        case forms.Array(maximum=int(limit)) if limit >= LARGEST:
            return f"a document that shows it has more than {limit} items"
        case forms.Number() if written and all(map(_without_fractions, written)):
            return "a number that shows it has more digits than floating point"
        case _:
            return ""


def _without_fractions(form: Form) -> bool:
    """Whether all numbers of an alternative are so large that floating point has no
    fractions of them."""
    facets = form.facets
    if not isinstance(facets, forms.Number) or form.values is not None:
        return False
    low, high = facets.lower, facets.upper
    return (low is not None and low.limit >= EXACT) or (
        high is not None and high.limit <= -EXACT
    )
