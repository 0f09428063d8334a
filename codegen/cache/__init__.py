"""What earlier runs have left in the user's cache, so that a run need not repeat it.

Everything in it is data that is checked before it is believed, and it can be deleted at
any time: then the next run takes longer. Modules here import next to nothing, because a
run that has nothing to do ends here.
"""
