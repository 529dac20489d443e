"""The charts by their names: their addresses and titles, and a version of each that travels, with all
that it is a view of inside the picture."""

from dataclasses import replace
from urllib.parse import quote, urlencode

from monitor.charts import Figure, caption_figure
from monitor.export.licences import licence_in_words
from monitor.i18n import day, number, text
from monitor.read import filter_labels
from monitor.read.pictures import (
    agreement_cells,
    answer_matrix,
    department_map,
    effort_dots,
    group_curves,
    group_matrix,
    group_points,
    half_year_bars,
    incidence_curves,
    knowledge_bars,
    mandate_lines,
    measure_bars,
    month_bars,
    official_matrix,
    place_curves,
    revision_lines,
    sample_line,
    time_line,
    transition_cells,
    what_if_bars,
)
from monitor.read.selection import View

PICTURES = {
    one.PICTURE.name: one.PICTURE
    for one in (
        measure_bars,
        department_map,
        official_matrix,
        answer_matrix,
        group_matrix,
        time_line,
        month_bars,
        incidence_curves,
        place_curves,
        half_year_bars,
        transition_cells,
        revision_lines,
        effort_dots,
        group_curves,
        knowledge_bars,
        what_if_bars,
        group_points,
        mandate_lines,
        sample_line,
        agreement_cells,
    )
}


def view_of_chart(view: View, name: str) -> View:
    """The view less the filters that a chart does not follow, on the day that it is about: nothing may
    say that it follows others."""
    picture = PICTURES[name]
    return replace(view.without(*picture.ignores), day=picture.day_of(view))


def chart_address(view: View, name: str, own: str = "", form: str = "") -> str:
    """The address of a chart in this view, or that of its figures as a file (`form`)."""
    query = view_of_chart(view, name).canonical() | ({PICTURES[name].own: own} if own else {})
    return f"/graphique/{quote(name)}{f'.{form}' if form else ''}?{urlencode(query)}"


def chart_title(view: View, name: str, own: str = "") -> str:
    """What the chart counts, by what, and as of when."""
    picture = PICTURES[name]
    by = picture.own_words(view, own or next(iter(picture.choices), ""))
    measures = number(len(view.kept_titles), view.lang)
    when = day(view.day, view.lang)
    return view.text(picture.title(view), day=when, group=by, n=measures)


def chart_key(view: View, name: str) -> str:
    """How to read the chart, in words; "" where it needs none."""
    message = PICTURES[name].key(view)
    return view.text(message) if message else ""


def chart_words(view: View, name: str) -> list[str]:
    """What stands below a picture: what stands for what in it, and how to read it."""
    return [each for each in (PICTURES[name].names(view), chart_key(view, name)) if each]


def standalone_chart(view: View, name: str, own: str, source: str) -> Figure | None:
    """The chart with its title, the day, the filters, the source, the licence and the head of the log
    inside the picture; None where nothing is drawn. `source`: the address to cite."""
    view = view_of_chart(view, name)
    figure = PICTURES[name].draw(view, own, False)
    if figure is None or figure.sentence:
        return None
    in_words = filter_labels.filters_in_words(view) or [text("filter.none", view.lang)]
    notes = [
        *chart_words(view, name),
        text(
            "chart.about",
            view.lang,
            pact=view.pact.title,
            day=day(view.day, view.lang),
            filters=text("sentence.semicolon", view.lang).join(in_words),
        ),
        text(
            "chart.source",
            view.lang,
            source=source,
            licence=licence_in_words(view.pact.licence, view.lang),
            seq=number(view.snapshot.seq, view.lang),
            hash=view.snapshot.short_hash,
        ),
    ]
    picture = PICTURES[name]
    when = day(view.day, view.lang)
    return caption_figure(
        figure,
        # A day is not parted at the end of a line.
        chart_title(view, name, own).replace(when, when.replace(" ", "\u00a0")),
        notes,
        view.lang,
        picture.coloured(view),
        picture.absent(view),
        picture.sentence(view, own),
        view.state.wording,
    )
