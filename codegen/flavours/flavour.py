"""The flavours: what datamodel-code-generator is asked for, and what each can bear."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from codegen.python.model import shapes as sh
from codegen.python.model.package import Package


def _anything(_shape: sh.Union, _package: Package) -> bool:
    return True


def _told_apart(shape: sh.Union, package: Package) -> bool:
    """Whether msgspec can have a union: of several classes it must be one tag, a text,
    that tells which, and there is one kind of lists, of objects and of texts."""
    objects = [m for m in shape.members if isinstance(m, sh.ClassShape | sh.Map)]
    lists = [m for m in shape.members if isinstance(m, sh.Array | sh.Tuple)]
    texts = [m for m in shape.members if isinstance(m, sh.EnumShape | sh.Literals)]
    aliases = [m for m in shape.members if isinstance(m, sh.AliasShape)]
    plain = sh.Scalar("str") in shape.members and texts
    return (
        len(objects) < 2
        and len(lists) < 2
        and len(texts) < 2
        and not (plain or aliases)
    )


@dataclass(frozen=True)
class Flavour:
    """One flavour: its name, what has to be installed, what the generator is asked
    for, and whether it bears a union; what it does not is `Any`."""

    name: str
    needs: str
    kind: str
    options: Mapping[str, Any] = field(default_factory=dict)
    bears: Callable[[sh.Union, Package], bool] = _anything
    bears_recursion: bool = True
    """Whether an alias may lead back to itself; if not, it is `Any`."""
    names: re.Pattern[str] = re.compile(r".*", re.DOTALL)
    """What properties may be called."""


FLAVOURS: Final = {
    flavour.name: flavour
    for flavour in (
        Flavour(
            "pydantic",
            "pydantic",
            "PydanticV2BaseModel",
            {
                "base_class": "wirewright_adapter.PackageModel",
                "use_one_literal_as_default": True,
            },
        ),
        Flavour(
            "msgspec",
            "msgspec",
            "MsgspecStruct",
            {
                "base_class": "wirewright_adapter.PackageModel",
                "use_one_literal_as_default": True,
                "keyword_only": True,
            },
            _told_apart,
            bears_recursion=False,
            names=re.compile(r"[^\x00-\x1f\\\"]*"),
        ),
        Flavour(
            "typeddict",
            "",
            "TypingTypedDict",
            {"use_closed_typed_dict": False},
            names=re.compile(r".+", re.DOTALL),
        ),
    )
}
