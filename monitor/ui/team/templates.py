"""Files to fill in: empty but for an example, with what their columns hold."""

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from monitor import tables
from monitor.export.example_rows import example_row, own_examples
from monitor.export.files import pact_as_dict
from monitor.export.pact_workbook import pact_workbook
from monitor.export.workbook_lists import columns_of
from monitor.i18n import Choice
from monitor.intake.part_names import title_of_sheet
from monitor.intake.titles import title_of
from monitor.read.selection import View
from monitor.ui import figures
from monitor.ui.page_run import language, t
from monitor.ui.team import guide

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_templates(view: View, content: str) -> None:
    """The file of a content to fill in, and its columns and codes, folded."""
    stem = title_of_sheet(content, view.lang)
    with st.container(horizontal=True):
        st.download_button(
            t("template.xlsx"),
            data=partial(_sheet, view, content),
            mime=_XLSX,
            file_name=f"{stem}.xlsx",
            key=f"_template_xlsx_{content}",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            t("template.csv"),
            data=partial(_csv, view, content),
            mime="text/csv",
            file_name=f"{stem}.csv",
            key=f"_template_csv_{content}",
            on_click="ignore",
            icon=":material/download:",
        )
    with figures.fold_part(t("template.columns"), f"_template_columns_{content}") as wanted:
        if wanted:
            guide.show_columns(view, content)


def show_pact_template() -> None:
    """The workbook of a whole pact to fill in."""
    st.download_button(
        t("template.pact"),
        data=partial(pact_workbook, language()),
        mime=_XLSX,
        file_name=t("template.pact_name"),
        key="_template_pact",
        on_click="ignore",
        icon=":material/download:",
    )


def _sheet(view: View, content: str) -> bytes:
    """One sheet, with the lists of the pact: its offices; communes, unless it has places of its own."""
    keys = pact_as_dict(view.pact)
    return pact_workbook(
        view.lang,
        keys=keys,
        offices=keys.get("offices", ()),
        own_areas=bool(view.state.wording["areas"]),
        sheets=(content,),
    )


def _csv(view: View, content: str) -> bytes:
    keys, areas = pact_as_dict(view.pact), view.state.wording["areas"]
    own = own_examples(keys, keys.get("offices", ()), bool(areas), view.lang)
    return template_csv(content, view.lang, own, areas=areas)


def template_csv(
    content: str, lang: str, own: Mapping[str, str] | None = None, **words: Choice
) -> bytes:
    """A file to fill in: its titles in words, and its example. `own`, `words`: the examples of the pact,
    and what fits it."""
    example = example_row(content, lang, own)
    titles = {name: title_of(content, name, lang, **words) for name in columns_of(content, lang)}
    row = pd.DataFrame([{title: example.get(name) for name, title in titles.items()}])
    return ("\ufeff" + tables.to_csv(row, delimiter=";")).encode()
