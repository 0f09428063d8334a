"""Keywords for people that editors and form builders have beside those of JSON Schema.

They assert nothing. `markdownDescription`, `deprecationMessage`, `enumDescriptions` and
their like are those of Visual Studio Code, with which most schemas of configuration
files are written; `meta:enum` is that of jsonschema2md, and `enumNames` that of
react-jsonschema-form.
"""

from __future__ import annotations

from typing import Final

DESCRIPTION: Final = "markdownDescription"
DEPRECATION: Final = "deprecationMessage"

ENUM_DESCRIPTIONS: Final = (
    "enumDescriptions",
    "markdownEnumDescriptions",
    "meta:enum",
    "enumNames",
)
"""What describes the values of `enum`; the first that is there counts."""

OF_EDITORS: Final = frozenset(
    (
        *(DESCRIPTION, DEPRECATION, "markdownDeprecationMessage"),
        *(*ENUM_DESCRIPTIONS, "enumDetails", "enumItemLabels", "enumSortTexts"),
        *("defaultSnippets", "completionDetail", "doNotSuggest", "suggestSortText"),
        *("errorMessage", "patternErrorMessage", "allowComments"),
        "allowTrailingCommas",
    )
)
"""All of these keywords."""
