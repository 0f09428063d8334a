"""What the two versions hold, and what of one is what of the other."""
