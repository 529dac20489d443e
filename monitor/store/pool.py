"""The connections to one PostgreSQL, and what is known of a server that does not answer.

Nobody waits for a server that is away: one thread asks until it answers, all others are refused at
once. Whoever finds it away first has waited a second; four, where a network swallows what is sent.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from monitor.store.sqlite import BUSY_SECONDS

LOG = logging.getLogger("monitor.store")
#: A connection takes milliseconds; after this long, the server itself is asked.
CONNECT_SECONDS = 1
#: A server that is away is asked again this often.
AGAIN_SECONDS = 1
#: What holds a lock or a transaction too long is ended by the server.
OPTIONS = f"-c lock_timeout={BUSY_SECONDS}s -c idle_in_transaction_session_timeout=15min"
#: A network that swallows what is sent is noticed as well (libpq: seconds, then milliseconds).
_LIMITS = {"options": OPTIONS, "connect_timeout": 2, "tcp_user_timeout": 2_000}


class Pool:
    """At most 16 connections to one address."""

    def __init__(self, address: str):
        self._address = address
        self._pool: ConnectionPool[psycopg.Connection] = ConnectionPool(
            address,
            min_size=1,
            max_size=16,
            kwargs=_LIMITS,
            open=True,
            check=ConnectionPool.check_connection,
            reconnect_timeout=CONNECT_SECONDS,
        )
        self._away, self._closed = threading.Event(), threading.Event()
        self._noticing = threading.Lock()

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection]:
        """A connection, committed at the end, rolled back when the block raises.

        Raises psycopg.OperationalError when the server does not answer, PoolTimeout when it does and
        every connection is at work.
        """
        connection = self._get()
        try:
            with connection:
                yield connection
        finally:
            self._pool.putconn(connection)

    def close(self) -> None:
        self._closed.set()
        self._pool.close()

    def _get(self) -> psycopg.Connection:
        if not self._away.is_set():
            try:
                return self._pool.getconn(CONNECT_SECONDS)
            except PoolTimeout:
                if not self._away.is_set() and self._answers():
                    return self._pool.getconn(BUSY_SECONDS - CONNECT_SECONDS)
                self._notice()
        raise psycopg.OperationalError("the server does not answer")

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._address, **_LIMITS).close()
        except psycopg.OperationalError as error:
            LOG.info("PostgreSQL does not answer: %s", error)
            return False
        return True

    def _notice(self) -> None:
        with self._noticing:
            if self._away.is_set():
                return
            self._away.set()
        LOG.warning("PostgreSQL does not answer: pages are shown from memory until it does")
        threading.Thread(target=self._wait_for_it, name="postgres-away", daemon=True).start()

    def _wait_for_it(self) -> None:
        while not self._answers():
            if self._closed.wait(AGAIN_SECONDS):
                return
        LOG.warning("PostgreSQL answers again")
        self._away.clear()


_POOLS: dict[str, Pool] = {}
_MAKING = threading.Lock()


def pool_of(address: str) -> Pool:
    """The one pool of this process for that address."""
    with _MAKING:
        if address not in _POOLS:
            _POOLS[address] = Pool(address)
        return _POOLS[address]


def close_pool(address: str) -> None:
    """Close the connections to a database."""
    with _MAKING:
        known = _POOLS.pop(address, None)
    if known:
        known.close()
