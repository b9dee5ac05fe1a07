"""Run the command line as `python -m navigator`."""

from navigator.cli import main

main()
