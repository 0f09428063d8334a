"""Fuzzing with coverage as the guide: `python -m tests.fuzz.guided --seconds 60`.

Every target (`tests/fuzz/targets.py`) runs for so many seconds in a process of its
own. Where Atheris can be imported it drives, and new branches of `codegen` and of
generated code lead it on; elsewhere Hypothesis makes the inputs, without a guide. An
input that breaks something stays in `.fuzz/TARGET/`, to become a case.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

NAMES: Final = ("events", "schemas", "specs", "overlays", "diff")
_INSTRUMENTED: Final = ["codegen", "fuzzed_realtime", "fuzzed_every_keyword"]
_RUNS: Final = re.compile(r"^(?:stat::number_of_executed_units:|inputs:) *(\d+)", re.M)
_FOLDER: Final = Path(".fuzz")
_EXAMPLES: Final = 500


def main() -> int:
    options = _arguments()
    if options.child:
        _drive(options.child, options.seconds, options.seed)
        return 0
    engine = "Atheris" if importlib.util.find_spec("atheris") else "Hypothesis"
    failed = False
    for name in options.targets or NAMES:
        code, told = _child(name, options.seconds, options.seed)
        runs = _RUNS.search(told)
        count = runs.group(1) if runs else "an unknown number of"
        print(f"{name}: {count} inputs in {options.seconds} s by {engine}", flush=True)
        if code:
            failed = True
            print(told[-6_000:], file=sys.stderr)
    return int(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.fuzz.guided", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", choices=NAMES, help=argparse.SUPPRESS)
    return parser.parse_args()


def _child(name: str, seconds: int, seed: int) -> tuple[int, str]:
    command = [sys.executable, "-m", "tests.fuzz.guided", "--child", name]
    command += ["--seconds", str(seconds), "--seed", str(seed)]
    run = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="backslashreplace",
    )
    return run.returncode, run.stdout


def _drive(name: str, seconds: int, seed: int) -> None:
    """Run one target until its time is up or something breaks."""
    kept = _FOLDER / name
    kept.mkdir(parents=True, exist_ok=True)
    if importlib.util.find_spec("atheris"):
        _by_atheris(name, kept, seconds, seed)
    else:
        _by_hypothesis(name, kept, seconds, seed)


def _target(name: str) -> Target:
    from tests.fuzz.targets import TARGETS

    return TARGETS[name]


def _by_atheris(name: str, kept: Path, seconds: int, seed: int) -> None:
    import atheris

    with atheris.instrument_imports(
        include=_INSTRUMENTED, enable_loader_override=False
    ):
        target = _target(name)
        seeds = list(target.seeds())
        for each in seeds:
            target.run(each)
    corpus = kept / "seeds"
    corpus.mkdir(exist_ok=True)
    for number, content in enumerate(seeds):
        (corpus / str(number)).write_bytes(content)

    def mutated(data: bytes, size: int, salt: int) -> bytes:
        rng = random.Random(salt)
        if target.mutate is not None and rng.random() < 0.7:
            return target.mutate(data, rng)[:size]
        return atheris.Mutate(data, size)

    arguments = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-artifact_prefix={kept}/",
        "-print_final_stats=1",
        "-max_len=20000",
        "-rss_limit_mb=2048",
        "-timeout=60",
        str(corpus),
    ]
    atheris.Setup(arguments, target.run, custom_mutator=mutated)
    atheris.Fuzz()


def _by_hypothesis(name: str, kept: Path, seconds: int, seed: int) -> None:
    """Damaged seeds and any bytes, until the time is up."""
    import hypothesis
    from hypothesis import strategies

    target = _target(name)
    damage = target.mutate or bytes_damaged
    salted = strategies.tuples(
        strategies.sampled_from(list(target.seeds())), strategies.integers(0, 2**32)
    )
    inputs = strategies.one_of(
        salted.map(lambda each: damage(each[0], random.Random(each[1]))),
        strategies.binary(max_size=2_000),
    )
    quiet = hypothesis.settings(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    end = time.monotonic() + seconds
    runs = 0

    def once(data: bytes) -> None:
        nonlocal runs
        runs += 1
        if time.monotonic() < end:
            (kept / "last").write_bytes(data)
            target.run(data)

    while time.monotonic() < end:
        seed += 1
        hypothesis.seed(seed)(quiet(hypothesis.given(inputs)(once)))()
    print(f"inputs: {runs}")


def bytes_damaged(data: bytes, rng: random.Random) -> bytes:
    """Some bytes with a piece removed, doubled, or replaced by any others."""
    start = rng.randrange(len(data) + 1)
    end = min(len(data), start + rng.randrange(40))
    piece = rng.choice([b"", data[start:end] * 2, rng.randbytes(end - start)])
    return data[:start] + piece + data[end:]


if __name__ == "__main__":
    sys.exit(main())
