"""Random AsyncAPI documents whose comparison is attacked with frames.

A model of its own says which frames an application of a version may get, and which it
may send. A direction that is said to be harmless, in which old clients send what a new
server rejects or a new server sends what old clients reject, is a lie.
"""
