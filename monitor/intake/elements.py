"""The XML of a workbook, element by element: by the parser itself, and never more of it at once than a
workbook can have."""

from collections.abc import Iterator
from functools import partial
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from monitor.intake.unreadable import Unreadable

BLOCK = 1 << 17
#: What one element of a container has at most: bytes, and tags. A row of 20 cells as
#: long as a spreadsheet lets them be has 650,000 letters.
BYTES, TAGS = 2_000_000, 150_000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def tag_of(name: str) -> str:
    """The tag of an element of a sheet, as the parser says it."""
    return f"{_MAIN}}}{name}"


_TEXT, _RUN = tag_of("t"), tag_of("r")


def tags_of(block: bytes) -> int:
    """How many tags a part of XML opens and closes; an element without content counts as two."""
    return block.count(b"<") + block.count(b"/>")


def read_blocks(source: IO[bytes]) -> Iterator[bytes]:
    return iter(partial(source.read, BLOCK), b"")


def read_elements(source: IO[bytes], container: str, wanted: str) -> Iterator[Element]:
    """Each element of that tag in its container, whole, then forgotten. Raises Unreadable: for what no
    workbook has at once, for a document type, where entities are declared. Raises ExpatError."""
    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")
    parent: Element | None = None
    ended = False
    ready: list[Element] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal parent
        element = builder.start(tag, attributes)
        if tag == container:
            parent = element
            parser.StartElementHandler = builder.start

    def end(tag: str) -> None:
        nonlocal ended
        element = builder.end(tag)
        if parent is None or ended:
            return
        if tag == wanted:
            ready.append(element)
            parent.clear()
        elif tag == container:
            ended = True

    def refuse(*_) -> None:
        raise Unreadable("xlsx_damaged")

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = builder.data, refuse
    read = tags = 0
    for block in read_blocks(source):
        read, tags = read + len(block), tags + tags_of(block)
        parser.Parse(block)
        if ready:
            yield from ready
            ready.clear()
            read = tags = 0
        if ended:
            return
        if read > BYTES or tags > TAGS:
            raise too_much_at_once()
    parser.Parse(b"", True)


def too_much_at_once() -> Unreadable:
    """A row, or a text, longer than any that a spreadsheet writes."""
    return Unreadable("xlsx_too_much_at_once", limit=str(BYTES // 10**6), tags=str(TAGS))


def text_of(element: Element) -> str:
    """The text of a cell or of the table of strings, its pieces together."""
    pieces = []
    for part in element:
        if part.tag == _TEXT:
            pieces.append(part.text or "")
        elif part.tag == _RUN:
            pieces += [piece.text or "" for piece in part if piece.tag == _TEXT]
    return "".join(pieces)
