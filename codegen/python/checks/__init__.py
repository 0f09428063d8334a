"""The `_checks` and `_constraints` of a package: whether a JSON value meets a schema,
and what is wrong with it if it does not.

In `_checks` a schema has up to three functions, but only those that something calls:

* `valid_X(v)` answers yes or no, for `is_valid`, decoders and session rules;
* `names_X(v, seen)` and `places_X(v, seen)` add to `seen` the properties or items that
  the schema evaluates, for `unevaluatedProperties` and `unevaluatedItems`.

`_constraints` holds the keywords of each schema as data (`constraints.py`), by which
the runtime collects violations. What Python has to be told about patterns and numbers
comes from `python/conditions.py` in both, so they agree.
"""
