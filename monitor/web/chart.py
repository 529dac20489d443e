"""A chart at an address of its own: drawn with its title, saved as a picture that says what it is a view
of, its figures as a table and as CSV. Nothing of the framework is loaded."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor import export
from monitor.charts import status_sign
from monitor.errors import NotFound
from monitor.export.fields import SHARE_COLUMNS, column_heading
from monitor.export.forms import form_words
from monitor.export.licences import licence_in_words
from monitor.i18n import catalogue, day, moment, number, partial_day, text
from monitor.log import STATUSES
from monitor.models import GroupBy, Status
from monitor.read import chart_data, files, filter_labels
from monitor.read.chart_registry import (
    PICTURES,
    chart_address,
    chart_title,
    chart_words,
    standalone_chart,
    view_of_chart,
)
from monitor.read.labels import code_label
from monitor.read.pictures import Picture
from monitor.read.selection import View
from monitor.shares import Bound, exact_percent
from monitor.tables import SHARE_DIGITS, too_few_cells
from monitor.web.chart_scripts import SCRIPTS
from monitor.web.html import address_names as names_of
from monitor.web.html import (
    answer_with_page,
    content_policy,
    not_modified,
    page_tag,
    render_page,
    site_address,
    view_of_request,
)
from monitor.web.sheet_words import page_notices

#: The letters of the app, where the framework serves them.
FONTS = Path(streamlit.__file__).parent / "static" / "static" / "media"
#: The columns whose codes the pact has words for.
_GROUPS = set(GroupBy) - {GroupBy.COMMUNE}
#: Those whose codes are called as statuses are, though their names are others.
_STATUSES = ("one_status", "other_status", "before", "after")
#: Rows of the table on the page; the file has them all.
MOST_ROWS = 200


def _sent_once(figures: Mapping[str, dict]) -> dict[str, dict]:
    """The figures of a page, of which the traces of all but the first say only what is not as there."""
    light = figures["light"]
    sent = {"light": light}
    for shade, figure in figures.items():
        if shade != "light":
            traces = [
                {name: value for name, value in trace.items() if value != first.get(name)}
                for first, trace in zip(light["data"], figure["data"], strict=True)
            ]
            sent[shade] = figure | {"data": traces}
    return sent


@answer_with_page
def chart(request: Request) -> Response:
    """The page of a chart."""
    name, picture, view, own = _asked(request)
    if same := not_modified(request, view):
        return same
    here = site_address(request) + chart_address(view, name, own)
    figures, undrawn = _figures(view, name, own, here), ""
    if not figures:
        empty = picture.draw(view, own, False)
        undrawn = empty.sentence if empty else _why_undrawn(view, name)
    table = picture.table(view, own)
    lang = view.lang
    filters = filter_labels.filters_in_words(view) or [text("filter.none", lang)]
    return render_page(
        request,
        "chart.html",
        lang,
        rules=content_policy(script=True),
        view=view,
        pact=view.pact,
        names=names_of(view),
        heading=chart_title(view, name, own),
        alt=view.text(picture.alt),
        notices=page_notices(view),
        about=text(
            "chart.about",
            lang,
            pact=view.pact.title,
            day=day(view.day, lang),
            filters=text("sentence.semicolon", lang).join(filters),
        ),
        source=text(
            "chart.source",
            lang,
            source=site_address(request),
            licence=licence_in_words(view.pact.licence, lang),
            seq=number(view.snapshot.seq, lang),
            hash=view.snapshot.short_hash,
        ),
        figure=_sent_once(figures) if figures else None,
        undrawn=undrawn,
        height=figures["light"]["layout"]["height"] if figures else 0,
        font=_font(),
        legend=_legend(picture, view),
        sentence=picture.sentence(view, own),
        key=chart_words(view, name),
        stem=_stem(view, name, own),
        files=[
            (
                text("chart.file", lang, form=form_words(form, lang)),
                chart_address(view, name, own, form),
            )
            for form in export.SPREADSHEETS
        ],
        canonical=here,
        columns=[_heading(view, column) for column in table],
        rows=_cells(view, table.head(MOST_ROWS), picture.bounds),
        more=max(len(table) - MOST_ROWS, 0),
    )


def _figures(view: View, name: str, own: str, source: str) -> dict[str, dict]:
    """The chart on a light page, on a dark one, and as a picture; nothing where nothing is drawn."""
    taken = standalone_chart(view, name, own, source)
    if taken is None:
        return {}
    made = {"light": False, "dark": True}
    figures = {shade: PICTURES[name].draw(view, own, dark) for shade, dark in made.items()}
    return {shade: figure.to_dict() for shade, figure in figures.items() if figure} | {
        "picture": taken.to_dict()
    }


def _why_undrawn(view: View, name: str) -> str:
    most, least = chart_data.READABLE, chart_data.ENOUGH
    return view.text(f"chart.undrawn_{name}", least=least, most=most)


@cache
def _font() -> str:
    """The address of the letters that charts are laid out for, "" where the framework has none."""
    found = sorted(FONTS.glob("SourceSans*Upright*.woff2"))
    return f"/static/media/{found[0].name}" if found else ""


def figures(form: str, request: Request) -> Response:
    """The figures of a chart as a file that says what they are a view of."""
    name, picture, view, own = _asked(request)
    if same := not_modified(request, view):
        return same
    table = picture.table(view, own)
    table = table.round(dict.fromkeys(SHARE_COLUMNS.intersection(table), SHARE_DIGITS))
    caption = export.Caption(
        files.view_description(view),
        view.lang,
        title=lambda column: _heading(view, column),
        words={name: chart_data.group_labels(view, name) for name in _GROUPS.intersection(table)},
        say=partial(code_label, view),
    )
    return Response(
        export.FORMS[form].whole(table, caption),
        media_type=export.FORMS[form].media_type,
        headers={
            "content-disposition": f'attachment; filename="{_stem(view, name, own)}.{form}"',
            "access-control-allow-origin": "*",
            "cache-control": "no-cache",
            "etag": page_tag(request, view),
        },
    )


def _asked(request: Request) -> tuple[str, Picture, View, str]:
    """(name, chart, what it follows of the view, the value of its own name). Raises NotFound
    (`no_such_chart`)."""
    name, view = request.path_params["name"], view_of_request(request)
    picture = PICTURES.get(name)
    if picture is None:
        raise NotFound("no_such_chart", value=name[:40], known=", ".join(PICTURES))
    own = request.query_params.get(picture.own, "") if picture.own else ""
    if picture.choices and own not in picture.choices:
        own = picture.choices[0]
    if picture.own == "signataire" and not own:
        raise NotFound("which_signatory")
    if picture.own == "signataire" and own not in view.everybody["signatory_id"].values:
        raise NotFound("no_such_signatory", value=own[:100])
    return name, picture, view_of_chart(view, name), own


def _legend(picture: Picture, view: View) -> list[tuple[str, str, str]]:
    """(sign, word, code) of the marks that a chart shows."""
    marks = [
        (status_sign(each), view.text(f"status.{each}"), str(each))
        for each in picture.coloured(view)
    ]
    return marks + [(sign, words, "absent") for sign, words in picture.absent(view).items()]


def _stem(view: View, name: str, own: str) -> str:
    parts = [view.log.pact.id, name, own, *view.filters.values(), view.day.isoformat()]
    return re.sub(r"[^A-Za-z0-9._-]+", "_", "-".join(part for part in parts if part))


def _heading(view: View, column: str) -> str:
    """A column in words, with a capital: that of a status is called as the status is."""
    words = _named_column(view, column)
    return words[:1].upper() + words[1:]


def _named_column(view: View, column: str) -> str:
    if column in STATUSES and column != Status.IMPLEMENTED:
        return view.text(f"status.{column}")
    before, _, last = column.partition("_")
    if before == "ended" and last in STATUSES:
        return view.text("figure.ended_as", status=view.text(f"status.{last}"))
    standing = column.removesuffix("_ever")
    if standing != column and standing in STATUSES and standing != Status.IMPLEMENTED:
        return view.text("figure.ever_as", status=view.text(f"status.{standing}"))
    named = f"figure.{column}"
    if named in catalogue(view.lang):
        return view.text(named)
    return column_heading(column, view.lang)


def _cells(view: View, table: pd.DataFrame, bounds: Mapping[str, Bound]) -> list[list[str]]:
    """The table in words and in the numbers of the language; an empty cell where nothing is defined,
    « – » instead of a share of too few."""
    columns = []
    for name, cells in table.items():
        say = _words(view, str(name), bounds.get(str(name), ""))
        shown = [
            say(value) if known else ""
            for value, known in zip(cells.tolist(), cells.notna().tolist(), strict=True)
        ]
        few = too_few_cells(table, str(name)).tolist()
        columns.append(["–" if hidden else cell for cell, hidden in zip(shown, few, strict=True)])
    return [list(row) for row in zip(*columns, strict=True)]


def _words(view: View, column: str, bound: Bound) -> Callable[[Any], str]:
    """How a cell of a column is said; `bound`: whether it is said to be the least, or the most."""
    lang = view.lang
    if column in _GROUPS:
        labels = chart_data.group_labels(view, column)
        return lambda code: labels.get(code, str(code))
    if column in SHARE_COLUMNS:
        return lambda share: exact_percent(share, lang, 1, bound)
    if column in ("day", "month", "since", "started_on", "ended_on", "plan_day"):
        return lambda edtf: partial_day(edtf, lang) if edtf else ""
    if column == "known_on":
        return lambda at: moment(datetime.fromisoformat(at), lang)
    if column == "outside":
        return lambda bands: text(f"outside.{int(bands)}", lang)
    if column == "times":
        return lambda times: number(times, lang, 2)
    if column == "binding":
        return lambda binds: text("figure.yes" if binds else "figure.no", lang)
    coded = "status" if column in _STATUSES else column
    return lambda value: (
        # What is no code stays as it is.
        code_label(view, coded, value) or value
        if isinstance(value, str)
        else number(value, lang, _digits(value))
    )


def _digits(value: float) -> int:
    """Decimals of a mean; a count has none."""
    return int(isinstance(value, float))


ROUTES = [
    *(
        Route(f"/graphique/{{name}}.{form}", answer_with_page(partial(figures, form)))
        # The longest first: what ends a form may be a form itself.
        for form in sorted(export.SPREADSHEETS, key=len, reverse=True)
    ),
    Route("/graphique/{name}", chart),
    *SCRIPTS,
]
