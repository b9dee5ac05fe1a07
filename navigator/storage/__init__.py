"""Rows stay here: the database, its tables and the frozen values read from it."""
