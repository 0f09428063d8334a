"""What one version writes and the other rejects, case by case: none, or a document."""
