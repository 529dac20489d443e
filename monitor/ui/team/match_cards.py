"""A signatory and somebody of a register side by side: the same person, or not."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from monitor import commands
from monitor.errors import MonitorError
from monitor.i18n import day, plural, since_day, time_span
from monitor.matching.matches import Judgement, Match, Proposal
from monitor.matching.name_levels import Level
from monitor.matching.tables import loadable_signatories
from monitor.models import Office, Outcome
from monitor.read import current_log
from monitor.read.selection import View
from monitor.table_rows import ProposedRow, read_rows
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import conflicts, my_entries

#: Where what could not be done is said.
HERE = -6
#: The signatories that were put off, last of the list.
_LATER = "_match_later"
#: Judged pairs that are shown.
SHOWN = 50


def show_next(view: View, found: Sequence[Proposal], table: pd.DataFrame) -> None:
    """The first that was not put off, and what to say of it."""
    later: list[str] = st.session_state.get(_LATER, [])
    order = {name: place for place, name in enumerate(later, start=1)}
    one = min(found, key=lambda one: order.get(one.signatory.id, 0))
    shown = _open_match(one)
    rows = table[table["signatory_id"] == one.signatory.id]
    with st.container(border=True, key="rapprochement_carte"):
        _show_pair(view, one, shown, rows)
        _show_answers(view, one, shown, len(found) > 1)


def _show_pair(view: View, one: Proposal, match: Match | None, rows: pd.DataFrame) -> None:
    place = conflicts.commune_in_words(view, one.signatory.commune)
    left, right = st.columns(2)
    left.caption(t("match.signatory"))
    left.markdown(f"**{md(one.signatory.name)}**  \n{place}")
    on = day((match or one.matches[0]).register.day, view.lang)
    right.caption(t("match.in_register", day=on))
    person = match.person if match else None
    if person is None:
        right.markdown(t("match.nobody"))
    else:
        since = person.started_on.isoformat() if person.started_on else None
        held = t("match.mayor")
        if since:
            held = f"{t('office.mayor')} {since_day(since, view.lang)}"
        right.markdown(f"**{md(person.name)}**  \n{held}")
        if person.disputed:
            right.caption(t("match.disputed"))
    known, said_now = rows[["outcome_in_log", "outcome"]].iloc[0]
    if one.level is not Level.NONE and known == Outcome.DEFEATED:
        st.warning(t("match.against_log"))
    elif one.mandates and known == Outcome.ELECTED and said_now != Outcome.ELECTED:
        st.warning(t("match.only_later"))
    if one.level in (Level.CERTAIN, Level.PROBABLE) and (phrases := written_in_words(view, rows)):
        st.markdown(t("match.would_write", said=t("sentence.semicolon").join(phrases)))


def _show_answers(view: View, one: Proposal, match: Match | None, others: bool) -> None:
    name = one.signatory.id
    with st.container(horizontal=True):
        if match is not None and one.level is Level.NONE:
            _answer(view, match, Judgement.DEFEATED, "defeated", ":material/close:")
            _answer(view, match, Judgement.OTHER, "not_defeated", ":material/help:")
        elif match is not None:
            _answer(view, match, Judgement.SAME, "same", ":material/check:")
            _answer(view, match, Judgement.OTHER, "other", ":material/close:")
        if others:
            buttons.button(
                t("match.later"),
                key=f"_match_later_{name}",
                on_click=_put_off,
                args=(name,),
                type="tertiary",
            )


def maybe_defeated(found: Sequence[Proposal], table: pd.DataFrame) -> list[Proposal]:
    """Of whom the states say that another was elected, and the log says nothing."""
    known = (Outcome.ELECTED, Outcome.DEFEATED)
    names = set(table.loc[~table["outcome_in_log"].isin(known), "signatory_id"])
    return [one for one in found if one.outcome is Outcome.DEFEATED and one.signatory.id in names]


def show_ticks(view: View, asked: Sequence[Proposal]) -> None:
    """Of each whom they may have lost to, with a box to tick, and one button for all that are ticked."""
    shown = [(one, match) for one in asked[:SHOWN] if (match := _open_match(one)) and match.person]
    with st.form("_match_ticks", border=True):
        for one, match in shown:
            assert match.person is not None  # somebody holds the office whom they may have lost to
            place = conflicts.commune_in_words(view, one.signatory.commune)
            since = match.person.started_on
            other = md(match.person.name)
            if since:
                other = f"{other} {since_day(since.isoformat(), view.lang)}"
            names = {"name": md(one.signatory.name), "place": place, "other": other}
            st.checkbox(t("match.tick_defeated", **names), key=_tick_key(one))
        st.form_submit_button(
            t("match.say_ticked"),
            on_click=_judge_ticked,
            args=(view.pact.id, shown),
            icon=":material/checklist:",
        )
    if (more := len(asked) - SHOWN) > 0:
        st.caption(plural("import.more", more, view.lang))


def _tick_key(one: Proposal) -> str:
    return f"_match_tick_{one.signatory.id}"


def _judge_ticked(pact_id: str, shown: Sequence[tuple[Proposal, Match]]) -> None:
    """From a callback: of those that are ticked alone."""
    pairs = [
        (one.signatory.id, match.person.key, match.register.day)
        for one, match in shown
        if match.person is not None and st.session_state.get(_tick_key(one))
    ]
    if not pairs:
        my_entries.set_notice(HERE, t("match.none_ticked"))
        return
    try:
        commands.judge_matches(
            current_log.store(), viewer.presented_bearer(), pact_id, pairs, Judgement.DEFEATED
        )
    except MonitorError as error:
        my_entries.set_error(HERE, error)


def _open_match(one: Proposal) -> Match | None:
    """The first state of which nobody has said anything yet."""
    return next((match for match in one.shown if not match.judgement), None)


def _answer(view: View, match: Match, judgement: Judgement, words: str, icon: str) -> None:
    name = match.signatory.id
    buttons.button(
        t(f"match.say_{words}"),
        key=f"_match_{judgement}_{name}",
        on_click=_judge,
        args=(view.pact.id, match, judgement),
        icon=icon,
    )


def _judge(pact_id: str, match: Match, judgement: Judgement) -> None:
    assert match.person is not None  # a card without a person has no answers
    try:
        commands.judge_match(
            current_log.store(),
            viewer.presented_bearer(),
            pact_id,
            match.signatory.id,
            match.person.key,
            match.register.day,
            judgement,
        )
    except MonitorError as error:
        my_entries.set_error(HERE, error)


def _put_off(name: str) -> None:
    later = [one for one in st.session_state.get(_LATER, []) if one != name]
    st.session_state[_LATER] = [*later, name]


def show_judged(view: View, found: Sequence[Proposal]) -> None:
    """Who is no longer proposed since a person said so, and the way to take that back."""
    for one in found[:SHOWN]:
        names = dict.fromkeys(
            match.person.name for match in one.matches if match.judgement and match.person
        )
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(
            t(
                "match.refused_line",
                name=md(one.signatory.name),
                place=conflicts.commune_in_words(view, one.signatory.commune),
                others=md(", ".join(names)),
            )
        )
        show_take_back(view, one, right)


def show_take_back(view: View, one: Proposal, at) -> None:
    """The button that takes back what was said of a proposal."""
    buttons.button(
        t("match.take_back"),
        at=at,
        key=f"_match_back_{one.signatory.id}",
        on_click=_take_back,
        args=(view.pact.id, one.signatory.id),
        type="tertiary",
        icon=":material/undo:",
    )


def _take_back(pact_id: str, name: str) -> None:
    try:
        commands.forget_judgements(current_log.store(), viewer.presented_bearer(), pact_id, name)
    except MonitorError as error:
        my_entries.set_error(HERE, error)


def rows_in_words(view: View, found: Sequence[Proposal], table: pd.DataFrame) -> pd.DataFrame:
    """Signatory, place, name in the register, what would be written: a table to read."""
    rows_of = dict(list(table.groupby("signatory_id", sort=False)))
    return pd.DataFrame(
        [
            (
                one.signatory.name,
                conflicts.commune_name(view, one.signatory.commune),
                ", ".join(match.person.name for match in one.shown if match.person),
                t("sentence.semicolon").join(written_in_words(view, rows_of[one.signatory.id])),
            )
            for one in found
        ],
        columns=[t(f"match.{name}") for name in ("signatory", "place", "register", "written")],
    )


def written_in_words(view: View, rows: pd.DataFrame) -> list[str]:
    """What a confirmation would write: the outcome and the mandates that the log does not have."""
    phrases = []
    for outcome in loadable_signatories(rows)["outcome"]:
        phrases.append(t(f"outcome.{outcome}"))
    for row in read_rows(ProposedRow, rows[~rows["in_log"]]):
        if row.started_on is None and row.missing is None:
            continue
        phrases.append(mandate_in_words(view, row))
    return phrases


def mandate_in_words(view: View, row: ProposedRow) -> str:
    """« maire depuis le 5 avril 2014 jusqu’en juillet 2020 (fin du mandat) »."""
    office = t(f"office.{Office.MAYOR}")
    if row.missing == "started_on" or row.started_on is None:
        return t("match.start_missing", office=office)
    if row.missing == "ended_on":
        since = since_day(row.started_on, view.lang)
        return t("match.end_missing", office=f"{office} {since}")
    why = f" ({t(f'end_reason.{row.end_reason}')})" if row.ended_on and row.end_reason else ""
    return f"{office} {time_span(row.started_on, row.ended_on, view.lang)}{why}"
