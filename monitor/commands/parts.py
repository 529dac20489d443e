"""What is prepared beside the log, in order and out of memory, however much it is."""

import marshal
from collections.abc import Iterator

from monitor.scratch import ScratchFile

#: How many parts stay in memory: those of a file of some thousand rows.
IN_MEMORY = 20
#: Bytes before each of the others that say how long it is.
_LENGTH = 8
#: The format of marshal that looks for no object twice: the later ones take a third longer.
_FORMAT = 2


class Parts:
    """Tuples of texts, whole numbers and sequences of them: the first in memory, the others in a
    temporary file. They can be read again and again once all are there. Closed by the end of `with`."""

    def __init__(self):
        self._first: list[tuple] = []
        self._others = ScratchFile()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._first.clear()
        self._others.close()

    def append(self, part: tuple) -> None:
        """Raises DatabaseError (`temporary_unwritable`)."""
        if len(self._first) < IN_MEMORY:
            self._first.append(part)
        else:
            data = marshal.dumps(part, _FORMAT)
            self._others.write(len(data).to_bytes(_LENGTH), data)

    def __iter__(self) -> Iterator[tuple]:
        yield from self._first
        file = self._others.rewound()
        while length := file.read(_LENGTH):
            yield marshal.loads(file.read(int.from_bytes(length)))
