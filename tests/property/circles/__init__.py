"""Schemas that lead back to themselves, and values that lead through them."""
