"""A table of answers as people keep it, one row a person and one column a measure, read as one row an
answer."""

from collections.abc import Iterator, Sequence
from functools import partial

from monitor.i18n import text
from monitor.intake.cells import clean_cell, is_filled
from monitor.intake.files import Cells, Table
from monitor.intake.header_row import titles_of
from monitor.intake.measures import Measures
from monitor.intake.titles import column_of
from monitor.intake.vocabulary import word_key
from monitor.models import Doubt

#: What people write where nobody answered. A cross may be a yes, and a « ? » a doubt: they are refused.
_SILENCE = frozenset(
    (*"-–—/", *map(word_key, ("sans réponse", "pas de réponse", "aucune réponse", "no answer")))
)
#: What is said once of all answers of a person.
_SHARED = ("answered_on", "comment", "source_url")


def read_answers_across(table: Table, measures: Measures, lang: str) -> None:
    """Have a table of answers that has a column for each of several measures give a row for each answer
    from now on; any other stays as it is. A cell that is empty, or says that there is none, is no
    answer. What stands once in a row (a comment, a day) is doubted: it is kept with each of its
    answers, a comment after words in brackets which say so, in the language of the pact."""
    titles = titles_of(next(filter(is_filled, table.again()), []))
    places = measure_places(titles, measures)
    if not places:
        return
    meant = [column_of("answers", title) for title in titles]
    shared = [name for name in _SHARED if name in meant]
    table.reshape(
        partial(_rows, places, meant, f"[{text('intake.of_all_answers', lang)}] "),
        times=len(places),
        doubts=[Doubt(None, name, "", "shared_by_answers") for name in shared],
    )


def measure_places(titles: Sequence[str], measures: Measures) -> list[int]:
    """The places of the columns that are each about a measure, in a table of answers that has neither a
    column of measures nor one of answers; none in any other."""
    meant = [column_of("answers", title) for title in titles]
    if {"measure", "answer"}.intersection(meant):
        return []
    return [
        place
        for place, title in enumerate(titles)
        if title and meant[place] is None and measures.read(title)
    ]


def _rows(
    places: list[int], meant: Sequence[str | None], of_all: str, rows: Iterator[Cells]
) -> Iterator[Cells]:
    width = len(meant)
    others = [place for place in range(width) if place not in places]
    comment = meant.index("comment") if "comment" in meant else -1
    header: list[str] | None = None
    for line, number, cells in rows:
        if header is None:
            if is_filled(cells):
                header = titles_of(cells)
                yield line, number, [*(header[place] for place in others), "measure", "answer"]
            continue
        if len(cells) < width or is_filled(cells[width:]):
            yield line, number, cells  # which is refused as it stands
            continue
        own = [
            of_all + cells[place] if place == comment and cells[place].strip() else cells[place]
            for place in others
        ]
        for place in places:
            if not _is_silence(cells[place]):
                yield line, number, [*own, header[place], cells[place]]


def _is_silence(cell: str) -> bool:
    text = clean_cell(cell)
    return not text or text in _SILENCE or word_key(text) in _SILENCE
