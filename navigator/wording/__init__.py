"""Words people read, English and French side by side; read once from files."""
