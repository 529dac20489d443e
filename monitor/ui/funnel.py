"""Groups beside the whole, and what chance alone would make of them."""

import pandas as pd

from monitor.export.fields import column_heading
from monitor.i18n import number
from monitor.read import chart_data
from monitor.read.cache import per_view
from monitor.read.chart_registry import PICTURES
from monitor.read.funnel import draws_funnel, group_funnel
from monitor.read.pictures.group_points import parts_of
from monitor.read.selection import View
from monitor.shares import exact_percent
from monitor.ui import figure_tables, figures
from monitor.ui.address import page_part
from monitor.ui.page_run import t

NAME = "hasard"


@page_part
def show_funnel(view: View) -> None:
    """Groups beside the whole, and the limits of chance; nothing where too few can be compared."""
    view, picture = view.of_every_status, PICTURES[NAME]
    words = {
        own: t(f"funnel_choice.{own}")
        for own in picture.choices
        if draws_funnel(view, parts_of(own)[0])
    }
    if not words:
        return
    own = figures.show_chosen_chart(NAME, view, t("funnel.choose"), words)
    with figures.fold_part(t("funnel.table"), "_funnel_table") as wanted:
        if wanted:
            figures.show_table(_texts(view, own))


@per_view
def _texts(view: View, own: str) -> figures.Texts:
    """In the order of every list, with the difference in commitments."""
    by, alike = parts_of(own)
    table, lang = group_funnel(view, by, alike).table, view.lang
    labels = chart_data.group_labels(view, by)
    columns = {figure_tables.group_heading(by): [labels.get(code, code) for code in table["group"]]}
    for name in ("assessed", "implemented"):
        columns[column_heading(name, lang)] = [number(count, lang) for count in table[name]]
    columns[column_heading("expected", lang)] = [number(n, lang, 1) for n in table["expected"]]
    apart = table["implemented"] - table["expected"]
    columns[t("funnel.apart")] = [number(count, lang, 1) for count in apart]
    columns[column_heading("rate", lang)] = [exact_percent(share, lang) for share in table["rate"]]
    columns[column_heading("outside", lang)] = [t(f"outside.{n}") for n in table["outside"]]
    return figures.table_texts(pd.DataFrame(columns))
