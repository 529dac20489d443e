"""The method page: what each word means, how figures are made, how to check the log."""

import pandas as pd
import streamlit as st

from monitor import __version__
from monitor.i18n import moment, number
from monitor.models import Status, Verdict
from monitor.read import current_log
from monitor.read.cache import per_view
from monitor.read.labels import status_label
from monitor.read.selection import View
from monitor.ui import figures, sentences
from monitor.ui.markdown import md
from monitor.ui.page_run import t

RULES = (
    "state",
    "dates",
    "binding",
    "answers",
    "due",
    "lateness",
    "numbers",
    "corrections",
    "pairs",
    "people",
)

#: The analyses, in the order of their page, in two parts: how each figure is made, and who published
#: the method.
FORMULAS = {
    "time": ("incidence", "hazard", "transitions", "revisions"),
    "doubt": ("assumptions", "funnel", "sample", "agreement"),
}


def show_statuses(view: View) -> None:
    """What each status means, with an example."""
    st.header(t("method.statuses"))
    st.markdown(t("method.examples"))
    figures.show_words(_statuses(view), "statuts")


def show_verdicts(view: View) -> None:
    """Which statuses each verdict is made of."""
    st.header(t("method.verdicts"))
    st.markdown(t("method.verdicts_intro"))
    figures.show_words(_verdicts(view), "bilans")


@per_view
def _statuses(view: View) -> figures.Texts:
    words = {
        view.text("filter.status"): [status_label(s, view.lang) for s in Status],
        view.text("method.definition"): [view.text(f"status_definition.{s}") for s in Status],
        view.text("method.example"): [view.text(f"status_example.{s}") for s in Status],
    }
    return figures.table_texts(pd.DataFrame(words))


@per_view
def _verdicts(view: View) -> figures.Texts:
    words = {
        view.text("method.verdict"): [view.text(f"verdict.{v}") for v in Verdict],
        view.text("method.definition"): [view.text(f"verdict_definition.{v}") for v in Verdict],
    }
    return figures.table_texts(pd.DataFrame(words))


def show_rules(view: View) -> None:
    """The rules by which entries count, in sentences."""
    st.header(t("method.rules"))
    offices = _offices_in_words(view)
    rules = (t(f"rule.{rule}", **offices if rule == "binding" else {}) for rule in RULES)
    st.markdown("\n\n".join(rules))


def _offices_in_words(view: View) -> dict[str, str]:
    """The offices that the pact is put to, or that it names none."""
    if not view.pact.offices_said:
        return {"offices": t("rule.no_office")}
    titles = [view.office(code) for code in view.pact.binding_offices]
    return {"offices": md(", ".join(titles))}


def show_formulas() -> None:
    """How each figure of the analyses is made: folded, for it is as long as all the rules."""
    st.header(t("method.formulas"))
    for part, formulas in FORMULAS.items():
        with st.expander(t(f"method.formulas_{part}")):
            st.markdown("\n\n".join(t(f"formula.{formula}") for formula in formulas))


def show_limits(view: View) -> None:
    """What the data of this view cannot say."""
    st.header(t("overview.limits"))
    st.markdown(sentences.data_limits(view))


def show_versions() -> None:
    """What each version changed in what is counted, the newest first: folded, for it grows with each."""
    st.header(t("method.versions"))
    with st.expander(t("method.versions_open")):
        st.markdown(t("method.versions_text"))
    st.caption(t("method.version", version=__version__))


def show_head(view: View) -> None:
    """The head of the log that the page rests on, and how it is verified."""
    st.header(t("method.head"))
    st.markdown(t("method.head_text"))
    st.code(view.snapshot.head, language=None, wrap_lines=True)
    verify = f"python -m monitor verify --head {view.snapshot.head}"
    st.code(verify, language=None, wrap_lines=True)
    st.markdown(t("method.heads_file", heads="[/heads.txt](/heads.txt)"))
    if view.snapshot.recorded_at:
        st.caption(t("method.recorded", moment=moment(view.snapshot.recorded_at, view.lang)))
    if current_log.WATCH.found is not None and current_log.WATCH.at is not None:
        st.caption(
            t(
                "method.verified",
                n=number(current_log.WATCH.found.entries, view.lang),
                moment=moment(current_log.WATCH.at, view.lang),
            )
        )
