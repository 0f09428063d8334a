"""Documents of one file that are split at random over several, and say the same.

What is read, generated, linted, compared and extracted of both forms must be alike.
"""
