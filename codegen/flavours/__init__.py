"""Packages whose classes datamodel-code-generator writes: pydantic, msgspec, TypedDict.

What it is handed is not the specification but a document that is made for it, of what
has been decided about the package: every class, enum and alias under its own name, no
class inside another, no `allOf`, tags as literals. Tables, names and tests around its
classes are ours.
"""
