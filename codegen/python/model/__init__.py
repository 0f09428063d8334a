"""What is decided about a package: names, shapes, fields, tables. It makes no text."""
