"""The share implemented by group and measure: one cell for each pair."""

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass
from itertools import accumulate, pairwise

import pandas as pd

from monitor.charts import cells
from monitor.charts.cells import LINE_OF_NAME
from monitor.charts.knowledge import assessment_effort as effort_in_words
from monitor.charts.style import (
    FONT,
    LEADING,
    LINE,
    PAPER,
    QUIET,
    SIGNS,
    UNKNOWN,
    Figure,
    bare_figure,
    empty_figure,
    escape_text,
    outline_colour,
    scale_colour,
    text_colour_on,
    wrap_text,
)
from monitor.i18n import number, text
from monitor.models import THIN, Status
from monitor.shares import share_of
from monitor.table_rows import CrossedRow, read_rows
from monitor.titles import number_title, shorten_title

#: Pixels: the least height of a row; characters in a line of a name, as in `charts.status_matrix`.
GROUP_ROW, LONG = 30, 42
#: The most measures beside names: a telephone has room for the words of so many cells.
COLUMNS = 6
#: Letters of codes that all cells of a line have room for together, on a telephone.
LETTERS = 50
#: What a cell says when pointed at, in the order of its customdata.
_TOLD = ("group", "measure", "due", "assessed", "implemented", "partly", "least")
#: How thick the frame of a hollow cell is, in pixels.
HOLLOW = 3


def matrix_groups(
    table: pd.DataFrame,
    group: str,
    labels: Mapping[str, str],
    titles: Mapping[str, str],
    lang: str,
    dark: bool = False,
    efforts: Mapping[str, str] | None = None,
) -> Figure:
    """The share implemented, with n and, beside few columns, coverage, one cell per group and measure:
    hollow where it rests on fewer than `THIN` commitments, its count where too few for a percentage; one
    where nothing was assessed says so, on grey.

    `table`: `indicators.indicator_table` by [group, "measure"]; rows in the order of `labels`.
    `efforts`: what stands below the name of each group. Words stand in the cells that have room for
    them. Where a group `fills_several_lines`, its cells stand below its name, in the order of the
    measures. Each cell's customdata is what it says when pointed at (`_TOLD`), and the share if it
    shows one.
    """
    crossed = table.rename(columns={group: "group"})
    rows = [row for row in read_rows(CrossedRow, crossed) if row.due]
    if not rows:
        return empty_figure(text("chart.no_group", lang), dark)
    order = {code: place for place, code in enumerate(labels)}
    groups = sorted({row.group for row in rows}, key=lambda code: order.get(code, len(order)))
    worded, many = cells.has_titled_columns(titles), fills_several_lines(titles)
    if many and not any(share_of(row, "rate_low").enough for row in rows):
        return empty_figure(text("chart.all_few", lang), dark)
    coded = many and max(
        len(cells.numbered_title(measure)) for measure in titles
    ) <= LETTERS // cells_per_line(titles)
    words = [_cell(row, worded, many, coded, lang) for row in rows]
    figure = bare_figure(dark, 0)
    lay_out = _in_lines if many else _in_columns
    width = LONG if many else _name_width(titles)
    below = {code: wrap_text(said_of, width) for code, said_of in (efforts or {}).items()}
    named = {code: labels.get(code, code) for code in groups}
    places = lay_out(figure, _Crossing(rows, words, named, below, titles, dark))
    rates = [row.rate_low for row in rows if _shared(row) and row.due >= THIN]
    highest = max([0.5, *rates])
    looks = [_look(row, highest, dark) for row in rows]
    told_of = {name: f"%{{customdata[{place}]}}" for place, name in enumerate(_TOLD)}
    names = {code: escape_text(label, LONG) for code, label in named.items()}
    heads = {measure: _hover_title(measure, title, many) for measure, title in titles.items()}
    hover = [
        [
            names[row.group],
            heads[row.measure],
            *(
                number(count, lang)
                for count in (row.due, row.assessed, row.implemented, row.partly)
            ),
            _least(row, many, lang),
            row.rate_low if _shared(row) else None,
        ]
        for row in rows
    ]
    for hollow in (False, True):
        here = [n for n, row in enumerate(rows) if (_shared(row) and row.due < THIN) is hollow]
        if here:
            fill, border, ink = zip(*(looks[n] for n in here), strict=True)
            cells.draw_cells(
                figure,
                [places[n] for n in here],
                [words[n] for n in here],
                [hover[n] for n in here],
                f"{text('chart.cell_hover', lang, **told_of)}<extra></extra>",
                list(fill),
                list(border),
                list(ink),
                HOLLOW if hollow else 1,
                size=FONT - 2,
            )
    return figure


def fills_several_lines(titles: Sized) -> bool:
    """Whether the cells of a group go on in lines below its name."""
    return len(titles) > COLUMNS


def cells_per_line(titles: Sized) -> int:
    """How many cells of a group stand in a line."""
    return min(len(titles), cells.IN_LINE)


def _shared(row: CrossedRow) -> bool:
    """Whether a cell shows a share."""
    return bool(row.assessed and share_of(row, "rate_low").enough)


def _look(row: CrossedRow, highest: float, dark: bool) -> tuple[str, str, str]:
    """(fill, border, ink) of a cell."""
    if not _shared(row):
        return UNKNOWN[dark], LINE[dark], QUIET[dark]
    if row.due < THIN:
        return PAPER[dark], outline_colour(row.rate_low, highest, dark), text_colour_on(PAPER[dark])
    fill = scale_colour(row.rate_low, highest, dark)
    return fill, LINE[dark], text_colour_on(fill)


@dataclass(frozen=True)
class _Crossing:
    """What is laid out: a row and its words a cell; the name of each group, in order, and the lines
    below it; the measures."""

    rows: Sequence[CrossedRow]
    words: Sequence[str]
    labels: Mapping[str, str]
    below: Mapping[str, list[str]]
    titles: Mapping[str, str]
    dark: bool


def _in_columns(figure: Figure, crossing: _Crossing) -> list[cells.Place]:
    """A row a group, a column a measure: where each cell stands."""
    width = _name_width(crossing.titles)
    below = {
        code: [_small(line, crossing.dark) for line in lines]
        for code, lines in crossing.below.items()
    }
    names = {
        code: "<br>".join([escape_text(label, width), *below.get(code, ())])
        for code, label in crossing.labels.items()
    }
    lines = {code: name.count("<br>") + 1 for code, name in names.items()}
    for row, said_in in zip(crossing.rows, crossing.words, strict=True):
        lines[row.group] = max(lines[row.group], said_in.count("<br>") + 1)
    edges = [
        0,
        *accumulate(max(GROUP_ROW, 8 + LINE_OF_NAME * count) for count in lines.values()),
    ]
    bands = dict(zip(crossing.labels, pairwise(edges), strict=True))
    measures = {measure: place for place, measure in enumerate(crossing.titles)}
    figure.yaxis(
        tickvals=[(top + end) / 2 for top, end in bands.values()],
        ticktext=list(names.values()),
        tickfont={"size": FONT - 1},
        range=[edges[-1], 0],
        **cells.NAMED,
    )
    cells.draw_columns(figure, crossing.titles, edges[-1])
    return [
        (measures[row.measure] - 0.48, 0.96, (top + end) / 2, end - top - 3)
        for row in crossing.rows
        for top, end in [bands[row.group]]
    ]


def _in_lines(figure: Figure, crossing: _Crossing) -> list[cells.Place]:
    """The cells of each group below its name: where each stands."""
    measures = {measure: place for place, measure in enumerate(crossing.titles)}
    top, grids = 0.0, {}
    for code, label in crossing.labels.items():
        name = [f"<b>{escape_text(line)}</b>" for line in wrap_text(label, LONG)]
        cells.write_cell_lines(figure, name, top)
        top += LEADING * len(name)
        lines = [escape_text(line) for line in crossing.below.get(code, ())]
        cells.write_cell_lines(figure, lines, top, size=FONT - 1, ink=QUIET[crossing.dark])
        top += LEADING * len(lines) + 4
        grids[code] = cells.cells_in_lines(
            len(crossing.titles), top, cells.WORDED_CELL, cells_per_line(crossing.titles)
        )
        top += cells.WORDED_CELL * cells.count_lines(len(crossing.titles)) + cells.APART
    cells.set_line_axes(figure, top, cells_per_line(crossing.titles))
    return [grids[row.group][measures[row.measure]] for row in crossing.rows]


def _name_width(titles: Mapping[str, str]) -> int:
    """Beside columns whose cells hold words, or many that hold figures."""
    return cells.name_width(titles) if cells.has_titled_columns(titles) else cells.SHORT


def _small(line: str, dark: bool) -> str:
    return f'<span style="color:{QUIET[dark]};font-size:{FONT - 2}px">{escape_text(line)}</span>'


def _hover_title(measure: str, title: str, many: bool) -> str:
    """Of many measures a line: the titles of all cells would weigh more than the chart."""
    title = number_title(measure, title)
    return escape_text(shorten_title(title, LONG)) if many else escape_text(title, LONG)


def _least(row: CrossedRow, many: bool, lang: str) -> str:
    """« au moins 12 % », and how closely the assessed were looked at: of many measures, only the name
    of the group has that."""
    lines = []
    if _shared(row):
        lines = [text("chart.at_least", lang, share=share_of(row, "rate_low").percent(lang))]
    return "<br>".join(lines if many else [*lines, effort_in_words(row, lang)])


def _cell(row: CrossedRow, worded: bool, many: bool, coded: bool, lang: str) -> str:
    """What a cell says: beside many columns without the coverage; in lines of `coded` measures, of
    which."""
    due, least = number(row.due, lang), share_of(row, "rate_low")
    if not least.enough:
        words = text("chart.cell_few", lang, implemented=row.implemented, due=due)
        words = words if worded else f"{row.implemented} / {due}"
    elif not row.assessed:
        sign = SIGNS[Status.NOT_ASSESSED]
        words = sign if many else f"<b>{sign}</b><br>n = {due}"
    else:
        share = least.percent(lang)
        words = share if many else f"<b>{share}</b><br>n = {due}"
        if worded:
            coverage = share_of(row, "coverage").percent(lang)
            words = text("chart.cell", lang, share=share, n=due, coverage=coverage)
    return f"{escape_text(cells.numbered_title(row.measure))}<br>{words}" if coded else words
