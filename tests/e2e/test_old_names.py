"""What was renamed goes on under its old name, with a warning, for a major version."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from codegen import cli
from codegen.python.model import pieces
from tests.corpus_paths import MYPY_CACHE

BEFORE = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths: {}
components:
  schemas:
    OrderLine:
      type: object
      required: [qty]
      properties:
        qty: {type: integer}
        photo: {type: string, format: byte}
        state: {$ref: '#/components/schemas/LineState'}
    LineState: {type: string, enum: [open, done]}
    Ids: {type: array, items: {type: integer}}
    Basket: {type: object, properties: {ids: {$ref: '#/components/schemas/Ids'}}}
"""
AFTER = """\
openapi: 3.1.0
info: {title: Shop, version: "2"}
paths: {}
components:
  schemas:
    LineItem:
      type: object
      required: [qty]
      properties:
        qty: {type: integer, x-ms-client-name: quantity}
        photo: {type: string, format: byte, x-ms-client-name: picture}
        state: {$ref: '#/components/schemas/State'}
    State: {type: string, enum: [open, done], x-enum-varnames: [OPENED, DONE]}
    Numbers: {type: array, items: {type: integer}}
    Basket: {type: object, properties: {ids: {$ref: '#/components/schemas/Numbers'}}}
"""
CONFIGURED = """\
[[sdk]]
spec = "shop.yaml"
package = "PACKAGE"
tests = false
[sdk.rename]
x-ms-client-name = true
"""


def git(*arguments: str) -> None:
    author = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *author, *arguments], check=True, capture_output=True)


def configured(folder: Path, package: str, spec: str) -> None:
    (folder / "shop.yaml").write_text(spec)
    (folder / "codegen.toml").write_text(CONFIGURED.replace("PACKAGE", package))


def updated(folder: Path, package: str) -> None:
    """A package of the first version, taken to the second."""
    configured(folder, package, BEFORE)
    assert cli.main(["generate"]) == 0
    (folder / "new.yaml").write_text(AFTER)
    assert cli.main(["update", "new.yaml", "--allow-breaking"]) == 0


@pytest.fixture(scope="module", params=["whole", "pieces"])
def shop(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> ModuleType:
    """The package of the second version, in one piece and in several."""
    folder = tmp_path_factory.mktemp("shop")
    package = f"shop_in_{request.param}"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        if request.param == "pieces":
            patch.setattr(pieces, "WHOLE", 0)
            patch.setattr(pieces, "MOST", 1)
            patch.setattr(pieces, "FEW", 1)
        updated(folder, package)
        patch.syspath_prepend(str(folder / "generated"))
        return importlib.import_module(package)


def told(what: Callable[[], Any]) -> tuple[Any, str]:
    """What comes of it, and the one warning, which names this file."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = what()
    assert caught
    assert {one.category for one in caught} == {DeprecationWarning}
    assert {Path(one.filename).name for one in caught} == {Path(__file__).name}
    (message,) = {str(one.message) for one in caught}
    return found, message


def test_types_are_imported_under_their_old_name(shop: ModuleType) -> None:
    said = "is LineItem now; the old name goes with 3.0.0"
    for _ in range(2):  # Each time.
        assert told(lambda: shop.OrderLine) == (shop.LineItem, f"OrderLine {said}")
    found: dict[str, Any] = {}
    assert told(lambda: shop.LineState)[0] is shop.State
    with pytest.warns(DeprecationWarning, match="Ids is Numbers now"):
        exec(f"from {shop.__name__} import Ids", found)
    assert found["Ids"] == shop.Numbers
    assert told(lambda: shop.models.OrderLine)[0] is shop.LineItem
    # They are for those who know them.
    assert not {"OrderLine", "LineState", "Ids"} & set(shop.__all__)
    for module in (shop, shop.models):
        with pytest.raises(AttributeError, match="has no attribute 'Order'"):
            _ = module.Order


def test_attributes_are_read_under_their_old_name(shop: ModuleType) -> None:
    item = shop.LineItem(quantity=3, picture="aGk=")
    said = "OrderLine.qty is LineItem.quantity now; the old name goes with 3.0.0"
    assert told(lambda: item.qty) == (3, said)
    assert told(lambda: item.photo_bytes)[0] == b"hi"
    assert item.to_json() == b'{"qty":3,"photo":"aGk="}'
    with pytest.raises(TypeError):
        shop.LineItem(qty=3)


def test_members_are_found_under_their_old_name(shop: ModuleType) -> None:
    said = "LineState.OPEN is State.OPENED now; the old name goes with 3.0.0"
    assert told(lambda: shop.State.OPEN) == (shop.State.OPENED, said)
    assert told(lambda: shop.State.DONE.OPEN)[0] is shop.State.OPENED
    assert list(shop.State) == [shop.State.OPENED, shop.State.DONE]


PROGRAM = """\
from typing import assert_never

from PACKAGE import Ids, LineItem, LineState, OrderLine, State

def quantity(line: OrderLine) -> int:
    return line.qty  # old

def said(state: LineState) -> str:
    match state:
        case State.OPENED:
            return "a"
        case LineState.DONE:
            return "b"
        case _:
            assert_never(state)

numbers: Ids = [quantity(LineItem(quantity=1))]
opened: State = State.OPEN  # old
wrong: str = quantity(LineItem(quantity=1))  # wrong
"""


def test_linters_find_nothing_in_a_package_with_old_names(shop: ModuleType) -> None:
    assert shop.__file__ is not None
    for tool in (["check"], ["format", "--diff"]):
        options = ["--isolated", "--no-cache", "--quiet"]
        command = [sys.executable, "-m", "ruff", *tool, *options]
        folder = Path(shop.__file__).parent
        done = subprocess.run(
            [*command, folder], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_checkers_take_old_names_for_what_they_are(
    shop: ModuleType, tmp_path: Path
) -> None:
    """And point out those that `deprecated` can mark."""
    assert shop.__file__ is not None
    (tmp_path / "program.py").write_text(PROGRAM.replace("PACKAGE", shop.__name__))
    options = (
        "--strict",
        "--enable-error-code",
        "deprecated",
        f"--cache-dir={MYPY_CACHE}",
    )
    lines = PROGRAM.splitlines()
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "program.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(Path(shop.__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    found = {
        (int(line), code)
        for line, code in re.findall(
            r"(?m)^program\.py:(\d+): error: .*\[([\w-]+)\]$", done.stdout
        )
    }
    assert found == {
        (number, "deprecated" if "# old" in line else "assignment")
        for number, line in enumerate(lines, 1)
        if line.endswith(("# old", "# wrong"))
    }, done.stdout


def test_they_go_with_the_next_major_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    updated(tmp_path, "shop")
    listed = tomllib.loads(Path("shop.release.toml").read_text())
    assert listed["version"] == "2.0.0"
    assert {entry["old"] for entry in listed["deprecated"]} == {
        *("OrderLine", "OrderLine.qty", "OrderLine.photo", "OrderLine.photo_bytes"),
        *("LineState", "LineState.OPEN", "Ids"),
    }
    log = Path("CHANGELOG-shop.md")
    assert "- Renamed; the old names warn, and go with 3.0.0:\n" in log.read_text()
    # What is only added takes none away.
    more = AFTER + "    Note: {type: string, enum: [a, b]}\n"
    Path("new.yaml").write_text(more)
    assert cli.main(["update", "new.yaml"]) == 0
    now = tomllib.loads(Path("shop.release.toml").read_text())
    assert (now["version"], now["deprecated"]) == ("2.1.0", listed["deprecated"])
    assert "def qty(self)" in Path("generated/shop/models.py").read_text()
    Path("new.yaml").write_text(more.replace("State", "Condition"))
    assert cli.main(["update", "new.yaml", "--allow-breaking"]) == 0
    now = tomllib.loads(Path("shop.release.toml").read_text())
    assert now["version"] == "3.0.0"
    assert now["deprecated"] == [
        {"old": "State", "new": "Condition", "until": "4.0.0"},
    ]
    assert "- Old names that have been there long enough:\n" in log.read_text()
    assert "def qty(self)" not in Path("generated/shop/models.py").read_text()
    assert cli.main(["generate", "--check"]) == 0


def test_one_that_stays_longer_leads_to_what_it_is_called_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever wants more time writes so."""
    monkeypatch.chdir(tmp_path)
    updated(tmp_path, "shop")
    release = Path("shop.release.toml")
    release.write_text(release.read_text().replace("3.0.0", "9.0.0"))
    Path("new.yaml").write_text(AFTER.replace("State", "Condition"))
    assert cli.main(["update", "new.yaml", "--allow-breaking"]) == 0
    found = tomllib.loads(release.read_text())["deprecated"]
    names = {entry["old"]: entry["new"] for entry in found}
    assert names["LineState"] == names["State"] == "Condition"
    assert names["LineState.OPEN"] == "Condition.OPENED"


UNFIT = """\
version = "2.0.0"
deprecated = [
  { old = "Gone", new = "Nothing", until = "3.0.0" },
  { old = "State", new = "LineItem", until = "3.0.0" },
  { old = "A.quantity", new = "LineItem.quantity", until = "3.0.0" },
  { old = "A.to_json", new = "LineItem.quantity", until = "3.0.0" },
  { old = "A.list", new = "LineItem.quantity", until = "3.0.0" },
  { old = "A.name", new = "State.DONE", until = "3.0.0" },
  { old = "A.x", new = "State", until = "3.0.0" },
  { old = "_A", new = "State", until = "3.0.0" },
  { old = "class", new = "State", until = "3.0.0" },
  { old = "SCHEMAS", new = "State", until = "3.0.0" },
  { old = "Fine", new = "State", until = "3.0.0" },
  { old = "Fine", new = "LineItem", until = "3.0.0" },
  { old = "Past", new = "Nothing", until = "2.0.0" },
]
"""


def test_what_cannot_be_had_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    configured(tmp_path, "shop", AFTER)
    Path("shop.release.toml").write_text(UNFIT)
    assert cli.main(["generate"]) == 0
    err = capsys.readouterr().err
    told = re.findall(r"(?m)^shop\.release\.toml:(\d+):3: warning\[rename\]", err)
    assert [int(line) for line in told] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14]
    text = Path("generated/shop/models.py").read_text()
    assert "    Fine: TypeAlias = State\n" in text
    assert "Past" not in text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("version = 2", "1:1: error[config]: version: 2 is not of type 'string'"),
        ('version = "2.0"', "1:1: error[config]: version: '2.0' does not match"),
        ("verson = 1", "unknown key 'verson' (did you mean 'version'?)"),
        ("[deprecated", "1:12: error[syntax]"),
        (
            'deprecated = [{old = "a.b.c", new = "d", until = "3.0.0"}]',
            "1:16: error[config]: deprecated.old: 'a.b.c' does not match",
        ),
        ('deprecated = [{old = "A"}]', "'new' is a required property"),
    ],
)
def test_a_bad_file_stops_with_its_place(
    text: str,
    complaint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    configured(tmp_path, "shop", BEFORE)
    Path("shop.release.toml").write_text(text)
    assert cli.main(["generate"]) == 2
    assert complaint in capsys.readouterr().err
    assert not Path("generated").exists()
    Path("new.yaml").write_text(AFTER)
    assert cli.main(["update", "new.yaml", "--from", "shop.yaml"]) in (1, 2)


def test_the_file_is_part_of_what_is_generated_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that has nothing to do looks at it, and a build is told of it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CODEGEN_CACHE_DIR", str(tmp_path / "cache"))
    configured(tmp_path, "shop", AFTER)
    assert cli.main(["generate"]) == 0
    assert cli.main(["generate", "--check"]) == 0
    Path("shop.release.toml").write_text(UNFIT)
    assert cli.main(["generate", "--check"]) == 1
    assert cli.main(["generate", "--depfile", "shop.d"]) == 0
    assert "shop.release.toml" in Path("shop.d").read_text()
