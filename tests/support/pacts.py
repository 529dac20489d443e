"""The packaged pact as a text, and others made from it."""

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.commands.setup import PACKAGED
from tests.support.clock import NOW

PACT = "mouves-2014"
GOOD = (PACKAGED / "pact.toml").read_text("utf-8")


def load(store, text: str):
    return commands.load_pact(store, file_in_memory(text), name="pact.toml", now=NOW)


def another(text: str = GOOD, name: str = "other", **changes: str) -> str:
    text = text.replace(f'id = "{PACT}"', f'id = "{name}"')
    for key, value in changes.items():
        line = next(line for line in text.splitlines() if line.startswith(f"{key} = "))
        text = text.replace(line, f"{key} = {value}", 1)
    return text
