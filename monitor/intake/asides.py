"""What people put under a table or beside it, and is no row or column of it."""

import re
from collections.abc import Iterable, Sequence

from monitor.areas import search_key
from monitor.intake.cells import FaultyCell

#: « Total », « sous-total », « S/total », as search keys.
_TOTAL = r"(?:(?:grand|sous|sub|ss?) ?)?(?:total|totaux|totals)"
_BEGUN_TOTAL = re.compile(rf"{_TOTAL}\b")
_TOTALS = re.compile(
    rf"{_TOTAL}\b"
    r"|(?:somme|sum|ensemble|moyenne|average)(?: [0-9]|$)|(?:nombre|nb|number|count) .*[0-9]"
)
#: How a note begins, or how long it is: nobody has a name of seven words.
_NOTE = re.compile(
    r"[*†‡(\[#→•]|(?:N\.?B|P\.?S|note|légende|legend|source|lecture)\b|(?:\S+\s+){6}", re.IGNORECASE
)
#: What sums up the other cells of its row or column, and can be nothing else: a party is called
#: « Ensemble », a department « Somme ».
_SAID = (
    r"(?:oui|non|nsp|en partie|reponses?|demandes?|mesures?|engagements?|signatures?|signees?"
    r"|yes|no|partly|answers?|requests?|measures?|commitments?|votes?|voix)"
)
_SUMMED = re.compile(
    rf"{_TOTAL}(?: (?:general|generaux|des? .{{1,40}}|of .{{1,40}}"
    rf"|par .{{1,40}}|by .{{1,40}}|(?:{_SAID} ?)+))?"
    rf"|(?:nombre|nb|nbre|number|count|part|taux|pourcentage|percentage|share)"
    rf"(?: d(?:es?)?| of)?(?: {_SAID})+"
    rf"|(?:moyenne|average|score)(?: generale?| (?:des?|of|par|by) .{{1,40}})?"
)
#: How it begins: looked at in every row.
_BEGUN = re.compile(
    r"\s*(?:%|grand|sous|sub|(?:ss?[/.\s-]*)?tota|nombre|nbr?e?\b|number|count|part|taux|pourc|perc"
    r"|share|moyenne|average|score)",
    re.IGNORECASE,
)
#: The first letter of a count, and how long one may be.
_COUNTING, _LONGEST_COUNT = frozenset("0123456789tT"), 60
#: Its first letter, or what stands before it.
_INITIALS = frozenset("%gstnpmacGSTNPMAC \u00a0\t\n")
#: « 35 villes », « Total : 51 candidats », as search keys.
_COUNTED = re.compile(
    rf"(?:{_TOTAL} ?(?:de |of )?)?[0-9]+ (?:villes?|communes?|candidat\w*|signataires?|personnes?"
    r"|themes?|propositions?|points?|objectifs?|priorites?|proposals?|items?|goals?"
    r"|elue?s?|listes?|partis?|maires?|reponses?|lignes?|towns?|cities|candidates?|signatories|people|lists?"
    rf"|parties|mayors?|rows?|{_SAID})(?: (?:en tout|au total|in all|in total))?"
)
_WORDS = re.compile(r"\w+")
_PERCENT = re.compile(r"%(?: d(?:e|es|’|\'))?(?: \w+){0,3}|\w+ \(?%\)?")
#: « 12 », « 3/5 », « 45,5 % », « 3 sur 5 », « 12 oui ».
_COUNT = re.compile(r"[(+-]?[0-9](?:[0-9\s.,/%()+-]|sur|of|oui|non|yes|no)*", re.IGNORECASE)


def is_sum_title(title: str) -> bool:
    """Whether a title, or the first cell of a row, says that what follows sums up other cells."""
    if not _BEGUN.match(title) and "%" not in title:
        return False
    bare = " ".join(title.split())
    key = " ".join(_WORDS.findall(search_key(bare[:100])))
    return bool(_PERCENT.fullmatch(bare) or _SUMMED.fullmatch(key))


def sums_up(title: str, cells: Iterable[str]) -> bool:
    """Whether a title, with all that stands beside or below it, says that this sums up other cells.
    « Total Lille » does where one of them is more than a box, ticked or not: it may be a request."""
    filled = [cell for cell in cells if cell.strip()]
    if not all(map(is_count, filled)):
        return False
    if is_sum_title(title):
        return True
    begins = _BEGUN_TOTAL.match(search_key(title[:100])) is not None
    return begins and not {cell.strip() for cell in filled} <= {"0", "1"}


def is_count(cell: str) -> bool:
    """Whether a cell counts something, or is what a spreadsheet writes where there is nothing to
    count."""
    if type(cell) is FaultyCell:
        return cell.code in ("error_cell", "formula_cell")
    return _COUNT.fullmatch(cell.strip()) is not None


def _counts_rows(cell: str) -> bool:
    """Whether a cell says how many rows of a kind there are: « 40 demandes »."""
    key = " ".join(_WORDS.findall(search_key(cell[:_LONGEST_COUNT])))
    return len(cell.strip()) <= _LONGEST_COUNT and _COUNTED.fullmatch(key) is not None


def _begins(first: str) -> bool:
    return not first.strip() or _BEGUN.match(first) is not None


def name_sums(cells: Sequence[str]) -> str | None:
    """What a row calls its sums, if it is one of sums and nothing else; None of any other."""
    first = cells[0] if cells else ""
    if (not first or first[0] in _COUNTING) and (counted := _name_count(cells)):
        return counted
    if first and "%" not in first and (first[0] not in _INITIALS or not _begins(first)):
        return None
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return None
    name, *others = filled
    others = [one for one in others if not is_sum_title(one)]
    # « Total · 8 thèmes · 40 demandes ».
    is_of_rows = is_sum_title(name) and all(is_count(one) or _counts_rows(one) for one in others)
    return name if is_of_rows or sums_up(name, others) else None


def _name_count(cells: Sequence[str]) -> str | None:
    """How many rows a row says that there are, alone or beside other counts; None of any other."""
    filled = [cell for cell in cells if cell.strip()]
    is_counted = filled and _counts_rows(filled[0]) and all(map(is_count, filled[1:]))
    return filled[0].strip() if is_counted else None


def code_of_aside(first: str, cells: Sequence[str]) -> str | None:
    """The code of a refused line that is a total, or a note alone in its line; None where it may be a
    row. `first`: its first cell that says anything."""
    if _TOTALS.match(search_key(first[:100])):
        return "totals_line"
    is_alone = sum(bool(cell.strip()) for cell in cells) == 1
    return "note_line" if is_alone and _NOTE.match(first.strip()) else None
