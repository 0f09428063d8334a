"""Random edits of specifications, generated with a memory and without: what is written,
what is said and the exit code are the same.

`python -m tests.property.edits 300` makes that many edits of the project's own
test document and of documents of the corpus, in pieces and whole, and prints what
differs.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from codegen import cli
from codegen.cache import folder
from codegen.python.model import pieces
from codegen.source.document import Document
from tests.corpus_paths import CORPUS, ROOT

Spec = dict[str, Any]
Node = dict[str, Any]
Editor = Callable[[Node, Spec, random.Random], None]

DOCUMENTS: Final = (
    ROOT / "benchmarks" / "every-keyword.yaml",
    CORPUS / "openai" / "openapi-2024-10-17.yaml",
    CORPUS / "vendors" / "spotify-fixed.yml",
    CORPUS / "vendors" / "twilio-messaging.json",
    CORPUS / "vendors" / "deepgram-asyncapi.yml",
    CORPUS / "asyncapi" / "slack-rtm-asyncapi.yml",
)

_LIMITS: Final = ("minLength", "maxLength", "minimum", "maximum", "minItems")


def read(path: Path) -> Spec:
    """A document as plain values."""
    data = Document(path.name, path.name, path.read_bytes()).data
    assert isinstance(data, dict)
    return data


def nodes(spec: Spec) -> list[Node]:
    """All that looks like a schema."""
    found: list[Node] = []
    pending: list[Any] = [spec]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending += value
        elif isinstance(value, dict):
            if {"type", "properties", "allOf", "oneOf", "anyOf", "$ref"} & value.keys():
                found.append(value)
            pending += value.values()
    return found


def names(spec: Spec) -> list[str]:
    """References to the schemas of a document that have a name."""
    found = spec.get("components", {}).get("schemas", {})
    return [f"#/components/schemas/{name}" for name in found]


# --- edits -------------------------------------------------------------------------


def limit(node: Node, spec: Spec, rng: random.Random) -> None:
    """Another limit, or one more."""
    node[rng.choice(_LIMITS)] = rng.choice([0, 1, 2, 7, 300])


def words(node: Node, spec: Spec, rng: random.Random) -> None:
    """Another description."""
    node["description"] = rng.choice(["It is.", 'A "quote".\n\nMore.', "", "é" * 99])


def another_property(node: Node, spec: Spec, rng: random.Random) -> None:
    """A property more, with a class of its own perhaps."""
    inner: Node = {"type": rng.choice(["string", "integer", "boolean"])}
    if rng.random() < 0.3:
        inner = {"type": "object", "properties": {"a": inner, "b": {"type": "array"}}}
    if not isinstance(node.get("properties"), dict):
        node["properties"] = {}
    node["properties"][rng.choice(["added", "class", "name", "x-y"])] = inner


def no_property(node: Node, spec: Spec, rng: random.Random) -> None:
    """A property less."""
    found = node.get("properties")
    if isinstance(found, dict) and found:
        del found[rng.choice(sorted(found))]


def required(node: Node, spec: Spec, rng: random.Random) -> None:
    """Another set of required properties."""
    found = node.get("properties")
    if isinstance(found, dict) and found:
        node["required"] = sorted(rng.sample(sorted(found), rng.randint(1, len(found))))


def kind(node: Node, spec: Spec, rng: random.Random) -> None:
    """Another type."""
    node["type"] = rng.choice(["string", "integer", "number", "null", "array"])


def values(node: Node, spec: Spec, rng: random.Random) -> None:
    """A set of values."""
    node["enum"] = rng.choice([["a", "b"], [1, 2], ["a", None], [True]])


def default(node: Node, spec: Spec, rng: random.Random) -> None:
    """Another default."""
    node["default"] = rng.choice([None, 1, "a", [], {}])


def reference(node: Node, spec: Spec, rng: random.Random) -> None:
    """A reference, perhaps one that closes a circle or leads nowhere."""
    found = names(spec)
    target = rng.choice([*found, *found, "#/components/schemas/Nowhere"])
    inner = node.get("properties")
    if isinstance(inner, dict):
        inner["referred"] = {"$ref": target}
    else:
        node.clear()
        node["$ref"] = target


def union(node: Node, spec: Spec, rng: random.Random) -> None:
    """A union of what was there and something else."""
    before = copy.deepcopy(node)
    node.clear()
    node[rng.choice(["oneOf", "anyOf"])] = [before, {"type": "null"}]


def nonsense(node: Node, spec: Spec, rng: random.Random) -> None:
    """What has no meaning, or breaks."""
    node[rng.choice(["type", "properties", "pattern", "required", "maxLength"])] = (
        rng.choice(["(", 3, [], {"a": 1}, "no"])
    )


def another_schema(node: Node, spec: Spec, rng: random.Random) -> None:
    """A schema more with a name, perhaps one that something has already."""
    found = spec.setdefault("components", {}).setdefault("schemas", {})
    name = rng.choice(["Added", "AddedItem", "added", "Event"])
    found[name] = copy.deepcopy(node)


def no_schema(node: Node, spec: Spec, rng: random.Random) -> None:
    """A schema less that has a name."""
    found = spec.get("components", {}).get("schemas", {})
    if found:
        del found[rng.choice(sorted(found))]


def title(node: Node, spec: Spec, rng: random.Random) -> None:
    """Another version of the whole."""
    if isinstance(spec.get("info"), dict):
        spec["info"]["version"] = str(rng.randint(1, 9))


def _schemas(spec: Spec) -> dict[str, Any]:
    found = spec.setdefault("components", {}).setdefault("schemas", {})
    assert isinstance(found, dict)
    return found


def another_name(node: Node, spec: Spec, rng: random.Random) -> None:
    """Another name for a schema, perhaps one that yields to others, or that others
    yield to; all that refers to it does so still."""
    found = _schemas(spec)
    if not found:
        return
    old = rng.choice(sorted(found))
    new = rng.choice([f"{old}Item", old.lower(), old.swapcase(), "A" + old, old[:-1]])
    if not new or new in found:
        return
    renamed = {new if name == old else name: made for name, made in found.items()}
    found.clear()
    found.update(renamed)
    start, target = "#/components/schemas/", f"#/components/schemas/{new}"
    for one in nodes(spec):
        if one.get("$ref") == f"{start}{old}":
            one["$ref"] = target


def colliding(node: Node, spec: Spec, rng: random.Random) -> None:
    """A schema whose name is that of a class inside another one."""
    found = _schemas(spec)
    if not found:
        return
    outer = rng.choice(sorted(found))
    inner: Node = {"type": "object", "properties": {"a": {"type": "string"}}}
    if isinstance(found[outer], dict) and isinstance(
        found[outer].get("properties"), dict
    ):
        found[outer]["properties"]["part"] = inner
    found[outer[:1].upper() + outer[1:] + rng.choice(["Part", "Item"])] = {
        **inner,
        "required": ["a"],
    }


def member(node: Node, spec: Spec, rng: random.Random) -> None:
    """A branch of a union more, less, or at another place."""
    unions = [
        one[key]
        for one in nodes(spec)
        for key in ("oneOf", "anyOf")
        if isinstance(one.get(key), list) and one[key]
    ]
    if not unions:
        return
    branches = rng.choice(unions)
    match rng.randrange(3):
        case 0:
            branches.append({"$ref": rng.choice(names(spec) or ["#/nowhere"])})
        case 1 if len(branches) > 1:
            del branches[rng.randrange(len(branches))]
        case _:
            branches.reverse()


def tag(node: Node, spec: Spec, rng: random.Random) -> None:
    """Another tag of an object, or one that others have, too."""
    tags = [
        one
        for one in nodes(spec)
        if one.get("type") == "string"
        and (isinstance(one.get("const"), str) or len(one.get("enum") or ()) == 1)
    ]
    if len(tags) > 1:
        one, other = rng.sample(tags, 2)
        value = rng.choice(["another", *(other.get("enum") or [other.get("const")])])
        one["const" if "const" in one else "enum"] = (
            value if "const" in one else [value]
        )


def only_one_side(node: Node, spec: Spec, rng: random.Random) -> None:
    """A property that only one side writes."""
    found = node.get("properties")
    if isinstance(found, dict) and found:
        inner = found[rng.choice(sorted(found))]
        if isinstance(inner, dict):
            inner[rng.choice(["readOnly", "writeOnly"])] = True


def order(node: Node, spec: Spec, rng: random.Random) -> None:
    """The same schemas in another order."""
    found = _schemas(spec)
    items = list(found.items())
    rng.shuffle(items)
    found.clear()
    found.update(items)


def loop(node: Node, spec: Spec, rng: random.Random) -> None:
    """A schema that leads back to itself by way of others."""
    found = _schemas(spec)
    if len(found) < 2:
        return
    one, other = rng.sample(sorted(found), 2)
    for here, there in ((one, other), (other, one)):
        made = found[here]
        if isinstance(made, dict) and isinstance(made.get("properties"), dict):
            made["properties"]["back"] = {
                "type": "array",
                "items": {"$ref": f"#/components/schemas/{there}"},
            }


EDITS: Final[tuple[Editor, ...]] = (
    *(another_name, colliding, member, tag, only_one_side, order, loop),
    *(limit, limit, limit, words, words, another_property, no_property, required),
    *(kind, values, default, reference, union, nonsense, another_schema, no_schema),
    title,
)


def edited(spec: Spec, rng: random.Random) -> tuple[str, Spec]:
    """A document with one thing changed, and what that is."""
    found = copy.deepcopy(spec)
    places = nodes(found)
    edit = rng.choice(EDITS)
    if places:
        edit(rng.choice(places), found, rng)
    return edit.__name__, found


# --- both ways ---------------------------------------------------------------------


def generated(folder_: Path, name: str, *options: str) -> tuple[object, ...]:
    """What a run says, and what there is then."""
    said = io.StringIO()
    command = ["generate", name, "--package", "sdk", "--lenient", "--output", "out"]
    with (
        contextlib.chdir(folder_),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
    ):
        code = cli.main([*command, *options])
    # How many files are changed depends on what was there.
    lines = [line for line in said.getvalue().splitlines() if " changed" not in line]
    top = folder_ / "out"
    tree = {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }
    return code, lines, tree


def differing(path: Path, seed: int, count: int) -> Iterator[tuple[str, str]]:
    """The kinds of some edits of a document, each of which is made on top of the one
    before unless that broke it; with what differs, which is empty if nothing does."""
    rng = random.Random(seed)
    spec = read(path)
    with tempfile.TemporaryDirectory() as made, _cache(Path(made) / "cache"):
        known, anew = Path(made) / "known", Path(made) / "anew"
        known.mkdir()
        anew.mkdir()
        current = ("as it is", spec)
        for _ in range(count):
            what, after = current
            for place in (known, anew):
                (place / "spec.json").write_text(json.dumps(after, indent=1), "utf-8")
            if rng.random() < _DAMAGED:
                _damage(Path(made) / "cache", rng)
            first = generated(known, "spec.json")
            shutil.rmtree(anew / "out", ignore_errors=True)
            if first[0]:  # What was written before stays.
                shutil.copytree(known / "out", anew / "out", dirs_exist_ok=True)
            second = generated(anew, "spec.json", "--no-cache")
            yield what, _difference(first, second)
            spec = spec if first[0] else after
            current = edited(spec, rng)


_DAMAGED: Final = 0.2
"""How often something happens to the cache between two runs."""


def _damage(cache: Path, rng: random.Random) -> None:
    """Take files away, cut them off, or put one in the place of another."""
    found = sorted(cache.glob("*.json"))
    for path in rng.sample(found, min(len(found), 8)):
        match rng.randrange(4):
            case 0:
                path.unlink()
            case 1:
                path.write_bytes(path.read_bytes()[: rng.randrange(100)])
            case 2:
                other = rng.choice([one for one in found if one.exists()])
                path.write_bytes(other.read_bytes())
            case _ if path.name.startswith("memo-"):
                with contextlib.suppress(ValueError):
                    _spoil(path, rng)


def _spoil(path: Path, rng: random.Random) -> None:
    """Put something else where there was something."""
    table = json.loads(path.read_bytes())
    for name in [*table][::3]:
        table[name] = rng.choice([None, [], [1, 2], {"a": 1}, "x"])
    path.write_text(json.dumps(table), "utf-8")


def _difference(first: tuple[Any, ...], second: tuple[Any, ...]) -> str:
    if first == second:
        return ""
    if first[:2] != second[:2]:
        return f"said {first[:2]}, not {second[:2]}"
    trees = first[2], second[2]
    paths = sorted(
        p for p in {**trees[0], **trees[1]} if trees[0].get(p) != trees[1].get(p)
    )
    return f"written otherwise: {paths[:5]}"


@contextlib.contextmanager
def _cache(place: Path) -> Iterator[None]:
    before = {name: os.environ.pop(name, None) for name in (folder.OFF, folder.PLACE)}
    os.environ[folder.PLACE] = str(place)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextlib.contextmanager
def in_pieces() -> Iterator[None]:
    """Let a small package have pieces."""
    sizes = {"WHOLE": 0, "MOST": 40, "FEW": 5}
    before = {name: getattr(pieces, name) for name in sizes}
    try:
        for name, size in sizes.items():
            setattr(pieces, name, size)
        yield
    finally:
        for name, size in before.items():
            setattr(pieces, name, size)


def main(count: int, seed: int) -> int:
    """Make so many edits; how many differ."""
    seen: Counter[str] = Counter()
    wrong = 0
    runs = [(path, way) for path in DOCUMENTS for way in (False, True) if path.exists()]
    for number, (path, way) in enumerate(runs):
        with in_pieces() if way else contextlib.nullcontext():
            for what, found in differing(path, seed + number, count // len(runs)):
                seen[what] += 1
                if found:
                    wrong += 1
                    how = "in pieces" if way else "whole"
                    print(f"{path.name} {how}: {what}: {found}")
    print(f"{sum(seen.values())} edits, {wrong} differ: {dict(seen)}")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]), int((sys.argv[2:] or ["1"])[0]))))
