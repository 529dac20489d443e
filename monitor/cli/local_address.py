"""Where `serve` answers on this machine: commands that print an address ask for it."""

from contextlib import suppress
from pathlib import Path

from monitor.settings import server_port
from monitor.store import open_store
from monitor.store.remembered_heads import memory_of


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


def _path() -> Path:
    return memory_of(open_store()).path.with_suffix(".address")
