"""What is decided about a package: names, shapes, fields, tables. No text is made here."""
