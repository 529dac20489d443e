"""Which official has implemented which measure: officials × measures, or groups × measures.

A chart is drawn once for every width: names are wrapped, and above WORDED measures stand by number.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

import pandas as pd

from monitor.areas import with_department
from monitor.charts.style import (
    ACCENT,
    FONT,
    LINE,
    QUIET,
    SCALES,
    SIGNS,
    UNKNOWN,
    Figure,
    bare,
    colour,
    safe,
    said,
    scaled,
    text_on,
    wrapped,
)
from monitor.i18n import number, partial_day, plural, text
from monitor.models import Status
from monitor.shares import enough, share_of

#: Pixels: the least height of a row and of one of groups; a line of text in either.
ROW, GROUP_ROW, LINE_OF_NAME = 44, 30, 17
#: More measures than this are columns too narrow for their titles.
WORDED = 3
#: Characters in a line of a name, beside few columns and beside many; of a title above its column.
NAME, SHORT, TITLE = 22, 17, 13
_READ = (
    "signatory_id", "name", "commune", "commune_name", "department_code",
    "measure", "status", "since", "binding", "actions",
)  # fmt: skip


def matrix(
    commitments: pd.DataFrame,
    titles: Mapping[str, str],
    lang: str,
    dark: bool = False,
    since: Sequence[str] | None = None,
    pages: Mapping[str, str] | None = None,
) -> Figure:
    """One cell a commitment, its sign on its colour; rows in the order of the table.

    `commitments`: rows of `status.fold`. `since`: for each, since when as EDTF, "" for nothing; by
    default the days of the table. `pages`: the address of each commune's page, which its name leads
    to. Each point's customdata is [commune, signatory_id, …]: a click
    anywhere in the cell can be answered. At most a few dozen officials are readable.
    """
    if commitments.empty:
        return said(text("chart.nothing", lang), dark)
    known = commitments["since"].dt.strftime("%Y-%m-%d").fillna("") if since is None else since
    read = commitments[list(_READ)].rename(columns={"name": "person"}).assign(since=list(known))
    table = list(read.itertuples())
    people = {row.signatory_id: row for row in table}
    width = NAME if len(titles) <= WORDED else SHORT
    names = {
        person: _named(row, width, (pages or {}).get(row.commune), dark)
        for person, row in people.items()
    }
    heights = [max(ROW, 12 + LINE_OF_NAME * len(lines)) for lines in names.values()]
    ends = list(accumulate(heights))
    rows = dict(zip(people, zip([0, *ends], ends, strict=False), strict=True))
    measures = {measure: place for place, measure in enumerate(titles)}
    figure = bare(dark, 0)
    for status in Status:
        here = [row for row in table if row.status == status]
        if not here:
            continue
        spots = [(measures[row.measure], *rows[row.signatory_id]) for row in here]
        fill, word = colour(status, dark), text(f"status.{status}", lang)
        figure.trace(
            "scatter",
            mode="markers+text",
            name=f"{SIGNS[status]} {word}",
            x=[x for x, _, _ in spots],
            y=[(top + end) / 2 for _, top, end in spots],
            text=SIGNS[status],
            textfont={"color": text_on(fill), "size": FONT + 1},
            marker={"symbol": "square", "size": 26, "color": fill},
            customdata=[_facts(row, titles, word, lang) for row in here],
            hovertemplate="%{customdata[2]}<br>%{customdata[3]}<br><b>%{customdata[4]}</b>"
            "%{customdata[5]}<br>%{customdata[6]}<extra></extra>",
        )  # fmt: skip
        for x, top, end in spots:
            figure.shape(
                "rect", layer="below", fillcolor=fill, line={"color": LINE[dark], "width": 1},
                x0=x - 0.48, x1=x + 0.48, y0=top + 2, y1=end - 2,
            )  # fmt: skip
    _absent(figure, table, rows, titles, lang)
    figure.yaxis(
        tickvals=[(top + end) / 2 for top, end in rows.values()],
        ticktext=["<br>".join(lines) for lines in names.values()],
        range=[ends[-1], 0], tickfont={"size": FONT - 1},
    )  # fmt: skip
    _columns(figure, titles, ends[-1])
    # The nearest point answers, however far: each place of the grid has one, so that is its own.
    figure.layout["hoverdistance"] = -1
    return figure


def matrix_groups(
    table: pd.DataFrame,
    group: str,
    labels: Mapping[str, str],
    titles: Mapping[str, str],
    lang: str,
    dark: bool = False,
) -> Figure:
    """The share implemented, with n and, beside few columns, coverage, one cell per group and measure.

    `table`: `indicators.table` by [group, "measure"]; rows in the order of `labels`. A cell of
    fewer than five commitments shows its count; one where nothing was assessed says so, on grey.
    """
    table = table[table["due"] > 0]
    if table.empty:
        return said(text("chart.nothing", lang), dark)
    order = {code: place for place, code in enumerate(labels)}
    groups = sorted(set(table[group]), key=lambda code: order.get(code, -1))
    rows = {code: place for place, code in enumerate(groups)}
    worded = len(titles) <= WORDED
    width = NAME if worded else SHORT
    names = [safe(labels.get(code, code), width) for code in groups]
    lines = [name.count("<br>") + 1 for name in names]
    measures = {measure: place for place, measure in enumerate(titles)}
    shares = [[None] * len(measures) for _ in rows]
    hover = [[""] * len(measures) for _ in rows]
    said_in = []
    told = table[enough(table["due"], table["officials"]) & (table["assessed"] > 0)]
    highest = max(0.5, float(told["rate_low"].max())) if len(told) else 0.5
    for row in table.to_dict("records"):
        y, x = rows[row[group]], measures[row["measure"]]
        ink = QUIET[dark]
        if share_of(row, "rate_low").enough and row["assessed"]:
            shares[y][x] = row["rate_low"]
            ink = text_on(scaled(row["rate_low"], highest, dark))
        words = _cell(row, worded, lang)
        lines[y] = max(lines[y], words.count("<br>") + 1)
        said_in.append((x, y, ink, words))
        hover[y][x] = text(
            "chart.cell_hover",
            lang,
            group=safe(labels.get(row[group], row[group])),
            measure=safe(titles[row["measure"]]),
            implemented=number(row["implemented"], lang),
            partly=number(row["partly"], lang),
            due=number(row["due"], lang),
            assessed=number(row["assessed"], lang),
        )
    edges = [0, *accumulate(max(GROUP_ROW, 4 + LINE_OF_NAME * count) for count in lines)]
    middles = [(top + end) / 2 for top, end in pairwise(edges)]
    figure = bare(dark, 0, plot_bgcolor=UNKNOWN[dark])
    figure.trace(
        "heatmap",
        z=shares, x=list(measures.values()), y=edges, zmin=0, zmax=highest,
        customdata=hover, showscale=False, colorscale=SCALES[dark], xgap=2, ygap=2,
        hoverongaps=True, hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    figure.trace(
        "scatter",
        mode="text", hoverinfo="skip",
        x=[x for x, *_ in said_in], y=[middles[y] for _, y, *_ in said_in],
        text=[words for *_, words in said_in],
        textfont={"size": FONT - 2, "color": [ink for *_, ink, _ in said_in]},
    )  # fmt: skip
    figure.yaxis(
        tickvals=middles, ticktext=names, tickfont={"size": FONT - 1}, range=[edges[-1], 0]
    )  # fmt: skip
    _columns(figure, titles, edges[-1])
    return figure


def measures_key(titles: Mapping[str, str]) -> str:
    """What the numbers above narrow columns mean; "" where titles stand there in words."""
    if len(titles) <= WORDED:
        return ""
    return " · ".join(f"{_numbered(measure)}\u00a0{title}" for measure, title in titles.items())


def _named(row, width: int, page: str | None, dark: bool) -> list[str]:
    """The city in bold with its department, for many share a name, and the person."""
    city = wrapped(row.commune_name, width, 2)
    if row.department_code:
        own = f"({row.department_code})"
        if len(city[-1]) + len(own) < width:
            city[-1] += f" {own}"
        else:
            city.append(own)
    person = wrapped(row.person, width, 2)
    begin = end = ""
    if page:
        begin = f'<a href="{safe(page)}" target="_self" style="color:{ACCENT[dark]}"><u>'
        end = "</u></a>"
    return [
        *(f"<b>{begin}{safe(line)}{end}</b>" for line in city),
        *(safe(line) for line in person),
    ]


def _cell(row: dict, worded: bool, lang: str) -> str:
    due, least = number(row["due"], lang), share_of(row, "rate_low")
    if not least.enough:
        words = text("chart.cell_few", lang, implemented=row["implemented"], due=due)
        return words if worded else f"{row['implemented']} / {due}"
    if not row["assessed"]:
        return f"<b>{SIGNS[Status.NOT_ASSESSED]}</b><br>n = {due}"
    share = least.percent(lang)
    if not worded:
        return f"<b>{share}</b><br>n = {due}"
    return text(
        "chart.cell", lang, share=share, n=due, coverage=share_of(row, "coverage").percent(lang)
    )


def _facts(row, titles: Mapping[str, str], word: str, lang: str) -> Sequence[str]:
    exact = "_day" if len(row.since) == 10 else ""
    since = row.since and text(f"chart.since{exact}", lang, day=partial_day(row.since, lang))
    bound = "" if row.binding else f" · {text('chart.not_binding', lang)}"
    return [
        row.commune,
        row.signatory_id,
        _who(row),
        f"{row.measure}. {safe(titles[row.measure])}",
        word,
        since + bound,
        plural("chart.entries", row.actions, lang),
    ]


def _absent(
    figure: Figure,
    table: Sequence,
    rows: Mapping[str, tuple[int, int]],
    titles: Mapping[str, str],
    lang: str,
) -> None:
    """A point that cannot be seen where somebody has no commitment, to answer there."""
    there = {(row.signatory_id, row.measure) for row in table}
    people = {row.signatory_id: row for row in table}
    spots = [
        (place, row, measure)
        for row in people.values()
        for place, measure in enumerate(titles)
        if (row.signatory_id, measure) not in there
    ]
    if spots:
        word = text("chart.no_commitment", lang)
        figure.trace(
            "scatter",
            mode="markers", x=[place for place, _, _ in spots],
            y=[sum(rows[row.signatory_id]) / 2 for _, row, _ in spots],
            marker={"symbol": "square", "size": 26, "color": "rgba(0,0,0,0)"},
            customdata=[
                [row.commune, row.signatory_id, _who(row), f"{m}. {safe(titles[m])}", word]
                for _, row, m in spots
            ],
            hovertemplate="%{customdata[2]}<br>%{customdata[3]}<br>%{customdata[4]}<extra></extra>",
        )  # fmt: skip


def _who(row) -> str:
    return f"{safe(with_department(row.commune_name, row.department_code))} · {safe(row.person)}"


def _numbered(measure: str) -> str:
    return f"M{measure}" if measure.isdecimal() else measure


def _columns(figure: Figure, titles: Mapping[str, str], height: int) -> None:
    """The measures above their columns, and the size of the whole for rows of that height."""
    heads = [[_numbered(measure)] for measure in titles]
    if len(titles) <= WORDED:
        heads = [wrapped(f"{measure}. {title}", TITLE) for measure, title in titles.items()]
    figure.xaxis(
        tickvals=list(range(len(titles))),
        ticktext=[f"<b>{'<br>'.join(safe(line) for line in head)}</b>" for head in heads],
        side="top",
        range=[-0.5, len(titles) - 0.5],
        tickangle=0,
        ticklabeloverflow="allow",
        tickfont={"size": FONT - 1},
        automargin=False,
    )
    above = 8 + LINE_OF_NAME * max(map(len, heads))
    figure.layout["margin"] = {"l": 0, "r": 0, "t": above, "b": 8}
    figure.layout["height"] = height + above + 8
