"""What there is to do: replies to publish, what nobody has looked at, what is stale, what is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

import numpy as np
import pandas as pd
import streamlit as st

from monitor import commands, queries
from monitor.commands.replying import DAYS_TO_PUBLISH
from monitor.errors import MonitorError
from monitor.i18n import day, partial_day, plural
from monitor.models import Kind, Status, Way
from monitor.queries.notices import WaitingEntry, waiting_entries
from monitor.queries.waiting_replies import open_requests
from monitor.read import chart_data, current_log
from monitor.read.cache import per_state, per_view
from monitor.read.entry_text import entry_number
from monitor.read.known_days import day_as_known
from monitor.read.labels import measure_title
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.snapshot import log_today
from monitor.table_rows import CommitmentRow, read_rows
from monitor.ui import buttons, frame, paging, viewer
from monitor.ui.address import write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.sentences import place_in_words
from monitor.ui.team import detail, form, my_entries, unconfirmed

#: Lines of each list.
SHOWN = 15
SOON = timedelta(days=90)
#: Nothing more is expected of these.
SETTLED = [status for status in Status if status.final]


def show_worklist(view: View, account: str) -> None:
    """What there is to do in this pact for that account, a list for each kind of work."""
    frame.show_filters(view, "region", "departement", "theme", "mesure", "statut")
    empty = [] if _replies(view, account) else [plural("work.replies", 0, view.lang)]
    with current_log.store().reading() as database:
        waits = waiting_entries(database, view.log.pact.id)
    if waits:
        st.info(plural("work.waiting", len(waits), view.lang), icon=":material/hourglass_top:")
    unconfirmed.show_unconfirmed(view)
    for name, rows in _lists(view).items():
        title = plural(f"work.{name}", len(rows), view.lang)
        if rows.empty:
            empty.append(title)
            continue
        st.header(title)
        own = name == "unseen" and len(rows) > SHOWN
        st.caption(t(f"work.{name}_help") + (f" {t('work.own_start')}" if own else ""))
        shown = paging.page_of(len(rows), SHOWN, f"page_{name}")
        start = crc32(account.encode()) if own else 0
        for line in _lines(view, name, shown.start, shown.stop, start):
            _show(view, account, name, line, waits.get(line.commitment))
    if not _dead(view):
        empty.append(plural("work.dead", 0, view.lang))
    if empty:
        st.caption(t("work.nothing", lists=" · ".join(empty)))


def _dead(view: View) -> int:
    """Entries that rest on a dead page of which no copy is known: how many."""
    count = len(_dead_sources(view)[0])
    if not count:
        return 0
    st.header(plural("work.dead", count, view.lang))
    st.caption(t("work.dead_help"))
    shown = paging.page_of(count, SHOWN, "page_dead")
    for seq, line in _dead_lines(view, shown.start, shown.stop):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.markdown(line)
        buttons.button(
            t("work.rectify"),
            at=right,
            key=f"_rectify_{seq}",
            on_click=write_address,
            kwargs={"vue": None, "corrige": str(seq)},
        )
    return count


@per_view
def _dead_sources(view: View) -> tuple[np.ndarray, np.ndarray]:
    """(seqs, commitments) of those about the commitments of the view."""
    found = _on_dead_sources(view.state.now)
    about = view.log.actions.commitment[np.searchsorted(view.log.actions.seq, found)]
    kept = np.isin(about, view.commitments["commitment"])
    return found[kept], about[kept]


@per_view
def _dead_lines(view: View, first: int, last: int) -> list[tuple[int, str]]:
    """What some of them say."""
    seqs, about = (part[first:last] for part in _dead_sources(view))
    table = view.commitments
    at = pd.Index(table["commitment"]).get_indexer(about)
    rows = dict(zip(seqs.tolist(), read_rows(CommitmentRow, table, at), strict=True))
    with current_log.store().reading() as database:
        texts = queries.published_entries(database, list(rows), view.snapshot.seq)
    lines = []
    for entry in texts:
        row = rows[entry.seq]
        parts = [
            f"{place_in_words(row)} · {md(measure_title(view, row.measure))}",
            entry_number(entry.seq, view.lang).text,
            md(" · ".join(filter(None, (entry.source_title, entry.source_publisher)))),
        ]
        if entry.checked_on:  # not if the log has gone on since the view was made
            when = partial_day(entry.checked_on, view.lang)
            parts.append("**{}**".format(t("work.dead_on", day=when)))
        lines.append((entry.seq, " · ".join(filter(None, parts))))
    return lines


@per_state
def _on_dead_sources(state: PactState) -> np.ndarray:
    """The seqs of the public entries that still count and rest on a dead page without a copy."""
    with current_log.store().reading() as database:
        found = np.array(queries.entries_with_dead_sources(database), dtype=np.int64)
    return found[np.isin(found, state.current_entries)]


@per_view
def _lists(view: View) -> dict[str, pd.DataFrame]:
    """Binding commitments of the view by what they wait for, each list in the order to take."""
    table = view.commitments
    table = table[table["binding"] & ~table["status"].isin(SETTLED)]
    now = pd.Timestamp(log_today())
    unseen = table["status"] == Status.NOT_ASSESSED
    soon = (table["due_on"] >= now) & (table["due_on"] <= now + SOON)
    return {
        "unseen": _by_due_day(view, table[unseen]),
        "stale": table[~unseen].sort_values("last_on"),
        "soon": table[soon].sort_values("due_on"),
    }


def _by_due_day(view: View, table: pd.DataFrame) -> pd.DataFrame:
    by_city = chart_data.sort_keys(view, table, "commune_name")
    return table.take(np.lexsort((by_city, table["due_on"].to_numpy())))


@dataclass(frozen=True)
class _Line:
    """A commitment in words, and what the form needs to begin on it."""

    commitment: int
    signatory_id: str
    measure: str
    words: str


@per_view
def _lines(view: View, name: str, first: int, last: int, start: int) -> list[_Line]:
    """Some rows of a list in words. `start`: where it begins for its reader, of what is due on the same
    day: else all who read the list would take the same line."""
    table = _lists(view)[name]
    table = table.iloc[
        rotate_days(table["due_on"], first, last, start) if start else slice(first, last)
    ]
    rows = read_rows(CommitmentRow, table)
    found = []
    for row in rows:
        parts = [f"{place_in_words(row)} · {md(measure_title(view, row.measure))}"]
        if name != "unseen":
            parts.append(detail.status_words(view, row))
        if name != "stale":
            if row.due_on:
                parts.append(t("city.due", day=day(row.due_on, view.lang)))
        elif row.last_on and len(seqs := view.day_state.seqs_about(np.array([row.Index]))):
            known = day_as_known(view.log.actions, row.last_on.date(), int(seqs[0]))
            parts.append(t("work.last_on", day=partial_day(known, view.lang)))
        found.append(_Line(row.commitment, row.signatory_id, str(row.measure), " · ".join(parts)))
    return found


def rotate_days(due_on: pd.Series, first: int, last: int, start: int) -> np.ndarray:
    """The rows at the places `first` to `last` of a list in order of `due_on`, each day's rows turned by
    `start`."""
    days = due_on.to_numpy()
    at = np.arange(first, min(last, len(days)))
    begins = np.searchsorted(days, days[at], side="left")
    ends = np.searchsorted(days, days[at], side="right")
    return begins + (at - begins + start) % (ends - begins)


def _show(view: View, account: str, name: str, line: _Line, waits: WaitingEntry | None) -> None:
    """A line of a list; `waits`: what was written about it and nobody has reviewed yet."""
    left, right = st.columns([5, 1], vertical_alignment="center")
    mark = ""
    if waits:
        key = "work.waits_yours" if waits.author == account else "work.waits"
        label = t(key, seq=waits.seq, author=md(waits.author))
        mark = f"  \n:orange-badge[{label}]"
    left.markdown(line.words + mark)
    buttons.button(
        t("work.log"),
        at=right,
        key=f"_log_{name}_{line.commitment}",
        on_click=begin_entry_about,
        args=(view, account, line.signatory_id, line.measure),
    )


def begin_entry_about(
    view: View, account: str, signatory_id: str, measure: str, kind: Kind = Kind.ASSESSMENT
) -> None:
    """From a callback: the form on that commitment."""
    form.begin_form(view, account, signatory_id=signatory_id, measure=str(measure), kind=kind.value)


def _replies(view: View, account: str) -> int:
    """Rights of reply that no published reply has followed, and the clock of those claimed: how many."""
    with current_log.store().reading() as database:
        waiting = open_requests(database, view.log.pact.id)
    if not waiting:
        return 0
    st.header(plural("work.replies", len(waiting), view.lang))
    st.caption(t("work.replies_help", days=DAYS_TO_PUBLISH))
    people = view.day_state.read_people(row[1] for row in waiting)
    for seq, signatory_id, measure, way, asked_on in waiting:
        who = people.get(signatory_id)
        where = place_in_words(who) if who is not None else md(signatory_id)
        asked = date.fromisoformat(asked_on)
        way_in_words = t(f"reply.{way}", day=day(asked, view.lang))
        line = f"{where} · {md(measure_title(view, measure))} · {way_in_words}"
        if way == Way.CLAIMED:
            st.warning(f"{line} · **{time_left(asked, view)}**")
        else:
            st.markdown(line)
        if who is None:
            st.caption(detail.why_absent(view, signatory_id))
        log, drop, _ = st.columns([1, 1, 3])
        buttons.button(
            t("work.log_reply"),
            at=log,
            key=f"_reply_{seq}",
            on_click=begin_entry_about,
            args=(view, account, signatory_id, measure, Kind.REPLY),
            icon=":material/edit:",
        )
        buttons.button(
            t("work.drop"),
            at=drop,
            key=f"_drop_{seq}",
            on_click=_drop,
            help=t("work.drop_help"),
            args=(view, seq, signatory_id, measure),
            type="tertiary",
        )
        my_entries.show_notice(seq)
    return len(waiting)


def _drop(view: View, seq: int, signatory_id: str, measure: str) -> None:
    """From a callback: what was noted was noted by mistake."""
    try:
        commands.request_reply(
            current_log.store(),
            viewer.presented_bearer(),
            view.log.pact.id,
            signatory_id,
            measure,
            Way.DROPPED,
            log_today(),
        )
    except MonitorError as error:
        my_entries.set_error(seq, error)


def time_left(asked: date, view: View) -> str:
    """How long is left to publish a claimed reply."""
    left = (asked + timedelta(days=DAYS_TO_PUBLISH) - log_today()).days
    if left < 0:
        return plural("work.late", -left, view.lang)
    return plural("work.left", left, view.lang)
