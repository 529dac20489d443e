"""One cell: what it means, or why it cannot be taken."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from monitor.areas import search_key

ID_LIMIT = 100
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:\-]*")
#: Controls other than tab and the ends of lines, surrogates, and what reorders text on the screen
#: (Unicode TR9: a name could be made to read as another).
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: What a spreadsheet runs; our exports put one apostrophe before it, and it is taken off here.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


#: What spreadsheets write of an error, in English and in French, and of what a cell was too narrow to
#: show: all of it stands in a CSV that they save.
ERROR = re.compile(
    r"#(?:N/A|REF!|VALUE!|VALEUR!|DIV/0!|NAME\?|NOM\?|NUM!|NOMBRE!|NULL!|NUL!|SPILL!|CALC!|##+)"
)

#: What copies from pages and messages leave around a text: marks of direction, and blanks of no width.
_UNSEEN = "\u200b\u200e\u200f\u2060\ufeff"

#: How a cell begins that a file to fill in has as an example.
EXAMPLE = re.compile(r"(?:Exemple|Example)\s*:")

#: What tools and people write where there is nothing, or in place of what stands above.
_NOTHING = re.compile(
    r"[^\W_]{0}|nan|nat|none|null|nil|undefined|n ?a|n ?d|n ?c|s ?o|x+|neant|aucune?|rien|sans"
    r"|sans source|inconnue?|unknown|tbd|todo|a completer|idem|id|ibid|ditto"
)

#: The line of the file where a row begins, the row that a spreadsheet shows it in, its cells.
Cells = tuple[int, int, list[str]]


def says_nothing(text: str) -> bool:
    """Whether a text is what stands in place of one: nan, N/A, « – », « néant », « idem »."""
    if len(text) > 20:
        return False
    return _NOTHING.fullmatch(" ".join(re.findall(r"[^\W_]+", search_key(text)))) is not None


def is_filled(cells: Iterable[str]) -> bool:
    """Whether a row says anything."""
    return any(cell and not cell.isspace() for cell in cells)


def repeats_titles(cells: Sequence[str], titles: Sequence[str]) -> bool:
    """Whether a row says the titles once more, as above the second part of a table."""
    if cells[0].strip() != titles[0].strip() or len(cells) < len(titles):
        return False
    same = all(one.strip() == title.strip() for one, title in zip(cells, titles, strict=False))
    return same and sum(bool(title.strip()) for title in titles) > 1


def clean_cell(cell: str) -> str:
    """Without outer blanks and marks that nobody sees, without the one apostrophe that an export puts
    before a formula.

    Nothing that is taken begins like what an export makes: it would be read back as another text.
    """
    cell = cell.strip()
    if cell and (cell[0] in _UNSEEN or cell[-1] in _UNSEEN):
        cell = cell.strip(_UNSEEN).strip()
    while cell[:1] == "'" and cell[1:].startswith(FORMULA):
        cell = cell[1:].strip()
    return cell


def named_character(cell: str) -> str | None:
    """The first forbidden character as U+XXXX, None if there is none."""
    found = FORBIDDEN.search(cell)
    return f"U+{ord(found.group()):04X}" if found else None


#: An ordinary address: a site by its name, no user, no port, nothing that ends a link early.
PLAIN_URL = re.compile(
    r"""https?://[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?:[/?#][^\s<>"\\]*)?"""
)


#: Where a second address begins at the earliest, after « https://www ».
_SCHEME = 9
#: Between two addresses of one cell; what stands within an address is never followed by another.
_BETWEEN_ADDRESSES = re.compile(r"[\s;,|]+(?=(?:https?://|www\.))", re.IGNORECASE)


def may_have_addresses(cell: str) -> bool:
    """Whether a cell is worth being looked through for several addresses."""
    return cell.find("//", _SCHEME) > 0 or cell.find("www.", _SCHEME) > 0


def split_addresses(cell: str) -> list[str]:
    """The addresses of a cell that has several and nothing else, each once; none of any other."""
    if not may_have_addresses(cell):
        return []
    parts = [part.strip() for part in _BETWEEN_ADDRESSES.split(cell)]
    found = [f"https://{one}" if one[:4].lower() == "www." else one for one in parts]
    is_list = len(found) > 1 and all(check_url(one) is None for one in found)
    return [*dict.fromkeys(found)] if is_list else []


def check_url(text: str) -> str | None:
    """The code of what is wrong with an address, None when it can be shown as a link."""
    if PLAIN_URL.fullmatch(text):
        return None
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "url_malformed"
    if parts.scheme.lower() not in ("http", "https"):
        return "url_scheme"
    if parts.username is not None or parts.password is not None:
        return "url_password"
    if not host or any(letter.isspace() or letter in '<>"\\' for letter in text):
        return "url_malformed"
    return None


def check_identifier(text: str) -> str | None:
    if len(text) <= ID_LIMIT and IDENTIFIER.fullmatch(text):
        return None
    return "malformed_id"


class FaultyCell(str):
    """The text of a cell that is not what it shows; `code` says why it cannot be taken, `values` fill
    the sentence."""

    __slots__ = ("code", "values")

    def __new__(cls, text: str, code: str, **values: str):
        made = super().__new__(cls, text)
        made.code, made.values = code, tuple(values.items())
        return made


class LooseNumber(str):
    """A number with decimals that a workbook shows in no format: 1.10 is 1.1 there."""

    __slots__ = ()


class DayCell(str):
    """What a spreadsheet keeps as a date or a time: as text, it is not what its cell shows."""

    __slots__ = ()


def displayable(value: object) -> str:
    """A text on one line, without what a terminal or a page would obey instead of showing it."""
    value = str(value).replace("\r\n", "⏎").replace("\n", "⏎").replace("\r", "⏎").replace("\t", " ")
    return FORBIDDEN.sub("\ufffd", value)


def abbreviate_cell(value: str) -> str:
    """What a report repeats of a cell."""
    value = displayable(value[:100])
    return value if len(value) <= 80 else f"{value[:79]}…"
