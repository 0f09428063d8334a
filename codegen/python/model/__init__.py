"""What is decided about a package: names, shapes, fields, tables. Nothing here writes
code."""
