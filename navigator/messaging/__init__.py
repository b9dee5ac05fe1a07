"""Messaging: inbound texts, the outbox, calls."""
