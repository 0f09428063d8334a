"""The commands of the command line, a module each: arguments in, exit code out.

What a command does is in `codegen.flows`; the options that commands share are in
`codegen.options`.
"""
