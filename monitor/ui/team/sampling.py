"""What an admin does about samples: plan one, record what the dice said, give one up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from monitor.commands.samples import abandon_plan, plan_sample, record_seed
from monitor.errors import MonitorError
from monitor.i18n import number
from monitor.models import Role
from monitor.read import current_log
from monitor.read.pact_state import PactState
from monitor.read.sample import draft_plan, sample_plans
from monitor.read.sample_words import margin_in_words, stratum_in_words
from monitor.read.selection import View
from monitor.samples import ALL_ALIKE, EVIDENCE, STRATA, SamplePlan
from monitor.sizes import SIZES
from monitor.snapshot import log_today
from monitor.ui import buttons, figures, viewer
from monitor.ui.page_run import t
from monitor.ui.team import my_entries

#: Where what went wrong is said.
HERE = -8
#: What the form proposes: how many officials, and what counts as lately.
OFFICIALS, FRESH_DAYS = 60, 365
#: The share that two people read.
DOUBLE = 0.2


def show_planning(view: View) -> None:
    """The part of the page that an admin alone has."""
    account = viewer.current_account_if_known()
    if account is None or account.role is not Role.ADMIN or view.known_at is not None:
        return
    plans = [plan for plan in sample_plans(view.state) if not plan.abandoned]
    if not plans and len(view.everybody) == 1:
        return  # the page says why
    st.header(t("sampling.heading"), divider="gray")
    my_entries.show_notice(HERE)
    if plans and plans[-1].waits:
        _ask_seed(plans[-1])
    else:
        _ask_plan(view)
    if plans:
        _ask_end(plans[-1])


def _ask_plan(view: View) -> None:
    st.markdown(t("sampling.plan_help"))
    latest = min(view.day, log_today())
    as_of = st.date_input(
        t("sampling.as_of"),
        latest,
        max_value=log_today() + timedelta(days=1),
        key="_sample_as_of",
        format="DD/MM/YYYY",
    )
    officials = st.number_input(
        t("sampling.officials"), 2, 10_000, OFFICIALS, key="_sample_officials"
    )
    fresh = st.number_input(t("sampling.fresh"), 0, 10_000, FRESH_DAYS, key="_sample_fresh")
    strata = _ask_strata(view)
    evidence = st.radio(
        t("sampling.evidence"),
        EVIDENCE,
        format_func=lambda code: t(f"sampling.evidence_{code}"),
        captions=[t(f"sampling.evidence_{code}_help") for code in EVIDENCE],
        key="_sample_evidence",
    )
    st.text_input(t("sampling.dice"), key="_sample_dice", placeholder=t("sampling.dice_example"))
    nobody = False
    if isinstance(as_of, date):
        try:
            draft = draft_plan(
                view.state, as_of, int(officials), "–", int(fresh), strata, DOUBLE, evidence
            )
        except MonitorError as error:
            my_entries.set_error(HERE, error)
        else:
            nobody = not draft.drawn
            counts = {
                "officials": number(draft.drawn, view.lang),
                "rest": number(sum(one.officials for one in draft.allocation), view.lang),
                "whole": number(draft.take_all[1], view.lang),
            }
            st.caption(t("sampling.draft" if draft.drawn else "sampling.nobody", **counts))
            if margin := margin_in_words(draft, view.lang):
                st.caption(margin)
            names = ("stratum", "officials", "commitments", "drawn")
            rows = [
                (
                    stratum_in_words(view, one.code),
                    *(number(n, view.lang) for n in (one.officials, one.commitments, one.drawn)),
                )
                for one in draft.allocation
            ]
            if rows:
                columns = [t(f"sample.column_{name}") for name in names]
                figures.show_table(figures.table_texts(pd.DataFrame(rows, columns=columns)))
    buttons.button(
        t("sampling.plan"),
        key="_sample_plan",
        type="primary",
        on_click=_plan,
        args=(view.log.pact.id,),
        disabled=nobody,
    )


def _ask_strata(view: View) -> str:
    """Of what groups to draw; nothing is asked where the size of no place is known."""
    if (view.everybody["size"] == SIZES[-1]).all():
        return ALL_ALIKE
    return st.radio(
        t("sampling.strata"),
        STRATA,
        format_func=lambda code: t(f"sampling.strata_{code}"),
        horizontal=True,
        key="_sample_strata",
    )


@contextmanager
def _tell_refusals() -> Iterator[None]:
    """What is refused is said above the form."""
    try:
        yield
    except MonitorError as error:
        my_entries.set_error(HERE, error)


def _plan(pact_id: str) -> None:
    typed = st.session_state
    state = PactState(current_log.current_snapshot(fresh=True), pact_id)
    with _tell_refusals():
        draft = draft_plan(
            state,
            typed["_sample_as_of"],
            int(typed["_sample_officials"]),
            typed["_sample_dice"] or "",
            int(typed["_sample_fresh"]),
            typed.get("_sample_strata", ALL_ALIKE),
            DOUBLE,
            typed["_sample_evidence"],
        )
        plan_sample(current_log.store(), viewer.presented_bearer(), draft)


def _ask_seed(plan: SamplePlan) -> None:
    st.text_input(t("sampling.seed"), key="_sample_seed", help=t("sampling.seed_help"))
    buttons.button(
        t("sampling.record_seed"),
        key="_sample_record",
        type="primary",
        on_click=_seed,
        args=(plan,),
    )


def _seed(plan: SamplePlan) -> None:
    _record(record_seed, plan, "_sample_seed")


def _ask_end(plan: SamplePlan) -> None:
    with st.expander(t("sampling.end", plan=plan.plan_id)):
        st.text_input(t("sampling.reason"), key="_sample_reason")
        buttons.button(t("sampling.abandon"), key="_sample_end", on_click=_end, args=(plan,))


def _end(plan: SamplePlan) -> None:
    _record(abandon_plan, plan, "_sample_reason")


def _record(command: Callable[..., int], plan: SamplePlan, typed: str) -> None:
    """Record of a plan what was typed into the field of that key."""
    with _tell_refusals():
        store, who = current_log.store(), viewer.presented_bearer()
        command(store, who, plan.pact_id, plan.plan_id, st.session_state[typed] or "")
