"""How far two people who rate a commitment blind agree, and on what they do not."""

import streamlit as st

from monitor.analysis.agreement import PAIRS_FOR_ALPHA, PAIRS_FOR_SURE, Agreement
from monitor.i18n import number, percent
from monitor.models import FEW
from monitor.read.blind import agreement_of_plan
from monitor.read.chart_registry import PICTURES, chart_key, view_of_chart
from monitor.read.labels import status_label
from monitor.read.selection import View
from monitor.samples import SamplePlan
from monitor.ui import figures
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.sentences import criterion_in_words

NAME = "accord"


def show_agreement(view: View, plan: SamplePlan, least: int = FEW) -> None:
    """What the pairs of a sample agree on; nothing of fewer pairs, or officials, than `least`."""
    found, lang = agreement_of_plan(view.state, plan), view.lang
    if min(found.pairs, found.officials) < least:
        return
    st.header(t("blind.agreement"), divider="gray")
    st.markdown(
        t(
            "blind.classes_agree",
            agreeing=number(found.classes.agreeing, lang),
            pairs=number(found.pairs, lang),
            same=number(found.statuses.agreeing, lang),
        )
    )
    if min(found.pairs, found.officials) >= FEW:
        low, high = (percent(limit, lang) for limit in (found.classes.low, found.classes.high))
        share = percent(found.classes.share, lang)
        st.markdown(t("blind.percent", share=share, low=low, high=high))
    _show_alpha(found, lang)
    _show_pairs(view_of_chart(view, NAME))
    for (one, other), count in found.heaviest_pairs():
        first, second = (md(status_label(status, lang)) for status in (one, other))
        said = t("blind.apart", first=first, second=second, count=number(count, lang))
        st.markdown(f"- {said}")
    for one in found.measures:
        if one.same_status < one.pairs and one.measure in view.titles:
            apart = number(one.pairs - one.same_status, lang)
            said = t("blind.by_measure", count=apart, pairs=number(one.pairs, lang))
            st.markdown(f"**{md(view.titles[one.measure])}**{t('sentence.colon')}{said}")
            st.caption(criterion_in_words(view.measure(one.measure).criterion(lang)))
    st.caption(t("blind.together_wrong"))


def _show_pairs(view: View) -> None:
    """The chart of who said what, where everybody may read it."""
    if PICTURES[NAME].draw(view, "", figures.is_dark()):
        figures.show_chart(NAME, view)
        st.caption(chart_key(view, NAME))


def _show_alpha(found: Agreement, lang: str) -> None:
    """The ordinal coefficient, and the nominal one below it, once there are enough pairs."""
    if found.ladder < PAIRS_FOR_ALPHA:
        st.caption(t("blind.too_few", least=number(PAIRS_FOR_ALPHA, lang)))
    elif found.ordinal.value is None:
        st.caption(t("blind.all_alike"))
    else:
        value, low, high = (number(one or 0.0, lang, 2) for one in found.ordinal)
        name = "blind.alpha" if found.ladder >= PAIRS_FOR_SURE else "blind.alpha_provisional"
        st.markdown(t(name, alpha=value, low=low, high=high))
        value, low, high = (number(one or 0.0, lang, 2) for one in found.nominal)
        st.caption(t("blind.alpha_nominal", alpha=value, low=low, high=high))
