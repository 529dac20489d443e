"""Answers: what each candidate answered about each measure, in their words."""

import streamlit as st

from monitor.read.answers import any_answers
from monitor.ui import answers, frame, measure_words
from monitor.ui.page_run import current_view, t

view = current_view()
frame.show_heading(view, t("page.answers"), quotes=True)
if not any_answers(view):
    st.info(t("answers.none"))
else:
    st.markdown(answers.count_in_words(view))
    frame.show_filters(view, "region", "departement", "theme", "mesure", "reponse", "au")
    measure_words.show_only_measure(view)
    answers.show_answers_by_measure(view)
    st.header(t("answers.people_title"))
    answers.show_answers_by_person()
    answers.show_files(view)
