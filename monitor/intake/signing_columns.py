"""Columns that say who signed and who did not: each row of a table of signatories is read as a
signature, and whoever refused would be published as having signed."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from monitor.findings import Doubt, RowError
from monitor.i18n import LOCALES
from monitor.intake.cells import Cells, abbreviate_cell, clean_cell
from monitor.intake.columns import LEFT_OUT
from monitor.intake.marks import is_mark, is_tick
from monitor.intake.vocabulary import code_of, word_key
from monitor.models import Answer

#: What heads such columns, as search keys, and those of them that ask for nothing but a signature.
_TITLE = re.compile(
    r"\b(?:sign\w*|pacte?|charte?r?|adhe\w*|engag\w*|statut|etat|reponses?|retour|position|soutien|soutient"
    r"|accord|status|state|pledge[ds]?|supports?|respon[sd]\w*|answers?|commit\w*|joined)\b"
)
_OF_SIGNATURE = re.compile(r"\bsign\w*")
#: That somebody signed, and that somebody did not, or not yet.
_SIGNED = re.compile(
    r"(?:a |ont |has |have )?(?:signee?s?|signed|signataires?|signator(?:y|ies)|signe)\b.*"
)
_NOT_SIGNED = re.compile(
    r"(?:refus|declin|retire|withdr|relanc|attente|en attente|en cours|en discussion|en reflexion"
    r"|pending|awaiting|waiting|sans (?:reponse|suite|retour)"
    r"|a (?:relancer|contacter|recontacter|rappeler)"
    r"|(?:ne|n a|n ont|not|has not|have not|did not|will not|pas|aucune?|no|non|jamais|never)\b ?\w+"
    r"|unsigned|signera|will sign|promis)"
)
#: How a cell begins that says that somebody signed; what takes that back behind it, or leaves it open.
_BEGUN = re.compile(r"(?:a |ont |has |have )?(?:signee?s?|signed|signataires?|signator(?:y|ies))\b")
_OPEN = re.compile(
    r"\b(?:retir\w*|annul\w*|retract\w*|withdr\w*|cancel\w*|erreur|mistake|confirmer|verifier"
    r"|pressenti\w*|bientot|promis|tbc|to be confirmed|soon)\b"
)
_WORD = re.compile(r"\w+")
#: What stands in a box that is ticked, or is not, as search keys.
_BOXES = {"1": True, "vrai": True, "true": True, "0": False, "faux": False, "false": False}

#: Why such a column is refused.
SAYS_WHO_SIGNED = "says_who_signed"
#: What somebody says of such a column: only the rows are read that say that somebody signed.
SIGNED_ROWS = "signed_rows"
#: Columns left out of a table of signatories with their answers: its rows are no signatures.
DIVIDED = 2


def is_signature(cell: str) -> bool:
    """Whether a cell of such a column says that somebody signed, and on which day at most: what else
    stands there may take it back, or leave it open. « ❌ » and « signé (à confirmer) » do not."""
    key = word_key(cell)
    if "?" in cell or "*" in cell:
        return False
    if found := _BEGUN.match(key):
        more = _WORD.findall(key[found.end() :])
        return all(word.isdecimal() or word in _words_of_days() for word in more)
    return code_of("answer", cell) == Answer.YES or is_tick(cell)


@cache
def _words_of_days() -> frozenset[str]:
    """What a day is said with beside its numbers."""
    names = (
        name
        for one in LOCALES.values()
        for width in ("wide", "abbreviated")
        for name in one.months["format"][width].values()
    )
    return frozenset(("le", "du", "en", "on", "of", "the", "1er", *map(word_key, names)))


def doubt_unsigned(signing: Sequence[int], titles: Sequence[str], row: Cells) -> Doubt | None:
    """What is told of a row that does not say, in columns of which somebody said SIGNED_ROWS, that
    whoever it is about signed; None of any other. `signing`: their places."""
    line, number, cells = row
    for n in signing:
        cell = clean_cell(cells[n]) if n < len(cells) else ""
        if not is_signature(cell):
            return Doubt(line, titles[n], abbreviate_cell(cell), "row_unsigned", (), number)
    return None


def left_although_signing(
    content: str, left: Collection[int], titles: Sequence[str], rows: Iterable[Sequence[str]]
) -> set[int]:
    """Of the columns that somebody leaves out, the places of those that say who did not sign: without
    them, these would be published as those who did."""
    if content != "signatories" or not left:
        return set()
    rows = [*rows]
    below = {n: [cells[n] for cells in rows if n < len(cells)] for n in left}
    return {n for n in left if count_unsigned(titles[n], below[n])}


def find_signing(
    line: int,
    titles: Sequence[str],
    meant: Sequence[str | None],
    joined: Collection[int],
    content: str,
    rows: Sequence[Sequence[str]],
) -> dict[int, RowError]:
    """Place -> what is said of the column, of those that nothing reads and that say of some people in a
    table of signatories that they did not sign."""
    if content != "signatories" or titles.count(LEFT_OUT) >= DIVIDED:
        return {}
    free = [n for n, title in enumerate(titles) if title and meant[n] is None and n not in joined]
    found = {}
    for n in (n for n in free if titles[n] != LEFT_OUT):
        count = count_unsigned(titles[n], (cells[n] for cells in rows if n < len(cells)))
        if count:
            title, values = abbreviate_cell(titles[n]), (("n", str(count)),)
            found[n] = RowError(line, title, "", SAYS_WHO_SIGNED, values)
    return found


def count_unsigned(title: str, cells: Iterable[str]) -> int:
    """How many cells of a column say that somebody did not sign, if it is one that says who did; 0 of
    any other."""
    key, cells = word_key(title), [*cells]
    says_signed = any(_SIGNED.fullmatch(word_key(cell)) for cell in cells)
    if not (_TITLE.search(key) or says_signed):
        return 0
    signed = unsigned = crosses = empty = others = 0
    for cell in cells:
        said = word_key(cell)
        answer = code_of("answer", cell)
        if not cell.strip():
            empty += 1
        elif answer in (Answer.NO, Answer.NEITHER) or _NOT_SIGNED.match(said):
            unsigned += 1
        elif is_mark(cell) and not is_tick(cell):
            crosses += 1
        elif _SIGNED.fullmatch(said) and (_OPEN.search(said) or "?" in cell):
            unsigned += 1
        elif answer == Answer.YES or is_mark(cell) or _SIGNED.fullmatch(said):
            signed += 1
        elif _OF_SIGNATURE.search(key) and said in _BOXES:
            signed, unsigned = signed + _BOXES[said], unsigned + (not _BOXES[said])
        else:
            others += 1
    # Where nothing else ticks anything, « ✗ » may do so.
    signed, unsigned = (signed, unsigned + crosses) if signed else (crosses, unsigned)
    if others > signed + unsigned:
        return 0
    return unsigned + (empty if signed and _OF_SIGNATURE.search(key) else 0)
