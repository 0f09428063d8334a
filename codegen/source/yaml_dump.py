"""JSON values as YAML that reads back as the same values, here and elsewhere.

PyYAML quotes texts that YAML 1.1 would take for something else. YAML 1.2, which
specifications are read as, takes others for numbers: `09`, `1e3`, `0o17`. PyYAML takes
the control character "next line" for a line break, which it makes one of its own kind
unless the character is escaped.
"""

from __future__ import annotations

from typing import Final, Literal

import yaml

from codegen.source.node import Json
from codegen.source.yaml_text import resolve

_WIDTH: Final = 88
_NEXT_LINE: Final = "\x85"


class _Dumper(yaml.SafeDumper):
    """Writes each value where it stands, and quotes what is a text in one version of
    YAML only."""

    def ignore_aliases(self, data: object) -> bool:
        """Equal values are no aliases of each other."""
        return True


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, _quotes(value))


def _quotes(value: str) -> Literal["'", '"'] | None:
    """The quotes that a text needs, if PyYAML would choose others or none."""
    if _NEXT_LINE in value:
        return '"'
    return None if _is_text(value) else "'"


def _is_text(value: str) -> bool:
    """Whether it would be a text without quotes, too."""
    try:
        return not value or isinstance(resolve(value, True, None), str)
    except ValueError:  # It would be a number that JSON does not have.
        return False


_Dumper.add_representer(str, _text)


def dumped(data: Json, *, allow_unicode: bool) -> str:
    """A value as YAML; characters beyond ASCII are escaped unless they are allowed."""
    return yaml.dump(
        data,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=allow_unicode,
        width=_WIDTH,
    )
