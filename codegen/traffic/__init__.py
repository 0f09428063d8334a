"""Recorded frames, held against a specification.

`recording` cuts a recording into pieces and reads the frames in each; `judging` has the
package of the specification judge them, on all cores, and `sessions` its rules; `tally`
puts together what they find. `blame` says which assertions of the specification are
broken, and `mends` what would make them true, which `mending` makes an overlay of.
"""
