"""The log by pages: one line an entry, a permalink each."""

from contextlib import nullcontext

import numpy as np
import streamlit as st

from monitor.i18n import day, moment, plural
from monitor.models import Kind
from monitor.read import filter_labels, log_entries
from monitor.read.cache import per_view
from monitor.read.entry_text import entry_number, entry_text
from monitor.read.labels import measure_title
from monitor.read.sample_entries import SampleEntry, sample_entries
from monitor.read.selection import View
from monitor.ui import entries, outage, paging, reply_lines, viewer
from monitor.ui.address import page_part, write_address
from monitor.ui.markdown import md, span_to_markdown
from monitor.ui.page_run import page_at, t
from monitor.ui.sentences import linked_place

#: Entries of a page: summaries may be long.
SHOWN = 30


@page_part
@outage.guard_texts()
def show_log(view: View) -> None:
    """Entries of the view, newest first; texts are read for the page alone."""
    with st.container(horizontal=True):
        typed = paging.search_box(t("log.search"), t("log.search_hint"))
        words = {name: t(f"log.by_{name}") for name in ("fait", "journal")}
        order = paging.choose_order("tri", t("log.order"), words)
    with st.spinner(t("log.searching")) if typed else nullcontext():
        seqs = _seqs(view, typed, order)
    if not len(seqs):
        st.info(t(f"log.{'no_match' if typed else 'none_kept' if view.filters else 'empty'}"))
        return
    st.markdown(_counted(view, len(seqs)))
    page = paging.page_of(len(seqs), SHOWN)
    st.markdown(_lines(view, tuple(seqs[page].tolist())))
    if not typed:
        _show_sample_entries(view)


def _show_sample_entries(view: View) -> None:
    """What the log holds of random samples, folded: it is about no commitment."""
    if lines := [_sample_line(view, entry) for entry in sample_entries(view)]:
        with st.expander(plural("log.sample_entries", len(lines), view.lang)):
            st.markdown("\n\n".join(lines))


def _sample_line(view: View, entry: SampleEntry) -> str:
    number = span_to_markdown(view, entry_number(entry.seq, view.lang))
    return f"{number} · {moment(entry.recorded_at, view.lang)} · {md(entry.words)}"


def _counted(view: View, count: int) -> str:
    """How many entries, until when, and of which commitments."""
    sentences = [plural("log.count", count, view.lang)]
    if view.day_state.replies_day > view.day:
        until = day(view.day_state.replies_day, view.lang)
        sentences.append(t("log.until", day=day(view.day, view.lang), replies=until))
    if standing := filter_labels.standing_in_words(view):
        sentences.append(t("log.of_status", status=standing))
    return " ".join(sentences)


@outage.guard_texts()
def show_log_entry(view: View, asked: str) -> None:
    """One entry in full, at its own address."""
    st.button(
        t("log.back"),
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=write_address,
        kwargs={"entree": None},
    )
    seq = log_entries.entry_number_in(asked)
    shown = log_entries.read_entries(view, [seq] if view.state.is_public(seq) else [])
    if not shown and (found := [one for one in sample_entries(view) if one.seq == seq]):
        st.markdown(_sample_line(view, found[0]))
        return
    if not shown:
        st.warning(t("log.no_such_entry", entry=md(asked[:40])))
        return
    where = view.day_state.people_of(entry.signatory_id for entry in shown)
    for entry in shown:
        st.markdown(_heading(view, entry, where))
        whole = entries.whole_entry_in_words(view, entry)
        entries.show_paragraphs([entries.Paragraph(entry.kind == Kind.REPLY, whole)])
        for reply in reply_lines.replies_by_entry(view, shown).values():
            with st.container(border=True):
                st.markdown(reply)
        if viewer.current_account() is not None:
            st.page_link(
                page_at("saisie"),
                label=t("entry.correct"),
                icon=":material/edit:",
                query_params=view.address() | {"corrige": str(entry.seq)},
            )


@per_view
def _seqs(view: View, typed: str, order: str) -> np.ndarray:
    """The entries of the view that hold every word typed, or whose official and city do."""
    seqs = log_entries.entry_seqs(view, order == "journal")
    if not typed:
        return seqs
    found = view.state.search_entries(typed)
    return seqs[np.isin(seqs, found) | np.isin(seqs, log_entries.seqs_of_people(view, typed))]


@per_view
def _lines(view: View, seqs: tuple[int, ...]) -> str:
    """The entries of a page, a paragraph each."""
    with log_entries.open_texts():
        shown = log_entries.read_entries(view, seqs)
        replies = reply_lines.replies_by_entry(view, shown)
    where = view.day_state.people_of(entry.signatory_id for entry in shown)
    return "\n\n".join(_line(view, entry, where, replies.get(int(entry.seq))) for entry in shown)


def _line(view: View, entry, where, reply: str | None) -> str:
    shortened = entries.shorten_entry(entry_text(view, entry))
    words = entries.entry_in_words(view, shortened, _heading(view, entry, where))
    return f"{words}  \n{reply}" if reply else words


def _heading(view: View, entry, where) -> str:
    row = where.get(entry.signatory_id)
    who = linked_place(view, row) if row is not None else md(entry.signatory_id)
    return f"{who} · {md(measure_title(view, entry.measure))}"
