"""The interview as a web form."""
