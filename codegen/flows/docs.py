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
from codegen.plans import check_folder


def publish(
    sdk: Sdk, folder: Path, report: Report, progress: Progress = silent
) -> output.Plan | None:
    """Write the reference pages of a specification into a folder, and return what was
    written. None, with the reasons reported, where the specification has errors or the
    folder holds something else."""
    above, name = _called(folder)
    files, inputs = _pages(sdk, name, report, progress)
    if report.failed:
        check_folder(above, name, report)
        return None
    plan = output.plan(above, name, files, report, inputs)
    if plan is None or report.failed:
        return None
    return next(iter(output.commit([plan], report)), None)


def _pages(
    sdk: Sdk, name: str, report: Report, progress: Progress
) -> tuple[list[OutputFile], dict[str, str]]:
    """The pages, and the digests of what they are made of."""
    shown = addresses.shown(sdk.path)
    progress(f"reading {shown}")
    try:
        with uncollected():
            loaded = frontend.load(sdk.path, reading.options(sdk, report), report)
            if report.failed:
                return [], {}
            progress(f"describing {len(loaded.module.schemas)} schemas")
            package = python.decide(loaded.module, reading.settings(sdk))
            dataclasses = sdk.models == "dataclass"
            described = _description(loaded)
            pages = reference.pages(package, described, dataclasses=dataclasses)
    except CodegenError as error:
        report.take(error.report)
        return [], {}
    except RecursionError:
        depths.report(sdk, report)
        return [], {}
    files = [OutputFile(f"{name}/{page.path}", page.text) for page in pages]
    return files, {file.path: file.digest for file in loaded.module.files}


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
