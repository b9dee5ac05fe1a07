"""A conversation by text: a text in, the next state and one message out."""
