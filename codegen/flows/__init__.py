"""The flows: what each command does, from reading to a plan of changes or findings.

Nothing here prints or exits. Problems go to the report that the caller gives.
"""
