"""Benchmarks of generated packages, side by side with the libraries people use."""
