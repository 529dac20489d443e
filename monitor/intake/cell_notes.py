"""Notes that people stick to cells of a workbook, which are not read: how many a sheet has. Those of the
first line say what its columns are, as in the files to fill in, and are not counted."""

import posixpath
import re
import zipfile

#: Bytes of a part of an archive that are looked at.
_LIMIT = 10_000_000
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
#: Notes, not the threads of comments, which stand beside them in notes of their own.
_OF_NOTES = re.compile(rb"""\sType=["'][^"']*/comments["']""")
_TARGET = re.compile(rb"""\sTarget=["']([^"']+)["']""")
_NOTE = re.compile(rb"""<(?:\w+:)?comment\s[^<>]*?\bref=["'][A-Z]+([0-9]+)["']""")


def count_notes(archive: zipfile.ZipFile, sheet: str) -> int:
    """How many cells of a sheet, a part of the archive, have a note, below its first line."""
    folder, name = posixpath.split(sheet)
    relations = _read(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    targets = [
        found[1].decode("utf-8", "replace")
        for one in _RELATION.findall(relations)
        if _OF_NOTES.search(one) and (found := _TARGET.search(one))
    ]
    if not targets:
        return 0
    part = posixpath.normpath(posixpath.join("/", folder, targets[0])).lstrip("/")
    return sum(line != b"1" for line in _NOTE.findall(_read(archive, part)))


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a part, nothing where there is none."""
    try:
        with archive.open(name) as source:
            return source.read(_LIMIT)
    except KeyError:
        return b""
