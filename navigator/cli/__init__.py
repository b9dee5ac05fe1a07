"""The command line: JSON with --json, and one clear line where something is wrong."""
