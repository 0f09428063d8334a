"""Templates of users, which take the place of ours: read, checked, run in a sandbox,
and examined once more when the text is complete.

What a template says itself is its author's responsibility; what it prints has been
through a door. Marks in the rendered text (`marks`) tell one from the other, so that
the guard can hold against its table what comes from a specification, and leave alone
what the author wrote.
"""
