"""The app's script, and for the address `?vide` an empty page: the floor, in the same process."""

import streamlit as st

from benchmarks.compiled import APP, SCRIPT

if "vide" in st.query_params:
    st.number_input("n", key="n")
else:
    exec(APP, {"__name__": "__main__", "__file__": str(SCRIPT)})
