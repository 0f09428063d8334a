"""The page `docs/lint-codes.md`: everything that `lint` says, and how to read it."""

from __future__ import annotations

from typing import Final

from codegen.diagnostics import CODES
from codegen.linter import kinds
from codegen.linter.codes import RULES

_HEAD: Final = """# What `codegen lint` says

Each line reads `file:line:column: severity[code]: message`. Errors make the
command exit with 1; warnings and notes do not. A position is always that in
the file that holds the text, also where a `$ref` led to it. A last line sums
up: `3 errors, 2 warnings in 1 file`.

**What is judged.** `codegen lint SPEC…`, files; `codegen lint NAME…`, configured SDKs
by their package; `codegen lint`, all that is configured. A file that a configured SDK
is made from is read as that SDK reads it, and the options that say which document is
meant (`--overlay`, `--include`, `--exclude`, `--perspective`, `--lenient`,
`--assert-formats`, `--root`, `--config`) are those of `generate`.
Every schema is looked at, wherever one may stand: those of headers, encodings, traits
and bindings, too, and of components and definitions that nothing refers to, and the
examples beside each.

**Formats.** `--format text` prints to standard error, as every command prints what is
wrong. `json`, `github` (annotations of a workflow) and `sarif` (2.1.0, for code
scanning and editors) print to standard output; the summary goes to standard error, and
so does what keeps a specification from being read. Paths in `github` and `sarif` are
relative to the root of the repository.

**Severity.** `--severity CODE=error|warn|off`, or in `pyproject.toml`:

```toml
[tool.codegen.lint]
ignore = "accepted.yaml"

[tool.codegen.lint.severity]
prose-default = "off"
unknown-format = "error"
```

What is off is counted in the last line and stands under `suppressed` in JSON. What
keeps a specification from being read stays an error.

**Accepting a problem.** `--ignore FILE`, or `ignore`: a YAML list of entries with
`rule` (the code), `expires` (a day), `reason`, and as far as wanted `file` (its path,
or the end of that), `schema` (the name of the schema it lies in) and `pointer` (a JSON
Pointer, from the root of the file or from that schema). `--format json` shows schema
and pointer of each problem. An entry counts until its day is past; `--today DAY` says
which day it is, so that a run can be repeated.

```yaml
- rule: invalid-example
  expires: 2027-03-31
  reason: the vendor knows
  schema: Session
  pointer: /properties/voice/example
```

## Reading and meaning

Found by every command, not only by `lint`; all are errors unless the line
says otherwise.

"""


def reference() -> str:
    """The text of `docs/lint-codes.md`."""
    lines = [_HEAD.rstrip("\n"), ""]
    lines += [
        f"- `{code}`: {text}" for code, text in CODES.items() if code not in RULES
    ]
    lines += [
        "",
        "## What vendors get wrong",
        "",
        "`generate` goes on wherever it can say what it left out: these are warnings",
        "to it unless something is refused, and stand in docstrings of the package.",
        "To `lint`, what is not enforced, left out or refused is an error; with",
        "`--lenient` it is none. [reading.md](reading.md) says more.",
        "",
        *kinds.table(),
    ]
    lines += ["", "## Checks of `lint`", ""]
    for rule in RULES.values():
        lines += [f"### `{rule.code}` ({rule.severity.value})", ""]
        lines += [
            rule.title[0].upper() + rule.title[1:] + ".",
            "",
            rule.explanation,
            "",
        ]
    return "\n".join(lines)
