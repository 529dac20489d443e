"""Measures: which elected official has implemented which measure."""

import streamlit as st

from monitor.ui import frame, officials, sentences
from monitor.ui.view import current, t

view = current()
st.title(t("page.measures"))
shown = view.commitments
bound = shown[shown["binding"]]
st.markdown(sentences.measures(view, bound))
st.caption(sentences.hidden(view, shown))
frame.filters(view, "region", "departement", "mesure", "statut", "au")
if bound.empty:
    st.info(t("measures.empty"))
    st.stop()

if bound["signatory_id"].nunique() <= officials.READABLE:
    st.subheader(t("measures.matrix", day=sentences.on(view)))
    officials.show_matrix(view, bound)
else:
    st.subheader(t("measures.groups", day=sentences.on(view)))
    officials.show_groups(view, bound)
st.subheader(t("measures.list"))
officials.show_list(view, bound)
