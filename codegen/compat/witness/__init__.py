"""Documents that one side writes and the other rejects: the search for them."""
