"""Where `serve` answers on this machine: commands that print an address ask for it."""

import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import Popen

from monitor.settings import server_port
from monitor.store import open_store
from monitor.store.remembered_heads import memory_of

#: Seconds between two questions whether the server answers.
_BETWEEN = 0.2


def keep_address(address: str) -> None:
    """Remember where the server of this database answers, as far as that can be written."""
    with suppress(OSError):
        path = _path()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{address}\n", "utf-8")


def local_address() -> str:
    """Where `serve` answered last, else where it does if nobody says another port."""
    with suppress(OSError):
        if (address := _path().read_text("utf-8").strip()).startswith("http://"):
            return address
    return f"http://127.0.0.1:{server_port()}"


def wait_for_answer(server: Popen, port: int) -> bool:
    """Whether a server that was started answers: asked until it does, or ends."""
    while server.poll() is None:
        with suppress(OSError, HTTPException), closing(HTTPConnection("127.0.0.1", port)) as asked:
            asked.request("GET", "/robots.txt")
            asked.getresponse()
            return True
        time.sleep(_BETWEEN)
    return False


def _path() -> Path:
    return memory_of(open_store()).path.with_suffix(".address")
