"""The floors: what the same data costs with nothing of ours. Each prints its seconds as JSON."""

import csv
import json
import sqlite3
import sys
import time
from pathlib import Path

import sqlite_utils

from monitor.snapshot import ACTIONS


def insert_all(actions: str, database: str) -> dict[str, float]:
    """sqlite-utils inserts the rows of the CSV as they are read: no check, no hash, no index."""
    start = time.perf_counter()
    with Path(actions).open(encoding="utf-8", newline="") as file:
        sqlite_utils.Database(database).table("actions").insert_all(csv.DictReader(file))
    return {"insert_all": time.perf_counter() - start}


def fetchall(database: str) -> dict[str, float]:
    """A bare fetchall of the columns that the snapshot reads of the actions."""
    connection = sqlite3.connect(database)
    start = time.perf_counter()
    connection.execute(ACTIONS, {"seq": 0}).fetchall()
    return {"fetchall": time.perf_counter() - start}


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
