"""Run the command line as `python -m navigator`."""

from navigator.cli.main import main

main()
