"""What differs: the structural comparison, which proposes changes."""
