"""Templates of users, in place of ours: read, checked, run in a sandbox, and looked at
once more when the text is whole.

What a template says itself is its author's; what it prints has been through a door. The
text of a rendering says which is which (`marks`), so that the guard can hold what comes
of a specification against its table, and leave alone what the author wrote.
"""
