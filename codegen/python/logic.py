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
from codegen.python.modules import Group


class Logic:
    """The codec and the checks of a package.

    Everything that a schema, an event table or a rule needs is asked for first; what
    that needs in turn is found while it is written.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self.checks = Checks(
            package.module, package.names, writer.statements, package.formats
        )
        codec = Codec(package, self.checks, values.value)
        retained = Retained(codec, package.sent, package.received)
        codec.retained = retained
        self._codec = codec
        for _, schema, _ in package.named:
            codec.require(schema)
            self.checks.require_named(schema)
        for table in package.all_tables:
            of = (table.tagged, table.schema, table.default)
            unions.event_table(codec, table.name, *of)
        self.codec_groups = codec_module.groups(package, codec, retained)
        session_rules.require_checks(package, self.checks)
        self.checks_groups = checks_module.functions(self.checks)

    def native_groups(self) -> list[Group]:
        """The tables of a native codec, for which nothing is asked."""
        return native_module.groups(self._package, self._codec)
