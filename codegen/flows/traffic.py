"""The flow of `codegen check-traffic`: a recording is compared with a specification."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from codegen import frontend, output, sightings
from codegen.artifact import Progress, silent
from codegen.config import Sdk
from codegen.diagnostics import CodegenError, Report, Span
from codegen.flows import depths, reading
from codegen.flows.garbage import uncollected
from codegen.flows.reading import Asked
from codegen.ir.basics import Direction
from codegen.source.document import Document
from codegen.traffic import actions, checking, recording, report
from codegen.traffic.checking import Judge
from codegen.traffic.mending import MAX_ROUNDS, Mending
from codegen.traffic.recording import Piece
from codegen.traffic.report import Checked
from codegen.traffic.tally import Tally


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording as it was given: its pieces, and the direction of all its frames, if
    that was given."""

    path: Path
    pieces: list[Piece]
    direction: Direction | None


def check(
    spec: Path,
    path: Path,
    asked: Asked,
    problems: Report,
    *,
    direction: str | None = None,
    overlay_out: Path | None = None,
    redact: bool = False,
    progress: Progress = silent,
) -> Checked | None:
    """Find where the frames of a recording depart from a specification. None, with the
    reasons reported, where one of them cannot be read at all. Single lines that cannot
    be read are reported; an overlay is written only if there are none."""
    sdks = reading.meant([spec], asked, problems).sdks
    pieces = _pieces(path, problems)
    if not sdks:
        return None
    given = Direction(direction) if direction else None
    recorded = Recorded(path, pieces, given)
    run = _Run(sdks[0], recorded, problems, progress)
    judge = run.judge(None)
    found = None if judge is None or problems.failed else run.tally(judge)
    if judge is None or found is None:
        return None
    _bad(found, problems)
    mending = Mending(redact)
    wanted = None if problems.failed else overlay_out
    run.learn(mending, judge, found, mend=wanted is not None)
    left = None if wanted is None else run.mend(mending, found, wanted)
    mended = {place: "; ".join(told) for place, told in mending.mended.items()}
    return Checked(found, mending.stated, mended, mending.unmended, redact, left)


def _pieces(path: Path, problems: Report) -> list[Piece]:
    try:
        return recording.pieces(path)
    except recording.NoRecording as error:
        named = (error.path or path).as_posix()
        problems.add("no-recording", str(error), Span(named))
    except OSError as error:
        problems.add("read", *_unread(error, path))
    return []


def _unread(error: OSError, path: Path) -> tuple[str, Span]:
    """Why a recording cannot be read, and the file of it that cannot."""
    named = error.filename if isinstance(error.filename, str) else str(path)
    return f"cannot be read: {error.strerror or error}", Span(Path(named).as_posix())


def _bad(found: Tally, problems: Report) -> None:
    """Report the first lines that cannot be read, and how many more there are."""
    for span, message in found.bad:
        problems.add("recording", message, span)
    if found.bad_count > len(found.bad):
        more = found.bad_count - len(found.bad)
        last = found.bad[-1][0]
        message = f"and {more} more lines cannot be read"
        problems.add("recording", message, replace(last, column=last.column + 1))


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of the command: what is read, and where problems go."""

    sdk: Sdk
    recorded: Recorded
    problems: Report
    progress: Progress
    notes: sightings.Notes = field(default_factory=sightings.Notes)
    """Which files the specification was read from."""

    def judge(self, overlay: str | None) -> Judge | None:
        """What judges frames by the specification, with a further overlay if one is
        given. None, with the reasons reported, where it cannot be read."""
        path = self.sdk.path
        self.progress(f"reading {path}")
        own = Report()
        try:
            with uncollected():
                judge = self._judge(path, overlay, own)
        except CodegenError as error:
            judge = None
            own.take(error.report)
        except RecursionError:
            judge = None
            depths.report(self.sdk, own)
        if overlay is None:  # What is wrong with the document is said once.
            self.problems.take(own)
        return None if own.failed else judge

    def _judge(self, path: Path, overlay: str | None, own: Report) -> Judge | None:
        options = reading.options(self.sdk, own)
        if overlay is not None:
            changes = Document("overlay.yaml", "", overlay.encode())
            options = replace(options, changes=(changes,))
        with self.notes:
            loaded = frontend.load(path, options, own)
        if own.failed:
            return None
        # What a Python type holds is no question to what went over the wire.
        style = replace(self.sdk.style, types=frozenset())
        settings = reading.settings(replace(self.sdk, style=style))
        return checking.judge(loaded, settings, own)

    def tally(self, judge: Judge) -> Tally | None:
        """Where the frames depart. None, with the reason reported, where the recording
        cannot be read."""
        name = self.recorded.path.as_posix()

        def count(judged: int, percent: int) -> None:
            self.progress(f"checking {name}: {judged:,} frames, {percent} %")

        try:
            return judge.tally(self.recorded.pieces, self.recorded.direction, count)
        except OSError as error:
            self.problems.add("read", *_unread(error, self.recorded.path))
            return None

    def learn(
        self, mending: Mending, judge: Judge, found: Tally, *, mend: bool
    ) -> bool:
        """Find which part of the specification each frame departs from and, if `mend`,
        which changes would make it valid. Returns whether anything new was found."""
        formats = self.sdk.assert_formats
        return mending.learn(
            judge.loaded, judge.packages, found.found, formats=formats, mend=mend
        )

    def mend(self, mending: Mending, found: Tally, overlay_out: Path) -> int | None:
        """Write the overlay. Rounds of judging and mending go on until nothing can be
        mended any more. Returns how many frames still depart; None where no overlay was
        written."""
        title = f"What {self.recorded.path.name} shows of {self.sdk.spec.name}"
        left = found
        for further in reversed(range(MAX_ROUNDS if mending.placed else 0)):
            text = actions.text(actions.overlay(title, mending.placed), as_json=False)
            again = self.judge(text)
            behind = None if again is None else self.tally(again)
            if again is None or behind is None:
                message = "what would mend the specification makes it one that cannot "
                message += "be read; no overlay is written"
                self.problems.add("overlay", message, Span(overlay_out.as_posix()))
                return None
            left = behind
            if not (further and self.learn(mending, again, left, mend=True)):
                break
        mending.settle(left.found)
        for one in found.rules:
            mending.unmended[one.place] = "a rule over the life of a session"
        if not mending.placed:
            return None
        told = actions.overlay(title, mending.placed)
        text = actions.text(told, as_json=overlay_out.suffix == ".json")
        read = [*self.notes.read, *(piece.path for piece in self.recorded.pieces)]
        output.write_file(overlay_out, text, self.problems, read=read)
        return left.drifting


def render(checked: Checked, form: str) -> str:
    """The outcome as text or JSON."""
    return report.json(checked) if form == "json" else report.text(checked)
