"""What each person answered about each measure: one cell an answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate

import pandas as pd

from monitor.areas import with_department
from monitor.charts import cells
from monitor.charts.matrix import LONG, ROW, name_lines
from monitor.charts.style import (
    ABSENT,
    FONT,
    INK,
    LEADING,
    LINE,
    NEITHER,
    NO_COLOUR,
    QUIET,
    REFUSED,
    Figure,
    bare_figure,
    escape_text,
    text_colour_on,
    wrap_text,
)
from monitor.i18n import number
from monitor.table_rows import AnswerRow, read_rows
from monitor.titles import number_title

#: By answer, in the order of legends: `signed` without an answer to the measure, and `silent`.
ANSWER_SIGNS = {
    "yes": "✓",
    "partly": "◐",
    "no": REFUSED,
    "neither": NEITHER,
    "signed": "✎",
    "silent": ABSENT,
}
#: (on a light page, on a dark page). None is one of a status; what is no answer has none.
ANSWER_COLOURS = {
    "yes": ("#1F5F99", "#7FB8E8"),
    "partly": ("#A9C8E3", "#3F6E99"),
    "no": ("#5B6670", "#A3AEB7"),
    "neither": ("#D5DADE", "#4A535B"),
}
_HOVER = "%{customdata[2]}<br>%{customdata[3]}<br><b>%{customdata[4]}</b><extra></extra>"


def answer_matrix(
    answers: pd.DataFrame,
    titles: Mapping[str, str],
    words: Mapping[str, str],
    lang: str,
    dark: bool = False,
    pages: Mapping[str, str] | None = None,
) -> Figure:
    """One cell a person and a measure, its colour and its sign; people in the order of the table. Few
    measures have a column each; the cells of more stand in lines below the name, in the order of the
    measures, with the counts.

    `answers`: signatory_id, name, commune, commune_name, department_code, measure, answer (a key of
    ANSWER_SIGNS). `words`: of each answer. `pages`: the address of each commune's page.
    """
    own: dict[str, list[AnswerRow]] = {}
    for row in read_rows(AnswerRow, answers):
        own.setdefault(row.signatory_id, []).append(row)
    in_lines = cells.too_many_measures(titles)
    width = LONG if in_lines else cells.name_width(titles)
    names = {
        who: name_lines(rows[0], width, (pages or {}).get(rows[0].commune), dark)
        for who, rows in own.items()
    }
    figure = bare_figure(dark, 0)
    figure.layout["hoverdistance"] = -1
    place = _in_lines if in_lines else _in_columns
    spots = place(figure, own, names, titles, words, lang, dark)
    for answer, sign in ANSWER_SIGNS.items():
        here = [(row, where) for row, where in spots if row.answer == answer]
        if here:
            fill = ANSWER_COLOURS.get(answer, (NO_COLOUR, NO_COLOUR))[dark]
            cells.draw_cells(
                figure,
                [where for _, where in here],
                [sign] * len(here),
                [_facts(row, titles, words[answer]) for row, _ in here],
                _HOVER,
                fill,
                LINE[dark],
                text_colour_on(fill) if answer in ANSWER_COLOURS else INK[dark],
                name=f"{sign} {words[answer]}",
            )
    return figure


def _in_columns(
    figure: Figure, own: Mapping[str, list[AnswerRow]], names, titles, _words, _lang, _dark
) -> Sequence[tuple]:
    ends = list(
        accumulate(max(ROW, 12 + cells.LINE_OF_NAME * len(lines)) for lines in names.values())
    )
    bands = list(zip([0, *ends], ends, strict=False))
    figure.yaxis(
        tickvals=[(top + end) / 2 for top, end in bands],
        ticktext=["<br>".join(lines) for lines in names.values()],
        range=[ends[-1], 0],
        tickfont={"size": FONT - 1},
        **cells.NAMED,
    )
    cells.draw_columns(figure, titles, ends[-1])
    measures = {measure: place for place, measure in enumerate(titles)}
    return [
        (row, (measures[row.measure] - 0.48, 0.96, (top + end) / 2, end - top - 4))
        for rows, (top, end) in zip(own.values(), bands, strict=True)
        for row in rows
    ]


def _in_lines(
    figure: Figure, own: Mapping[str, list[AnswerRow]], names, _titles, words, lang, dark
) -> Sequence[tuple]:
    top, spots = 0.0, []
    for who, rows in own.items():
        cells.write_cell_lines(figure, names[who], top)
        top += LEADING * len(names[who])
        given = Counter(row.answer for row in rows)
        counts = "    ".join(
            f"{ANSWER_SIGNS[one]} {words[one]}\u00a0{number(given[one], lang)}"
            for one in ANSWER_SIGNS
            if given[one]
        )
        cells.write_cell_lines(figure, [counts], top, size=FONT - 1, ink=QUIET[dark])
        top += LEADING + 2
        spots += zip(rows, cells.cells_in_lines(len(rows), top, cells.CELL), strict=True)
        top += cells.CELL * cells.count_lines(len(rows)) + cells.APART
    cells.set_line_axes(figure, top)
    return spots


def _facts(row: AnswerRow, titles: Mapping[str, str], word: str) -> Sequence[str]:
    who = with_department(row.commune_name, row.department_code)
    title = number_title(row.measure, titles[row.measure])
    return [
        row.commune,
        row.signatory_id,
        f"{escape_text(row.name)} · {escape_text(who)}",
        "<br>".join(map(escape_text, wrap_text(title, LONG))),
        word,
    ]
