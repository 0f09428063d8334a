"""The `codec` module of a package: how values of each schema travel.

`decode_X(v)` turns a JSON value into a typed one. It never raises on a value that
breaks its schema: it calls `drift()`, keeps what came, and goes on; strict callers
look at the mark and collect violations. `encode_X(o)` is the way back. A class that
unions find by its tags has `decode_tagged_X(v)` beside, for objects that have them.

A schema is decoded *exactly* where its own statements notice every violation.
Where constraints go beyond that (`if`, `not`, overlapping unions, …) the decoder
asks the generated check first, and its own statements only convert.
"""
