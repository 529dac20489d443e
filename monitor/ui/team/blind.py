"""Double reading: what is mine to read without seeing what another says, and, once both are in, what a
reviewer takes or a third person decides."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from monitor.accounts import Account
from monitor.commands.raters import Raters, draw_raters
from monitor.commands.rating_cells import JUDGED
from monitor.commands.ratings import (
    NewRating,
    accept_rating,
    arbitrate_ratings,
    can_decide,
    rate_blind,
)
from monitor.errors import InvalidRow, MonitorError
from monitor.i18n import number, partial_day, public_sentence
from monitor.models import Role
from monitor.queries.ratings import KeptEvidence, Rating, RatingPair, kept_evidence
from monitor.read import current_log
from monitor.read.blind import blind_pairs, doubled_commitments
from monitor.read.labels import status_label
from monitor.read.sample import current_plan
from monitor.read.selection import View
from monitor.samples import SamplePlan
from monitor.table_rows import PersonRow
from monitor.ui import agreement, buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.sentences import place_in_words
from monitor.ui.team import blind_form, detail

_SAID, _ERRORS = "_blind_said", "_blind_errors"
#: Pairs that are shown at once: the others after these.
SHOWN = 10
Commitment = tuple[str, str]


def show_blind_reading(view: View, account: Account) -> None:
    """The page: what there is to read, what there is to decide, and how far readers agree."""
    plan = current_plan(view.state)
    doubled = doubled_commitments(view.state, plan) if plan else ()
    if plan is None or not doubled:
        st.info(t("blind.nothing_drawn"))
        return
    shown = _find_shown(view, doubled)
    with current_log.store().reading() as database:
        raters = draw_raters(database, plan, shown)
    pairs = blind_pairs(view.state, plan)
    st.markdown(t("blind.intro_same" if plan.has_same_evidence else "blind.intro"))
    st.caption(t("blind.progress", done=_n(len(pairs)), all=_n(len(doubled))))
    if notice := st.session_state.pop(_SAID, None):
        st.success(t(notice), icon=":material/check:")
    _show_mine(view, account, plan, doubled, raters)
    _show_pairs(view, account, plan, [one for one in pairs if not one.way])
    agreement.show_agreement(view, plan)
    if account.role.includes(Role.REVIEWER):
        agreement.show_raters(view, plan)


def _find_shown(view: View, commitments: Sequence[Commitment]) -> list[Commitment]:
    """Those of some commitments that the view has."""
    table = view.everything[["signatory_id", "measure"]]
    rows = table.take(view.rows_of({name for name, _ in commitments}))
    there = set(zip(rows["signatory_id"].tolist(), rows["measure"].tolist(), strict=True))
    return [about for about in commitments if about in there]


def _show_mine(
    view: View,
    account: Account,
    plan: SamplePlan,
    doubled: tuple[Commitment, ...],
    raters: dict[Commitment, Raters],
) -> None:
    """One commitment that this account is drawn for, with its form."""
    st.header(t("blind.mine"), divider="gray")
    mine = [about for about, one in raters.items() if account.name in one.awaited]
    if not mine:
        st.markdown(t("blind.mine_none"))
        return
    about, people = mine[0], view.day_state.read_people(name for name, _ in mine)
    if len(mine) > 1:
        about = st.selectbox(
            t("blind.which", count=_n(len(mine))),
            mine,
            format_func=lambda one: _in_words(view, one, people, marked=False),
            filter_mode="contains",
            key=f"_blind_which_{plan.plan_id}",
        )
    if who := people.get(about[0]):
        st.markdown(place_in_words(who))
    detail.measure_words(view, about[1])
    with current_log.store().reading() as database:
        kept = kept_evidence(database, plan.pact_id, plan.plan_id, *about)
    held = blind_form.begin_draft(account, plan, about)
    if kept:
        _show_kept(kept)
        blind_form.show_judgement(held)
    else:
        blind_form.show_fields(held)
    _show_errors(about)
    buttons.button(
        t("blind.give"),
        key="_blind_give",
        type="primary",
        icon=":material/lock:",
        on_click=_give,
        args=(view, plan, doubled, held, about),
    )


def _give(view, plan: SamplePlan, doubled, held: dict, about: Commitment) -> None:
    rating = NewRating(plan.plan_id, blind_form.typed_action(view, held, about), held["searched"])
    _write(
        about,
        lambda: rate_blind(current_log.store(), viewer.presented_bearer(), rating, doubled),
        "blind.given",
        held,
    )


def _write(about: Commitment, write: Callable[[], object], notice: str, held: dict | None) -> None:
    """Write; whatever refuses it, the words stay."""
    st.session_state.pop(_ERRORS, None)
    try:
        write()
    except InvalidRow as refusal:
        found = blind_form.errors_in_words(refusal.errors)
        st.session_state[_ERRORS] = (about, found)
    except MonitorError as error:
        st.session_state[_ERRORS] = (about, [md(public_sentence(error, language()))])
    else:
        st.session_state[_SAID] = notice
        if held is not None:
            blind_form.drop_draft(held)


def _show_errors(about: Commitment) -> None:
    of, found = st.session_state.get(_ERRORS, (None, []))
    if of == about:
        for sentence in found:
            st.error(sentence)


def _show_pairs(view: View, account: Account, plan: SamplePlan, waiting: list[RatingPair]) -> None:
    """The pairs that nothing became of and that this account may end."""
    people = view.day_state.read_people(one.signatory_id for one in waiting)
    mine = [
        one
        for one in waiting
        if (who := people.get(one.signatory_id)) is not None
        and can_decide(account, one, [who.commune])
        and (not one.agrees or account.role.includes(Role.REVIEWER))
    ]
    st.header(t("blind.to_decide"), divider="gray")
    if not mine:
        st.markdown(t("blind.to_decide_none"))
    for one in mine[:SHOWN]:
        about = (one.signatory_id, one.measure)
        with st.container(border=True, key=f"blind_{one.first.seq}"):
            st.markdown(_in_words(view, about, people))
            st.markdown(t("blind.agree" if one.agrees else "blind.differ"))
            for column, rating in zip(st.columns(2), (one.first, one.second), strict=True):
                with column:
                    _show_rating(rating)
                    if one.agrees:
                        buttons.button(
                            t("blind.take"),
                            key=f"_blind_take_{rating.seq}",
                            icon=":material/done_all:",
                            on_click=_take,
                            args=(plan, about, rating.seq),
                        )
            if not one.agrees:
                _show_arbitration(view, account, plan, about)
            else:
                _show_errors(about)


def _take(plan: SamplePlan, about: Commitment, seq: int) -> None:
    _write(
        about,
        lambda: accept_rating(
            current_log.store(),
            viewer.presented_bearer(),
            plan.pact_id,
            plan.plan_id,
            about,
            seq,
        ),
        "blind.taken",
        None,
    )


def _show_arbitration(view: View, account: Account, plan: SamplePlan, about: Commitment) -> None:
    with st.expander(t("blind.arbitrate"), key=f"blind_arbitrate_{'_'.join(about)}"):
        detail.measure_words(view, about[1])
        held = blind_form.begin_draft(account, plan, about)
        blind_form.show_fields(held, arbitrating=True)
        _show_errors(about)
        buttons.button(
            t("blind.decide"),
            key=f"_blind_decide_{'_'.join(about)}",
            type="primary",
            icon=":material/gavel:",
            on_click=_arbitrate,
            args=(view, plan, held, about),
        )


def _arbitrate(view: View, plan: SamplePlan, held: dict, about: Commitment) -> None:
    action = blind_form.typed_action(view, held, about)
    _write(
        about,
        lambda: arbitrate_ratings(
            current_log.store(), viewer.presented_bearer(), plan.plan_id, action
        ),
        "blind.arbitrated",
        held,
    )


def _show_rating(rating: Rating) -> None:
    """What one of two said, with where they looked."""
    status = md(status_label(rating.status, language()))
    st.markdown(f"**{status}** · {partial_day(rating.happened_on, language())}")
    _show_source(rating)
    if rating.summary and rating.summary != rating.searched:
        st.markdown(md(rating.summary))
    if rating.searched == JUDGED:
        st.caption(t("blind.judged"))
    else:
        st.caption(f"{t('blind.where_searched')}{t('sentence.colon')}{md(rating.searched or '…')}")


def _show_kept(kept: KeptEvidence) -> None:
    """What whoever comes second is given to judge."""
    with st.container(border=True, key="blind_kept"):
        st.markdown(f"**{t('blind.kept')}**")
        if kept.is_nothing:
            st.markdown(t("blind.kept_nothing"))
            return
        kind = t(f"source_kind.{kept.source_kind}") if kept.source_kind else ""
        st.markdown(" · ".join(filter(None, (kind, partial_day(kept.happened_on, language())))))
        _show_source(kept)
        if kept.archive_url:
            st.markdown(f"{t('write.archive_url')}{t('sentence.colon')}<{kept.archive_url}>")


def _show_source(cited: Rating | KeptEvidence) -> None:
    """A title, an address, a quotation: what there is of them."""
    source = " · ".join(filter(None, (cited.source_title, cited.source_publisher)))
    if source:
        st.markdown(md(source))
    if cited.source_url:
        st.markdown(f"<{cited.source_url}>")
    if cited.quote:
        st.markdown(t("blind.quote", quote=md(cited.quote)))


def _in_words(
    view: View, about: Commitment, people: Mapping[str, PersonRow], marked: bool = True
) -> str:
    """« Paris (75) · Anne Hidalgo · 2. Achats »."""
    who = people.get(about[0])
    title = view.titles.get(about[1], about[1])
    if not marked:
        return f"{who.commune_name} · {who.name} · {title}" if who else title
    return f"{place_in_words(who)} · {md(title)}" if who else md(title)


def _n(value: int) -> str:
    return number(value, language())
