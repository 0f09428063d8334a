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
            dataclasses = sdk.models == "dataclass"
            described = _description(loaded)
            pages = reference.pages(package, described, dataclasses=dataclasses)
    except CodegenError as error:
        report.take(error.report)
        return None
    except RecursionError:
        depths.report(sdk, report)
        return None
    named = folder.name not in ("", "..")
    whole = folder if named else Path(os.path.abspath(folder))
    files = [OutputFile(f"{whole.name}/{page.path}", page.text) for page in pages]
    inputs = {file.path: file.digest for file in loaded.module.files}
    plan = output.plan(whole.parent, whole.name, files, report, inputs)
    if plan is None or report.failed:
        return None
    return next(iter(output.commit([plan], report)), None)


def _description(loaded: frontend.Loaded) -> str:
    """What a specification says about itself."""
    data = loaded.workspace.named(loaded.workspace.home).data
    info = data.get("info") if isinstance(data, dict) else None
    told = info if isinstance(info, dict) else data
    text = told.get("description") if isinstance(told, dict) else None
    return text if isinstance(text, str) else ""
