"""Schema resources and the resolution of references between them.

The `referencing` library resolves a reference to contents; lowering needs the
*place* as well (document and pointer), for identity and for diagnostics, and
contents shared through YAML aliases have no place of their own. So the index of
identifiers is kept here; the rules are those of RFC 3986 and of each draft.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urldefrag

from codegen.addresses import is_one, join
from codegen.frontend import dialects, kinds, slashes
from codegen.frontend.dialects import Dialect
from codegen.frontend.guesses import Guesses
from codegen.frontend.standing import roots, subschemas
from codegen.ir import model as ir
from codegen.source import pointer as pointers
from codegen.source.document import Document
from codegen.source.node import Json
from codegen.source.workspace import Unavailable, Workspace

RECURSIVE = "$recursiveAnchor"
"""Name under which `$recursiveAnchor` of 2019-09 is kept among the dynamic anchors."""


@dataclass(eq=False, slots=True)
class Resource:
    """A schema resource: a document's root, or a subschema with an identifier."""

    uri: str
    document: Document
    pointer: str
    data: Json
    dialect: Dialect
    anchors: dict[str, str] = field(default_factory=dict)
    dynamic: dict[str, str] = field(default_factory=dict)
    """Dynamic anchors to pointers into the document."""
    outer: Resource | None = None
    """For a part that is in another dialect without being a resource of its own:
    the resource that its references are relative to."""

    @property
    def label(self) -> str:
        """The place of the resource as it appears in schema ids."""
        return f"{self.document.name}#{self.pointer}"


@dataclass(slots=True)
class Place:
    """A value of a document, and the resource it belongs to.

    `remarks` say where the reference that led to it was not followed by the letter.
    """

    resource: Resource
    pointer: str
    data: Json
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """A problem that is to be reported by whoever knows about lines."""

    code: str
    message: str
    location: ir.Location


class Unresolved(LookupError):
    """A reference leads nowhere: `code` and message of the diagnostic."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Resources:
    """Every resource met so far, by URI and by place."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.by_uri: dict[str, Resource] = {}
        self.roots: dict[str, Resource] = {}
        self.embedded: dict[str, dict[str, Resource]] = {}
        self.problems: list[Noted] = []
        """What is wrong with identifiers and keeps them from being heeded."""
        self.remarks: list[Noted] = []
        """What is wrong with identifiers that are heeded all the same."""
        self._guesses = Guesses(workspace)

    def add_document(
        self, uri: str, dialect: Dialect, roots: dict[str, Json] | None = None
    ) -> Resource:
        """The root resource of a document, its identifiers indexed.

        `roots` are the schemas of the document by pointer; without them the
        document is a schema. Raises `Unresolved` where it cannot be had.
        """
        try:
            document = self.workspace.document(uri, fetch=True)
        except Unavailable as error:
            raise Unresolved(error.code, str(error)) from None
        root = Resource(uri, document, "", document.data, dialect)
        self.by_uri[uri] = root
        self.roots[document.name] = root
        self.embedded.setdefault(document.name, {})
        self._by_self(root)
        if roots is None:
            self._index(root, "", document.data)
        else:
            for pointer, data in roots.items():
                self._index(root, pointer, data)
        return root

    def _by_self(self, root: Resource) -> None:
        """An OpenAPI document may say by what URI it is known (`$self`)."""
        data = root.data
        if not isinstance(data, dict) or "openapi" not in data:
            return
        own = data.get("$self")
        if not isinstance(own, str):
            return
        try:
            root.uri = urldefrag(join(root.uri, own))[0]
        except ValueError:
            message = "`$self` takes a URI reference"
            self.problem(root, "", "$self", "invalid-keyword", message)
        else:
            self.by_uri.setdefault(root.uri, root)

    # --- the index -----------------------------------------------------------------

    def _index(self, resource: Resource, pointer: str, data: Json) -> None:
        stack = [(resource, pointer, data)]
        while stack:
            owner, where, value = stack.pop()
            if not isinstance(value, dict):
                continue
            owner = self._identify(owner, where, value)
            inner = [(owner, where + token, v) for token, v in subschemas(value)]
            stack += reversed(inner)

    def _identify(
        self, owner: Resource, pointer: str, data: dict[str, Json]
    ) -> Resource:
        dialect = self._dialect_at(owner, pointer, data)
        if pointer == owner.pointer:
            owner.dialect = dialect
        if dialect.ref_hides_siblings and isinstance(data.get("$ref"), str):
            return owner
        identifier = data.get(dialect.id_keyword) if dialect.id_keyword else None
        if isinstance(identifier, str):
            base, _, fragment = identifier.partition("#")
            if base:
                owner = self._embed(owner, pointer, data, base, dialect)
            if fragment and dialect.age <= 7:
                self._anchor(owner, fragment, pointer, dialect.id_keyword)
        if dialect.age >= 2019 and isinstance(data.get("$anchor"), str):
            self._anchor(owner, data["$anchor"], pointer, "$anchor")
        recursive = dialect.age == 2019 and data.get("$recursiveAnchor") is True
        if recursive and pointer == owner.pointer:
            owner.dynamic[RECURSIVE] = pointer
        if dialect.age >= 2020 and isinstance(data.get("$dynamicAnchor"), str):
            self._anchor(owner, data["$dynamicAnchor"], pointer, "$dynamicAnchor")
            owner.dynamic.setdefault(data["$dynamicAnchor"], pointer)
        return owner

    def _anchor(self, owner: Resource, name: str, pointer: str, keyword: str) -> None:
        if owner.anchors.setdefault(name, pointer) != pointer:
            first = f"{owner.document.name}#{owner.anchors[name]}"
            self._twice(owner, pointer, keyword, first)

    def _twice(self, owner: Resource, pointer: str, keyword: str, first: str) -> None:
        """Note that an identifier is that of another schema already."""
        message = f"{first} has the same `{keyword}`; a reference to it means that one"
        where = ir.Location(owner.document.name, pointer).child(keyword)
        self.remarks.append(Noted("duplicate-id", message, where))

    def problem(
        self, owner: Resource, pointer: str, keyword: str, code: str, message: str
    ) -> None:
        """Note a problem of a keyword."""
        where = ir.Location(owner.document.name, pointer).child(keyword)
        self.problems.append(Noted(code, message, where))

    def _dialect_at(
        self, owner: Resource, pointer: str, data: dict[str, Json]
    ) -> Dialect:
        named = data.get("$schema")
        if named is None:
            return owner.dialect
        where = ir.Location(owner.document.name, pointer).child("$schema")
        if not isinstance(named, str):
            message = "`$schema` takes a string; it is not heeded"
            self.remarks.append(Noted("invalid-keyword", message, where))
            return owner.dialect
        found = self.dialect(named)
        if found is None:
            self.problems.append(Noted("dialect", dialects.unknown(named), where))
            return owner.dialect
        if said := dialects.newest(named):
            self.remarks.append(Noted("read-as-meant", said, where))
        if pointer == owner.pointer or found.id_keyword in data:
            return found
        return owner.dialect

    def dialect(self, uri: str) -> Dialect | None:
        """The dialect that `$schema` names, through its metaschema if need be."""
        found = dialects.of_schema_uri(uri)
        if found is not None:
            return found
        base = uri.partition("#")[0]
        try:
            metaschema = self.workspace.document(base).data
        except Unavailable:
            return None
        return dialects.of_metaschema(uri, metaschema)

    def _embed(
        self, owner: Resource, pointer: str, data: Json, base: str, dialect: Dialect
    ) -> Resource:
        try:
            uri = join(owner.uri, base)
        except ValueError:
            message = f"`{dialect.id_keyword}` takes a URI reference"
            self.problem(owner, pointer, dialect.id_keyword, "invalid-keyword", message)
            return owner
        if pointer == owner.pointer:
            # A root that names itself is known by both URIs.
            owner.uri = uri
            inner = owner
        else:
            inner = Resource(uri, owner.document, pointer, data, dialect)
        first = self.by_uri.setdefault(uri, inner)
        if first.label != inner.label:
            self._twice(owner, pointer, dialect.id_keyword, first.label)
        if inner is owner:
            return owner
        self.embedded[owner.document.name][pointer] = inner
        return inner

    def dialect_at(self, document: str, pointer: str) -> Dialect:
        """The dialect that a schema of a known document is written in."""
        embedded = self.embedded[document]
        while pointer:
            if pointer in embedded:
                return embedded[pointer].dialect
            pointer = pointer.rpartition("/")[0]
        return self.roots[document].dialect

    # --- resolution ----------------------------------------------------------------

    def resolve(
        self, reference: str, base: Resource, turns: list[str] | None = None
    ) -> Place:
        """The place that a reference of a resource means. Raises `Unresolved`.

        `turns` are the references through which the way has led already.
        """
        if (meant := reference.lstrip()) != reference:
            found = self.resolve(meant, base, turns)
            remark = f"{reference!r} is followed without the space in front of it"
            return replace(found, remarks=(remark, *found.remarks))
        resource = base.outer or base
        if reference.startswith("#"):
            fragment = reference[1:]
        else:
            try:
                target, fragment = urldefrag(join(base.uri, reference))
            except ValueError:
                message = f"{reference!r} is not a URI reference"
                raise Unresolved("dangling-ref", message) from None
            resource = self._resource(target, reference, resource)
        fragment = unquote(fragment)
        if not (fragment and resource.document.readable):  # Which has been said.
            return Place(resource, resource.pointer, resource.data)
        if fragment.startswith("/"):
            return self._pointed(resource, fragment, reference, turns)
        anchor = resource.anchors.get(fragment)
        if anchor is None:
            message = f"{reference!r} names an anchor that does not exist"
            raise Unresolved("dangling-ref", message)
        return self.at(resource, anchor)

    def _pointed(
        self, resource: Resource, pointer: str, shown: str, turns: list[str] | None
    ) -> Place:
        """Where a pointer leads. It starts from the `$id` around it; who only names a
        schema by that still means the whole document."""
        try:
            return self.walk(resource, pointer, shown, turns)
        except Unresolved:
            whole = self.roots[resource.document.name]
            with suppress(Unresolved):
                if shown.startswith("#") and resource is not whole:
                    found = self.walk(whole, pointer, shown, turns)
                    told = f"{shown!r} leads nowhere from the `$id` around it; it is "
                    told += "followed from the top of the document"
                    return replace(found, remarks=(*found.remarks, told))
            raise

    def is_local(self, reference: str, base: Resource) -> bool:
        """Whether nothing has to be fetched to follow a reference."""
        try:
            target = urldefrag(join(base.uri, reference))[0]
        except ValueError:
            return False
        known = reference.startswith("#") or target in self.by_uri
        return known or not is_one(target)

    def at(self, resource: Resource, pointer: str) -> Place:
        """The place of a pointer into the resource's document that lies inside it."""
        return self.walk(resource, pointer[len(resource.pointer) :], pointer)

    def walk(
        self,
        resource: Resource,
        pointer: str,
        shown: str,
        turns: list[str] | None = None,
    ) -> Place:
        """Follow a pointer from a resource, entering those embedded on the way.

        Where it leads nowhere, three things are tried that people write all the same: a
        `/` that belongs to a key and should be `~1`, where keys fit in one way; without
        a `/` at the end; and on through a reference that stands there.
        """
        place = Place(resource, resource.pointer, resource.data)
        turns = [] if turns is None else turns
        # What is followed, and from where.
        start, tokens = place, pointers.tokens(pointer)
        keys: list[slashes.Key] = [(token, 1) for token in tokens]
        while keys:
            key, parts = keys[0]
            try:
                value = pointers.step(place.data, key)
            except pointers.Missing:
                ways = slashes.ways(start.data, tokens)
                if len(ways) > 1:
                    message = f"{shown!r} leads nowhere: a `/` in a key is written "
                    message += "`~1`, and keys fit in several ways"
                    raise Unresolved("dangling-ref", message) from None
                if ways:
                    place, keys = start, ways[0]
                elif parts == 1 and (most := slashes.literal(place.data, keys)):
                    keys[:most] = [("/".join(key for key, _ in keys[:most]), most)]
                elif keys == [("", 1)]:
                    told = (
                        f"{shown!r}: the `/` at its end is left out, as no key is empty"
                    )
                    return replace(place, remarks=(*place.remarks, told))
                else:
                    start = place = self._through(place, key, shown, turns)
                    tokens = [key for key, _ in keys]
                continue
            place = self._inside(place, key, value, shown if parts > 1 else "")
            del keys[0]
        return place

    def _inside(self, place: Place, key: str, value: Json, slip: str) -> Place:
        """The place of a member. `slip` is the reference whose slashes are its own."""
        where = f"{place.pointer}/{pointers.escape(key)}"
        remarks = place.remarks
        if slip:
            message = f"a `/` in a key is written `~1`; {key!r} is taken for the key"
            remarks = (*remarks, f"{slip!r}: {message}")
        embedded = self.embedded[place.resource.document.name]
        return Place(embedded.get(where, place.resource), where, value, remarks)

    def _through(self, place: Place, token: str, shown: str, turns: list[str]) -> Place:
        """Where the reference leads that stands at a place without a member."""
        text = place.data.get("$ref") if isinstance(place.data, dict) else None
        if not isinstance(text, str) or len(turns) >= _MOST_TURNS:
            inside = place.pointer or "the document"
            message = f"{shown!r} leads nowhere: there is no {token!r} in {inside}"
            message += self._guesses.of_key(place.data, token)
            raise Unresolved("dangling-ref", message)
        turns.append(text)
        found = self.resolve(text, place.resource, turns)
        usual = place.resource.dialect.name == "asyncapi"  # There it is how it is done.
        told = f"{shown!r} is followed through the reference {text!r}"
        more = () if usual else (told,)
        return replace(found, remarks=(*place.remarks, *more, *found.remarks))

    def _resource(self, uri: str, reference: str, base: Resource) -> Resource:
        found = self.by_uri.get(uri)
        if found is not None:
            return found
        try:
            self.workspace.document(uri)
        except Unavailable as error:
            path = urldefrag(reference)[0]
            known = self.workspace.documents.items()
            home = next((one for one, own in known if own is base.document), "")
            nearby = join(home, path)
            if nearby != uri and nearby.startswith("file:"):
                # An `$id` on the web beside files that refer to each other by name.
                try:
                    return self._resource(nearby, reference, base)
                except Unresolved as other:
                    missing = other
            else:
                message = str(error)
                if error.code == "dangling-ref":
                    message += self._guesses.of_name(base.document.data, path)
                missing = Unresolved(error.code, message)
            # Or a file beside the specification says that it is the one.
            try:
                beside = self.workspace.bearer(uri)
            except Unavailable as twice:
                raise Unresolved(twice.code, str(twice)) from None
            if beside is None and is_one(uri):
                return self._referred(uri, base)
            if beside is None:
                raise missing from None
            found = self._resource(beside, reference, base)
            self.by_uri.setdefault(uri, found)
            return found
        return self._referred(uri, base)

    def _referred(self, uri: str, base: Resource) -> Resource:
        """A document that a resource refers to, in the dialect that it says it has."""
        try:
            document = self.workspace.document(uri, fetch=True)
        except Unavailable as error:
            raise Unresolved(error.code, str(error)) from None
        own = kinds.stated(document.data)
        if own is None:
            return self.add_document(uri, base.dialect)
        return self.add_document(uri, own, roots(document))

    def in_dialect(self, place: Place, dialect: Dialect) -> Place:
        """A part of a document that is written in another dialect."""
        outer = place.resource.outer or place.resource
        if dialect == outer.dialect:
            return place
        part = Resource(
            outer.uri, outer.document, place.pointer, place.data, dialect, outer=outer
        )
        self.embedded[outer.document.name][place.pointer] = part
        return Place(part, place.pointer, place.data)


_MOST_TURNS = 20
"""Through how many references the way of one reference leads."""
