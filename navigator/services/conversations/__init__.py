"""Conversations by text from outside: timeouts, takeover by a navigator, transcript."""
