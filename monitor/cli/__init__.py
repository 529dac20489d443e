"""The command line: `python -m monitor …`."""
