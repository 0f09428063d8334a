"""The commands of the command line, a module each: arguments in, exit code out.

What a command does is in `codegen.flows`; what arguments they share, in
`codegen.options`.
"""
