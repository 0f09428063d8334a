"""Random specifications and recordings, on which `check-traffic` is held to account.

A model of its own says what each frame is: which event in which direction, where it
departs, and which rules of its session it breaks. What the command counts and places,
what its overlay leaves, and what the generated package makes of each frame must agree.
"""
