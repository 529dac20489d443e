"""Overview: how many were elected, and what has become of what binds them."""

import streamlit as st

from monitor import charts, indicators
from monitor.ui import changes, figures, frame, places, sentences
from monitor.ui.view import current, page_at, t
from monitor.ui.words import md

view = current()
table = view.commitments
funnel = indicators.funnel(view.people, table)

st.title(view.pact.title)
st.caption(md(" · ".join(filter(None, (view.pact.question, view.pact.election)))))
st.markdown(sentences.overview(view, funnel))
frame.filters(view, "au", "region", "departement")
people, commitments = sentences.funnel_lines(view, funnel)
left, right = st.columns(2)
left.markdown(people)
right.markdown(commitments)

st.subheader(t("overview.by_measure", day=sentences.on(view)))
counts = indicators.by_status(table, "measure")
figures.show_legend(counts.columns[counts.any()], view)
figures.draw(
    charts.by_measure(counts, view.titles, view.lang, figures.dark()),
    alt=t("overview.by_measure_alt"),
    key="by_measure",
)
figures.show_table(figures.status_table(counts, view.titles, view))
st.caption(t("overview.binding_only"))

places.show_map(view, table)
st.subheader(t("changes.title"))
changes.show(view, 5)

st.subheader(t("overview.how"))
st.markdown(t("overview.how_text"))
st.subheader(t("overview.limits"))
st.markdown(sentences.limits(view))
st.page_link(page_at("methode"), label=t("overview.method_link"))
