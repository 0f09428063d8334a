"""The modules of a package that hold logic, as code trees: written in one go, because
each asks for functions of the other."""

from __future__ import annotations

from codegen.python import native_module, session_rules
from codegen.python.checks import module as checks_module
from codegen.python.checks import writer
from codegen.python.checks.context import Checks
from codegen.python.codec import module as codec_module
from codegen.python.codec import unions, values
from codegen.python.codec.context import Codec
from codegen.python.codec.retained import Retained
from codegen.python.model.package import Package


class Logic:
    """The codec and the checks of a package.

    Everything that a schema, an event table or a rule needs is asked for first; what
    that needs in turn is found while it is written.
    """

    def __init__(self, package: Package) -> None:
        self.checks = Checks(
            package.module, package.names, writer.statements, package.formats
        )
        codec = Codec(package, self.checks, values.value)
        retained = Retained(codec, package.sent)
        codec.retained = retained
        for _, schema, _ in package.named:
            codec.require(schema)
            self.checks.require_named(schema)
        for table in package.all_tables:
            of = (table.tagged, table.schema, table.default)
            unions.event_table(codec, table.name, *of)
        self.codec_groups = codec_module.groups(package, codec, retained)
        self.native_groups = native_module.groups(package, codec)
        session_rules.require_checks(package, self.checks)
        self.checks_groups = checks_module.functions(self.checks)
        self.rules = checks_module.constraints(package)
