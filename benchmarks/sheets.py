"""What needs no session: the sheet of a city, and a file for a program."""

import csv
import io
import sqlite3
import statistics
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.client import DEMO
from benchmarks.rows import Row, against, below
from benchmarks.server import Server

#: Sheets that are asked for, each of a city of its own.
SHEETS = 200
#: What a file of actions says of each, read straight from the tables.
RECORDS = """
    SELECT a.action_id, c.signatory_id, c.measure_id, a.happened_on, a.kind, a.status, x.summary,
           a.source_kind, x.source_title, x.source_publisher, x.source_url, x.archive_url, x.quote,
           x.reason, a.seq, e.recorded_at, a.version
    FROM action a JOIN action_text x ON x.seq = a.seq JOIN entry e ON e.seq = a.seq
    JOIN commitment c ON c.id = a.commitment_id WHERE a.pact_id = 'demo' ORDER BY a.seq
"""


def rows(server: Server, folder: Path, database: Path) -> list[Row]:
    cities = _cities(folder)[:SHEETS]
    addresses = [f"http://127.0.0.1:{server.port}/ville/{code}?{DEMO}" for code in cities]
    first = [_asked(address) for address in addresses]
    again = [_asked(address, tag) for address, (_, tag) in zip(addresses, first, strict=True)]
    milliseconds = [1000 * statistics.median(took for took, _ in some) for some in (first, again)]
    begun = time.perf_counter()
    with urllib.request.urlopen(
        f"http://127.0.0.1:{server.port}/api/v1/actions.csv?{DEMO}", timeout=60
    ) as answer:
        size = sum(len(part) for part in iter(lambda: answer.read(1 << 16), b""))
    ours, floor = time.perf_counter() - begun, _bare(database)
    return [
        below(
            "/ville/{code}: a sheet that nobody asked for before",
            milliseconds[0],
            50,
            "ms",
            1,
            f"{len(cities)} cities",
        ),
        below("/ville/{code}: nothing has changed since (304)", milliseconds[1], 10, "ms", 1),
        against(
            "/api/v1/actions.csv, whole", ours, floor, 5, f"SELECT and csv, {size / 1e6:.0f} MB"
        ),
    ]


def _cities(folder: Path) -> list[str]:
    with (folder / "signatories.csv").open(encoding="utf-8") as file:
        return list(dict.fromkeys(row["commune"] for row in csv.DictReader(file)))


def _asked(address: str, tag: str = "") -> tuple[float, str]:
    """(seconds, the tag of the answer)."""
    request = urllib.request.Request(address, headers={"If-None-Match": tag} if tag else {})
    begun = time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            answer.read()
            found = answer.headers["ETag"]
    except urllib.error.HTTPError as error:
        if error.code != 304:
            raise
        found = error.headers["ETag"]
    return time.perf_counter() - begun, found


def _bare(database: Path) -> float:
    """Seconds to read the same columns and write them as CSV, without a thought."""
    begun = time.perf_counter()
    connection = sqlite3.connect(database)
    csv.writer(io.StringIO()).writerows(connection.execute(RECORDS))
    connection.close()
    return time.perf_counter() - begun
