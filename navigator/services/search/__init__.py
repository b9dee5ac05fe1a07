"""Search the directory: words in, services with reasons out."""
