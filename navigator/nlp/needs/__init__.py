"""Needs, facts and language in free text, English and French."""
