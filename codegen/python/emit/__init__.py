"""Generated code as a tree, and the printer that lays it out as Black would."""
