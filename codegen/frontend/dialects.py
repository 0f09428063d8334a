"""The dialects: which keywords each of them knows, and how it spells identity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from codegen import nearby


@dataclass(frozen=True, slots=True)
class Dialect:
    """A language of schemas.

    `keywords` are those it gives a meaning; all others assert nothing, except that
    those in `foreign` are read as other dialects have them: whoever writes one of them
    means it, and dropping it would drop a constraint.
    `age` orders the drafts: 4, 6, 7, 2019, 2020 (OpenAPI 3.0 counts as 4).
    """

    name: str
    keywords: frozenset[str]
    age: int
    id_keyword: str = "$id"
    foreign: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """The name of the dialect for people."""
        if self.name.startswith("openapi-"):
            return "OpenAPI " + self.name.removeprefix("openapi-")
        return "AsyncAPI" if self.name == "asyncapi" else f"JSON Schema {self.name}"

    def reads(self, keyword: str) -> bool:
        """Whether a keyword is read in this dialect."""
        return keyword in self.keywords or keyword in self.foreign

    @property
    def ref_hides_siblings(self) -> bool:
        """Whether everything beside a `$ref` is ignored: so up to draft 7."""
        return self.age <= 7


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ANNOTATIONS_4 = _words("title description default format")
_VALIDATION_4 = _words("""type enum multipleOf minimum maximum exclusiveMinimum
    exclusiveMaximum minLength maxLength pattern minItems maxItems uniqueItems required
    minProperties maxProperties""")
_APPLICATORS_4 = _words("""items additionalItems properties patternProperties
    additionalProperties dependencies allOf anyOf oneOf not""")
_DRAFT_4 = (
    _ANNOTATIONS_4 | _VALIDATION_4 | _APPLICATORS_4 | _words("$ref id definitions")
)
_DRAFT_6 = (_DRAFT_4 - {"id"}) | _words("$id const contains propertyNames examples")
_DRAFT_7 = _DRAFT_6 | _words("""if then else readOnly writeOnly contentEncoding
    contentMediaType""")

VOCABULARIES: Final[dict[str, frozenset[str]]] = {
    "https://json-schema.org/draft/2019-09/vocab/applicator": _words(
        """additionalItems items contains additionalProperties properties
        unevaluatedItems unevaluatedProperties
        patternProperties dependentSchemas propertyNames if then else allOf anyOf oneOf
        not dependencies"""
    ),
    "https://json-schema.org/draft/2019-09/vocab/validation": _words(
        """multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength
        minLength pattern maxItems minItems uniqueItems maxContains minContains
        maxProperties minProperties required dependentRequired const enum type"""
    ),
    "https://json-schema.org/draft/2019-09/vocab/meta-data": _words(
        "title description default deprecated readOnly writeOnly examples"
    ),
    "https://json-schema.org/draft/2019-09/vocab/format": _words("format"),
    "https://json-schema.org/draft/2019-09/vocab/content": _words(
        "contentMediaType contentEncoding contentSchema"
    ),
    "https://json-schema.org/draft/2020-12/vocab/applicator": _words(
        """prefixItems items contains additionalProperties properties
        patternProperties dependentSchemas propertyNames if then else allOf anyOf oneOf
        not dependencies"""
    ),
    "https://json-schema.org/draft/2020-12/vocab/unevaluated": _words(
        "unevaluatedItems unevaluatedProperties"
    ),
    "https://json-schema.org/draft/2020-12/vocab/validation": _words(
        """multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength
        minLength pattern maxItems minItems uniqueItems maxContains minContains
        maxProperties minProperties required dependentRequired const enum type"""
    ),
    "https://json-schema.org/draft/2020-12/vocab/meta-data": _words(
        "title description default deprecated readOnly writeOnly examples"
    ),
    "https://json-schema.org/draft/2020-12/vocab/format-annotation": _words("format"),
    "https://json-schema.org/draft/2020-12/vocab/format-assertion": _words("format"),
    "https://json-schema.org/draft/2020-12/vocab/content": _words(
        "contentMediaType contentEncoding contentSchema"
    ),
    "https://spec.openapis.org/oas/3.1/vocab/base": _words("discriminator example"),
    "https://spec.openapis.org/oas/3.2/vocab/base": _words("discriminator example"),
}
"""Keywords of each published vocabulary; those of the core vocabularies always hold.

`dependencies` is no keyword any more from 2019-09 on, but no other use of it is
allowed, and schemas that still have it mean it: dropping it would drop a constraint.
"""

CORE: Final[dict[int, frozenset[str]]] = {
    2019: _words("$ref $id $anchor $recursiveRef $recursiveAnchor $defs definitions"),
    2020: _words("$ref $id $anchor $dynamicRef $dynamicAnchor $defs definitions"),
}


def _published(year: str) -> frozenset[str]:
    found = CORE[int(year[:4])]
    for uri, keywords in VOCABULARIES.items():
        if f"/draft/{year}/" in uri:
            found |= keywords
    return found


DRAFT_4: Final = Dialect("draft-04", _DRAFT_4, 4, "id")
DRAFT_6: Final = Dialect("draft-06", _DRAFT_6, 6)
DRAFT_7: Final = Dialect("draft-07", _DRAFT_7, 7)
DRAFT_2019_09: Final = Dialect("2019-09", _published("2019-09"), 2019)
DRAFT_2020_12: Final = Dialect(
    "2020-12", _published("2020-12"), 2020, foreign=_words("additionalItems")
)
OPENAPI_3_0: Final = Dialect(
    "openapi-3.0",
    _ANNOTATIONS_4
    | _VALIDATION_4
    | _words(
        """$ref items properties additionalProperties allOf anyOf oneOf not
        nullable discriminator example deprecated readOnly writeOnly"""
    ),
    4,
    "",
    _words("""const patternProperties propertyNames contains minContains maxContains
        prefixItems dependentRequired dependentSchemas if then else
        unevaluatedItems unevaluatedProperties additionalItems"""),
)
_OLDER = _words("$recursiveRef additionalItems")
OPENAPI_3_1: Final = Dialect(
    "openapi-3.1",
    DRAFT_2020_12.keywords | _words("discriminator example"),
    2020,
    foreign=_OLDER,
)
OPENAPI_3_2: Final = Dialect("openapi-3.2", OPENAPI_3_1.keywords, 2020, foreign=_OLDER)
ASYNCAPI: Final = Dialect("asyncapi", _DRAFT_7 | _words("discriminator deprecated"), 7)

METASCHEMAS: Final[dict[str, Dialect]] = {
    "http://json-schema.org/draft-04/schema": DRAFT_4,
    "http://json-schema.org/draft-06/schema": DRAFT_6,
    "http://json-schema.org/draft-07/schema": DRAFT_7,
    "https://json-schema.org/draft/2019-09/schema": DRAFT_2019_09,
    "https://json-schema.org/draft/2020-12/schema": DRAFT_2020_12,
    "https://spec.openapis.org/oas/3.1/dialect/base": OPENAPI_3_1,
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10": OPENAPI_3_1,
    "https://spec.openapis.org/oas/3.2/dialect/base": OPENAPI_3_2,
    "https://spec.openapis.org/oas/3.2/dialect/2025-09-17": OPENAPI_3_2,
}
"""Dialects by the URI that `$schema` gives, without an empty fragment."""

_OTHER_SCHEME: Final = {"http": "https", "https": "http"}
_NEWEST: Final = ("http://json-schema.org/schema", "https://json-schema.org/schema")

BY_NAME: Final[dict[str, Dialect]] = {
    dialect.name: dialect
    for dialect in (
        DRAFT_4,
        DRAFT_6,
        DRAFT_7,
        DRAFT_2019_09,
        DRAFT_2020_12,
        OPENAPI_3_0,
        OPENAPI_3_1,
        OPENAPI_3_2,
        ASYNCAPI,
    )
}


KEYWORDS: Final[frozenset[str]] = frozenset(
    word for dialect in BY_NAME.values() for word in dialect.keywords
) | _words("$schema $comment $vocabulary")
"""Every keyword of every dialect."""


def of_schema_uri(uri: str) -> Dialect | None:
    """The published dialect that `$schema` names; None for any other."""
    text = uri.removesuffix("#")
    found = DRAFT_2020_12 if text in _NEWEST else METASCHEMAS.get(text)
    scheme, _, rest = text.partition("://json-schema.org/")
    if found is None and rest and scheme in _OTHER_SCHEME:
        # A common slip: drafts up to 7 are identified by `http:`, later by `https:`.
        found = METASCHEMAS.get(f"{_OTHER_SCHEME[scheme]}://json-schema.org/{rest}")
    return found


def newest(uri: str) -> str:
    """What to say of what names no dialect, but the newest one whenever somebody looks;
    nothing of anything else."""
    if uri.removesuffix("#") not in _NEWEST:
        return ""
    read = DRAFT_2020_12.name
    return f"{uri!r} means the newest dialect, whichever that is; it is read as {read}"


def unknown(uri: str) -> str:
    """What to say of a dialect that is none."""
    # Another number is another dialect, however near it comes.
    alike = [known for known in METASCHEMAS if _digits(known) == _digits(uri)]
    return (
        f"{uri!r} is no dialect that is known{nearby.question(uri, alike, 0.9)}; known "
        "are drafts 4, 6, 7, 2019-09 and 2020-12"
    )


def _digits(uri: str) -> str:
    return "".join(filter(str.isdigit, uri))


def of_metaschema(uri: str, metaschema: Any) -> Dialect | None:
    """The dialect that a metaschema of one's own describes by `$vocabulary`.

    Without `$vocabulary` it is the dialect the metaschema itself is written in.
    None where it requires a vocabulary that nobody here knows.
    """
    if not isinstance(metaschema, dict):
        return None
    base = of_schema_uri(str(metaschema.get("$schema", "")))
    vocabulary = metaschema.get("$vocabulary")
    if base is None or base.age < 2019 or not isinstance(vocabulary, dict):
        return base
    keywords = CORE[base.age]
    for name, needed in vocabulary.items():
        if name in VOCABULARIES:
            keywords |= VOCABULARIES[name]
        elif needed is True and not name.endswith("/vocab/core"):
            return None
    return Dialect(uri, keywords, base.age, base.id_keyword)
