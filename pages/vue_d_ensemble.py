"""Overview: how many were elected, and what has become of what binds them."""

import streamlit as st

from monitor.read.counts import has_anything_bound
from monitor.ui import (
    answers,
    changes,
    frame,
    lateness,
    overview,
    overview_lines,
    overview_map,
    sentences,
)
from monitor.ui.markdown import md
from monitor.ui.page_run import current_view, page_at, t
from monitor.ui.team import missing_contact

view = current_view()

st.title(view.pact.title)
st.caption(md(" · ".join(filter(None, (view.pact.question, view.pact.election)))))
st.markdown(sentences.overview_sentence(view))
missing_contact.show_missing_contact()
frame.show_filters(view, "au", "region", "departement", "theme")
st.markdown(overview_lines.funnel_lines(view))
lateness.show_late_count(view)
answers.show_answer_count(view)

overview.show_measures(view)
overview_map.show_map(view)
if has_anything_bound(view):
    changes.show_latest()

st.markdown(f"## {t('overview.how')}\n\n{t('overview.how_text')}")
st.markdown(f"## {t('overview.limits')}\n\n{sentences.data_limits(view)}")
st.page_link(
    page_at("methode"), label=t("overview.method_link"), query_params=view.address(commune=None)
)
