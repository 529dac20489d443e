"""Overview: how many were elected, and what has become of what binds them."""

import streamlit as st

from monitor.ui import changes, frame, overview, places, sentences
from monitor.ui.view import current, page_at, t
from monitor.ui.words import md

view = current()
funnel = overview.funnel(view)

st.title(view.pact.title)
st.caption(md(" · ".join(filter(None, (view.pact.question, view.pact.election)))))
st.markdown(sentences.overview(view, funnel))
frame.filters(view, "au", "region", "departement")
people, commitments = sentences.funnel_lines(view, funnel)
left, right = st.columns(2)
left.markdown(people)
right.markdown(commitments)

st.subheader(t("overview.by_measure", day=sentences.on(view)))
overview.show_measures(view)
st.caption(t("overview.binding_only"))

places.show_map()
st.subheader(t("changes.title"))
changes.show(view, 5)

st.subheader(t("overview.how"))
st.markdown(t("overview.how_text"))
st.subheader(t("overview.limits"))
st.markdown(sentences.limits(view))
st.page_link(page_at("methode"), label=t("overview.method_link"))
