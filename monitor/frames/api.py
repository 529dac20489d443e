"""A pact over HTTP: the tables of `/api/v1`, from which the same figures are counted here."""

import io
from datetime import datetime
from functools import cache

import httpx
import pandas as pd
import pyarrow.parquet as pq

from monitor.export.fields import TABLES
from monitor.frames.errors import CannotAnswer
from monitor.frames.folder import as_rows
from monitor.frames.rebuild import parse_pact, rebuild_log
from monitor.frames.sources import LogAt, Source, empty_rows
from monitor.read.files import PACT, table_path
from monitor.read.selection import View
from monitor.snapshot import Snapshot, log_today

#: Where an address of the API ends.
BASE = PACT.rpartition("/")[0]
#: A large table is made while it is sent.
SECONDS = 300


class ApiSource(Source):
    """The server's log at the head that it had when it was opened; each table is asked for once."""

    def __init__(self, address: str, pact_id: str | None):
        self.address = address.rstrip("/")
        if not self.address.endswith(BASE):
            raise CannotAnswer("frames_api_address", value=address, base=BASE)
        self._site = self.address.removesuffix(BASE)
        self._head = ""
        self._tables: dict[tuple[str, datetime | None], pd.DataFrame] = {}
        self._known: dict[datetime | None, LogAt] = {}
        pact = parse_pact(self._ask(PACT, {"pacte": pact_id} if pact_id else {}))
        self.pact_id = pact.id
        self.read(None)

    def read(self, known_at: datetime | None) -> LogAt:
        if known_at not in self._known:
            pact = parse_pact(self._ask(PACT, self._query(known_at)))
            log = rebuild_log(pact, lambda name: self.rows(name, known_at))
            at, _, digest = self._head.partition(":")
            snapshot = Snapshot(int(at), digest, None, {self.pact_id: log})
            self._known[known_at] = LogAt(snapshot, None)
        return self._known[known_at]

    def rows(self, table: str, known_at: datetime | None) -> pd.DataFrame:
        key = table, known_at
        if key not in self._tables:
            # Answers and entries to come are not known on an earlier day.
            found = self._ask_table(table, {"au": log_today().isoformat()}, known_at)
            if "stands" in found:  # of the actions, what was superseded is listed too
                found = found[found["stands"].astype(bool)]
            names = [field.name for field in TABLES[table]]
            self._tables[key] = found[names] if len(found) else empty_rows(table)
        return self._tables[key]

    def revisions(self, view: View, known_at: datetime | None) -> pd.DataFrame:
        return self._ask_table("revisions", view.canonical(), known_at)

    def _ask_table(
        self, table: str, query: dict[str, str], known_at: datetime | None
    ) -> pd.DataFrame:
        """One table of a view; None = empty. Raises CannotAnswer (`frames_moved`) of another head."""
        body = self._ask(table_path(table, "parquet"), query | self._query(known_at))
        file = pq.ParquetFile(io.BytesIO(body))
        self._check_head((file.metadata.metadata or {}).get(b"log_head", b"").decode())
        return as_rows(file.read().to_pandas())

    def _query(self, known_at: datetime | None) -> dict[str, str]:
        then = {"connu": known_at.isoformat()} if known_at else {}
        return {"pacte": self.pact_id, **then}

    def _check_head(self, head: str) -> None:
        self._head = self._head or head
        if head != self._head:
            raise CannotAnswer("frames_moved", address=self.address)

    def _ask(self, path: str, query: dict[str, str]) -> bytes:
        try:
            answer = httpx.get(
                self._site + path,
                params=query,
                timeout=SECONDS,
                follow_redirects=True,
                verify=_certificates(),
            )
        except httpx.HTTPError as error:
            raise CannotAnswer("frames_unreachable", value=self.address, why=str(error)) from None
        if answer.status_code != httpx.codes.OK:
            raise CannotAnswer(
                "frames_refused",
                value=str(answer.url),
                status=answer.status_code,
                why=_message(answer),
            )
        return answer.content


# Read once: a pact is a dozen requests.
_certificates = cache(httpx.create_ssl_context)


def _message(answer: httpx.Response) -> str:
    """What the server says of it."""
    try:
        return str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        return answer.reason_phrase
