"""What is prepared beside the log, in order and out of memory, however much it is."""

import marshal
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile, gettempdir

from monitor.errors import DatabaseError

#: What stays in memory: a file of some thousand rows.
IN_MEMORY = 8_000_000
#: Bytes before each part that say how long it is.
_LENGTH = 8
#: The format of marshal that looks for no object twice: the later ones take a third longer.
_FORMAT = 2


class Parts:
    """Tuples of texts, whole numbers and sequences of them, in a temporary file without a name. They
    can be read again and again once all are there. Closed at the end of a `with`."""

    def __init__(self):
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (closed by `__exit__`)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def append(self, part: tuple) -> None:
        """Raises DatabaseError (`disk_full`)."""
        data = marshal.dumps(part, _FORMAT)
        try:
            self._file.write(len(data).to_bytes(_LENGTH))
            self._file.write(data)
            self._file.flush()
        except OSError:
            raise DatabaseError("disk_full", path=gettempdir()) from None

    def __iter__(self) -> Iterator[tuple]:
        self._file.seek(0)
        while length := self._file.read(_LENGTH):
            yield marshal.loads(self._file.read(int.from_bytes(length)))
