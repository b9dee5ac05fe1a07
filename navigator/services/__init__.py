"""What people do here, by noun; each takes an open unit of work."""
