"""The files that a page is given together: as they are, or packed in an archive."""

import io
import zipfile
from collections.abc import Iterable
from itertools import count
from pathlib import PurePath

from monitor.errors import InvalidValue

#: What is unpacked of one archive: files, and bytes of all of them.
ARCHIVE_FILES, ARCHIVE_BYTES = 100, 20_000_000
#: Megabytes of one table that a page takes. Of what brings a whole pact, as much as the server takes at
#: all: `maxUploadSize` of `.streamlit/config.toml`.
FILE_MEGABYTES = 5


def unpack_files(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The files by their names, those of a ZIP in its place, without their folders; one that is called
    as another is numbered (« table (2).xlsx »), and one that is brought twice stands once. Raises
    InvalidValue (`archive_damaged`, `archive_too_large`)."""
    found: list[tuple[str, bytes]] = []
    for name, content in files:
        if PurePath(name).suffix.casefold() == ".zip":
            found += _unpacked(name, content)
        else:
            found.append((name, content))
    return _with_own_names(found)


def _with_own_names(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    named: dict[str, bytes] = {}
    for name, content in files:
        path, free = PurePath(name), name
        for n in count(2):
            if free not in named or named[free] == content:
                break
            free = f"{path.stem} ({n}){path.suffix}"
        named.setdefault(free, content)
    return [*named.items()]


def _unpacked(name: str, content: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [one for one in archive.infolist() if not one.is_dir()]
            if len(files) > ARCHIVE_FILES or sum(one.file_size for one in files) > ARCHIVE_BYTES:
                limit = str(ARCHIVE_BYTES // 10**6)
                raise InvalidValue("archive_too_large", file=name, files=ARCHIVE_FILES, limit=limit)
            return [(PurePath(one.filename).name, archive.read(one)) for one in files]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise InvalidValue("archive_damaged", file=name) from None
