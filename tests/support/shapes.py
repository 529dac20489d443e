"""Pacts of other shapes, loaded."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime

from monitor import commands
from monitor.commands.loading import file_in_memory
from tests.support.paths import SHAPES

#: After the last fact of any of them.
LOADED_ON = datetime(2026, 9, 1, tzinfo=UTC)


def load_shape(
    store,
    name: str,
    now: datetime = LOADED_ON,
    themed: bool = False,
    change: Callable[[str], str] = str,
) -> str:
    """The identifier of the pact of a folder, with all that is in it. `themed`: what it says as the
    objectives of measures are their themes. `change`: what else becomes of the text of the pact."""
    folder = SHAPES / name
    text = (folder / "pact.toml").read_text("utf-8")
    if themed:
        text = text.replace("\nobjective = ", "\ntheme = ")
    text = change(text)
    report = commands.load_pact(store, file_in_memory(text), name="pact.toml", now=now)
    assert report.loaded, report.errors[:3]
    pact = tomllib.loads(text)["id"]
    for kind in ("areas", "signatories", "mandates", "actions"):
        if (path := folder / f"{kind}.csv").exists():
            with path.open("rb") as file:
                report = commands.load(
                    store, kind, file, pact_id=pact, name=path.name, now=now, skip_rejected=True
                )
            assert report.loaded, report.errors[:3]
    return pact
