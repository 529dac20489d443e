"""How the characters of a text file are written, and what is no text."""

import codecs
import re
from typing import BinaryIO

from monitor.intake.unreadable import Unreadable

BLOCK = 1 << 20
#: What a text is taken for that is no Unicode: any bytes, or nearly, can be read so.
GUESS = "cp1252"
#: How files begin that are no table, whatever their name says.
NO_TABLE = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"<!DOCTYPE",
    b"<html",
    b"<?xml",
)
#: gzip, 7z, xz, bzip2, zstandard, RAR, SQLite.
NO_TEXT = (
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"\xfd7zXZ",
    b"BZh",
    b"\x28\xb5\x2f\xfd",
    b"Rar!",
    b"SQLite format 3",
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
)
#: The workbooks of before XLSX, and an XLSX under a password.
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_CONTROLS = bytes(set(range(32)) - {9, 10, 13})
#: UTF-8 read as cp1252 and saved again: é, è, à, ç, ê, ô and the apostrophe.
_UTF8 = ("Ã©", "Ã¨", "Ã\xa0", "Ã§", "Ãª", "Ã´", "Ã‰", "â€™", "Å“")
#: Letters of a file that Excel saved for MS-DOS (cp850: é as ‚, ç as ‡) or for Macintosh (é as Ž),
#: read as cp1252: such a mark inside a word, or a capital after a small letter. An ellipsis, which
#: is their à, may stand between two words, and is let go.
_SAVED_FOR_ANOTHER = re.compile(
    "[^\\W\\d_](?:[‚ƒ„ˆ‰‹]|[†‡“”™](?=[^\\W\\d_])|[ŠŽ](?=[a-zß-ÿ]))|[a-zß-ÿ][ŠŽŒ]"
)
#: What only a file for Macintosh has so: ’ as Õ, à as ˆ, À as Ë, « as Ç, … as É, œ as Ï, ° as ¡, – as Ð,
#: € as Û, É as ƒ.
_FOR_MACINTOSH = re.compile(
    "(?:\\b(?:[dljmnstcDLJMNSTC]|[a-z]*qu|Qu)|[a-zß-ÿ])Õ|\\w[ ,;]ˆ \\w|(?<!\\w)Ë(?= \\w)"
    "|(?<!\\w)Ç(?=[\\sÊ])|[a-zß-ÿ](?:É(?!\\w)|Ï[a-z])|[nN]¡|(?<!\\w)Ð(?!\\w)|[a-z\\d]Ð|\\d[\\sÊ]Û(?!\\w)"
    "|(?<!\\w)ƒ(?=[a-z]{2})"
)
#: What is valid UTF-8 where another encoding was meant: a letter of another script alone after a Latin
#: one, in a file that has nothing else. ’ or – and an accented letter for Macintosh make one of Armenian
#: or Cyrillic, É or Ù and a no-break space in cp1252 one of African languages or an Arabic digit.
_BY_CHANCE = re.compile(
    rb"[A-Za-z]\xd5[\x80-\x9f]|[a-z\d]\xd0[\x80-\x9f](?=[a-z])|[A-Z][\xc9\xd9]\xa0"
)
#: A small accented letter after a small letter, as cp1252 has both, and no other encoding of French.
_SURELY = re.compile(rb"[a-z][\xe0\xe2\xe7-\xeb\xee\xf4\xfb]")
#: What stands in quotation marks, of which the first does not follow a letter.
_QUOTED = re.compile("(?<![^\\W\\d_])“[^“”]*”")
_MARKS = re.compile("[“”]")
#: Without one of these, neither: most texts have none, and a million of them are asked.
_ANY = re.compile("[ÃâÅ‚ƒ„ˆ‰‹†‡“”™ŠŽŒÕËÇÉÏ¡ÐÛ]")


def detect_encoding(file: BinaryIO, head: bytes) -> str:
    """UTF-8 unless by chance, UTF-16 by its mark, else cp1252. Raises Unreadable: what is none of them
    is no table.

    `head`: the first BLOCK of the file, which is left at its beginning.
    """
    if head.startswith(OLD_WORKBOOK):
        raise Unreadable("other_workbook")
    if head.startswith(NO_TABLE):
        raise Unreadable("not_a_table")
    if head.startswith(NO_TEXT):
        raise Unreadable("not_text")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > 1 and controls > len(head) / 20:
        raise Unreadable("not_text")
    if b"\0" in head:
        line = head[: head.index(b"\0")].count(b"\n") + 1
        raise Unreadable("control_character", line, "U+0000", character="U+0000")
    for name in ("utf-8-sig", GUESS):
        decoder = codecs.getincrementaldecoder(name)()
        file.seek(0)
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        finally:
            file.seek(0)
        if name == GUESS or not _is_utf8_by_chance(file):
            return name
    raise Unreadable("unreadable_encoding")


def _is_utf8_by_chance(file: BinaryIO) -> bool:
    """Of a file that is valid UTF-8: whether all that it has beyond ASCII is what nobody wrote so. The
    file is left at its beginning."""
    found = False
    try:
        while block := file.read(BLOCK):
            rest, count = (block, 0) if block.isascii() else _BY_CHANCE.subn(b"", block)
            if not rest.isascii():
                return False
            found = found or count > 0
        return found
    finally:
        file.seek(0)


def is_surely_cp1252(file: BinaryIO) -> bool:
    """Of a file that was taken for it: whether its letters say so. The file is left at its beginning."""
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            if _SURELY.search(block):
                return True
        return False
    finally:
        file.seek(0)


def is_misdecoded(text: str, *, sure: bool = False) -> bool:
    """Whether letters that were read as cp1252 were written in another encoding. Nothing else is asked
    of: what is valid UTF-8 says what it says. `sure`: the file is in cp1252, so that its quotation
    marks are what they are, wherever they stand."""
    if text.isascii() or not _ANY.search(text):
        return False
    if any(mark in text for mark in _UTF8):
        return True
    text = _MARKS.sub(" ", text) if sure else _QUOTED.sub("", text)
    return any(letters.search(text) for letters in (_SAVED_FOR_ANOTHER, _FOR_MACINTOSH))
