"""The flow of `codegen docs`: reference pages of a specification."""

from __future__ import annotations

import os
from pathlib import Path

from codegen import addresses, frontend, output, python, reference
from codegen.artifact import OutputFile, Progress, silent
from codegen.config import Sdk
from codegen.diagnostics import CodegenError, Report
from codegen.flows import depths, reading
from codegen.flows.garbage import uncollected


def publish(
    sdk: Sdk, folder: Path, report: Report, progress: Progress = silent
) -> output.Plan | None:
    """Write the reference pages of a specification into a folder, and return what was
    written. None, with the reasons reported, where the specification has errors or the
    folder holds something else."""
    shown = addresses.shown(sdk.path)
    progress(f"reading {shown}")
    try:
        with uncollected():
            loaded = frontend.load(sdk.path, reading.options(sdk, report), report)
            if report.failed:
                return None
            progress(f"describing {len(loaded.module.schemas)} schemas")
            package = python.decide(loaded.module, reading.settings(sdk))
            pages = reference.pages(package, _description(loaded))
    except CodegenError as error:
        report.take(error.report)
        return None
    except RecursionError:
        depths.report(sdk, report)
        return None
    above, name = _called(folder)
    files = [OutputFile(f"{name}/{page.path}", page.text) for page in pages]
    inputs = {file.path: file.digest for file in loaded.module.files}
    plan = output.plan(above, name, files, report, inputs)
    if plan is None or report.failed:
        return None
    return next(iter(output.commit([plan], report)), None)


def _called(folder: Path) -> tuple[Path, str]:
    """The folder that a folder is in, and what it is called there."""
    if folder.name not in ("", ".."):
        return folder.parent, folder.name
    return folder / "..", os.path.basename(os.path.realpath(folder))


def _description(loaded: frontend.Loaded) -> str:
    """What a specification says about itself."""
    data = loaded.workspace.named(loaded.workspace.home).data
    info = data.get("info") if isinstance(data, dict) else None
    told = info if isinstance(info, dict) else data
    text = told.get("description") if isinstance(told, dict) else None
    return text if isinstance(text, str) else ""
