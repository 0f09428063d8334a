"""Documents that a schema accepts or only just rejects, and an independent judge."""
