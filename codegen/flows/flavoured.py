"""The files of an SDK whose classes are of a flavour."""

from __future__ import annotations

import dataclasses
from importlib.util import find_spec
from typing import Final

from codegen import python as python_sdk
from codegen.artifact import OutputFile, Progress, printed
from codegen.config import Sdk
from codegen.diagnostics import Report, Severity
from codegen.flavours import golden
from codegen.flavours.files import parts
from codegen.flavours.flavour import FLAVOURS, Flavour
from codegen.flavours.models import Refused
from codegen.flows import finishing
from codegen.template_views import VIEWS
from codegen.templating.folder import OwnTemplates

_USED: Final = frozenset(
    f"python/{name}.jinja"
    for name in (
        *("header", "init", "init_header", "models_header", "events_header"),
        *("schemas_header", "_constraints_header"),
    )
)
"""The templates that have a use in a package of a flavour."""


def check(sdk: Sdk, own: OwnTemplates | None, report: Report) -> None:
    """Report what keeps an SDK from being of its flavour, before anything is read."""
    flavour = FLAVOURS[sdk.models]
    needed = ["datamodel_code_generator", *([flavour.needs] if flavour.needs else [])]
    if missing := [name for name in needed if find_spec(name) is None]:
        message = f"models = {sdk.models!r} needs {' and '.join(missing)}; "
        message += "pip install 'wirewright[models]' has it"
        report.add("unavailable", message, sdk.span)
    if sdk.strategies:
        message = f"there are no strategies with models = {sdk.models!r}"
        report.add("unavailable", message, sdk.span)
    if sdk.style.types:
        message = f"`types` go with dataclasses, not with models = {sdk.models!r}"
        report.add("unavailable", message, sdk.span)
    if sdk.distribution is not None:
        message = f"there is no distribution of models = {sdk.models!r}"
        report.add("unavailable", message, sdk.span)
    for one in own.templates if own else ():
        if one.name in VIEWS and one.name not in _USED:
            message = f"{one.name}: no template writes that with models = "
            report.add("unavailable", f"{message}{sdk.models!r}", sdk.span)


def files(
    package: python_sdk.Package,
    own: OwnTemplates | None,
    sdk: Sdk,
    report: Report,
    progress: Progress,
) -> list[OutputFile]:
    """The files of the package and of its tests. Errors are reported."""
    flavour = FLAVOURS[sdk.models]
    for old in package.settings.old_names:
        message = f"there are no old names with models = {sdk.models!r}"
        warning = Severity.WARNING
        report.add("rename", message, old.span, severity=warning, source=old.source)
    plain = _files(package, flavour, None, sdk, report)
    before = len(report)
    made = plain if own is None else _files(package, flavour, own, sdk, report)
    if report.failed or len(report) > before:
        return made
    progress(f"{sdk.package}: testing {len(package.module.schemas)} schemas")
    tests: list[OutputFile] = []
    try:
        if sdk.tests:
            tests = golden.golden_files(_with(package, own), flavour, plain)
        else:
            golden.check(package, flavour, plain)
    except golden.Disagreement as error:
        report.add("oracle", f"two opinions about {error}", sdk.span)
        return made
    except Exception as error:  # noqa: BLE001 - of classes that are not ours.
        reason = str(error).partition("\n")[0]
        message = f"the classes cannot be imported: {type(error).__name__}: {reason}"
        report.add("unavailable", message, sdk.span)
        return made
    return made + [finishing.finished(file, own, report)[0] for file in tests]


def _with(package: python_sdk.Package, own: OwnTemplates | None) -> python_sdk.Package:
    settings = dataclasses.replace(package.settings, templates=own)
    return dataclasses.replace(package, settings=settings)


def _files(
    package: python_sdk.Package,
    flavour: Flavour,
    own: OwnTemplates | None,
    sdk: Sdk,
    report: Report,
) -> list[OutputFile]:
    found = []
    try:
        for part in parts(_with(package, own), flavour):
            for file in printed(part()):
                found.append(finishing.finished(file, own, report, flavour.name)[0])
    except Refused as error:
        report.add("unavailable", f"models = {sdk.models!r}: {error}", sdk.span)
    return found
