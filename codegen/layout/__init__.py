"""Lays out generated Python as Black would, asking Black only about shapes."""

from codegen.layout.reader import Layout

__all__ = ["Layout"]
