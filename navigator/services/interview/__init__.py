"""The interview: questions worded, answers parsed, contact options, hand-off codes."""
