"""Compares recorded frames with a specification.

`recording` cuts a recording into pieces, and reads the frames in each. `judging` has
the package of the specification judge them, on all cores; `sessions` checks them by its
session rules, and `tally` puts together what they find. `blame` finds which assertions
of the specification are broken, `mends` what would make them true, and `mending` makes
an overlay of that.
"""
