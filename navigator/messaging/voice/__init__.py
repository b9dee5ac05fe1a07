"""Calls: what a caller hears."""
