"""The directory: publish an edition, and open it with its index."""
