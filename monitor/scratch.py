"""Room for what is too large for the memory, until its work is done."""

import tempfile
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO

from monitor.errors import DatabaseError


class ScratchFile:
    """A temporary file without a name, made when something is first written to it. What is written
    there is on the disk, or DatabaseError (`temporary_unwritable`) says where it could not be."""

    def __init__(self):
        self._file: BinaryIO | None = None

    def write(self, *data: bytes) -> None:
        try:
            self._file = self._file or tempfile.TemporaryFile()  # noqa: SIM115  (`close`)
            self._file.writelines(data)
            self._file.flush()
        except OSError as error:
            folder, why = tempfile.tempdir or "TMPDIR", error.strerror or str(error)
            raise DatabaseError("temporary_unwritable", path=folder, why=why) from None

    def rewound(self) -> BinaryIO:
        """The file, to be read from its start."""
        file = self._file or BytesIO()
        file.seek(0)
        return file

    def close(self) -> None:
        if self._file:
            with suppress(OSError):  # what could not be written was said when it was
                self._file.close()
