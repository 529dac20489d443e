"""What changed last: one line a change of status, with its source."""

from datetime import date

import numpy as np
import pandas as pd
import streamlit as st

from monitor.dates import date_of_day, day_number
from monitor.i18n import day, partial_day, plural
from monitor.models import Status
from monitor.read import log_entries
from monitor.read.between_days import Change, changes_between, sums_in_words
from monitor.read.cache import per_filter, per_view
from monitor.read.known_days import day_as_known
from monitor.read.labels import measure_title, status_label
from monitor.read.query import earlier_day
from monitor.read.selection import View
from monitor.table_rows import ChangeRow, StatusRow, StepRow, read_rows
from monitor.ui import entries, outage, paging, reply_lines
from monitor.ui.address import page_part, write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.sentences import day_of_view, linked_place

STATUSES = list(Status)
#: Changes that the first page lists; and those since a day, on one page of them.
LATEST, SINCE = 5, 30


@page_part
def show_latest(view: View) -> None:
    """The last changes; or, once a day is chosen, all that is not what it was on that day."""
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    since = choose_since(view, right)
    if since is None:
        left.header(t("changes.title"))
        show_recent_changes(view, LATEST)
        return
    left.header(t("changes.since_title", since=day(since, view.lang), day=day_of_view(view)))
    _show_since(view, since)


def choose_since(view: View, place) -> date | None:
    """The day to compare with, kept in the address as `depuis`; None when none is asked for."""
    key, asked = "_depuis", st.query_params.get("depuis")
    since = st.session_state[key] = earlier_day(asked, view)
    if asked and since is None:
        st.warning(t("frame.unknown_day", name="depuis", value=md(asked[:80])))
    start = view.pact.term_start
    place.date_input(
        t("changes.since"),
        key=key,
        format="DD/MM/YYYY",
        min_value=min(start, since or start),
        max_value=view.day if view.day > start else None,
        on_change=lambda: write_address(
            depuis=st.session_state[key] and st.session_state[key].isoformat(),
            page_changements=None,
        ),
    )
    return since


def _show_since(view: View, since: date) -> None:
    found = changes_between(view, since)
    st.markdown(plural("changes.count", len(found), view.lang))
    if not len(found):
        return
    st.markdown(sums_in_words(found, view.lang))
    page = paging.page_of(len(found), SINCE, name="page_changements")
    st.markdown("\n\n".join(_changed(view, since, page.start)))


@per_view
def _changed(view: View, since: date, start: int) -> list[str]:
    """One page of what is not what it was on a day, in words."""
    some = changes_between(view, since).iloc[start : start + SINCE]
    texts = {
        entry.seq: entry for entry in log_entries.read_entries(view, some["said_by"].to_list())
    }
    return [_compared(view, row, texts.get(row.said_by)) for row in read_rows(ChangeRow, some)]


def _compared(view: View, row: ChangeRow, entry: log_entries.LogEntry | None) -> str:
    """One difference; what binds since, or no longer, has no day and no entry of its own."""
    before, after = (status_label(status, view.lang) for status in (row.before, row.status))
    if row.change == Change.ENTERED:
        return _line(view, row, t("changes.unbound"), after, None, None)
    if row.change == Change.LEFT:
        return _line(view, row, before, t("changes.unbound"), None, None)
    return _line(view, row, before, after, entry, row.since and row.since.date())


def _line(
    view: View,
    row: ChangeRow | StatusRow,
    before: str,
    after: str,
    entry: log_entries.LogEntry | None,
    on: date | None,
) -> str:
    """One change: when it has a day, where, what, from what to what; and the entry that says so."""
    words = t(
        "changes.line",
        place=linked_place(view, row),
        measure=md(measure_title(view, row.measure)),
        before=before,
        after=after,
    )
    if on:
        when = partial_day(day_as_known(view.log.actions, on, entry.seq if entry else 0), view.lang)
        words = f"{when} · {words}"
    if entry is None:
        return words
    return f"{words}  \n{entries.evidence_in_words(view, entry)}"


@outage.guard_texts()
def show_recent_changes(view: View, count: int) -> None:
    """The last changes of the kept commitments by the day of the view, each with its entry."""
    lines = _lines(view, count)
    if not lines:
        st.info(t("changes.none"))
        return
    st.markdown("\n\n".join(lines))


@per_view
def _lines(view: View, count: int) -> list[str]:
    last = _last(view, count)
    if last.empty:
        return []
    about = read_rows(StatusRow, view.everything, last["row"].to_numpy())
    lines = []
    with log_entries.open_texts():
        found = log_entries.read_entries(view, last["seq"].to_list())
        replies = reply_lines.replies_by_entry(view, found)
    texts = {entry.seq: entry for entry in found}
    for change, commitment in zip(read_rows(StepRow, last), about, strict=True):
        before, after = (
            status_label(STATUSES[code], view.lang) for code in (change.before, change.after)
        )
        entry = texts.get(change.seq)
        lines.append(_line(view, commitment, before, after, entry, date_of_day(change.day)))
        if change.seq in replies:
            lines[-1] += f"  \n{replies[change.seq]}"
    return lines


@per_filter
def _last(view: View, count: int) -> pd.DataFrame:
    """The last rows of `status.status_changes` that are news by the day of the view, newest first; with
    filters, those about the commitments that bind and are kept."""
    table = view.state.news
    end = int(np.searchsorted(table["day"].to_numpy(), day_number(view.day), side="right"))
    if view.rows is None:
        return table.iloc[max(0, end - count) : end].iloc[::-1]
    kept, rows = view.is_bound, table["row"].to_numpy()
    found, begin, step = np.array([], dtype=np.int64), end, 1_000
    while begin > 0 and len(found) < count:
        begin, before = max(0, begin - step), begin
        found = np.concatenate([begin + np.flatnonzero(kept[rows[begin:before]]), found])
        step *= 4
    return table.take(found[-count:][::-1])
