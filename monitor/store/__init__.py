"""The database behind one interface, `base.Store`."""

from monitor import settings
from monitor.errors import InvalidValue
from monitor.program import working_folder
from monitor.store.base import Session, Store
from monitor.store.sqlite import SQLiteStore

__all__ = ["Session", "Store", "open_store"]

DEFAULT_URL = "sqlite:///data/monitor.db"


def open_store(url: str | None = None) -> Store:
    """The database that `url` names, else the one that MONITOR_DATABASE names, else `data/monitor.db`.

    `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST:PORT/NAME`. A relative path begins at
    `working_folder`.
    Nothing is opened or created yet. Raises InvalidValue (`database_url`).
    """
    url = url or settings.database_url() or DEFAULT_URL
    if url.startswith("sqlite:///") and len(url) > len("sqlite:///"):
        return SQLiteStore(working_folder() / url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        return _postgres(url)
    raise InvalidValue("database_url", value=url)


def _postgres(url: str) -> Store:
    try:
        from monitor.store.postgres import PostgresStore  # psycopg: only where it is used
    except ImportError:
        raise InvalidValue("no_psycopg") from None
    return PostgresStore(url)
