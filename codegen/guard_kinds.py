"""What each kind of generated file may have: the table that the guard compares them
with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

_DATA: Final = """
    Module Expr ImportFrom alias Assign AnnAssign Constant Name Attribute
    Subscript Dict List Tuple UnaryOp USub BinOp BitOr Call keyword
"""
"""Statements and expressions of files that are tables."""

_CLASSES: Final = f"""
    {_DATA} ClassDef FunctionDef arguments arg If Return Compare Is BoolOp Or Pass
"""

_LOGIC: Final = f"""
    {_DATA} FunctionDef arguments arg If IfExp Return For Continue Break Pass Try
    ExceptHandler Delete AugAssign Add BitAnd Sub Mult Pow Compare Is IsNot Eq
    NotEq Lt LtE Gt GtE In NotIn BoolOp And Or Not Set Starred Slice GeneratorExp
    ListComp SetComp DictComp comprehension JoinedStr FormattedValue NamedExpr
"""

_FUNCTIONS: Final = """
    valid_* names_* places_* copy_* decode_* Draft_* encode_* route_* part*
"""


@dataclass(frozen=True)
class Kind:
    """What a kind of file may have.

    `imports` gives for each module the names that are taken from it, `*` for any;
    `calls` are the names that are called beside those which the file defines,
    `methods` the attributes, `tables` the names whose items are called; a `*` at an
    end stands for anything. `builtins` are used without being called, `keywords` are
    those of classes; a decorator with `()` is called with a text. `templates` are those
    whose statements the file may hold as they are.
    """

    nodes: str
    imports: dict[str, str]
    calls: str = ""
    methods: str = ""
    tables: str = ""
    builtins: str = ""
    keywords: str = ""
    decorators: str = ""
    dunders: str = ""
    templates: tuple[str, ...] = ()


_CHECKS: Final = "among inside integral matches multiple unique"
_BUILD: Final = (
    "collect_unheld draft fill_missing get no_boolean no_number restore unknown_of"
    " untagged whole"
)
_TYPED: Final = {
    "._runtime._typed_datetime": "DATETIMES",
    "._runtime._typed_date": "DATES",
    "._runtime._typed_time": "TIMES",
    "._runtime._typed_timedelta": "TIMEDELTAS",
    "._runtime._typed_uuid": "UUIDS",
    "._runtime._typed_decimal": "DECIMALS",
    "._runtime._typed_bytes": "BYTES",
}
_TYPES: Final = "bool dict float int list object set str tuple type"

KINDS: Final[dict[str, Kind]] = {
    "__init__.py": Kind(
        _DATA,
        {".*": "*"},
        dunders="__all__",
        templates=("python/init_header.jinja", "python/init.jinja"),
    ),
    "models.py": Kind(
        _CLASSES,
        {
            "builtins": "bytes",
            "datetime": "date datetime time timedelta",
            "decimal": "Decimal",
            "enum": "IntEnum StrEnum",
            "typing": "Any Literal TypeAlias Union",
            "uuid": "UUID",
            "._runtime._old_names": "OldMember deprecated old_names",
            "._runtime.model": "Bytes Model accessor",
            "._runtime.registry": "UNSET Unset",
        },
        calls="_deprecated _old_names",
        methods="_decoded _decoded_items _unheld",
        builtins=f"{_TYPES} bytes property",
        decorators="_OldMember _accessor _deprecated() property",
        dunders="__getattr__ __name__",
        templates=("python/old_types.jinja",),
    ),
    "_pieces.py": Kind(_DATA, {}, builtins="dict str"),
    "events.py": Kind(
        _DATA,
        {
            "collections.abc": "Mapping",
            "typing": "Any TypeAlias Union",
            ".": "models",
            "._runtime.dispatcher": "EventTable",
        },
        calls="EventTable",
        methods="rpartition",
        builtins="str",
        dunders="__name__",
    ),
    "schemas.py": Kind(
        _DATA,
        {"collections.abc": "Mapping", "._runtime.schema": "Schema Schemas"},
        calls="Schemas",
        methods="rpartition",
        builtins="str",
        dunders="__name__",
    ),
    "operations.py": Kind(
        _DATA,
        {
            "collections.abc": "Mapping",
            "._runtime.operations": "Body Operation Operations",
            "._runtime.parameters": "Parameters",
            "._runtime._styles": "Parameter",
            "._runtime._texts": "Texts",
        },
        calls="Body Operation Operations Parameter Parameters Texts",
        methods="rpartition",
        builtins="str",
        dunders="__name__",
    ),
    "_fields.py": Kind(_DATA, {"typing": "Any"}, builtins="dict str"),
    "_json_schemas.py": Kind(_DATA, {"collections.abc": "Mapping"}, builtins="str"),
    "_native.py": Kind(_DATA, {"collections.abc": "Mapping"}, builtins="int str"),
    "rules.py": Kind(
        f"{_DATA} ClassDef Set",
        {".": "_checks", "._runtime.session": "Condition Observer Rule"},
        calls="Condition Rule frozenset",
    ),
    "_codec.py": Kind(
        _LOGIC,
        {
            "collections.abc": "Callable",
            "typing": "Any",
            "._runtime._depth": "deep",
            "._runtime._formats": "FORMATS",
            "._runtime._json": "note_rounded",
            "._runtime._linear": "matches_linear",
            "._runtime.build": _BUILD,
            "._runtime.checks": _CHECKS,
            "._runtime.registry": "UNSET Traits drift drifted",
            "._runtime.wire": "ENCODERS SHALLOW as_it_came deep_decoder"
            " remembering_decoder retained wire",
            "._checks": "valid_*",
            ".models": "*",
            **_TYPED,
        },
        calls=f"{_BUILD} {_CHECKS} {_FUNCTIONS} Traits as_it_came decode drift drifted"
        " enumerate len list matches_linear note_rounded range retained sum tuple wire",
        methods="append copy count get holds items read values",
        tables="FORMATS SHALLOW ENCODERS BY_TAG_*",
        builtins=f"{_TYPES} KeyError TypeError",
        decorators="deep deep_decoder remembering_decoder",
        dunders="__class__",
    ),
    "_checks.py": Kind(
        _LOGIC,
        {
            "collections.abc": "Callable",
            "typing": "Any",
            "._runtime._depth": "deep",
            "._runtime._formats": "FORMATS",
            "._runtime._linear": "matches_linear",
            "._runtime._remembering": "deep_check remembering",
            "._runtime.checks": _CHECKS,
            **_TYPED,
        },
        calls=f"{_CHECKS} {_FUNCTIONS} bool enumerate len list matches_linear min"
        " range set sum",
        methods="add count get holds items keys update values",
        tables="FORMATS",
        builtins=_TYPES,
        decorators="deep deep_check remembering",
        dunders="__class__",
    ),
    "_constraints.py": Kind(
        f"{_DATA} Pow Sub",
        {
            "typing": "Any",
            "._runtime._formats": "FORMATS",
            "._runtime._linear": "matches_linear",
            "._runtime._rules": "Format Pattern Sided Tagged",
            **_TYPED,
        },
        calls="Format Pattern Sided Tagged",
        builtins="dict list str",
    ),
    "strategies.py": Kind(
        f"{_DATA} FunctionDef arguments arg Return",
        {},
        methods="""anything array boolean integer number object one_of part schema text
        values""",
        builtins="dict list str tuple",
        templates=("golden/strategies.py.jinja",),
    ),
    "conftest.py": Kind(
        "Module Expr Constant Assign Name",
        {},
        templates=("golden/conftest.py.jinja",),
    ),
    "test_golden": Kind(
        "Module Expr Constant", {}, templates=("golden/test_golden.py.jinja",)
    ),
}
"""What each file of a package, and of its tests, is made of."""


def _piece(folder: str, methods: str = "", calls: str = "", dunders: str = "") -> Kind:
    """The kind of a piece: it may have what the module has that is not in pieces, from
    one folder further up, and use other pieces."""
    whole = KINDS[f"{folder}.py"]
    imports = {
        f".{home}" if home.startswith(".") else home: names
        for home, names in whole.imports.items()
    }
    return replace(
        whole,
        imports=imports | _MORE_IMPORTS[folder],
        methods=f"{whole.methods} {methods}",
        calls=f"{whole.calls} {calls}",
        dunders=f"{whole.dunders} {dunders}",
    )


_MORE_IMPORTS: Final[dict[str, dict[str, str]]] = {
    "_codec": {
        ".": "*",
        "..models": "*",
        "..models.*": "*",
        ".._checks": "*",
        ".._runtime.pieces": "ByTag",
    },
    "_checks": {".": "*"},
    "_constraints": {},
    "models": {".*": "*", "typing": "Any Literal TYPE_CHECKING TypeAlias Union"},
}

FOLDERS: Final = frozenset(_MORE_IMPORTS)
"""The folders of a package in pieces."""

KINDS.update(
    {
        "_codec/*": _piece("_codec", methods=_FUNCTIONS, calls="ByTag"),
        "_checks/*": _piece("_checks", methods=_FUNCTIONS),
        "_constraints/*": _piece("_constraints"),
        "models/*": replace(
            _piece("models", methods="rpartition"),
            templates=("python/models_piece.jinja",),
        ),
    }
)
KINDS.update(
    {
        f"{folder}/__init__.py": Kind(
            _DATA,
            {".": "*", ".*": "*"},
            builtins="dict list str",
            templates=(f"python/{folder}_pieces.jinja",),
        )
        for folder in FOLDERS
    }
)
KINDS["models/__init__.py"] = replace(
    KINDS["models/__init__.py"],
    imports={
        **{".": "*", ".*": "*", "typing": "TypeAlias"},
        ".._runtime._old_names": "old_names",
    },
    calls="_old_names",
    dunders="__getattr__ __name__",
    templates=("python/models_pieces.jinja", "python/old_types.jinja"),
)


_FROM_TYPING: Final = (
    "Annotated Any ClassVar Literal NotRequired Optional TypeAlias TypedDict Union"
)
_FLAVOURED: Final = Kind(
    f"{_CLASSES} Set",
    {"enum": "Enum IntEnum StrEnum", "typing": _FROM_TYPING},
    builtins=_TYPES,
)

KINDS.update(
    {
        "pydantic:models.py": replace(
            _FLAVOURED,
            imports={
                **_FLAVOURED.imports,
                "pydantic": "ConfigDict Field RootModel",
                "typing_extensions": "TypeAliasType",
                "._runtime.pydantic_adapter": "PackageModel",
            },
            calls="ConfigDict Field TypeAliasType",
        ),
        "msgspec:models.py": replace(
            _FLAVOURED,
            imports={
                **_FLAVOURED.imports,
                "msgspec": "Meta Struct UNSET UnsetType field",
                "._runtime.msgspec_adapter": "PackageModel",
            },
            calls="Meta field",
            keywords="tag tag_field forbid_unknown_fields kw_only omit_defaults",
        ),
        "typeddict:models.py": replace(_FLAVOURED, calls="TypedDict"),
        **{
            f"{flavour}:{table}.py": Kind(
                _DATA,
                {
                    "collections.abc": "Mapping",
                    "._runtime.flavoured": "EventTable Schema Schemas",
                },
                calls="EventTable Schemas",
                methods="rpartition",
                builtins="str",
                dunders="__name__",
            )
            for flavour in ("pydantic", "msgspec", "typeddict")
            for table in ("events", "schemas")
        },
    }
)
