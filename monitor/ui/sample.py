"""The page of the random sample: what it says of all, who was drawn, and how anybody draws it again."""

import pandas as pd
import streamlit as st

from monitor.i18n import day, number
from monitor.read.cache import per_view
from monitor.read.chart_registry import PICTURES, chart_key, chart_title, view_of_chart
from monitor.read.sample import current_plan, domain_rounds, sample_plans, sample_round
from monitor.read.sample_universe import FRESH, text_of_lines
from monitor.read.sample_words import (
    change_in_words,
    lines_name,
    plans_in_words,
    published_lines,
    redraw_recipe,
    stratum_in_words,
)
from monitor.read.selection import View
from monitor.samples import SamplePlan
from monitor.shares import exact_percent
from monitor.ui import agreement, figure_tables, figures
from monitor.ui.markdown import md
from monitor.ui.page_run import t

NAME = "echantillon"


def show_sample(view: View) -> None:
    """What there is of a sample; what one is for, where none was planned yet."""
    plans = sample_plans(view.state)
    if not plans:
        alone = len(view.everybody) == 1
        st.info(t("sample.of_one" if alone else "sample.none"))
        if not alone:
            st.markdown(t("sample.what_for"))
        return
    plan = current_plan(view.state)
    if plan is not None:
        _show_estimate(view_of_chart(view, NAME), plan)
        agreement.show_public_agreement(view, plan)
    else:
        st.info(t("sample.waits" if plans[-1].waits else "sample.none_now"))
    _show_plans(view, plans)
    if plan is not None:
        _show_redraw(view, plan)


def _show_estimate(view: View, plan: SamplePlan) -> None:
    found = sample_round(view.state, plan)
    st.header(chart_title(view, NAME))
    if PICTURES[NAME].draw(view, "", figures.is_dark()):
        figures.show_chart(NAME, view)
        st.caption(chart_key(view, NAME))
    if moved := change_in_words(view):
        st.markdown(md(moved))
    part, whole = found.answered, len(found.asked)
    st.progress(
        part / whole if whole else 1.0,
        t("sample.progress", part=number(part, view.lang), whole=number(whole, view.lang)),
    )
    figures.show_table(_strata(view, plan))
    _show_domains(view, plan)
    with figures.fold_part(t("sample.drawn"), "_sample_drawn") as wanted:
        if wanted:
            st.caption(t("sample.drawn_help"))
            figures.show_table(_drawn(view, plan))


@per_view
def _strata(view: View, plan: SamplePlan) -> figures.Texts:
    found, lang = sample_round(view.state, plan), view.lang
    answered = {one.code: 0 for one in plan.allocation}
    for official in found.asked:
        answered[official.stratum] += official.is_answered
    rows = {
        one.code: (one.officials, one.commitments, one.drawn, answered[one.code])
        for one in plan.allocation
    }
    totals = [sum(column) for column in zip(*rows.values(), strict=True)]
    words = [
        *(
            (stratum_in_words(view, code), *(number(count, lang) for count in counts))
            for code, counts in rows.items()
        ),
        (t("sample.total"), *(number(count, lang) for count in totals)),
        (stratum_in_words(view, FRESH), *(number(each, lang) for each in plan.take_all), "–", "–"),
    ]
    names = ("stratum", "officials", "commitments", "drawn", "answered")
    return figures.table_texts(
        pd.DataFrame(words, columns=[t(f"sample.column_{name}") for name in names])
    )


def _show_domains(view: View, plan: SamplePlan) -> None:
    """Shares of groups of which enough officials were drawn."""
    if not sample_round(view.state, plan).is_enough:
        return
    for column, group in (("size", "size"), ("region_code", "region")):
        rounds = domain_rounds(view.state, plan, column)
        if len(rounds) < 2:
            continue
        names = view.places("region") if group == "region" else {}
        rows = [
            (
                names.get(code) or stratum_in_words(view, code),
                number(sum(one.due > 0 for one in found.officials), view.lang),
                " – ".join(exact_percent(each, view.lang) for each in found.estimate.interval),
            )
            for code, found in rounds.items()
        ]
        columns = [
            figure_tables.group_heading(group),
            t("sample.column_drawn"),
            t("sample.column_interval"),
        ]
        figures.show_table(figures.table_texts(pd.DataFrame(rows, columns=columns)))


@per_view
def _drawn(view: View, plan: SamplePlan) -> figures.Texts:
    """Those drawn whom a page may name, in order: how much was looked at since, and nothing else."""
    found = sample_round(view.state, plan)
    people = view.day_state.people_of(one.signatory_id for one in found.officials if one.public)
    rows = [
        (
            f"{number(one.place, view.lang)}. {people[one.signatory_id].name}",
            people[one.signatory_id].commune_name,
            t(
                "share.count",
                part=number(one.answered, view.lang),
                base=number(one.due, view.lang),
            ),
        )
        for one in found.officials
        if one.signatory_id in people
    ]
    names = ("official", "place", "looked")
    return figures.table_texts(
        pd.DataFrame(rows, columns=[t(f"sample.column_{name}") for name in names])
    )


def _show_plans(view: View, plans: list[SamplePlan]) -> None:
    st.header(plans_in_words(view))
    for plan in reversed(plans):
        st.markdown(_plan_in_words(view, plan))


def _plan_in_words(view: View, plan: SamplePlan) -> str:
    lang = view.lang
    sentences = [
        view.plural(
            "sample.plan",
            plan.drawn,
            plan=md(plan.plan_id),
            day=day(plan.recorded_at.date(), lang),
            seq=number(plan.seq, lang),
            as_of=day(plan.as_of, lang),
            fresh=number(plan.fresh_days, lang),
        ),
        t("sample.dice", dice=md(plan.dice)) if plan.dice else t("sample.dice_removed"),
    ]
    if plan.has_same_evidence:
        sentences.append(t("sample.same_evidence"))
    if plan.seed is not None and plan.seed_recorded_at:
        drawn_on = day(plan.seed_recorded_at.date(), lang)
        sentences.append(t("sample.seed", seed=md(plan.seed), day=drawn_on))
    if plan.abandoned and plan.abandoned_at:
        ended = {"day": day(plan.abandoned_at.date(), lang)}
        why = plan.abandoned_reason
        sentences.append(
            t("sample.ended", reason=md(why), **ended) if why else t("sample.ended_only", **ended)
        )
    return f"- {' '.join(sentences)}"


def _show_redraw(view: View, plan: SamplePlan) -> None:
    with figures.fold_part(t("sample.redraw"), "_sample_redraw") as wanted:
        if not wanted:
            return
        st.markdown(t("sample.redraw_help"))
        lines, taken = published_lines(view.state, plan)
        st.download_button(
            t("sample.file"),
            text_of_lines(lines),
            lines_name(plan),
            "text/tab-separated-values",
            key="_sample_file",
            on_click="ignore",
            icon=":material/download:",
        )
        if taken:
            st.caption(f"{view.plural('sample.lines_taken', taken)} {t('sample.places_empty')}")
        st.code(redraw_recipe(view.state, plan), language="bash", wrap_lines=True)
