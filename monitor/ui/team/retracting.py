"""A row entered by mistake: found by the name of a person, what goes with it said, retracted."""

from collections.abc import Iterable
from dataclasses import replace

import streamlit as st

from monitor import commands, queries
from monitor.errors import MonitorError
from monitor.queries.requests import RequestKind
from monitor.queries.retracted import (
    RetractableRow,
    Retraction,
    entries_about,
    find_rows,
    list_retractions,
)
from monitor.read import current_log
from monitor.read.selection import View
from monitor.schema import KEYS
from monitor.table_rows import PersonRow, read_rows
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import consequences, court, detail, find_signatory, my_entries, requests
from monitor.ui.team.row_words import row_values, row_values_in_markdown

#: Where what went wrong is said.
HERE = -5
_SURE, _REASON = "_retract_sure", "_retract_reason"


def show_retraction(view: View) -> None:
    """The way to retract somebody, or a row about them, of the log as it is now; what was retracted."""
    view = replace(view, state=view.state.now)
    st.header(t("retract.title"), divider="gray")
    st.markdown(t("retract.intro"))
    requests.show_rule(view)
    requests.show_asked(view, RequestKind.ROW_WITHDRAWAL)
    _choose(view)
    _past(view)


def _choose(view: View) -> None:
    typed = st.text_input(
        t("write.search"),
        key="_retract_search",
        live="300ms",
        type="search",
        placeholder=t("write.search_hint"),
        on_change=_another,
    )
    if not typed:
        return
    people = view.everybody.iloc[
        find_signatory.matching_people(view, typed)[: find_signatory.FOUND]
    ]
    if not len(people):
        st.info(t("write.nobody"))
        return
    names = {
        one.signatory_id: f"{one.name} — {one.commune_name} ({one.signatory_id})"
        for one in read_rows(PersonRow, people)
    }
    chosen = st.selectbox(
        t("retract.who"),
        list(names),
        index=0 if len(names) == 1 else None,
        format_func=names.__getitem__,
        placeholder=t("import.column_unknown"),
        filter_mode="contains",
        key="_retract_who",
        on_change=_another,
    )
    if chosen is None:
        return
    rows, labels = _rows_about(view, chosen)
    what = st.selectbox(
        t("retract.what"),
        list(rows),
        format_func=labels.__getitem__,
        filter_mode="contains",
        key=f"_retract_what_{chosen}",
        on_change=_another,
    )
    row = rows[what]
    _foretell(view, row)
    st.text_input(t("write.reason_withdraw"), key=_REASON, live="300ms", persist_state="session")
    ordered = court.ask_court_order("retract")
    my_entries.show_notice(HERE)
    st.checkbox(t("retract.sure"), key=_SURE)
    buttons.button(
        t("retract.do" if ordered else "request.ask_retraction"),
        key="_retract_do",
        on_click=_retract,
        args=(row,),
        disabled=not st.session_state[_SURE],
    )


def _rows_about(view: View, signatory_id: str) -> tuple[dict[str, RetractableRow], dict[str, str]]:
    """What can be retracted of somebody, by a code of its own, and in words: the signatory first, with
    all the rest."""
    known = view.known
    tables = (known.signatories, known.mandates, known.answers, known.details)
    own = [table[table["signatory_id"] == signatory_id] for table in tables]
    answers = dict(zip(own[2]["seq"], own[2]["answer"], strict=True))
    with current_log.store().reading() as database:
        entries = entries_about(database, view.log.pact.id, signatory_id)
        cited = known.sources["seq"][known.sources["action_id"].isin(entries)].tolist()
        sources = dict(zip(cited, queries.rows_at(database, "sources", cited), strict=True))
        seqs = [seq for table in own for seq in table["seq"].tolist()] + cited
        found = find_rows(database, dict.fromkeys(seqs))
    rows, labels = {}, {}
    for seq in seqs:
        row = found[seq]
        values = row_values(view.pact, row, view.lang)
        code = "" if row.content == "signatories" else " ".join([row.content, *row.key[1:]])
        if row.content == "answers":
            values["answer"] = t(f"answer.{answers[seq]}")
        elif row.content == "sources":
            code = " ".join([row.content, *row.key])
            values["title"] = sources[seq].source_title or sources[seq].source_url or "–"
        rows[code] = row
        labels[code] = t(f"retract.{row.subject}", **values)
    return rows, labels


def _foretell(view: View, row: RetractableRow) -> None:
    """What would be withdrawn with it, and how to undo that."""
    with current_log.store().reading() as database:
        taken = commands.entries_taken(database, row.content, row.pact_id, row.key)
    st.markdown(
        consequences.consequences_in_words(view.snapshot, row.pact_id, taken, view.day, view.lang)
    )
    st.caption(t(f"cli.load_again_{row.content}"))


def _past(view: View) -> None:
    """What was retracted, newest first: what, when, by whom, why, and whether it was loaded again."""
    with current_log.store().reading() as database:
        found = list_retractions(database, view.log.pact.id)
    if not found:
        return
    st.subheader(t("retract.past"))
    areas, standing = view.log.areas["name"], _standing(view, {one.row.content for one in found})
    for one in found:
        place = str(areas.get(one.row.commune, one.row.commune))
        with st.container(border=True):
            st.markdown(
                "  \n".join(_lines(view, one, place, one.row.key in standing[one.row.content]))
            )


def _standing(view: View, files: Iterable[str]) -> dict[str, set[tuple]]:
    """What identifies each row of these files that counts now."""
    return {
        file: set(getattr(view.known, file)[list(KEYS[file])].itertuples(index=False, name=None))
        for file in files
    }


def _lines(view: View, one: Retraction, place: str, back: bool) -> list[str]:
    row, when = one.row, detail.recorded_in_words(one.recorded_at, view)
    what = t(f"retract.one_{row.subject}", **row_values_in_markdown(view.pact, row, view.lang))
    badge = f" :green-badge[{t('retract.back')}]" if back else ""
    return [
        f"**{md(place)} · {md(row.name or '—')}** ({md(row.signatory_id)}) · {what}{badge}",
        t("retract.line", when=when, by=detail.author_in_words(one.author), seq=one.seq),
        t("retract.why", reason=md(one.reason or "…")),
    ]


def _another() -> None:
    """Another choice: nobody has read yet what goes with it."""
    st.session_state[_SURE] = False


def _retract(row: RetractableRow) -> None:
    reason = st.session_state.get(_REASON) or ""
    order = court.given_court_order("retract")
    try:
        requests.set_asked(
            commands.request_retraction(
                current_log.store(),
                viewer.presented_bearer(),
                row.content,
                row.pact_id,
                row.key,
                reason,
                order=order,
            )
        )
    except MonitorError as error:
        my_entries.set_error(HERE, error)
        return
    court.forget_court_order("retract")
    st.session_state[_REASON] = st.session_state["_retract_search"] = ""
    st.session_state[_SURE] = False
