"""Which official has implemented which measure: one cell a commitment."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

import pandas as pd

from monitor.areas import with_department
from monitor.charts import cells
from monitor.charts.cells import LINE_OF_NAME
from monitor.charts.style import (
    ABSENT,
    ACCENT,
    FONT,
    LEADING,
    LINE,
    NO_COLOUR,
    PHONE,
    QUIET,
    REFUSED,
    SIGNS,
    Figure,
    bare_figure,
    empty_figure,
    escape_text,
    status_colour,
    text_colour_on,
    wrap_text,
)
from monitor.i18n import number, on_day, plural, since_day, text
from monitor.models import FOUND, Status
from monitor.table_rows import AnswerRow, MatrixRow, read_rows
from monitor.titles import number_title

#: Pixels: the least height of a row.
ROW = 44
#: Characters in a line of a name above lines of cells.
LONG = 42
#: A signatory and a measure.
Pair = tuple[str, str]
#: A row of the table, and where its cell stands.
Spot = tuple[MatrixRow, cells.Place]
_HOVER = (
    "%{customdata[2]}<br>%{customdata[3]}<br><b>%{customdata[4]}</b>"
    "%{customdata[5]}<br>%{customdata[6]}<extra></extra>"
)


def status_matrix(
    commitments: pd.DataFrame,
    titles: Mapping[str, str],
    lang: str,
    dark: bool = False,
    since: Sequence[str] | None = None,
    pages: Mapping[str, str] | None = None,
    absent: Mapping[Pair, tuple[str, str]] | None = None,
    notes: Mapping[Pair, str] | None = None,
) -> Figure:
    """One cell a commitment, its colour, and its sign where that has room; officials in the order of
    the table. Up to `cells.IN_COLUMNS` measures each has a column; with more, the cells of an official
    stand in lines below the name, by status, with the counts.

    `commitments`: rows of `status.fold`. `since`: for each, since when as EDTF, "" for nothing; by
    default the days of the table. `pages`: the address of each commune's page, which its name leads
    to. `absent`: the sign and the words of a place without a commitment, where they are not those of
    all others; `notes`: what the hover text of a commitment adds. Each cell's customdata is [commune,
    signatory_id, …]: a click can be answered.
    """
    if commitments.empty:
        return empty_figure(text("chart.nothing", lang), dark)
    known = commitments["since"].dt.strftime("%Y-%m-%d").fillna("") if since is None else since
    rows = read_rows(MatrixRow, commitments.assign(since=list(known)))
    people = {row.signatory_id: row for row in rows}
    names = _names(people, titles, pages or {}, dark)
    figure = bare_figure(dark, 0)
    # The nearest cell answers, for a finger is wide.
    figure.layout["hoverdistance"] = -1
    draw = _in_lines if cells.too_many_measures(titles) else _in_columns
    spots = draw(figure, rows, names, titles, absent or {}, lang, dark)
    _by_status(figure, spots, titles, notes or {}, lang, dark)
    return figure


def count_name_lines(people: pd.DataFrame, titles: Mapping[str, str]) -> int:
    """How many lines the names of a matrix of these measures take. `people`: a row of `status.fold`
    each."""
    rows = {row.signatory_id: row for row in read_rows(MatrixRow, people.assign(since=""))}
    return sum(map(len, _names(rows, titles, {}, False).values()))


def _names(
    people: Mapping[str, MatrixRow], titles: Mapping[str, str], pages: Mapping[str, str], dark: bool
) -> dict[str, list[str]]:
    """The lines of each name; with its identifier where two have the same in one place."""
    width = LONG if cells.too_many_measures(titles) else cells.name_width(titles)
    same = Counter((row.commune, row.name) for row in people.values())
    return {
        person: name_lines(row, width, pages.get(row.commune), dark)
        + ([escape_text(person)] if same[row.commune, row.name] > 1 else [])
        for person, row in people.items()
    }


def _in_columns(
    figure: Figure,
    rows: Sequence[MatrixRow],
    names: Mapping[str, list[str]],
    titles: Mapping[str, str],
    absent: Mapping[Pair, tuple[str, str]],
    lang: str,
    dark: bool,
) -> Sequence[Spot]:
    """A row an official, a column a measure: (row of the table, where its cell stands)."""
    ends = list(accumulate(max(ROW, 12 + LINE_OF_NAME * len(lines)) for lines in names.values()))
    bands = dict(zip(names, zip([0, *ends], ends, strict=False), strict=True))
    measures = {measure: place for place, measure in enumerate(titles)}

    def place(who: str, measure: str) -> cells.Place:
        top, end = bands[who]
        return measures[measure] - 0.48, 0.96, (top + end) / 2, end - top - 4

    _absent(figure, rows, place, titles, absent, lang, dark)
    figure.yaxis(
        tickvals=[(top + end) / 2 for top, end in bands.values()],
        ticktext=["<br>".join(lines) for lines in names.values()],
        range=[ends[-1], 0],
        tickfont={"size": FONT - 1},
        **cells.NAMED,
    )
    cells.draw_columns(figure, titles, ends[-1])
    return [(row, place(row.signatory_id, row.measure)) for row in rows]


def _in_lines(
    figure: Figure,
    rows: Sequence[MatrixRow],
    names: Mapping[str, list[str]],
    titles: Mapping[str, str],
    absent: Mapping[Pair, tuple[str, str]],
    lang: str,
    dark: bool,
) -> Sequence[Spot]:
    """The cells of each official below the name, by status: the measures are too many for columns.
    (Row of the table, where its cell stands)."""
    own: dict[str, list[MatrixRow]] = {who: [] for who in names}
    for row in rows:
        own[row.signatory_id].append(row)
    order: dict[str, int] = {status: place for place, status in enumerate(Status)}
    marks = sorted(set(absent.values()), key=lambda mark: (mark[0] != REFUSED, mark))
    top, spots = 0.0, []
    for who, lines in names.items():
        held = sorted(own[who], key=lambda row: order[row.status])
        counts = _counts(Counter(row.status for row in held), lang, dark)
        there = {row.measure for row in held}
        left = Counter(absent.get((who, one)) for one in titles if one not in there)
        labels = [
            f"{sign} {words}\u00a0{number(left[sign, words], lang)}"
            for sign, words in marks
            if left[sign, words]
        ]
        counts += ["    ".join(labels[start : start + 2]) for start in range(0, len(labels), 2)]
        signed = plural(
            "chart.signed_of",
            len(held),
            lang,
            signed=number(len(held), lang),
            measures=number(len(titles), lang),
        )
        cells.write_cell_lines(figure, lines, top)
        top += LEADING * len(lines)
        cells.write_cell_lines(figure, [signed, *counts], top, size=FONT - 1, ink=QUIET[dark])
        top += LEADING * (1 + len(counts)) + 2
        spots += zip(held, cells.cells_in_lines(len(held), top, cells.CELL), strict=True)
        top += cells.CELL * cells.count_lines(len(held)) + cells.APART
    cells.set_line_axes(figure, top)
    return spots


def _counts(counts: Mapping[str, int], lang: str, dark: bool) -> list[str]:
    """Colour, sign and count of each status that somebody has, on as many lines as a telephone needs."""
    labels = [
        f'<span style="color:{status_colour(status, dark)}">■</span> {SIGNS[status]}\u00a0'
        f"{number(counts[status], lang)}"
        for status in Status
        if counts.get(status)
    ]
    step = PHONE // (44 + 8 * max(len(number(count, lang)) for count in counts.values()))
    return ["    ".join(labels[start : start + step]) for start in range(0, len(labels), step)]


def _by_status(
    figure: Figure,
    spots: Sequence[Spot],
    titles: Mapping[str, str],
    notes: Mapping[Pair, str],
    lang: str,
    dark: bool,
) -> None:
    """The cells of each status. `spots`: (row of the table, where its cell stands)."""
    for status in Status:
        here = [(row, place) for row, place in spots if row.status == status]
        if not here:
            continue
        fill, word = status_colour(status, dark), text(f"status.{status}", lang)
        cells.draw_cells(
            figure,
            [place for _, place in here],
            [SIGNS[status]] * len(here),
            [_facts(row, titles, word, notes, lang) for row, _ in here],
            _HOVER,
            fill,
            LINE[dark],
            text_colour_on(fill),
            name=f"{SIGNS[status]} {word}",
        )


def name_lines(row: MatrixRow | AnswerRow, width: int, page: str | None, dark: bool) -> list[str]:
    """The city in bold with its department, for many share a name, and the person."""
    city = wrap_text(row.commune_name, width)
    if row.department_code:
        own = f"({row.department_code})"
        if len(city[-1]) + len(own) < width:
            city[-1] += f" {own}"
        else:
            city.append(own)
    person = wrap_text(row.name, width)
    begin = end = ""
    if page:
        begin = f'<a href="{escape_text(page)}" target="_self" style="color:{ACCENT[dark]}"><u>'
        end = "</u></a>"
    return [
        *(f"<b>{begin}{escape_text(line)}{end}</b>" for line in city),
        *(escape_text(line) for line in person),
    ]


def _facts(
    row: MatrixRow, titles: Mapping[str, str], word: str, notes: Mapping[Pair, str], lang: str
) -> Sequence[str]:
    dated = on_day if row.status in FOUND else since_day
    began = f" {dated(row.since, lang)}" if row.since else ""
    bound = "" if row.binding else f" · {text('chart.not_binding', lang)}"
    note = notes.get((row.signatory_id, row.measure), "")
    return [
        row.commune,
        row.signatory_id,
        _who(row),
        _title(row.measure, titles),
        word,
        began + bound + (note and f" · {note}"),
        plural("chart.entries", row.actions, lang),
    ]


def _absent(
    figure: Figure,
    rows: Sequence[MatrixRow],
    place,
    titles: Mapping[str, str],
    absent: Mapping[Pair, tuple[str, str]],
    lang: str,
    dark: bool,
) -> None:
    """A small mark for a measure to which somebody is not committed, and its hover text."""
    there = {(row.signatory_id, row.measure) for row in rows}
    people = {row.signatory_id: row for row in rows}
    other = ABSENT, text("chart.no_commitment", lang)
    spots = [
        (row, measure, *absent.get((who, measure), other))
        for who, row in people.items()
        for measure in titles
        if (who, measure) not in there
    ]
    if spots:
        cells.draw_cells(
            figure,
            [place(row.signatory_id, measure) for row, measure, _, _ in spots],
            [sign for _, _, sign, _ in spots],
            [
                [row.commune, row.signatory_id, _who(row), _title(measure, titles), words]
                for row, measure, _, words in spots
            ],
            "%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>",
            NO_COLOUR,
            # Its frame tells a refusal where a column has no room for its sign.
            [QUIET[dark] if sign == REFUSED else NO_COLOUR for _, _, sign, _ in spots],
            QUIET[dark],
        )


def _title(measure: str, titles: Mapping[str, str]) -> str:
    return "<br>".join(map(escape_text, wrap_text(number_title(measure, titles[measure]), LONG)))


def _who(row: MatrixRow) -> str:
    place = with_department(row.commune_name, row.department_code)
    return "<br>".join(map(escape_text, wrap_text(f"{place} · {row.name}", LONG)))
