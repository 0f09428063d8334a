"""Makes the pictures of the documentation from the real thing: `docs/pictures/`.

    .venv/bin/python .ci/pictures.py

needs Chromium. The report is that of `codegen diff` between two of our specifications,
the terminal shows what these commands really say, the reference page is that of
`codegen docs`; each as a desktop shows it, and some as a phone does.
"""

from __future__ import annotations

import contextlib
import html
import io
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codegen import cli

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURES: Final = ROOT / "docs" / "pictures"
OLD: Final = "specs/realtime/2024-10-01/asyncapi.yaml"
NEW: Final = "specs/realtime/2024-12-17/asyncapi.yaml"
DESKTOP: Final = 1100
PHONE: Final = 390
SESSION: Final = (
    f"codegen generate {NEW} --perspective client \\\n"
    "    --package realtime --output sdk",
    "python -c 'import realtime as rt; "
    'rt.RealtimeSession(voice="robot", temperature=3)\'',
    f"codegen diff {OLD} \\\n    {NEW} --perspective client",
)
FRAME: Final = """
html::after { content: ""; position: fixed; inset: 0; border: 1px solid #c8d0d9; }
</style>"""
"""An edge, for pages are white and so are those that show the picture."""
ONE: Final = """
main > :not(section:has(#RealtimeSession)), article:not(#RealtimeSession) {
  display: none;
}
main > section > h2 { margin-top: 0; border: 0; }
"""
"""Of a reference page, one entry: what comes before it is left out of the picture."""
TERMINAL: Final = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #1d2128; color: #d7dce4;
  font: 15px/1.5 "DejaVu Sans Mono", monospace; }}
pre {{ margin: 0; padding: 20px 24px; white-space: pre-wrap; overflow-wrap: anywhere; }}
b {{ color: #8fd18f; font-weight: normal; }}
</style><pre>{text}</pre>"""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, and how it is looked at: width and height in pixels."""

    name: str
    page: Path
    width: int
    height: int


def main() -> int:
    """Make them all; 2 where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is needed", file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(ROOT):
        for picture in pictures(Path(name)):
            take(chromium, picture)
            size = (PICTURES / f"{picture.name}.png").stat().st_size
            print(f"{picture.name}.png: {size // 1000} KB")
    return 0


def pictures(folder: Path) -> list[Picture]:
    """The pages, made in a folder."""
    report = folder / "report.html"
    page = said(*arguments(SESSION[-1]), "--format", "html")
    report.write_text(page.replace("</style>", FRAME, 1), "utf-8")
    said("docs", "openai_realtime", "--output", str(folder / "api"))
    reference = folder / "api" / "index.html"
    entry = folder / "api" / "entry.html"
    entry.write_text(
        reference.read_text("utf-8").replace("</style>", ONE + FRAME, 1), "utf-8"
    )
    session = folder / "terminal.html"
    session.write_text(TERMINAL.format(text=terminal(folder)), "utf-8")
    return [
        Picture("diff-report", report, DESKTOP, 880),
        Picture("diff-report-phone", report, PHONE, 800),
        Picture("reference", entry, DESKTOP, 760),
        Picture("reference-phone", entry, PHONE, 800),
        Picture("terminal", session, 960, 610),
    ]


def said(*arguments: str) -> str:
    """What a command of ours says."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        if cli.main(list(arguments)) not in (0, 1):
            raise SystemExit(f"codegen {' '.join(arguments)} failed")
    return out.getvalue()


def terminal(folder: Path) -> str:
    """Commands and what they say, as marked-up text."""
    generate, use, compare = SESSION
    shown = f"<b>$ {html.escape(generate)}</b>\n"
    output = str(folder / "sdk")
    words = [output if word == "sdk" else word for word in arguments(generate)]
    shown += html.escape(said(*words).replace(output, "sdk"))
    done = subprocess.run(
        [sys.executable, *use.replace("'", "").split(maxsplit=2)[1:]],
        env={"PYTHONPATH": output},
        capture_output=True,
        text=True,
        check=False,
    )
    error = re.sub(r"(?s)^.*?\n(?=\S*ValidationError)", "", done.stderr)
    shown += f"<b>$ {html.escape(use)}</b>\n…\n{html.escape(error)}"
    diff = said(*arguments(compare)).splitlines()
    shown += f"<b>$ {html.escape(compare)}</b>\n"
    return shown + html.escape("\n".join([*diff[1:14], "…"]))


def arguments(line: str) -> list[str]:
    """What a command of ours is given, by a line of the terminal."""
    return shlex.split(line.replace("\\\n", ""))[1:]


def take(chromium: str, picture: Picture) -> None:
    """Have Chromium look at a page, without a network."""
    options = [
        *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        *("--host-resolver-rules=MAP * ~NOTFOUND", "--force-device-scale-factor=1"),
        f"--window-size={picture.width},{picture.height}",
        f"--screenshot={PICTURES / picture.name}.png",
    ]
    subprocess.run(
        [chromium, *options, picture.page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )


if __name__ == "__main__":
    sys.exit(main())
