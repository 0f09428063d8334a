"""Schemas taken apart: alternatives by JSON type, and when two say the same."""
