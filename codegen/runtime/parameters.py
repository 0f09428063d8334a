"""Parameters of an operation: one object, to and from what stands in a request.

Writing is lossless: what would not be read back as the very same JSON value is refused.
Reading keeps what departs from the schema, as everywhere.
"""

# What is inside a JSON value has no type that a checker knows.
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast

from ._paths import path_values, pathed
from ._styles import Parameter, cookies, grouped, pairs
from .checks import equal
from .errors import ValidationError, show
from .schema import Schema, schema_named, type_named
from .wire import plain


class Written(NamedTuple):
    """Parameters as they stand in a request: `path` is the path of the operation,
    `query` what follows `?`, both percent-encoded, `headers` by name, and `cookie` what
    goes into the header of that name."""

    path: str
    query: str
    headers: dict[str, str]
    cookie: str


class Parameters(Mapping[str, Parameter]):
    """The parameters of an operation, by their names in its class."""

    def __init__(self, schema: str, parameters: Iterable[Parameter]) -> None:
        self._name = schema
        self._parameters = {p.property: p for p in parameters}
        self._package = ""
        self._path = ""

    def bind(self, package: str, path: str) -> None:
        self._package = package
        self._path = path

    def __getitem__(self, name: str) -> Parameter:
        return self._parameters[name]

    def __iter__(self) -> Any:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def __repr__(self) -> str:
        return f"<Parameters {', '.join(self._parameters)}>"

    @property
    def schema(self) -> Schema:
        """The schema of the object of all parameters."""
        return schema_named(self._package, self._name)

    @property
    def type(self) -> Any:
        """The class of that object."""
        return type_named(self._package, self._name)

    def encode(self, parameters: Any) -> Written:
        """An object of the class, or the JSON object that it stands for, as it is sent.

        Raises `ValidationError` for what breaks the schema, and `ValueError` for what
        cannot be written so that it is read back as the same, such as a comma in an
        item of a list that is parted by commas in a header.
        """
        value = plain(parameters)
        if value.__class__ is not dict:
            raise TypeError(
                f"parameters are an object, not {type(parameters).__name__}"
            )
        found = self.schema.violations(value)
        if found:
            raise ValidationError(self._name, found)
        written = self._written(value)
        try:
            read = self._read(
                written.path, written.query, written.headers, written.cookie
            )
        except ValueError:
            read = {}
        for name in dict.fromkeys((*value, *read)):
            same = name in value and name in read and equal(value[name], read[name])
            if not same:
                raise self._lost(name, value, read)
        return written

    def _lost(
        self, name: str, value: dict[str, Any], read: dict[str, Any]
    ) -> ValueError:
        said = f"{self._name}: {name}"
        if name not in value:
            return ValueError(
                f"{said} would be read, too, of what is written of others"
            )
        given = show(value[name])
        if name not in read:
            why = "would be read as absent: leave it out"
        else:
            why = f"would be read as {show(read[name])}"
        return ValueError(f"{said}: {given} cannot be written, for it {why}")

    def decode(
        self,
        *,
        path: str = "",
        query: str = "",
        headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        cookie: str = "",
        strict: bool = True,
    ) -> Any:
        """The object of the class for what stands in a request.

        `path` is the path that was asked for, without what goes before the paths of
        the specification; `query` what follows `?`. Names of headers have no case, and
        the header Cookie may stand among them. Raises `ValueError` for a path that is
        none of this operation, and with `strict` `ValidationError` with every
        violation. Parameters of the query that the specification does not know are
        kept as texts.
        """
        found = self._read(path, query, headers, cookie)
        return self.schema.decode(found, strict=strict)

    # --- both ways -----------------------------------------------------------------

    def _in(self, where: str) -> list[Parameter]:
        return [p for p in self._parameters.values() if p.where == where]

    def _written(self, value: dict[str, Any]) -> Written:
        texts: dict[str, str] = {}
        query: list[str] = []
        cookie: list[str] = []
        headers: dict[str, str] = {}
        # In the order of the specification, whatever that of the object.
        known = [name for name in self._parameters if name in value]
        others = [name for name in value if name not in self._parameters]
        for name in [*known, *others]:
            item = value[name]
            parameter = self._parameters.get(name) or Parameter(name, "query")
            try:
                if parameter.where == "path":
                    texts[parameter.name] = parameter.write_segment(item)
                elif parameter.where == "header":
                    headers[parameter.name] = parameter.write_header(item)
                else:
                    into = cookie if parameter.where == "cookie" else query
                    into += parameter.write_query(item)
            except ValueError as error:
                raise ValueError(f"{self._name}: {name}: {error}") from None
        return Written(
            pathed(self._path, texts), "&".join(query), headers, "; ".join(cookie)
        )

    def _read(
        self,
        path: str,
        query: str,
        headers: Mapping[str, str] | Iterable[tuple[str, str]],
        cookie: str,
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        texts = path_values(self._path, path) if self._in("path") else {}
        for parameter in self._in("path"):
            text = texts.get(parameter.name)
            if text is not None:
                found[parameter.property] = parameter.read_segment(text)
        given = _lower(headers)
        for parameter in self._in("header"):
            text = given.get(parameter.name.lower())
            if text is not None:
                found[parameter.property] = parameter.read_header(text)
        self._query(found, query)
        crumbs = cookies(cookie or given.get("cookie", ""))
        for parameter in self._in("cookie"):
            parameter.take(crumbs, found)
        return found

    def _query(self, found: dict[str, Any], query: str) -> None:
        whole = next(iter(self._in("querystring")), None)
        if whole is not None:  # There are no others beside it.
            if query:
                found[whole.property] = whole.read_whole(query)
            return
        left = pairs(query)
        # Those that take what has no name of its own come last.
        for parameter in sorted(self._in("query"), key=lambda p: p.takes_others):
            parameter.take(left, found)
        for name, texts in grouped(left).items():
            if name not in self._parameters:
                found[name] = texts[0] if len(texts) == 1 else texts


def _lower(
    headers: Mapping[str, str] | Iterable[tuple[str, str]],
) -> dict[str, str]:
    """Headers by their names without case; what comes again is joined, as HTTP says."""
    if isinstance(headers, Mapping):
        headers = cast("Mapping[str, str]", headers).items()
    found: dict[str, str] = {}
    for name, text in headers:
        key = name.lower()
        between = "; " if key == "cookie" else ", "
        found[key] = f"{found[key]}{between}{text}" if key in found else text
    return found
