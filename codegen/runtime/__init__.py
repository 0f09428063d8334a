"""The runtime of a generated package: standard library only, copied verbatim.

`codegen/runtime/` in the generator and `_runtime/` in every generated package are
the same files, so what is tested here is what users run.
"""
