"""`python -m monitor …`: the command line."""

from monitor.cli.main import main

if __name__ == "__main__":
    main(prog_name="python -m monitor")
