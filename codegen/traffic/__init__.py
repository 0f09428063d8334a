"""Recorded frames, held against a specification.

`recording` cuts a recording into pieces and reads the frames in each; `judging` has the
package of the specification judge them, `sessions` its rules, in processes of their own
(`worker`, `pool`); `tally` puts together what they find. `blame` says which assertions
of the specification are broken, and `mends` what would make them true, which is
an overlay (`overlay`).
"""
