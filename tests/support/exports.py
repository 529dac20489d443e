"""An export loaded again, and what the commands print of a log."""

from datetime import UTC, date, datetime
from pathlib import Path

from monitor import commands, indicators, status, tables
from monitor.dates import date_interval
from monitor.models import GroupBy
from monitor.snapshot import Snapshots
from tests.support.random_logs import World

CONTRACT = ("areas", "signatories", "mandates", "actions")
DAYS = (date(2015, 12, 31), date(2017, 6, 1), date(2020, 7, 5))
#: After all that a random log holds.
MUCH_LATER = datetime.now(UTC)


def printed_tables(store, pact: str, known_at=None, days=DAYS) -> list[str]:
    """What `status` prints of a pact on several days, and `indicators` on the last of them."""
    known = status.what_is_known(Snapshots(store).current().log(pact), known_at)
    folded = [status.fold(known, day) for day in days]
    printed = [tables.to_csv(tables.published_status(table)) for table in folded]
    for by in (None, *(by.value for by in GroupBy)):
        printed.append(
            tables.to_csv(
                tables.published_indicators(indicators.indicator_table(folded[-1], by), by)
            )
        )
    return printed


def load_export(store, folder: Path, pact: str, now=MUCH_LATER) -> None:
    """Load an export into an empty database, as the commands do."""
    with (folder / "pact.toml").open("rb") as file:
        assert commands.load_pact(store, file, name="pact.toml", now=now).loaded
    for content in CONTRACT:
        path = folder / f"{content}.csv"
        if not path.exists() or len(path.read_bytes().splitlines()) == 1:
            continue
        with path.open("rb") as file:
            report = commands.load(store, content, file, pact_id=pact, name=path.name, now=now)
        assert report.loaded and not report.refused, [error.code for error in report.errors]


def recordable_world(world: World) -> World:
    """Without the mandates that were recorded before they began or ended, the days of signatures to
    come, and what is recorded or decided in times to come."""

    def signed(row: dict) -> dict:
        day = row["signed_on"]
        past = day is None or date_interval(day)[0] <= row["recorded_at"].date()
        return row if past else row | {"signed_on": None}

    def past(row: dict) -> bool:
        dates = (row["started_on"], row["ended_on"] or row["started_on"])
        return all(date_interval(text)[1] <= row["recorded_at"].date() for text in dates)

    def so_far(rows) -> tuple[dict, ...]:
        return tuple(
            row
            | {
                name: row[name] if row[name] and row[name] <= MUCH_LATER else None
                for name in ("accepted_at", "withdrawn_at")
            }
            for row in rows
            if row["recorded_at"] <= MUCH_LATER
        )

    return world.but(
        signatories=so_far(map(signed, world.signatories)),
        mandates=so_far(filter(past, world.mandates)),
        actions=so_far(world.actions),
        areas=so_far(world.areas),
        later=tuple(one for one in world.later if one[0] <= MUCH_LATER),
    )
