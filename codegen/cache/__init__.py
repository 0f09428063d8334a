"""What earlier runs have left in the user's cache, so that a run need not repeat them.

Everything in it is data that is compared before it is believed, and can be deleted at
any time: then the next run takes longer. Modules here import next to nothing, for a run
that has nothing to do ends here.
"""
