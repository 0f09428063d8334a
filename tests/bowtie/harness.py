"""A harness for Bowtie, which compares validators: generated code judges.

Reads one command a line and answers with one line, as Bowtie's protocol asks: `start`,
`dialect`, `run` for each schema with its instances, `stop`. For each schema a package
is generated, imported from memory and asked. A schema that is refused is answered
with the problems that were found, never with a guess.
"""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from codegen import python
from codegen.diagnostics import CodegenError, Report
from codegen.frontend import Options, dialects, load
from codegen.memory import imported

PROTOCOL: Final = 1
DIALECTS: Final = (
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema#",
    "http://json-schema.org/draft-06/schema#",
    "http://json-schema.org/draft-04/schema#",
)


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The answer to each command, until there are no more or `stop` is said."""
    dialect = None
    for line in lines:
        match json.loads(line):
            case {"cmd": "start", "version": version}:
                yield _started(version)
            case {"cmd": "dialect", "dialect": str(uri)}:
                dialect = uri
                yield {"ok": uri in DIALECTS}
            case {"cmd": "run", "seq": seq, "case": case}:
                yield {"seq": seq, **_run(case, dialect)}
            case {"cmd": "stop"}:
                return
            case _:
                raise ValueError("no command of Bowtie's protocol")


def _started(version: object) -> dict[str, Any]:
    if version != PROTOCOL:
        raise ValueError(f"version {version} of the protocol is not known here")
    implementation = {
        "language": "python",
        "name": "wirewright",
        "version": metadata.version("wirewright"),
        "dialects": list(DIALECTS),
        "os": platform.system(),
        "os_version": platform.release(),
        "language_version": platform.python_version(),
    }
    return {"version": PROTOCOL, "implementation": implementation}


def _run(case: Mapping[str, Any], dialect: str | None) -> dict[str, Any]:
    """What generated code says of the instances of a case."""
    try:
        instances = [test["instance"] for test in case["tests"]]
        registry = case.get("registry") or {}
        with tempfile.TemporaryDirectory() as folder:
            verdicts = _judged(
                Path(folder), case["schema"], registry, instances, dialect
            )
        return {"results": [{"valid": verdict} for verdict in verdicts]}
    except CodegenError as error:
        return {"errored": True, "context": {"message": str(error)}}


def _judged(
    folder: Path,
    schema: object,
    registry: Mapping[str, object],
    instances: list[object],
    dialect: str | None,
) -> list[bool]:
    mounts = dict(_written(folder / "registry", registry))
    spec = folder / "schema" / "schema.json"
    spec.parent.mkdir()
    spec.write_text(json.dumps(schema), encoding="utf-8")
    options = Options(
        mounts=mounts, dialect=dialects.of_schema_uri(dialect or DIALECTS[0])
    )
    report = Report()
    module = load(spec, options, report).module
    if report.failed:
        raise CodegenError(report)
    package = python.decide(module, python.Settings(package="sdk"))
    with imported("sdk", python.package_files(package)) as generated:
        judge = generated.SCHEMAS["#"]
        return [not judge.violations(instance) for instance in instances]


def _written(
    folder: Path, registry: Mapping[str, object]
) -> Iterator[tuple[str, Path]]:
    """The documents of a registry as files, by the URI that each stands for."""
    folder.mkdir()
    for number, (uri, document) in enumerate(registry.items()):
        path = folder / f"{number}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        yield uri, path


def main() -> None:
    """Answer standard input until it ends."""
    for answer in answers(sys.stdin):
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
