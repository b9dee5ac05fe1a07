"""Texts that are no replies: lists by text, what may leave, what became of it."""
