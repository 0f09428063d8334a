"""The `_codec` of a package: how values of each schema travel.

`decode_X(v)` turns a JSON value into a typed one. It never raises on a value that
breaks its schema: it calls `drift()`, keeps what came, and goes on. Strict callers look
at that mark and collect violations afterwards. `encode_X(o)` is the way back. A class
that unions find by its tags also has `decode_tagged_X(v)`, for objects whose tags have
been read already.

A schema is decoded *exactly* if the statements of its own decoder notice every
violation. Where constraints go beyond that (`if`, `not`, overlapping unions, …) the
decoder asks the generated check first, and its own statements only convert.
"""
