"""The `checks` module of a package: functions that judge JSON values by a schema.

Each schema gets up to four functions, and only those that something calls:

* `check_X(v, p, out)` appends a violation for everything that is wrong with `v`,
  whose JSON Pointer is `p`;
* `valid_X(v)` answers yes or no, for unions, `not`, `if` and `contains`;
* `names_X(v, seen)` and `places_X(v, seen)` add the properties or items that the
  schema evaluated, for `unevaluatedProperties` and `unevaluatedItems`.

The first two are written by one writer with two ways of failing, so they agree.
"""
