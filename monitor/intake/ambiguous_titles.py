"""Titles that may mean two columns: which of them, by what stands beside and below."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from monitor.intake.answer_words import hold_boxes
from monitor.intake.beside import is_department, is_wider_place, says_residence, takes_residence
from monitor.intake.cells import clean_cell
from monitor.intake.kind_of_name import place_bodies
from monitor.intake.title_words import (
    CODE_OF_PLACE,
    HELD_OFFICE,
    KIND_OF_TITLE,
    NUMBER,
    ONE_OR_MORE,
    SOURCE,
)
from monitor.intake.titles import (
    EXPLANATION,
    column_of,
    is_note_of_measure,
    is_remark,
    place_reasons,
    put_column,
    without_ornaments,
)
from monitor.intake.titles_of_facts import place_facts
from monitor.intake.vocabulary import code_of, word_key

_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
#: « Élu ? », « Nom * », « Ville : », as forms have them.
_ASKED = re.compile(r"(?<=\w)[\s?:*]+$")
#: The column of signatories.csv that says where they signed.
RESIDENCE = "commune"
#: How people call those who sign, and the column that says what they are.
NAME, SIGNATORY, OUTCOME = "name", "signatory_id", "outcome"
BODY = "body"
#: Which measure a row is about, and how it is worded.
MEASURE, _WORDING = "measure", "wording"
ANSWER = "answer"
#: Where a measure stands, and what is said of it.
STATUS, _SUMMARY = "status", "summary"
#: Its titles, which may be all that words it.
_TITLES = ("title_fr", "title_en")
#: Where a source is, and what it is called.
_ADDRESS, _TITLE = "source_url", "source_title"
_LOOKS_LIKE_ADDRESS = re.compile(r"//|\bwww\.|^\S+\.[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)


def settle_columns(
    meant: list[str | None],
    titles: Sequence[str],
    known: Collection[str],
    rows: Iterable[Sequence[str]],
    own_places: bool = True,
) -> list[str | None]:
    """The columns that titles mean, where a word may mean two of them. `known`: the columns of the file,
    `rows`: the first below its titles. `own_places`: its pact names its places itself."""
    rows = [*rows]
    meant = _place_wording(_place_source(meant, titles, known, rows), titles, known)
    meant = _place_request(meant, titles)
    meant = _place_explanation(meant, titles, known, rows)
    meant = place_reasons(meant, titles, known)
    meant = _place_number(place_title(meant, titles, known), titles, known, rows)
    named = () if place_bodies(meant, titles, rows) else known
    meant = _place_outcome(_place_names(meant, titles, named), titles, known)
    meant = _place_names(_place_boxes(meant, rows), titles, named)
    meant = place_facts(_place_status(meant, known, rows), [*map(title_key, titles)], known, rows)
    meant = _place_remarks(meant, titles, rows)
    meant = _place_area(_place_code(meant, titles), titles, known, own_places)
    return _place_residence(meant, titles, known)


def _place_code(meant: list[str | None], titles: Sequence[str]) -> list[str | None]:
    """« Code INSEE » beside « Commune » tells it from its namesakes."""
    if meant.count(RESIDENCE) != 2:
        return meant
    coded = [n for n, name in enumerate(meant) if name == RESIDENCE and heads_codes(titles[n])]
    return [None if [n] == coded else name for n, name in enumerate(meant)]


def _place_outcome(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """« Élu(e) ? » beside a column of the names, or of what may name them, says whether they were
    elected."""
    spare = [n for n, title in enumerate(titles) if title_key(title) in kinds_of_titles()]
    names = meant.count(NAME) + (len(spare) == 1 and meant[spare[0]] is None)
    if OUTCOME not in known or OUTCOME in meant or names < 2:
        return meant
    asked = [n for n, title in enumerate(titles) if title_key(title) in map(word_key, HELD_OFFICE)]
    return put_column(meant, OUTCOME, asked)


def _place_boxes(meant: list[str | None], rows: Sequence[Sequence[str]]) -> list[str | None]:
    """« Tête de liste ? » beside « Nom », above yes and no, names nobody."""
    named = [n for n, name in enumerate(meant) if name == NAME]
    boxes = [n for n in named if hold_boxes(row[n] for row in rows if n < len(row))]
    boxes = boxes if len(boxes) < len(named) else []
    return [None if n in boxes else name for n, name in enumerate(meant)]


def _place_names(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """« Parti » names the signatories where no other column does."""
    named = NAME if NAME in known and SIGNATORY in known else SIGNATORY
    if named not in known or named in meant:
        return meant
    places = [n for n, title in enumerate(titles) if title_key(title) in kinds_of_titles()]
    return put_column(meant, named, places)


def _place_status(
    meant: list[str | None], known: Collection[str], rows: Iterable[Sequence[str]]
) -> list[str | None]:
    """« Constat », or what has a title that says nothing, is the status where no other column is, and at
    least half of what stands below is a word for one; or beside another column of remarks one is, and
    each stands twice or more on average: the rest are words of whoever keeps the table."""
    if STATUS not in known or STATUS in meant:
        return meant
    remarks = [n for n, name in enumerate(meant) if name == _SUMMARY]
    placed = [n for n in remarks if _holds_statuses(rows, n, beside_others=len(remarks) > 1)]
    unknown = [n for n, name in enumerate(meant) if name is None and _holds_statuses(rows, n)]
    return put_column(meant, STATUS, placed[:1] or unknown)


def _place_remarks(
    meant: list[str | None], titles: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[str | None]:
    """« Remarque » beside « Description » says nothing of what happened: it may be for oneself. Not
    where the other holds words of statuses, and may be the status."""
    told = [n for n, name in enumerate(meant) if name == _SUMMARY]
    happened = [n for n in told if not is_remark(titles[n])]
    cells = (row[happened[0]] for row in rows if happened and happened[0] < len(row))
    if len(happened) != 1 or any(code_of(STATUS, clean_cell(one)) for one in cells):
        return meant
    return [None if n in told and n not in happened else name for n, name in enumerate(meant)]


def _holds_statuses(rows: Iterable[Sequence[str]], n: int, beside_others: bool = False) -> bool:
    cells = (clean_cell(row[n]) for row in rows if n < len(row))
    filled = [cell for cell in cells if cell]
    statuses = sum(code_of(STATUS, cell) is not None for cell in filled)
    are_labels = beside_others and 2 * len({*map(word_key, filled)}) <= len(filled)
    return statuses > 0 and (2 * statuses >= len(filled) or are_labels)


def _place_area(
    meant: list[str | None], titles: Sequence[str], known: Collection[str], own_places: bool
) -> list[str | None]:
    """« Région » is the place of a signatory where no other column is, and « Collectivité » where it
    does not name the signatories themselves. In a pact of communes a department beside a council only
    tells its commune from others."""
    if RESIDENCE not in known or RESIDENCE in meant:
        return meant
    bodies = [
        n for n, title in enumerate(titles) if kinds_of_titles().get(title_key(title)) == BODY
    ]
    unread = [n for n, name in enumerate(meant) if name is None]
    around = [n for n in unread if is_department(titles[n])]
    if not own_places and around and [n for n in bodies if meant[n] == NAME]:
        return [RESIDENCE if [n] == bodies else name for n, name in enumerate(meant)]
    wider = [n for n in unread if is_wider_place(visible_title(titles[n]))]
    free = [n for n in bodies if meant[n] is None]
    return put_column(meant, RESIDENCE, wider if len(wider) == 1 else [*wider, *free])


def _place_residence(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """« Ville » says whom a measure is about where no other column does: whoever signed there."""
    if not takes_residence(known) or MEASURE not in known or SIGNATORY in meant:
        return meant
    places = [
        n
        for n, title in enumerate(titles)
        if meant[n] is None and says_residence(visible_title(title))
    ]
    named = [n for n in places if not heads_codes(titles[n])]
    return put_column(meant, SIGNATORY, named if len(named) < len(places) == 2 else places)


def _place_wording(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """« Demande » is the measure; beside another column of the measure, how it is worded."""
    if _WORDING not in known or _WORDING in meant or meant.count(MEASURE) != 2:
        return meant
    keys = [word_key(visible_title(title)) for title in titles]
    asked = [n for n, key in enumerate(keys) if key in ONE_OR_MORE and key != MEASURE]
    return put_column(meant, _WORDING, asked[-1:])


def _place_request(meant: list[str | None], titles: Sequence[str]) -> list[str | None]:
    """« Demande » is the title of a measure where somebody says of another column that it is the
    wording, and no other column is a title."""
    said = [n for n, name in enumerate(meant) if name == titles[n] == _WORDING]
    if len(said) != 1 or meant.count(_WORDING) != 2 or {*_TITLES}.intersection(filter(None, meant)):
        return meant
    return [
        _TITLES[0] if name == _WORDING and n not in said else name for n, name in enumerate(meant)
    ]


def _place_explanation(
    meant: list[str | None],
    titles: Sequence[str],
    known: Collection[str],
    rows: Sequence[Sequence[str]],
) -> list[str | None]:
    """« Description » beside « Titre » words the measures where no other column does, and it says more
    of most of them."""
    named = [n for n, name in enumerate(meant) if name in _TITLES]
    if _WORDING not in known or _WORDING in meant or MEASURE in known or len(named) != 1:
        return meant
    nameless = (n for n, name in enumerate(meant) if name in (None, EXPLANATION))
    asked = [n for n in nameless if is_note_of_measure(titles[n])]
    longer = sum(
        len(row[asked[0]]) > len(row[named[0]])
        for row in rows
        if len(asked) == 1 and len(row) > max(*asked, *named)
    )
    return put_column(meant, _WORDING, asked) if 2 * longer > len(rows) else meant


def place_title(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """« Intitulé » words the measures where no other column does, and says which an answer is to."""
    wanted = MEASURE if ANSWER in known else _WORDING
    if wanted not in known or wanted in meant or (wanted == _WORDING and MEASURE in known):
        return meant
    keys = [None if title in _TITLES else column_of("measures", title) for title in titles]
    return put_column(meant, wanted, [n for n, name in enumerate(keys) if name in _TITLES])


def _place_number(
    meant: list[str | None],
    titles: Sequence[str],
    known: Collection[str],
    rows: Iterable[Sequence[str]],
) -> list[str | None]:
    """« N° » is that of the measure where no other column says which; not where several people stand
    beside it and it only counts the rows."""
    if MEASURE not in known or MEASURE in meant:
        return meant
    places = [n for n, title in enumerate(titles) if meant[n] is None and is_number(title)]
    if places and {NAME, SIGNATORY}.intersection(filter(None, meant)):
        cells = [clean_cell(row[places[0]]) for row in rows if places[0] < len(row)]
        if len(cells) > 1 and cells == [str(n) for n, _ in enumerate(cells, start=1)]:
            return meant
    return put_column(meant, MEASURE, places)


def is_number(title: str) -> bool:
    """Whether a title heads numbers, of measures or of rows."""
    return title_key(title) in map(word_key, NUMBER)


def _place_source(
    meant: list[str | None],
    titles: Sequence[str],
    known: Collection[str],
    rows: Iterable[Sequence[str]],
) -> list[str | None]:
    """« Source » heads the titles of sources beside another column of their addresses, and where no cell
    below it is one; else it is taken for an address."""
    places = [
        place
        for place, title in enumerate(titles)
        if meant[place] == _ADDRESS and word_key(visible_title(title)) in SOURCE
    ]
    if len(places) != 1 or _TITLE not in known or _TITLE in meant:
        return meant
    (place,) = places
    if meant.count(_ADDRESS) == 1:
        cells = [clean_cell(row[place]) for row in rows if place < len(row)]
        if not any(cells) or any(map(_LOOKS_LIKE_ADDRESS.search, cells)):
            return meant
    return put_column(meant, _TITLE, places)


def heads_codes(title: str) -> bool:
    """Whether a title heads the codes of communes."""
    return title_key(title) in map(word_key, CODE_OF_PLACE)


@cache
def kinds_of_titles() -> Mapping[str, str]:
    """By its key, what a title of names says that those who sign are."""
    return {word_key(title): kind for title, kind in KIND_OF_TITLE.items()}


def title_key(title: str) -> str:
    """The same for a title in any gender, case and spelling."""
    return word_key(visible_title(title))


def visible_title(title: str) -> str:
    """A title without the characters that nobody sees or that adorn it, and those that make a question
    of it."""
    return _ASKED.sub("", _INVISIBLE.sub("", without_ornaments(title)))
