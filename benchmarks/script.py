"""The app's script; for the address `?vide` an empty page, the floor, in the same process; and for
`?nu=NAME`, plain Streamlit with the elements of the page that was noted by `?note=NAME`."""

import streamlit as st

from benchmarks import plain
from benchmarks.compiled import APP, SCRIPT


def show() -> None:
    exec(APP, {"__name__": "__main__", "__file__": str(SCRIPT)})


if "vide" in st.query_params:
    st.number_input("n", key="n")
elif "nu" in st.query_params:
    plain.show_noted(st.query_params["nu"])
elif "note" in st.query_params:
    plain.note_page(st.query_params["note"], show)
else:
    show()
