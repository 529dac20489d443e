"""Files of the view: commitments, actions, indicators; each in every form."""

from urllib.parse import urlsplit

import streamlit as st

from monitor.errors import DatabaseUnreachable
from monitor.export import FORMS
from monitor.export.analysis_fields import ANALYSES
from monitor.export.fields import describe_column
from monitor.export.forms import form_words
from monitor.i18n import plural
from monitor.log import FACT_COLUMNS
from monitor.models import GroupBy
from monitor.read import chart_data, current_log, files, log_entries
from monitor.read.cache import per_view
from monitor.read.sample import sample_plans
from monitor.read.selection import View
from monitor.settings import public_url
from monitor.tables import INDICATOR_COLUMNS, STATUS_COLUMNS
from monitor.ui import figures, outage
from monitor.ui.address import page_part
from monitor.ui.markdown import link, md
from monitor.ui.page_run import t

COLUMNS = {
    "commitments": (*STATUS_COLUMNS, "binding", "due_on", "reply_on", "reply"),
    "actions": (
        "action_id",
        "happened_on",
        "kind",
        "supersedes",
        "stands",
        "seq",
        "recorded_at",
        "reply_on",
        "reply",
    ),
    "indicators": (*INDICATOR_COLUMNS,),
    **{table: tuple(field.name for field in columns) for table, columns in ANALYSES.items()},
    "view": ("pact", "filters", "as_of", "known_at", "log_head", "licence"),
}


def show_downloads(view: View) -> None:
    """What can be downloaded of this view, a table at a time, with how many rows each has."""
    table = view.commitments
    seqs = log_entries.entry_seqs(view, True)
    _heading("data.commitments", view.plural("data.commitments_help", len(table)))
    _links(view, "commitments")
    _heading("data.actions", plural("data.actions_help", len(seqs), view.lang))
    _links(view, "actions")
    for file in FACT_COLUMNS:
        if len(getattr(view.known, file)):
            _heading(f"data.{file}", t(f"data.{file}_help"))
            _links(view, file)
    st.header(t("data.indicators"))
    words = {None: t("data.all"), **{group: t(f"group_by.{group}") for group in _groupings(view)}}
    first, second = st.columns(2)
    by = first.selectbox(t("data.by"), list(words), format_func=words.__getitem__)
    others = [group for group in words if group is None or group != by]
    within = words | {None: t("data.by_no_more")}
    # Not before there is a first: the framework writes the label of what is disabled too pale to read.
    then = by and second.selectbox(t("data.by_then"), others, format_func=within.__getitem__)
    _links(view, "indicators", [group for group in (by, then) if group])
    for table in _analyses(view):
        _heading(f"data.{table}", t(f"data.{table}_help"))
        _links(view, table)
    _heading("data.record", f"{t('data.record_help')}\n\n{_record_links(view)}")


def _analyses(view: View) -> list[str]:
    """Those that say anything of the pact: places beside the whole where there are several, what was
    drawn at random where anything was planned."""
    places = any(chart_data.has_several_groups(view, by) for by in ("region", "department"))
    try:
        planned = bool(sample_plans(view.state))
    except DatabaseUnreachable:  # what cannot be read is not offered meanwhile
        planned = False
    drawn = [name for name in ANALYSES if name.startswith(("sample", "agreement"))]
    absent = {*(() if places else ("groups",)), *(() if planned else drawn)}
    return [table for table in ANALYSES if table not in absent]


def _groupings(view: View) -> list[GroupBy]:
    """Measures, and whatever else tells commitments of the pact apart."""
    return [
        group
        for group in GroupBy
        if group is GroupBy.MEASURE or chart_data.has_several_groups(view, group)
    ]


def show_addresses(view: View) -> None:
    """The feed, and where a program reads what all these addresses answer."""
    _heading("data.programs", t("data.programs_help"))
    st.code(_with_host(files.feed_address(view)), language=None, wrap_lines=True)
    described = f"{files.DESCRIPTION}?lang={view.lang}"
    st.link_button(t("data.openapi"), described, icon=":material/api:")


def _heading(key: str, words: str) -> None:
    st.markdown(f"## {t(key)}\n\n{words}")


@page_part
def show_dictionary(view: View) -> None:
    """What each column holds, in words, a file at a time: all of them are longer than a page."""
    st.header(t("data.dictionary"))
    with figures.fold_part(t("data.dictionary_help"), "_dictionary") as wanted:
        if wanted:
            words = {file: t(f"data.{file}") for file in COLUMNS}
            file = st.selectbox(t("data.of_file"), list(words), format_func=words.__getitem__)
            figures.show_words(_dictionary(view, file), "dictionnaire")


@per_view
def _dictionary(view: View, file: str) -> figures.Texts:
    rows = [
        (f"`{name}`", md(describe_column(file, name, view.lang, **view.state.wording)))
        for name in COLUMNS[file]
    ]
    words = [t(f"data.{name}") for name in ("column", "meaning")]
    return figures.markdown_table(dict(zip(words, zip(*rows, strict=True), strict=True)))


def _links(view: View, table: str, by: files.Grouping = None) -> None:
    """The table in each form: a link that a person follows, an address that a program reads. The page
    makes no file."""
    if files.TABLES[table].texts and current_log.outage():
        outage.show_no_texts()
        return
    with st.container(horizontal=True):
        for form in FORMS:
            st.link_button(
                form_words(form, view.lang),
                files.table_address(view, table, form, by),
                icon=":material/download:",
            )
    address = _with_host(files.table_address(view, table, "csv", by))
    st.code(address, language=None, wrap_lines=True)


def _record_links(view: View) -> str:
    """What the figures are counted from: a line a table, with a link a form."""
    lines = []
    for table in files.RECORD:
        addresses = {form: files.table_address(view, table, form) for form in FORMS}
        links = ", ".join(link(form_words(form, view.lang), to) for form, to in addresses.items())
        lines.append(f"- {t('data.record_line', table=t(f'data.{table}'), links=links)}")
    return "\n".join(lines)


def _with_host(address: str) -> str:
    """The whole address, as the public writes it."""
    here = urlsplit(st.context.url or "")
    own = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return (public_url() or own) + address
