"""Conversations by text from outside: timeouts, handover to a navigator, opt-out, transcript."""
