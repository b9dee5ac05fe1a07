"""What every page stands in: request context, errors, caching, the pages of the site."""
