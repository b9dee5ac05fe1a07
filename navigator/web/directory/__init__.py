"""Pages and cards of services."""
