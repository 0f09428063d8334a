"""The commands as a shell sees them: what they print, write and return."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import codegen
from codegen import cli, digests
from tests.corpus_paths import MYPY_CACHE, ROOT
from tests.e2e.conftest import Run
from tests.e2e.talk import SPEC
from tests.flavours import checking

GENERATE = ("generate", "talk.yaml", "--package", "talk", "--output", "out")

BROKEN = SPEC.replace("schemas/Voice'", "schemas/Voce'").replace(
    "type: number, minimum: 0.6", "type: numbr, minimum: low"
)


def tree(folder: Path) -> dict[str, bytes]:
    """The files of a folder, without what Python itself puts there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }


def python(folder: Path, code: str) -> str:
    """What a program prints that finds generated packages in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_generate_gives_a_package_that_validates_and_dispatches(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    done = run(*GENERATE)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    printed = python(
        tmp_path / "out",
        "import talk\n"
        "print(talk.Session(voice=talk.Voice.SAGE, temperature=0.7).to_json())\n"
        "try: talk.Session(voice=talk.Voice.SAGE, temperature=2)\n"
        "except talk.ValidationError as e: print(e.violations[0].keyword)\n"
        'frame = b\'{"type":"session.updated","session":{"voice":"sage"}}\'\n'
        "print(type(talk.EVENTS['ServerEvent'].decode(frame)).__name__)\n",
    )
    assert printed.split() == [
        'b\'{"voice":"sage","temperature":0.7}\'',
        "maximum",
        "SessionUpdated",
    ]


def test_the_golden_tests_of_a_package_pass(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    assert run(*GENERATE).returncode == 0
    tests = tmp_path / "out/tests/talk"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]


def test_what_is_generated_is_formatted_and_strictly_typed(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    assert run(*GENERATE).returncode == 0
    for tool in (
        ["black", "--check", "--quiet", *checking.COPIED, "out"],
        ["mypy", "--strict", "--cache-dir", MYPY_CACHE, "out/talk"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *tool],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, (tool, done.stdout[-3000:], done.stderr[-1000:])


def test_check_tells_what_is_stale_and_writes_nothing(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    first = run(*GENERATE, "--check")
    assert first.returncode == 1
    assert "+++ b/out/talk/models.py" in first.stdout
    assert not (tmp_path / "out").exists()
    assert run(*GENERATE).returncode == 0
    current = run(*GENERATE, "--check")
    assert (current.returncode, current.stdout) == (0, "")
    spec.write_text(SPEC.replace("maximum: 1.2", "maximum: 1.3"))
    before = tree(tmp_path / "out")
    stale = run(*GENERATE, "--check")
    assert stale.returncode == 1
    assert "1.2" in stale.stdout
    assert "1.3" in stale.stdout
    assert tree(tmp_path / "out") == before


def test_generating_again_touches_nothing(tmp_path: Path, spec: Path, run: Run) -> None:
    assert run(*GENERATE).returncode == 0
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    for path in files:
        os.utime(path, (1, 1))
    done = run(*GENERATE)
    assert "0 changed" in done.stderr
    assert {path.stat().st_mtime for path in files} == {1}


def test_output_is_a_function_of_the_input(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    assert run(*GENERATE, PYTHONHASHSEED="1").returncode == 0
    before = tree(tmp_path / "out")
    other = tmp_path / "somewhere" / "else"
    other.mkdir(parents=True)
    (other / "talk.yaml").write_text(SPEC)
    done = run(
        *("generate", other / "talk.yaml", "--package", "talk"),
        *("--output", tmp_path / "again"),
        PYTHONHASHSEED="2",
        TZ="Asia/Tokyo",
    )
    assert done.returncode == 0
    assert tree(tmp_path / "again") == before
    assert not any(str(tmp_path).encode() in data for data in before.values())


def test_a_removed_schema_takes_its_files_and_no_others(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    assert run(*GENERATE).returncode == 0
    (tmp_path / "out/talk/mine.py").write_text("mine = 1\n")
    golden = tmp_path / "out/tests/talk"
    with_voice = {path for path in tree(golden) if "Failed" in path}
    assert with_voice
    spec.write_text(
        SPEC.replace("        - {$ref: '#/components/schemas/Failed'}\n", "").replace(
            SPEC[SPEC.index("    Failed:") : SPEC.index("    ServerEvent:")], ""
        )
    )
    assert run(*GENERATE).returncode == 0
    assert not with_voice & set(tree(golden))
    assert (tmp_path / "out/talk/mine.py").read_text() == "mine = 1\n"


def test_include_takes_the_closure(tmp_path: Path, spec: Path, run: Run) -> None:
    assert run(*GENERATE, "--include", "Session", "--include", "None*").returncode == 0
    printed = python(tmp_path / "out", "import talk; print(*sorted(talk.SCHEMAS))")
    assert printed.split() == ["Session", "Voice"]


def test_bad_input_is_told_completely_and_leaves_all_as_it_was(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    assert run(*GENERATE).returncode == 0
    before = tree(tmp_path / "out")
    spec.write_text(BROKEN)
    done = run(*GENERATE)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "talk.yaml:18:23: error[dangling-ref]" in done.stderr
    assert "talk.yaml:19:" in done.stderr
    assert "'numbr'" in done.stderr
    assert "   ^" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(tmp_path / "out") == before


@pytest.mark.parametrize(
    "args",
    [
        ("generate", "talk.yaml"),
        ("generate", "talk.yaml", "--package", "talk"),
        ("generate", "--package", "talk"),
        ("generate", "talk.yaml", "--package", "a-b", "--output", "out"),
        ("generate", "absent.yaml", "--package", "talk", "--output", "out"),
        ("generate", "--nonsense"),
        ("lint",),
        ("lint", "absent.yaml"),
        ("diff", "talk.yaml"),
        ("diff", "talk.yaml", "absent.yaml"),
        ("diff", "HEAD:talk.yaml", "talk.yaml"),
        ("diff", "talk.yaml", "talk.yaml", "--format", "pdf"),
        ("nonsense",),
    ],
)
def test_misuse_is_exit_code_two(spec: Path, run: Run, args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["generate", "lint", "diff"])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"Example:\n  codegen {command} " in done.stdout


# --- lint and diff -----------------------------------------------------------------


def test_lint_reports_every_problem(spec: Path, run: Run) -> None:
    assert run("lint", "talk.yaml").returncode == 0
    spec.write_text(BROKEN)
    done = run("lint", "talk.yaml")
    assert done.returncode == 1
    assert "error[dangling-ref]" in done.stderr
    assert "'numbr'" in done.stderr
    assert run("lint", "talk.yaml", "absent.yaml").returncode == 2


def test_diff_judges_and_fails_as_asked(tmp_path: Path, spec: Path, run: Run) -> None:
    changed = tmp_path / "new.yaml"
    changed.write_text(SPEC.replace("maximum: 1.2", "maximum: 1.5"))
    same = run("diff", "talk.yaml", "talk.yaml", "--format", "json")
    assert same.returncode == 0
    assert json.loads(same.stdout)["verdict"] == "identical"
    worse = run("diff", "talk.yaml", "new.yaml", "--format", "json")
    assert worse.returncode == 1
    result = json.loads(worse.stdout)
    assert result["verdict"] == "breaking"
    assert run("diff", "talk.yaml", "new.yaml", "--fail-on", "never").returncode == 0


def test_diff_leaves_out_what_is_accepted(tmp_path: Path, spec: Path, run: Run) -> None:
    (tmp_path / "new.yaml").write_text(SPEC.replace("maximum: 1.2", "maximum: 1.5"))
    args = ("diff", "talk.yaml", "new.yaml", "--format", "json")
    rules = {finding["rule"] for finding in json.loads(run(*args).stdout)["findings"]}
    entries = [
        {"rule": rule, "expires": "9999-12-31", "reason": "agreed"} for rule in rules
    ]
    (tmp_path / "accepted.json").write_text(json.dumps(entries))
    assert run(*args, "--ignore", "accepted.json").returncode == 0
    (tmp_path / "accepted.json").write_text('[{"rule": "nonsense"}]')
    assert run(*args, "--ignore", "accepted.json").returncode == 2


def test_diff_reads_revisions_of_git(tmp_path: Path, spec: Path, run: Run) -> None:
    def git(*args: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run(["git", *identity, *args], cwd=tmp_path, check=True)

    git("init", "-q")
    git("add", "talk.yaml")
    git("commit", "-q", "-m", "first")
    spec.write_text(SPEC.replace("maximum: 1.2", "maximum: 1.5"))
    for old in ("HEAD:talk.yaml", "HEAD:./talk.yaml"):
        done = run("diff", old, "talk.yaml", "--format", "json")
        assert done.returncode == 1, done.stderr
        [finding, *_] = json.loads(done.stdout)["findings"]
        assert finding["old"]["file"] == "HEAD:talk.yaml"
        assert finding["new"]["file"] == "talk.yaml"
    assert run("diff", "HEAD:absent.yaml", "talk.yaml").returncode == 2
    assert (
        run("diff", "--fail-on", "never", "nope:talk.yaml", "talk.yaml").returncode == 2
    )


# --- configuration -----------------------------------------------------------------

CONFIG = """\
[[tool.codegen.sdk]]
spec = "talk.yaml"
package = "talk"

[[tool.codegen.sdk]]
spec = "talk.yaml"
package = "small"
include = ["Voice"]
tests = false
"""


def test_all_configured_packages_are_generated(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIG)
    assert run("generate", "--check").returncode == 1
    done = run("generate")
    assert done.returncode == 0, done.stderr
    assert run("generate", "--check").returncode == 0
    generated = tmp_path / "generated"
    assert (generated / "talk/models.py").exists()
    assert (generated / "tests/talk").exists()
    assert not (generated / "tests/small").exists()


def test_named_packages_are_generated_alone(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIG)
    done = run("generate", "small", "small")
    assert done.returncode == 0, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "generated/small").exists()
    assert not (tmp_path / "generated/talk").exists()
    assert run("generate", "small", "--check").returncode == 0
    assert run("generate", "small", "talk", "--check").returncode == 1
    assert not (tmp_path / "generated/talk").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["smal", "small"], "smal:0:0: error[read]: neither a file nor the package"),
        (["talk.yaml"], "one SPEC goes with --package NAME and --output DIR"),
        (["talk", "--output", "out"], "one SPEC goes with --package NAME"),
        (["talk.yaml", "small", "--package", "p", "--output", "o"], "one SPEC goes"),
        (["small", "--include", "Voice"], "--include: only with SPEC"),
        (["--package", "small"], "--package: only with SPEC"),
        (["small", "--config", "empty.toml"], "error[config]: no SDK is configured"),
    ],
)
def test_what_names_no_configured_package_is_refused(
    arguments: list[str], said: str, tmp_path: Path, spec: Path, run: Run
) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIG)
    (tmp_path / "empty.toml").write_text("[tool.codegen]\n")
    done = run("generate", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "generated").exists()


def test_one_bad_package_fails_alone(tmp_path: Path, spec: Path, run: Run) -> None:
    (tmp_path / "bad.yaml").write_text(BROKEN)
    more = '[[tool.codegen.sdk]]\nspec = "bad.yaml"\npackage = "bad"\n'
    (tmp_path / "pyproject.toml").write_text(CONFIG + more)
    done = run("generate")
    assert done.returncode == 2
    assert "bad.yaml:" in done.stderr
    *_, one, two, bad, told = done.stderr.splitlines()
    assert told == "written: talk, small; not written: bad"
    assert run("generate", "--quiet").stderr.splitlines()[-1] == told
    assert one.startswith("generated/talk: ")
    assert two.startswith("generated/small: ")
    assert bad == "bad: not generated; it has errors"
    assert sorted(path.name for path in (tmp_path / "generated").iterdir()) == [
        *("small", "talk", "tests")
    ]
    assert run("generate", "talk", "--check").returncode == 0
    assert run("generate", "--check").returncode == 2


def test_named_packages_read_no_other_specification(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    more = '[[tool.codegen.sdk]]\nspec = "nowhere.yaml"\npackage = "other"\n'
    (tmp_path / "pyproject.toml").write_text(CONFIG + more)
    done = run("generate", "talk", "--depfile", "talk.d")
    assert done.returncode == 0, done.stderr
    rule, *rest = (tmp_path / "talk.d").read_text().split("\n")
    assert rule == "generated/talk/.codegen-manifest.json: \\"
    assert rest == [
        *("  pyproject.toml \\", "  talk.yaml"),
        *("pyproject.toml:", "talk.yaml:", ""),
    ]
    refused = run("generate", "talk", "--check", "--depfile", "other.d")
    assert refused.returncode == 2
    assert not (tmp_path / "other.d").exists()


@pytest.mark.parametrize("name", ["a;id;.yaml", "a\nall: ;id", "a=b", "a:b", "a|b"])
def test_what_make_would_take_for_a_command_is_in_no_rule(
    tmp_path: Path, run: Run, name: str
) -> None:
    (tmp_path / name).write_text(SPEC)
    whole = ("generate", name, "--package", "talk", "--output", "out")
    refused = run(*whole, "--depfile", "talk.d")
    assert refused.returncode == 2
    assert "make would take this path for something else" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_rule_of_what_was_read_rebuilds_what_is_stale(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    """By make, which tells a file apart that is gone, and by the rule alone."""
    (tmp_path / "a b#c.yaml").write_text(SPEC)
    (tmp_path / "Makefile").write_text(
        "out/talk/.codegen-manifest.json:\n"
        f"\t{sys.executable} -m codegen generate 'a b#c.yaml' --package talk "
        "--output out --depfile talk.d\n\ttouch $@\n-include talk.d\n"
    )

    def make() -> str:
        done = subprocess.run(
            ["make"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "touch" in make()
    assert "up to date" in make()
    later = (tmp_path / "talk.d").stat().st_mtime + 2
    (tmp_path / "a b#c.yaml").write_text(SPEC.replace("sage", "sagest"))
    os.utime(tmp_path / "a b#c.yaml", (later, later))
    assert "touch" in make()


def test_what_is_stale_is_what_will_be_changed(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    """The manifest follows, and is not counted, nor shown."""
    assert run(*GENERATE).returncode == 0
    spec.write_text(spec.read_text().replace("maximum: 1.2", "maximum: 1.3"))
    done = run(*GENERATE, "--check")
    stale = re.search(r"out/talk: (\d+) files are stale", done.stderr)
    assert stale
    assert ".codegen-manifest.json" not in done.stdout
    assert f", {stale[1]} changed" in run(*GENERATE).stderr


def test_what_is_stale_is_counted_and_says_who_wrote_it(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    assert run(*GENERATE).returncode == 0
    manifest = tmp_path / "out/talk/.codegen-manifest.json"
    made = json.loads(manifest.read_text())
    assert made["codegen"] == codegen.__version__
    assert made["inputs"] == {"talk.yaml": digests.of(spec.read_bytes())}
    assert len(made["runtime"]) == 16
    manifest.write_text(json.dumps({**made, "codegen": "0.0.9"}, indent=2) + "\n")
    done = run(*GENERATE, "--check")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"out/talk: written by codegen 0.0.9, this is {codegen.__version__}",
        "out/talk: 1 file is stale; the same command without --check mends that",
    ]
    quiet = run(*GENERATE, "--check", "--quiet")
    assert quiet.stderr.splitlines() == done.stderr.splitlines()[1:]
    assert f'+  "codegen": "{codegen.__version__}",' in done.stdout
    assert run(*GENERATE).returncode == 0
    assert run(*GENERATE, "--check").returncode == 0


def test_a_bad_configuration_is_told_with_its_place(
    tmp_path: Path, spec: Path, run: Run
) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIG + "nonsense = 1\n")
    done = run("generate")
    assert done.returncode == 2
    assert "pyproject.toml:10:1: error[config]: unknown key 'nonsense'" in done.stderr


# --- in one process ----------------------------------------------------------------


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_main_may_be_called_again_and_again(
    inside: Path, spec: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check = [*GENERATE, "--check"]
    codes = [
        cli.main(check),
        cli.main(list(GENERATE)),
        cli.main(check),
        cli.main(["lint", "absent.yaml"]),
        cli.main(["--help"]),
        cli.main(["--version"]),
        cli.main([]),
        cli.main(check),
    ]
    assert codes == [1, 0, 0, 2, 0, 0, 2, 0]
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (
            RuntimeError("boom\x1b[31m"),
            2,
            "internal error: RuntimeError: boom\\x1b[31m",
        ),
        (RecursionError("deep"), 2, "this is a bug"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (RuntimeError("wrapped"), 130, "interrupted"),
        (BrokenPipeError(), 141, ""),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), 141, ""),
        (
            OSError(errno.ENOSPC, "No space left"),
            2,
            "cannot write the output: No space",
        ),
    ],
)
def test_nothing_escapes_from_main(
    inside: Path,
    spec: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    raised: BaseException,
    code: int,
    said: str,
) -> None:
    from codegen.flows import generate as flow

    def fail(*args: object, **kwargs: object) -> None:
        raise raised from (KeyboardInterrupt() if str(raised) == "wrapped" else None)

    monkeypatch.setattr(flow, "generate", fail)
    assert cli.main(list(GENERATE)) == code
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


def test_a_working_directory_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert cli.main(["lint"]) == 2
    assert "the working directory is gone" in capsys.readouterr().err


def test_a_closed_pipe_is_no_accident(tmp_path: Path, spec: Path) -> None:
    command = f"{sys.executable} -m codegen {' '.join(GENERATE)} --check | head -1"
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in {1, 141}
    assert done.stderr == "" or "files are stale" in done.stderr
    assert len(done.stderr.splitlines()) < 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["lint", "LONG"],
        ["lint", "LONG", "talk.yaml"],
        ["diff", "talk.yaml", "LONG"],
        ["diff", "HEAD:LONG", "talk.yaml"],
        ["diff", "LONG"],
        ["generate", "LONG", "--package", "talk", "--output", "out"],
        ["generate", "talk.yaml", "--package", "talk", "--output", "LONG"],
        ["generate", "talk.yaml", "--package", "talk", "--depfile", "LONG"],
        ["extract", "talk.yaml", "--output", "LONG"],
        ["extract", "LONG", "--output", "out.yaml"],
        ["docs", "talk.yaml", "--output", "LONG"],
        ["check-traffic", "talk.yaml", "LONG"],
        ["init", "LONG"],
        ["doctor", "LONG"],
        ["lint", "talk.yaml", "--ignore", "LONG"],
        ["lint", "talk.yaml", "--overlay", "LONG"],
        ["lint", "talk.yaml", "--config", "LONG"],
        ["lint", "talk.yaml", "--root", "LONG"],
    ],
    ids=" ".join,
)
def test_a_name_that_no_file_can_have_is_no_bug(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.yaml").write_text(SPEC)
    given = [one.replace("LONG", "n" * 300) for one in arguments]
    assert cli.main(given) == (1 if given[0] == "doctor" else 2)
    told = capsys.readouterr().err
    assert told
    assert "internal error" not in told
    assert cli.main([one.replace("LONG", "n\0") for one in arguments]) == 2
    assert "Error: an argument has a NUL in it" in capsys.readouterr().err
