"""Search that forgives misspelling; knows nothing of the web or the database."""
