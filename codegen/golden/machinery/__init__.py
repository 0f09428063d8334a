"""The machinery of golden tests, copied into the tests of every generated package.

The test module beside it differs by package: it names the package and lists what there
is to test. What testing means is told here. `plugin` is for pytest, `files` are the
golden files, `sdk` is the package under test; `schemas` asks all that is said of a
schema, `documents`, `classes`, `events` and `sessions` hold what must hold. `stack`
asks where a caller has few calls left, `violations` compares what is found wrong with
what is expected, `shortened` knows what golden files leave out.
"""
