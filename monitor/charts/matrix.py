"""Which official has implemented which measure: officials × measures, or groups × measures."""

from collections.abc import Mapping, Sequence

import pandas as pd

from monitor.charts.style import (
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
    text_on,
)
from monitor.i18n import day, number, percent, plural, text
from monitor.models import FEW, Status

ROW, GROUP_ROW = 46, 62
_READ = (
    "signatory_id", "name", "commune", "commune_name",
    "measure", "status", "since", "binding", "actions",
)  # fmt: skip


def matrix(
    commitments: pd.DataFrame, titles: Mapping[str, str], lang: str, dark: bool = False
) -> Figure:
    """One square a commitment, its sign on its colour; rows in the order of the table.

    `commitments`: rows of `status.fold`. Each point's customdata is [commune, signatory_id, …]: a
    click can be answered. At most a few dozen officials are readable.
    """
    if commitments.empty:
        return said(text("chart.nothing", lang), dark)
    table = list(commitments[list(_READ)].rename(columns={"name": "person"}).itertuples())
    people = {row.signatory_id: row for row in table}
    rows = {person: place for place, person in enumerate(reversed(people))}
    measures = {measure: place for place, measure in enumerate(titles)}
    figure = bare(dark, 76 + ROW * len(rows))
    for status in Status:
        here = [row for row in table if row.status == status]
        if not here:
            continue
        points = [(measures[row.measure], rows[row.signatory_id]) for row in here]
        fill, word = colour(status, dark), text(f"status.{status}", lang)
        figure.trace(
            "scatter",
            mode="markers+text",
            name=f"{SIGNS[status]} {word}",
            x=[x for x, _ in points],
            y=[y for _, y in points],
            text=SIGNS[status],
            textfont={"color": text_on(fill), "size": FONT + 1},
            marker={"symbol": "square", "size": 26, "color": fill},
            customdata=[_facts(row, titles, word, lang) for row in here],
            hovertemplate="%{customdata[2]}<br>%{customdata[3]}<br><b>%{customdata[4]}</b>"
            "%{customdata[5]}<br>%{customdata[6]}<extra></extra>",
        )  # fmt: skip
        for x, y in points:
            figure.shape(
                "rect", layer="below", fillcolor=fill, line={"color": LINE[dark], "width": 1},
                x0=x - 0.48, x1=x + 0.48, y0=y - 0.45, y1=y + 0.45,
            )  # fmt: skip
    names = [
        f"<b>{safe(row.commune_name, 22)}</b><br>{safe(row.person, 22)}" for row in people.values()
    ]
    figure.yaxis(
        tickvals=[rows[person] for person in people], ticktext=names,
        range=[-0.6, len(rows) - 0.4], tickfont={"size": FONT - 1}, automargin=True,
    )  # fmt: skip
    _measures_above(figure, titles)
    figure.layout["margin"] = {"l": 0, "r": 0, "t": 60, "b": 8}
    return figure


def matrix_groups(
    table: pd.DataFrame,
    group: str,
    labels: Mapping[str, str],
    titles: Mapping[str, str],
    lang: str,
    dark: bool = False,
) -> Figure:
    """The share implemented, with n and coverage, one cell per group and measure.

    `table`: `indicators.table` by [group, "measure"]; rows in the order of `labels`. A cell of
    fewer than five commitments shows its count; one where nothing was assessed is grey.
    """
    table = table[table["due"] > 0]
    if table.empty:
        return said(text("chart.nothing", lang), dark)
    order = {code: place for place, code in enumerate(labels)}
    groups = sorted(set(table[group]), key=lambda code: order.get(code, -1), reverse=True)
    rows = {code: place for place, code in enumerate(groups)}
    measures = {measure: place for place, measure in enumerate(titles)}
    rates = [[None] * len(measures) for _ in rows]
    texts = [[""] * len(measures) for _ in rows]
    hover = [[""] * len(measures) for _ in rows]
    for row in table.to_dict("records"):
        y, x = rows[row[group]], measures[row["measure"]]
        few = row["due"] < FEW
        rates[y][x] = None if few or row["rate_low"] != row["rate_low"] else row["rate_low"]
        texts[y][x] = _cell(row, few, lang)
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
    figure = bare(dark, 76 + GROUP_ROW * len(rows))
    figure.layout |= {
        "plot_bgcolor": UNKNOWN[dark], "margin": {"l": 0, "r": 0, "t": 60, "b": 8}
    }  # fmt: skip
    highest = max(0.5, *(rate for line in rates for rate in line if rate is not None), 0)
    figure.trace(
        "heatmap",
        z=rates, x=list(measures.values()), y=list(rows.values()), zmin=0, zmax=highest,
        text=[[cell if rate is not None else "" for cell, rate in zip(*line, strict=True)]
              for line in zip(texts, rates, strict=True)],
        texttemplate="%{text}", textfont={"size": FONT - 1}, customdata=hover, showscale=False,
        colorscale=SCALES[dark], xgap=2, ygap=2, hoverongaps=True,
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    blank = [(x, y) for y, line in enumerate(rates) for x, rate in enumerate(line) if rate is None]
    figure.trace(
        "scatter",
        mode="text", x=[x for x, _ in blank], y=[y for _, y in blank], hoverinfo="skip",
        text=[texts[y][x] for x, y in blank], textfont={"size": FONT - 1, "color": QUIET[dark]},
    )  # fmt: skip
    figure.yaxis(
        tickvals=list(rows.values()),
        ticktext=[safe(labels.get(code, code), 20) for code in rows],
        range=[-0.5, len(rows) - 0.5],
        automargin=True,
    )
    _measures_above(figure, titles)
    return figure


def _cell(row: dict, few: bool, lang: str) -> str:
    if few:
        return text("chart.cell_few", lang, implemented=row["implemented"], due=row["due"])
    return text(
        "chart.cell",
        lang,
        share=percent(row["rate_low"], lang),
        n=number(row["due"], lang),
        coverage=percent(row["coverage"], lang),
    )


def _facts(row, titles: Mapping[str, str], word: str, lang: str) -> Sequence[str]:
    since = "" if pd.isna(row.since) else text("chart.since", lang, day=day(row.since, lang))
    bound = "" if row.binding else f" · {text('chart.not_binding', lang)}"
    return [
        row.commune,
        row.signatory_id,
        f"{safe(row.commune_name)} · {safe(row.person)}",
        f"{row.measure}. {safe(titles[row.measure])}",
        word,
        since + bound,
        plural("chart.entries", row.actions, lang),
    ]


def _measures_above(figure: Figure, titles: Mapping[str, str]) -> None:
    figure.xaxis(
        tickvals=list(range(len(titles))),
        ticktext=[f"<b>{safe(f'{measure}. {title}', 14)}</b>" for measure, title in titles.items()],
        side="top",
        range=[-0.5, len(titles) - 0.5],
        tickangle=0,
        ticklabeloverflow="allow",
        tickfont={"size": FONT - 1},
    )
