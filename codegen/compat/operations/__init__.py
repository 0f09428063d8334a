"""What changed around the schemas: operations, channels, servers, security.

Every question here is one of a writer and a reader: who writes a request or an answer
by the one version, and does who reads it by the other take it? Where a request or an
answer can show that it does not, one is made, and the independent validator has
confirmed it.
"""
