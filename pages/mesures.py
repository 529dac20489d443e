"""Measures: which elected official has implemented which measure."""

import streamlit as st

from monitor.charts import too_many_measures
from monitor.i18n import text
from monitor.models import Status
from monitor.read import chart_data, counts
from monitor.read.careers import is_before_election, title_wording
from monitor.ui import (
    answers,
    frame,
    lateness,
    measure_list,
    measure_words,
    officials,
    promises,
    sentences,
)
from monitor.ui.page_run import current_view, t

view = current_view()
alone = len(view.kept_titles) == 1
frame.show_heading(view, text("page.measures", view.lang, **title_wording(view)), quotes=alone)
shown = chart_data.commitments_in_matrix(view)
st.markdown(sentences.measures_sentence(view))
if hidden := sentences.hidden_sentence(view, len(shown)):
    st.markdown(f":gray[:small[{hidden}]]")
early = is_before_election(view)
frame.show_filters(view, "region", "departement", "theme", "mesure", "statut", "retard", "au")
measure_words.show_only_measure(view)
if shown.empty:
    none = "measures.empty" if view.filters else "measures.none_bind"
    if not view.filters and not counts.binds_on_some_day(view.state):
        none = "measures.none_ever_bind"
    if (
        not counts.count_binding(view.of_every_status).officials
        and counts.count_funnel(view)["unknown"]
    ):
        none = "measures.none_known"
    if len(view.everybody):  # else the sentence above says that nobody has signed
        st.info(t("measures.none_bind_yet" if early else none))
    answers.show_answer_count(view)
else:
    many = too_many_measures(view.kept_titles)
    readable = chart_data.fits_a_matrix(view)
    drawn_of = shown if readable else view.commitments_for_figures
    # Where nobody has assessed anything the sentence above says so: a chart would be one grey.
    if many:
        st.header(t("measures.by_theme", day=sentences.day_of_view(view)))
        measure_list.show_measure_list()
    elif (drawn_of["status"] != Status.NOT_ASSESSED).any():
        if readable:
            st.header(t("measures.matrix", day=sentences.day_of_view(view)))
            officials.show_matrix(view)
        else:
            officials.show_groups()
    st.header(t("measures.list" if len(view.everybody) > 1 else "measures.list_one"))
    officials.show_officials()
    lateness.show_late_commitments()
promises.show_promises()
