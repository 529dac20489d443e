"""A file that appears under its name only when it is whole."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: What nobody but its owner may read or write: a database says who is who.
OWNERS_ALONE = 0o600
#: What SQLite puts beside a database.
BESIDE = ("", "-journal", "-wal", "-shm")


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Where to make what will be at `path`, once the block has ended.

    Raises FileExistsError if somebody else came first. Nothing is left of a block that raises: not
    the file, nor the folders that were made for it.
    """
    place = path.resolve()
    draft = place.with_name(f"{place.name}.new-{os.getpid()}-{threading.get_ident()}")
    missing = [folder for folder in place.parents if not folder.exists()]
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        create_private(draft)
        yield draft
        _put(draft, place)
    except BaseException:
        for suffix in BESIDE:
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)
        for folder in missing:
            with suppress(OSError):  # somebody else has put something there
                folder.rmdir()
        raise
    draft.unlink(missing_ok=True)


def create_private(path: Path) -> None:
    """A new file that is empty, and that nobody but its owner may read, however it is filled. Raises
    FileExistsError and other OSErrors."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNERS_ALONE))


def make_private(path: Path) -> None:
    """Take away what others may do with a file, where that can be done."""
    with suppress(OSError):
        if path.stat().st_mode & 0o177:
            path.chmod(OWNERS_ALONE)


def _put(draft: Path, place: Path) -> None:
    """Under its name, unless there is something: a link, unlike a renaming, never replaces."""
    try:
        os.link(draft, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if place.exists():
            raise FileExistsError(place) from None
        draft.rename(place)
