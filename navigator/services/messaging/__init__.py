"""Texts that are not answers: lists by text, what may leave, what became of it."""
