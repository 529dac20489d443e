"""Files that a person names: what is read, and where refused rows are written. Nothing that stood
there before is lost."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from monitor.errors import InvalidValue
from monitor.intake import IGNORED
from monitor.scratch import ScratchFile
from monitor.store.atomic import Draft

#: The file name that means standard input.
STDIN = "-"
#: Files that are a way to somewhere else: written to, never replaced. Those of /dev/shm are files.
_WAYS, _MEMORY = ("/dev/", "/proc/"), "/dev/shm/"
#: Bytes of a pipe that are kept at once.
_BLOCK = 2**20


@contextmanager
def open_path(path: Path, mode: str, **options) -> Iterator[Any]:
    """A file, or InvalidValue with what is wrong with its path."""
    try:
        file = path.open(mode, **options)
    except IsADirectoryError:
        raise InvalidValue("file_is_directory", path=str(path)) from None
    except FileNotFoundError:
        raise InvalidValue("file_missing", path=str(path)) from None
    except (OSError, ValueError) as error:
        raise unreadable_path(path, error) from None
    with file:
        yield file


def unreadable_path(path: Path, error: Exception) -> InvalidValue:
    """The sentence for a path that cannot be opened."""
    why = getattr(error, "strerror", None) or str(error)
    return InvalidValue("file_unreadable", path=str(path), why=why)


def name_of(path: Path) -> str:
    """How a report calls the file."""
    return "stdin" if str(path) == STDIN else path.name


@contextmanager
def open_source(path: Path) -> Iterator[BinaryIO]:
    """A file to read, `-` for the standard input; what comes through a pipe is kept in a temporary
    file first, since a table is read more than once. Raises InvalidValue as `open_path`, DatabaseError
    as `ScratchFile`."""
    if str(path) == STDIN:
        with _seekable(sys.stdin.buffer) as file:
            yield file
        return
    with open_path(path, "rb") as given, _seekable(given) as file:
        yield file


@contextmanager
def _seekable(given: BinaryIO) -> Iterator[BinaryIO]:
    if given.seekable():
        yield given
        return
    kept = ScratchFile()
    try:
        while data := given.read(_BLOCK):
            kept.write(data)
        yield kept.rewound()
    finally:
        kept.close()


class RefusedRows:
    """The file that a command writes its refused rows to, as a text file to be written.

    A file of refused rows that stands there is replaced when the new one is whole, and only if a row
    was refused; any other file is left alone and refused. What is no regular file (a device, a pipe)
    is written to directly. `flush` puts all on the disk. Each raises InvalidValue
    (`rejects_unwritable`) where writing fails.
    """

    def __init__(self, path: Path, read: Path):
        self.path = path
        self.written = False
        self._real = Path(os.path.realpath(path))
        self._draft: Draft | None = None
        if not self._real.parent.is_dir():
            raise InvalidValue("folder_missing", path=str(path.parent))
        self.stood = _checked(path, self._real, read)
        try:
            self._file = self._opened()
        except (OSError, ValueError) as error:
            raise self._unwritable(error) from None

    def write(self, text: str) -> int:
        self.written = True
        return self._done(lambda: self._file.write(text))

    def flush(self) -> None:
        self._done(self._file.flush)
        self._done(self._synced)

    def seekable(self) -> bool:
        return self._draft is not None and self._file.seekable()

    def seek(self, place: int) -> int:
        return self._done(lambda: self._file.seek(place))

    def truncate(self, size: int) -> int:
        self.written = False
        return self._done(lambda: self._file.truncate(size))

    def finish(self) -> None:
        """Put the file in its place, if anything was written to it. Raises InvalidValue
        (`rejects_left`), and says where it is then."""
        try:
            self._file.close()
            if self._draft and self.written:
                self._draft.publish(replace=True)
        except OSError as error:
            left, self._draft = self._draft.path if self._draft else self.path, None
            raise InvalidValue(
                "rejects_left", path=str(self.path), why=error.strerror, left=str(left)
            ) from None

    def close(self) -> None:
        """Leave nothing behind but what `finish` put in its place."""
        with suppress(OSError):  # what could not be written was said when it was
            self._file.close()
        if self._draft:
            self._draft.discard()

    def _opened(self) -> TextIO:
        if self.stood == "way":
            return self.path.open("w", encoding="utf-8", newline="")
        draft = Draft(self._real)
        file = draft.path.open("x", encoding="utf-8-sig", newline="")
        self._draft = draft
        return file

    def _synced(self) -> None:
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a pipe, a terminal
                raise

    def _done(self, work):
        try:
            return work()
        except OSError as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: Exception) -> InvalidValue:
        why = getattr(error, "strerror", None) or str(error)
        return InvalidValue("rejects_unwritable", path=str(self.path), why=why)


def _checked(path: Path, real: Path, read: Path) -> str:
    """What stands where refused rows shall be written: nothing, "ours" or a "way" to elsewhere.

    Raises InvalidValue where it is the file that is read, a folder, or a file of something else.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise unreadable_path(path, error) from None
    if stat.S_ISDIR(found.st_mode):
        raise InvalidValue("file_is_directory", path=str(path))
    if str(read) != STDIN and read.exists() and path.samefile(read):
        raise InvalidValue("rejects_are_source", path=str(path))
    where = str(path.absolute())
    is_way = where.startswith(_WAYS) and not where.startswith(_MEMORY)
    if is_way or not stat.S_ISREG(found.st_mode):
        return "way"
    if not os.access(real, os.W_OK):
        raise unreadable_path(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    with open_path(real, "rb") as file:
        first = file.readline(4096).decode("utf-8-sig", "replace")
    if found.st_size and not any(name in first for name in IGNORED):
        raise InvalidValue("rejects_not_ours", path=str(path))
    return "ours" if found.st_size else ""
