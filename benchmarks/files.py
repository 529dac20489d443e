"""The demo as contract files, for the loads that are timed."""

import csv
from dataclasses import asdict
from datetime import date
from pathlib import Path

from monitor import areas, demo
from monitor.intake import COLUMNS


def write_demo(folder: Path, signatories: int, actions: int) -> None:
    """pact.toml, signatories.csv, mandates.csv and actions.csv of a demo of that size."""
    made = demo.generate_demo(signatories, actions, 1, areas.communes())
    (folder / "pact.toml").write_text(_toml(made.pact), "utf-8")
    for kind in ("signatories", "mandates", "actions"):
        with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS[kind])
            writer.writerows(getattr(made, kind))


def _toml(pact) -> str:
    values = asdict(pact)
    measures = values.pop("measures")
    del values["offices_said"]  # made from the file: no key of it
    lines = [_line(name, value) for name, value in values.items()]
    for measure in measures:
        lines += ["[[measures]]", *(_line(name, value) for name, value in measure.items())]
    return "\n".join(filter(None, lines))


def _line(name: str, value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f"{name} = {str(value).lower()}"
    if isinstance(value, date):
        return f"{name} = {value.isoformat()}"
    if isinstance(value, tuple):
        return f"{name} = [{', '.join(_quoted(each) for each in value)}]"
    return f"{name} = {_quoted(value)}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
