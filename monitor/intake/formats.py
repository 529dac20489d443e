"""What the number format of a cell shows of the number that the cell keeps.

The sections, conditions, literals and digits of ECMA-376 part 1, 18.8.31. The decimal mark is a dot
and thousands stand together, whatever the country of the spreadsheet. What cannot be followed raises:
another value than the one that is shown is never read.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

#: What a spreadsheet keeps of a number, and how wide a cell in no format shows one.
DIGITS, WIDTH = 15, 11
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>general)'
    r"|(?P<exponent>e[+-])|(?P<digit>[0#?])|(?P<mark>[.,%/@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?[0-9]+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_BLANKS = " \u00a0\u202f"
_HOLDS = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}


class UnknownFormat(Exception):
    """A format that this cannot follow."""


class RoundedNumber(Exception):
    """A number that the cell shows in so few digits that another number could be read. The text is
    what it shows."""


class CutNumber(str):
    """What a cell shows of a number with more decimals than it shows: 1.3 may be shown as 1."""

    __slots__ = ()


class Section(NamedTuple):
    """One part of a format between semicolons: its tokens, (sort, text), and when it holds."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None

    def has(self, sort: str) -> bool:
        return any(one == sort for one, _ in self.tokens)


@lru_cache(maxsize=100_000)
def shown_number(kept: str, form: str) -> str:
    """A number, as the XML of a sheet keeps it, as its cell shows it. Raises UnknownFormat,
    RoundedNumber and, for what is no number, ValueError."""
    number = Decimal(f"{float(kept):.{DIGITS}g}")
    if not number.is_finite():
        raise ValueError(kept)
    if Decimal(kept) == Decimal(kept).to_integral_value() and Decimal(kept) != number:
        raise RoundedNumber(f"{number:E}")
    parts = sections(form)
    section, signed = _chosen(parts, number)
    try:
        text, is_cut = _section(section, abs(number))
    except ArithmeticError:  # more digits than a decimal has
        raise UnknownFormat from None
    if signed and any(letter in "123456789" for letter in text):
        text = f"-{text}"
    if number and not text:
        raise UnknownFormat
    return CutNumber(text) if is_cut else text


@lru_cache(maxsize=10_000)
def shown_text(form: str) -> tuple[str, str] | None:
    """What a format shows before and after a text; None where it does not show it. Raises
    UnknownFormat."""
    parts = sections(form)
    if len(parts) < 4 and not (len(parts) == 1 and parts[0].has("@")):
        return "", ""
    tokens = parts[3 if len(parts) > 3 else 0].tokens
    if tokens and all(sort == "general" for sort, _ in tokens):
        return "", ""
    if any(sort not in ("literal", "@") for sort, _ in tokens):
        raise UnknownFormat
    before, found, after = "", False, ""
    for sort, text in tokens:
        if sort == "@" and found:
            raise UnknownFormat
        found = found or sort == "@"
        if sort == "literal":
            before, after = (before, after + text) if found else (before + text, after)
    return (before.strip(_BLANKS), after.strip(_BLANKS)) if found else None


@lru_cache(maxsize=10_000)
def sections(form: str) -> tuple[Section, ...]:
    """The parts of a number format. Raises UnknownFormat for what belongs to none of those that are
    known here."""
    parts: list[list[tuple[str, str]]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for found in _TOKEN.finditer(form or "General"):
        sort, text = _token(found)
        if sort == ";":
            parts.append([])
            conditions.append(None)
        elif sort == "condition":
            if match := _CONDITION.fullmatch(text):
                conditions[-1] = (match[1], Decimal(match[2]))
        elif sort:
            parts[-1].append((sort, text))
    return tuple(map(Section, map(tuple, parts), conditions))


def _token(found: re.Match) -> tuple[str, str]:
    """(literal, condition, general, exponent, 0 # ?, . , % / @, ; or nothing; its text)."""
    sort = found.lastgroup
    text = found[sort] if sort else ""
    if sort in ("quoted", "escaped"):
        return "literal", text
    if sort == "bracket":
        if _COLOUR.fullmatch(text.strip()):
            return "", ""
        if currency := _CURRENCY.fullmatch(text):
            return "literal", currency[1]
        if _CONDITION.fullmatch(text.strip()):
            return "condition", text.strip()
        raise UnknownFormat  # time that has elapsed, digits of another script
    if sort in ("digit", "mark"):
        return text, text
    if sort == "other":
        if text == ";":
            return ";", ""
        if text.isascii() and text.isalpha():
            raise UnknownFormat  # letters of a date
        return "literal", text
    return sort or "", text


def _chosen(every: tuple[Section, ...], number: Decimal) -> tuple[Section, bool]:
    """The section that a number is shown by, and whether its sign is put before it."""
    parts = list(every[:3])
    if any(part.condition for part in parts):
        for place, part in enumerate(parts):
            holds = part.condition is None or _HOLDS[part.condition[0]](number, part.condition[1])
            last = part.condition is None and place < len(parts) - 1
            if holds and not last:
                return part, number < 0
        raise UnknownFormat  # a spreadsheet shows ####
    if number < 0 and len(parts) > 1:
        return parts[1], False
    if number == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], number < 0


def _section(section: Section, number: Decimal) -> tuple[str, bool]:
    """What it shows of a number, and whether that is fewer decimals than the number has: in no format
    there are as many as a cell is wide, and a power of ten shows all."""
    if section.has("/"):
        raise UnknownFormat  # a fraction
    if section.has("general") or section.has("@"):
        pieces = [text if sort == "literal" else "" for sort, text in section.tokens]
        place = next(n for n, (sort, _) in enumerate(section.tokens) if sort in ("general", "@"))
        pieces[place] = _general(number)
        return "".join(pieces).strip(_BLANKS), False
    if section.has("exponent"):
        return _scientific(section, number), False
    for _ in range(sum(sort == "%" for sort, _ in section.tokens)):
        number *= 100
    text, is_cut = _fixed(section.tokens, number)
    return text.strip(_BLANKS), is_cut


def _general(number: Decimal) -> str:
    """A number in no format. Raises RoundedNumber where it is shown as a power of ten."""
    whole = len(str(int(number)))
    if whole > WIDTH:
        raise RoundedNumber(f"{number:.5E}")
    shown = round(number, max(WIDTH - 1 - whole, 0))
    if number and abs(number) < Decimal("0.0001") and shown != number:
        raise RoundedNumber(f"{number:.5E}")
    text = f"{shown:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scientific(section: Section, number: Decimal) -> str:
    """A power of ten, where it shows every digit that the cell keeps."""
    sorts = [sort for sort, _ in section.tokens]
    place = sorts.index("exponent")
    mantissa = section.tokens[:place]
    whole = [sort for sort, _ in mantissa if sort in "0#?."]
    if (whole.index(".") if "." in whole else len(whole)) != 1 or "%" in sorts:
        raise UnknownFormat
    power = number.adjusted() if number else 0
    shown, _ = _fixed(mantissa, number.scaleb(-power))
    digits = max(sum(sort in "0#?" for sort in sorts[place:]), 1)
    after = "".join(text for sort, text in section.tokens[place:] if sort == "literal")
    sign = "-" if power < 0 else "+" if section.tokens[place][1].endswith("+") else ""
    text = f"{shown}E{sign}{abs(power):0{digits}}{after}".strip(_BLANKS)
    if Decimal(f"{shown}E{power}") != number:
        raise RoundedNumber(text)
    return text


def _fixed(tokens: tuple[tuple[str, str], ...], number: Decimal) -> tuple[str, bool]:
    """The digits of a number in their places, with the literals between them; and whether it has more
    decimals than that."""
    sorts = [sort for sort, _ in tokens]
    point = sorts.index(".") if "." in sorts else len(sorts)
    places = [n for n, sort in enumerate(sorts) if sort in "0#?"]
    before, after = [n for n in places if n < point], [n for n in places if n > point]
    if any(sort == "," and (not before or n > before[-1]) for n, sort in enumerate(sorts)):
        raise UnknownFormat  # thousands that are left out
    if not places:
        return "".join(text for sort, text in tokens if sort in ("literal", "%")), False
    shown = number.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    whole, _, decimals = f"{shown:f}".partition(".")
    filled = _whole(tokens, before, "" if whole == "0" else whole)
    filled |= _decimals(tokens, after, decimals)
    pieces = []
    for n, (sort, text) in enumerate(tokens):
        if n in filled:
            pieces.append(filled[n])
        elif sort in (".", "%"):
            pieces.append(text)
        elif sort == "literal":
            inside = before and before[0] < n < before[-1]
            pieces.append("" if inside and text in _BLANKS else text)
    return "".join(pieces), shown != number


def _whole(tokens, places: list[int], digits: str) -> dict[int, str]:
    """The digits before the decimal mark, from the right; those left over at the first place."""
    found = {}
    for place in reversed(places):
        digits, last = digits[:-1], digits[-1:]
        found[place] = last or ("0" if tokens[place][0] == "0" else "")
    if places:
        found[places[0]] = digits + found[places[0]]
    elif digits:
        raise UnknownFormat
    return found


def _decimals(tokens, places: list[int], digits: str) -> dict[int, str]:
    found = dict(zip(places, digits, strict=True))
    for place in reversed(places):
        if tokens[place][0] == "0" or found[place] != "0":
            break
        found[place] = ""
    return found
