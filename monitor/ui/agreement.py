"""How far two people who rate a commitment blind agree, and on what they do not."""

import pandas as pd
import streamlit as st

from monitor.analysis.agreement import (
    PAIRS_FOR_ALPHA,
    Agreement,
    MeasureAgreement,
    commonest,
    publishable_alpha,
)
from monitor.i18n import number
from monitor.models import FEW
from monitor.queries.ratings import RatingPair
from monitor.read.blind import (
    PAIRS_OF_RATER,
    agreement_by_rater,
    agreement_of_plan,
    blind_pairs,
    public_agreement,
    published_pairs,
    uncounted_pairs,
)
from monitor.read.chart_registry import PICTURES, chart_key, view_of_chart
from monitor.read.labels import status_label
from monitor.read.pictures.agreement_cells import alpha_in_words, limits_in_words
from monitor.read.selection import View
from monitor.samples import SamplePlan
from monitor.shares import exact_percent
from monitor.ui import figures
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.sentences import criterion_in_words

NAME = "accord"


def show_public_agreement(view: View, plan: SamplePlan) -> None:
    """What the published pairs of the current sample agree on."""
    if found := public_agreement(view.state):
        _show_agreement(view, plan, found, published_pairs(view.state, plan), is_public=True)


def show_agreement(view: View, plan: SamplePlan) -> None:
    """To the team: what all pairs of a sample agree on, as soon as there is one."""
    found = agreement_of_plan(view.state, plan)
    if found.pairs:
        _show_agreement(view, plan, found, blind_pairs(view.state, plan), is_public=False)


def _show_agreement(
    view: View, plan: SamplePlan, found: Agreement, pairs: list[RatingPair], is_public: bool
) -> None:
    lang, same = view.lang, plan.has_same_evidence
    st.header(t("blind.agreement_same" if same else "blind.agreement"), divider="gray")
    if is_public:
        st.caption(t("blind.in_steps", least=number(FEW, lang)))
    if same:
        st.markdown(t("blind.agreement_same_help"))
        if nothing := uncounted_pairs(pairs):
            st.caption(view.plural("blind.nothing_to_judge", nothing))
    is_drawn = is_public and _show_pairs(view_of_chart(view, NAME))
    if not is_drawn:
        st.markdown(
            t(
                "blind.classes_agree",
                agreeing=number(found.classes.agreeing, lang),
                pairs=number(found.pairs, lang),
                same=number(found.statuses.agreeing, lang),
            )
        )
    if min(found.pairs, found.officials) >= FEW and not is_drawn:
        low, high = (
            exact_percent(limit, lang) for limit in (found.classes.low, found.classes.high)
        )
        share = exact_percent(found.classes.share, lang)
        st.markdown(t("blind.percent", share=share, low=low, high=high))
    _show_alpha(found, lang, is_drawn)
    _show_disagreements(view, found, same)
    st.caption(t("blind.together_wrong"))


def _show_disagreements(view: View, found: Agreement, same_evidence: bool) -> None:
    """The commonest disagreements as sentences, and the criteria that two people read in two ways."""
    lang = view.lang
    for (one, other), count in found.heaviest_pairs():
        first, second = (md(status_label(status, lang)) for status in (one, other))
        words = t("blind.apart", first=first, second=second, count=number(count, lang))
        most = found.measure_of_most((one, other))
        if most and len(found.measures) > 1 and most[0] in view.titles:
            title = md(view.titles[most[0]])
            words = f"{words} {t('blind.apart_most', count=number(most[1], lang), measure=title)}"
        st.markdown(f"- {words}")
    cited, same = (number(count, lang) for count in found.same_source)
    if found.same_source[0] and not same_evidence:
        st.markdown(t("blind.one_source", pairs=cited, same=same))
    if measures := [one for one in found.measures_to_rewrite() if one.measure in view.titles]:
        st.subheader(t("blind.to_rewrite"))
        st.markdown(t("blind.to_rewrite_help"))
        for one in measures:
            _show_criterion(view, one, same_evidence)


def _show_criterion(view: View, one: MeasureAgreement, same_evidence: bool) -> None:
    """A measure that parts readers: how often, between what, on one source or not; its criterion."""
    lang = view.lang
    apart, pairs = (number(count, lang) for count in (one.pairs - one.same_status, one.pairs))
    sentences = [t("blind.by_measure", count=apart, pairs=pairs)]
    if most := commonest(one.apart):
        first, second = (md(status_label(status, lang)) for status in most[0])
        sentences.append(
            t("blind.above_all", first=first, second=second, count=number(most[1], lang))
        )
    if one.apart_same_source and not same_evidence:
        sentences.append(t("blind.apart_one_source", count=number(one.apart_same_source, lang)))
    st.markdown(f"**{md(view.titles[one.measure])}**{t('sentence.colon')}{' '.join(sentences)}")
    st.caption(criterion_in_words(view.measure(one.measure).criterion(lang)))


def show_raters(view: View, plan: SamplePlan) -> None:
    """To reviewers: how often each of those who have read enough says what the other says. By name, for
    nobody is better who agrees more often."""
    raters = agreement_by_rater(blind_pairs(view.state, plan))
    if not raters:
        return
    lang = view.lang
    rows = [
        (
            name,
            number(one.pairs, lang),
            t(
                "blind.rater_share",
                share=exact_percent(one.share, lang),
                low=exact_percent(one.low, lang),
                high=exact_percent(one.high, lang),
            ),
        )
        for name, one in raters.items()
    ]
    st.header(t("blind.by_rater"), divider="gray")
    st.caption(t("blind.by_rater_help", least=number(PAIRS_OF_RATER, lang)))
    names = ("rater", "rater_pairs", "rater_agreement")
    columns = [t(f"blind.column_{name}") for name in names]
    figures.show_table(figures.table_texts(pd.DataFrame(rows, columns=columns)))


def _show_pairs(view: View) -> bool:
    """The chart of who said what, under its sentence, where everybody may read it: whether they may."""
    if not PICTURES[NAME].draw(view, "", figures.is_dark()):
        return False
    figures.show_chart(NAME, view)
    st.caption(chart_key(view, NAME))
    return True


def _show_alpha(found: Agreement, lang: str, is_drawn: bool = False) -> None:
    """The ordinal coefficient, unless it `is_drawn` above, and the nominal one below it, once there are
    enough pairs for each."""
    _, nominal = publishable_alpha(found)
    if found.pairs < PAIRS_FOR_ALPHA:
        st.caption(t("blind.too_few", least=number(PAIRS_FOR_ALPHA, lang)))
    elif nominal.value is None:
        st.caption(t("blind.all_alike"))
    alpha = alpha_in_words(found, lang)
    if alpha and not is_drawn:
        st.markdown(alpha)
    if nominal.value is not None:
        st.caption(t("blind.alpha_nominal", **limits_in_words(nominal, lang)))
