"""Damages a generated package, and its generator, and asks who notices.

For every mutation a package is damaged in a copy, or generated anew by a damaged
generator, and nothing but the golden tests that were generated with the sound package
is run on it. There are two packages: the realtime one, and one of a specification
that uses every keyword. Run with `make mutate`.

A damaged generator that fails is noticed before there is a package; one that writes
the same bytes, or bytes that differ in documentation alone, has not damaged anything
and does not count. What survives counts, and is held against the sound package once
more with documents that the golden tests do not know (`alike.py`).
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from benchmarks.damage import Mutation
from benchmarks.equivalence import plainly
from benchmarks.mutations import (
    GENERATED,
    LOGIC,
    STATEMENTS,
    WRITTEN,
    mutations,
    spread,
)

ROOT: Final = Path(__file__).resolve().parent.parent
SDKS: Final = {
    "openai_realtime": {
        "spec": str(ROOT / "specs" / "realtime" / "2024-12-17" / "asyncapi.yaml"),
        "perspective": "client",
    },
    "every_keyword": {
        "spec": str(ROOT / "benchmarks" / "every-keyword.yaml"),
        "server_events": ["Opened", "Shut"],
        "client_events": ["Say", "Configure", "Payload", "Open"],
        "assert_formats": True,
    },
}
"""What is configured of each package: two tables in the second tell their events apart
by an object inside, and by the properties that they have."""

PLAIN: Final = (
    "_checks.py",
    "_codec.py",
    "_constraints.py",
    "events.py",
    "models.py",
    "schemas.py",
)
RUNTIME: Final = {
    "_runtime/checks.py": "child equal among key unique multiple integral matches",
    "_runtime/constraints.py": """violations sent_violations _Judge.checks _Judge._of
    _Judge.check_of _Judge.accepts _Judge.evaluated""",
    "_runtime/_rules.py": "fail fail_missing refusal meets pointer",
    "_runtime/_scalars.py": """by_type is_type _type _enum _const _is_value _limit
    _number _multiple_of _pattern found_in _format sized""",
    "_runtime/_containers.py": """_unique_items _prefix_items _items _contains
    _unevaluated_items _properties _pattern_properties _others _closed
    _additional_properties _property_names _required _dependent_required
    _dependent_schemas _unevaluated_properties""",
    "_runtime/_unions.py": """_all_of _union _tried _tagged _branch _has _branches _not
    _if in_place""",
    "_runtime/wire.py": "wire plain _wire_list _wire_dict",
    "_runtime/build.py": """build decode unknown_of _unknown _untagged fill_missing
    restore""",
    "_runtime/schema.py": """Schema.decode Schema.encode Schema.from_json Schema.to_json
    Schema.violations Schemas.__getitem__ Schemas.__iter__""",
    "_runtime/events.py": """Events.__getitem__ Events.__iter__
    Events.encode Events.decode Events._decode_other
    Events._decode_strictly""",
    "_runtime/model.py": """Model.from_dict Model.to_dict Model.__repr__
    violations_of slots_of""",
}
"""The part of the runtime through which documents go, by file: functions and methods.
What else it offers is the business of its own tests."""
EMITTERS: Final = {
    "checks/*.py": LOGIC,
    "conditions.py": LOGIC,
    "model/event_tables.py": LOGIC,
    "model/fields.py": LOGIC,
    "model/union_dispatch.py": LOGIC,
    "codec/*.py": STATEMENTS,
}
"""The modules of the generator that write what checks, decodes and encodes. What the
codec's decide is mostly whether the fast or the plain way of writing the same is
safe; turning that round costs time and changes nothing on the wire."""

IN_PLACE: Final = frozenset(
    [
        "is_small",
        "_stands_in_place",
        "_weight",
        "_fits",
        "_fits_in_place",
        "inlined",
        "small",
        "_small",
        "_small_tagged",
        "_rule",
        "_beside_null",
        "_disturbs",
        "_told_by",
        "__or__",
        "_together",
    ]
)
"""Functions of the writers that only say whether something is written in place
or called, at once or step by step, in which order, or under which name: no document can
tell, so they are not damaged."""

SHORTCUTS: Final = frozenset(["strings", "_is_any_string", "_is_scalar", "only_test"])
"""Functions that say of what a quicker or shorter way is written: where they say
nothing, the plain way is taken, which comes to the same."""

_SILENCE: Final = frozenset(["drop statement", "return nothing"])

TIMEOUT: Final = 400
"""Seconds for one run: more than a busy machine takes, for what takes longer counts as
noticed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutation: `killed`, `survived`, `refused` (no package came
    of it) or `same` (the package did not change)."""

    family: str
    mutation: Mutation
    shown: str
    verdict: str
    told: str = ""
    """Of a survivor: whether other documents can tell the packages apart."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run all mutations and print the report; 1 if the score is below 98 %."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=int, default=220, help="of generated files")
    parser.add_argument("--runtime", type=int, default=50, help="of the runtime")
    parser.add_argument("--generator", type=int, default=80, help="of the generator")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--report", type=Path, help="write the report here as well")
    parser.add_argument(
        "--no-alike",
        action="store_true",
        help="do not hold survivors against the sound packages with other documents",
    )
    parser.add_argument(
        "--only",
        action="append",
        metavar="TEXT",
        help="none but the chosen ones whose line of the report contains this text",
    )
    options = parser.parse_args(argv)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "sound"
        _sound(sound)
        # Where the sound generator fails so, every damaged one would.
        _damaged(Path(folder) / "plain", ROOT, sound / CONFIG)
        if _golden(sound) != "survived":
            print("the golden tests fail on the sound packages", file=sys.stderr)
            return 2
        work = [
            *_of_package(sound, "openai_realtime", options.package * 2 // 3),
            *_of_package(sound, "every_keyword", options.package // 3),
            *_of_runtime(sound, options.runtime),
            *_of_generator(options.generator),
        ]
        if options.only:
            work = [w for w in work if any(text in w[2] for text in options.only)]
        alike = not options.no_alike
        outcomes = _outcomes(sound, work, options.jobs, alike)
    lines = list(_report(outcomes, len(work), time.perf_counter() - started))
    print("\n".join(lines))
    if options.report:
        options.report.write_text("\n".join([*lines, ""]), "utf-8")
    return 0 if _score(outcomes) >= 0.98 else 1


Work: TypeAlias = tuple[str, Mutation, str]


def _outcomes(sound: Path, work: list[Work], jobs: int, alike: bool) -> list[Outcome]:
    """What became of the mutations: of those that were tried, where the user has had
    enough before the end."""
    found: list[Outcome] = []
    with ThreadPoolExecutor(jobs) as pool:
        try:
            for outcome in pool.map(lambda w: _try(sound, *w, alike), work):
                found.append(outcome)
                if outcome.verdict == "survived":
                    print(f"survived: {outcome.shown}", file=sys.stderr)
                elif sys.stderr.isatty():
                    print(f"\r{len(found)}/{len(work)}", end="", file=sys.stderr)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
    return found


# --- the mutations ---


def _of_package(sound: Path, package: str, count: int) -> list[Work]:
    texts = {
        f"{package}/{name}": (sound / package / name).read_text("utf-8")
        for name in PLAIN
    }
    found = [
        m for file, text in texts.items() for m in mutations(file, text, GENERATED)
    ]
    return [(package, m, m.describe(texts[m.file])) for m in spread(found, count)]


def _of_runtime(sound: Path, count: int) -> list[Work]:
    """The runtime is the same in both packages, and is damaged in both."""
    found: list[Mutation] = []
    texts = {}
    for name, functions in RUNTIME.items():
        file = f"every_keyword/{name}"
        texts[file] = (sound / file).read_text("utf-8")
        within = frozenset(functions.split())
        found += mutations(file, texts[file], WRITTEN, within)
    return [("runtime", m, m.describe(texts[m.file])) for m in spread(found, count)]


def _of_generator(count: int) -> list[Work]:
    folder = ROOT / "codegen" / "python"
    found: list[Mutation] = []
    texts = {}
    for pattern, operators in EMITTERS.items():
        for path in sorted(folder.glob(pattern)):
            file = path.relative_to(ROOT).as_posix()
            texts[file] = path.read_text("utf-8")
            apart = _lines_of(texts[file], IN_PLACE)
            short = _lines_of(texts[file], SHORTCUTS)
            found += (
                made
                for made in mutations(file, texts[file], operators)
                if made.line not in apart
                and not (made.line in short and made.operator in _SILENCE)
            )
    chosen = spread(found, count)
    return [("generator", m, m.describe(texts[m.file])) for m in chosen]


def _lines_of(source: str, names: frozenset[str]) -> set[int]:
    """The lines of the functions that bear some names."""
    return {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name in names
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


# --- one mutation ---


def _try(
    sound: Path, family: str, mutation: Mutation, shown: str, alike: bool
) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "damaged"
        if family == "generator":
            verdict = _by_generator(sound, copy, mutation)
        else:
            verdict = _by_damage(sound, copy, family, mutation)
        told = _apart(sound, copy) if alike and verdict == "survived" else ""
        return Outcome(family, mutation, shown, verdict, told)


def _apart(sound: Path, copy: Path) -> str:
    """Whether a survivor does anything that the sound packages do not."""
    count = 0
    for package in SDKS:
        one, two = _of_sound(sound, package), _behaviour(copy, package)
        if one != two:
            return f"{package} behaves otherwise"
        count += int(one.split()[1])
    return f"no difference in {count:,} documents"


@functools.cache
def _of_sound(sound: Path, package: str) -> str:
    return _behaviour(sound, package)


def _behaviour(folder: Path, package: str) -> str:
    """What `alike.py` prints: a digest and the number of documents behind it."""
    done = subprocess.run(
        [
            *(sys.executable, str(ROOT / "benchmarks" / "alike.py")),
            *(package, str(folder / "tests" / package / "golden")),
        ],
        cwd=folder,
        env=_environment(folder),
        capture_output=True,
        timeout=TIMEOUT,
        text=True,
        check=False,
    )
    return done.stdout or f"{done.stderr[-200:]} 0"


def _by_damage(sound: Path, copy: Path, family: str, mutation: Mutation) -> str:
    shutil.copytree(sound, copy)
    package, _, name = mutation.file.partition("/")
    packages = list(SDKS) if family == "runtime" else [package]
    for damaged in packages:
        _damage(copy / damaged / name, mutation)
    return _golden(copy, package if len(packages) == 1 else "")


def _damage(path: Path, mutation: Mutation) -> None:
    """Damage a file, and see to it that Python reads it: the others are compiled."""
    path.write_text(mutation.apply(path.read_text("utf-8")), "utf-8")
    for cached in path.parent.glob(f"__pycache__/{path.stem}.*"):
        cached.unlink()


def _by_generator(sound: Path, copy: Path, mutation: Mutation) -> str:
    generator = copy / "generator"
    for part in ("codegen", "templates"):
        shutil.copytree(ROOT / part, generator / part)
    _damage(generator / mutation.file, mutation)
    try:
        _damaged(copy, generator, sound / CONFIG)
    except subprocess.SubprocessError:
        return "refused"
    if all(_same(sound / package, copy / package) for package in SDKS):
        return "same"
    shutil.copytree(sound / "tests", copy / "tests")
    return _golden(copy)


CONFIG: Final = "pyproject.toml"


def _sound(folder: Path) -> None:
    """Write the packages with their golden tests, as a user does."""
    folder.mkdir()
    lines = []
    for package, keys in SDKS.items():
        lines.append("[[tool.codegen.sdk]]")
        table = {"package": package, "output": ".", **keys}
        # Strings and lists of them are to TOML what they are to JSON.
        lines += [f"{key} = {json.dumps(value)}" for key, value in table.items()]
    config = folder / CONFIG
    config.write_text("\n".join([*lines, ""]), "utf-8")
    command = [sys.executable, "-m", "codegen", "generate", "--config", str(config)]
    _run(command, ROOT)


_SCRIPT: Final = """
import sys
from pathlib import Path
from codegen import config, frontend, python
from codegen.diagnostics import Report
from codegen.flows import reading
configuration, folder = sys.argv[1:]
for sdk in config.read(Path(configuration), Report()).sdks:
    report = Report()
    module = frontend.load(sdk.spec, reading.options(sdk, report), report).module
    decided = python.decide(module, reading.settings(sdk))
    for file in python.package_files(decided):
        path = Path(folder) / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, "utf-8")
"""


def _damaged(folder: Path, generator: Path, config: Path) -> None:
    """Write the packages of a damaged generator, without tests.

    Raises SubprocessError where the generator fails.
    """
    _run([sys.executable, "-c", _SCRIPT, str(config), str(folder)], generator)


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(
        command,
        cwd=folder,
        env=_environment(folder),
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
    )


def _golden(folder: Path, package: str = "") -> str:
    """Whether the golden tests of a package, or of all, notice anything."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [*command, "--rootdir", str(folder), f"tests/{package}"],
            cwd=folder,
            env=_environment(folder),
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "killed"
    return "survived" if done.returncode == 0 else "killed"


def _environment(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
    return kept | {"PYTHONPATH": str(folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def _same(one: Path, two: Path) -> bool:
    """Whether two packages differ in nothing but documentation, and in ways of writing
    the same branches."""
    left, right = _files(one), _files(two)
    try:
        return left.keys() == right.keys() and all(
            text == right[name] or _bare(text) == _bare(right[name])
            for name, text in left.items()
        )
    except SyntaxError:
        return False


def _files(package: Path) -> dict[str, str]:
    """The modules of a package but those that are written with the tests."""
    return {
        path.relative_to(package).as_posix(): path.read_text("utf-8")
        for path in sorted(package.rglob("*.py"))
        if path.name not in ("strategies.py", "kit.py")
    }


def _bare(text: str) -> str:
    """Code without docstrings and annotations."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign():
                node.annotation = ast.Constant(None)
            case ast.arg():
                node.annotation = None
            case ast.FunctionDef():
                node.returns = None
            case ast.Call(func=ast.Name(id="fail"), args=[*_, ast.Constant() as why]):
                # The sentence for people is not on the wire.
                why.value = ""
            case _:
                pass
        with contextlib.suppress(AttributeError, IndexError, TypeError):
            first = node.body[0]  # type: ignore[attr-defined]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                first.value.value = ""
    return ast.dump(plainly(tree))


# --- the report ---


def _score(outcomes: list[Outcome]) -> float:
    counted = [o for o in outcomes if o.verdict in ("killed", "survived")]
    killed = sum(o.verdict == "killed" for o in counted)
    return killed / len(counted) if counted else 0.0


def _report(outcomes: list[Outcome], asked: int, seconds: float) -> Iterator[str]:
    if len(outcomes) < asked:
        yield f"Broken off after {len(outcomes)} of {asked} mutations."
        yield ""
    yield "| family | mutations | killed | survived | refused | same package |"
    yield "|---|---|---|---|---|---|"
    for family in dict.fromkeys(o.family for o in outcomes):
        verdicts = Counter(o.verdict for o in outcomes if o.family == family)
        row = [verdicts.total()] + [
            verdicts[name] for name in ("killed", "survived", "refused", "same")
        ]
        yield f"| {family} | " + " | ".join(map(str, row)) + " |"
    yield ""
    yield "| operator | killed | survived |"
    yield "|---|---|---|"
    for operator in sorted({o.mutation.operator for o in outcomes}):
        verdicts = Counter(
            o.verdict for o in outcomes if o.mutation.operator == operator
        )
        yield f"| {operator} | {verdicts['killed']} | {verdicts['survived']} |"
    yield ""
    yield f"Score: {_score(outcomes):.1%} of the mutations that changed the package."
    yield f"Time: {seconds:.0f} s."
    survivors = [(o.shown, o.told) for o in outcomes if o.verdict == "survived"]
    if survivors:
        yield ""
        yield "Survivors:"
        yield ""
        yield from (
            f"- `{shown}`" + f": {told}" * bool(told) for shown, told in survivors
        )


if __name__ == "__main__":
    sys.exit(main())
