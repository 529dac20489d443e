"""A file that appears under its name only when it is whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

#: What nobody but its owner may read or write: a database says who is who.
OWNERS_ALONE = 0o600
#: What SQLite puts beside a database.
BESIDE = ("", "-journal", "-wal", "-shm")


class Draft:
    """A file in the making, at `path`: beside its place (links are followed), under its own name."""

    def __init__(self, place: Path):
        self.place = place.resolve()
        self.path = self.place.with_name(f".{self.place.name}.{token_hex(4)}.partial")

    def publish(self, *, replace: bool = False) -> None:
        """Put the file in its place. Raises FileExistsError if something is there that it may not
        `replace`, and other OSErrors."""
        if replace:
            self.path.replace(self.place)
            return
        try:
            os.link(self.path, self.place)  # unlike a renaming, a link never replaces
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if self.place.exists():
                raise FileExistsError(self.place) from None
            self.path.rename(self.place)

    def discard(self) -> None:
        """Leave nothing of it. Harmless once it is published."""
        for suffix in BESIDE:
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Where to make what will be at `path`, once the block has ended: there is no file there yet.

    Raises FileExistsError if there is something at `path`, or somebody else came first. Nothing is left
    of a block that raises: not the file, nor the folders that were made for it.
    """
    draft = Draft(path)
    if draft.place.exists():
        raise FileExistsError(path)
    missing = [folder for folder in draft.place.parents if not folder.exists()]
    try:
        draft.place.parent.mkdir(parents=True, exist_ok=True)
        yield draft.path
        draft.publish()
    except BaseException:
        draft.discard()
        for folder in missing:
            with suppress(OSError):  # somebody else has put something there
                folder.rmdir()
        raise
    draft.discard()


def create_private(path: Path) -> None:
    """A new file that is empty, and that nobody but its owner may read, however it is filled. Raises
    FileExistsError and other OSErrors."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNERS_ALONE))


def make_private(path: Path) -> None:
    """Take away what others may do with a file, where that can be done."""
    with suppress(OSError):
        if path.stat().st_mode & 0o177:
            path.chmod(OWNERS_ALONE)
