"""The command line: JSON with --json, and one clear line where something is wrong."""

from navigator.cli.commands import main

__all__ = ["main"]
