"""The app's script, and for the address `?vide` an empty page: the floor, in the same process."""

from functools import lru_cache
from types import CodeType

import streamlit as st

from monitor.web.beside import SCRIPT


@lru_cache
def _app() -> CodeType:
    return compile(SCRIPT.read_text("utf-8"), SCRIPT, "exec")


if "vide" in st.query_params:
    st.number_input("n", key="n")
else:
    exec(_app(), {"__name__": "__main__", "__file__": str(SCRIPT)})
