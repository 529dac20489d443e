"""What tests of commands stand on: the program, run in this process on a database without any pact."""

import pytest
from click.testing import CliRunner

from monitor.cli.main import main


@pytest.fixture
def run(empty, monkeypatch):
    """Runs the program with these words; `typed`: the lines that somebody types when it asks."""
    monkeypatch.setenv("MONITOR_DATABASE", empty.url)

    def run(*args, typed: tuple[str, ...] = ()):
        lines = "".join(f"{one}\n" for one in typed)
        return CliRunner().invoke(main, [*map(str, args)], input=lines)

    return run
